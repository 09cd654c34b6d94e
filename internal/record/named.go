package record

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// Named returns whom the fields of a record with the given codes name, by code; fields that name nobody are left out.
//
// Errors: NotFound when the actor cannot see the record.
func (s *Set) Named(ctx context.Context, record id.Record, codes []string) (named map[string][]field.Entity, err error) {
	if err := s.need(access.View); err != nil {
		return nil, err
	}
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		named = map[string][]field.Entity{}
		h, c, ok, err := s.load(ctx, tx, record)
		if err != nil || !ok {
			return orMissing(err, record)
		}
		for _, f := range s.lens.Fields() {
			if k, ok := f.Kind().(field.Namer); ok && slices.Contains(codes, f.Code) && s.shown(f, h, c) {
				named[f.Code] = k.Named(f, row{head: h, values: c.Values}.Value(f), s.directory)
			}
		}
		return nil
	})
	return named, err
}

// Matching returns the numbers of the records above after that a condition finds, in order, at most limit: for those who look
// through all of them a page at a time. Times of day and dates in the condition are those of zone.
//
// Errors: as Query.
func (s *Set) Matching(ctx context.Context, condition string, zone *time.Location, after id.Record, limit int) (list []id.Record, err error) {
	if err := s.need(access.View); err != nil {
		return nil, err
	}
	q, err := query.Parse("(" + condition + ") and " + query.ID + " > " + id.String(after) + " order by " + query.ID + " asc limit " + strconv.Itoa(limit))
	if err != nil {
		return nil, err
	}
	env := s.queryEnv()
	env.Zone = zone
	checked, err := query.Check(q, s.lens, env)
	if err != nil {
		return nil, err
	}
	show := table.Show{View: s.table().NewView(s.lens, nil), ID: true, Lens: s.lens, Directory: s.directory}
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		found, err := s.table().List(ctx, tx, s.records.planner, s.form(), s.lens, checked, limit, show)
		list = make([]id.Record, len(found))
		for i, r := range found {
			list[i] = r.ID
		}
		return err
	})
	return list, err
}
