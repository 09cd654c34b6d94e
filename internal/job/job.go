// Package job does what follows a write, outside the request that made it.
//
// There are two steps. An event is a row in the outbox, written by Emit in the same transaction as what it tells of; a
// Receiver gets it inside the transaction that removes it. So for each committed write every receiver's own rows are
// written exactly once, whenever the process dies. A job is a row of work, usually made by a receiver: a worker runs it
// under a lease, may report progress, save a checkpoint and be cancelled, and is tried again after a failure, with
// growing pauses, until its attempts are used up. Any number of servers may share a PostgreSQL schema.
//
// Jobs run at least once: a process may die after the work and before the row says so. What a worker does to this
// database it can make exactly once, by doing it in a db.Write together with Checkpoint. What it does to the world
// outside, such as sending a mail, no one can; the worker chooses by where it marks:
//
//	mark after the effect   at least once: a crash between the two repeats it (a webhook, a file)
//	mark before the effect  at most once: a crash between the two loses it (a mail to a customer)
//
// where to mark is to Checkpoint, and to look at Resume before acting. In doubt mark before, keep the doubtful case
// visible (fail with Permanent), and let an administrator decide.
//
// This room knows nothing of what the work is, and shows jobs to nobody: whoever enqueues decides who may see them.
package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
)

// Worker does the work of one kind of job. Returning nil means done; an error means another attempt later, at once
// failed if it is Permanent. When ctx ends the worker should return soon: the job was cancelled, or the server stops
// and another will go on from the last checkpoint.
type Worker func(ctx context.Context, j *Job) error

// Decoded is a Worker that hands fn its job's payload. P is what was given to Enqueue.
func Decoded[P any](fn func(ctx context.Context, j *Job, of P) error) Worker {
	return func(ctx context.Context, j *Job) error {
		var of P
		if err := json.Unmarshal(j.Payload, &of); err != nil {
			return Permanent(fmt.Errorf("payload of %s: %w", j.Kind, err))
		}
		return fn(ctx, j, of)
	}
}

// ErrLost is why a job's context ends, and what its methods return, when it was cancelled or another server has it.
var ErrLost = errors.New("job: cancelled, or taken over by another server")

// errStopping is why a job's context ends when this server stops.
var errStopping = errors.New("job: the server stops")

// Permanent marks err as one that another attempt would meet again.
func Permanent(err error) error { return &permanent{err} }

type permanent struct{ error }

func (p *permanent) Unwrap() error { return p.error }

// progressEvery is how often the row follows a worker's reports.
const progressEvery = 500 * time.Millisecond

// Job is one attempt at a job, as its worker sees it.
type Job struct {
	ID      id.Job
	Kind    string
	Payload json.RawMessage
	Attempt int // 1 is the first; one that ended because a server stopped gracefully does not count

	maxAttempts int
	checkpoint  string
	db          *db.DB
	holder      string
	cancel      context.CancelCauseFunc

	mu          sync.Mutex
	done, total int64
	reported    time.Time
}

// Resume reads the last checkpoint into state, and reports whether there is one.
func (j *Job) Resume(state any) (bool, error) {
	if j.checkpoint == "" {
		return false, nil
	}
	return true, json.Unmarshal([]byte(j.checkpoint), state)
}

// Checkpoint saves state, from which a later attempt may go on. Inside a db.Write it is a part of that one.
// It returns ErrLost when the job is no longer this worker's: then what the Write did should not be kept either.
func (j *Job) Checkpoint(ctx context.Context, state any) error {
	body, err := json.Marshal(state)
	if err != nil {
		return err
	}
	return j.update(ctx, "checkpoint = ?", string(body))
}

// Progress tells how far the work is, in any unit; a total of 0 means that nobody knows. It may be called for every
// step: the row follows a few times a second.
func (j *Job) Progress(ctx context.Context, done, total int64) error {
	j.mu.Lock()
	j.done, j.total = done, total
	due := time.Since(j.reported) >= progressEvery
	if due {
		j.reported = time.Now()
	}
	j.mu.Unlock()
	if !due {
		return context.Cause(ctx)
	}
	return j.update(ctx, "done = ?, total = ?", done, total)
}

func (j *Job) progress() (done, total int64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.done, j.total
}

// update sets columns of the row while it is this worker's.
func (j *Job) update(ctx context.Context, set string, args ...any) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	return j.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		n, err := tx.Exec(ctx, "UPDATE job SET "+set+" WHERE id = ? AND holder = ? AND state = 'running'",
			append(args, j.ID, j.holder)...)
		if err != nil {
			return fmt.Errorf("job %d: %w", j.ID, err)
		}
		if n == 0 {
			j.cancel(ErrLost)
			return ErrLost
		}
		return nil
	})
}
