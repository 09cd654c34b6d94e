package notify

import (
	"context"
	"fmt"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/job"
)

// keepFor is how long notices are kept, read or not.
// Source: kintone product behaviour, notifications.
const keepFor = 70 * 24 * time.Hour

// sweepJob is the kind of the job that forgets old notices. New ones queue it, so that it runs once a day where there are any.
const (
	sweepJob   = "notify.sweep"
	sweepEvery = 24 * time.Hour
	sweepChunk = 1000 // notices forgotten at once; other writes may wait for them
)

func sweepLater(ctx context.Context, tx *db.Tx) error {
	_, err := job.Enqueue(ctx, tx, sweepJob, nil, job.Options{Key: "all", RunAt: tx.Now().Add(sweepEvery)})
	return err
}

// sweep forgets notices that are too old.
func (s *Notices) sweep(ctx context.Context, _ *job.Job) error {
	for {
		var gone int64
		err := s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
			gone, err = tx.Exec(ctx, `DELETE FROM notification WHERE id IN (SELECT id FROM notification WHERE created_at < ? ORDER BY id LIMIT ?)`,
				tx.Now().Add(-keepFor), sweepChunk)
			return err
		})
		if err != nil {
			return fmt.Errorf("notify: sweep: %w", err)
		}
		if gone < sweepChunk {
			return nil
		}
	}
}
