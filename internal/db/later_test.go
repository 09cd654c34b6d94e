package db_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
)

const addLater = "INSERT INTO note (name) VALUES (?)"

// later has each of names added, none of them at once.
func later(ctx context.Context, tx *db.Tx, names ...string) error {
	for _, name := range names {
		if err := tx.Later(ctx, addLater, name); err != nil {
			return err
		}
	}
	return nil
}

func TestLaterRunsBeforeTheNextStatement(t *testing.T) {
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			if err := later(ctx, tx, "a", "b"); err != nil {
				return err
			}
			var n int
			if err := tx.QueryRow(ctx, "SELECT count(*) FROM note").Scan(&n); err != nil || n != 2 {
				t.Errorf("a query finds %d (%v)", n, err)
			}
			if err := later(ctx, tx, "c"); err != nil {
				return err
			}
			gone, err := tx.Exec(ctx, "DELETE FROM note WHERE name = 'c'")
			if err != nil || gone != 1 {
				t.Errorf("a statement deletes %d (%v)", gone, err)
			}
			return later(ctx, tx, "d")
		})
		if got := names(t, d); !slices.Equal(got, []string{"a", "b", "d"}) {
			t.Errorf("got %v", got)
		}
	})
}

// What a statement meets that waits is told by the next one, by the end of an inner Write, or by the end.
func TestLaterFails(t *testing.T) {
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		write(t, d, func(ctx context.Context, tx *db.Tx) error { return add(ctx, tx, "a") })
		err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error { return later(ctx, tx, "b", "a", "c") })
		if !db.UniqueViolation(err) {
			t.Errorf("at the end: %v", err)
		}
		err = d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			return errors.Join(later(ctx, tx, "a"), add(ctx, tx, "b"))
		})
		if !db.UniqueViolation(err) {
			t.Errorf("at the next statement: %v", err)
		}
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			if err := later(ctx, tx, "x"); err != nil {
				return err
			}
			inner := d.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return later(ctx, tx, "y", "a") })
			if !db.UniqueViolation(inner) {
				t.Errorf("at the end of an inner one: %v", inner)
			}
			return later(ctx, tx, "z")
		})
		if got := names(t, d); !slices.Equal(got, []string{"a", "x", "z"}) {
			t.Errorf("got %v", got)
		}
	})
}

func TestLaterIsNotForOthers(t *testing.T) {
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		err := d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) error { return later(ctx, tx, "a") })
		if err == nil {
			t.Error("a Read wrote")
		}
		var kept *db.Tx
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			kept = tx
			return nil
		})
		if err := later(t.Context(), kept, "b"); err == nil {
			t.Error("a transaction that is over wrote")
		}
		if got := names(t, d); len(got) > 0 {
			t.Errorf("got %v", got)
		}
	})
}
