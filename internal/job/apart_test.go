package job_test

import (
	"context"
	"testing"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/job"
)

// Work that waits for others fills its own places and no more: the rest goes on.
func TestWorkApartHoldsNothingElseUp(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		c := quick
		c.Workers = 1
		r := job.New(d, c)
		waiting, done, released := make(chan struct{}, 9), make(chan struct{}, 9), make(chan struct{})
		r.WorkApart("slow", 2, func(context.Context, *job.Job) error {
			waiting <- struct{}{}
			<-released
			return nil
		})
		r.Work("quick", func(context.Context, *job.Job) error {
			done <- struct{}{}
			return nil
		})
		for range 3 {
			enqueue(t, d, "slow", nil, job.Options{})
			enqueue(t, d, "quick", nil, job.Options{})
		}
		run(t, r)
		<-waiting
		<-waiting
		for range 3 {
			<-done
		}
		select {
		case <-waiting:
			t.Error("a third one has no place")
		default:
		}
		close(released)
		<-waiting
	})
}
