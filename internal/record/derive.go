package record

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/formula"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// derive gives now the values that follow from its others, in place: after inputs were decoded and defaults applied, before
// anything is checked. Every way a record gets new values comes through here: adding, updating, importing, reverting and
// restoring. h is the head that the record will have, before what it was (empty for a new one).
//
// What depends on what gives the order: copies from other records come first, then what is computed of all of it.
func (d *decoder) derive(ctx context.Context, h table.Head, before, now table.Content, path string) error {
	if err := d.copySources(ctx, before, now, path); err != nil {
		return err
	}
	if plan := d.set.live.Plan(); !plan.Empty() {
		plan.Compute(&computing{h, now, systemFields(d.set.form())}, formula.Env{Now: d.env.Now, Zone: d.set.zone, Directory: d.env.Directory})
	}
	return nil
}

// derived is what follows from the rest of a record, as the API shows it, by code: the fields that the actor may see, and
// tables that have such fields, with those of every row.
func (d *decoder) derived(c table.Content) map[string]json.RawMessage {
	s, follows := d.set, func(f *field.Field) bool { return (f.Computed() || d.copied[f.ID]) && d.visible(f) }
	out := map[string]json.RawMessage{}
	for _, f := range s.lens.Fields() {
		switch inner := slices.DeleteFunc(slices.Clone(s.lens.Inner(f)), func(g *field.Field) bool { return !follows(g) }); {
		case follows(f):
			out[f.Code] = s.appendValue(nil, f, c.Values[f.ID])
		case len(inner) > 0:
			out[f.Code] = s.derivedRows(f, inner, c.Rows[f.ID])
		}
	}
	return out
}

func (s *Set) derivedRows(f *field.Field, inner []*field.Field, rows []table.Row) json.RawMessage {
	b := []byte(`{"type":"SUBTABLE","value":[`)
	for i, r := range rows {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"id":`...)
		if r.ID == 0 {
			b = append(b, "null"...)
		} else {
			b = strconv.AppendQuote(b, strconv.FormatInt(r.ID, 10))
		}
		b = append(b, `,"value":{`...)
		for j, g := range inner {
			if j > 0 {
				b = append(b, ',')
			}
			b = append(field.AppendString(b, g.Code), ':')
			b = s.appendValue(b, g, r.Values[g.ID])
		}
		b = append(b, "}}"...)
	}
	return append(b, "]}"...)
}

// appendValue writes a field's type and value as the API shows them.
func (s *Set) appendValue(b []byte, f *field.Field, v field.Value) []byte {
	b = append(b, `{"type":"`+string(f.Type)+`","value":`...)
	b = f.Kind().AppendValue(b, f, []byte(v), s.directory)
	return append(b, '}')
}
