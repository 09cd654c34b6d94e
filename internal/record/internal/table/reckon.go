package table

import (
	"errors"
	"math"
	"strconv"

	"github.com/cockroachdb/apd/v3"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/query"
)

// reckoner has the database add up a field's values: what it writes to the select list, and what the answer means.
type reckoner struct {
	cells int
	write func(b *query.Builder, v query.Ref)
	read  func(cells []any) (Tally, error)
}

// way is one of the ways to add up numbers.
type way struct {
	decimal reckoner
	byRow   bool // every row is one record's: Go adds them up
}

func (w way) of(f *field.Field) reckoner {
	switch {
	case f.Kind().Storage() == field.Decimal:
		return w.decimal
	case w.byRow:
		return eachText
	}
	return extremes
}

// errInexact is why a way's answer cannot be used: digits may have been lost.
var errInexact = errors.New("table: numbers that this way cannot add up")

// ways are those that may serve, best first; the last one always does.
//
// SQLite adds whole numbers exactly and others as floats. So whole numbers are tried first, then everything in units of
// the smallest decimal place that apps have by default, with a proof that no value has more; both are refused unless every
// value is far from where a double loses digits. What is left is read row by row.
func (t Table) ways(g Grouping) []way {
	if !t.dialect.LossyDecimals() {
		return []way{{decimal: numeric}}
	}
	for _, v := range g.Values {
		if v.Field.Kind().Storage() == field.Decimal {
			return []way{{decimal: whole}, {decimal: scaled}, {decimal: eachNumber, byRow: true}}
		}
	}
	return []way{{}}
}

// written writes ", before COLUMN after" for each pair.
func written(pairs ...string) func(*query.Builder, query.Ref) {
	return func(b *query.Builder, v query.Ref) {
		for i := 0; i < len(pairs); i += 2 {
			b.Write(", " + pairs[i]).Cell(v).Write(pairs[i+1])
		}
	}
}

// extremes is for texts.
var extremes = reckoner{
	cells: 3,
	write: written("count(", ")", "min(", ")", "max(", ")"),
	read: func(c []any) (Tally, error) {
		return Tally{Count: whole64(c[0]), Min: field.Value(cellText(c[1])), Max: field.Value(cellText(c[2]))}, nil
	},
}

// numeric is for databases with exact decimals.
var numeric = reckoner{
	cells: 4,
	write: written("count(", ")", "min(", ")", "max(", ")", "sum(", ")"),
	read: func(c []any) (Tally, error) {
		t := Tally{Count: whole64(c[0])}
		if t.Count == 0 {
			return t, nil
		}
		t.Min, t.Max = field.PlainDecimal([]byte(cellText(c[1]))), field.PlainDecimal([]byte(cellText(c[2])))
		var err error
		t.Sum, _, err = apd.NewFromString(cellText(c[3]))
		return t, err
	},
}

// safe is the amount below which every whole number has a double, and a column, of its own.
const safe = 1e15

// whole adds up whole numbers.
var whole = reckoner{
	cells: 4,
	write: numeric.write,
	read: func(c []any) (Tally, error) {
		t := Tally{Count: whole64(c[0])}
		if t.Count == 0 {
			return t, nil
		}
		sum, ok := c[3].(int64)
		low, okLow := near(c[1])
		high, okHigh := near(c[2])
		if !ok || !okLow || !okHigh {
			return t, errInexact
		}
		t.Sum, t.Min, t.Max = apd.New(sum, 0), low, high
		return t, nil
	},
}

// places is how many decimal places scaled keeps: what apps have by default.
const places = 4

// scaled adds up numbers of at most four decimal places, in ten thousandths.
var scaled = reckoner{
	cells: 5,
	write: func(b *query.Builder, v query.Ref) {
		numericUnits := func() { b.Write("round(").Cell(v).Write(" * 1e4)") }
		written("count(", ")", "min(", ")", "max(", ")")(b, v)
		b.Write(", sum(CAST(")
		numericUnits()
		b.Write(" AS INTEGER)), max(")
		numericUnits()
		b.Write(" / 1e4 <> ").Cell(v).Write(")")
	},
	read: func(c []any) (Tally, error) {
		t := Tally{Count: whole64(c[0])}
		if t.Count == 0 {
			return t, nil
		}
		low, okLow := near(c[1])
		high, okHigh := near(c[2])
		if !okLow || !okHigh || whole64(c[4]) != 0 || max(math.Abs(double(c[1])), math.Abs(double(c[2])))*1e4 >= safe {
			return t, errInexact
		}
		t.Sum, t.Min, t.Max = apd.New(whole64(c[3]), -places), low, high
		t.Sum.Reduce(t.Sum)
		return t, nil
	},
}

// eachNumber reads one record's number with all its digits.
var eachNumber = reckoner{
	cells: 2,
	write: func(b *query.Builder, v query.Ref) { b.Write(", ").Cell(v).Write(", ").ExactCell(v) },
	read: func(c []any) (Tally, error) {
		s := cellText(c[1])
		if s == "" {
			s = cellText(c[0])
		}
		if s == "" {
			return Tally{}, nil
		}
		v := field.PlainDecimal([]byte(s))
		d, _, err := apd.NewFromString(s)
		return Tally{Count: 1, Sum: d, Min: v, Max: v}, err
	},
}

// eachText reads one record's text.
var eachText = reckoner{
	cells: 1,
	write: written("", ""),
	read: func(c []any) (Tally, error) {
		v := field.Value(cellText(c[0]))
		if v == "" {
			return Tally{}, nil
		}
		return Tally{Count: 1, Min: v, Max: v}, nil
	},
}

// near is the number that a column shows, when no other could be meant: a double stands for numbers of more than 15
// digits when it is none of 15 (query.Near).
func near(cell any) (v field.Value, ok bool) {
	switch n := cell.(type) {
	case int64:
		return field.Value(strconv.FormatInt(n, 10)), n < safe && n > -safe
	case float64:
		short := strconv.FormatFloat(n, 'e', 14, 64)
		back, err := strconv.ParseFloat(short, 64)
		return field.PlainDecimal([]byte(short)), err == nil && back == n && math.Abs(n) < safe
	}
	return "", false
}

// cellValue is the canonical form of a key as the driver gives it.
func cellValue(cell any, f *field.Field) field.Value {
	s := cellText(cell)
	if s != "" && f.Kind().Storage() == field.Decimal {
		return field.PlainDecimal([]byte(s))
	}
	return field.Value(s)
}

// cellText is a cell as text, "" for NULL.
func cellText(cell any) string {
	switch v := cell.(type) {
	case string:
		return v
	case []byte:
		return string(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return ""
}

func whole64(cell any) int64 {
	switch v := cell.(type) {
	case int64:
		return v
	case bool:
		if v {
			return 1
		}
	}
	return 0
}

func double(cell any) float64 {
	switch v := cell.(type) {
	case int64:
		return float64(v)
	case float64:
		return v
	}
	return math.Inf(1)
}
