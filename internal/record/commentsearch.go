package record

import (
	"context"
	"fmt"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
)

// maxCommentsRead bounds what one search of an app's comments reads.
const maxCommentsRead = 2000

// FoundComment is a comment and the record it is on.
type FoundComment struct {
	Comment
	Record id.Record
}

// FindComments returns the comments that match, of records that s shows, newest first or oldest first: at most limit, of
// the first 2,000 of the app from an instant on (zero: from the beginning). last is the last comment it looked at when there
// may be more, else nil.
func (s *Set) FindComments(ctx context.Context, match func(FoundComment) bool, from time.Time, oldest bool, limit int) (list []FoundComment, last *FoundComment, err error) {
	if err := s.need(access.View); err != nil {
		return nil, nil, err
	}
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		list, last = nil, nil
		candidates, err := s.commentsFrom(ctx, tx, from, oldest)
		if err != nil {
			return err
		}
		shown := map[id.Record]bool{}
		if len(candidates) == maxCommentsRead {
			last = &candidates[maxCommentsRead-1]
		}
		for i, c := range candidates {
			if len(list) == limit {
				last = &candidates[i-1]
				return nil
			}
			if !match(c) {
				continue
			}
			ok, known := shown[c.Record]
			if !known {
				if _, _, ok, err = s.load(ctx, tx, c.Record); err != nil {
					return err
				}
				shown[c.Record] = ok
			}
			if ok {
				list = append(list, c)
			}
		}
		return nil
	})
	return list, last, err
}

func (s *Set) commentsFrom(ctx context.Context, tx *db.Tx, from time.Time, oldest bool) (list []FoundComment, err error) {
	where, order, args := "", " ORDER BY id DESC LIMIT ?", []any{s.live.ID}
	if oldest {
		order = " ORDER BY id LIMIT ?"
	}
	switch {
	case from.IsZero():
	case oldest:
		where, args = " AND created_at >= ?", append(args, from)
	default:
		where, args = " AND created_at <= ?", append(args, from)
	}
	rows, err := tx.Query(ctx, `
		SELECT record_id, id, lane, author_id, coalesce(share_id, 0), author, body, mentions, created_at FROM record_comment
		WHERE app_id = ?`+s.lanes()+where+order, append(args, maxCommentsRead)...)
	if err != nil {
		return nil, fmt.Errorf("record: find comments in %d: %w", s.live.ID, err)
	}
	defer rows.Close()
	for rows.Next() {
		var c FoundComment
		if c.Comment, err = s.scanComment(rows, &c.Record); err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, rows.Err()
}
