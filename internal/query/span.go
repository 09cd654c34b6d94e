package query

import (
	"time"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
)

// Dates outside of these years are taken for what is before or behind all of them, which keeps text in the order of time.
const firstYear, lastYear = 0, 9999

// endOfTime is behind every canonical date and date-time.
const endOfTime field.Value = "9999-12-32"

// span makes a comparison with a piece of time: the days of a date function, the second of NOW(), or the
// minute that a date-time literal names.
func (c *checker) span(f *field.Field, op Op, v Value) (matcher, error) {
	interval := c.interval
	if asShown(f, v) {
		interval = c.secondsOf
	}
	from, to, err := interval(f, v)
	if err != nil {
		return nil, err
	}
	switch {
	case from == "": // the literal ""
		return oneOf{empty: op == Equal || op == NotEqual}, nil
	case op == Equal || op == NotEqual:
		return between{from, to}, nil
	case op == Less:
		return compare{Less, from}, nil
	case op == LessOrEqual:
		return compare{Less, to}, nil
	case op == Greater:
		return compare{GreaterOrEqual, to}, nil
	default:
		return compare{GreaterOrEqual, from}, nil
	}
}

// interval returns the canonical values from the first up to, and without, the last. Those of date-times are
// cut off where the interval begins, so that they divide texts of any precision.
func (c *checker) interval(f *field.Field, v Value) (from, to field.Value, err error) {
	if v.Kind != Call {
		literal, err := c.literal(f, v)
		if err != nil || literal == "" {
			return "", "", err
		}
		start, err := time.Parse(time.RFC3339, string(literal))
		if err != nil {
			return "", "", errs.E(errs.Invalid, "query.value", errs.Args{"field": f.Code, "value": v.Text}).With(err)
		}
		return minute(start), minute(start.Add(time.Minute)), nil
	}
	zone := c.env.Zone
	if zone == nil {
		zone = time.UTC
	}
	now := c.env.Now.In(zone)
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	days, name := functions[v.Text], v.Text
	if name == nowFunc {
		if len(v.Args) > 0 {
			return "", "", errArgs
		}
		if natures[f.Type] == instant {
			return second(now), second(now.Add(time.Second)), nil
		}
		days = dayFunc(0)
	}
	if days == nil {
		return "", "", noFunction(f, v)
	}
	first, end, err := days(today, v.Args)
	if err != nil {
		return "", "", err
	}
	if natures[f.Type] == day {
		return written(first, time.DateOnly), written(end, time.DateOnly), nil
	}
	return minute(midnight(first, zone)), minute(midnight(end, zone)), nil
}

// midnight is when a day begins in a zone.
func midnight(d time.Time, zone *time.Location) time.Time {
	d = inRange(d)
	return field.Moment(time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC), zone)
}

func inRange(t time.Time) time.Time {
	switch {
	case t.Year() < firstYear:
		return time.Date(firstYear, 1, 1, 0, 0, 0, 0, time.UTC)
	case t.Year() > lastYear:
		return time.Date(lastYear+2, 1, 1, 0, 0, 0, 0, time.UTC) // in every zone
	}
	return t
}

func minute(t time.Time) field.Value { return written(t.UTC(), "2006-01-02T15:04") }
func second(t time.Time) field.Value { return written(t.UTC(), "2006-01-02T15:04:05") }

// written is t in a layout that is in the order of time.
func written(t time.Time, layout string) field.Value {
	if t = inRange(t); t.Year() > lastYear {
		return endOfTime
	}
	return field.Value(t.Format(layout))
}
