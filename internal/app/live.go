package app

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/formula"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
)

// Live is what everybody works with: an app and its live settings. It is shared between requests: read only.
type Live struct {
	App
	Settings *Settings
	plan     func() *formula.Plan

	filters   filters // the conditions in its permissions
	momentary bool
}

func newLive(a App, s *Settings) *Live {
	l := &Live{App: a, Settings: s, plan: sync.OnceValue(s.formulas), filters: s.filters()}
	l.momentary = l.filters.momentary()
	return l
}

// Plan computes the app's computed fields. It is made when it is first asked for.
func (l *Live) Plan() *formula.Plan { return l.plan() }

// Momentary reports whether the permissions say something else at another time, so that a Lens is good for one request
// only.
func (l *Live) Momentary() bool { return l.momentary }

// cache keeps live settings by app. Every entry carries the revision it was made from. Where other servers may deploy
// too, every use asks the database for the revision now; where none can, what this process deployed is put here as it
// is committed, and asking is not needed.
type cache struct {
	mu   sync.RWMutex
	apps map[id.App]*Live
}

// Live returns the live settings of an app within tx.
//
// Errors: NotFound when there is no such app, or it was never deployed.
func (s *Apps) Live(ctx context.Context, tx *db.Tx, app id.App) (*Live, error) {
	l, revision, err := s.kept(ctx, tx, app)
	if l != nil || err != nil {
		return l, err
	}
	a, err := readApp(ctx, tx, app)
	if err != nil {
		return nil, err
	}
	st, err := readSettings(ctx, tx, app, live)
	if err != nil {
		return nil, err
	}
	l = newLive(a, st)
	if a.Live == revision && st.Revision == revision {
		s.cache.put(l)
	}
	return l, nil
}

// kept returns what the cache has of an app if that is the revision of now, which it returns too.
func (s *Apps) kept(ctx context.Context, tx *db.Tx, app id.App) (l *Live, revision int64, err error) {
	var wall int64
	err = tx.QueryRow(ctx, `SELECT live_revision, wall FROM app WHERE id = ? AND deleted_at IS NULL`, app).Scan(&revision, &wall)
	if errors.Is(err, db.ErrNoRows) || err == nil && revision == 0 {
		return nil, 0, notFound(app)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("app: live %d: %w", app, err)
	}
	if l = s.cache.get(app); l != nil && l.App.Live == revision && l.Wall == wall && l.Settings != nil {
		return l, revision, nil
	}
	return nil, revision, nil
}

// Current returns the live settings of an app outside of a transaction, as Live does.
func (s *Apps) Current(ctx context.Context, app id.App) (l *Live, err error) {
	if s.db.Exclusive() {
		if l = s.cache.get(app); l != nil && l.Settings != nil {
			return l, nil
		}
	} else {
		err = s.db.ReadOne(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
			l, _, err = s.kept(ctx, tx, app)
			return err
		})
		if l != nil || err != nil {
			return l, err
		}
	}
	err = s.db.Read(db.Nobodys(ctx), func(ctx context.Context, tx *db.Tx) (err error) {
		l, err = s.Live(ctx, tx, app)
		return err
	})
	return l, err
}

func (c *cache) get(app id.App) *Live {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.apps[app]
}

// drop makes the cache forget an app for good: its id is never used again.
func (c *cache) drop(app id.App) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.apps[app] = &Live{App: App{ID: app, Live: gone}}
}

// gone is above every revision.
const gone = 1<<63 - 1

// put keeps l unless something newer is there: a reader's snapshot may be older than what was deployed since.
func (c *cache) put(l *Live) {
	c.mu.Lock()
	defer c.mu.Unlock()
	old := c.apps[l.ID]
	switch {
	case old == nil, old.App.Live < l.App.Live && old.Wall <= l.Wall, old.App.Live == l.App.Live && old.Wall < l.Wall,
		old.Settings == nil && old.App.Live <= l.App.Live && old.Wall <= l.Wall:
		c.apps[l.ID] = l
	}
}

// walled makes the cache forget what is older than a wall.
func (c *cache) walled(app id.App, wall int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if old := c.apps[app]; old != nil && old.Wall < wall {
		c.apps[app] = &Live{App: App{ID: app, Live: old.App.Live, Wall: wall}}
	}
}

// Lens is how who sees the app now, when dir holds the site's users.
func (s *Apps) Lens(who access.Actor, l *Live, dir identity.Directory) access.Lens {
	return l.decide(who, l.Settings.policy(l.App, s.env(who, dir), l.filters), l.Settings)
}
