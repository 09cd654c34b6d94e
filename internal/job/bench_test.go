package job_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
	"github.com/engawa/engawa/internal/job"
)

// BenchmarkEmit is one durable write with an event per operation by 16 writers, while a runner delivers.
func BenchmarkEmit(b *testing.B) {
	d := dbtest.OpenOptions(b, tables(b), db.Options{URL: "sqlite:" + b.TempDir() + "/site.db"})
	r := job.New(d, job.Config{})
	r.Receive("nobody", func(context.Context, *db.Tx, []job.Event) error { return nil })
	ctx, cancel := context.WithCancel(b.Context())
	var ended sync.WaitGroup
	ended.Go(func() { _ = r.Run(ctx) })
	defer ended.Wait()
	defer cancel()
	const writers = 16
	b.ResetTimer()
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			for i := w; i < b.N; i += writers {
				err := d.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
					if err := tell(ctx, tx, fmt.Sprint("record ", i)); err != nil {
						return err
					}
					return job.Emit(ctx, tx, "record.added", noted{i})
				})
				if err != nil {
					b.Error(err)
				}
			}
		})
	}
	all.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "writes/s")
}
