package report

import (
	"context"
	"time"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/query"
)

// patience is how often a beat is tried before it is given up for the next one.
const patience = 5

// take keeps what a graph comes to, if its beat is due, and plans the next beat.
func (s *Snapshots) take(ctx context.Context, j *job.Job, b beat) error {
	due, planned, err := s.due(ctx, b)
	if err != nil || !planned {
		return err
	}
	if due.After(s.db.Now()) { // the rhythm has changed since this job was planned
		return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return enqueue(ctx, tx, b, due) })
	}
	l, err := s.apps.Current(ctx, b.App)
	if errs.Lasting(err) {
		return s.skip(ctx, b, due, s.db.Now().AddDate(0, 0, 1)) // in the trash, from which it may come back
	}
	if err != nil {
		return err
	}
	r := l.Settings.Report(b.Report)
	if r == nil || r.Periodic == nil || !r.Periodic.Active {
		return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return unschedule(ctx, tx, b.App, b.Report) })
	}
	next, err := s.next(ctx, *r, s.db.Now())
	if err != nil {
		return err
	}
	snap, err := s.reckon(ctx, b, *r)
	snap.At, snap.By = due, r.By
	if err != nil && !errs.Lasting(err) && j.Attempt < patience {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		e := Event{App: b.App, Report: b.Report, By: r.By}
		kind := "report.failed"
		if moved, terr := reschedule(ctx, tx, b, due, next); terr != nil || !moved {
			return terr // another server was faster
		}
		if err == nil {
			kind = "report.taken"
			var aerr error
			if e.Snapshot, aerr = add(ctx, tx, b, snap); aerr != nil {
				return aerr
			}
		}
		return job.Emit(ctx, tx, kind, e)
	})
}

// skip plans a beat for another time.
func (s *Snapshots) skip(ctx context.Context, b beat, due, next time.Time) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := reschedule(ctx, tx, b, due, next)
		return err
	})
}

// errNobody is why there is nothing to keep: who saved the graph is gone.
var errNobody = errs.E(errs.Forbidden, "forbidden")

// reckon is the graph as who saved it sees it now.
func (s *Snapshots) reckon(ctx context.Context, b beat, r app.Report) (Snapshot, error) {
	who, ok, err := s.people.ActAs(ctx, r.By)
	if err != nil {
		return Snapshot{}, err
	}
	if !ok {
		return Snapshot{}, errNobody
	}
	set, err := s.records.Open(ctx, who, b.App)
	if err != nil {
		return Snapshot{}, err
	}
	x, err := set.Aggregate(ctx, r)
	if err != nil {
		return Snapshot{}, err
	}
	st := set.App().Settings
	return Snapshot{Data: Show(r, x).frozen(), fields: fieldsOf(st, r), rules: rulesOf(st, who)}, nil
}

// fieldsOf are the ids of all fields that a graph names, and of the tables they stand in, between commas.
func fieldsOf(st *app.Settings, r app.Report) string {
	codes := r.FieldCodes()
	if q, err := query.Parse(r.Filter); err == nil {
		codes = append(codes, q.FieldCodes()...)
	}
	var list []int64
	for _, code := range codes {
		f, table := st.Field(code)
		if f != nil {
			list = append(list, int64(f.ID))
		}
		if table != nil {
			list = append(list, int64(table.ID))
		}
	}
	return listText(list)
}
