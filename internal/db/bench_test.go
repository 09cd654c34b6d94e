package db_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
)

// benchmarked returns a database on disk with a thousand notes.
func benchmarked(b *testing.B) *db.DB {
	d := dbtest.OpenOptions(b, notes, db.Options{URL: "sqlite:" + b.TempDir() + "/site.db"})
	err := d.Write(b.Context(), func(ctx context.Context, tx *db.Tx) error {
		for i := range 1000 {
			if err := add(ctx, tx, fmt.Sprint("note ", i)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return d
}

// BenchmarkWrite is one durable insert per operation, by as many writers as the name says.
func BenchmarkWrite(b *testing.B) {
	for _, writers := range []int{1, 16} {
		b.Run(fmt.Sprint(writers), func(b *testing.B) {
			d := benchmarked(b)
			ctx, cancel := context.WithCancel(b.Context())
			defer cancel()
			b.ReportAllocs()
			b.ResetTimer()
			var all sync.WaitGroup
			for w := range writers {
				all.Go(func() {
					for i := w; i < b.N; i += writers {
						name := fmt.Sprint("new ", i)
						if err := d.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return add(ctx, tx, name) }); err != nil {
							b.Error(err)
						}
					}
				})
			}
			all.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "writes/s")
		})
	}
}

// BenchmarkRead is one row by its id per operation, with a context that can end as a request's can.
func BenchmarkRead(b *testing.B) {
	for _, readers := range []int{1, 16} {
		b.Run(fmt.Sprint(readers), func(b *testing.B) {
			d := benchmarked(b)
			ctx, cancel := context.WithCancel(b.Context())
			defer cancel()
			b.ReportAllocs()
			b.ResetTimer()
			var all sync.WaitGroup
			for r := range readers {
				all.Go(func() {
					for i := r; i < b.N; i += readers {
						if err := readOne(ctx, d, i%1000+1); err != nil {
							b.Error(err)
						}
					}
				})
			}
			all.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reads/s")
		})
	}
}

func readOne(ctx context.Context, d *db.DB, id int) error {
	return d.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		rows, err := tx.Query(ctx, "SELECT id, name, at FROM note WHERE id = ?", id)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id, name, at db.RawBytes
			if err := rows.Scan(&id, &name, &at); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// BenchmarkList is a page of 500 rows per operation.
func BenchmarkList(b *testing.B) {
	d := benchmarked(b)
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	b.ReportAllocs()
	for b.Loop() {
		err := d.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
			rows, err := tx.Query(ctx, "SELECT id, name, seen, at FROM note ORDER BY id LIMIT 500")
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				var id, name, seen, at db.RawBytes
				if err := rows.Scan(&id, &name, &seen, &at); err != nil {
					return err
				}
			}
			return rows.Err()
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}
