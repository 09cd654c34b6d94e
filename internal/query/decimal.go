package query

import (
	"strconv"
	"strings"

	"github.com/cockroachdb/apd/v3"

	"github.com/engawa/engawa/internal/field"
)

// nearDigits is how many digits a float64 keeps for certain.
const nearDigits = 15

// Near returns a canonical NUMBER that is not empty as SQLite keeps it in a column f_N: an int64 or a float64 of its
// first 15 digits, rounded half to even. exact is false when digits were lost; then x_N keeps v itself. A
// greater number never has a smaller near.
func Near(v field.Value) (near any, exact bool) {
	text, exact := nearText(v)
	return nearNumber(text), exact
}

func nearText(v field.Value) (near field.Value, exact bool) {
	if significant(string(v)) <= nearDigits {
		return v, true
	}
	d, _, err := apd.NewFromString(string(v))
	if err != nil {
		return v, true // not canonical: the database will say so
	}
	ctx := apd.BaseContext.WithPrecision(nearDigits)
	ctx.Rounding = apd.RoundHalfEven
	if _, err := ctx.Round(d, d); err != nil {
		return v, true
	}
	d.Reduce(d)
	return field.Value(d.Text('f')), false
}

func nearNumber(v field.Value) any {
	if n, err := strconv.ParseInt(string(v), 10, 64); err == nil {
		return n
	}
	f, err := strconv.ParseFloat(string(v), 64)
	if err != nil {
		return string(v)
	}
	return f
}

// significant is the number of digits of a canonical decimal from the first to the last that is not 0.
func significant(s string) int {
	first, last := -1, -1
	point := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == '.' && first >= 0:
			point = 1
		case c >= '1' && c <= '9':
			if first < 0 {
				first = i
			}
			last = i
			if point == 1 {
				point = 2 // a point between the first and the last
			}
		}
	}
	n := last - first + 1
	if point == 2 {
		n--
	}
	return n
}

// roundedIn writes that the number is one of values, exactly.
func (b *Builder) roundedIn(c column, values []field.Value) {
	var short, near, whole []any
	for _, v := range values {
		text, exact := nearText(v)
		if exact {
			short = append(short, nearNumber(text))
			continue
		}
		near, whole = append(near, nearNumber(text)), append(whole, string(v))
	}
	mixed := len(short) > 0 && len(whole) > 0
	if mixed {
		b.Write("(")
	}
	if len(short) > 0 {
		b.in(c, len(short), func(i int) any { return short[i] })
		b.Write(" AND " + c.companion("x_") + " IS NULL")
	}
	if mixed {
		b.Write(" OR ")
	}
	if len(whole) > 0 {
		b.in(c, len(near), func(i int) any { return near[i] })
		b.Write(" AND " + c.companion("x_") + " IN ")
		b.list(len(whole), func(i int) any { return whole[i] })
	}
	if mixed {
		b.Write(")")
	}
}

// roundedCompare writes that the number stands in an order to a value, exactly. Where both have the same near, a
// number without x_N is that near; others are compared by the length of their whole part, then as text,
// which for decimals of one sign is the order of their amounts.
func (b *Builder) roundedCompare(c column, op Op, v field.Value) {
	near, exact := nearText(v)
	arg := nearNumber(near)
	if near == "0" { // only 0 itself is near 0
		b.column(c).Write(" " + op.String() + " ").Arg(arg)
		return
	}
	strict := op
	switch op {
	case LessOrEqual:
		strict = Less
	case GreaterOrEqual:
		strict = Greater
	}
	b.column(c).Write(" " + strict.String() + "= ").Arg(arg)
	b.Write(" AND (")
	b.column(c).Write(" " + strict.String() + " ").Arg(arg)
	amounts := op
	if v[0] == '-' {
		amounts = mirrored[op-Less]
	}
	x := c.companion("x_")
	b.Write(" OR COALESCE((instr(" + x + " || '.', '.'), " + x + ") " + amounts.String() + " (")
	b.Arg(int64(strings.IndexByte(string(v)+".", '.') + 1)).Write(", ").Arg(string(v))
	b.Write("), ")
	if order := field.CompareDecimals(near, v); exact && op != strict || order < 0 && strict == Less || order > 0 && strict == Greater {
		b.Write("TRUE))")
	} else {
		b.Write("FALSE))")
	}
}

// mirrored are the order comparisons, Less first, with their sides swapped.
var mirrored = [...]Op{Greater, GreaterOrEqual, Less, LessOrEqual}
