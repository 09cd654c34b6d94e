package app

import (
	"context"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
)

// Lives reads live settings within one transaction, those of each app once: for what has many events of few apps.
type Lives struct {
	apps *Apps
	tx   *db.Tx
	read map[id.App]reading
}

type reading struct {
	live *Live
	err  error
}

// Lives returns an empty one of tx.
func (s *Apps) Lives(tx *db.Tx) Lives { return Lives{s, tx, map[id.App]reading{}} }

// Of returns the live settings of an app, with the errors of Live.
func (l Lives) Of(ctx context.Context, app id.App) (*Live, error) {
	r, ok := l.read[app]
	if !ok {
		r.live, r.err = l.apps.Live(ctx, l.tx, app)
		l.read[app] = r
	}
	return r.live, r.err
}
