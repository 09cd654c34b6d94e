package field

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const (
	dateLayout     = "2006-01-02"
	timeLayout     = "15:04"
	dateTimeLayout = "2006-01-02T15:04:00Z" // minutes, UTC
)

// calendar is DATE, TIME and DATETIME, told apart by the layout of their canonical text.
type calendar struct{ layout string }

func (calendar) Storage() Storage { return Text }
func (calendar) Ops() Ops         { return OpEqual | OpOrder }

func (c calendar) Decode(_ *Field, raw json.RawMessage, _ *Env, p Problems) Value {
	s, ok := scalar(raw)
	if !ok {
		p.Add(".value", "field.notText")
		return ""
	}
	v, ok := c.parse(s)
	if !ok || c.layout != timeLayout && strings.HasPrefix(string(v), yearZero) {
		p.Add(".value", c.problem())
		return ""
	}
	return v
}

// yearZero is before the calendar that formulas and reports reckon with. Queries may name it.
const yearZero = "0000-"

func (c calendar) problem() string {
	switch c.layout {
	case dateLayout:
		return "field.notDate"
	case timeLayout:
		return "field.notTime"
	}
	return "field.notDateTime"
}

var (
	shortDate = regexp.MustCompile(`^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$`)
	clock     = regexp.MustCompile(`^(\d{1,2}):(\d{2})(?::\d{2})?$`)
)

// parse accepts the short forms kintone does: 2026, 2026-4 and 2026-4-1 are dates; a date alone is UTC
// midnight as a date-time; seconds are dropped.
func (c calendar) parse(s string) (Value, bool) {
	if s == "" {
		return "", true
	}
	switch c.layout {
	case dateLayout:
		return parseDate(s)
	case timeLayout:
		m := clock.FindStringSubmatch(s)
		if m == nil {
			return "", false
		}
		h, _ := strconv.Atoi(m[1])
		min, _ := strconv.Atoi(m[2])
		if h > 23 || min > 59 {
			return "", false
		}
		return Value(twoDigits(h) + ":" + twoDigits(min)), true
	}
	if canonicalDateTime(s) {
		if _, err := time.Parse(time.RFC3339, s); err == nil {
			return Value(s), true
		}
		return "", false
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05-0700"} {
		if t, err := time.Parse(layout, s); err == nil && t.UTC().Year() >= 0 && t.UTC().Year() <= 9999 {
			return FormatDateTime(t), true
		}
	}
	d, ok := parseDate(s)
	if !ok {
		return "", false
	}
	return d + "T00:00:00Z", true
}

// canonicalDateTime reports the shape of 2026-04-01T00:30:00Z, which needs no rewriting.
func canonicalDateTime(s string) bool {
	return len(s) == len(dateTimeLayout) && s[10] == 'T' && strings.HasSuffix(s, ":00Z")
}

func parseDate(s string) (Value, bool) {
	m := shortDate.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	month, day := 1, 1
	if m[2] != "" {
		month, _ = strconv.Atoi(m[2])
	}
	if m[3] != "" {
		day, _ = strconv.Atoi(m[3])
	}
	v := m[1] + "-" + twoDigits(month) + "-" + twoDigits(day)
	if _, err := time.Parse(dateLayout, v); err != nil {
		return "", false
	}
	return Value(v), true
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// FormatDateTime is the canonical DATETIME of an instant: UTC, minutes.
func FormatDateTime(t time.Time) Value { return Value(t.UTC().Format(dateTimeLayout)) }

// FormatDate is the canonical DATE of t in t's own zone.
func FormatDate(t time.Time) Value { return Value(t.Format(dateLayout)) }

func (c calendar) Check(f *Field, v Value, _ *Env, p Problems) {
	required(f, v, ".value", p)
}

func (c calendar) AppendValue(dst []byte, _ *Field, stored []byte, _ Directory) []byte {
	if len(stored) == 0 && c.layout != dateTimeLayout {
		return append(dst, "null"...)
	}
	dst = append(dst, '"')
	dst = append(dst, stored...)
	return append(dst, '"')
}

func (c calendar) Literal(_ *Field, s string, _ *Env) (Value, bool) { return c.parse(s) }

// DefaultValue is the moment of adding when the administrator asked for it: today and now are the caller's.
func (c calendar) DefaultValue(f *Field, env *Env) Value {
	if !f.DefaultNow {
		v, _ := c.parse(string(first(f)))
		return v
	}
	if c.layout == dateTimeLayout {
		return FormatDateTime(env.Now)
	}
	return Value(env.Now.In(env.Zone).Format(c.layout))
}
