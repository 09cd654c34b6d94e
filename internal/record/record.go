// Package record is the one door to records: Open gives a Set, one app's records as one actor sees them,
// and every read and write is a method of Set. It also keeps what belongs to a record: its history,
// comments and trash.
//
// It does not decide who may see what (access), nor what a form is (app). The SQL that touches rows is in
// internal/table.
package record

import (
	"context"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/file"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/query"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// Records opens the records of a site.
type Records struct {
	db         *db.DB
	apps       *app.Apps
	files      *file.Files
	people     app.People
	planner    *table.Planner
	insertions table.Insertions
	lenses     lenses
	reports    *turnstile
}

// reportsAtOnce is how many reports are reckoned at a time: half of the connections that read where they are fewest.
const reportsAtOnce = 2

// New returns the records kept in d.
func New(d *db.DB, apps *app.Apps, files *file.Files, people app.People) *Records {
	return &Records{db: d, apps: apps, files: files, people: people, planner: table.NewPlanner(d.Dialect()), reports: newTurnstile(reportsAtOnce)}
}

// Tables makes the tables behind apps; it is an app.Tables.
type Tables struct{}

// Alter makes the record table of an app fit its form.
func (Tables) Alter(ctx context.Context, tx *db.Tx, a id.App, before, now []*field.Field) error {
	return table.Of(a, tx.Dialect()).Alter(ctx, tx, before, now)
}

// Holds reports whether a record of an app has v in f.
func (Tables) Holds(ctx context.Context, tx *db.Tx, a id.App, f *field.Field, v field.Value) (bool, error) {
	return table.Of(a, tx.Dialect()).Exists(ctx, tx, f, v, 0)
}

// Set is one app's records as one actor sees them. The zero Set opens nothing.
type Set struct {
	records   *Records
	who       access.Actor
	live      *app.Live
	lens      access.Lens
	view      *table.View        // of all fields of lens, if it is at hand
	directory identity.Directory // the users as they were when the Set was opened
	zone      *time.Location     // of the site: what is computed is the same whoever saves
}

// Open returns the records of an app for who.
//
// Errors: NotFound when there is no such app, or it was never deployed; Forbidden when who may do nothing in it.
func (r *Records) Open(ctx context.Context, who access.Actor, a id.App) (*Set, error) {
	dir, err := r.people.Directory(ctx)
	if err != nil {
		return nil, err
	}
	l, err := r.apps.Current(ctx, a)
	if err != nil {
		return nil, err
	}
	s := &Set{records: r, who: who, directory: dir, zone: dir.Site().Zone(), live: l}
	s.lens, s.view = r.lenses.of(r, who, l, dir)
	if s.lens.Verbs() == 0 {
		return nil, app.Closed(who)
	}
	return s, nil
}

// Narrow returns s with only the verbs, the rows and the fields that it shares with the arguments.
func (s *Set) Narrow(verbs access.Verbs, rows access.RowRules, fields ...id.Field) *Set {
	n := *s
	n.lens, n.view = s.lens.Narrow(verbs, rows, fields...), nil
	return &n
}

// App is the app whose records these are, with its live settings.
func (s *Set) App() *app.Live { return s.live }

// Lens is what the actor may see and do here.
func (s *Set) Lens() access.Lens { return s.lens }

// Actor is who looks.
func (s *Set) Actor() access.Actor { return s.who }

func (s *Set) form() []*field.Field { return s.live.Settings.Form }

func (s *Set) table() table.Table { return table.Of(s.live.ID, s.records.db.Dialect()) }

// need refuses an actor who may not do v in the app.
func (s *Set) need(v access.Verbs) error {
	if !s.lens.Can(v) {
		return s.refused()
	}
	return nil
}

func (s *Set) refused() error {
	if s.who.Kind() == access.KindToken {
		return errs.E(errs.Forbidden, "auth.tokenRight")
	}
	return errs.E(errs.Forbidden, "forbidden")
}

func notFound(record id.Record) error {
	return errs.E(errs.NotFound, "record.notFound", errs.Args{"id": id.String(record)})
}

// env is what values may depend on for this actor, now.
func (s *Set) env() *field.Env {
	return &field.Env{
		Directory: s.directory, Me: s.who.UserID(), For: s.directory.StandsInFor(s.who.UserID(), s.records.db.Now()), Primary: s.who.Primary(), Zone: s.who.Zone(), Now: s.records.db.Now(),
		Precision: s.live.Settings.Precision,
		Files:     func(string) (field.Attachment, bool) { return field.Attachment{}, false },
	}
}

// searchEnv is for queries that only the database is asked: they find files by their contents too.
func (s *Set) searchEnv() query.Env {
	e := s.queryEnv()
	e.Contents = true
	return e
}

func (s *Set) queryEnv() query.Env { return query.Env{Env: *s.env()} }

// Written is a record after a write.
type Written struct {
	ID       id.Record
	Revision int64
	Inserted bool // by an upsert

	come      rules // what it has come to match
	overtaken bool  // an upsert did not find it, and yet its key is there
}

// AnyRevision asks for no revision check.
const AnyRevision = -1
