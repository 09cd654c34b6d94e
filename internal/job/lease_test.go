package job_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
	"github.com/engawa/engawa/internal/job"
)

func TestStoppingHandsJobsBack(t *testing.T) {
	for name, listens := range map[string]bool{"worker that listens": true, "worker that does not": false} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, d *db.DB) {
				began, never := make(chan bool), make(chan bool)
				defer close(never)
				config := quick
				config.Grace = 30 * time.Millisecond
				r := job.New(d, config)
				r.Work("long", func(ctx context.Context, j *job.Job) error {
					if err := j.Checkpoint(ctx, "half"); err != nil {
						return err
					}
					close(began)
					if listens {
						<-ctx.Done()
						return ctx.Err()
					}
					<-never
					return nil
				})
				stop := run(t, r)
				n := enqueue(t, d, "long", nil, job.Options{MaxAttempts: 1})
				<-began
				stop()
				if s := status(t, d, n); s.State != job.Queued || s.Attempts != 0 {
					t.Fatalf("got %+v, want it queued as if never tried", s)
				}
				next := job.New(d, quick)
				next.Work("long", func(ctx context.Context, j *job.Job) error {
					var state string
					if ok, err := j.Resume(&state); !ok || err != nil || state != "half" {
						t.Errorf("resumed with %q, %v, %v", state, ok, err)
					}
					return nil
				})
				run(t, next)
				awaitState(t, d, n, job.Done)
			})
		})
	}
}

func TestTwoServersRunEachJobOnce(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		for range 2 {
			r := job.New(d, quick)
			r.Work("tell", func(ctx context.Context, j *job.Job) error {
				return d.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return tell(ctx, tx, string(j.Payload)) })
			})
			run(t, r)
		}
		var want []string
		var all sync.WaitGroup
		for n := range 40 {
			want = append(want, fmt.Sprint(n))
			all.Go(func() { enqueue(t, d, "tell", n, job.Options{}) })
		}
		all.Wait()
		await(t, "all of them", func() bool { return len(told(t, d)) >= len(want) })
		got := told(t, d)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("got %v", got)
		}
	})
}

func TestJobOfASilentServerIsTakenOver(t *testing.T) {
	var ahead atomic.Int64
	dbtest.EachOptions(t, func(t *testing.T, o db.Options) {
		o.Clock = func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
		d := dbtest.OpenOptions(t, tables(t), o)
		began, release, refused := make(chan bool), make(chan bool), make(chan error, 1)
		busy := quick
		busy.Workers = 1 // so that it does not take the job again
		silent := job.New(d, busy)
		silent.Work("long", func(ctx context.Context, j *job.Job) error {
			close(began)
			<-release
			err := d.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
				if err := tell(ctx, tx, "silent"); err != nil {
					return err
				}
				return j.Checkpoint(ctx, true)
			})
			refused <- err
			return err
		})
		run(t, silent)
		n := enqueue(t, d, "long", nil, job.Options{})
		<-began
		ahead.Add(int64(time.Hour)) // longer than any lease
		other := job.New(d, quick)
		other.Work("long", func(ctx context.Context, j *job.Job) error {
			return d.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return tell(ctx, tx, fmt.Sprint("attempt ", j.Attempt)) })
		})
		run(t, other)
		awaitState(t, d, n, job.Done)
		close(release)
		if err := <-refused; !errors.Is(err, job.ErrLost) {
			t.Errorf("the silent server's checkpoint: %v, want ErrLost", err)
		}
		if got := told(t, d); !slices.Equal(got, []string{"attempt 2"}) {
			t.Errorf("got %v", got)
		}
	})
}

func TestJobThatTakesItsServerDownUsesUpItsAttempts(t *testing.T) {
	var ahead atomic.Int64
	dbtest.EachOptions(t, func(t *testing.T, o db.Options) {
		o.Clock = func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
		d := dbtest.OpenOptions(t, tables(t), o)
		never := make(chan bool)
		defer close(never)
		n := enqueue(t, d, "deadly", nil, job.Options{MaxAttempts: 2})
		for attempt := range 2 {
			began := make(chan bool)
			r := job.New(d, quick)
			r.Work("deadly", func(context.Context, *job.Job) error { close(began); <-never; return errors.New("late") })
			go r.Drain(context.Background()) // and never heard of again
			<-began
			if s := status(t, d, n); s.State != job.Running || s.Attempts != attempt+1 {
				t.Fatalf("got %+v in attempt %d", s, attempt+1)
			}
			ahead.Add(int64(time.Hour))
			stop := run(t, job.New(d, quick)) // does no work of this kind, but takes it from the dead
			await(t, "the job to be taken back", func() bool { return status(t, d, n).State != job.Running })
			stop()
		}
		if s := status(t, d, n); s.State != job.Failed || !strings.Contains(s.Error, "server") {
			t.Errorf("got %+v, want it failed", s)
		}
	})
}

func TestFailedJobGivesWayToAnEqualOne(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		began, release := make(chan bool), make(chan bool)
		r := job.New(d, quick)
		r.Work("count", func(ctx context.Context, j *job.Job) error {
			if string(j.Payload) == "1" {
				close(began)
				<-release
				return errors.New("too early")
			}
			return nil
		})
		run(t, r)
		first := enqueue(t, d, "count", 1, job.Options{Key: "app"})
		<-began
		second := enqueue(t, d, "count", 2, job.Options{Key: "app", RunAt: time.Now().Add(time.Hour)})
		if first == second {
			t.Error("a running job was taken for a waiting one")
		}
		close(release)
		awaitState(t, d, first, job.Cancelled)
		if s := status(t, d, first); !strings.Contains(s.Error, "too early") {
			t.Errorf("got %+v", s)
		}
		if s := status(t, d, second); s.State != job.Queued {
			t.Errorf("got %+v", s)
		}
	})
}
