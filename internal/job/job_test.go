package job_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/job"
)

func TestJobRunsAndReports(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		r := job.New(d, quick)
		r.Work("sum", job.Decoded(func(ctx context.Context, j *job.Job, numbers []int) error {
			for i := range numbers {
				if err := j.Progress(ctx, int64(i+1), int64(len(numbers))); err != nil {
					return err
				}
			}
			return d.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return tell(ctx, tx, fmt.Sprint(numbers)) })
		}))
		run(t, r)
		n := enqueue(t, d, "sum", []int{1, 2, 3}, job.Options{})
		awaitState(t, d, n, job.Done)
		s := status(t, d, n)
		if s.Done != 3 || s.Total != 3 || s.Attempts != 1 || s.Error != "" || !s.FinishedAt.Valid || string(s.Payload) != "[1,2,3]" {
			t.Errorf("got %+v", s)
		}
		if got := told(t, d); !slices.Equal(got, []string{"[1 2 3]"}) {
			t.Errorf("got %v", got)
		}
	})
}

func TestFailedAttemptsGoOnFromTheCheckpoint(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		r := job.New(d, quick)
		r.Work("steps", func(ctx context.Context, j *job.Job) error {
			step := 0
			if _, err := j.Resume(&step); err != nil {
				return err
			}
			err := d.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
				if err := tell(ctx, tx, fmt.Sprint("step ", step)); err != nil {
					return err
				}
				return j.Checkpoint(ctx, step+1)
			})
			if err != nil || step == 3 {
				return err
			}
			if j.Attempt == 2 {
				panic("in the middle")
			}
			return errors.New("not yet")
		})
		run(t, r)
		n := enqueue(t, d, "steps", nil, job.Options{})
		awaitState(t, d, n, job.Done)
		if got := strings.Join(told(t, d), ","); got != "step 0,step 1,step 2,step 3" {
			t.Errorf("got %s", got)
		}
		if s := status(t, d, n); s.Attempts != 4 || s.Error != "" {
			t.Errorf("got %+v", s)
		}
	})
}

func TestHopelessJobFails(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		r := job.New(d, quick)
		r.Work("never", func(context.Context, *job.Job) error { return errors.New("no") })
		r.Work("hopeless", func(context.Context, *job.Job) error { return job.Permanent(errors.New("no use")) })
		run(t, r)
		never := enqueue(t, d, "never", nil, job.Options{MaxAttempts: 3})
		hopeless := enqueue(t, d, "hopeless", nil, job.Options{})
		awaitState(t, d, never, job.Failed)
		awaitState(t, d, hopeless, job.Failed)
		if s := status(t, d, never); s.Attempts != 3 || s.Error != "no" {
			t.Errorf("got %+v", s)
		}
		if s := status(t, d, hopeless); s.Attempts != 1 || s.Error != "no use" {
			t.Errorf("got %+v", s)
		}
	})
}

func TestCancel(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		began, cause := make(chan bool), make(chan error, 1)
		r := job.New(d, quick)
		r.Work("long", func(ctx context.Context, j *job.Job) error {
			close(began)
			<-ctx.Done()
			cause <- j.Checkpoint(ctx, "late")
			return ctx.Err()
		})
		run(t, r)
		running := enqueue(t, d, "long", nil, job.Options{})
		waiting := enqueue(t, d, "unknown kind", nil, job.Options{})
		<-began
		cancel := func(ctx context.Context, tx *db.Tx) error {
			return errors.Join(job.Cancel(ctx, tx, running), job.Cancel(ctx, tx, waiting))
		}
		write(t, d, cancel)
		if err := <-cause; !errors.Is(err, job.ErrLost) {
			t.Errorf("the worker was told %v", err)
		}
		if a, b := status(t, d, running), status(t, d, waiting); a.State != job.Cancelled || b.State != job.Cancelled {
			t.Errorf("got %s and %s", a.State, b.State)
		}
		if err := d.Write(t.Context(), cancel); errs.KindOf(err) != errs.NotFound {
			t.Errorf("cancelled twice: %v", err)
		}
	})
}

func TestEqualJobsAreOneWhileTheyWait(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		later := time.Now().Add(time.Hour)
		first := enqueue(t, d, "count", 1, job.Options{Key: "app 1", RunAt: later})
		other := enqueue(t, d, "count", 1, job.Options{Key: "app 2", RunAt: later})
		again := enqueue(t, d, "count", 2, job.Options{Key: "app 1", RunAt: later.Add(-time.Minute)})
		if first != again || first == other {
			t.Errorf("got jobs %d, %d and %d", first, other, again)
		}
		if got := status(t, d, first).RunAt; !got.Equal(later.Add(-time.Minute).Truncate(time.Millisecond)) {
			t.Errorf("it starts at %v, want the earlier time", got)
		}
	})
}

func TestJobStartsWhenItIsTime(t *testing.T) {
	var now atomic.Int64
	now.Store(time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC).UnixMilli())
	clock := func() time.Time { return time.UnixMilli(now.Load()) }
	dbtest.EachOptions(t, func(t *testing.T, o db.Options) {
		o.Clock = clock
		d := dbtest.OpenOptions(t, tables(t), o)
		r := job.New(d, quick)
		r.Work("remind", func(context.Context, *job.Job) error { return nil })
		n := enqueue(t, d, "remind", nil, job.Options{RunAt: clock().Add(time.Hour)})
		for _, want := range []job.State{job.Queued, job.Done} {
			if err := r.Drain(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := status(t, d, n).State; got != want {
				t.Errorf("at %v it is %s, want %s", clock(), got, want)
			}
			now.Add(time.Hour.Milliseconds())
		}
	})
}
