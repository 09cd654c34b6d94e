package record

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"time"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/formula"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/record/internal/table"
	"github.com/engawa/engawa/internal/words"
)

// recalculate is the kind of the job that computes the old records of an app anew, in the order of their ids: those whose
// values differ get the new ones, without a revision, a modifier or a line of history, for nobody has changed them.
const recalculate = "record.recalculate"

// recalculating is how far such a job is: its checkpoint.
type recalculating struct {
	After         id.Record
	Done, Changed int64
	Total         int64
}

// Register makes the jobs that follow deployments run.
func (r *Records) Register(jobs *job.Runner) {
	jobs.Work(recalculate, job.Decoded(r.recalculate))
	jobs.Receive("categories", job.Each(startUnfiling), "app.categories")
	jobs.Work(unfileKind, job.Decoded(r.unfile))
}

// stale is the payload of the job: the records of an app are not, or no longer, what its formulas make of them.
type stale struct {
	App         id.App `json:"app"`
	Fingerprint string `json:"fingerprint"` // of the plan that they are computed by
}

// Recompute queues the job as a part of tx: whoever asks from then on is told that it is not done. It takes the place of
// one that is still at work, perhaps for formulas that are gone.
func (Tables) Recompute(ctx context.Context, tx *db.Tx, a id.App, fingerprint string) error {
	before, err := readRecalculation(ctx, tx, a)
	if err != nil {
		return err
	}
	if err := job.Cancel(ctx, tx, before.job); err != nil && errs.KindOf(err) != errs.NotFound {
		return err
	}
	n, err := job.Enqueue(ctx, tx, recalculate, stale{a, fingerprint}, job.Options{})
	if err != nil {
		return err
	}
	return beginRecalculation(ctx, tx, a, n)
}

// recalculate is the job's worker. It stops when the formulas are no longer those it was made for: the deployment that
// changed them has a job of its own.
func (r *Records) recalculate(ctx context.Context, j *job.Job, of stale) error {
	var at recalculating
	begun, err := j.Resume(&at)
	if err != nil {
		return err
	}
	if !begun {
		err := r.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
			at.Total, err = table.Of(of.App, r.db.Dialect()).Total(ctx, tx)
			return err
		})
		if err != nil {
			return r.unlessGone(ctx, of.App, err)
		}
	}
	return r.recalculateFrom(ctx, j, of, at)
}

// recalculateFrom goes on with the job. While a batch is written the next one is read and computed.
func (r *Records) recalculateFrom(ctx context.Context, j *job.Job, of stale, at recalculating) error {
	reading, stop := context.WithCancel(ctx)
	oneWriter := r.db.Dialect().OneWriter()
	size := apartBatch
	if oneWriter {
		size = firstBatch
	}
	next := r.readAhead(reading, of, at.After, size)
	defer func() {
		stop()
		<-next
	}()
	for {
		b := <-next
		if b.err != nil {
			return r.unlessGone(ctx, of.App, b.err)
		}
		if b.outdated {
			return r.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
				if err := j.Checkpoint(ctx, at); err != nil {
					return err
				}
				return reportRecalculation(ctx, tx, of.App, at, true)
			})
		}
		if !b.last {
			next = r.readAhead(reading, of, b.to, size)
		}
		took, err := r.storeBatch(ctx, j, of.App, b, &at)
		switch {
		case errs.KeyOf(err) == "record.appChanged": // somebody deployed since it was read
			if !b.last {
				<-next
			}
			next = r.readAhead(reading, of, at.After, size)
		case err != nil:
			return err
		case b.last:
			return nil
		case oneWriter:
			size = paced(size, took)
		}
	}
}

// readAhead begins to read a batch. The channel gives it, and is closed. A panic fails the job, as it would elsewhere.
func (r *Records) readAhead(ctx context.Context, of stale, after id.Record, size int) <-chan *batch {
	ahead := make(chan *batch, 1)
	go func() {
		b := &batch{to: after}
		defer func() {
			if v := recover(); v != nil {
				b.err = fmt.Errorf("panic: %v\n%s", v, debug.Stack())
			}
			ahead <- b
			close(ahead)
		}()
		b.err = r.readBatch(ctx, of, b, size)
	}()
	return ahead
}

