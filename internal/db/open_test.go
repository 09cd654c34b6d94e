package db_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
)

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	open := dbtest.OpenOptions(t, notes, db.Options{URL: "sqlite:" + dir + "/open.db"})
	text := filepath.Join(dir, "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	foreign := filepath.Join(dir, "foreign.db")
	makeForeign(t, foreign)
	for _, tc := range []struct{ url, schema, want string }{
		{"sqlite:" + dir + "/open.db", "", "in use by another process"},
		{"sqlite:" + text, "", "not a database"},
		{"sqlite:" + foreign, "", "not an Engawa database"},
		{"sqlite:" + dir + "/none/site.db", "", "no such file"},
		{"sqlite:", "", "names no file"},
		{"mysql://localhost/x", "", "must begin with sqlite: or postgres:"},
		{"postgres://localhost/x", `x"; DROP`, "cannot be the name of a schema"},
	} {
		d, err := db.Open(t.Context(), db.Options{URL: tc.url, Schema: tc.schema})
		if err == nil {
			d.Close()
		}
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %q", tc.url, err, tc.want)
		}
	}
	if err := open.Close(); err != nil {
		t.Fatal(err)
	}
	dbtest.OpenOptions(t, notes, db.Options{URL: "sqlite:" + dir + "/open.db"}) // free again
}

// makeForeign makes a SQLite file of another program.
func makeForeign(t *testing.T, path string) {
	t.Helper()
	c, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Exec("CREATE TABLE theirs (id INTEGER)"); err != nil {
		t.Fatal(err)
	}
}

func TestSettingsOfTheFile(t *testing.T) {
	d := dbtest.OpenOptions(t, notes, db.Options{URL: "sqlite:" + t.TempDir() + "/odd ?#%20name.db"})
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "temp_store": "2"} {
		for _, transaction := range []func(context.Context, func(context.Context, *db.Tx) error) error{d.Read, d.Write} {
			err := transaction(t.Context(), func(ctx context.Context, tx *db.Tx) error {
				var got string
				err := tx.QueryRow(ctx, "PRAGMA "+pragma).Scan(&got)
				if got != want {
					t.Errorf("%s is %s, want %s", pragma, got, want)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		}
	}
}

func TestFullTextIsBuiltIn(t *testing.T) {
	d := dbtest.Open(t, nil)
	write(t, d, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, "CREATE VIRTUAL TABLE words USING fts5 (body, detail=none)")
		return err
	})
}

func TestPing(t *testing.T) {
	dbtest.Each(t, nil, func(t *testing.T, d *db.DB) {
		if err := d.Ping(t.Context()); err != nil {
			t.Error(err)
		}
		d.Close()
		if err := d.Ping(t.Context()); err == nil {
			t.Error("a closed database answers")
		}
	})
}

func TestOnlyTheServersUserReadsTheDatabase(t *testing.T) {
	path := t.TempDir() + "/site.db"
	d, err := db.Open(context.Background(), db.Options{URL: "sqlite:" + path})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for _, file := range []string{path, path + "-wal"} {
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v", file, info.Mode())
		}
	}
}
