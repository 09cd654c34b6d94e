package record

import (
	"context"
	"strconv"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/rawjson"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// copySources gives every lookup whose key was written (see field.Unresolved) what belongs to its key: the values of the
// source record as the actor sees it, or nothing when the key is empty. A lookup whose key was not written keeps what it has.
//
// Errors: Invalid "lookup.notFound" or "lookup.several" (code, value) for the first key that does not name one record;
// Forbidden when that would change a field that the actor may not write.
// Source: kintone REST behaviour, lookup copy.
func (d *decoder) copySources(ctx context.Context, before, now table.Content, path string) error {
	for _, f := range field.Lookups(d.set.form()) {
		if err := d.copySource(ctx, f, d.set.form(), before.Values, now.Values, path); err != nil {
			return err
		}
	}
	for _, t := range d.set.form() {
		if err := d.copyRows(ctx, t, before, now, path); err != nil {
			return err
		}
	}
	return nil
}

func (d *decoder) copyRows(ctx context.Context, t *field.Field, before, now table.Content, path string) error {
	looks := field.Lookups(t.Fields)
	if len(looks) == 0 {
		return nil
	}
	old := map[int64]map[id.Field]field.Value{}
	for _, r := range before.Rows[t.ID] {
		old[r.ID] = r.Values
	}
	for i, r := range now.Rows[t.ID] {
		at := path + "." + t.Code + ".value[" + strconv.Itoa(i) + "].value"
		for _, f := range looks {
			if err := d.copySource(ctx, f, t.Fields, old[r.ID], r.Values, at); err != nil {
				return err
			}
		}
	}
	return nil
}

// copySource fills in one lookup among values of a record, or of a row.
func (d *decoder) copySource(ctx context.Context, f *field.Field, siblings []*field.Field, before, now map[id.Field]field.Value, path string) error {
	if now[f.SourceID()] != field.Unresolved {
		return nil
	}
	key := now[f.ID]
	delete(now, f.SourceID())
	if key == "" {
		return d.takeOver(f, siblings, nil, nil, before, now)
	}
	o, src, err := d.sources.origin(ctx, f, key)
	switch {
	case err != nil:
		return err
	case o == nil:
		return d.noSource("lookup.notFound", f, key, path)
	case o.several:
		return d.noSource("lookup.several", f, key, path)
	}
	now[f.SourceID()] = field.Value(id.String(o.ID))
	return d.takeOver(f, siblings, o, src, before, now)
}

// noSource tells of a key without a record: as the error of the whole request, or where problems are told by field, there.
func (d *decoder) noSource(key string, f *field.Field, value field.Value, path string) error {
	args := errs.Args{"code": f.Code, "value": string(value)}
	if d.lookupPaths {
		d.p.Add(path+"."+f.Code+".value", key, args)
		return nil
	}
	return errs.E(errs.Invalid, key, args)
}

// takeOver copies the values of a source record, or clears the copies when o is nil.
func (d *decoder) takeOver(f *field.Field, siblings []*field.Field, o *origin, src *source, before, now map[id.Field]field.Value) error {
	for _, c := range f.Lookup.Copies {
		target := byID(siblings, c.To)
		if target == nil {
			continue
		}
		v := field.Value("")
		if o != nil {
			if from := byID(src.fields, c.From); from != nil {
				v = target.TakeOver(from, o.Values[from.ID], d.env)
			}
		}
		if sight, ok := d.set.lens.Sight(target.Code); v != before[target.ID] && (!ok || !sight.Writable(d.before)) {
			return d.set.readOnly(target)
		}
		set(now, target.ID, v)
	}
	return nil
}

// readOnly is the error for writing a field that the actor may not write; one that he cannot see is not named.
func (s *Set) readOnly(f *field.Field) error {
	if _, ok := s.lens.Sight(f.Code); !ok {
		return s.refused()
	}
	return errs.E(errs.Forbidden, "record.fieldReadOnly", errs.Args{"code": f.Code})
}

func byID(fields []*field.Field, n id.Field) *field.Field {
	for _, f := range fields {
		if f.ID == n {
			return f
		}
	}
	return nil
}

// unresolved marks the lookups among fields whose keys were written, whatever they are.
func unresolved(values map[id.Field]field.Value, fields []*field.Field) {
	for _, f := range fields {
		wrote(values, f)
	}
}

// wrote marks a field whose value was written, if it is the key of a lookup.
func wrote(values map[id.Field]field.Value, f *field.Field) {
	if f.Lookup != nil {
		values[f.SourceID()] = field.Unresolved
	}
}

// prefetch looks the keys up that some inputs write, all that belong to a lookup at once.
func (d *decoder) prefetch(ctx context.Context, inputs func(yield func(Input) bool)) error {
	keys := map[*field.Field][]field.Value{}
	for in := range inputs {
		d.keysOf(keys, d.set.form(), in)
		for _, t := range d.set.form() {
			if len(field.Lookups(t.Fields)) == 0 {
				continue
			}
			var rows []struct {
				Value Input `json:"value"`
			}
			if rawjson.Unmarshal(in[t.Code].Value, &rows) != nil {
				continue // Decode reports it
			}
			for _, r := range rows {
				d.keysOf(keys, t.Fields, r.Value)
			}
		}
	}
	for f, list := range keys {
		if err := d.sources.fetch(ctx, f, list); err != nil {
			return err
		}
	}
	return nil
}

func (d *decoder) keysOf(keys map[*field.Field][]field.Value, fields []*field.Field, in Input) {
	for _, f := range field.Lookups(fields) {
		var ignored errs.Fields
		if v := f.Kind().Decode(f, in[f.Code].Value, d.env, &ignored); v != "" {
			keys[f] = append(keys[f], v)
		}
	}
}
