package db_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
)

func count(t *testing.T, ctx context.Context, tx *db.Tx) (n int) {
	t.Helper()
	if err := tx.QueryRow(ctx, "SELECT count(*) FROM note").Scan(&n); err != nil {
		t.Error(err)
	}
	return n
}

func TestReadIsOneSnapshot(t *testing.T) {
	dbtest.EachLasting(t, func(t *testing.T, o db.Options) {
		d := dbtest.OpenOptions(t, notes, o)
		err := d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			before := count(t, ctx, tx)
			write(t, d, func(ctx context.Context, tx *db.Tx) error { return add(ctx, tx, "meanwhile") })
			inner := -1
			err := d.Read(ctx, func(ctx context.Context, tx *db.Tx) error { inner = count(t, ctx, tx); return nil })
			if after := count(t, ctx, tx); before != 0 || inner != 0 || after != 0 {
				t.Errorf("got %d, %d and %d notes in one read, want 0", before, inner, after)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := names(t, d); len(got) != 1 {
			t.Errorf("got %v afterwards", got)
		}
	})
}

func TestReadInsideAWriteSeesIt(t *testing.T) {
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			if err := add(ctx, tx, "a"); err != nil {
				return err
			}
			return d.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
				if n := count(t, ctx, tx); n != 1 {
					t.Errorf("got %d notes, want 1", n)
				}
				return nil
			})
		})
	})
}

func TestReadCannotWrite(t *testing.T) {
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		read := func(fn func(ctx context.Context, tx *db.Tx) error) error { return d.Read(t.Context(), fn) }
		if err := read(func(ctx context.Context, tx *db.Tx) error { return add(ctx, tx, "a") }); err == nil {
			t.Error("an INSERT in a Read succeeded")
		}
		err := read(func(ctx context.Context, tx *db.Tx) error {
			return d.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return add(ctx, tx, "b") })
		})
		if err == nil {
			t.Error("a Write in a Read succeeded")
		}
		if got := names(t, d); len(got) != 0 {
			t.Errorf("got %v", got)
		}
	})
}

func TestLongReadEndsWithItsContext(t *testing.T) {
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		err := d.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
			time.AfterFunc(20*time.Millisecond, cancel)
			var n int64
			return tx.QueryRow(ctx, `WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 1000000000)
				SELECT count(*) FROM r`).Scan(&n)
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want Canceled", err)
		}
		if got := names(t, d); len(got) != 0 { // the connection is still good
			t.Errorf("got %v", got)
		}
	})
}

func TestManyReadersAndWriters(t *testing.T) {
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		var all sync.WaitGroup
		for i := range 16 {
			all.Go(func() {
				for j := range 10 {
					write(t, d, func(ctx context.Context, tx *db.Tx) error { return add(ctx, tx, fmt.Sprint(i, "-", j)) })
					_ = names(t, d)
				}
			})
		}
		all.Wait()
		if got := names(t, d); len(got) != 160 {
			t.Errorf("got %d notes, want 160", len(got))
		}
	})
}

func TestOneResultAtATime(t *testing.T) {
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			n, err := tx.Exec(ctx, "INSERT INTO note (name) VALUES ('a'), ('b') RETURNING id")
			if n != 2 {
				t.Errorf("%d rows affected, want 2", n)
			}
			return err
		})
		err := d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			rows, err := tx.Query(ctx, "SELECT name FROM note")
			if err != nil {
				return err
			}
			if !rows.Next() {
				t.Error("no row")
			}
			if _, err := tx.Query(ctx, "SELECT 1"); err == nil || !strings.Contains(err.Error(), "open") {
				t.Errorf("got %v for a second query beside open rows", err)
			}
			if err := rows.Close(); err != nil {
				return err
			}
			if n := count(t, ctx, tx); n != 2 {
				t.Errorf("got %d notes, want 2", n)
			}
			_, err = tx.Query(ctx, "SELECT name FROM note") // left open: closed with the transaction
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestTransactionIsOverWithItsFunction(t *testing.T) {
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		var kept *db.Tx
		write(t, d, func(ctx context.Context, tx *db.Tx) error { kept = tx; return nil })
		if _, err := kept.Exec(t.Context(), "DELETE FROM note"); err == nil {
			t.Error("a statement after the end succeeded")
		}
	})
}

func TestPanicInAReadFreesTheReader(t *testing.T) {
	d := dbtest.Open(t, notes)
	for range 10 { // more than there are readers
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic was swallowed")
				}
			}()
			d.Read(t.Context(), func(context.Context, *db.Tx) error { panic("wanted") })
		}()
	}
	if got := names(t, d); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}

func TestReadOneIsOneStatement(t *testing.T) {
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		write(t, d, func(ctx context.Context, tx *db.Tx) error { return add(ctx, tx, "a") })
		err := d.ReadOne(db.Whose(t.Context(), "ben"), func(ctx context.Context, tx *db.Tx) error {
			if n := count(t, ctx, tx); n != 1 {
				t.Errorf("got %d notes, want 1", n)
			}
			if _, err := tx.Exec(ctx, "SELECT 1"); err == nil {
				t.Error("a second statement may see what was written after the first")
			}
			return d.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
				if _, err := tx.Exec(ctx, "SELECT 1"); err == nil {
					t.Error("a Read inside is a second statement")
				}
				return d.Write(ctx, func(context.Context, *db.Tx) error { t.Error("written to"); return nil })
			})
		})
		if err == nil {
			t.Error("a ReadOne was written to")
		}
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			if err := add(ctx, tx, "b"); err != nil {
				return err
			}
			return d.ReadOne(ctx, func(ctx context.Context, tx *db.Tx) error {
				if first, second := count(t, ctx, tx), count(t, ctx, tx); first != 2 || second != 2 {
					t.Errorf("inside a Write got %d and %d notes, want 2", first, second)
				}
				return nil
			})
		})
	})
}
