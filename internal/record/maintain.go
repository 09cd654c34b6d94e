package record

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// lookEvery is how often Maintain looks for something to do.
const lookEvery = time.Second

// Maintain makes the indexes that queries ask for, until ctx ends.
func (r *Records) Maintain(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := r.MakeIndexes(ctx); err != nil && ctx.Err() == nil {
				log.Error("index was not made", "error", err)
			}
		}
	}
}

// MakeIndexes makes every index that is due, one transaction each.
func (r *Records) MakeIndexes(ctx context.Context) error {
	for _, app := range r.planner.Apps() {
		if err := r.makeIndex(ctx, app); err != nil {
			return err
		}
	}
	return nil
}

func (r *Records) makeIndex(ctx context.Context, app id.App) error {
	t := table.Of(app, r.db.Dialect())
	due := r.planner.Due(t)
	if due == nil {
		return nil
	}
	err := r.make(ctx, t, due)
	if err != nil {
		r.planner.Failed(due)
	}
	return err
}

func (r *Records) make(ctx context.Context, t table.Table, due *table.Demand) error {
	for _, x := range t.Creates(due) {
		if err := r.db.PrepareIndex(ctx, x); err != nil {
			return fmt.Errorf("record: index %s: %w", x.Name, err)
		}
	}
	return r.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		return t.MakeIndex(ctx, tx, r.planner, due)
	})
}
