package identity

import (
	"context"
	"math/rand/v2"

	"github.com/engawa/engawa/internal/db"
)

// The revision of the directory is a count of its changes in the high bits and noise in the low ones. The count puts
// revisions in order. The noise makes a revision that was seen inside a transaction and then rolled back differ from
// the one that is given the same count later, so that what was read then is never taken for what is there now.
const (
	settingRevision = "identity.revision"
	noiseBits       = 24

	readRevision = `SELECT CAST(value AS BIGINT) FROM site_setting WHERE name = ?`
	bumpRevision = `
		UPDATE site_setting SET value = CAST((CAST(value AS BIGINT) / 16777216 + 1) * 16777216 + ? AS TEXT)
		WHERE name = ? RETURNING CAST(value AS BIGINT)`
)

func revision(ctx context.Context, tx *db.Tx) (n int64, err error) {
	err = tx.QueryRow(ctx, readRevision, settingRevision).Scan(&n)
	return n, err
}

// change runs fn in a transaction that makes a new revision of the directory. The revision's row is taken first, so
// that changes by several processes happen one after the other and each sees the one before.
func (s *Service) change(ctx context.Context, fn func(ctx context.Context, tx *db.Tx) error) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		var n int64
		if err := tx.QueryRow(ctx, bumpRevision, rand.Int64N(1<<noiseBits), settingRevision).Scan(&n); err != nil {
			return err
		}
		tx.AfterCommit(func() { s.committed(n) })
		return fn(ctx, tx)
	})
}

// committed notes that revision n is in the database. Commits may be told out of order.
func (s *Service) committed(n int64) {
	for {
		old := s.wanted.Load()
		if old >= n || s.wanted.CompareAndSwap(old, n) {
			return
		}
	}
}
