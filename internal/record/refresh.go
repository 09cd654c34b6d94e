package record

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// refresh is the payload of a job that looks all keys of an app's lookups up again, as a manager who asked for it.
type refresh struct {
	App   id.App   `json:"app"`
	Field id.Field `json:"field,omitempty"` // 0: of all lookups
	By    id.User  `json:"by"`
}

// refreshing is how far such a job is: its checkpoint.
type refreshing struct {
	After   id.Record
	Done    int64
	Changed int64
}

// Refreshing is a refresh of an app's lookups as its managers see it.
type Refreshing struct {
	Job         id.Job
	State       job.State
	Done, Total int64 // records
}

// Refresh begins to copy anew what the app's lookups copied, or the one with a code: each record gets what its keys name now,
// as far as the actor sees their sources; others stay as they are. At most one refresh waits for each app.
//
// Errors: Forbidden without the right to manage the app, and for programs; Invalid "lookup.unknown" (code).
func (s *Set) Refresh(ctx context.Context, code string) (n id.Job, err error) {
	if err := s.need(access.Manage); err != nil {
		return 0, err
	}
	if s.who.Kind() != access.KindUser {
		return 0, s.refused()
	}
	p := refresh{App: s.live.ID, By: s.who.UserID()}
	if code != "" {
		f, _ := s.live.Settings.Field(code)
		if f == nil || f.Lookup == nil {
			return 0, errs.E(errs.Invalid, "lookup.unknown", errs.Args{"code": code})
		}
		p.Field = f.ID
	}
	err = s.records.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		n, err = job.Enqueue(ctx, tx, refreshKind, p, job.Options{Key: fmt.Sprint(p.App, ".", p.Field)})
		return err
	})
	return n, err
}

// Refreshing tells how a refresh goes.
//
// Errors: Forbidden without the right to manage the app; NotFound when it has no such refresh, or not any more.
func (s *Set) Refreshing(ctx context.Context, n id.Job) (out Refreshing, err error) {
	if err := s.need(access.Manage); err != nil {
		return out, err
	}
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		st, err := job.Get(ctx, tx, n)
		var p refresh
		if err == nil && (st.Kind != refreshKind || json.Unmarshal(st.Payload, &p) != nil || p.App != s.live.ID) {
			err = errs.E(errs.NotFound, "job.notFound", errs.Args{"id": id.String(n)})
		}
		out = Refreshing{Job: st.ID, State: st.State, Done: st.Done, Total: st.Total}
		return err
	})
	return out, err
}

// refresh is the job's worker.
func (r *Records) refresh(ctx context.Context, j *job.Job, of refresh, people actors) error {
	who, ok, err := people.ActAs(ctx, of.By)
	if err != nil || !ok {
		return err
	}
	var at refreshing
	if _, err := j.Resume(&at); err != nil {
		return err
	}
	var total int64
	err = r.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		total, err = table.Of(of.App, r.db.Dialect()).Size(ctx, tx)
		return err
	})
	if err != nil {
		return r.unlessGone(ctx, of.App, err)
	}
	for more := true; more; {
		var next refreshing
		err := r.db.Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
			next = at
			if more, err = r.refreshSome(ctx, tx, of, who, &next); err != nil {
				return err
			}
			return j.Checkpoint(ctx, next)
		})
		if err != nil {
			return r.unlessGone(ctx, of.App, fmt.Errorf("record: refresh %d: %w", of.App, err))
		}
		at = next
		if err := j.Progress(ctx, at.Done, max(total, at.Done)); err != nil {
			return err
		}
	}
	return nil
}

// refreshSome does some of the records above at.After, for whoever asked, if he still manages the app.
func (r *Records) refreshSome(ctx context.Context, tx *db.Tx, of refresh, who access.Actor, at *refreshing) (more bool, err error) {
	asked, err := r.Open(ctx, who, of.App)
	if err != nil || !asked.lens.Can(access.Manage) {
		return false, err
	}
	all, err := r.Open(ctx, access.System("look the keys of an app's lookups up again for its manager"), of.App)
	if err != nil {
		return false, err
	}
	var p errs.Fields
	d := all.decoder(&p)
	d.sources = all.sources(who)
	ids, err := all.table().IDsAfter(ctx, tx, at.After, inFollow)
	if err != nil || len(ids) == 0 {
		return false, err
	}
	var changed []id.Record
	for _, n := range ids {
		wrote, err := all.rewrite(ctx, d, n, who, updated, func(now table.Content) error { return d.lookAgain(ctx, of.Field, now) })
		if err != nil {
			return false, err
		}
		if wrote {
			changed = append(changed, n)
		}
	}
	at.After, at.Done, at.Changed = ids[len(ids)-1], at.Done+int64(len(ids)), at.Changed+int64(len(changed))
	if len(changed) > 0 {
		err = job.Emit(ctx, tx, followed, Followed{App: of.App, Records: changed})
	}
	return len(ids) == inFollow, err
}

// lookAgain marks the lookups whose keys name a record that can be seen, so that they are copied again.
func (d *decoder) lookAgain(ctx context.Context, only id.Field, now table.Content) error {
	mark := func(values map[id.Field]field.Value, fields []*field.Field) error {
		for _, f := range field.Lookups(fields) {
			if only != 0 && f.ID != only || values[f.ID] == "" {
				continue
			}
			o, _, err := d.sources.origin(ctx, f, values[f.ID])
			if err != nil {
				return err
			}
			if o != nil && !o.several {
				values[f.SourceID()] = field.Unresolved
			}
		}
		return nil
	}
	if err := mark(now.Values, d.set.form()); err != nil {
		return err
	}
	for _, t := range d.set.form() {
		for _, r := range now.Rows[t.ID] {
			if err := mark(r.Values, t.Fields); err != nil {
				return err
			}
		}
	}
	return nil
}
