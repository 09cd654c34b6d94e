package record

import (
	"context"
	"errors"
	"fmt"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
)

// Recalculation is how far computing an app's old records anew is.
type Recalculation struct {
	State                RecalculationState
	Total, Done, Changed int64 // records: there were, looked at, that got other values
	AskedAt, FinishedAt  db.NullTime

	job id.Job
}

// RecalculationState is where a recalculation is in its life.
type RecalculationState string

// The states of a recalculation.
const (
	NeverRecalculated RecalculationState = "NONE"
	Recalculating     RecalculationState = "PROCESSING"
	Recalculated      RecalculationState = "SUCCESS"
	RecalculationFail RecalculationState = "FAIL"
)

// Percent is how much is done, 0 to 100. It tells nothing about how many records there are.
func (r Recalculation) Percent() int64 {
	switch {
	case r.State == Recalculated:
		return 100
	case r.Total <= 0:
		return 0
	}
	return min(r.Done*100/r.Total, 99)
}

// Recalculation returns the latest recalculation of the app's records.
//
// Errors: Forbidden without the right to view, or to manage the app.
func (s *Set) Recalculation(ctx context.Context) (r Recalculation, err error) {
	if !s.lens.Can(access.View) && !s.lens.Can(access.Manage) {
		return r, s.refused()
	}
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		r, err = readRecalculation(ctx, tx, s.live.ID)
		return err
	})
	return r, err
}

// Recalculate computes all records of the app anew, in the background: where formulas ask for the day, it is another one
// now. One that is at work already begins again.
//
// Errors: Forbidden without the right to manage the app.
func (s *Set) Recalculate(ctx context.Context) error {
	if err := s.need(access.Manage); err != nil {
		return err
	}
	plan := s.live.Plan()
	if plan.Empty() {
		return nil
	}
	return s.records.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		return Tables{}.Recompute(ctx, tx, s.live.ID, plan.Fingerprint())
	})
}

// readRecalculation returns the latest of an app. One whose job is gone for good without having finished has failed.
func readRecalculation(ctx context.Context, tx *db.Tx, a id.App) (r Recalculation, err error) {
	err = tx.QueryRow(ctx, `SELECT job_id, total, done, changed, asked_at, finished_at FROM recalculation WHERE app_id = ?`, a).
		Scan(&r.job, &r.Total, &r.Done, &r.Changed, &r.AskedAt, &r.FinishedAt)
	switch {
	case errors.Is(err, db.ErrNoRows):
		return Recalculation{State: NeverRecalculated}, nil
	case err != nil:
		return r, fmt.Errorf("record: recalculation of %d: %w", a, err)
	case r.FinishedAt.Valid:
		r.State = Recalculated
		return r, nil
	}
	r.State = Recalculating
	status, err := job.Get(ctx, tx, r.job)
	switch {
	case errs.KindOf(err) == errs.NotFound || err == nil && (status.State == job.Failed || status.State == job.Cancelled):
		r.State = RecalculationFail
		return r, nil
	}
	return r, err
}

const beginRecalculationSQL = `
	INSERT INTO recalculation (app_id, job_id, total, done, changed, asked_at) VALUES (?, ?, 0, 0, 0, ?)
	ON CONFLICT (app_id) DO UPDATE SET job_id = excluded.job_id, total = 0, done = 0, changed = 0, asked_at = excluded.asked_at, finished_at = NULL`

func beginRecalculation(ctx context.Context, tx *db.Tx, a id.App, n id.Job) error {
	_, err := tx.Exec(ctx, beginRecalculationSQL, a, n, tx.Now())
	return err
}

// reportRecalculation notes how far a recalculation is.
func reportRecalculation(ctx context.Context, tx *db.Tx, a id.App, at recalculating, finished bool) error {
	end := db.NullTime{Time: tx.Now(), Valid: finished}
	return tx.Later(ctx, `UPDATE recalculation SET total = ?, done = ?, changed = ?, finished_at = ? WHERE app_id = ?`,
		at.Total, at.Done, at.Changed, end, a)
}
