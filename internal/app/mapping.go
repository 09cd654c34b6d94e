package app

import (
	"strconv"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// Mapping says what an action puts into a field of the destination. That field is named by id, for its app renames it
// without asking.
type Mapping struct {
	From string   `json:"from,omitempty"` // code of the field that is copied; "" is the address of the record
	To   id.Field `json:"to"`
}

// MappingChange is a Mapping by codes.
type MappingChange struct{ From, To string }

// mappings checks what is copied into the fields of d; what does not fit goes to p.
//
// Errors: Invalid "app.unknownField".
func (s *Settings) mappings(d *Destination, in []MappingChange, path string, p *errs.Fields) (list []Mapping, err error) {
	for i, m := range in {
		from, table := s.Field(m.From)
		if from == nil && m.From != "" {
			return nil, errs.E(errs.Invalid, "app.unknownField", errs.Args{"code": m.From})
		}
		to, ok := d.lens.Lookup(m.To)
		if !ok {
			return nil, errs.E(errs.Invalid, "app.unknownField", errs.Args{"code": m.To})
		}
		if !d.takes(to, from, table) {
			p.Add(path+"["+strconv.Itoa(i)+"]", "app.fieldPair")
		}
		list = append(list, Mapping{m.From, to.Field.ID})
	}
	return list, nil
}

// takes reports whether a field of the destination can take over the values of from, which stands in table; a nil from is the
// address of the record. Columns of tables go to columns, and a table to one that is made alike.
// Source: kintone product behaviour, app actions.
func (d *Destination) takes(to query.Ref, from, table *field.Field) bool {
	switch {
	case from == nil:
		return to.Table == nil && to.Field.TakesAddress()
	case (to.Table == nil) != (table == nil):
		return false
	case to.Field.Type == field.Subtable && from.Type == field.Subtable:
		return d.alike(to.Field, from)
	}
	return to.Field.Receives(from)
}

// alike reports whether a table has columns of the codes of another's, all of which can take those over.
func (d *Destination) alike(to, from *field.Field) bool {
	some := false
	for _, column := range d.lens.Inner(to) {
		if source := from.Inner(column.Code); source != nil {
			if !column.Receives(source) {
				return false
			}
			some = true
		}
	}
	return some
}
