package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/job"
)

// around finds apps for an edit that runs in tx.
type around struct {
	ctx context.Context
	tx  *db.Tx
	h   *Handle
	own *Settings // being edited
	dir identity.Directory
}

// linked looks at what an app's managers edit, for those who manage it, and at what is live for others.
func (a around) linked(app id.App, code string) (*linked, error) {
	if code != "" {
		var err error
		if app, err = codeOwner(a.ctx, a.tx, strings.ToLower(code)); err != nil {
			return nil, err
		}
	}
	if app == a.h.app.ID {
		return &linked{app, a.own}, nil
	}
	_, lens, err := a.sight(app, false)
	if err == nil && lens.Can(access.Manage) {
		_, lens, err = a.sight(app, true)
	}
	if err != nil || !lens.Can(access.View) {
		return nil, err
	}
	return &linked{app, lens}, nil
}

// sight is an app as he sees it: live, unless it is asked for as it is edited, or was never live. What he may not view has
// neither settings nor a right in its lens.
func (a around) sight(app id.App, edited bool) (*Settings, access.Lens, error) {
	other, err := readApp(a.ctx, a.tx, app)
	if errs.KindOf(err) == errs.NotFound {
		return nil, access.Lens{}, nil
	}
	if err != nil {
		return nil, access.Lens{}, err
	}
	env := live
	if edited || other.Live == 0 {
		env = preview
	}
	st, err := readSettings(a.ctx, a.tx, app, env)
	if err != nil {
		return nil, access.Lens{}, err
	}
	lens := other.decide(a.h.who, st.Policy(other, a.h.apps.env(a.h.who, a.dir)), st)
	if !lens.Can(access.View) || other.Live == 0 && !lens.Can(access.Manage) {
		return nil, access.Lens{}, nil
	}
	return st, lens, nil
}

func (a around) shown(f *field.Field) (map[string]any, error) {
	source, lens, err := a.sight(f.LinkedApp(), false)
	if err != nil || source == nil {
		return nil, err
	}
	return describe(a.own, source, lens, func(string) bool { return true }, f), nil
}

func (a around) inUse(gone []*field.Field) error {
	used, err := usedFields(a.ctx, a.tx, a.h.app.ID, a.h.app.ID)
	if err != nil {
		return err
	}
	a.own.eachUse(func(_ *field.Field, source id.App, n id.Field) {
		if source == a.h.app.ID {
			used[n] = true
		}
	})
	for _, f := range gone {
		if used[f.ID] {
			return errs.E(errs.Invalid, "app.lookupInUse", errs.Args{"code": f.Code})
		}
	}
	return nil
}

// usedFields are the fields of an app that deployed lookups and related records of other apps, except one, use.
func usedFields(ctx context.Context, tx *db.Tx, source, except id.App) (map[id.Field]bool, error) {
	fields, err := db.Pluck[id.Field](ctx, tx, `
		SELECT DISTINCT l.source_field_id FROM app_link l JOIN app a ON a.id = l.app_id
		WHERE l.source_app_id = ? AND l.app_id <> ? AND a.deleted_at IS NULL`, source, except)
	if err != nil {
		return nil, fmt.Errorf("app: links to %d: %w", source, err)
	}
	used := map[id.Field]bool{}
	for _, f := range fields {
		used[f] = true
	}
	return used, nil
}

// eachUse calls fn for every field of an app, this one or another, that a lookup or a list of related records f needs.
func (s *Settings) eachUse(fn func(f *field.Field, source id.App, used id.Field)) {
	s.Each(func(f, _ *field.Field) {
		if l := f.Lookup; l != nil {
			fn(f, l.App, l.Key)
			for _, c := range l.Copies {
				fn(f, l.App, c.From)
			}
		}
		if r := f.Reference; r != nil {
			for _, m := range r.Matches {
				fn(f, r.App, m.Related)
			}
		}
	})
}

