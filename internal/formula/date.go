package formula

import (
	"time"

	"github.com/cockroachdb/apd/v3"
)

// dateFunctions take and give dates as numbers of seconds. A date is midnight in UTC; on which day an instant falls (NOW,
// a date-time, when a record was made) depends on the zone, which is the site's unless another is named. Of an empty date
// they make an error value.
var dateFunctions = map[string]*function{
	"TODAY": {result: tNumber, call: func(f *frame, _ []value) value { return ofDay(f.env.Now.In(f.zone())) }},
	"NOW": {result: tNumber, call: func(f *frame, _ []value) value {
		return value{is: tNumber, number: apd.New(f.env.Now.Truncate(time.Minute).Unix(), 0), moment: true}
	}},
	"DATE": {min: 3, max: 3, takes: must(tNumber), result: tNumber, call: makeDate},
	"TIME": {min: 2, max: 3, takes: must(tNumber), result: tNumber, call: makeTime},

	"YEAR":   ofDate(func(t time.Time) int { return t.Year() }),
	"MONTH":  ofDate(func(t time.Time) int { return int(t.Month()) }),
	"DAY":    ofDate(time.Time.Day),
	"HOUR":   ofDate(time.Time.Hour),
	"MINUTE": ofDate(time.Time.Minute),
	"SECOND": ofDate(time.Time.Second),

	"QUARTER": ofDate(func(t time.Time) int { return (int(t.Month()) + 2) / 3 }),
	"WEEKDAY": {min: 1, max: 2, takes: must(tNumber), result: tNumber, call: weekday},
	// FISCALYEAR(date[, first month]) is the year in which the fiscal year began, by default that of the app.
	"FISCALYEAR": {min: 1, max: 2, takes: must(tNumber), result: tNumber, call: fiscalYear},

	"DATEDIF": {min: 3, max: 3, takes: must(tNumber, tNumber, tText), result: tNumber, call: difference,
		known: map[int]func(string) bool{2: func(s string) bool { return differences[s] != nil }}},
	"DAYS":    {min: 2, max: 2, takes: must(tNumber), result: tNumber, call: func(f *frame, a []value) value { return difference(f, []value{a[1], a[0], ofText("D")}) }},
	"EDATE":   {min: 2, max: 2, takes: must(tNumber), result: tNumber, call: func(f *frame, a []value) value { return monthsOn(f, a, sameDay) }},
	"EOMONTH": {min: 2, max: 2, takes: must(tNumber), result: tNumber, call: func(f *frame, a []value) value { return monthsOn(f, a, lastDay) }},

	"NETWORKDAYS": {min: 2, max: 3, takes: must(tNumber, tNumber, tNumbers), result: tNumber, call: workingDays},
	"WORKDAY":     {min: 2, max: 3, takes: must(tNumber, tNumber, tNumbers), result: tNumber, call: workday},

	"DATE_FORMAT": {min: 3, max: 3, takes: must(tNumber, tText, tText), result: tText, call: dateFormat,
		known: map[int]func(string) bool{2: func(s string) bool { _, ok := zoneNamed(s, time.UTC); return ok }}},
}

// The seconds between which dates can be shown: the years 1 to 9999.
const (
	firstSecond = -62135596800
	lastSecond  = 253402300799
)

// zone is the site's.
func (f *frame) zone() *time.Location {
	if f.env.Zone == nil {
		return time.UTC
	}
	return f.env.Zone
}

// zoneOf is the zone in which a number of seconds is looked at.
func (f *frame) zoneOf(v value) *time.Location {
	if v.moment {
		return f.zone()
	}
	return time.UTC
}

// timeOf is a number of seconds as a time; ok is false for an empty one and outside of the years 1 to 9999.
func timeOf(v value, zone *time.Location) (t time.Time, ok bool) {
	if v.is != tNumber || v.empty {
		return t, false
	}
	n := rounded(v.number, 0, apd.RoundFloor)
	if n.failed() {
		return t, false
	}
	s, ok := n.whole(lastSecond)
	if !ok || s < firstSecond {
		return t, false
	}
	t = time.Unix(s, 0).In(zone)
	return t, t.Year() >= 1 && t.Year() <= 9999
}

// ofDay is the date on which t falls in its own zone.
func ofDay(t time.Time) value { return ofTime(day(t)) }

func day(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

func ofTime(t time.Time) value {
	if s := t.Unix(); s >= firstSecond && s <= lastSecond {
		return ofInt(s)
	}
	return failed
}

// ofDate is a function of a date and, if it is named, a zone.
func ofDate(of func(time.Time) int) *function {
	return &function{min: 1, max: 2, takes: must(tNumber, tText), result: tNumber,
		known: map[int]func(string) bool{1: func(s string) bool { _, ok := zoneNamed(s, time.UTC); return ok }},
		call: func(f *frame, a []value) value {
			zone := f.zoneOf(a[0])
			if len(a) == 2 {
				named, ok := zoneNamed(a[1].text, f.zone())
				if !ok {
					return failed
				}
				zone = named
			}
			t, ok := timeOf(a[0], zone)
			if !ok {
				return failed
			}
			return ofInt(int64(of(t)))
		}}
}

// wholes are the arguments as whole numbers within limit.
func wholes(a []value, limit int64) ([]int, bool) {
	list := make([]int, len(a))
	for i, v := range a {
		n, ok := v.whole(limit)
		if !ok {
			return nil, false
		}
		list[i] = int(n)
	}
	return list, true
}

// makeDate takes months and days beyond their ends, as spreadsheets do: the day 0 is the last of the month before.
func makeDate(_ *frame, a []value) value {
	n, ok := wholes(a, 1_000_000)
	if !ok {
		return failed
	}
	return ofTime(time.Date(n[0], time.Month(n[1]), n[2], 0, 0, 0, 0, time.UTC))
}

func makeTime(_ *frame, a []value) value {
	n, ok := wholes(a, 1_000_000_000)
	if !ok {
		return failed
	}
	s := n[0]*3600 + n[1]*60
	if len(n) == 3 {
		s += n[2]
	}
	return ofInt(int64(s))
}

// weekday numbers days from Sunday as 1 (type 1), Monday as 1 (2) or Monday as 0 (3).
func weekday(f *frame, a []value) value {
	t, ok := timeOf(a[0], f.zoneOf(a[0]))
	kind := int64(1)
	if len(a) == 2 {
		var whole bool
		kind, whole = a[1].whole(3)
		ok = ok && whole
	}
	if !ok {
		return failed
	}
	monday := (int64(t.Weekday()) + 6) % 7
	switch kind {
	case 1:
		return ofInt(int64(t.Weekday()) + 1)
	case 2:
		return ofInt(monday + 1)
	case 3:
		return ofInt(monday)
	}
	return failed
}

func fiscalYear(f *frame, a []value) value {
	t, ok := timeOf(a[0], f.zoneOf(a[0]))
	first := int64(f.rules.FiscalStart)
	if len(a) == 2 {
		var whole bool
		first, whole = a[1].whole(12)
		ok = ok && whole && first >= 1
	}
	if !ok {
		return failed
	}
	return ofInt(int64(t.AddDate(0, 1-int(first), 1-t.Day()).Year()))
}
