package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/file"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/words"
)

// batch is how many lines are stored in one transaction, and batchBytes about how many bytes of them at most.
const (
	batch      = 1000
	batchBytes = 8 << 20
)

// Restore fills an empty database, which has never been migrated, and an empty folder with what the backup holds. The
// tables are made as they were at the backup's version, filled, compared with its sums, and then brought up to date; the
// tables of records follow from the settings of their apps. In the end all is read once more and compared.
//
// When it fails site is of no use: the caller throws it away.
func (a *Archive) Restore(ctx context.Context, site Site, progress Progress) error {
	if progress == nil {
		progress = func(string, int64) {}
	}
	l := &loader{Archive: a, ctx: ctx, site: site, progress: progress}
	if err := l.prepare(); err != nil {
		return err
	}
	if err := a.walk(ctx, l); err != nil {
		return err
	}
	if err := file.New(site.DB, site.Files).IndexWords(ctx); err != nil {
		return err
	}
	return words.Settle(ctx, site.DB)
}

// loader is the visitor that stores what it sees.
type loader struct {
	*Archive
	ctx      context.Context
	site     Site
	progress Progress
	apps     []app.Kept // once the tables are filled
	settled  bool
	pending  func() error // stores the lines of the present stream that are not stored yet
	done     int64
}

// prepare makes the tables, without the rows that every new site has.
func (l *loader) prepare() error {
	if err := l.site.DB.MigrateTo(l.ctx, l.migrations, l.Summary.Schema); err != nil {
		return err
	}
	return l.site.DB.Write(l.ctx, func(ctx context.Context, tx *db.Tx) error {
		for _, t := range slices.Backward(l.tables) {
			if err := tx.Empty(ctx, t); err != nil {
				return err
			}
		}
		return nil
	})
}

func (l *loader) header(h Header) error {
	if h != l.Summary.Header {
		return errDamaged // the file was changed since it was checked
	}
	return nil
}

func (l *loader) secret([]byte) error { return nil }

// object stores a file; those that no row of the snapshot names stay out.
func (l *loader) object(key string, _ int64, r io.Reader) error {
	want, named := l.files[key]
	if !named {
		return nil
	}
	got, err := l.site.Files.PutBack(l.ctx, key, r, maxObject)
	if err != nil {
		return err
	}
	if (object{got.Key, got.Size, got.SHA256}) != want {
		return errDamaged
	}
	l.count("files")
	return nil
}

func (l *loader) count(what string) {
	l.done++
	l.progress(what, l.done)
}

func (l *loader) file() (func([]byte) error, error) {
	return func([]byte) error { return nil }, nil
}

func (l *loader) table(name string) (func([]byte) error, error) {
	i := slices.IndexFunc(l.tables, func(t db.Table) bool { return t.Name == name })
	if i < 0 {
		return nil, errDamaged
	}
	t := l.tables[i]
	if err := l.flush(); err != nil {
		return nil, err
	}
	var self [][]any // rows that refer to others of the table
	add, flush := batches(func(line []byte) ([]any, error) { return parseRow(t, line) }, func(rows [][]any) error {
		for _, row := range rows {
			if slices.ContainsFunc(t.Columns, func(c db.Column) bool { return c.Self }) {
				self = append(self, row)
			}
			l.count("tables")
		}
		return l.site.DB.Write(l.ctx, func(ctx context.Context, tx *db.Tx) error { return tx.CopyIn(ctx, t, rows) })
	})
	l.pending = func() error {
		if err := flush(); err != nil || len(self) == 0 {
			return err
		}
		return l.site.DB.Write(l.ctx, func(ctx context.Context, tx *db.Tx) error { return tx.CopySelf(ctx, t, self) })
	}
	return add, nil
}

func (l *loader) app(name string) (func([]byte) error, error) {
	if err := l.settle(); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(l.apps, func(a app.Kept) bool { return id.String(a.App) == name })
	if i < 0 {
		return nil, fmt.Errorf("backup: there are records of app %s, but no such app", name)
	}
	parse := func(line []byte) (c record.Copy, err error) { return c, decode(line, &c) }
	add, flush := batches(parse, func(list []record.Copy) error {
		for range list {
			l.count("records")
		}
		return l.site.DB.Write(l.ctx, func(ctx context.Context, tx *db.Tx) error {
			return record.Tables{}.CopyIn(ctx, tx, l.apps[i], list)
		})
	})
	l.pending = flush
	return add, nil
}

// batches collects parsed lines, and stores some together.
func batches[T any](parse func([]byte) (T, error), store func([]T) error) (add func([]byte) error, flush func() error) {
	var list []T
	size := 0
	flush = func() error {
		if len(list) == 0 {
			return nil
		}
		err := store(list)
		list, size = list[:0], 0
		return err
	}
	add = func(line []byte) error {
		v, err := parse(line)
		if err != nil {
			return err
		}
		list, size = append(list, v), size+len(line)
		if len(list) < batch && size < batchBytes {
			return nil
		}
		return flush()
	}
	return add, flush
}

func (l *loader) flush() error {
	if l.pending == nil {
		return nil
	}
	err := l.pending()
	l.pending = nil
	return err
}

// settle ends the tables that are copied as they are: their numbers go on, their sums fit. Then they are brought up to
// date, and the tables of records are made.
func (l *loader) settle() error {
	if err := l.flush(); err != nil || l.settled {
		return err
	}
	l.settled = true
	err := l.site.DB.Write(l.ctx, func(ctx context.Context, tx *db.Tx) error {
		for i, t := range l.tables {
			if want := l.Archive.contents.Tables[i]; t.Numbered {
				if err := tx.SetLastID(ctx, t.Name, want.LastID); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := l.compareTables(); err != nil {
		return err
	}
	if err := l.site.DB.Migrate(l.ctx, l.migrations); err != nil {
		return err
	}
	return l.site.DB.Write(l.ctx, func(ctx context.Context, tx *db.Tx) error {
		if l.apps, err = app.ReadKept(ctx, tx); err != nil {
			return err
		}
		for _, a := range l.apps {
			if err := (record.Tables{}).Alter(ctx, tx, a.App, nil, a.Form); err != nil {
				return err
			}
		}
		return nil
	})
}

// contents ends the records.
func (l *loader) contents(c Contents) error {
	if err := l.settle(); err != nil {
		return err
	}
	if len(c.Records) != len(l.apps) {
		return errors.New("backup: the apps are not those whose records there are")
	}
	err := l.site.DB.Write(l.ctx, func(ctx context.Context, tx *db.Tx) error {
		for i, a := range l.apps {
			if a.App != c.Records[i].App {
				return fmt.Errorf("backup: there are no records of app %d", a.App)
			}
			if err := (record.Tables{}).SetNumbers(ctx, tx, a, c.Records[i].LastIDs); err != nil {
				return err
			}
		}
		return app.EmitLinks(ctx, tx)
	})
	if err != nil {
		return err
	}
	return l.compareRecords(c)
}
