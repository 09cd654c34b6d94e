package server

import (
	"context"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
	"github.com/engawa/engawa/migrations"
)

// A site that has lived through every version has the same tables as one that is new.
func TestFreshEqualsUpgraded(t *testing.T) {
	var fresh, upgraded []string
	read := func(into *[]string) func(t *testing.T, d *db.DB) {
		return func(t *testing.T, d *db.DB) { *into = append(*into, schemaOf(t, d)) }
	}
	t.Run("fresh", func(t *testing.T) { dbtest.Each(t, migrations.FS, read(&fresh)) })
	t.Run("upgraded", func(t *testing.T) {
		dbtest.Each(t, nil, func(t *testing.T, d *db.DB) {
			names, err := fs.Glob(migrations.FS, "*.sql")
			if err != nil || len(names) < 5 {
				t.Fatal(names, err)
			}
			version := fstest.MapFS{}
			for i, name := range names {
				content, err := fs.ReadFile(migrations.FS, name)
				if err != nil {
					t.Fatal(err)
				}
				version[name] = &fstest.MapFile{Data: content}
				if i+1 < len(names) && names[i+1][:4] == name[:4] {
					continue // its other dialect belongs to the same version
				}
				if err := d.Migrate(t.Context(), version); err != nil {
					t.Fatalf("up to %s: %v", name, err)
				}
			}
			read(&upgraded)(t, d)
		})
	})
	for i := range fresh {
		if fresh[i] != upgraded[i] || strings.Count(fresh[i], "\n") < 20 {
			t.Errorf("fresh\n%s\nupgraded\n%s", fresh[i], upgraded[i])
		}
	}
}

// schemaOf describes all tables and indexes, a line each.
func schemaOf(t *testing.T, d *db.DB) string {
	t.Helper()
	query := `SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY 1`
	if d.Dialect().Name() == "postgres" {
		query = `
			SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') || ' ' || coalesce(collation_name, '') || ' ' || is_identity
			FROM information_schema.columns WHERE table_schema = current_schema()
			UNION ALL
			SELECT replace(indexdef, current_schema() || '.', '') FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1`
	}
	var lines []string
	err := d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) (err error) {
		lines, err = db.Pluck[string](ctx, tx, query)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}
