package app

import (
	"context"
	"fmt"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/space"
)

// Home is where an app is kept: in a space, or outside of all when Space is 0.
type Home struct {
	Space  id.Space
	Thread id.Thread // of Space; 0 is its default one
}

// decide is access.Decide for an app in its space: to who may not know of the space, the app is closed, but to a program
// with its token and to administrators of the site, who keep its settings within reach.
func (a App) decide(who access.Actor, p access.Policy, form access.Form) access.Lens {
	if a.Space != nil && who.Kind() == access.KindUser && !a.Space.Admits(who) {
		p = access.Policy{ID: a.ID}
	}
	return access.Decide(who, p, form)
}

// mayKeep returns the space of a home when who may make apps there, or nil for outside of spaces.
//
// Errors: NotFound when there is none for who, or no such thread; Forbidden.
func mayKeep(ctx context.Context, tx *db.Tx, who access.Actor, at *Home) (*space.Space, error) {
	if at.Space == 0 {
		return nil, nil
	}
	s, err := space.Read(ctx, tx, at.Space)
	switch {
	case err != nil:
		return nil, err
	case !s.Admits(who):
		return nil, errs.E(errs.NotFound, "space.notFound", errs.Args{"id": id.String(at.Space)})
	case s.AdminsCreate && !s.Administers(who):
		return nil, errs.E(errs.Forbidden, "forbidden")
	}
	if at.Thread == 0 {
		at.Thread = s.DefaultThread
		return s, nil
	}
	return s, space.HasThread(ctx, tx, at.Space, at.Thread)
}

// Move puts an app into another home.
//
// Errors: NotFound, Forbidden: who has to manage the app, administer the space that it leaves, and may make apps in the one
// that it comes to.
// Source: kintone REST API, "Move App".
func (h *Handle) Move(ctx context.Context, to Home) error {
	if err := h.need(access.Manage); err != nil {
		return err
	}
	if h.app.Space != nil && !h.app.Space.Administers(h.who) {
		return errs.E(errs.Forbidden, "forbidden")
	}
	return h.apps.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		a, err := readApp(ctx, tx, h.app.ID)
		if err != nil {
			return err
		}
		if _, err := mayKeep(ctx, tx, h.who, &to); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE app SET space_id = ?, thread_id = ?, wall = wall + 1 WHERE id = ?`,
			db.OrNull(to.Space), db.OrNull(to.Thread), a.ID)
		if err != nil {
			return fmt.Errorf("app: move %d: %w", a.ID, err)
		}
		tx.AfterCommit(func() { h.apps.cache.walled(a.ID, a.Wall+1) })
		return nil
	})
}

// DeleteIn deletes all apps of a space, for whoever deletes the space.
func (s *Apps) DeleteIn(ctx context.Context, who access.Actor, n id.Space) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		apps, err := readApps(ctx, tx)
		if err != nil {
			return err
		}
		for _, a := range apps {
			if a.Space != nil && a.Space.ID == n {
				if err := s.drop(ctx, tx, who, a.ID); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// spaceChanged makes everybody look at the members of a space anew, before they open what is in it.
func (s *Apps) spaceChanged(ctx context.Context, tx *db.Tx, n id.Space) error {
	err := db.Each(ctx, tx, func(row db.RowScanner) error {
		var app id.App
		var wall int64
		if err := row.Scan(&app, &wall); err != nil {
			return err
		}
		tx.AfterCommit(func() { s.cache.walled(app, wall) })
		return nil
	}, `UPDATE app SET wall = wall + 1 WHERE space_id = ? RETURNING id, wall`, n)
	if err != nil {
		return fmt.Errorf("app: space %d changed: %w", n, err)
	}
	return nil
}
