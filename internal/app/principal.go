package app

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
)

// Settings name people by code, as the API does. See docs/decisions/0009.
var _ identity.Referrer = (*Apps)(nil)

// Recode makes settings follow codes that change, those of apps in the trash too. Whoever is gone stays where he
// stands, by a code that nobody can have: a list that loses its last line may mean everybody. Conditions go on to find
// what was his.
func (s *Apps) Recode(ctx context.Context, tx *db.Tx, kind string, to map[string]string) error {
	for from, code := range to {
		apps, err := naming(ctx, tx, from)
		if err != nil {
			return err
		}
		for _, n := range apps {
			r := recoding{kind, from, code, identity.IsGone(code)}
			if err := s.rewrite(ctx, tx, n, func(st *Settings) (bool, error) { return recode(ctx, tx, st, r) }); err != nil {
				return fmt.Errorf("app: recode in %d: %w", n, err)
			}
		}
	}
	return nil
}

// Naming returns the names of the apps whose settings name any of the codes.
func (s *Apps) Naming(ctx context.Context, tx *db.Tx, kind string, codes []string) ([]string, error) {
	var names []string
	for _, code := range codes {
		apps, err := naming(ctx, tx, code)
		if err != nil {
			return nil, err
		}
		for _, n := range apps {
			for _, env := range []string{live, preview} {
				st, err := readSettings(ctx, tx, n, env)
				if isMissing(err) {
					continue
				}
				if err != nil {
					return nil, err
				}
				if found, err := recode(ctx, tx, st, recoding{kind: kind, from: code}); err != nil {
					return nil, err
				} else if found {
					names = append(names, st.Name)
				}
			}
		}
	}
	return names, nil
}

// naming returns the apps whose settings hold the letters of a name anywhere, which is more than those that name it.
func naming(ctx context.Context, tx *db.Tx, code string) ([]id.App, error) {
	quoted, err := json.Marshal(code)
	if err != nil {
		return nil, err
	}
	return db.Pluck[id.App](ctx, tx, `SELECT DISTINCT app_id FROM app_settings WHERE `+tx.Dialect().Contains("document", "?")+` ORDER BY app_id`,
		strings.Trim(string(quoted), `"`))
}

// rewrite changes both environments of an app, as far as change, which reports whether it did. What is rewritten gets a new
// revision, because settings are known by theirs wherever they are kept.
func (s *Apps) rewrite(ctx context.Context, tx *db.Tx, n id.App, change func(st *Settings) (bool, error)) error {
	draft, err := readSettings(ctx, tx, n, preview)
	if err != nil {
		return err
	}
	pending := draft.Revision
	now, err := readSettings(ctx, tx, n, live)
	if err != nil && !isMissing(err) {
		return err
	}
	next := draft.Revision + 1
	drafted, err := change(draft)
	if err != nil {
		return err
	}
	deployed := false
	if now != nil {
		if deployed, err = change(now); err != nil {
			return err
		}
	}
	if !drafted && !deployed {
		return nil
	}
	if deployed {
		same := now.Revision == pending
		if now.Revision = next; !same {
			next++
		}
		if err := s.putLive(ctx, tx, n, now); err != nil {
			return err
		}
	}
	draft.Revision = next
	if err := writeSettings(ctx, tx, n, preview, draft); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE app SET preview_revision = ? WHERE id = ?`, next, n)
	return err
}

// putLive stores live settings that nobody deployed.
func (s *Apps) putLive(ctx context.Context, tx *db.Tx, n id.App, st *Settings) error {
	if err := writeSettings(ctx, tx, n, live, st); err != nil {
		return err
	}
	if err := archive(ctx, tx, n, 0, st); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE app SET live_revision = ? WHERE id = ?`, st.Revision, n); err != nil {
		return err
	}
	a, err := readApp(ctx, tx, n)
	if isMissing(err) {
		return nil // in the trash
	}
	tx.AfterCommit(func() { s.cache.put(newLive(a, st)) })
	return err
}
