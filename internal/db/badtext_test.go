package db_test

import (
	"context"
	"testing"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
	"github.com/engawa/engawa/internal/errs"
)

type label string

// What PostgreSQL does not keep is refused alike on both, whatever type it has, when it is written and when it is asked for.
func TestTextThatCannotBeKept(t *testing.T) {
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		for _, bad := range []string{"a\x00", "\xff", "\xed\xa0\x80", "\xc0\x80", "縁\xe5\x81"} {
			for _, arg := range []any{bad, label(bad), &bad, db.NullString{String: bad, Valid: true}} {
				written := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
					_, err := tx.Exec(ctx, "INSERT INTO note (name) VALUES (?)", arg)
					return err
				})
				later := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
					return tx.Later(ctx, "INSERT INTO note (name) VALUES (?)", arg)
				})
				asked := d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) error {
					_, err := db.Pluck[int64](ctx, tx, "SELECT id FROM note WHERE name = ?", arg)
					return err
				})
				for what, err := range map[string]error{"written": written, "written later": later, "asked for": asked} {
					if errs.KeyOf(err) != "field.badCharacters" {
						t.Errorf("%T %q %s: %v", arg, bad, what, err)
					}
				}
			}
		}
		good := "縁側￼"
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, "INSERT INTO note (name, at) VALUES (?, ?), (?, ?)", label(good), (*string)(nil), "b", db.NullString{String: "\xff"})
			return err
		})
		if got := names(t, d); len(got) != 2 || got[0] != good {
			t.Errorf("%q", got)
		}
	})
}
