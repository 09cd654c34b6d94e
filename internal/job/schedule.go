package job

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/engawa/engawa/internal/db"
)

const (
	sweepEvery = time.Hour
	shortWait  = 10 * time.Millisecond
)

// schedule starts due jobs until ctx ends, as many at once as there are workers.
func (r *Runner) schedule(ctx context.Context, workers *sync.WaitGroup) {
	signals, stop := r.db.Listen(topicQueued)
	defer stop()
	var swept time.Time
	for ctx.Err() == nil {
		if time.Since(swept) > sweepEvery {
			r.log(ctx, "forget finished jobs", r.db.Write(ctx, sweep))
			swept = time.Now()
		}
		wait, err := r.start(ctx, workers)
		r.log(ctx, "look for jobs", err)
		next := time.NewTimer(wait)
		select {
		case <-signals:
		case <-r.freed:
		case <-next.C:
		case <-ctx.Done():
		}
		next.Stop()
	}
}

// start runs due jobs on the free places and returns how long there will be nothing to start.
func (r *Runner) start(ctx context.Context, workers *sync.WaitGroup) (time.Duration, error) {
	places, some := r.free()
	if !some {
		return r.config.Poll, nil // freed tells earlier
	}
	var (
		jobs []*Job
		wait time.Duration
	)
	err := r.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := reclaim(ctx, tx, r.db, r.holder, false); err != nil {
			return err
		}
		jobs, wait = nil, r.config.Poll
		for i, c := range r.crews {
			if places[i] <= 0 {
				continue
			}
			mine, err := claim(ctx, tx, r.holder, c.kinds, places[i])
			if err != nil {
				return err
			}
			jobs = append(jobs, mine...)
			if len(mine) == places[i] {
				continue // and freed tells when there is a place again
			}
			if next, err := nextDue(ctx, tx, c.kinds); err != nil {
				return err
			} else if next.Valid {
				wait = min(wait, max(next.Time.Sub(tx.Now()), shortWait)) // one due now is locked by another server
			}
		}
		return nil
	})
	if err != nil {
		return min(r.config.Poll, time.Second), err
	}
	for _, j := range jobs {
		r.run(ctx, j, workers)
	}
	return wait, nil
}

// Drain delivers all events and runs all jobs that are due, one after the other, until none is left. It is for tests
// and commands, in place of Run. It returns what a receiver refuses; a job's failure is in its row.
func (r *Runner) Drain(ctx context.Context) error {
	for {
		events, err := r.deliver(ctx, maxDelivery)
		if err != nil {
			return err
		}
		var jobs []*Job
		err = r.db.Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
			jobs, err = claim(ctx, tx, r.holder, slices.Sorted(maps.Keys(r.workers)), 1)
			return err
		})
		if err != nil || len(events)+len(jobs) == 0 {
			return err
		}
		var ended sync.WaitGroup
		for _, j := range jobs {
			r.run(ctx, j, &ended)
		}
		ended.Wait()
	}
}
