package formula

import (
	"time"
)

// differences are the units of DATEDIF: whole years, months and days between two dates, and what is left of months and
// days without the years or months.
var differences = map[string]func(from, to time.Time) int{
	"Y":  func(from, to time.Time) int { return months(from, to) / 12 },
	"M":  months,
	"D":  days,
	"YM": func(from, to time.Time) int { return months(from, to) % 12 },
	"MD": func(from, to time.Time) int { return days(sameDay(from, months(from, to)), to) },
	"YD": func(from, to time.Time) int { return days(sameDay(from, months(from, to)/12*12), to) },
}

func days(from, to time.Time) int { return int((to.Unix() - from.Unix()) / 86400) }

// months counts whole months: one ends on the day of the month that it began on, or on the last one.
func months(from, to time.Time) int {
	n := (to.Year()-from.Year())*12 + int(to.Month()) - int(from.Month())
	if sameDay(from, n).After(to) {
		n--
	}
	return n
}

// sameDay is n months later, on the same day of the month or the last there is.
func sameDay(t time.Time, n int) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	return first.AddDate(0, 0, min(t.Day(), lastDay(first, 0).Day())-1)
}

// lastDay is the end of the month n months later.
func lastDay(t time.Time, n int) time.Time {
	return time.Date(t.Year(), t.Month()+time.Month(n)+1, 0, 0, 0, 0, 0, time.UTC)
}

// dates are two arguments as dates.
func dates(f *frame, a []value) (from, to time.Time, ok bool) {
	from, ok = timeOf(a[0], f.zoneOf(a[0]))
	to, ok2 := timeOf(a[1], f.zoneOf(a[1]))
	return day(from), day(to), ok && ok2
}

func difference(f *frame, a []value) value {
	from, to, ok := dates(f, a)
	of := differences[a[2].text]
	switch {
	case !ok || of == nil:
		return failed
	case a[2].text == "D":
		return ofInt(int64(days(from, to)))
	case to.Before(from):
		return failed
	}
	return ofInt(int64(of(from, to)))
}

func monthsOn(f *frame, a []value, of func(time.Time, int) time.Time) value {
	t, ok := timeOf(a[0], f.zoneOf(a[0]))
	n, whole := a[1].whole(120_000)
	if !ok || !whole {
		return failed
	}
	return ofTime(of(t, int(n)))
}

// maxWorkdays bounds how far WORKDAY counts.
const maxWorkdays = 100_000

// holidays are the days of an optional argument.
func holidays(f *frame, a []value) map[time.Time]bool {
	if len(a) < 3 {
		return nil
	}
	free := make(map[time.Time]bool, len(a[2].list))
	for _, v := range a[2].list {
		if t, ok := timeOf(v, f.zoneOf(v)); ok {
			free[day(t)] = true
		}
	}
	return free
}

func isWorkday(t time.Time, free map[time.Time]bool) bool {
	return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday && !free[t]
}

// workingDays counts the days between two dates, both included, that are neither on a weekend nor a holiday.
func workingDays(f *frame, a []value) value {
	from, to, ok := dates(f, a)
	if !ok {
		return failed
	}
	sign := 1
	if to.Before(from) {
		from, to, sign = to, from, -1
	}
	all := days(from, to) + 1
	n := all / 7 * 5
	for d := from.AddDate(0, 0, all/7*7); !d.After(to); d = d.AddDate(0, 0, 1) {
		if isWorkday(d, nil) {
			n++
		}
	}
	for d := range holidays(f, a) {
		if !d.Before(from) && !d.After(to) && isWorkday(d, nil) {
			n--
		}
	}
	return ofInt(int64(sign * n))
}

// workday is so many working days later, or earlier.
func workday(f *frame, a []value) value {
	t, ok := timeOf(a[0], f.zoneOf(a[0]))
	n, whole := a[1].whole(maxWorkdays)
	if !ok || !whole {
		return failed
	}
	f.steps -= int(max(n, -n))
	step, d, free := 1, day(t), holidays(f, a)
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 && f.steps >= 0 {
		if d = d.AddDate(0, 0, step); isWorkday(d, free) {
			n--
		}
	}
	if f.steps < 0 {
		return failed
	}
	return ofTime(d)
}
