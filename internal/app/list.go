package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/space"
)

// Summary is an app as lists show it.
type Summary struct {
	App
	Code, Name, Description string
	Icon                    Icon
	Theme                   string
}

// Filter narrows a list of apps. Zero parts do not.
type Filter struct {
	IDs   []id.App
	Codes []string // app codes
	Name  string   // part of the name, in any case, also of that in the reader's language

	Spaces []id.Space // that they are in
}

// List returns the deployed apps that who may view or add records in, oldest first. With drafts it returns
// those that were never deployed and that who may manage instead.
func (s *Apps) List(ctx context.Context, who access.Actor, f Filter, drafts bool) (list []Summary, err error) {
	dir, err := s.people.Directory(ctx)
	if err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		list = nil
		apps, err := readApps(ctx, tx)
		if err != nil {
			return err
		}
		for _, a := range apps {
			if drafts != (a.Live == 0) || len(f.IDs) > 0 && !slices.Contains(f.IDs, a.ID) || !f.holds(a.Space) {
				continue
			}
			st, err := s.summarized(ctx, tx, a)
			if err != nil {
				return err
			}
			verbs := st.verbs(who, a, dir)
			visible := verbs.Has(access.View) || verbs.Has(access.Add)
			if drafts {
				visible = verbs.Has(access.Manage)
			}
			if visible && f.matches(st, string(who.Lang())) {
				list = append(list, Summary{a, st.AppCode, st.Name, st.Description, st.Icon, st.Theme})
			}
		}
		return nil
	})
	return list, err
}

func (s *Apps) summarized(ctx context.Context, tx *db.Tx, a App) (*Settings, error) {
	if a.Live == 0 {
		return readSettings(ctx, tx, a.ID, preview)
	}
	l, err := s.Live(ctx, tx, a.ID)
	if err != nil {
		return nil, err
	}
	return l.Settings, nil
}

func (f Filter) holds(s *space.Space) bool {
	return len(f.Spaces) == 0 || s != nil && slices.Contains(f.Spaces, s.ID)
}

// matches reports whether an app has such a code, and such a name in its own language or the reader's.
func (f Filter) matches(st *Settings, lang string) bool {
	ofCode := len(f.Codes) == 0 || st.AppCode != "" && slices.Contains(f.Codes, st.AppCode)
	has := func(name string) bool { return strings.Contains(strings.ToLower(name), strings.ToLower(f.Name)) }
	return ofCode && (has(st.Name) || has(st.OtherNames.In(lang, st.Name)))
}

// Delete puts the app into the trash.
func (h *Handle) Delete(ctx context.Context) error {
	if err := h.need(access.Manage); err != nil {
		return err
	}
	return h.apps.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		return h.apps.drop(ctx, tx, h.who, h.app.ID)
	})
}

func (s *Apps) drop(ctx context.Context, tx *db.Tx, who access.Actor, app id.App) error {
	n, err := tx.Exec(ctx, `UPDATE app SET deleted_at = ?, deleted_by = ? WHERE id = ? AND deleted_at IS NULL`, tx.Now(), who.UserID(), app)
	if err != nil {
		return fmt.Errorf("app: delete %d: %w", app, err)
	}
	if n == 0 {
		return notFound(app)
	}
	tx.AfterCommit(func() { s.cache.drop(app) })
	return releaseCodes(ctx, tx, app, "")
}

// Summary is the app as lists show it, with its live settings, or the preview ones before it is deployed.
func (h *Handle) Summary(ctx context.Context) (Summary, error) {
	st, err := h.Settings(ctx, h.app.Live == 0)
	if err != nil {
		return Summary{}, err
	}
	return Summary{h.app, st.AppCode, st.Name, st.Description, st.Icon, st.Theme}, nil
}

// Published returns a NotFound error for an app that was never deployed.
func (h *Handle) Published() error {
	if h.app.Live == 0 {
		return notFound(h.app.ID)
	}
	return nil
}
