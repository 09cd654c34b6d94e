// Package dbtest opens databases for tests: SQLite in memory always, PostgreSQL when ENGAWA_TEST_POSTGRES holds the
// address of a server on which schemas may be made and dropped.
package dbtest

import (
	"context"
	"crypto/rand"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/db"
)

// PostgresVariable is the environment variable with the server's address.
const PostgresVariable = "ENGAWA_TEST_POSTGRES"

// Open returns a fresh SQLite database in memory with the tables of fsys, closed when t ends. A nil fsys makes no
// tables.
func Open(t testing.TB, fsys fs.FS) *db.DB {
	t.Helper()
	return OpenOptions(t, fsys, db.Options{URL: "sqlite::memory:"})
}

// OpenOptions is Open for a database of the caller's choice.
func OpenOptions(t testing.TB, fsys fs.FS, o db.Options) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if fsys != nil {
		if err := d.Migrate(context.Background(), fsys); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// Each runs body as a subtest on every database there is, each time on fresh tables of fsys.
func Each(t *testing.T, fsys fs.FS, body func(t *testing.T, d *db.DB)) {
	t.Helper()
	EachOptions(t, func(t *testing.T, o db.Options) { body(t, OpenOptions(t, fsys, o)) })
}

// EachOptions runs body as a subtest for every kind of database, with options that name a fresh and empty one. A test
// that opens its database again, or in several processes, starts here.
func EachOptions(t *testing.T, body func(t *testing.T, o db.Options)) {
	t.Helper()
	t.Run("memory", func(t *testing.T) { body(t, db.Options{URL: "sqlite::memory:"}) })
	EachLasting(t, body)
}

// EachLasting is EachOptions without the database in memory, which ends when it is closed.
func EachLasting(t *testing.T, body func(t *testing.T, o db.Options)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { body(t, db.Options{URL: "sqlite:" + t.TempDir() + "/site.db"}) })
	t.Run("postgres", func(t *testing.T) {
		address := os.Getenv(PostgresVariable)
		if address == "" {
			t.Skip(PostgresVariable + " is not set")
		}
		o := db.Options{URL: address, Schema: "test_" + strings.ToLower(rand.Text()[:16])}
		t.Cleanup(func() { drop(t, o) })
		body(t, o)
	})
}

// Measure runs body as a sub-benchmark on every lasting kind of database.
func Measure(b *testing.B, body func(b *testing.B, o db.Options)) {
	b.Helper()
	b.Run("sqlite", func(b *testing.B) { body(b, db.Options{URL: "sqlite:" + b.TempDir() + "/site.db"}) })
	if address := os.Getenv(PostgresVariable); address != "" {
		b.Run("postgres", func(b *testing.B) {
			o := db.Options{URL: address, Schema: "bench_" + strings.ToLower(rand.Text()[:16])}
			b.Cleanup(func() { drop(b, o) })
			body(b, o)
		})
	}
}

// Keep is Measure on databases that outlive the benchmark: a file NAME.db in folder, and the schema kept_NAME.
func Keep(b *testing.B, folder, name string, body func(b *testing.B, o db.Options)) {
	b.Helper()
	b.Run("sqlite", func(b *testing.B) { body(b, db.Options{URL: "sqlite:" + filepath.Join(folder, name+".db")}) })
	if address := os.Getenv(PostgresVariable); address != "" {
		b.Run("postgres", func(b *testing.B) { body(b, db.Options{URL: address, Schema: "kept_" + name}) })
	}
}

// drop removes a schema, through a connection that has it as its own.
func drop(t testing.TB, o db.Options) {
	ctx := context.Background()
	d, err := db.Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	err = d.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, "DROP SCHEMA "+o.Schema+" CASCADE")
		return err
	})
	if err != nil {
		t.Errorf("drop %s: %v", o.Schema, err)
	}
}
