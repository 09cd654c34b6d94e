package app

import (
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/engawa/engawa/internal/errs"
)

// Periodic says that a report is to be kept as it was, again and again.
type Periodic struct {
	Active bool   `json:"active"`
	Period Period `json:"period"`
}

// Period is a rhythm. Only the members that Every needs are set.
type Period struct {
	Every     string `json:"every"`               // YEAR, QUARTER, MONTH, WEEK, DAY, HOUR
	Month     int    `json:"month,omitempty"`     // of a YEAR: 1 to 12
	Pattern   string `json:"pattern,omitempty"`   // of a QUARTER: JAN_APR_JUL_OCT …
	Day       string `json:"day,omitempty"`       // of YEAR, QUARTER, MONTH: 1 to 31; END_OF_MONTH but for YEAR
	DayOfWeek string `json:"dayOfWeek,omitempty"` // of a WEEK: SUNDAY …
	Time      string `json:"time,omitempty"`      // of all but HOUR: 09:00, in the time zone of who saved it
	Minute    int    `json:"minute,omitempty"`    // of an HOUR: 0, 10 … 50
}

// endOfMonth is the day that every month has another number for.
const endOfMonth = "END_OF_MONTH"

// patterns are the first months of quarterly rhythms.
var patterns = map[string]int{"JAN_APR_JUL_OCT": 1, "FEB_MAY_AUG_NOV": 2, "MAR_JUN_SEP_DEC": 3}

var weekdays = []string{"SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"}

var clockTime = regexp.MustCompile(`^([01]?\d|2[0-3]):[0-5]\d$`)

// changed is p after a change; it reports what is wrong under path.
func (p *Periodic) changed(c ReportChange, path string, problems *errs.Fields) *Periodic {
	if c.Active == nil && c.Period == nil {
		return p
	}
	n := Periodic{Active: true}
	if p != nil {
		n = *p
	}
	if c.Active != nil {
		n.Active = *c.Active
	}
	if c.Period != nil {
		n.Period = c.Period.checked(path+".period", problems)
	} else if p == nil {
		problems.Add(path+".period", "param.required")
	}
	return &n
}

// checked is p with only what its rhythm needs; it reports what is wrong under path.
func (p Period) checked(path string, problems *errs.Fields) Period {
	ok := func(good bool, name, key string) {
		if !good {
			problems.Add(path+"."+name, key)
		}
	}
	n := Period{Every: p.Every}
	day := func(end bool) {
		n.Day = p.Day
		d, err := strconv.Atoi(p.Day)
		ok(err == nil && d >= 1 && d <= 31 || end && p.Day == endOfMonth, "dayOfMonth", "report.day")
	}
	switch p.Every {
	case "YEAR":
		n.Month = p.Month
		ok(p.Month >= 1 && p.Month <= 12, "month", "report.month")
		day(false)
	case "QUARTER":
		n.Pattern = p.Pattern
		ok(patterns[p.Pattern] > 0, "pattern", "param.enum")
		day(true)
	case "MONTH":
		day(true)
	case "WEEK":
		n.DayOfWeek = p.DayOfWeek
		ok(slices.Contains(weekdays, p.DayOfWeek), "dayOfWeek", "param.enum")
	case "DAY":
	case "HOUR":
		n.Minute = p.Minute
		ok(p.Minute >= 0 && p.Minute <= 50 && p.Minute%10 == 0, "minute", "report.minute")
		return n
	default:
		problems.Add(path+".every", "param.enum")
		return n
	}
	n.Time = p.Time
	ok(clockTime.MatchString(p.Time), "time", "report.time")
	return n
}

// Next is the first moment of the rhythm after t, in the time zone of whoever saved it. A day that a month does not have
// is its last one; a time that a day does not have, because clocks are put forward, is an hour of that day beside it.
func (p Period) Next(t time.Time, zone *time.Location) time.Time {
	local := t.In(zone)
	if p.Every == "HOUR" {
		next := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), p.Minute, 0, 0, zone)
		for !next.After(t) {
			next = next.Add(time.Hour)
		}
		return next.UTC()
	}
	clock, _ := time.Parse("15:04", p.Time)
	for days := 0; ; days++ {
		d := time.Date(local.Year(), local.Month(), local.Day()+days, clock.Hour(), clock.Minute(), 0, 0, zone)
		if p.on(time.Date(local.Year(), local.Month(), local.Day()+days, 0, 0, 0, 0, time.UTC)) && d.After(t) {
			return d.UTC()
		}
	}
}

// on reports whether the rhythm has a beat on a day.
func (p Period) on(day time.Time) bool {
	switch p.Every {
	case "DAY":
		return true
	case "WEEK":
		return weekdays[day.Weekday()] == p.DayOfWeek
	case "YEAR":
		return int(day.Month()) == p.Month && p.onDay(day)
	case "QUARTER":
		return (int(day.Month())-patterns[p.Pattern])%3 == 0 && p.onDay(day)
	}
	return p.onDay(day)
}

func (p Period) onDay(day time.Time) bool {
	last := time.Date(day.Year(), day.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
	want := last
	if n, err := strconv.Atoi(p.Day); err == nil {
		want = min(n, last)
	}
	return day.Day() == want
}
