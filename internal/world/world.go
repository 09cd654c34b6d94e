// Package world builds small sites for tests: users, apps from a line of text, records from another, and what somebody
// sees of them. The stores are the real ones.
//
// It is for tests of packages above record only, and knows no feature.
package world

import (
	"context"
	"io"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/blob"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
	"github.com/engawa/engawa/internal/file"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/space"
	"github.com/engawa/engawa/migrations"
)

// World is a fresh site of the company 株式会社青葉, closed when its test ends.
type World struct {
	T       testing.TB
	DB      *db.DB
	People  *identity.Service
	Apps    *app.Apps
	Records *record.Records
	Files   *file.Files
	Spaces  *space.Spaces // nil in a world that a test has built itself, as Blobs is
	Blobs   *blob.Folder  // behind Files
	Jobs    *job.Runner   // does nothing until Drain or Work
	Root    Person        // the first administrator

	mu  sync.Mutex
	now time.Time
}

// Began is when every world begins.
var Began = time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)

// rootPassword is the first administrator's; others have "password of CODE".
const rootPassword = "password of root"

// New returns a world on SQLite in memory.
func New(t testing.TB) *World {
	t.Helper()
	return build(t, db.Options{URL: "sqlite::memory:"})
}

// Each runs body on every database there is, each time in a world of its own.
func Each(t *testing.T, body func(t *testing.T, w *World)) {
	t.Helper()
	dbtest.EachOptions(t, func(t *testing.T, o db.Options) { body(t, build(t, o)) })
}

// EachWithin is Each where a read that is somebody's (see db.Whose) ends after within.
func EachWithin(t *testing.T, within time.Duration, body func(t *testing.T, w *World)) {
	t.Helper()
	dbtest.EachOptions(t, func(t *testing.T, o db.Options) {
		o.ReadWithin = within
		body(t, build(t, o))
	})
}

// Measure is Each for benchmarks, on databases that last.
func Measure(b *testing.B, body func(b *testing.B, w *World)) {
	b.Helper()
	dbtest.Measure(b, func(b *testing.B, o db.Options) { body(b, build(b, o)) })
}

// Keep is Measure on databases that outlive the benchmark (see dbtest.Keep): what it has made there, it finds again.
func Keep(b *testing.B, folder, name string, body func(b *testing.B, w *World)) {
	b.Helper()
	dbtest.Keep(b, folder, name, func(b *testing.B, o db.Options) { body(b, build(b, o)) })
}

// On returns a world on a site that a test has built itself, a server's for example. The test sees to it that root is its
// administrator; its time is the real one.
func On(t testing.TB, d *db.DB, people *identity.Service, apps *app.Apps, records *record.Records, files *file.Files) *World {
	t.Helper()
	w := &World{T: t, DB: d, People: people, Apps: apps, Records: records, Files: files, now: time.Now()}
	w.Root = w.person("root")
	return w
}

func build(t testing.TB, o db.Options) *World {
	t.Helper()
	return raise(t, o, t.TempDir(), Began)
}

// raise builds a site whose files are in a folder, or opens the one that is there.
func raise(t testing.TB, o db.Options, folder string, now time.Time) *World {
	t.Helper()
	w := &World{T: t, now: now}
	o.Clock = w.Now
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	w.DB = dbtest.OpenOptions(t, migrations.FS, o)
	var err error
	w.People, err = identity.New(w.ctx(), w.DB, identity.Options{Shared: !w.DB.Exclusive(), HashMemory: 64, Clock: w.Now, Log: log})
	w.ok(err)
	blobs, err := blob.Open(folder)
	w.ok(err)
	w.Blobs, w.Files = blobs, file.New(w.DB, blobs)
	w.Spaces = space.New(w.DB, w.People, w.Files)
	w.Apps = app.New(w.DB, record.Tables{}, w.People, w.Files, w.Spaces)
	w.People.Refer(w.Apps)
	w.Records = record.New(w.DB, w.Apps, w.Files, w.People)
	w.Jobs = job.New(w.DB, job.Config{Pause: time.Millisecond, Log: log})
	w.Records.Register(w.Jobs)
	w.Apps.Register(w.Jobs)
	w.Records.RegisterLinks(w.Jobs, w.People)
	_, err = w.People.SetUpUnattended(w.ctx(), identity.Setup{
		Name: "青木 愛子", Code: "root", Password: rootPassword, Company: "株式会社青葉", Locale: "ja", Timezone: "Asia/Tokyo",
	})
	w.ok(err)
	w.Root = w.person("root")
	return w
}

// Now is the world's time, which stands still.
func (w *World) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

// Pass moves the world's time on.
func (w *World) Pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// Drain delivers all events and runs all jobs.
func (w *World) Drain() {
	w.T.Helper()
	w.ok(w.Jobs.Drain(w.ctx()))
}

func (w *World) ctx() context.Context { return w.T.Context() }

func (w *World) ok(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}
