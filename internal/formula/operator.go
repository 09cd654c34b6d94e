package formula

import (
	"strings"

	"github.com/cockroachdb/apd/v3"
)

// operator is an operator between two values.
type operator struct {
	takes  types // of either side
	result types
	apply  func(f *frame, a, b value) value
}

var operators = map[string]operator{
	"+":  {tNumber, tNumber, func(_ *frame, a, b value) value { return shift((*apd.Context).Add, a, b) }},
	"-":  {tNumber, tNumber, func(_ *frame, a, b value) value { return shift((*apd.Context).Sub, a, b) }},
	"*":  {tNumber, tNumber, func(_ *frame, a, b value) value { return compute((*apd.Context).Mul).of(a, b) }},
	"/":  {tNumber, tNumber, func(_ *frame, a, b value) value { return compute((*apd.Context).Quo).of(a, b) }},
	"^":  {tNumber, tNumber, func(_ *frame, a, b value) value { return power(a, b) }},
	"&":  {tNumber | tText, tText, join},
	"=":  {scalars, tBool, func(_ *frame, a, b value) value { return ofBool(equal(a, b)) }},
	"!=": {scalars, tBool, func(_ *frame, a, b value) value { return ofBool(!equal(a, b)) }},
	"<>": {scalars, tBool, func(_ *frame, a, b value) value { return ofBool(!equal(a, b)) }},
	"<":  {scalars, tBool, ordered(func(n int) bool { return n < 0 })},
	"<=": {scalars, tBool, ordered(func(n int) bool { return n <= 0 })},
	">":  {scalars, tBool, ordered(func(n int) bool { return n > 0 })},
	">=": {scalars, tBool, ordered(func(n int) bool { return n >= 0 })},
}

// shift adds or subtracts. A moment so much earlier or later is a moment; the time between two is none.
func shift(op compute, a, b value) value {
	v := op.of(a, b)
	v.moment = a.moment != b.moment
	return v
}

// power raises to a whole exponent from -100 to 100; decimals of the exponent do not count.
// Source: kintone REST behaviour, calculation operators.
func power(a, b value) value {
	n, ok := b.whole(100)
	if !ok || n < 0 && a.number.IsZero() {
		return failed
	}
	if n == 0 {
		return ofInt(1)
	}
	return compute((*apd.Context).Pow).of(a, ofInt(n))
}

func join(f *frame, a, b value) value {
	x, ok := f.textOf(a)
	y, ok2 := f.textOf(b)
	if !ok || !ok2 || len(x)+len(y) > maxText {
		return failed
	}
	f.spend(len(x) + len(y))
	return ofText(x + y)
}

// equal reports whether two values are the same. Those of different types never are, but for an empty number, which
// is the same as no text.
func equal(a, b value) bool {
	switch {
	case a.is != b.is:
		return a.blank() && b.blank()
	case a.is == tNumber:
		return a.number.Cmp(b.number) == 0
	case a.is == tText:
		return a.text == b.text
	}
	return a.yes == b.yes
}

// ordered compares numbers by amount and texts by their characters; nothing else has an order.
func ordered(holds func(int) bool) func(*frame, value, value) value {
	return func(_ *frame, a, b value) value {
		switch {
		case a.is != b.is || a.is == tBool:
			return ofBool(false)
		case a.is == tNumber:
			return ofBool(holds(a.number.Cmp(b.number)))
		}
		return ofBool(holds(strings.Compare(a.text, b.text)))
	}
}
