package record

import (
	"context"
	"errors"
	"fmt"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

// Interest is who has had to do with a record, for notices. They may have lost sight of it since.
type Interest struct {
	Creator, Modifier id.User
	Commenters        []id.User // who had commented, in either lane; each once, by id
}

// Interest returns who had to do with a record before a comment was written.
//
// Errors: NotFound when the actor cannot see it.
func (s *Set) Interest(ctx context.Context, record id.Record, before id.Comment) (in Interest, err error) {
	if err := s.need(access.View); err != nil {
		return in, err
	}
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		h, _, ok, err := s.load(ctx, tx, record)
		if err != nil || !ok {
			return orMissing(err, record)
		}
		in = Interest{Creator: h.CreatedBy, Modifier: h.UpdatedBy}
		in.Commenters, err = db.Pluck[id.User](ctx, tx, `
			SELECT DISTINCT author_id FROM record_comment
			WHERE app_id = ? AND record_id = ? AND id < ? AND author_id <> 0 ORDER BY author_id`, s.live.ID, record, before)
		if err != nil {
			return fmt.Errorf("record: commenters of %d: %w", record, err)
		}
		return nil
	})
	return in, err
}

// Comment returns one comment.
//
// Errors: NotFound when the actor cannot see the record, or it has no such comment.
func (s *Set) Comment(ctx context.Context, record id.Record, comment id.Comment) (c Comment, err error) {
	if err := s.need(access.View); err != nil {
		return c, err
	}
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, _, ok, err := s.load(ctx, tx, record); err != nil || !ok {
			return orMissing(err, record)
		}
		c, err = s.scanComment(tx.QueryRow(ctx, selectComments+s.lanes()+` AND id = ?`, s.live.ID, record, comment))
		if errors.Is(err, db.ErrNoRows) {
			return errs.E(errs.NotFound, "comment.notFound")
		}
		if err != nil {
			return fmt.Errorf("record: comment %d: %w", comment, err)
		}
		return nil
	})
	return c, err
}
