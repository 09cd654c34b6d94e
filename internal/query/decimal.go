package query

import (
	"math"
	"strconv"
	"strings"

	"github.com/engawa/engawa/internal/field"
)

// lossless is how many digits of a decimal a double keeps for certain.
const lossless = 15

// Near returns what a column of a database with lossy decimals has to keep (f_N) for a canonical NUMBER that is not
// empty: an int64 or a float64. exact is false for more than 15 digits; then v itself has to be kept beside it (x_N).
//
// A greater number never has a smaller near, and one of at most 15 digits shares its near with no other number. So
// conditions look at x_N only when they name a number of more digits.
func Near(v field.Value) (near any, exact bool) {
	exact = significant(v) <= lossless
	if n, err := strconv.ParseInt(string(v), 10, 64); err == nil {
		return n, exact
	}
	f, err := strconv.ParseFloat(string(v), 64)
	switch {
	case err != nil:
		return string(v), exact // not canonical
	case exact:
		return f, true
	}
	if n, ok := nearWhole(v); ok {
		return n, false
	}
	short := strconv.FormatFloat(f, 'e', lossless-1, 64)
	if g, err := strconv.ParseFloat(short, 64); err == nil && g == f { // taken: the neighbour on v's side is not
		f = math.Nextafter(f, math.Inf(field.CompareDecimals(v, field.Value(short))))
	}
	return f, false
}

// nearWhole is the near of a number with decimals where doubles are further apart than the whole numbers that columns
// also keep: the next whole number from 0, or the one before when that has few digits.
func nearWhole(v field.Value) (int64, bool) {
	whole, _, _ := strings.Cut(string(v), ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n < 1<<53 && n > -1<<53 || n == math.MaxInt64 || n == math.MinInt64 {
		return 0, false
	}
	next := n + 1
	if n < 0 {
		next = n - 1
	}
	if significant(idValue(next)) <= lossless {
		return n, true
	}
	return next, true
}

// significant counts the digits of a canonical decimal, zeros at its ends not included.
func significant(v field.Value) int {
	return len(strings.Trim(strings.Replace(strings.TrimPrefix(string(v), "-"), ".", "", 1), "0"))
}

// lossyIn writes that the number is one of values.
func (b *Builder) lossyIn(c column, values []field.Value) {
	var short, near, long []any
	for _, v := range values {
		switch n, exact := Near(v); {
		case exact:
			short = append(short, n)
		default:
			near, long = append(near, n), append(long, string(v))
		}
	}
	if len(long) == 0 {
		b.in(c, short)
		return
	}
	if len(short) > 0 {
		b.Write("(")
		b.in(c, short)
		b.Write(" OR ")
	}
	b.in(c, near)
	b.Write(" AND " + c.companion("x_") + " IN ")
	b.list(long)
	if len(short) > 0 {
		b.Write(")")
	}
}

// lossyCompare writes that the number stands in an order to v. Numbers of the same near as a long v are long
// themselves; they are compared by the length of their whole part, then as text, which for decimals of one sign
// is the order of their amounts.
func (b *Builder) lossyCompare(c column, op Op, v field.Value) {
	near, exact := Near(v)
	if exact {
		b.column(c).Write(" " + op.String() + " ").Arg(near)
		return
	}
	strict := op
	switch op {
	case LessOrEqual:
		strict = Less
	case GreaterOrEqual:
		strict = Greater
	}
	if v[0] == '-' {
		op = mirrored[op-Less]
	}
	x := c.companion("x_")
	b.column(c).Write(" " + strict.String() + "= ").Arg(near).Write(" AND (")
	b.column(c).Write(" " + strict.String() + " ").Arg(near)
	b.Write(" OR (instr(" + x + " || '.', '.'), " + x + ") " + op.String() + " (")
	b.Arg(int64(strings.IndexByte(string(v)+".", '.') + 1)).Write(", ").Arg(string(v)).Write("))")
}

// mirrored are the order comparisons, Less first, with their sides swapped.
var mirrored = [...]Op{Greater, GreaterOrEqual, Less, LessOrEqual}
