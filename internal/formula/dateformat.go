package formula

import (
	"fmt"
	"strings"
	"time"
)

// zoneNamed is a time zone by its IANA name; "system" is the site's.
func zoneNamed(name string, site *time.Location) (*time.Location, bool) {
	if name == "system" {
		return site, true
	}
	if name == "" || name == "Local" {
		return nil, false
	}
	zone, err := time.LoadLocation(name)
	return zone, err == nil
}

// dateFormat is DATE_FORMAT(seconds, pattern, zone); an empty date is empty text.
// Source: kintone REST behaviour, calculation functions.
func dateFormat(f *frame, a []value) value {
	zone, ok := zoneNamed(a[2].text, f.zone())
	switch {
	case !ok:
		return failed
	case a[0].empty:
		return ofText("")
	}
	t, ok := timeOf(a[0], zone)
	if !ok {
		return failed
	}
	f.spend(len(a[1].text) * 4)
	if f.steps < 0 {
		return failed
	}
	return ofText(patterned(a[1].text, kintoneLetters, t))
}

// letter is what a run of one letter in a pattern stands for.
type letter struct {
	run   string
	write func(t time.Time) string
}

// kintoneLetters are those of DATE_FORMAT, longer runs first.
var kintoneLetters = []letter{
	{"YYYY", fourDigits(time.Time.Year)},
	{"YY", twoDigits(func(t time.Time) int { return t.Year() % 100 })},
	{"MMM", func(t time.Time) string { return t.Format("Jan") }},
	{"MM", twoDigits(func(t time.Time) int { return int(t.Month()) })},
	{"M", digits(func(t time.Time) int { return int(t.Month()) })},
	{"dd", twoDigits(time.Time.Day)},
	{"d", digits(time.Time.Day)},
	{"HH", twoDigits(time.Time.Hour)},
	{"H", digits(time.Time.Hour)},
	{"hh", twoDigits(hour12)},
	{"h", digits(hour12)},
	{"mm", twoDigits(time.Time.Minute)},
	{"m", digits(time.Time.Minute)},
	{"ss", twoDigits(time.Time.Second)},
	{"a", func(t time.Time) string { return t.Format("PM") }},
}

func digits(of func(time.Time) int) func(time.Time) string {
	return func(t time.Time) string { return fmt.Sprint(of(t)) }
}

func twoDigits(of func(time.Time) int) func(time.Time) string {
	return func(t time.Time) string { return fmt.Sprintf("%02d", of(t)) }
}

func fourDigits(of func(time.Time) int) func(time.Time) string {
	return func(t time.Time) string { return fmt.Sprintf("%04d", of(t)) }
}

func hour12(t time.Time) int { return (t.Hour()+11)%12 + 1 }

// patterned writes t by a pattern: runs of letters are replaced, everything else stands as it is.
func patterned(pattern string, letters []letter, t time.Time) string {
	var out strings.Builder
next:
	for pattern != "" {
		for _, l := range letters {
			if strings.HasPrefix(pattern, l.run) {
				out.WriteString(l.write(t))
				pattern = pattern[len(l.run):]
				continue next
			}
		}
		out.WriteByte(pattern[0])
		pattern = pattern[1:]
	}
	return out.String()
}

// sheetLetters are those of TEXT, as spreadsheets have them, with the Japanese eras and weekdays.
var sheetLetters = []letter{
	{"ggge", func(t time.Time) string { return era(t).name + eraYear(t) }},
	{"gge", func(t time.Time) string { return string([]rune(era(t).name)[:1]) + eraYear(t) }},
	{"ge", func(t time.Time) string { return era(t).letter + fmt.Sprint(t.Year()-era(t).from.Year()+1) }},
	{"yyyy", fourDigits(time.Time.Year)},
	{"yy", twoDigits(func(t time.Time) int { return t.Year() % 100 })},
	{"mmmm", func(t time.Time) string { return t.Format("January") }},
	{"mmm", func(t time.Time) string { return t.Format("Jan") }},
	{"mm", twoDigits(func(t time.Time) int { return int(t.Month()) })},
	{"m", digits(func(t time.Time) int { return int(t.Month()) })},
	{"dddd", func(t time.Time) string { return t.Format("Monday") }},
	{"ddd", func(t time.Time) string { return t.Format("Mon") }},
	{"dd", twoDigits(time.Time.Day)},
	{"d", digits(time.Time.Day)},
	{"aaaa", func(t time.Time) string { return weekdays[t.Weekday()] + "曜日" }},
	{"aaa", func(t time.Time) string { return weekdays[t.Weekday()] }},
	{"hh", twoDigits(time.Time.Hour)},
	{"h", digits(time.Time.Hour)},
	{"ss", twoDigits(time.Time.Second)},
	{"s", digits(time.Time.Second)},
}

var weekdays = [...]string{"日", "月", "火", "水", "木", "金", "土"}

// isDateFormat tells patterns of dates from those of numbers.
func isDateFormat(format string) bool {
	return !strings.ContainsAny(format, "0#") && strings.ContainsAny(format, "ymdhsge") || strings.Contains(format, "aaa")
}

// spreadsheetDate writes t by the letters of TEXT. Behind an hour, and before seconds, m is minutes.
func spreadsheetDate(t time.Time, format string) string {
	minutes := digits(time.Time.Minute)
	two := twoDigits(time.Time.Minute)
	letters := append([]letter{
		{"h:mm", func(t time.Time) string { return fmt.Sprint(t.Hour()) + ":" + two(t) }},
		{"h時mm", func(t time.Time) string { return fmt.Sprint(t.Hour()) + "時" + two(t) }},
		{"h時m", func(t time.Time) string { return fmt.Sprint(t.Hour()) + "時" + minutes(t) }},
		{"mm:ss", func(t time.Time) string { return two(t) + t.Format(":05") }},
	}, sheetLetters...)
	letters = append([]letter{
		{"hh:mm", func(t time.Time) string { return t.Format("15:04") }},
		{"hh時mm", func(t time.Time) string { return t.Format("15時04") }},
	}, letters...)
	return patterned(format, letters, t)
}

// eras of Japan that dates of records may fall in, the latest first.
var eras = []struct {
	from         time.Time
	name, letter string
}{
	{time.Date(2019, 5, 1, 0, 0, 0, 0, time.UTC), "令和", "R"},
	{time.Date(1989, 1, 8, 0, 0, 0, 0, time.UTC), "平成", "H"},
	{time.Date(1926, 12, 25, 0, 0, 0, 0, time.UTC), "昭和", "S"},
	{time.Date(1912, 7, 30, 0, 0, 0, 0, time.UTC), "大正", "T"},
	{time.Date(1868, 1, 25, 0, 0, 0, 0, time.UTC), "明治", "M"},
}

type eraStart = struct {
	from         time.Time
	name, letter string
}

// era is the one of a date; before the first it is the common era.
func era(t time.Time) eraStart {
	for _, e := range eras {
		if !day(t).Before(e.from) {
			return e
		}
	}
	return eraStart{from: time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), name: "西暦"}
}

// eraYear is the year within an era; the first is called 元.
func eraYear(t time.Time) string {
	if n := t.Year() - era(t).from.Year() + 1; n > 1 || era(t).name == "西暦" {
		return fmt.Sprint(n)
	}
	return "元"
}
