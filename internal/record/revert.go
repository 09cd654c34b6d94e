package record

import (
	"context"
	"maps"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// Revert makes a record what it was at revision to, as a new revision. Fields that the actor may not write stay as
// they are; so do fields that are new since, and where the record stands in its process. Categories that are gone stay gone.
//
// Errors: NotFound for a record or revision that is not there; Forbidden; Conflict when expected is not the
// revision now; Invalid when the old values are not allowed any more.
func (s *Set) Revert(ctx context.Context, record id.Record, to, expected int64) (Written, error) {
	if err := s.need(access.Edit); err != nil {
		return Written{}, err
	}
	var w Written
	err := s.write(ctx, Named{}, func(ctx context.Context, tx *db.Tx) error {
		h, before, ok, err := s.load(ctx, tx, record)
		if err != nil {
			return err
		}
		if !ok || to < 1 || to >= h.Revision {
			return notFound(record)
		}
		if !s.may(access.Edit, h, before) {
			return s.refused()
		}
		if expected != AnyRevision && expected != h.Revision {
			return errs.E(errs.Conflict, "record.conflict")
		}
		changes, err := readChanges(ctx, tx, s.live.ID, record, 0, to, 1<<30)
		if err != nil {
			return err
		}
		was := row{h, before.Values, before.Rows}
		now := s.undo(before.Clone(), changes, was)
		s.refile(now)
		var p errs.Fields
		d, next := s.decoder(&p), s.touched(h, tx)
		d.before = was
		if err := d.derive(ctx, next.Head, before, now, "record"); err != nil {
			return err
		}
		d.check(now, "record")
		if err := s.uniqueness(&p).check(ctx, tx, was, before, now, "record"); err != nil {
			return err
		}
		if err := p.Err(); err != nil {
			return err
		}
		if w, err = s.save(ctx, tx, next, before, now, reverted, "record"); err != nil {
			return err
		}
		return s.emit(ctx, tx, "record.updated", []Written{w}, false)
	})
	return w, err
}

// undo takes back changes, newest first, in the fields that the actor may write in the record as it was before.
func (s *Set) undo(c table.Content, changes []change, before row) table.Content {
	for _, ch := range changes {
		for _, f := range s.form() {
			sight, ok := s.lens.Sight(f.Code)
			kept := f.Type.System() && f.Type != field.Category // where it stands in the process, and whose turn it is, stays
			if !ok || !sight.Writable(before) || kept {
				continue
			}
			for _, g := range field.WithSources([]*field.Field{f}) {
				if v, ok := ch.Diff.Values[g.ID]; ok {
					set(c.Values, g.ID, v[0])
				}
			}
			if r, ok := ch.Diff.Rows[f.ID]; ok {
				c.Rows[f.ID] = s.undoRows(f, c.Rows[f.ID], r[0], before)
			}
		}
	}
	return c
}

// undoRows returns the old rows of a table. Columns that the actor may not write stay as they are now in the rows that
// are still there.
func (s *Set) undoRows(f *field.Field, now, old []table.Row, before row) []table.Row {
	present := map[int64]table.Row{}
	for _, r := range now {
		present[r.ID] = r
	}
	rows := make([]table.Row, len(old))
	for i, r := range old {
		rows[i] = table.Row{ID: r.ID, Values: map[id.Field]field.Value{}}
		maps.Copy(rows[i].Values, r.Values)
		p, still := present[r.ID]
		for _, g := range f.Fields {
			if sight, ok := s.lens.Sight(g.Code); still && (!ok || !sight.Writable(before)) {
				for _, h := range field.WithSources([]*field.Field{g}) {
					set(rows[i].Values, h.ID, p.Values[h.ID])
				}
			}
		}
	}
	return rows
}
