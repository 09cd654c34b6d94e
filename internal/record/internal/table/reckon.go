package table

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/cockroachdb/apd/v3"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
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
	of    func(Wanted) reckoner
	byRow bool // every row is one record's: Go adds them up
}

// errInexact is why a way's answer cannot be used: digits may have been lost.
var errInexact = errors.New("table: numbers that this way cannot add up")

// ways are those that may serve, best first; the last one always does. Of the fields in proved no value has more than 15
// digits.
//
// SQLite adds whole numbers exactly and others as floats. So whole numbers are tried first, then everything in units of
// the smallest decimal place that apps have by default, with a proof that no value has more; both are refused unless every
// value is far from where a double loses digits. What is left is read row by row.
func (t Table) ways(g Grouping, proved map[id.Field]bool) []way {
	if !t.dialect.LossyDecimals() {
		return []way{{of: func(w Wanted) reckoner { return parted(w, proved[w.Ref.Field.ID] && g.Table == nil) }}}
	}
	if !slices.ContainsFunc(g.Values, Wanted.decimal) {
		return []way{{of: plainly}}
	}
	return []way{
		{of: func(w Wanted) reckoner { return whole(w, proved[w.Ref.Field.ID]) }},
		{of: scaled},
		{of: each, byRow: true},
	}
}

// parts writes the aggregates of a column: count, extremes and what else is asked for, each after a comma.
type parts []string

func partsOf(count, extremes bool, more ...string) parts {
	var p parts
	if count {
		p = append(p, "count({})")
	}
	if extremes {
		p = append(p, "min({})", "max({})")
	}
	return append(p, more...)
}

// write writes the parts with the column for each {}.
func (p parts) write(b *query.Builder, v query.Ref) {
	for _, part := range p {
		b.Write(", ")
		for i, text := range strings.Split(part, "{}") {
			if i > 0 {
				b.Cell(v)
			}
			b.Write(text)
		}
	}
}

// plainly is for databases that add up exactly, and for texts.
func plainly(w Wanted) reckoner {
	p := partsOf(w.Count, w.Extremes)
	if w.Sum {
		p = append(p, "sum({})")
	}
	return reckoner{len(p), p.write, func(c []any) (t Tally, err error) {
		c = t.counted(w.Count, c)
		if w.Extremes {
			t.Min, t.Max = cellValue(c[0], w.Ref.Field), cellValue(c[1], w.Ref.Field)
			c = c[2:]
		}
		if w.Sum && c[0] != nil {
			t.Sum, _, err = apd.NewFromString(cellText(c[0]))
		}
		return t, err
	}}
}

// wholePart is what an index holds of a column of numbers to be added up quickly, and otherPart what is left: each number
// is one of them, so that the sums of both are the sum of all.
func wholePart(column string) string {
	return "CASE WHEN " + column + " = trunc(" + column + ") AND abs(" + column + ") < 1e15 THEN CAST(" + column + " AS BIGINT) END"
}

func otherPart(column string) string {
	return "CASE WHEN " + column + " = trunc(" + column + ") AND abs(" + column + ") < 1e15 THEN NULL ELSE " + column + " END"
}

// parted is plainly, but adds up whole numbers as such, which is several times as fast, where an index holds them.
func parted(w Wanted, held bool) reckoner {
	if !held || !w.Sum || w.Ref.Mask != nil {
		return plainly(w)
	}
	p := partsOf(w.Count, w.Extremes, "sum("+wholePart("{}")+")", "sum("+otherPart("{}")+")")
	plain := w
	plain.Sum = false
	rest := plainly(plain)
	return reckoner{len(p), p.write, func(c []any) (t Tally, err error) {
		if t, err = rest.read(c[:rest.cells]); err != nil {
			return t, err
		}
		for _, part := range c[rest.cells:] {
			if part == nil {
				continue
			}
			sum, _, err := apd.NewFromString(cellText(part))
			if err != nil {
				return t, err
			}
			t.Add(Tally{Sum: sum}, w)
		}
		return t, nil
	}}
}

// counted takes the count, if there is one, from cells, and returns the rest.
func (t *Tally) counted(given bool, cells []any) []any {
	if !given {
		return cells
	}
	t.Count = int64Of(cells[0])
	return cells[1:]
}

// safe is the amount below which every whole number has a double, and a column, of its own.
const safe = 1e15

// whole adds up whole numbers.
func whole(w Wanted, proved bool) reckoner {
	if !w.decimal() {
		return plainly(w)
	}
	extremes := w.Extremes || !proved
	p := partsOf(w.Count, extremes, "sum({})")
	return reckoner{len(p), p.write, func(c []any) (t Tally, err error) {
		c = t.counted(w.Count, c)
		last := c[len(c)-1]
		if last == nil {
			return t, nil
		}
		sum, ok := last.(int64)
		if extremes && ok {
			t.Min, t.Max, ok = extremesOf(c[0], c[1])
		}
		if !ok {
			return t, errInexact
		}
		t.Sum = apd.New(sum, 0)
		return t, nil
	}}
}

// places is how many decimal places scaled keeps: what apps have by default.
const places = 4

// scaled adds up numbers of at most four decimal places, in ten thousandths.
func scaled(w Wanted) reckoner {
	if !w.decimal() {
		return plainly(w)
	}
	p := partsOf(w.Count, true, "sum(CAST(round({} * 1e4) AS INTEGER))", "max(round({} * 1e4) / 1e4 <> {})")
	return reckoner{len(p), p.write, func(c []any) (t Tally, err error) {
		c = t.counted(w.Count, c)
		if c[0] == nil {
			return t, nil
		}
		var ok bool
		t.Min, t.Max, ok = extremesOf(c[0], c[1])
		if !ok || int64Of(c[3]) != 0 || max(math.Abs(float64Of(c[0])), math.Abs(float64Of(c[1])))*1e4 >= safe {
			return t, errInexact
		}
		t.Sum = apd.New(int64Of(c[2]), -places)
		return t, nil
	}}
}

// each reads one record's value with all its digits.
func each(w Wanted) reckoner {
	if !w.decimal() {
		return reckoner{1, parts{"{}"}.write, func(c []any) (Tally, error) {
			v := field.Value(cellText(c[0]))
			return Tally{Count: present(v), Min: v, Max: v}, nil
		}}
	}
	write := func(b *query.Builder, v query.Ref) { b.Write(", ").Cell(v).Write(", ").ExactCell(v) }
	return reckoner{2, write, func(c []any) (t Tally, err error) {
		s := cellText(c[1])
		if s == "" {
			s = cellText(c[0])
		}
		if s == "" {
			return t, nil
		}
		if w.Extremes {
			t.Min = field.PlainDecimal([]byte(s))
			t.Max = t.Min
		}
		t.Count = 1
		t.Sum, _, err = apd.NewFromString(s)
		return t, err
	}}
}

func present(v field.Value) int64 {
	if v == "" {
		return 0
	}
	return 1
}

// extremesOf reads the least and the greatest number of a column; ok is false when one may stand for another.
func extremesOf(least, most any) (low, high field.Value, ok bool) {
	low, okLow := near(least)
	high, okHigh := near(most)
	return low, high, okLow && okHigh
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

func int64Of(cell any) int64 {
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

func float64Of(cell any) float64 {
	switch v := cell.(type) {
	case int64:
		return float64(v)
	case float64:
		return v
	}
	return math.Inf(1)
}
