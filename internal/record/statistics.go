package record

import (
	"context"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// Statistics returns how many records an app has, and when one was last added or changed: zero when none ever was.
//
// Errors: Forbidden unless who administers the site, for it counts what he may not see as well.
func (r *Records) Statistics(ctx context.Context, who access.Actor, a id.App) (n int64, updated time.Time, err error) {
	if !who.Admin() {
		return 0, updated, errs.E(errs.Forbidden, "forbidden")
	}
	err = r.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		n, updated, err = table.Of(a, tx.Dialect()).Activity(ctx, tx)
		return err
	})
	return n, updated, err
}
