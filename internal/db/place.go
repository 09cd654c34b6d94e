package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5/stdlib"
)

// Exists reports whether there is a database where o says: a file, or a schema with anything in it.
func Exists(ctx context.Context, o Options) (there bool, err error) {
	if path, ok := o.file(); ok {
		_, err := os.Lstat(path)
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil
		}
		return err == nil, err
	}
	err = onServer(ctx, o, func(pool *sql.DB) error {
		return pool.QueryRowContext(ctx, `
			SELECT EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1)`, o.Schema).Scan(&there)
	})
	return there, err
}

// Move gives a database that nobody has open the place of another one that does not exist yet: all of it is there, or
// nothing. Both are files of one disk, or schemas of one server.
//
// Errors: fs.ErrExist when there is another one.
func Move(ctx context.Context, from, to Options) error {
	there, err := Exists(ctx, to)
	if err == nil && there {
		err = fs.ErrExist
	}
	if err != nil {
		return fmt.Errorf("db: move: %w", err)
	}
	if path, ok := from.file(); ok {
		target, _ := to.file()
		if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
			return fmt.Errorf("db: move: %s is in use", path)
		}
		return os.Rename(path, target)
	}
	return onServer(ctx, from, func(pool *sql.DB) error {
		_, err := pool.ExecContext(ctx, `DROP SCHEMA IF EXISTS "`+to.Schema+`"; ALTER SCHEMA "`+from.Schema+`" RENAME TO "`+to.Schema+`"`)
		return err
	})
}

// Drop removes a database that nobody has open. One that is not there is no error.
func Drop(ctx context.Context, o Options) error {
	if path, ok := o.file(); ok {
		var all []error
		for _, name := range []string{path, path + "-wal", path + "-shm", path + ".lock"} {
			if err := os.Remove(name); !errors.Is(err, fs.ErrNotExist) {
				all = append(all, err)
			}
		}
		return errors.Join(all...)
	}
	return onServer(ctx, o, func(pool *sql.DB) error {
		_, err := pool.ExecContext(ctx, `DROP SCHEMA IF EXISTS "`+o.Schema+`" CASCADE`)
		return err
	})
}

// file is the path of a SQLite database.
func (o Options) file() (path string, ok bool) {
	rest, ok := strings.CutPrefix(o.URL, "sqlite:")
	return filepath.Clean(rest), ok
}

// onServer runs fn on a connection to the server that o names, whether or not the schema is there.
func onServer(ctx context.Context, o Options, fn func(pool *sql.DB) error) error {
	if !schemaName.MatchString(o.Schema) {
		return fmt.Errorf("db: %q cannot be the name of a schema", o.Schema)
	}
	config, err := postgresConfig(o)
	if err != nil {
		return fmt.Errorf("db: %w", err)
	}
	pool := stdlib.OpenDB(*config)
	defer pool.Close()
	if err := fn(pool); err != nil {
		return fmt.Errorf("db: schema %s: %w", o.Schema, err)
	}
	return nil
}
