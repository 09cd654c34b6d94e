package db_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
)

var errWanted = errors.New("wanted")

func TestFailingWriteLeavesNothing(t *testing.T) {
	for _, tc := range []struct {
		name string
		fail func() error
		want string
	}{
		{"error", func() error { return errWanted }, "wanted"},
		{"panic", func() error { panic(errWanted) }, "panic in a transaction: wanted"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
				called := false
				err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
					tx.AfterCommit(func() { called = true })
					if err := add(ctx, tx, "a"); err != nil {
						return err
					}
					return tc.fail()
				})
				if !errors.Is(err, errWanted) || !strings.HasPrefix(err.Error(), tc.want) {
					t.Errorf("got %v, want %s", err, tc.want)
				}
				if called {
					t.Error("AfterCommit ran")
				}
				write(t, d, func(ctx context.Context, tx *db.Tx) error { return add(ctx, tx, "b") })
				if got := names(t, d); !slices.Equal(got, []string{"b"}) {
					t.Errorf("got %v, want only b", got)
				}
			})
		})
	}
}

// crowd runs n writes at once, of which every third fails in the way of fail, and returns the names that should be there.
func crowd(t *testing.T, d *db.DB, n int, fail func(ctx context.Context, tx *db.Tx) error) []string {
	var (
		all  sync.WaitGroup
		want []string
	)
	for i := range n {
		name := fmt.Sprintf("note %02d", i)
		if i%3 != 0 {
			want = append(want, name)
		}
		all.Go(func() {
			err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
				if err := add(ctx, tx, name); err != nil || i%3 != 0 {
					return err
				}
				return fail(ctx, tx)
			})
			if failed := err != nil; failed != (i%3 == 0) {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
	all.Wait()
	return want
}

func TestFailingWriteDoesNotUndoItsNeighbours(t *testing.T) {
	for name, fail := range map[string]func(context.Context, *db.Tx) error{
		"error":        func(context.Context, *db.Tx) error { return errWanted },
		"panic":        func(context.Context, *db.Tx) error { panic("wanted") },
		"statement":    func(ctx context.Context, tx *db.Tx) error { _, err := tx.Exec(ctx, "no SQL"); return err },
		"not returned": func(context.Context, *db.Tx) error { runtime.Goexit(); return nil },
		"everything rolled back": func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, "ROLLBACK")
			return errors.Join(err, errWanted)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
				if d.Dialect().Name() == "postgres" && (name == "not returned" || name == "everything rolled back") {
					return // these break the batch, of which PostgreSQL has none
				}
				want := crowd(t, d, 50, fail)
				got := names(t, d)
				slices.Sort(got)
				if !slices.Equal(got, want) {
					t.Errorf("got %v, want %v", got, want)
				}
			})
		})
	}
}

func TestWriteInsideAWriteIsItsPart(t *testing.T) {
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		var order []string
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			note := func(name string) { tx.AfterCommit(func() { order = append(order, name) }) }
			note("outer")
			if err := add(ctx, tx, "outer"); err != nil {
				return err
			}
			err := d.Write(ctx, func(ctx context.Context, inner *db.Tx) error {
				if inner != tx {
					t.Error("another transaction inside")
				}
				note("lost")
				if err := add(ctx, tx, "lost"); err != nil {
					return err
				}
				return add(ctx, tx, "outer") // taken
			})
			if !db.UniqueViolation(err) {
				t.Errorf("got %v, want a unique violation", err)
			}
			return d.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
				note("inner")
				return d.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return add(ctx, tx, "inner") })
			})
		})
		if got := fmt.Sprint(names(t, d), order); got != "[outer inner] [outer inner]" {
			t.Errorf("got %s", got)
		}
		err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			if err := d.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return add(ctx, tx, "third") }); err != nil {
				return err
			}
			return errWanted
		})
		if got := names(t, d); len(got) != 2 || err != errWanted {
			t.Errorf("got %v and %v, want the inner write undone with the outer", got, err)
		}
	})
}

func TestAfterCommitSeesTheCommit(t *testing.T) {
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		var seen []string
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			tx.AfterCommit(func() { seen = names(t, d) })
			tx.AfterCommit(func() { // the context of a transaction that is over starts a new one
				if err := d.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return add(ctx, tx, "b") }); err != nil {
					t.Error(err)
				}
			})
			return add(ctx, tx, "a")
		})
		if got := fmt.Sprint(seen, names(t, d)); got != "[a] [a b]" {
			t.Errorf("got %s", got)
		}
	})
}

func TestEndedContext(t *testing.T) {
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		err := d.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
			cancel() // begun, so finished
			return add(ctx, tx, "begun")
		})
		if err != nil {
			t.Error(err)
		}
		err = d.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return add(ctx, tx, "late") })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want Canceled", err)
		}
		if got := names(t, d); !slices.Equal(got, []string{"begun"}) {
			t.Errorf("got %v, want only the one that had begun", got)
		}
	})
}

func TestWaitingWriteIsSkippedWhenItsContextEnds(t *testing.T) {
	d := dbtest.Open(t, notes)
	busy, release := make(chan bool), make(chan bool)
	var first sync.WaitGroup
	first.Go(func() {
		write(t, d, func(ctx context.Context, tx *db.Tx) error { close(busy); <-release; return add(ctx, tx, "first") })
	})
	<-busy
	ctx, cancel := context.WithCancel(t.Context())
	answer := make(chan error)
	go func() {
		answer <- d.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return add(ctx, tx, "skipped") })
	}()
	cancel()
	if err := <-answer; !errors.Is(err, context.Canceled) { // before the first one has ended
		t.Errorf("got %v, want Canceled", err)
	}
	close(release)
	first.Wait()
	if got := names(t, d); !slices.Equal(got, []string{"first"}) {
		t.Errorf("got %v, want only the first", got)
	}
}

func TestAcknowledgedWritesAreThereAfterReopening(t *testing.T) {
	dbtest.EachLasting(t, func(t *testing.T, o db.Options) {
		d := dbtest.OpenOptions(t, notes, o)
		want := crowd(t, d, 100, func(context.Context, *db.Tx) error { return errWanted })
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		if err := d.Write(t.Context(), func(context.Context, *db.Tx) error { return nil }); err == nil {
			t.Error("a closed database accepts a write")
		}
		got := names(t, dbtest.OpenOptions(t, notes, o))
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("got %d notes, want %d", len(got), len(want))
		}
	})
}

func TestCloseFinishesWhatWaits(t *testing.T) {
	d := dbtest.Open(t, notes)
	busy, release := make(chan bool), make(chan bool)
	var all sync.WaitGroup
	all.Go(func() {
		write(t, d, func(ctx context.Context, tx *db.Tx) error { close(busy); <-release; return nil })
	})
	<-busy
	all.Go(func() { d.Close() })
	close(release)
	all.Wait()
}

func TestAloneIsOneAfterTheOther(t *testing.T) {
	const most, n = 3, 12
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		var all sync.WaitGroup
		for i := range n {
			all.Go(func() {
				err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
					if err := tx.Alone(ctx, "notes"); err != nil {
						return err
					}
					var there int
					if err := tx.QueryRow(ctx, "SELECT count(*) FROM note").Scan(&there); err != nil || there >= most {
						return err
					}
					return add(ctx, tx, fmt.Sprint("note ", i))
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if got := names(t, d); len(got) != most {
			t.Errorf("got %v, want %d of them", got, most)
		}
		if err := d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) error { return tx.Alone(ctx, "notes") }); err == nil {
			t.Error("a Read was alone")
		}
	})
}
