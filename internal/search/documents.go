// Package search makes found what records do not hold themselves: the words of the files attached to them.
//
// It decides nothing about who may find what: a query finds a file through the field it is in (record).
package search

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/extract"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/file"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/record"
)

// kind is the job that reads one file, and maxSize the largest that is read, in bytes.
const (
	kind    = "file.read"
	maxSize = 100 << 20
)

// Documents reads the files that records get, after they got them.
type Documents struct {
	apps  *app.Apps
	files *file.Files
	log   *slog.Logger
}

// NewDocuments returns a reader of the files kept in files.
func NewDocuments(apps *app.Apps, files *file.Files, log *slog.Logger) *Documents {
	return &Documents{apps, files, log}
}

// Register has r bring what is written and do the reading.
func (d *Documents) Register(r *job.Runner) {
	r.Receive("search", d.receive, "record.added", "record.updated")
	r.Work(kind, job.Decoded(d.work))
}

// reading is the payload of a job.
type reading struct {
	File id.File `json:"file"`
}

// receive has every file read that records got.
func (d *Documents) receive(ctx context.Context, tx *db.Tx, events []job.Event) error {
	apps := d.apps.Lives(tx)
	for _, ev := range events {
		var e record.Event
		if err := ev.Decode(&e); err != nil {
			return err
		}
		l, err := apps.Of(ctx, e.App)
		if errs.KindOf(err) == errs.NotFound {
			continue // deleted in the meantime
		}
		if err != nil {
			return err
		}
		if !hasFiles(l.Settings.Form) {
			continue
		}
		list, err := d.files.Unread(ctx, tx, e.App, e.Records)
		if err != nil {
			return err
		}
		for _, f := range list {
			if _, err := job.Enqueue(ctx, tx, kind, reading{f}, job.Options{Key: id.String(f), MaxAttempts: 3}); err != nil {
				return err
			}
		}
	}
	return nil
}

func hasFiles(form []*field.Field) bool {
	for _, f := range form {
		if f.Type == field.File || hasFiles(f.Fields) {
			return true
		}
	}
	return false
}

// work reads one file. One that cannot be read has no words: it is found by its name.
func (d *Documents) work(ctx context.Context, _ *job.Job, r reading) error {
	f, ok, err := d.files.Attached(ctx, r.File)
	if err != nil || !ok {
		return err
	}
	words, err := d.words(ctx, f)
	if errors.Is(err, extract.ErrUnreadable) {
		d.log.Info("file cannot be read", "file", f.ID, "error", err)
		words, err = "", nil
	}
	if err != nil {
		return err
	}
	return d.files.SetWords(ctx, f, words)
}

func (d *Documents) words(ctx context.Context, f file.File) (string, error) {
	if f.Size > maxSize {
		return "", nil
	}
	content, err := d.files.Content(ctx, f)
	if err != nil {
		return "", fmt.Errorf("search: file %d: %w", f.ID, err)
	}
	defer content.Close() //nolint:errcheck // it was only read
	if local, ok := content.(*os.File); ok {
		return extract.Words(ctx, local)
	}
	return elsewhere(ctx, content)
}

// elsewhere reads content that is not a file of this machine, by way of one.
func elsewhere(ctx context.Context, content io.Reader) (words string, err error) {
	tmp, err := os.CreateTemp("", "engawa-read-*")
	if err != nil {
		return "", fmt.Errorf("search: %w", err)
	}
	defer func() { err = errors.Join(err, tmp.Close(), os.Remove(tmp.Name())) }()
	if _, err := io.Copy(tmp, content); err != nil {
		return "", fmt.Errorf("search: %w", err)
	}
	return extract.Words(ctx, tmp)
}
