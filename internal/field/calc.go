package field

import (
	"strconv"
	"strings"
	"time"

	"github.com/cockroachdb/apd/v3"
)

// The formats of a CALC field: how its number is shown.
const (
	CalcNumber        = "NUMBER"
	CalcNumberDigit   = "NUMBER_DIGIT" // with separators, on screens
	CalcDateTime      = "DATETIME"
	CalcDate          = "DATE"
	CalcTime          = "TIME"
	CalcHourMinute    = "HOUR_MINUTE"
	CalcDayHourMinute = "DAY_HOUR_MINUTE"
)

// Computed reports whether f's values come from its formula, so that nobody enters any.
func (f *Field) Computed() bool {
	return f.Type == Calc || f.Type == SingleLineText && f.Expression != ""
}

// Amount reports whether a CALC field shows its number as it is, and not as a date or a time.
func (f *Field) Amount() bool {
	return f.Format == "" || f.Format == CalcNumber || f.Format == CalcNumberDigit
}

// calc is CALC: a number from a formula, which its format may show as a date or a time. The number counts seconds then.
type calc struct{ readOnly }

func (calc) Storage() Storage { return Decimal }
func (calc) Ops() Ops         { return OpEqual | OpOrder | OpIn }

// AppendValue writes the number as the format shows it.
// Source: kintone REST behaviour, calculation result formats.
func (calc) AppendValue(dst []byte, f *Field, stored []byte, dir Directory) []byte {
	if f.Amount() || len(stored) == 0 {
		return number{}.AppendValue(dst, f, stored, dir)
	}
	dst = append(dst, '"')
	if s, ok := wholeSeconds(string(stored)); ok {
		dst = append(dst, shownSeconds(f.Format, s)...)
	}
	return append(dst, '"')
}

// wholeSeconds is a stored number without its decimals, towards the past.
func wholeSeconds(stored string) (int64, bool) {
	d, ok := ParseDecimal(stored)
	if !ok || d.NumDigits()+int64(d.Exponent) > 18 {
		return 0, false
	}
	c := apd.BaseContext.WithPrecision(maxDigits + 12)
	c.Rounding = apd.RoundFloor
	if err := Quantize(c, d, d, 0); err != nil {
		return 0, false
	}
	s, err := d.Int64()
	return s, err == nil
}

const secondsOfDay = 24 * 60 * 60

// shownSeconds is a number of seconds in a format that is not an Amount.
func shownSeconds(format string, s int64) string {
	switch format {
	case CalcDateTime:
		return string(FormatDateTime(time.Unix(s, 0)))
	case CalcDate:
		return string(FormatDate(time.Unix(s, 0).UTC()))
	case CalcTime:
		s = (s%secondsOfDay + secondsOfDay) % secondsOfDay
	}
	sign := ""
	if s < 0 {
		sign, s = "-", -s
	}
	hours := strconv.FormatInt(s/3600, 10)
	if len(hours) < 2 {
		hours = "0" + hours
	}
	return sign + hours + ":" + twoDigits(int(s/60%60))
}

// Literal reads a number, or the text that the format shows.
func (calc) Literal(f *Field, s string, env *Env) (Value, bool) {
	if v, ok := (number{}).Literal(f, s, env); ok || f.Amount() {
		return v, ok
	}
	switch f.Format {
	case CalcDate, CalcDateTime:
		v, ok := calendar{dateTimeLayout}.parse(s)
		t, err := time.Parse(time.RFC3339, string(v))
		return Value(strconv.FormatInt(t.Unix(), 10)), ok && err == nil
	}
	negative := strings.HasPrefix(s, "-")
	hours, minutes, ok := strings.Cut(strings.TrimPrefix(s, "-"), ":")
	h, err := strconv.ParseUint(hours, 10, 40)
	m, err2 := strconv.ParseUint(minutes, 10, 8)
	if !ok || err != nil || err2 != nil || m > 59 || f.Format == CalcTime && (h > 23 || negative) {
		return "", false
	}
	seconds := int64(h)*3600 + int64(m)*60
	if negative {
		seconds = -seconds
	}
	return Value(strconv.FormatInt(seconds, 10)), true
}

// Cell writes what the format shows, a DATETIME as people in zone read it.
func (c calc) Cell(f *Field, stored []byte, dir Directory, zone *time.Location) string {
	quoted := c.AppendValue(nil, f, stored, dir)
	shown := quoted[1 : len(quoted)-1]
	if f.Format == CalcDateTime {
		return calendar{dateTimeLayout}.Cell(f, shown, dir, zone)
	}
	return string(shown)
}