// putLinks keeps what the live settings of an app use of others, so that it is found from their side.
func putLinks(ctx context.Context, tx *db.Tx, app id.App, st *Settings) error {
	if _, err := tx.Exec(ctx, `DELETE FROM app_link WHERE app_id = ?`, app); err != nil {
		return fmt.Errorf("app: links of %d: %w", app, err)
	}
	var err error
	links := false
	st.eachUse(func(f *field.Field, source id.App, used id.Field) {
		live := 0
		links = true
		if f.Lookup != nil && f.Lookup.Live {
			live = 1
		}
		if err == nil {
			_, err = tx.Exec(ctx, `
				INSERT INTO app_link (app_id, field_id, source_app_id, source_field_id, live) VALUES (?, ?, ?, ?, ?)
				ON CONFLICT (app_id, field_id, source_field_id) DO NOTHING`, app, f.ID, source, used, live)
		}
	})
	if err == nil && links {
		err = job.Emit(ctx, tx, EventLinked, Linked{app})
	}
	if err != nil {
		return fmt.Errorf("app: links of %d: %w", app, err)
	}
	return nil
}

// EventLinked is the kind of the event that what was deployed is tied to other apps.
const EventLinked = "app.linked"

// Linked is what EventLinked carries.
type Linked struct {
	App id.App `json:"app"`
}

// checkLinks refuses live settings whose lookups cannot work: the source is not there, or its key is not unique. A source
// app that was deleted since keeps nobody from deploying: its lookups find nothing any more. Nor may other apps' lookups lose
// what they need: fields, and that keys are unique, as they still were in old.
//
// Errors: Invalid "app.lookupNotUnique", "app.lookupInUse" or "app.keyInUse" (code).
// Source: kintone REST behaviour, GAIA_LO03 and GAIA_LO02.
func checkLinks(ctx context.Context, tx *db.Tx, app id.App, old *Settings) error {
	st, err := readSettings(ctx, tx, app, live)
	if errs.KindOf(err) == errs.NotFound {
		return nil // discarded before it was ever deployed
	}
	if err != nil {
		return err
	}
	st.Each(func(f, _ *field.Field) {
		if f.Lookup == nil || err != nil {
			return
		}
		err = checkSource(ctx, tx, st, f)
	})
	if err != nil {
		return err
	}
	used, err := usedFields(ctx, tx, app, 0)
	if err != nil {
		return err
	}
	for n := range used {
		if f, table := st.ByID(n); f == nil || table != nil {
			return errs.E(errs.Invalid, "app.lookupInUse", errs.Args{"code": trashedCode(ctx, tx, app, n)})
		}
	}
	return checkKeys(ctx, tx, app, old, st)
}

// trashedCode is the code that a field had which a deployment has just deleted.
func trashedCode(ctx context.Context, tx *db.Tx, app id.App, n id.Field) string {
	list, err := readFieldTrash(ctx, tx, app)
	i := slices.IndexFunc(list, func(t TrashedField) bool { return t.Field.ID == n })
	if err != nil || i < 0 {
		return id.String(n)
	}
	return list[i].Field.Code
}

// checkSource refuses a lookup of st whose key does not name one record of a deployed app, or whose key is a link
// and used by a formula.
func checkSource(ctx context.Context, tx *db.Tx, st *Settings, f *field.Field) error {
	a, err := readApp(ctx, tx, f.Lookup.App)
	if err != nil {
		if errs.KindOf(err) == errs.NotFound {
			return nil
		}
		return err
	}
	if a.Live != 0 {
		source, err := readSettings(ctx, tx, a.ID, live)
		if err != nil {
			return err
		}
		if key, table := source.ByID(f.Lookup.Key); key != nil && table == nil && key.UniqueKey() {
			if key.Type == field.Link {
				if fault, bad := st.formulas().Unusable(f.ID, key.Type); bad {
					return badFormula(fault)
				}
			}
			return nil
		}
	}
	return errs.E(errs.Invalid, "app.lookupNotUnique", errs.Args{"code": f.Code})
}

// Link is a lookup or a list of related records of one app, as another app's side sees it.
type Link struct {
	App   id.App
	Field id.Field
}

// LiveLinks are the lookups that follow the records of an app.
func (s *Apps) LiveLinks(ctx context.Context, source id.App) (list []Link, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		list, err = db.Collect(ctx, tx, (*Link).scan, `
			SELECT DISTINCT l.app_id, l.field_id FROM app_link l JOIN app a ON a.id = l.app_id
			WHERE l.source_app_id = ? AND l.live = 1 AND a.deleted_at IS NULL ORDER BY l.app_id, l.field_id`, source)
		if err != nil {
			return fmt.Errorf("app: links to %d: %w", source, err)
		}
		return nil
	})
	return list, err
}

func (l *Link) scan(row db.RowScanner) error { return row.Scan(&l.App, &l.Field) }
