package job

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/engawa/engawa/internal/db"
)

// maxPause is the longest wait for another attempt.
const maxPause = time.Hour

// run works on j in a goroutine of its own.
func (r *Runner) run(ctx context.Context, j *Job, workers *sync.WaitGroup) {
	working, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	j.db, j.cancel = r.db, cancel
	r.mu.Lock()
	r.running[j.ID] = j
	r.mu.Unlock()
	workers.Go(func() {
		defer func() {
			r.mu.Lock()
			delete(r.running, j.ID)
			r.mu.Unlock()
			cancel(nil)
			select {
			case r.freed <- struct{}{}:
			default:
			}
		}()
		err := attempt(working, r.workers[j.Kind], j)
		r.settle(j, r.judge(working, j, err))
	})
}

// attempt calls the worker and turns a panic into an error.
func attempt(ctx context.Context, fn Worker, j *Job) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v\n%s", v, debug.Stack())
		}
	}()
	return fn(ctx, j)
}

// judge says what becomes of a job whose attempt ended with err.
func (r *Runner) judge(ctx context.Context, j *Job, err error) verdict {
	var hopeless *permanent
	switch {
	case err == nil:
		return verdict{state: Done, attempts: j.Attempt}
	case context.Cause(ctx) == ErrLost:
		return verdict{state: Cancelled, attempts: j.Attempt} // as its row says already, or another server's business
	case context.Cause(ctx) == errStopping:
		return verdict{state: Queued, attempts: j.Attempt - 1}
	case errors.As(err, &hopeless) || j.Attempt >= j.maxAttempts:
		return verdict{state: Failed, attempts: j.Attempt, err: err}
	default:
		pause := min(r.config.Pause<<min(j.Attempt-1, 20), maxPause)
		return verdict{state: Queued, attempts: j.Attempt, err: err, pause: pause}
	}
}

// settle writes v down, whether or not the runner is stopping. If it cannot, the lease runs out instead.
func (r *Runner) settle(j *Job, v verdict) {
	ctx := context.Background()
	err := r.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return settle(ctx, tx, r.db, j, v) })
	r.log(ctx, "end a job", err, "job", j.ID, "kind", j.Kind)
	if v.err != nil {
		r.log(ctx, "job failed", v.err, "job", j.ID, "kind", j.Kind, "attempt", j.Attempt, "state", string(v.state))
	}
}

// hold renews the leases of the running jobs until ctx ends, and stops those that are no longer ours.
func (r *Runner) hold(ctx context.Context) {
	signals, stop := r.db.Listen(topicCancelled)
	defer stop()
	often := time.NewTicker(lease / 3)
	defer often.Stop()
	for {
		select {
		case <-signals:
		case <-often.C:
		case <-ctx.Done():
			return
		}
		jobs := r.held() // before looking at the rows: a job that starts now is not in these
		if len(jobs) == 0 {
			continue
		}
		err := r.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
			ours, err := renew(ctx, tx, r.holder)
			if err != nil {
				return err
			}
			for _, j := range jobs {
				if !ours[j.ID] {
					j.cancel(ErrLost)
				}
			}
			return nil
		})
		r.log(ctx, "renew leases", err)
	}
}
