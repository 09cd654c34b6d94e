package backup

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
)

// Options are how a backup is written.
type Options struct {
	Passphrase string // "": not encrypted
	Program    string // version of the program
	Schema     int64  // of the site's database
	Progress   Progress
	work       int // of the passphrase, a power of two; 0: as recommended
}

// Write writes a site as it is at one instant, while others work on it.
//
// Files are written first, before that instant, for there may be many and they never change. Then one snapshot of the
// database is read, with the files that came meanwhile. A file that is gone then was deleted in between, and a later
// snapshot does not name it any more; if that one does too, the file was lost long ago (Summary.Missing).
func Write(ctx context.Context, out io.Writer, site Site, o Options) (Summary, error) {
	s, err := newSealer(out, o)
	if err != nil {
		return Summary{}, err
	}
	w := &siteWriter{
		Site: site, o: o, writer: writer{tar: tar.NewWriter(s), at: site.DB.Now()},
		files: map[string]object{}, lost: map[string]bool{},
	}
	h := Header{Format: format, Program: o.Program, Database: site.DB.Dialect().Name(), Schema: o.Schema, CreatedAt: w.at}
	if err := w.site(ctx, h); err != nil {
		return Summary{}, err
	}
	if err := errors.Join(w.tar.Close(), s.Close()); err != nil {
		return Summary{}, fmt.Errorf("backup: %w", err)
	}
	sum := w.contents.summary(h, w.bytes)
	sum.Secret = len(w.Secret) > 0
	return sum, nil
}

// siteWriter writes one backup.
type siteWriter struct {
	Site
	writer
	o        Options
	files    map[string]object // that are written
	bytes    int64
	lost     map[string]bool // keys that an earlier snapshot named, without a file
	contents Contents
}

// errGone is that a file is named which may have been deleted since.
var errGone = errors.New("backup: a file was deleted meanwhile")

func (w *siteWriter) site(ctx context.Context, h Header) error {
	if err := w.json(headerName, h); err != nil {
		return err
	}
	if len(w.Secret) > 0 {
		if err := w.entry(secretName, int64(len(w.Secret)), bytes.NewReader(w.Secret)); err != nil {
			return err
		}
	}
	keys, err := w.keys(ctx)
	if err != nil {
		return err
	}
	if err := w.objects(ctx, keys); err != nil && !errors.Is(err, errGone) {
		return err
	}
	for err = errGone; errors.Is(err, errGone); {
		err = w.snapshot(ctx)
	}
	if err != nil {
		return err
	}
	return w.json(contentsName, w.contents)
}

// keys are those of the files that the site names now.
func (w *siteWriter) keys(ctx context.Context) (keys []string, err error) {
	err = w.DB.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		tables, err := tx.Tables(ctx)
		if err != nil {
			return err
		}
		keys, err = blobKeys(ctx, tx, kept(tables))
		return err
	})
	return keys, err
}

// blobKeys are the keys that some tables name, each once, in order.
func blobKeys(ctx context.Context, tx *db.Tx, tables []db.Table) ([]string, error) {
	var keys []string
	for _, t := range tables {
		c, ok := t.Column(blobColumn)
		if !ok {
			continue
		}
		t.Columns = []db.Column{c}
		err := tx.CopyOut(ctx, t, func(row []any) error {
			if key, ok := row[0].(string); ok {
				keys = append(keys, key)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys), nil
}

// objects writes the files with some keys that are not written yet. Those that are not there are lost, or gone: errGone, if
// any was not known to be.
func (w *siteWriter) objects(ctx context.Context, keys []string) error {
	gone := false
	for _, key := range keys {
		if _, done := w.files[key]; done {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		err := w.object(ctx, key)
		if errs.KindOf(err) == errs.NotFound {
			gone = gone || !w.lost[key]
			w.lost[key] = true
			continue
		}
		if err != nil {
			return err
		}
		w.progress("files", int64(len(w.files)))
	}
	if gone {
		return errGone
	}
	return nil
}

func (w *siteWriter) object(ctx context.Context, key string) error {
	f, err := w.Files.Open(ctx, key)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	size, err := f.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return fmt.Errorf("backup: file %s: %w", key, err)
	}
	sum := sha256.New()
	if err := w.entry(filesFolder+key, size, io.TeeReader(f, sum)); err != nil {
		return err
	}
	w.files[key] = object{key, size, hex.EncodeToString(sum.Sum(nil))}
	return nil
}

// snapshot writes the rows of one instant.
func (w *siteWriter) snapshot(ctx context.Context) error {
	begun := false
	return w.DB.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		if begun { // the database would have it begin again, but rows were written
			return errors.New("backup: the database broke the snapshot off; try again")
		}
		all, err := tx.Tables(ctx)
		if err != nil {
			return err
		}
		tables := kept(all)
		keys, err := blobKeys(ctx, tx, tables)
		if err != nil {
			return err
		}
		if err := w.objects(ctx, keys); err != nil {
			return err
		}
		begun = true
		if err := w.list(keys); err != nil {
			return err
		}
		for _, t := range tables {
			if err := tx.Apart(ctx, func() error { return w.table(ctx, tx, t) }); err != nil {
				return err
			}
		}
		return w.records(ctx, tx)
	})
}

// list writes which files belong to the snapshot: more may have been written.
func (w *siteWriter) list(keys []string) (err error) {
	l := w.lines(listFolder, listStream)
	for _, key := range keys {
		o, there := w.files[key]
		if !there {
			w.contents.Missing = append(w.contents.Missing, key)
			continue
		}
		w.bytes += o.Size
		if err := l.add(appendJSON(l.buf, o)); err != nil {
			return err
		}
	}
	w.contents.Files, err = l.end()
	return err
}

func (w *siteWriter) table(ctx context.Context, tx *db.Tx, t db.Table) error {
	l := w.lines(tablesFolder, t.Name)
	err := tx.CopyOut(ctx, t, func(row []any) error {
		w.progress("tables", l.rows)
		return l.add(appendRow(l.buf, t, row))
	})
	if err != nil {
		return err
	}
	entry := Table{Name: t.Name}
	if entry.Stream, err = l.end(); err != nil {
		return err
	}
	if t.Numbered {
		if entry.LastID, err = tx.LastID(ctx, t.Name); err != nil {
			return err
		}
	}
	w.contents.Tables = append(w.contents.Tables, entry)
	return nil
}

func (w *siteWriter) records(ctx context.Context, tx *db.Tx) error {
	apps, err := app.ReadKept(ctx, tx)
	if err != nil {
		return err
	}
	done := int64(0)
	for _, a := range apps {
		l := w.lines(recordFolder, id.String(a.App))
		entry := App{App: a.App}
		err := tx.Apart(ctx, func() error {
			entry.LastIDs, err = record.Tables{}.CopyOut(ctx, tx, a, func(c record.Copy) error {
				done++
				w.progress("records", done)
				return l.add(appendRecord(l.buf, c))
			})
			return err
		})
		if err != nil {
			return err
		}
		if entry.Stream, err = l.end(); err != nil {
			return err
		}
		w.contents.Records = append(w.contents.Records, entry)
	}
	return nil
}

func (w *siteWriter) progress(what string, done int64) {
	if w.o.Progress != nil {
		w.o.Progress(what, done)
	}
}
