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
	for {
		at, then, err := s.before(ctx, record, to, expected)
		if err != nil {
			return Written{}, err
		}
		w, err := s.revertTo(ctx, record, at, then)
		if expected == AnyRevision && errs.KeyOf(err) == "record.conflict" {
			continue // somebody changed it since it was read, and that is to be taken back too
		}
		return w, err
	}
}

// before returns what a record was at revision to, and the revision at which it has been read: what is to be taken back may be
// much, and nobody who writes waits until it is read.
func (s *Set) before(ctx context.Context, record id.Record, to, expected int64) (at int64, then table.Content, err error) {
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		h, c, err := s.expect(ctx, tx, access.Edit, record, expected)
		if err != nil {
			return err
		}
		if to < 1 || to >= h.Revision {
			return notFound(record)
		}
		at, then = h.Revision, c.Clone()
		return eachChange(ctx, tx, s.live.ID, record, 0, to, func(ch change) bool {
			s.undo(then, ch, row{h, c.Values, c.Rows})
			return true
		})
	})
	return at, then, err
}

// revertTo gives a record that is at a revision the values that it had then.
//
// Errors: Conflict "record.conflict" when it is at another.
func (s *Set) revertTo(ctx context.Context, record id.Record, at int64, then table.Content) (w Written, err error) {
	err = s.write(ctx, Named{}, func(ctx context.Context, tx *db.Tx) error {
		h, before, err := s.expect(ctx, tx, access.Edit, record, at)
		if err != nil {
			return err
		}
		was, now := row{h, before.Values, before.Rows}, then.Clone()
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

// undo takes back a change in c, in the fields that the actor may write in the record as it was before.
func (s *Set) undo(c table.Content, ch change, before row) {
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
