package db_test

import (
	"context"
	"testing"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
)

func TestSignalFollowsTheCommit(t *testing.T) {
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		heard, stop := d.Listen("note")
		other, _ := d.Listen("other")
		signal := func(result error) {
			err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
				tx.Signal("note")
				tx.Signal("note")
				return result
			})
			if err != result {
				t.Error(err)
			}
		}
		signal(errWanted)
		if len(heard) != 0 {
			t.Error("heard of a write that failed")
		}
		signal(nil)
		signal(nil) // nobody need take the first
		if len(heard) != 1 || len(other) != 0 {
			t.Errorf("%d and %d signals wait, want 1 and 0", len(heard), len(other))
		}
		<-heard
		stop()
		signal(nil)
		if len(heard) != 0 {
			t.Error("heard after the end")
		}
	})
}
