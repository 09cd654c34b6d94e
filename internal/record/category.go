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

// Filing says which categories a record is to be in, by their names, and in no others.
type Filing struct {
	ID         id.Record
	Categories []string
	Revision   int64 // the revision the caller saw, or AnyRevision
}

// Categorise puts records into categories, all or none, and returns them in the order given. It is an edit of each, to
// history, notices and webhooks as well. bulk is for requests that may hold several, even if they hold one.
//
// Errors: Invalid "category.off"; Invalid with "category.unknown" (name) at categories[i], or of a bulk at
// records[n].categories[i]; Forbidden without the right to edit a record, or to see or write its categories; NotFound;
// Conflict "record.conflict" when a record has another revision.
func (s *Set) Categorise(ctx context.Context, list []Filing, bulk bool) ([]Written, error) {
	if err := s.need(access.Edit); err != nil {
		return nil, err
	}
	f := s.live.Settings.System(field.Category)
	if f == nil || f.Off {
		return nil, errs.E(errs.Invalid, "category.off")
	}
	sight, visible := s.lens.Sight(f.Code)
	if !visible {
		return nil, s.refused()
	}
	values, err := filed(f, list, bulk)
	if err != nil {
		return nil, err
	}
	var out []Written
	err = s.write(ctx, idsOf(list, func(fl Filing) id.Record { return fl.ID }), func(ctx context.Context, tx *db.Tx) error {
		out = out[:0]
		for i, fl := range list {
			w, err := s.file(ctx, tx, sight, fl, values[i])
			if err != nil {
				return err
			}
			out = append(out, w)
		}
		return s.emit(ctx, tx, "record.updated", out, bulk)
	})
	return out, err
}

// filed are the values of f that a list asks for.
func filed(f *field.Field, list []Filing, bulk bool) ([]field.Value, error) {
	var p errs.Fields
	values := make([]field.Value, len(list))
	for i, fl := range list {
		path := "categories"
		if bulk {
			path = fmt.Sprintf("records[%d].categories", i)
		}
		ids := make([]int64, len(fl.Categories))
		for j, name := range fl.Categories {
			var ok bool
			if ids[j], ok = f.OptionID(name); !ok {
				p.Add(fmt.Sprintf("%s[%d]", path, j), "category.unknown", errs.Args{"name": name})
			}
		}
		values[i] = f.Filed(ids)
	}
	return values, p.Err()
}

// file makes v the categories of a record.
func (s *Set) file(ctx context.Context, tx *db.Tx, sight access.Sight, fl Filing, v field.Value) (Written, error) {
	h, before, err := s.expect(ctx, tx, access.Edit, fl.ID, AnyRevision)
	switch {
	case err != nil:
		return Written{}, err
	case !sight.Writable(rowOf(h, before)):
		return Written{}, errs.E(errs.Forbidden, "record.fieldReadOnly", errs.Args{"code": sight.Field.Code})
	case fl.Revision != AnyRevision && fl.Revision != h.Revision:
		return Written{}, errs.E(errs.Conflict, "record.conflict")
	}
	now := before.Clone()
	set(now.Values, sight.Field.ID, v)
	return s.saveStep(ctx, tx, s.touched(h, tx), before, now, change{Kind: updated})
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

// startUnfiling queues the job for an app that lost categories.
func startUnfiling(ctx context.Context, tx *db.Tx, e app.CategoriesRemoved) error {
	_, err := job.Enqueue(ctx, tx, unfileKind, e, job.Options{})
	return err
}

// unfile is the job's worker. As with live copies the records get a revision and a line of history by nobody; who changed
// them last, and when, stays, and no notices are sent.
func (r *Records) unfile(ctx context.Context, j *job.Job, of app.CategoriesRemoved) error {
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
