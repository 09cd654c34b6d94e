package record

import (
	"context"
	"fmt"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
)

// Event is what happened to records, for those who react to it. It carries ids, never values: whoever
// receives it looks for himself, as himself.
type Event struct {
	App     id.App      `json:"app"`
	Records []id.Record `json:"records"`
	Comment id.Comment  `json:"comment,omitempty"`
	By      id.User     `json:"by"`              // 0 for somebody outside
	Share   id.Share    `json:"share,omitempty"` // the link an outsider came by
	Bulk    bool        `json:"bulk,omitempty"`  // from a request that may hold several, even if it held one
}

type togetherKey struct{}

// Together marks ctx as that of a request that holds several: the events of what it writes are Bulk.
func Together(ctx context.Context) context.Context {
	return context.WithValue(ctx, togetherKey{}, true)
}

func together(ctx context.Context) bool { return ctx.Value(togetherKey{}) != nil }

// The kinds of event: record.added, record.updated, record.deleted, record.restored, comment.added.
func (s *Set) emit(ctx context.Context, tx *db.Tx, kind string, list []Written, bulk bool) error {
	if len(list) == 0 {
		return nil
	}
	e := Event{App: s.live.ID, By: s.who.UserID(), Share: s.who.Share(), Bulk: bulk || together(ctx), Records: make([]id.Record, len(list))}
	for i, w := range list {
		e.Records[i] = w.ID
	}
	if err := job.Emit(ctx, tx, kind, e); err != nil {
		return fmt.Errorf("record: emit %s: %w", kind, err)
	}
	return nil
}
