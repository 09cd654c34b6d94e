package formula

import (
	"strings"

	"github.com/cockroachdb/apd/v3"
)

// numberFunctions compute numbers from numbers.
var numberFunctions = map[string]*function{
	"ROUND":     rounding(apd.RoundHalfUp), // halves away from zero
	"ROUNDUP":   rounding(apd.RoundUp),
	"ROUNDDOWN": rounding(apd.RoundDown),
	"TRUNC":     rounding(apd.RoundDown),
	"INT":       {min: 1, max: 1, takes: must(tNumber), result: tNumber, call: func(_ *frame, a []value) value { return rounded(a[0].number, 0, apd.RoundFloor) }},
	"ABS": {min: 1, max: 1, takes: must(tNumber), result: tNumber, call: func(_ *frame, a []value) value {
		return ofNumber(new(apd.Decimal).Abs(a[0].number))
	}},
	"SIGN":    {min: 1, max: 1, takes: must(tNumber), result: tNumber, call: func(_ *frame, a []value) value { return ofInt(int64(a[0].number.Sign())) }},
	"MOD":     {min: 2, max: 2, takes: must(tNumber), result: tNumber, call: modulo},
	"POWER":   {min: 2, max: 2, takes: must(tNumber), result: tNumber, call: func(_ *frame, a []value) value { return power(a[0], a[1]) }},
	"FLOOR":   stepping(apd.RoundFloor),
	"CEILING": stepping(apd.RoundCeiling),
	"MROUND":  stepping(apd.RoundHalfUp),
	"QUOTIENT": {min: 2, max: 2, takes: must(tNumber), result: tNumber, call: func(_ *frame, a []value) value {
		if q := compute((*apd.Context).Quo).of(a[0], a[1]); !q.failed() {
			return rounded(q.number, 0, apd.RoundDown)
		}
		return failed
	}},
	"SQRT": {min: 1, max: 1, takes: must(tNumber), result: tNumber, call: func(_ *frame, a []value) value {
		d := new(apd.Decimal)
		if _, err := working.Sqrt(d, a[0].number); err != nil {
			return failed
		}
		return ofNumber(d)
	}},
	"YEN": {min: 1, max: 2, takes: must(tNumber), result: tText, call: yen},
}

// rounding is a function of a number and so many decimals, 0 if it is not said.
func rounding(how apd.Rounder) *function {
	return &function{min: 1, max: 2, takes: must(tNumber), result: tNumber, call: func(_ *frame, a []value) value {
		digits, ok := digitsOf(a)
		if !ok {
			return failed
		}
		v := rounded(a[0].number, digits, how)
		v.moment = a[0].moment
		return v
	}}
}

// digitsOf is the second argument of a rounding.
func digitsOf(a []value) (int64, bool) {
	if len(a) == 1 {
		return 0, true
	}
	return a[1].whole(maxDigits)
}

const maxDigits = 30

// stepping rounds to a multiple of the second argument, 1 if it is not said.
func stepping(how apd.Rounder) *function {
	return &function{min: 1, max: 2, takes: must(tNumber), result: tNumber, call: func(_ *frame, a []value) value {
		step := ofInt(1)
		if len(a) == 2 {
			step = ofNumber(new(apd.Decimal).Abs(a[1].number))
		}
		n := compute((*apd.Context).Quo).of(a[0], step)
		if n.failed() {
			return failed
		}
		if n = rounded(n.number, 0, how); n.failed() {
			return failed
		}
		return compute((*apd.Context).Mul).of(n, step)
	}}
}

// modulo has the sign of the divisor, as in spreadsheets.
func modulo(_ *frame, a []value) value {
	v := compute((*apd.Context).Rem).of(a[0], a[1])
	if !v.failed() && !v.number.IsZero() && v.number.Negative != a[1].number.Negative {
		v = compute((*apd.Context).Add).of(v, a[1])
	}
	return v
}

// yen writes an amount with its sign and separators: ¥1,100.
// Source: kintone REST behaviour, calculation functions.
func yen(_ *frame, a []value) value {
	digits, ok := digitsOf(a)
	if !ok {
		return failed
	}
	v := rounded(a[0].number, digits, apd.RoundHalfUp)
	if v.failed() {
		return failed
	}
	v.number.Negative = v.number.Negative && !v.number.IsZero()
	text := grouped(v.number.Text('f'))
	if strings.HasPrefix(text, "-") {
		return ofText("-¥" + text[1:])
	}
	return ofText("¥" + text)
}

// grouped puts a comma before every third digit of the whole part.
func grouped(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, fraction, point := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if point {
		whole += "." + fraction
	}
	return sign + whole
}
