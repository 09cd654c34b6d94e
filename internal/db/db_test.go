package db_test

import (
	"context"
	"errors"
	"testing"
	"testing/fstest"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
)

// notes is a table for tests.
var notes = fstest.MapFS{"0001_note.sql": {Data: []byte(`
	CREATE TABLE note (id {identity}, name {text} NOT NULL UNIQUE, seen INTEGER NOT NULL DEFAULT 0, at {text});
`)}}

func add(ctx context.Context, tx *db.Tx, name string) error {
	_, err := tx.Exec(ctx, "INSERT INTO note (name, at) VALUES (?, ?)", name, tx.Now())
	return err
}

// names returns the names of the notes in the order of their ids.
func names(t *testing.T, d *db.DB) []string {
	t.Helper()
	var out []string
	err := d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) (err error) {
		out, err = db.Pluck[string](ctx, tx, "SELECT name FROM note ORDER BY id")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func write(t *testing.T, d *db.DB, fn func(ctx context.Context, tx *db.Tx) error) {
	t.Helper()
	if err := d.Write(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func TestValuesComeBackAsTheyWent(t *testing.T) {
	dbtest.Each(t, notes, func(t *testing.T, d *db.DB) {
		at := time.Date(2026, 11, 21, 18, 30, 0, 120_000_000, time.FixedZone("JST", 9*3600))
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			n, err := tx.Exec(ctx, "INSERT INTO note (name, seen, at) VALUES (?, ?, ?), ('b', ?, NULL)", "a?", true, at, false)
			if n != 2 {
				t.Errorf("%d rows affected, want 2", n)
			}
			return err
		})
		err := d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			var (
				id        int64
				name, raw string
				seen      bool
				back      time.Time
				none      db.NullTime
			)
			if err := tx.QueryRow(ctx, "SELECT id, name, seen, at, at FROM note WHERE name = ?", "a?").Scan(&id, &name, &seen, &back, &raw); err != nil {
				return err
			}
			if id != 1 || name != "a?" || !seen || !back.Equal(at) || raw != "2026-11-21T09:30:00.120Z" {
				t.Errorf("got %d %q %v %v %q", id, name, seen, back, raw)
			}
			if err := tx.QueryRow(ctx, "SELECT seen, at FROM note WHERE name = 'b'").Scan(&seen, &none); err != nil {
				return err
			}
			if seen || none.Valid {
				t.Errorf("got %v %v, want false and NULL", seen, none)
			}
			if err := tx.QueryRow(ctx, "SELECT id FROM note WHERE name = ?", "c").Scan(&id); !errors.Is(err, db.ErrNoRows) {
				t.Errorf("got %v, want ErrNoRows", err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
