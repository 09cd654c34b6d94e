package record

import (
	"strconv"
	"time"

	"github.com/engawa/engawa/internal/field"
)

// cut brings dates and times down to a unit of time, in the time zone of whoever asks.
type cut struct {
	unit   string
	typ    field.Type
	zone   *time.Location
	fiscal int // first month of the fiscal year, whose quarters are counted
}

// A wall is what a calendar and a clock show, kept as the same reading in UTC.
const (
	wallDate   = "2006-01-02"
	wallMinute = "2006-01-02T15:04"
)

// stored is how many characters of a stored value tell its unit; 0 is all.
func (c cut) stored(precise bool) int {
	switch {
	case c.typ == field.Date || c.typ == field.Time:
		return 0
	case precise || c.unit == "MINUTE":
		return len(wallMinute)
	}
	return len("2006-01-02T15")
}

// group returns the unit that a stored value, or the beginning of it that stored asks for, is in. exact is false when
// the value is too short to tell: a zone's clock is not always whole hours from UTC.
func (c cut) group(v field.Value) (g field.GroupName, exact bool) {
	if c.typ == field.Time {
		if c.unit == "HOUR" {
			v = v[:2] + ":00"
		}
		return field.GroupName{Key: string(v), Label: string(v)}, true
	}
	if c.typ == field.Date {
		day, err := time.Parse(wallDate, string(v))
		if err != nil {
			return g, true
		}
		return c.name(c.begin(day)), true
	}
	t, err := time.Parse(wallMinute, string(v))
	short := err != nil
	if short {
		if t, err = time.Parse("2006-01-02T15", string(v)); err != nil {
			return g, true
		}
	}
	local := t.In(c.zone)
	if short {
		_, offset := local.Zone()
		_, later := t.Add(time.Hour - time.Second).In(c.zone).Zone()
		if offset != later || offset%3600 != 0 {
			return g, false
		}
	}
	return c.name(c.begin(field.Wall(local))), true
}

// begin is the reading at which the unit of a reading begins. Weeks begin on Sunday.
func (c cut) begin(w time.Time) time.Time {
	day := func(month time.Month, d int) time.Time { return time.Date(w.Year(), month, d, 0, 0, 0, 0, time.UTC) }
	switch c.unit {
	case "YEAR":
		return day(1, 1)
	case "QUARTER":
		return day(w.Month()-time.Month((int(w.Month())-c.fiscal+12)%3), 1)
	case "MONTH":
		return day(w.Month(), 1)
	case "WEEK":
		return day(w.Month(), w.Day()-int(w.Weekday()))
	case "DAY":
		return day(w.Month(), w.Day())
	case "HOUR":
		return w.Truncate(time.Hour)
	}
	return w
}

// end is the reading at which the unit that begins at one ends.
func (c cut) end(w time.Time) time.Time {
	switch c.unit {
	case "YEAR":
		return w.AddDate(1, 0, 0)
	case "QUARTER":
		return w.AddDate(0, 3, 0)
	case "MONTH":
		return w.AddDate(0, 1, 0)
	case "WEEK":
		return w.AddDate(0, 0, 7)
	case "DAY":
		return w.AddDate(0, 0, 1)
	case "HOUR":
		return w.Add(time.Hour)
	}
	return w.Add(time.Minute)
}

// name names the unit that begins at a reading. Keys are in the order of time; a quarter is called by its fiscal year, the
// one in which that year begins.
func (c cut) name(w time.Time) field.GroupName {
	g := field.GroupName{Key: w.Format(wallDate)}
	g.Label = g.Key
	switch c.unit {
	case "YEAR":
		g.Label = w.Format("2006")
	case "QUARTER":
		months := (int(w.Month()) - c.fiscal + 12) % 12
		year := w.AddDate(0, -months, 0).Year()
		g.Label = strconv.Itoa(year) + "-Q" + strconv.Itoa(1+months/3)
	case "MONTH":
		g.Label = w.Format("2006-01")
	case "HOUR", "MINUTE":
		g.Key = w.Format(wallMinute)
		g.Label = w.Format("2006-01-02 15:04")
	}
	return g
}

// bounds are the values from which, and before which, those of a unit are, by its key, as a query names them; to is ""
// for the last one there is.
func (c cut) bounds(key string) (from, to string) {
	if c.typ == field.Time {
		t, err := time.Parse("15:04", key)
		next := c.end(t)
		switch {
		case err != nil:
			return "", ""
		case next.Day() != t.Day():
			return key, ""
		}
		return key, next.Format("15:04")
	}
	w, err := time.Parse(wallMinute, key)
	if err != nil {
		if w, err = time.Parse(wallDate, key); err != nil {
			return "", ""
		}
	}
	if c.typ == field.Date {
		return c.literal(w, wallDate), c.literal(c.end(w), wallDate)
	}
	return c.literal(field.Moment(w, c.zone), time.RFC3339), c.literal(field.Moment(c.end(w), c.zone), time.RFC3339)
}

func (c cut) literal(t time.Time, layout string) string {
	if t.Year() > 9999 || t.Year() < 0 {
		return ""
	}
	return t.Format(layout)
}
