package query

import (
	"slices"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/field"
)

// Shape is what an access path is chosen by: how a query uses columns that an index may serve.
type Shape struct {
	// Lead is the first sort key when it is a plain column; LeadDesc is its direction. It is nil when the order
	// begins with the id (ByID) or with an expression.
	Lead     *field.Field
	LeadDesc bool
	ByID     bool
	// Filters are the plain columns that every record found has to pass, in the order of the query. A field
	// may come more than once.
	Filters []Filter
	// Search tells that every record found is among the Candidates of some tokens.
	Search bool
}

// Filter is the use of one column.
type Filter struct {
	Field *field.Field
	Use   Use
}

// Use is how an index would be asked.
type Use uint8

// The uses.
const (
	Equality Use = iota // one value, or empty
	Range               // before or after a value, or between two
	Any                 // one of several values
)

// Shape returns how c uses columns.
func (c *Checked) Shape() Shape {
	var s Shape
	switch {
	case len(c.order) == 0:
		s.ByID, s.LeadDesc = true, true
	case c.order[0].ref.Mask != nil || c.order[0].ranks != nil:
	case c.order[0].ref.Field.Type == field.RecordNumber:
		s.ByID, s.LeadDesc = true, c.order[0].desc
	default:
		s.Lead, s.LeadDesc = c.order[0].ref.Field, c.order[0].desc
	}
	for _, one := range conjuncts(c.condition()) {
		s.add(one)
	}
	if c.where != nil {
		s.Search = slices.ContainsFunc(c.where.needles(nil), func(n string) bool { return utf8.RuneCountInString(n) > 1 })
	}
	return s
}

// Only returns those of c's conditions that Filters tells of and that are about one of fields, without an order.
func (c *Checked) Only(fields ...*field.Field) *Checked {
	var list allOf
	for _, one := range conjuncts(c.condition()) {
		t, ok := filter(one)
		if ok && slices.ContainsFunc(fields, func(f *field.Field) bool { return f.ID == t.ref.Field.ID }) {
			list = append(list, t)
		}
	}
	return &Checked{where: list}
}

// filter returns c when it is a test of a plain column that an index may serve.
func filter(c cond) (t *test, ok bool) {
	t, ok = c.(*test)
	if !ok || t.not || t.ref.Mask != nil {
		return nil, false
	}
	_, ok = useOf(t.match)
	return t, ok
}

func (s *Shape) add(c cond) {
	if t, ok := filter(c); ok {
		use, _ := useOf(t.match)
		s.Filters = append(s.Filters, Filter{t.ref.Field, use})
	}
}

func useOf(m matcher) (Use, bool) {
	switch m := m.(type) {
	case compare, between:
		return Range, true
	case oneOf:
		if m.empty && len(m.values) == 0 || !m.empty && len(m.values) == 1 {
			return Equality, true
		}
		return Any, true
	}
	return 0, false
}
