package transfer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
)

// How long imports are kept, and how many files somebody may leave lying without starting them.
const (
	keepPreview  = 7 * 24 * time.Hour
	keepFinished = 30 * 24 * time.Hour
	keepFiles    = 10
)

// forget removes imports whose time is over, and the oldest of a user's who leaves too many lying, and returns the keys
// of their files. Uploads are the occasion: without them nothing piles up.
func forget(ctx context.Context, tx *db.Tx, owner id.User) (blobs []string, err error) {
	const old = `
		(state = 'preview' AND created_at < ?) OR finished_at < ? OR (state = 'preview' AND user_id = ? AND id NOT IN (
			SELECT id FROM import WHERE state = 'preview' AND user_id = ? ORDER BY id DESC LIMIT ?))`
	args := []any{tx.Now().Add(-keepPreview), tx.Now().Add(-keepFinished), owner, owner, keepFiles}
	if _, err := tx.Exec(ctx, "DELETE FROM import_reject WHERE import_id IN (SELECT id FROM import WHERE "+old+")", args...); err != nil {
		return nil, fmt.Errorf("transfer: forget: %w", err)
	}
	blobs, err = db.Pluck[string](ctx, tx, "DELETE FROM import WHERE "+old+" RETURNING blob_key", args...)
	if err != nil {
		return nil, fmt.Errorf("transfer: forget: %w", err)
	}
	return blobs, nil
}

// drop removes files that no import refers to any more.
func (s *Imports) drop(ctx context.Context, blobs []string) (err error) {
	for _, key := range blobs {
		err = errors.Join(err, s.blobs.Delete(context.WithoutCancel(ctx), key))
	}
	return err
}
