package job_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/job"
)

type noted struct {
	Record int `json:"record"`
}

func emit(t *testing.T, d *db.DB, kind string, records ...int) {
	t.Helper()
	write(t, d, func(ctx context.Context, tx *db.Tx) error {
		for _, n := range records {
			if err := job.Emit(ctx, tx, kind, noted{n}); err != nil {
				return err
			}
		}
		return nil
	})
}

// teller is a receiver that notes what it gets under its own name.
func teller(name string) job.Receiver {
	return func(ctx context.Context, tx *db.Tx, events []job.Event) error {
		for _, e := range events {
			var n noted
			if err := e.Decode(&n); err != nil {
				return err
			}
			if err := tell(ctx, tx, fmt.Sprint(name, " ", e.Kind, " ", n.Record)); err != nil {
				return err
			}
		}
		return nil
	}
}

func TestEventsReachTheirReceiversInOrder(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		r := job.New(d, quick)
		r.Receive("one", teller("one"), "added", "changed")
		r.Receive("all", teller("all"))
		emit(t, d, "added", 1, 2)
		emit(t, d, "removed", 2)
		run(t, r)
		await(t, "the first", func() bool { return len(told(t, d)) == 5 })
		emit(t, d, "changed", 1)
		await(t, "the second", func() bool { return len(told(t, d)) == 7 })
		want := "one added 1,one added 2,all added 1,all added 2,all removed 2,one changed 1,all changed 1"
		if got := strings.Join(told(t, d), ","); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	})
}

func TestEventOfAFailedWriteIsNeverSent(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		r := job.New(d, quick)
		r.Receive("all", teller("all"))
		failed := errors.New("wanted")
		err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			if err := job.Emit(ctx, tx, "added", noted{1}); err != nil {
				return err
			}
			return failed
		})
		if err != failed {
			t.Error(err)
		}
		emit(t, d, "added", 2)
		if err := r.Drain(t.Context()); err != nil {
			t.Error(err)
		}
		if got := told(t, d); !slices.Equal(got, []string{"all added 2"}) {
			t.Errorf("got %v", got)
		}
	})
}

func TestRefusedEventIsTriedAgainAndHoldsNothingBack(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		var mended atomic.Bool
		r := job.New(d, quick)
		r.Receive("first", teller("first"))
		r.Receive("picky", job.Each(func(_ context.Context, _ *db.Tx, n noted) error {
			if n.Record == 3 && !mended.Load() {
				return errors.New("not three")
			}
			return nil
		}))
		emit(t, d, "added", 1, 2, 3, 4, 5)
		run(t, r)
		await(t, "the others", func() bool { return len(told(t, d)) == 4 })
		var aside []job.Status
		err := d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) (err error) {
			aside, err = job.List(ctx, tx, 10, job.Failed)
			return err
		})
		if err != nil || len(aside) != 1 || !strings.Contains(aside[0].Error, "receiver picky: not three") {
			t.Fatalf("got %+v, %v, want one event set aside", aside, err)
		}
		mended.Store(true)
		write(t, d, func(ctx context.Context, tx *db.Tx) error { return job.Retry(ctx, tx, aside[0].ID) })
		await(t, "the mended one", func() bool { return len(told(t, d)) == 5 })
		want := "first added 1,first added 2,first added 4,first added 5,first added 3"
		if got := strings.Join(told(t, d), ","); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	})
}

func TestTwoServersDeliverEachEventOnce(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		for range 2 {
			r := job.New(d, quick)
			r.Receive("all", teller("all"))
			run(t, r)
		}
		var want []string
		for n := range 60 {
			emit(t, d, "added", n)
			want = append(want, fmt.Sprint("all added ", n))
		}
		await(t, "all of them", func() bool { return len(told(t, d)) >= len(want) })
		got := told(t, d)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("got %v", got)
		}
	})
}