// unlessGone takes no notice of an error about an app that is deleted.
func (r *Records) unlessGone(ctx context.Context, a id.App, err error) error {
	if err == nil {
		return nil
	}
	if _, gone := r.apps.Current(ctx, a); errs.KindOf(gone) == errs.NotFound {
		return nil
	}
	return err
}

// The sizes of batches, in records. Where there is one writer the others wait while a batch is written, for about as long as
// writeFor, and for the words that it pushes out of their queue; the least is what a commit is worth.
const (
	apartBatch = 500 // where nobody waits
	leastBatch = 20
	firstBatch = 50
	mostBatch  = 100
	writeFor   = 4 * time.Millisecond
)

// paced is the size of the next batch, when writing one of size took so long.
func paced(size int, took time.Duration) int {
	switch {
	case took > writeFor:
		return max(size/2, leastBatch)
	case took < writeFor/2:
		return min(size*2, mostBatch)
	}
	return size
}

// batch is some records, computed.
type batch struct {
	err      error // why there is none
	outdated bool  // there is none, for the formulas are no longer those of the job

	live    *app.Live
	looked  int
	to      id.Record      // the last looked at
	last    bool           // there are no more
	changed []table.Stored // with their new values
	words   []words.Entry  // of those, if they differ
	fields  []*field.Field // those that changed in any of them
}

// readBatch makes b up to size records behind b.to, computed.
func (r *Records) readBatch(ctx context.Context, of stale, b *batch, size int) error {
	dir, err := r.people.Directory(ctx)
	if err != nil {
		return err
	}
	var list []table.Stored
	err = r.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		if b.live, err = r.apps.Live(ctx, tx, of.App); err != nil {
			return err
		}
		list, err = table.Of(of.App, r.db.Dialect()).After(ctx, tx, b.live.Settings.Form, b.to, size)
		return err
	})
	if err != nil {
		return err
	}
	plan := b.live.Plan()
	if b.outdated = plan.Fingerprint() != of.Fingerprint; b.outdated {
		return nil
	}
	b.looked, b.last = len(list), len(list) < size
	env := formula.Env{Now: r.db.Now(), Zone: dir.Site().Zone(), Directory: dir}
	system, differs := systemFields(b.live.Settings.Form), map[id.Field]bool{}
	for _, s := range list {
		c := &comparing{computing: computing{s.Head, s.Content, system}, differs: differs}
		if plan.Compute(c, env); c.changed {
			b.changed = append(b.changed, s)
		}
		b.to = s.Head.ID
	}
	b.fields = slices.DeleteFunc(plan.Fields(), func(f *field.Field) bool { return !differs[f.ID] })
	if slices.ContainsFunc(b.fields, (*field.Field).Searchable) {
		b.words = table.Entries(b.live.Settings.Form, b.changed)
	}
	return nil
}

// storeBatch writes a batch and how far the job is with it, and returns how long others had to wait for that.
//
// Errors: Busy "record.appChanged" when the settings are no longer those that the batch was computed with.
func (r *Records) storeBatch(ctx context.Context, j *job.Job, a id.App, b *batch, at *recalculating) (took time.Duration, err error) {
	next := *at
	err = r.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		start := time.Now()
		defer func() { took = time.Since(start) }()
		next = recalculating{After: b.to, Done: at.Done + int64(b.looked), Changed: at.Changed, Total: at.Total}
		l, err := r.apps.Live(ctx, tx, a)
		if err != nil {
			return err
		}
		if l.Settings.Revision != b.live.Settings.Revision {
			return errs.E(errs.Busy, "record.appChanged")
		}
		if len(b.changed) > 0 {
			n, err := table.Of(a, r.db.Dialect()).Recompute(ctx, tx, b.live.Settings.Form, b.fields, b.changed, b.words)
			if err != nil {
				return fmt.Errorf("record: recalculate %d: %w", a, err)
			}
			next.Changed += int64(n)
		}
		if err := j.Checkpoint(ctx, next); err != nil {
			return err
		}
		return reportRecalculation(ctx, tx, a, next, b.last)
	})
	if err == nil {
		*at = next
	}
	return took, err
}
