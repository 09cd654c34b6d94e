package query

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/text"
)

// Row is a record, or a row of one of its tables, in memory.
type Row interface {
	// Value is the canonical value of one of its fields. A field of type RECORD_NUMBER asks for the id,
	// whatever its own ID.
	Value(f *field.Field) field.Value
	// Rows are the rows of a SUBTABLE of a record.
	Rows(table *field.Field) []Row
}

// Eval reports whether c finds r.
func Eval(c *Checked, r Row) bool { return c.where == nil || c.where.holds(r) }

// Compare is negative when a comes before b in c's order, positive when after, 0 for the same record.
func Compare(c *Checked, a, b Row) int {
	for _, k := range c.order {
		if n := k.compare(a, b); n != 0 {
			return n
		}
	}
	return -cmp.Compare(number(a.Value(idField)), number(b.Value(idField)))
}

func (k key) compare(a, b Row) int {
	x, y := k.ref.value(a), k.ref.value(b)
	n := 0
	switch k.ref.Field.Kind().Storage() {
	case field.Decimal:
		n = field.CompareDecimals(x, y)
	case field.Integer:
		n = cmp.Compare(k.rank(x), k.rank(y))
	default:
		n = strings.Compare(string(x), string(y))
	}
	if k.desc {
		return -n
	}
	return n
}

// rank orders whole numbers; the empty value and deleted options come before all others.
func (k key) rank(v field.Value) int64 {
	switch {
	case v == "":
		return -1
	case k.ranks != nil:
		return int64(slices.Index(k.ranks, v))
	}
	return number(v)
}

// value is what the asker may see of a top-level field of r.
func (ref Ref) value(r Row) field.Value {
	if ref.Mask != nil && !Eval(ref.Mask, r) {
		return ""
	}
	return r.Value(ref.Field)
}

func (l allOf) holds(r Row) bool {
	return !slices.ContainsFunc(l, func(c cond) bool { return !c.holds(r) })
}

func (l anyOf) holds(r Row) bool {
	return slices.ContainsFunc(l, func(c cond) bool { return c.holds(r) })
}

func (always) holds(Row) bool { return true }

func (never) holds(Row) bool { return false }

func (n not) holds(r Row) bool { return !n.cond.holds(r) }

func (c *cases) holds(r Row) bool {
	for _, d := range c.list {
		if d.when.holds(r) {
			return d.then
		}
	}
	return c.otherwise
}

func (t *test) holds(r Row) bool { return t.match.matches(t.ref.Field, t.ref.value(r)) != t.not }

func (t *rows) holds(r Row) bool {
	for _, one := range t.tests {
		if one.ref.Mask != nil && !Eval(one.ref.Mask, r) {
			return false
		}
	}
	all := r.Rows(t.table)
	if t.every {
		return len(all) > 0 && !slices.ContainsFunc(all, t.passesAny)
	}
	return slices.ContainsFunc(all, t.passesAll)
}

func (t *rows) passesAll(row Row) bool {
	return !slices.ContainsFunc(t.tests, func(one test) bool { return !one.passes(row) })
}

func (t *rows) passesAny(row Row) bool {
	return slices.ContainsFunc(t.tests, func(one test) bool { return one.passes(row) })
}

func (t test) passes(row Row) bool { return t.match.matches(t.ref.Field, row.Value(t.ref.Field)) }

func (m oneOf) matches(_ *field.Field, v field.Value) bool {
	if v == "" {
		return m.empty
	}
	return slices.Contains(m.values, v)
}

func (m members) matches(_ *field.Field, v field.Value) bool {
	if v == "" {
		return m.empty
	}
	for id := range field.Members(string(v)) {
		if slices.Contains(m.ids, idValue(id)) {
			return true
		}
	}
	return false
}

func (m compare) matches(f *field.Field, v field.Value) bool {
	if v == "" {
		return false
	}
	n := 0
	switch f.Kind().Storage() {
	case field.Decimal:
		n = field.CompareDecimals(v, m.to)
	case field.Integer:
		n = cmp.Compare(number(v), number(m.to))
	default:
		n = strings.Compare(string(v), string(m.to))
	}
	switch m.op {
	case Less:
		return n < 0
	case LessOrEqual:
		return n <= 0
	case Greater:
		return n > 0
	default:
		return n >= 0
	}
}

func (m between) matches(f *field.Field, v field.Value) bool {
	if f.Kind().Storage() == field.Decimal {
		return v != "" && field.CompareDecimals(v, m.from) >= 0 && field.CompareDecimals(v, m.to) < 0
	}
	return v != "" && v >= m.from && v < m.to
}

func (m contains) matches(f *field.Field, v field.Value) bool {
	if v == "" {
		return false
	}
	words := string(v)
	if s, ok := f.Kind().(field.SearchText); ok {
		words = s.SearchText(v)
	}
	return strings.Contains(text.Normalise(words), m.needle)
}

func (m holding) matches(f *field.Field, v field.Value) bool {
	return contains(m).matches(f, v)
}

func number(v field.Value) int64 {
	n, _ := strconv.ParseInt(string(v), 10, 64)
	return n
}

func idValue(n int64) field.Value { return field.Value(strconv.FormatInt(n, 10)) }
