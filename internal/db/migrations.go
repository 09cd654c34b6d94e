package db

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/pressly/goose/v3"
)

// migrations is a set of migration files as one dialect sees it, by version: of NAME.sqlite.sql and NAME.postgres.sql
// only its own, and with the holes for types filled.
type migrations map[int64]string

// loadMigrations reads those up to a version.
func loadMigrations(fsys fs.FS, d Dialect, newest int64) (migrations, error) {
	names, err := fs.Glob(fsys, "*.sql")
	if err != nil {
		return nil, err
	}
	m := make(migrations)
	types := strings.NewReplacer(
		"{identity}", d.IdentityColumn(),
		"{text}", d.TextType(),
		"{number}", d.NumberType(),
		"{blob}", d.BlobType(),
	)
	for _, name := range names {
		_, variant, _ := strings.Cut(strings.TrimSuffix(name, ".sql"), ".")
		if variant != "" && variant != d.Name() {
			continue
		}
		version, err := goose.NumericComponent(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if version > newest {
			continue
		}
		if _, twice := m[version]; twice {
			return nil, fmt.Errorf("%s: there are two of %d", name, version)
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		m[version] = types.Replace(string(text))
	}
	return m, nil
}

// newest is the highest version, 0 if there is none.
func (m migrations) newest() int64 {
	return slices.Max(append(slices.Collect(maps.Keys(m)), 0))
}

// steps are the migrations as goose runs them, in no order. Each file is one call: the databases take it apart themselves,
// while goose would allot megabytes for every line to do so.
func (m migrations) steps() []*goose.Migration {
	var steps []*goose.Migration
	for version, text := range m {
		run := func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, text)
			return err
		}
		steps = append(steps, goose.NewGoMigration(version, &goose.GoFunc{RunTx: run}, nil))
	}
	return steps
}
