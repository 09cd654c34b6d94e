package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/space"
)

// The two environments of an app's settings.
const (
	live    = "live"
	preview = "preview"
)

func notFound(app id.App) error {
	return errs.E(errs.NotFound, "app.notFound", errs.Args{"id": id.String(app)})
}

const insertApp = `
	INSERT INTO app (creator_id, created_at, modifier_id, modified_at, live_revision, preview_revision, space_id, thread_id)
	VALUES (?, ?, ?, ?, 0, ?, ?, ?) RETURNING id`

func addApp(ctx context.Context, tx *db.Tx, a *App) error {
	now := tx.Now()
	var in any
	if a.Space != nil {
		in = a.Space.ID
	}
	return tx.QueryRow(ctx, insertApp, a.Creator, now, a.Creator, now, a.Preview, in, db.OrNull(a.Thread)).Scan(&a.ID)
}

const selectApp = `
	SELECT id, creator_id, created_at, modifier_id, modified_at, live_revision, preview_revision,
		coalesce(space_id, 0), coalesce(thread_id, 0), wall
	FROM app WHERE deleted_at IS NULL`

func scanApp(row db.RowScanner) (a App, in id.Space, err error) {
	err = row.Scan(&a.ID, &a.Creator, &a.CreatedAt, &a.Modifier, &a.ModifiedAt, &a.Live, &a.Preview, &in, &a.Thread, &a.Wall)
	return a, in, err
}

// readApp returns an app that is not deleted. In a Write it is this transaction's to change until it ends.
func readApp(ctx context.Context, tx *db.Tx, app id.App) (App, error) {
	a, in, err := scanApp(tx.QueryRow(ctx, selectApp+` AND id = ?`+tx.ForUpdate(), app))
	if errors.Is(err, db.ErrNoRows) {
		return App{}, notFound(app)
	}
	if err != nil {
		return App{}, fmt.Errorf("app: read %d: %w", app, err)
	}
	if in != 0 {
		if a.Space, err = space.Read(ctx, tx, in); err != nil {
			return App{}, err
		}
	}
	return a, nil
}

// readApps returns all apps that are not deleted, oldest first.
func readApps(ctx context.Context, tx *db.Tx) ([]App, error) {
	var list []App
	var places []id.Space
	err := db.Each(ctx, tx, func(row db.RowScanner) error {
		a, in, err := scanApp(row)
		list, places = append(list, a), append(places, in)
		return err
	}, selectApp+` ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("app: list: %w", err)
	}
	known := map[id.Space]*space.Space{}
	for i, in := range places {
		if in != 0 && known[in] == nil {
			if known[in], err = space.Read(ctx, tx, in); err != nil {
				return nil, err
			}
		}
		list[i].Space = known[in]
	}
	return list, nil
}

// readSettings returns the settings of an environment; NotFound when there are none.
func readSettings(ctx context.Context, tx *db.Tx, app id.App, env string) (*Settings, error) {
	var revision int64
	var doc string
	err := tx.QueryRow(ctx, `SELECT revision, document FROM app_settings WHERE app_id = ? AND environment = ?`, app, env).
		Scan(&revision, &doc)
	if errors.Is(err, db.ErrNoRows) {
		return nil, notFound(app)
	}
	if err != nil {
		return nil, fmt.Errorf("app: settings of %d: %w", app, err)
	}
	s := &Settings{Revision: revision}
	if err := json.Unmarshal([]byte(doc), s); err != nil {
		return nil, fmt.Errorf("app: settings of %d: %w", app, err)
	}
	s.number()
	return s, nil
}

const upsertSettings = `
	INSERT INTO app_settings (app_id, environment, revision, document) VALUES (?, ?, ?, ?)
	ON CONFLICT (app_id, environment) DO UPDATE SET revision = excluded.revision, document = excluded.document`

func writeSettings(ctx context.Context, tx *db.Tx, app id.App, env string, s *Settings) error {
	doc, err := json.Marshal(s)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, upsertSettings, app, env, s.Revision, string(doc)); err != nil {
		return fmt.Errorf("app: save settings of %d: %w", app, err)
	}
	return nil
}

// archive keeps the settings that were deployed, for their history.
func archive(ctx context.Context, tx *db.Tx, app id.App, by id.User, s *Settings) error {
	doc, err := json.Marshal(s)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		INSERT INTO app_revision (app_id, revision, document, deployed_by, deployed_at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (app_id, revision) DO NOTHING`, app, s.Revision, string(doc), by, tx.Now())
	return err
}

func touchApp(ctx context.Context, tx *db.Tx, a App) error {
	_, err := tx.Exec(ctx, `UPDATE app SET modifier_id = ?, modified_at = ?, live_revision = ?, preview_revision = ? WHERE id = ?`,
		a.Modifier, tx.Now(), a.Live, a.Preview, a.ID)
	return err
}

// isMissing reports an app, or an environment of one, that is not there.
func isMissing(err error) bool { return errs.KindOf(err) == errs.NotFound }
