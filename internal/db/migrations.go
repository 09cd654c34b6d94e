package db

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
)

// migrations is a set of migration files as one dialect sees it: of NAME.sqlite.sql and NAME.postgres.sql only its own,
// named NAME.sql, and with the holes for types filled.
type migrations struct {
	files    map[string]string
	versions []int64
}

// loadMigrations reads those up to a version.
func loadMigrations(fsys fs.FS, d Dialect, newest int64) (*migrations, error) {
	names, err := fs.Glob(fsys, "*.sql")
	if err != nil {
		return nil, err
	}
	m := &migrations{files: make(map[string]string)}
	types := strings.NewReplacer(
		"{identity}", d.IdentityColumn(),
		"{text}", d.TextType(),
		"{number}", d.NumberType(),
		"{blob}", d.BlobType(),
	)
	for _, name := range names {
		base, variant, _ := strings.Cut(strings.TrimSuffix(name, ".sql"), ".")
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
		if _, twice := m.files[base+".sql"]; twice {
			return nil, fmt.Errorf("%s: there are two of %s", name, base)
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		if !bytes.Contains(text, []byte("-- +goose Up")) {
			text = append([]byte("-- +goose Up\n"), text...)
		}
		m.files[base+".sql"] = types.Replace(string(text))
		m.versions = append(m.versions, version)
	}
	return m, nil
}

// Glob and Open make m the file system that goose reads: one folder of small files.
func (m *migrations) Glob(pattern string) ([]string, error) {
	var names []string
	for name := range m.files {
		if ok, err := path.Match(pattern, name); err != nil {
			return nil, err
		} else if ok {
			names = append(names, name)
		}
	}
	return names, nil
}

func (m *migrations) Open(name string) (fs.File, error) {
	text, ok := m.files[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &migrationFile{strings.NewReader(text), name}, nil
}

// migrationFile is an open migration, and its own fs.FileInfo.
type migrationFile struct {
	*strings.Reader
	name string
}

func (f *migrationFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *migrationFile) Close() error               { return nil }
func (f *migrationFile) Name() string               { return f.name }
func (f *migrationFile) Mode() fs.FileMode          { return 0o444 }
func (f *migrationFile) ModTime() time.Time         { return time.Time{} }
func (f *migrationFile) IsDir() bool                { return false }
func (f *migrationFile) Sys() any                   { return nil }
