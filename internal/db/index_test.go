package db_test

import (
	"context"
	"testing"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
)

func TestIndexesAreMadeOnce(t *testing.T) {
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		x := db.NewIndex{Name: "note_by_at", On: "note (at)"}
		for range 2 {
			if err := d.PrepareIndex(t.Context(), x); err != nil {
				t.Fatal(err)
			}
			write(t, d, func(ctx context.Context, tx *db.Tx) error { return tx.CreateIndex(ctx, x) })
		}
		err := d.PrepareIndex(t.Context(), db.NewIndex{Name: "note_by_nothing", On: "note (nothing)"})
		if err == nil && d.Dialect().Name() == "postgres" {
			t.Error("an index of a column that is not there was made")
		}
	})
}

// What a server that ended in the middle of its work has left is not taken for an index.
func TestHalfAnIndexIsMadeAnew(t *testing.T) {
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		if d.Dialect().Name() != "postgres" {
			return // there is no half of one: it is made in a transaction
		}
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, "CREATE INDEX note_by_at ON note (at)")
			if err == nil {
				_, err = tx.Exec(ctx, "UPDATE pg_index SET indisvalid = FALSE WHERE indexrelid = 'note_by_at'::regclass")
			}
			return err
		})
		if err := d.PrepareIndex(t.Context(), db.NewIndex{Name: "note_by_at", On: "note (at)"}); err != nil {
			t.Fatal(err)
		}
		err := d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			var valid bool
			err := tx.QueryRow(ctx, "SELECT indisvalid FROM pg_index WHERE indexrelid = 'note_by_at'::regclass").Scan(&valid)
			if err == nil && !valid {
				t.Error("it is still half an index")
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
