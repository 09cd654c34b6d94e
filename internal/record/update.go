package record

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record/internal/table"
	"github.com/engawa/engawa/internal/text"
)

// Change is one record to update: by ID, or by Key when ID is 0.
type Change struct {
	ID       id.Record
	Key      Key
	Record   Input
	Revision int64 // the revision the caller saw, or AnyRevision
}

// Key names a record by the value of a field whose values are unique.
type Key struct{ Field, Value string }

// Update changes records, all or none, and returns them in the order given. With upsert, keys and ids that no
// record has add one. single is as for Add.
//
// Errors: Forbidden without the right to edit (the app, the record or a field); NotFound; Conflict
// "record.conflict" when a record has another revision; Invalid with every problem by path.
func (s *Set) Update(ctx context.Context, changes []Change, upsert bool, single string) ([]Written, error) {
	if err := s.need(access.Edit); err != nil {
		return nil, err
	}
	if upsert {
		if err := s.need(access.Add); err != nil {
			return nil, err
		}
	}
	var out []Written
	err := s.write(ctx, namedBy(changes, upsert), func(ctx context.Context, tx *db.Tx) error {
		out = out[:0]
		var p errs.Fields
		var added, updated []Written
		overtaken := false
		d := s.decoder(&p)
		if err := d.prefetch(ctx, records(changes)); err != nil {
			return err
		}
		for i, c := range changes {
			w, err := s.updateOne(ctx, tx, c, upsert, d.another(), path(single, i))
			if err != nil {
				return err
			}
			overtaken = overtaken || w.overtaken
			out = append(out, w) // once there are problems nothing is kept, and the rest is read only for its problems
			if w.Inserted {
				added = append(added, w)
			} else {
				updated = append(updated, w)
			}
		}
		if err := p.Err(); err != nil {
			if overtaken {
				err = db.Overtaken(err)
			}
			return err
		}
		if err := s.emit(ctx, tx, "record.added", added, single == ""); err != nil {
			return err
		}
		return s.emit(ctx, tx, "record.updated", updated, single == "")
	})
	return out, err
}

// records yields what changes write.
func records(changes []Change) func(yield func(Input) bool) {
	return func(yield func(Input) bool) {
		for _, c := range changes {
			if !yield(c.Record) {
				return
			}
		}
	}
}

func (s *Set) updateOne(ctx context.Context, tx *db.Tx, c Change, upsert bool, d *decoder, path string) (Written, error) {
	h, before, ok, err := s.target(ctx, tx, c)
	if err == nil && !ok && upsert && c.ID == 0 {
		if err = s.alone(ctx, tx); err == nil { // somebody may be adding the same key
			h, before, ok, err = s.target(ctx, tx, c)
		}
	}
	if err != nil {
		return Written{}, err
	}
	if !ok && upsert {
		return s.upsertNew(ctx, tx, c, d, path)
	}
	if !ok && c.ID == 0 {
		return Written{}, errs.E(errs.NotFound, "record.keyNotFound")
	}
	if !ok {
		return Written{}, notFound(c.ID)
	}
	if !s.may(access.Edit, h, before) {
		return Written{}, s.refused()
	}
	if c.Revision != AnyRevision && c.Revision != h.Revision {
		return Written{}, errs.E(errs.Conflict, "record.conflict")
	}
	uploads, err := s.uploads(ctx, d.env, h.ID, c.Record)
	if err != nil {
		return Written{}, err
	}
	next := s.touched(h, tx)
	now, err := d.update(ctx, h, next.Head, before, c.Record, path)
	if err != nil {
		return Written{}, err
	}
	if err := s.uniqueness(d.p).check(ctx, tx, d.before, before, now, path); err != nil || d.p.Len() > 0 {
		return Written{}, err
	}
	w, err := s.save(ctx, tx, next, before, now, updated, path)
	if err != nil {
		return w, err
	}
	return w, s.attach(ctx, tx, w.ID, uploads)
}

// target loads the record that c names, if the actor may know it by that name.
func (s *Set) target(ctx context.Context, tx *db.Tx, c Change) (h table.Head, before table.Content, ok bool, err error) {
	record := c.ID
	var key *field.Field
	if record == 0 {
		if record, key, err = s.byKey(ctx, tx, c.Key); err != nil {
			return h, before, false, err
		}
	}
	h, before, ok, err = s.load(ctx, tx, record)
	return h, before, ok && (key == nil || s.shown(key, h, before)), err // a value that he may not know finds nothing
}

