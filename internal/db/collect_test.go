package db_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
)

type note struct {
	name string
	at   time.Time
}

func (n *note) scan(row db.RowScanner) error { return row.Scan(&n.name, &n.at) }

func TestCollect(t *testing.T) {
	const selectNotes = "SELECT name, at FROM note WHERE name > ? ORDER BY name"
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			for _, name := range []string{"b", "c", "a"} {
				if err := add(ctx, tx, name); err != nil {
					return err
				}
			}
			list, err := db.Collect(ctx, tx, (*note).scan, selectNotes, "a")
			if want := []note{{"b", tx.Now()}, {"c", tx.Now()}}; err != nil || !slices.Equal(list, want) {
				t.Errorf("got %v, %v, want %v", list, err, want)
			}
			if list, err = db.Collect(ctx, tx, (*note).scan, selectNotes, "c"); list != nil || err != nil {
				t.Errorf("of no rows: %v, %v", list, err)
			}
			plucked, err := db.Pluck[string](ctx, tx, "DELETE FROM note WHERE name = ? RETURNING name", "a")
			if err != nil || !slices.Equal(plucked, []string{"a"}) {
				t.Errorf("plucked %v, %v", plucked, err)
			}
			return nil
		})
	})
}

// What goes wrong at any row is returned without those before it, and leaves the transaction fit for the next statement.
func TestCollectEndsAtAnError(t *testing.T) {
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		err := d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			enough := errors.New("enough")
			read := 0
			list, err := db.Collect(ctx, tx, func(n *int, row db.RowScanner) error {
				if read++; read == 2 {
					return enough
				}
				return row.Scan(n)
			}, "VALUES (1), (2), (3)")
			if list != nil || !errors.Is(err, enough) || read != 2 {
				t.Errorf("got %v, %v after %d rows", list, err, read)
			}
			if list, err := db.Pluck[int](ctx, tx, "SELECT 'word'"); list != nil || err == nil {
				t.Errorf("a word as a number: %v, %v", list, err)
			}
			list, err = db.Pluck[int](ctx, tx, "VALUES (1), (2)")
			if err != nil || !slices.Equal(list, []int{1, 2}) {
				t.Errorf("then: %v, %v", list, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestCollectOfAStatementThatFails(t *testing.T) {
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		err := d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			_, err := db.Pluck[int](ctx, tx, "SELECT nothing FROM nowhere")
			return err
		})
		if err == nil {
			t.Error("no error")
		}
	})
}
