package app

import (
	"context"
	"fmt"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
)

// AnyRevision asks for no revision check.
const AnyRevision = -1

// Edit changes the preview settings: fn gets a copy to change and notes what is wrong in p. The change is
// kept only when there is no problem. expected is the revision the caller saw, or AnyRevision.
// It returns the new revision.
//
// Errors: Forbidden without the right to manage; Conflict "app.conflict" when expected is not the revision now.
func (h *Handle) Edit(ctx context.Context, expected int64, fn func(s *Settings, p *errs.Fields) error) (revision int64, err error) {
	if err := h.need(access.Manage); err != nil {
		return 0, err
	}
	dir, err := h.apps.people.Directory(ctx)
	if err != nil {
		return 0, err
	}
	err = h.apps.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		a, err := readApp(ctx, tx, h.app.ID)
		if err != nil {
			return err
		}
		s, err := readSettings(ctx, tx, a.ID, preview)
		if err != nil {
			return err
		}
		if expected != AnyRevision && expected != s.Revision {
			return errs.E(errs.Conflict, "app.conflict", errs.Args{"id": a.ID})
		}
		s.addSwitchedFields(s.lang())
		s.env = h.apps.env(h.who, dir)
		s.take = func(upload string) (*File, error) {
			f, err := h.apps.files.Keep(ctx, tx, h.who, upload, a.ID)
			return &File{Key: f.Key, Name: f.Name, ContentType: f.ContentType, Size: f.Size}, err
		}
		s.neighbours = around{ctx, tx, h, s, dir}
		var p errs.Fields
		if err := fn(s, &p); err != nil {
			return err
		}
		if err := p.Err(); err != nil {
			return err
		}
		s.Revision++
		revision = s.Revision
		a.Modifier, a.Preview = h.who.UserID(), s.Revision
		if err := writeSettings(ctx, tx, a.ID, preview, s); err != nil {
			return err
		}
		if err := touchApp(ctx, tx, a); err != nil {
			return fmt.Errorf("app: edit %d: %w", a.ID, err)
		}
		return nil
	})
	return revision, err
}

// EditLive changes the preview settings as Edit does, and deploys them with everything else that is not deployed yet, in
// one transaction.
//
// Errors: as Edit and Apps.Deploy.
// Source: kintone REST API, "Update App Permissions" and the like, without preview.
func (h *Handle) EditLive(ctx context.Context, expected int64, fn func(s *Settings, p *errs.Fields) error) (revision int64, err error) {
	err = h.apps.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if revision, err = h.Edit(ctx, expected, fn); err != nil {
			return err
		}
		return h.apps.Deploy(ctx, h.who, []Deployment{{App: h.app.ID, Revision: revision}})
	})
	return revision, err
}
