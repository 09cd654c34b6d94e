package db

import (
	"context"
	"database/sql"
	"fmt"
	"hash/fnv"
	"io/fs"
	"log/slog"
	"math"
	"slices"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// Migrate brings the tables up to the newest file of fsys, in order, one transaction each. It is quick when there is
// nothing to do. Servers that start together on PostgreSQL take turns.
//
// Errors: a database that has seen a migration fsys does not hold belongs to a newer program and is refused unchanged.
func (d *DB) Migrate(ctx context.Context, fsys fs.FS) error {
	return d.MigrateTo(ctx, fsys, math.MaxInt64)
}

// MigrateTo is Migrate with the files up to a version only.
func (d *DB) MigrateTo(ctx context.Context, fsys fs.FS, version int64) error {
	m, err := loadMigrations(fsys, d.Dialect(), version)
	if err == nil {
		err = d.engine.migrate(ctx, m)
	}
	if err != nil {
		return fmt.Errorf("db: migrate: %w", err)
	}
	return nil
}

// Newest is the version of the newest file of fsys, whichever database it is for.
func Newest(fsys fs.FS) (version int64, err error) {
	for _, d := range []Dialect{sqliteDialect{}, postgresDialect{}} {
		m, err := loadMigrations(fsys, d, math.MaxInt64)
		if err != nil {
			return 0, err
		}
		version = max(version, m.newest())
	}
	return version, nil
}

// Current reports whether fsys is what the database was migrated with last.
func (d *DB) Current(ctx context.Context, fsys fs.FS) (current bool, err error) {
	m, err := loadMigrations(fsys, d.Dialect(), math.MaxInt64)
	if err != nil {
		return false, fmt.Errorf("db: %w", err)
	}
	err = d.Read(ctx, func(ctx context.Context, tx *Tx) error {
		tables, err := tx.Tables(ctx)
		if err != nil || !slices.ContainsFunc(tables, func(t Table) bool { return t.Name == VersionTable }) {
			return err
		}
		var version int64
		err = tx.QueryRow(ctx, "SELECT coalesce(max(version_id), 0) FROM "+VersionTable).Scan(&version)
		current = version == m.newest()
		return err
	})
	if err != nil {
		err = fmt.Errorf("db: version: %w", err)
	}
	return current, err
}

// VersionTable is the table in which the migrations are noted.
const VersionTable = "goose_db_version"

func (s *sqlite) migrate(ctx context.Context, m migrations) error {
	const exists = "SELECT count(*) FROM sqlite_master WHERE name = 'goose_db_version'"
	return m.apply(ctx, s.pool, exists, goose.DialectSQLite3)
}

func (p *postgres) migrate(ctx context.Context, m migrations) error {
	id := fnv.New64()
	id.Write([]byte("engawa migrate " + p.schema))
	turns, err := lock.NewPostgresSessionLocker(lock.WithLockID(int64(id.Sum64())))
	if err != nil {
		return err
	}
	const exists = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'goose_db_version'"
	return m.apply(ctx, p.pool, exists, goose.DialectPostgres, goose.WithSessionLocker(turns))
}

// apply runs what is missing in pool's database. exists is a query that counts goose's version table: goose would tell
// as much, but takes its time.
func (m migrations) apply(ctx context.Context, pool *sql.DB, exists string, d goose.Dialect, options ...goose.ProviderOption) error {
	seen, err := applied(ctx, pool, exists)
	if err != nil {
		return err
	}
	for _, version := range seen {
		if _, known := m[version]; !known {
			return fmt.Errorf("the database is newer than this program: it has migration %d, which is unknown here; "+
				"start the program it was last used with, or a later one", version)
		}
	}
	if len(seen) == len(m) {
		return nil
	}
	options = append(options, goose.WithGoMigrations(m.steps()...), goose.WithDisableGlobalRegistry(true), goose.WithSlog(slog.New(slog.DiscardHandler)))
	provider, err := goose.NewProvider(d, pool, nil, options...)
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

// applied returns the versions the database has, in no order; none if it has never been migrated.
func applied(ctx context.Context, pool *sql.DB, exists string) (versions []int64, err error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	var tables int
	if err := conn.QueryRowContext(ctx, exists).Scan(&tables); err != nil || tables == 0 {
		return nil, err
	}
	// goose itself adds a version 0.
	rows, err := conn.QueryContext(ctx, "SELECT version_id FROM goose_db_version WHERE version_id > 0")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var version int64
		if err := rows.Scan(&version); err != nil {
			return nil, err
		}
		versions = append(versions, version)
	}
	return versions, rows.Err()
}
