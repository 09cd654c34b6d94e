// Package transfer carries records in and out as files: a CSV or Excel file becomes an app with its records (Imports),
// and an app's records become a CSV (Export). Files nobody has described are read by package sheet.
//
// It writes records only through a record.Set, as the person who asked, so that what a file may do is what he may do.
package transfer

import (
	"context"
	"io"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/blob"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/record"
)

// MaxSize is how large a file may be, in bytes.
const MaxSize = 1 << 30

// Blobs keeps the files.
type Blobs interface {
	Put(ctx context.Context, r io.Reader, limit int64) (blob.Object, error)
	Open(ctx context.Context, key string) (io.ReadSeekCloser, error)
	Delete(ctx context.Context, key string) error
}

// People finds the person in whose name an import goes on after he has closed his browser.
type People interface {
	ActAs(ctx context.Context, user id.User) (who access.Actor, ok bool, err error)
}

// Imports are the files of a site that became, or may become, apps. An import is seen by whoever sent the file and by
// administrators; for everybody else it does not exist.
type Imports struct {
	db      *db.DB
	blobs   Blobs
	people  People
	apps    *app.Apps
	records *record.Records
}

// New returns the imports kept in d and b.
func New(d *db.DB, b Blobs, people People, apps *app.Apps, records *record.Records) *Imports {
	return &Imports{db: d, blobs: b, people: people, apps: apps, records: records}
}

// kind is that of the jobs that fill apps.
const kind = "transfer.import"

// payload is what such a job is given.
type payload struct {
	Import id.Import `json:"import"`
}

// Register has r do the imports' work.
func (s *Imports) Register(r *job.Runner) { r.Work(kind, job.Decoded(s.work)) }

// Finished is the event import.finished: a file has become an app.
type Finished struct {
	Import id.Import `json:"import"`
	App    id.App    `json:"app"`
	By     id.User   `json:"by"`
}

// user refuses whoever is not a person with an account.
func user(who access.Actor) error {
	if who.Kind() != access.KindUser {
		return errs.E(errs.Forbidden, "forbidden")
	}
	return nil
}

func notFound(n id.Import) error {
	return errs.E(errs.NotFound, "import.notFound", errs.Args{"id": id.String(n)})
}
