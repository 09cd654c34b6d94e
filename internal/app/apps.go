package app

import (
	"context"
	"fmt"
	"strings"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/file"
	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/query"
	"github.com/engawa/engawa/internal/space"
)

// Tables makes and alters the tables that keep an app's records. Package record has them.
type Tables interface {
	// Alter makes the record table of app fit the fields of now; before is nil when there is none yet.
	Alter(ctx context.Context, tx *db.Tx, app id.App, before, now []*field.Field) error
	// Recompute has all records of app computed anew in the background. The formulas that they are for are told by the
	// fingerprint of their plan.
	Recompute(ctx context.Context, tx *db.Tx, app id.App, fingerprint string) error
	// Holds reports whether a record of app has v in f.
	Holds(ctx context.Context, tx *db.Tx, app id.App, f *field.Field, v field.Value) (bool, error)
	// Drop removes what is kept of a field for good; in is the table that it stands in, 0 is none.
	Drop(ctx context.Context, tx *db.Tx, app id.App, f *field.Field, in id.Field) error
	// Forget takes fields out of the history of records, in transactions of its own.
	Forget(ctx context.Context, d *db.DB, app id.App, fields []id.Field) error
}

// Apps opens the apps of a site.
type Apps struct {
	db     *db.DB
	tables Tables
	people People
	files  Files
	cache  cache
}

// People knows the site's users; identity.Service does.
type People interface {
	// Directory is the users as they are now.
	Directory(ctx context.Context) (identity.Directory, error)
}

// Files keeps the files that settings name; file.Files does.
type Files interface {
	// Keep takes an upload of who's into the settings of an app; its temporary key is used up.
	Keep(ctx context.Context, tx *db.Tx, who access.Actor, upload string, app id.App) (file.File, error)
}

// New returns the apps kept in d.
func New(d *db.DB, t Tables, people People, files Files, spaces *space.Spaces) *Apps {
	s := &Apps{db: d, tables: t, people: people, files: files, cache: cache{apps: map[id.App]*Live{}}}
	spaces.OnChange(s.spaceChanged)
	return s
}

// Create makes an app outside of all spaces; see CreateIn.
func (s *Apps) Create(ctx context.Context, who access.Actor, name string) (app id.App, revision int64, err error) {
	return s.CreateIn(ctx, who, name, Home{})
}

// CreateIn makes an app that only its creator sees until it is deployed. It has the five fields that every app
// has, named in the creator's language.
//
// Errors: Invalid when the name is not 1 to 64 characters; Forbidden for who is not a user, or may make no apps there;
// NotFound for a space or thread that is not there for who.
// Source: kintone REST API, "Add Preview App".
func (s *Apps) CreateIn(ctx context.Context, who access.Actor, name string, at Home) (app id.App, revision int64, err error) {
	if who.Kind() != access.KindUser && who.Kind() != access.KindSystem {
		return 0, 0, errs.E(errs.Forbidden, "forbidden")
	}
	var p errs.Fields
	checkName(name, "name", &p)
	if err := p.Err(); err != nil {
		return 0, 0, err
	}
	st := newSettings(name, who.Lang())
	err = s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		a := App{Creator: who.UserID(), Preview: st.Revision}
		if a.Space, err = mayKeep(ctx, tx, who, &at); err != nil {
			return err
		}
		a.Thread = at.Thread
		if err := addApp(ctx, tx, &a); err != nil {
			return fmt.Errorf("app: create: %w", err)
		}
		app = a.ID
		return writeSettings(ctx, tx, a.ID, preview, st)
	})
	return app, st.Revision, err
}

func newSettings(name string, lang i18n.Lang) *Settings {
	st := &Settings{Revision: 2, Name: name, Icon: Icon{Type: "PRESET", Key: "APP39"}, Theme: "WHITE", AppRules: defaultRules()}
	st.Form, st.NextField = newForm(lang)
	st.addSwitchedFields(lang)
	return st
}

func checkName(name, path string, p *errs.Fields) {
	if n := len([]rune(name)); n > 64 || strings.TrimSpace(name) == "" {
		p.Add(path, "param.nameLength")
	}
}

// Handle is one app as one actor may handle it. The zero Handle opens nothing.
type Handle struct {
	apps  *Apps
	who   access.Actor
	app   App
	verbs access.Verbs
}

// Open returns the app for who.
//
// Errors: NotFound when there is none, or when it was never deployed and who may not manage it;
// Forbidden when who may do nothing in it.
func (s *Apps) Open(ctx context.Context, who access.Actor, app id.App) (*Handle, error) {
	h := &Handle{apps: s, who: who}
	dir, err := s.people.Directory(ctx)
	if err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		if h.app, err = readApp(ctx, tx, app); err != nil {
			return err
		}
		env := live
		if h.app.Live == 0 {
			env = preview
		}
		st, err := readSettings(ctx, tx, app, env)
		if err != nil {
			return err
		}
		h.verbs = st.verbs(who, h.app, dir)
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case h.app.Live == 0 && !h.verbs.Has(access.Manage):
		return nil, notFound(app)
	case h.verbs == 0:
		return nil, Closed(who)
	}
	return h, nil
}

// Closed is the error for somebody who may do nothing in an app: a program showed the token of another one.
// Source: kintone REST API, authentication by API token.
func Closed(who access.Actor) error {
	if who.Kind() == access.KindToken {
		return errs.E(errs.Invalid, "auth.tokenUnknown")
	}
	return errs.E(errs.Forbidden, "forbidden")
}

// App is the app itself.
func (h *Handle) App() App { return h.app }

// Verbs is what the actor may do in the app.
func (h *Handle) Verbs() access.Verbs { return h.verbs }

// Settings returns the live settings, for who may view or add records, or the preview ones, for who may
// manage the app. An app that was never deployed has no live settings: NotFound.
func (h *Handle) Settings(ctx context.Context, ofPreview bool) (st *Settings, err error) {
	env := live
	if ofPreview {
		env = preview
		err = h.need(access.Manage)
	} else if !h.verbs.Has(access.View) && !h.verbs.Has(access.Add) {
		err = h.need(access.Manage)
	}
	if err != nil {
		return nil, err
	}
	err = h.apps.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		st, err = readSettings(ctx, tx, h.app.ID, env)
		return err
	})
	return st, err
}

// Lens is how the actor sees the live form.
func (h *Handle) Lens(ctx context.Context, st *Settings) (access.Lens, error) {
	dir, err := h.apps.people.Directory(ctx)
	if err != nil {
		return access.Lens{}, err
	}
	return h.app.decide(h.who, st.Policy(h.app, h.apps.env(h.who, dir)), st), nil
}

func (h *Handle) need(v access.Verbs) error {
	if !h.verbs.Has(v) {
		if h.who.Kind() == access.KindToken {
			return errs.E(errs.Forbidden, "auth.tokenRight")
		}
		return errs.E(errs.Forbidden, "forbidden")
	}
	return nil
}

// env is what conditions in settings may depend on when they are compiled for who.
func (s *Apps) env(who access.Actor, dir identity.Directory) query.Env {
	return query.Env{Env: field.Env{Directory: dir, Me: who.UserID(), For: dir.StandsInFor(who.UserID(), s.db.Now()), Primary: who.Primary(), Zone: who.Zone(), Now: s.db.Now()}}
}
