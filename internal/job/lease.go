package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/text"
)

// lease is how long a job stays with a server that is not heard of. It is renewed three times as often.
const lease = 30 * time.Second

// keepFinished is how long finished jobs can still be looked at.
const keepFinished = 30 * 24 * time.Hour

// errServerGone is the error of an attempt whose server was not heard of again.
var errServerGone = errors.New("its server went away")

// claim leases due jobs of kinds to holder, limit at most, the longest due first.
func claim(ctx context.Context, tx *db.Tx, holder string, kinds []string, limit int) (jobs []*Job, err error) {
	args := slices.Concat([]any{tx.Now()}, db.Args(kinds), []any{limit, holder, tx.Now().Add(lease)})
	err = db.Each(ctx, tx, func(row db.RowScanner) error {
		j, body := &Job{holder: holder}, ""
		err := row.Scan(&j.ID, &j.Kind, &body, &j.checkpoint, &j.Attempt, &j.maxAttempts, &j.done, &j.total)
		j.Payload = json.RawMessage(body)
		jobs = append(jobs, j)
		return err
	}, `WITH due AS MATERIALIZED (
			SELECT id FROM job WHERE state = 'queued' AND run_at <= ? AND kind IN (`+db.Marks(len(kinds))+`)
			ORDER BY run_at, id LIMIT ?`+tx.Dialect().SkipLocked()+`)
		UPDATE job SET state = 'running', attempts = attempts + 1, holder = ?, lease_until = ?
		WHERE id IN (SELECT id FROM due)
		RETURNING id, kind, payload, checkpoint, attempts, max_attempts, done, total`, args...)
	return jobs, err
}

// nextDue returns when the first queued job of kinds is due.
func nextDue(ctx context.Context, tx *db.Tx, kinds []string) (at db.NullTime, err error) {
	err = tx.QueryRow(ctx, "SELECT min(run_at) FROM job WHERE state = 'queued' AND kind IN ("+db.Marks(len(kinds))+")", db.Args(kinds)...).Scan(&at)
	return at, err
}

// renew prolongs holder's leases and returns the jobs it still has.
func renew(ctx context.Context, tx *db.Tx, holder string) (map[id.Job]bool, error) {
	jobs, err := db.Pluck[id.Job](ctx, tx, "UPDATE job SET lease_until = ? WHERE holder = ? AND state = 'running' RETURNING id",
		tx.Now().Add(lease), holder)
	held := make(map[id.Job]bool)
	for _, n := range jobs {
		held[n] = true
	}
	return held, err
}

// verdict is how an attempt ended.
type verdict struct {
	state    State
	attempts int // used so far
	err      error
	pause    time.Duration // before the next attempt
}

// settle ends j's lease with v. It does nothing when the job is no longer j's.
func settle(ctx context.Context, tx *db.Tx, d *db.DB, j *Job, v verdict) error {
	message, finished := "", db.NullTime{}
	if v.err != nil {
		message = text.Keep(v.err.Error())
	}
	if v.state != Queued {
		finished = db.NullTime{Time: tx.Now(), Valid: true}
	}
	done, total := j.progress()
	err := d.Write(ctx, func(ctx context.Context, tx *db.Tx) error { // a savepoint: a queued twin may be in the way
		_, err := tx.Exec(ctx, `UPDATE job SET state = ?, attempts = ?, error = ?, run_at = ?, finished_at = ?,
			done = ?, total = ?, lease_until = NULL, holder = NULL WHERE id = ? AND holder = ? AND state = 'running'`,
			string(v.state), v.attempts, message, tx.Now().Add(v.pause), finished, done, total, j.ID, j.holder)
		return err
	})
	if db.UniqueViolation(err) {
		superseded := fmt.Errorf("a later job with the same key does the work; this one ended with: %s", message)
		return settle(ctx, tx, d, j, verdict{state: Cancelled, attempts: v.attempts, err: superseded})
	}
	if v.state == Queued {
		tx.Signal(topicQueued)
	}
	return err
}

// reclaim takes over the jobs whose leases have run out or, if all, every running one, except holder's own.
// A job that takes its server down with it uses up its attempts so.
func reclaim(ctx context.Context, tx *db.Tx, d *db.DB, holder string, all bool) error {
	before := tx.Now()
	if all {
		before = before.AddDate(1000, 0, 0)
	}
	var jobs []*Job
	err := db.Each(ctx, tx, func(row db.RowScanner) error {
		j := new(Job)
		jobs = append(jobs, j)
		return row.Scan(&j.ID, &j.holder, &j.Attempt, &j.maxAttempts, &j.done, &j.total)
	}, `SELECT id, holder, attempts, max_attempts, done, total FROM job
		WHERE state = 'running' AND lease_until < ? AND holder <> ?`+tx.Dialect().SkipLocked(), before, holder)
	if err != nil {
		return err
	}
	for _, j := range jobs {
		v := verdict{state: Queued, attempts: j.Attempt, err: errServerGone}
		if j.Attempt >= j.maxAttempts {
			v.state = Failed
		}
		if err := settle(ctx, tx, d, j, v); err != nil {
			return err
		}
	}
	return nil
}

// sweep forgets what finished long ago.
func sweep(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Exec(ctx, "DELETE FROM job WHERE finished_at < ?", tx.Now().Add(-keepFinished))
	return err
}
