package record

import (
	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// may reports whether the actor may do v with a record he has.
func (s *Set) may(v access.Verbs, h table.Head, c table.Content) bool {
	return s.lens.May(v, row{h, c.Values, c.Rows})
}

// shown reports whether the actor may see a field, at the top level or in a table, in a record he has.
func (s *Set) shown(f *field.Field, h table.Head, c table.Content) bool {
	sight, ok := s.lens.Sight(f.Code)
	return ok && sight.Shown(row{h, c.Values, c.Rows})
}

// systemShown is shown for the field of the app that has a type of which each app has one, if at all.
func (s *Set) systemShown(t field.Type, in row) bool {
	f := s.live.Settings.System(t)
	if f == nil {
		return false
	}
	sight, ok := s.lens.Sight(f.Code)
	return ok && sight.Shown(in)
}

// row shows a record in memory to a condition.
type row struct {
	head   table.Head
	values map[id.Field]field.Value
	rows   map[id.Field][]table.Row
}

func rowOf(h table.Head, c table.Content) row { return row{h, c.Values, c.Rows} }

// Value returns the canonical value of a field, system fields and $id included.
func (r row) Value(f *field.Field) field.Value {
	return table.SystemValue(r.head, f, r.values)
}

// Rows returns the rows of a table.
func (r row) Rows(f *field.Field) []query.Row {
	list := make([]query.Row, len(r.rows[f.ID]))
	for i, x := range r.rows[f.ID] {
		list[i] = row{head: r.head, values: x.Values}
	}
	return list
}

// title names a record for people: the app's title field, or its number.
func (s *Set) title(h table.Head, c table.Content) string {
	f := s.live.Settings.Title()
	if f != nil && !f.Type.System() {
		if s.shown(f, h, c) {
			if v := searchable(f, c.Values[f.ID]); v != "" {
				return short(v)
			}
		}
	}
	return "#" + id.String(h.ID)
}

func searchable(f *field.Field, v field.Value) string {
	if st, ok := f.Kind().(field.SearchText); ok {
		return st.SearchText(v)
	}
	if f.Kind().Storage() == field.Text || f.Kind().Storage() == field.Decimal {
		return string(v)
	}
	return ""
}

// short cuts a title where lists and notices would.
func short(s string) string {
	r := []rune(s)
	if len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return s
}
