package record

import (
	"context"
	"errors"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// MaxBulk is how many records one request may add, update or delete.
// Source: kintone REST API.
const MaxBulk = 100

// Add stores new records, all or none, and returns them in the order given. single is the path of the only record
// of a request for one ("record"); it is "" for requests that take a list ("records[0]").
//
// Errors: Forbidden without the right to add; Invalid with every problem of every record by path.
func (s *Set) Add(ctx context.Context, inputs []Input, single string) ([]Written, error) {
	if err := s.need(access.Add); err != nil {
		return nil, err
	}
	type prepared struct {
		head    table.Head
		content table.Content
		uploads []upload
	}
	var p errs.Fields
	d := &decoder{set: s, env: s.env(), p: &p}
	list := make([]prepared, len(inputs))
	for i, in := range inputs {
		up, err := s.uploads(ctx, d.env, 0, in)
		if err != nil {
			return nil, err
		}
		h, c, err := d.add(in, path(single, i))
		if err != nil {
			return nil, err
		}
		list[i] = prepared{h, c, up}
	}
	if err := p.Err(); err != nil {
		return nil, err
	}
	var out []Written
	err := s.records.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := s.unchanged(ctx, tx); err != nil {
			return err
		}
		out = make([]Written, 0, len(list))
		for i := range list {
			h := list[i].head
			if err := s.insert(ctx, tx, &h, list[i].content, path(single, i)); err != nil {
				return err
			}
			if err := s.attach(ctx, tx, h.ID, list[i].uploads); err != nil {
				return err
			}
			out = append(out, Written{ID: h.ID, Revision: h.Revision, Inserted: true})
		}
		return s.emit(ctx, tx, "record.added", out)
	})
	return out, err
}

// insert stores one record with its first line of history.
func (s *Set) insert(ctx context.Context, tx *db.Tx, h *table.Head, c table.Content, path string) error {
	if err := s.checkUnique(ctx, tx, 0, table.NewContent(), c, path); err != nil {
		return err
	}
	if err := s.table().Insert(ctx, tx, s.form(), h, c); err != nil {
		return repeated(err, path)
	}
	return addChange(ctx, tx, s.live.ID, change{Record: h.ID, Revision: h.Revision, Kind: created, By: h.CreatedBy})
}

// checkUnique reports all values that another record has where that is prohibited. The unique indexes hold
// against writers that run beside this one.
func (s *Set) checkUnique(ctx context.Context, tx *db.Tx, record id.Record, before, now table.Content, path string) error {
	var p errs.Fields
	for _, f := range s.form() {
		v := now.Values[f.ID]
		if !f.Unique || v == "" || v == before.Values[f.ID] {
			continue
		}
		found, err := s.table().Exists(ctx, tx, f, v, record)
		if err != nil {
			return err
		}
		if found {
			p.Add(path+"."+f.Code+".value", "field.repeated")
		}
	}
	return p.Err()
}

func repeated(err error, path string) error {
	var r *table.Repeated
	if errors.As(err, &r) {
		var p errs.Fields
		p.Add(path+"."+r.Field.Code+".value", "field.repeated")
		return p.Err()
	}
	return err
}

// unchanged makes sure that the app's settings are still those the input was checked against.
func (s *Set) unchanged(ctx context.Context, tx *db.Tx) error {
	l, err := s.records.apps.Live(ctx, tx, s.live.ID)
	if err != nil {
		return err
	}
	if l.Settings.Revision != s.live.Settings.Revision {
		return errs.E(errs.Conflict, "record.appChanged")
	}
	return nil
}

func path(single string, i int) string {
	if single != "" {
		return single
	}
	return "records[" + id.String(id.Record(i)) + "]"
}
