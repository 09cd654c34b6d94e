package query

import "github.com/engawa/engawa/internal/field"

// Columns returns the fields whose plain columns c's condition reads, some maybe twice. plain is false when it also reads
// something else: another form of a value, the rows of a table, the words of texts, or what a Mask asks for.
func (c *Checked) Columns() (fields []*field.Field, plain bool) {
	if c.where == nil {
		return nil, true
	}
	return columnsOf(nil, c.where)
}

func columnsOf(list []*field.Field, c cond) (fields []*field.Field, plain bool) {
	var members []cond
	switch c := c.(type) {
	case allOf:
		members = c
	case anyOf:
		members = c
	case not:
		return columnsOf(list, c.cond)
	case *cases:
		for _, d := range c.list {
			members = append(members, d.when)
		}
	case always, never:
	case *test:
		return append(list, c.ref.Field), c.ref.Mask == nil && plainMatch(c.ref.Field, c.match)
	default:
		return list, false
	}
	for _, m := range members {
		if list, plain = columnsOf(list, m); !plain {
			return list, false
		}
	}
	return list, true
}

// plainMatch reports whether m asks the field's own column only.
func plainMatch(f *field.Field, m matcher) bool {
	exact := func(v field.Value) bool {
		_, exact := Near(v)
		return exact || f.Kind().Storage() != field.Decimal
	}
	switch m := m.(type) {
	case contains:
		return false
	case compare:
		return exact(m.to)
	case oneOf:
		for _, v := range m.values {
			if !exact(v) {
				return false
			}
		}
	}
	return true
}
