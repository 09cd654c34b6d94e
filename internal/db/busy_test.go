package db_test

import (
	"context"
	"testing"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
	"github.com/engawa/engawa/internal/errs"
)

// A Write that others are always in the way of is tried again, and then refused: nothing is broken. SQLite has one writer.
func TestBusy(t *testing.T) {
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		if d.Dialect().OneWriter() {
			return
		}
		for code, want := range map[string]string{"40P01": "database.busy", "40001": "database.busy", "22012": ""} {
			runs := 0
			err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
				runs++
				if err := add(ctx, tx, "lost"); err != nil {
					return err
				}
				_, err := tx.Exec(ctx, "DO $$ BEGIN RAISE EXCEPTION 'in the way' USING ERRCODE = '"+code+"'; END $$")
				return err
			})
			if err == nil || errs.KeyOf(err) != want || (runs > 1) != (want != "") {
				t.Errorf("%s: %v after %d runs", code, err, runs)
			}
		}
		if got := names(t, d); len(got) != 0 {
			t.Errorf("kept %v", got)
		}
	})
}

// A Write that says it was overtaken runs once more where others write beside it. What it says then is believed.
func TestOvertaken(t *testing.T) {
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		want := 2
		if d.Dialect().OneWriter() {
			want = 1
		}
		cause, runs := errs.E(errs.Invalid, "there.already"), 0
		err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			runs++
			return d.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return db.Overtaken(cause) })
		})
		if runs != want || errs.KeyOf(err) != "there.already" {
			t.Errorf("%v after %d runs", err, runs)
		}
	})
}
