package formula

import (
	"strings"

	"github.com/cockroachdb/apd/v3"

	"github.com/engawa/engawa/internal/field"
)

// value is the result of an expression.
type value struct {
	is     types // one of them; 0 is an error value
	empty  bool  // a number that is 0 because its field is empty
	moment bool  // a number of seconds that is an instant, and no date: its day depends on the zone
	yes    bool
	number *apd.Decimal
	text   string
	list   []value
}

// failed is the error value: division by zero, a type that does not fit, too much of anything.
var failed = value{}

func (v value) failed() bool { return v.is == 0 }

func ofNumber(d *apd.Decimal) value { return value{is: tNumber, number: d} }
func ofInt(n int64) value           { return value{is: tNumber, number: apd.New(n, 0)} }
func ofBool(yes bool) value         { return value{is: tBool, yes: yes} }

func ofText(s string) value {
	if len(s) > maxText {
		return failed
	}
	return value{is: tText, text: s}
}

// blank reports whether v is an empty field, or text without a character.
func (v value) blank() bool {
	return v.is == tNumber && v.empty || v.is == tText && v.text == "" || v.is&lists != 0 && len(v.list) == 0
}

// working computes with far more digits than an app can keep, so that what is rounded in the end is exact.
var working = apd.Context{
	Precision: 64, MaxExponent: maxExponent, MinExponent: -maxExponent, Rounding: apd.RoundHalfEven, Traps: apd.DefaultTraps,
}

// maxExponent bounds numbers while computing: beyond 10^maxExponent they are errors.
const maxExponent = 400

// settled is d without the digits that only stand for what a division could not say: 2/3*3 is 2 again, and not a little
// more, which rounding up would make of it.
func settled(d *apd.Decimal) *apd.Decimal {
	if d.NumDigits() < 60 {
		return d
	}
	c := working.WithPrecision(56)
	out := new(apd.Decimal)
	if _, err := c.Round(out, d); err != nil {
		return d
	}
	return out
}

// compute is an operation of working on two numbers.
type compute func(c *apd.Context, d, x, y *apd.Decimal) (apd.Condition, error)

func (op compute) of(a, b value) value {
	d := new(apd.Decimal)
	if _, err := op(&working, d, a.number, b.number); err != nil {
		return failed
	}
	return ofNumber(d)
}

// whole returns the whole part of a number towards zero; ok is false beyond limit.
func (v value) whole(limit int64) (n int64, ok bool) {
	var d apd.Decimal
	c := working
	c.Rounding = apd.RoundDown
	if v.is != tNumber || v.number.NumDigits()+int64(v.number.Exponent) > 18 {
		return 0, false
	}
	if err := field.Quantize(&c, &d, settled(v.number), 0); err != nil {
		return 0, false
	}
	n, err := d.Int64()
	return n, err == nil && n <= limit && n >= -limit
}

// rounded is a number with so many decimals; fewer than 0 are zeros before the point.
func rounded(d *apd.Decimal, digits int64, how apd.Rounder) value {
	c := working
	c.Rounding = how
	out := new(apd.Decimal)
	if err := field.Quantize(&c, out, settled(d), int32(-digits)); err != nil {
		return failed
	}
	return ofNumber(out)
}

// parseNumber reads a canonical decimal.
func parseNumber(s string) (*apd.Decimal, bool) {
	var n int64
	point := -1
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9' && len(s) <= 18:
			n = n*10 + int64(c-'0')
		case c == '.' && point < 0:
			point = i
		case c == '-' && i == 0:
		default:
			d, _, err := apd.NewFromString(s)
			return d, err == nil && d.Form == apd.Finite
		}
	}
	if strings.HasPrefix(s, "-") {
		n = -n
	}
	if point < 0 {
		return apd.New(n, 0), true
	}
	return apd.New(n, int32(point-len(s)+1)), true
}
