package query

import (
	"strconv"
	"time"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
)

// asShown reports whether v names a calculated date or time as its format shows it, and not the number of seconds that it is.
// What is shown stands for a piece of time: a day, or a minute.
func asShown(f *field.Field, v Value) bool {
	if f.Type != field.Calc || f.Amount() || v.Kind != Call && v.Text == "" {
		return false
	}
	_, number := field.ParseDecimal(v.Text)
	return v.Kind == Call || !number
}

// secondsOf is the piece of time that v stands for, as numbers of seconds. A calculated DATE is one of UTC, a DATETIME one of
// the caller's zone.
func (c *checker) secondsOf(f *field.Field, v Value) (from, to field.Value, err error) {
	if v.Kind != Call {
		literal, err := c.literal(f, v)
		if err != nil {
			return "", "", err
		}
		step := int64(time.Minute / time.Second)
		if f.Format == field.CalcDate {
			step = int64(24 * time.Hour / time.Second)
		}
		n, err := strconv.ParseInt(string(literal), 10, 64)
		if err != nil {
			return "", "", errs.E(errs.Invalid, "query.value", errs.Args{"field": f.Code, "value": v.Text}).With(err)
		}
		return literal, field.Value(strconv.FormatInt(n+step, 10)), nil
	}
	if f.Format != field.CalcDate && f.Format != field.CalcDateTime {
		return "", "", noFunction(f, v)
	}
	like := *f // a field of the type that the function is made for
	like.Type, like.Format = field.DateTime, ""
	layout := "2006-01-02T15:04"
	switch {
	case f.Format == field.CalcDate:
		like.Type, layout = field.Date, time.DateOnly
	case v.Text == nowFunc:
		layout += ":05"
	}
	if from, to, err = c.interval(&like, v); err != nil {
		return "", "", err
	}
	return unix(layout, from), unix(layout, to), nil
}

// unix is a moment in UTC as seconds.
func unix(layout string, v field.Value) field.Value {
	if v == endOfTime {
		return field.Value(strconv.FormatInt(time.Date(lastYear+1, 1, 1, 0, 0, 0, 0, time.UTC).Unix(), 10))
	}
	t, err := time.Parse(layout, string(v))
	if err != nil {
		return "" // interval writes it in this layout
	}
	return field.Value(strconv.FormatInt(t.Unix(), 10))
}
