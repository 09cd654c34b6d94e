package record

import (
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// computing is a record as formulas read and write it. It is a formula.Record.
type computing struct {
	head    table.Head
	content table.Content
	system  map[id.Field]*field.Field
}

// systemFields are the fields of a form that its records' heads hold.
func systemFields(form []*field.Field) map[id.Field]*field.Field {
	system := map[id.Field]*field.Field{}
	for _, f := range form {
		if f.Type.System() {
			system[f.ID] = f
		}
	}
	return system
}

// Value is that of a field, or who and when.
func (r *computing) Value(f id.Field) field.Value {
	if g, ok := r.system[f]; ok {
		return table.SystemValue(r.head, g, nil)
	}
	return r.content.Values[f]
}

// SetValue keeps a computed value.
func (r *computing) SetValue(f id.Field, v field.Value) { set(r.content.Values, f, v) }

// Rows is how many rows a table has.
func (r *computing) Rows(t id.Field) int { return len(r.content.Rows[t]) }

// Cell is a value of a row.
func (r *computing) Cell(t id.Field, row int, f id.Field) field.Value {
	return r.content.Rows[t][row].Values[f]
}

// SetCell keeps a computed value of a row.
func (r *computing) SetCell(t id.Field, row int, f id.Field, v field.Value) {
	set(r.content.Rows[t][row].Values, f, v)
}

// comparing is a computing that notes what it changes.
type comparing struct {
	computing
	differs map[id.Field]bool // the fields that changed, of this record or of others computed with it
	changed bool
}

// SetValue keeps a computed value.
func (r *comparing) SetValue(f id.Field, v field.Value) {
	r.note(f, r.Value(f) != v)
	r.computing.SetValue(f, v)
}

// SetCell keeps a computed value of a row.
func (r *comparing) SetCell(t id.Field, row int, f id.Field, v field.Value) {
	r.note(f, r.Cell(t, row, f) != v)
	r.computing.SetCell(t, row, f, v)
}

func (r *comparing) note(f id.Field, changed bool) {
	if changed {
		r.changed, r.differs[f] = true, true
	}
}
