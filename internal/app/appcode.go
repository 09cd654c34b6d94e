package app

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

// appCode is what an app's code may be: it stands before the numbers of its records, as in SALES-12.
var appCode = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`)

// SetCode gives the app a code, or none, in its preview settings. No other app of the site has the same, in any case,
// neither live nor in preview. It returns the new revision.
//
// Errors: as Edit; Invalid by the path code when it is malformed or another app's.
// Source: kintone product behaviour, app code.
func (h *Handle) SetCode(ctx context.Context, expected int64, code string) (revision int64, err error) {
	err = h.apps.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		revision, err = h.Edit(ctx, expected, func(s *Settings, p *errs.Fields) error {
			if code != "" && !appCode.MatchString(code) {
				p.Add("code", "app.codeFormat")
				return nil
			}
			s.AppCode = code
			return nil
		})
		if err != nil {
			return err
		}
		kept := []string{code}
		if h.app.Live != 0 {
			st, err := readSettings(ctx, tx, h.app.ID, live)
			if err != nil {
				return err
			}
			kept = append(kept, st.AppCode)
		}
		if err := releaseCodes(ctx, tx, h.app.ID, kept...); err != nil || code == "" {
			return err
		}
		return reserveCode(ctx, tx, h.app.ID, code)
	})
	return revision, err
}

// reserveCode makes a code an app's, live or being edited.
func reserveCode(ctx context.Context, tx *db.Tx, app id.App, code string) error {
	folded := strings.ToLower(code)
	if _, err := tx.Exec(ctx, `INSERT INTO app_code (folded, app_id) VALUES (?, ?) ON CONFLICT (folded) DO NOTHING`, folded, app); err != nil {
		return fmt.Errorf("app: code of %d: %w", app, err)
	}
	owner, err := codeOwner(ctx, tx, folded)
	if err == nil && owner != app {
		var p errs.Fields
		p.Add("code", "app.codeTaken", errs.Args{"code": code})
		err = p.Err()
	}
	return err
}

func codeOwner(ctx context.Context, tx *db.Tx, folded string) (app id.App, err error) {
	err = tx.QueryRow(ctx, `SELECT app_id FROM app_code WHERE folded = ?`, folded).Scan(&app)
	if err != nil && !errors.Is(err, db.ErrNoRows) {
		return 0, fmt.Errorf("app: code %q: %w", folded, err)
	}
	return app, nil
}

// releaseCodes lets go of all codes of an app but those that it keeps.
func releaseCodes(ctx context.Context, tx *db.Tx, app id.App, kept ...string) error {
	args := []any{app}
	for _, code := range kept {
		args = append(args, strings.ToLower(code))
	}
	if _, err := tx.Exec(ctx, `DELETE FROM app_code WHERE app_id = ? AND folded NOT IN (`+db.Marks(len(kept))+`)`, args...); err != nil {
		return fmt.Errorf("app: codes of %d: %w", app, err)
	}
	return nil
}

// ByCode returns the deployed app with a code.
//
// Errors: NotFound when no app has it.
func (s *Apps) ByCode(ctx context.Context, code string) (app id.App, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		app, err = codeOwner(ctx, tx, strings.ToLower(code))
		if err != nil {
			return err
		}
		l, err := s.Live(ctx, tx, app)
		if err == nil && l.Settings.AppCode != code {
			err = notFound(app)
		}
		if errs.KindOf(err) == errs.NotFound {
			return errs.E(errs.NotFound, "app.codeNotFound", errs.Args{"code": code})
		}
		return err
	})
	return app, err
}

// number gives the app's code to the field that shows record numbers.
func (s *Settings) number() {
	if f := s.System(field.RecordNumber); f != nil {
		f.Prefix = ""
		if s.AppCode != "" {
			f.Prefix = s.AppCode + "-"
		}
	}
}
