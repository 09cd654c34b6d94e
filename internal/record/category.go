package record

import (
	"context"
	"fmt"
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/query"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// Categorise puts a record into the categories with the names given, and takes it out of all others; none takes it out of all. It
// is an edit of the record, to history, notices and webhooks as well.
//
// Errors: Invalid "category.off"; Invalid with "category.unknown" (name) at categories[i]; Forbidden without the right to
// edit the record, or to see or write its categories; NotFound; Conflict "record.conflict" when it has another revision.
func (s *Set) Categorise(ctx context.Context, record id.Record, names []string, revision int64) (w Written, err error) {
	if err := s.need(access.Edit); err != nil {
		return w, err
	}
	f := s.live.Settings.System(field.Category)
	if f == nil || f.Off {
		return w, errs.E(errs.Invalid, "category.off")
	}
	sight, visible := s.lens.Sight(f.Code)
	if !visible {
		return w, s.refused()
	}
	v, err := categories(f, names)
	if err != nil {
		return w, err
	}
	err = s.records.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := s.unchanged(ctx, tx); err != nil {
			return err
		}
		h, before, err := s.expect(ctx, tx, record, AnyRevision)
		switch {
		case err != nil:
			return err
		case !s.may(access.Edit, h, before):
			return s.refused()
		case !sight.Writable(rowOf(h, before)):
			return errs.E(errs.Forbidden, "record.fieldReadOnly", errs.Args{"code": f.Code})
		case revision != AnyRevision && revision != h.Revision:
			return errs.E(errs.Conflict, "record.conflict")
		}
		now := before.Clone()
		set(now.Values, f.ID, v)
		if w, err = s.saveStep(ctx, tx, s.touched(h, tx), before, now, change{Kind: updated}); err != nil {
			return err
		}
		return s.emit(ctx, tx, "record.updated", []Written{w}, false)
	})
	return w, err
}

// categories is the value of f for the categories with names.
func categories(f *field.Field, names []string) (field.Value, error) {
	var p errs.Fields
	var ids []int64
	for i, name := range names {
		n, ok := f.OptionID(name)
		if !ok {
			p.Add(fmt.Sprintf("categories[%d]", i), "category.unknown", errs.Args{"name": name})
		}
		ids = append(ids, n)
	}
	return f.Filed(ids), p.Err()
}

// refile takes a record out of categories that are gone.
func (s *Set) refile(c table.Content) {
	if f := s.live.Settings.System(field.Category); f != nil {
		set(c.Values, f.ID, f.Filed(slices.Collect(field.Members(string(c.Values[f.ID])))))
	}
}

// unfileKind is the kind of the job that takes the records of an app out of categories that are gone. Until it comes to a
// record, that record is in them still, though nobody sees it.
const unfileKind = "category.unfile"

// startUnfiling queues a job for each app that lost categories.
func startUnfiling(ctx context.Context, tx *db.Tx, events []job.Event) error {
	for _, ev := range events {
		var e app.CategoriesRemoved
		if err := ev.Decode(&e); err != nil {
			return err
		}
		if _, err := job.Enqueue(ctx, tx, unfileKind, e, job.Options{}); err != nil {
			return err
		}
	}
	return nil
}

// unfile is the job's worker. As with live copies the records get a revision and a line of history by nobody; who changed
// them last, and when, stays, and no notices are sent.
func (r *Records) unfile(ctx context.Context, j *job.Job) error {
	var of app.CategoriesRemoved
	if err := j.Decode(&of); err != nil {
		return err
	}
	var after id.Record
	if _, err := j.Resume(&after); err != nil {
		return err
	}
	for last := false; !last; {
		next := after
		err := r.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
			ids, err := r.unfileSome(ctx, tx, of, after)
			if last = len(ids) < inFollow; !last {
				next = ids[len(ids)-1]
			}
			if err != nil {
				return err
			}
			return j.Checkpoint(ctx, next)
		})
		if err != nil {
			return fmt.Errorf("record: take records of %d out of categories: %w", of.App, err)
		}
		after = next
	}
	return nil
}

// unfileSome does it with the next records after one, and returns which they are.
func (r *Records) unfileSome(ctx context.Context, tx *db.Tx, of app.CategoriesRemoved, after id.Record) ([]id.Record, error) {
	set, err := r.Open(ctx, access.System("take records out of categories that are gone"), of.App)
	if err != nil {
		return nil, unlessNotFound(err)
	}
	f := set.live.Settings.System(field.Category)
	if f == nil {
		return nil, nil
	}
	ids, err := set.table().FoundAfter(ctx, tx, query.Naming(f, of.Removed), after, inFollow)
	if err != nil {
		return nil, err
	}
	var p errs.Fields
	d := set.decoder(&p)
	for _, n := range ids {
		if _, err := set.rewrite(ctx, d, n, access.Actor{}, recategorised, func(now table.Content) error {
			set.refile(now)
			return nil
		}); err != nil {
			return nil, err
		}
	}
	return ids, nil
}
