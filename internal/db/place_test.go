package db_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
)

// Who only reads does so beside the one that writes, sees one instant, and cannot write.
func TestReadOnly(t *testing.T) {
	dbtest.EachLasting(t, func(t *testing.T, o db.Options) {
		only := o
		only.ReadOnly = true
		if d, err := db.Open(t.Context(), only); err == nil {
			t.Fatal("a database that is not there was opened", d.Close())
		}
		if there, err := db.Exists(t.Context(), o); err != nil || there {
			t.Fatalf("the attempt made one: %v", err)
		}
		d := dbtest.OpenOptions(t, notes, o)
		add1 := func(name string) {
			write(t, d, func(ctx context.Context, tx *db.Tx) error { return add(ctx, tx, name) })
		}
		add1("one")
		r := dbtest.OpenOptions(t, nil, only)
		err := r.Read(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			for i := range 2 {
				if err := tx.Apart(ctx, func() error {
					var n int
					if err := tx.QueryRow(ctx, "SELECT count(*) FROM note").Scan(&n); err != nil || n != 1 {
						t.Errorf("%d notes, %v", n, err)
					}
					return nil
				}); err != nil {
					return err
				}
				add1(fmt.Sprint("more ", i))                             // without waiting for the reader
				write(t, d, func(ctx context.Context, tx *db.Tx) error { // nor for what he has read
					_, err := tx.Exec(ctx, fmt.Sprintf("ALTER TABLE note ADD COLUMN x%d BIGINT", i))
					return err
				})
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error { return add(ctx, tx, "three") }); err == nil {
			t.Error("it wrote")
		}
		if current, err := r.Current(t.Context(), notes); err != nil || !current {
			t.Errorf("not of this version: %v", err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
		add1("four")
		if got := len(names(t, d)); got != 4 {
			t.Errorf("%d notes in the end", got)
		}
	})
	foreign := filepath.Join(t.TempDir(), "foreign.db")
	if err := os.WriteFile(foreign, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if d, err := db.Open(t.Context(), db.Options{URL: "sqlite:" + foreign, ReadOnly: true}); err == nil {
		t.Error("a foreign file was opened", d.Close())
	}
}

// A database moves to a place where none is, whole, and is dropped whole.
func TestMoveAndDrop(t *testing.T) {
	dbtest.EachLasting(t, func(t *testing.T, to db.Options) {
		ctx, from := t.Context(), to
		from.URL, from.Schema = strings.Replace(to.URL, "site.db", "spare.db", 1), to.Schema+"_spare"
		fill := func(name string) {
			d, err := db.Open(ctx, from)
			if err != nil {
				t.Fatal(err)
			}
			if err := d.Migrate(ctx, notes); err != nil {
				t.Fatal(err)
			}
			write(t, d, func(ctx context.Context, tx *db.Tx) error { return add(ctx, tx, name) })
			if err := d.Close(); err != nil {
				t.Fatal(err)
			}
		}
		fill("moved")
		if err := db.Move(ctx, from, to); err != nil {
			t.Fatal(err)
		}
		if there, err := db.Exists(ctx, from); err != nil || there {
			t.Errorf("it is in both places: %v", err)
		}
		fill("second")
		if err := db.Move(ctx, from, to); !errors.Is(err, fs.ErrExist) {
			t.Errorf("a database was replaced: %v", err)
		}
		if err := errors.Join(db.Drop(ctx, from), db.Drop(ctx, from)); err != nil {
			t.Error(err)
		}
		if there, err := db.Exists(ctx, from); err != nil || there {
			t.Errorf("it was not dropped: %v", err)
		}
		d := dbtest.OpenOptions(t, notes, to)
		if got := strings.Join(names(t, d), " "); got != "moved" {
			t.Errorf("got %s", got)
		}
	})
}
