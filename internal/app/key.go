package app

import (
	"context"
	"fmt"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

// checkKeys refuses a field that may have the same value twice from now on, while a deployed lookup finds its records by it:
// that app could not be deployed any more, whatever is changed there.
func checkKeys(ctx context.Context, tx *db.Tx, app id.App, old, now *Settings) error {
	if old == nil {
		return nil
	}
	for _, f := range old.Form {
		if g, _ := now.ByID(f.ID); g == nil || !f.UniqueKey() || g.UniqueKey() {
			continue
		}
		keyed, err := isKey(ctx, tx, app, f.ID)
		if err != nil {
			return err
		}
		if keyed {
			return errs.E(errs.Invalid, "app.keyInUse", errs.Args{"code": f.Code})
		}
	}
	return nil
}

// isKey reports whether a deployed lookup has a field of an app for its key.
func isKey(ctx context.Context, tx *db.Tx, app id.App, key id.Field) (bool, error) {
	users, err := usersOf(ctx, tx, app, key)
	if err != nil {
		return false, err
	}
	for _, user := range users {
		st, err := readSettings(ctx, tx, user.App, live)
		if err != nil {
			return false, err
		}
		if f, _ := st.ByID(user.Field); f != nil && f.Lookup != nil && f.Lookup.Key == key {
			return true, nil
		}
	}
	return false, nil
}

// usersOf are the deployed lookups and related records that use a field of an app.
func usersOf(ctx context.Context, tx *db.Tx, source id.App, used id.Field) ([]Link, error) {
	list, err := db.Collect(ctx, tx, (*Link).scan, `
		SELECT l.app_id, l.field_id FROM app_link l JOIN app a ON a.id = l.app_id
		WHERE l.source_app_id = ? AND l.source_field_id = ? AND a.deleted_at IS NULL ORDER BY l.app_id, l.field_id`, source, used)
	if err != nil {
		return nil, fmt.Errorf("app: links to %d: %w", source, err)
	}
	return list, nil
}