// upsertNew adds the record that an upsert did not find; a key's value is part of it. Only upserts wait for each other: one
// who adds or restores a record may come in between, and then the transaction that runs again finds that record.
func (s *Set) upsertNew(ctx context.Context, tx *db.Tx, c Change, d *decoder, path string) (Written, error) {
	in := Input{}
	for code, v := range c.Record {
		in[code] = v
	}
	if c.Key.Field != "" {
		in[c.Key.Field] = InputValue{Value: field.AppendString(nil, c.Key.Value)}
	}
	uploads, err := s.uploads(ctx, d.env, 0, in)
	if err != nil {
		return Written{}, err
	}
	h, content, err := d.add(ctx, in, path)
	if err != nil {
		return Written{}, err
	}
	n := s.newcomers(d, 1)
	n.add(h, content, path)
	if err := n.check(ctx, tx, d.p); err != nil {
		return Written{}, err
	}
	if d.p.Len() > 0 && c.ID == 0 {
		there, _, err := s.byKey(ctx, tx, c.Key)
		return Written{overtaken: there != 0}, err
	}
	if d.p.Len() > 0 {
		return Written{}, nil
	}
	out, err := n.insert(ctx, tx)
	if errs.KindOf(err) == errs.Invalid { // what was right a moment ago
		err = db.Overtaken(err)
	}
	if err != nil {
		return Written{}, err
	}
	return out[0], s.attach(ctx, tx, out[0].ID, uploads)
}

// touched is the head of a record that the actor changes now.
func (s *Set) touched(h table.Head, tx *db.Tx) touched {
	t := touched{h, h}
	t.Revision++
	t.UpdatedBy, t.UpdatedAt = s.who.UserID(), field.FormatDateTime(tx.Now())
	return t
}

// save stores a new state of a record, whose head is touched, with its line of history.
func (s *Set) save(ctx context.Context, tx *db.Tx, h touched, before, now table.Content, kind changeKind, path string) (Written, error) {
	return s.saveChange(ctx, tx, h, before, now, change{Kind: kind}, path)
}

// saveChange is save for a line that says more than what changed.
func (s *Set) saveChange(ctx context.Context, tx *db.Tx, h touched, before, now table.Content, line change, path string) (Written, error) {
	if err := s.table().Update(ctx, tx, s.form(), h.Head, before, now); err != nil {
		return Written{}, s.repeated(err, row{h.Head, before.Values, before.Rows}, path)
	}
	line.Record, line.Revision, line.By = h.ID, h.Revision, h.UpdatedBy
	moved := line.Diff.Moved
	line.Diff = diff(s.form(), before, now)
	line.Diff.Moved = moved
	err := addChange(ctx, tx, s.live.ID, line)
	return Written{ID: h.ID, Revision: h.Revision, come: come(s.conditions(), rowOf(h.was, before), rowOf(h.Head, now))}, err
}

// load returns a record that the actor may see; ok is false when there is none, or none for him.
func (s *Set) load(ctx context.Context, tx *db.Tx, record id.Record) (h table.Head, c table.Content, ok bool, err error) {
	if record == 0 {
		return h, c, false, nil
	}
	h, c, ok, err = s.table().Load(ctx, tx, s.form(), record)
	if err != nil || !ok || !s.may(access.View, h, c) {
		return table.Head{}, table.NewContent(), false, err
	}
	return h, c, true, nil
}

// expect returns a record that the actor may see and do something with, at the revision that he expects.
func (s *Set) expect(ctx context.Context, tx *db.Tx, to access.Verbs, record id.Record, revision int64) (table.Head, table.Content, error) {
	h, c, ok, err := s.load(ctx, tx, record)
	switch {
	case err != nil:
		return h, c, err
	case !ok:
		return h, c, notFound(record)
	case !s.may(to, h, c):
		return h, c, s.refused()
	case revision != AnyRevision && revision != h.Revision:
		return h, c, errs.E(errs.Conflict, "record.conflict")
	}
	return h, c, nil
}

// byKey finds the record with a unique value, whoever may see it, and the field that has it; 0 is none.
func (s *Set) byKey(ctx context.Context, tx *db.Tx, k Key) (id.Record, *field.Field, error) {
	f, v, err := s.key(k)
	switch {
	case err != nil || v == "":
		return 0, f, err
	case f.Type == field.RecordNumber:
		return id.Record(number([]byte(v))), f, nil
	}
	record, err := s.table().Find(ctx, tx, f, v)
	return record, f, err
}

// key is the field that a key names, and the value that it names in it, "" if no record can have it.
// Source: kintone REST API, updateKey.
func (s *Set) key(k Key) (*field.Field, field.Value, error) {
	sight, ok := s.lens.Sight(k.Field)
	if !ok || sight.Table != nil {
		return nil, "", errs.E(errs.Invalid, "query.unknownField", errs.Args{"field": k.Field})
	}
	f := sight.Field
	if f.Type != field.RecordNumber && (!f.Unique || f.Type != field.SingleLineText && f.Type != field.Number) {
		return nil, "", errs.E(errs.Invalid, "record.keyNotUnique", errs.Args{"code": k.Field})
	}
	v, ok := f.Kind().(field.Literal).Literal(f, k.Value, s.env())
	if !ok || !text.Keepable(k.Value) { // no value is such a text
		v = ""
	}
	return f, v, nil
}
