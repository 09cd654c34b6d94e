package record

import (
	"context"
	"testing"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/migrations"
)

// A cursor's list is read from any place to any other within a part's length, and is gone with the cursor.
func TestCursorLists(t *testing.T) {
	dbtest.Each(t, migrations.FS, func(t *testing.T, d *db.DB) {
		ids := make([]id.Record, 2*cursorPart+1)
		for i := range ids {
			ids[i] = id.Record(7 * (len(ids) - i))
		}
		err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			for _, cursor := range []string{"some", "none"} {
				if _, err := tx.Exec(ctx, `INSERT INTO record_cursor (id, app_id, actor, fields, size, total, position, expires_at)
					VALUES (?, 1, 'u', '[]', 1, 0, 0, ?)`, cursor, tx.Now()); err != nil {
					return err
				}
			}
			if err := addCursorList(ctx, tx, "none", nil); err != nil {
				return err
			}
			if err := addCursorList(ctx, tx, "some", cursorParts(ids)); err != nil {
				return err
			}
			for _, at := range [][2]int{{0, 1}, {cursorPart - 1, cursorPart}, {cursorPart - 250, cursorPart + 250},
				{cursorPart, 2 * cursorPart}, {2*cursorPart - 1, 2*cursorPart + 1}, {2*cursorPart + 1, 2*cursorPart + 1}} {
				got, err := cursorIDs(ctx, tx, "some", at[0], at[1])
				if err != nil {
					return err
				}
				if want := ids[at[0]:at[1]]; len(got) != len(want) || len(got) > 0 && (got[0] != want[0] || got[len(got)-1] != want[len(want)-1]) {
					t.Errorf("from %d to %d: %v", at[0], at[1], got)
				}
			}
			if got, err := cursorIDs(ctx, tx, "none", 0, 0); err != nil || len(got) > 0 {
				t.Errorf("of none: %v %v", got, err)
			}
			if _, err := tx.Exec(ctx, `DELETE FROM record_cursor`); err != nil {
				return err
			}
			if got, err := cursorIDs(ctx, tx, "some", 0, 1); err != nil || len(got) > 0 {
				t.Errorf("when it is gone: %v %v", got, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
