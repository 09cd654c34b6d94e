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
	By      id.User     `json:"by"`                // 0 for somebody outside
	Share   id.Share    `json:"share,omitempty"`   // the link an outsider came by
	Bulk    bool        `json:"bulk,omitempty"`    // from a request that may hold several, even if it held one
	Moves   []Move      `json:"moves,omitempty"`   // of record.status and record.assigned, beside Records
	Matched []Match     `json:"matched,omitempty"` // of Records, those that have come to match rules of notification
}

// Move is one step of a record through its process, or a change of whose turn it is.
type Move struct {
	Record   id.Record `json:"record"`
	Revision int64     `json:"revision"`
	From     int64     `json:"from"` // ids of statuses; the same while others have yet to act
	To       int64     `json:"to"`
	Assigned []id.User `json:"assigned,omitempty"` // whose turn it is from now on, and was not before the step
	For      id.User   `json:"for,omitempty"`      // in whose name it was done
	Final    bool      `json:"final,omitempty"`    // no action leads on from where it is now

	come rules // what it has come to match
}

type togetherKey struct{}

// Together marks ctx as that of a request that holds several: the events of what it writes are Bulk.
func Together(ctx context.Context) context.Context {
	return context.WithValue(ctx, togetherKey{}, true)
}

func together(ctx context.Context) bool { return ctx.Value(togetherKey{}) != nil }

// The kinds of event: record.added, record.updated, record.deleted, record.restored, record.status, record.assigned,
// comment.added.
func (s *Set) emit(ctx context.Context, tx *db.Tx, kind string, list []Written, bulk bool) error {
	if len(list) == 0 {
		return nil
	}
	e := Event{Bulk: bulk, Records: make([]id.Record, len(list))}
	for i, w := range list {
		e.Records[i] = w.ID
		e.Matched = w.come.matches(e.Matched, w.ID)
	}
	return s.emitEvent(ctx, tx, kind, e)
}

func (s *Set) emitMoves(ctx context.Context, tx *db.Tx, kind string, moves []Move, bulk bool) error {
	if len(moves) == 0 {
		return nil
	}
	e := Event{Bulk: bulk, Moves: moves}
	for _, m := range moves {
		e.Records = append(e.Records, m.Record)
		e.Matched = m.come.matches(e.Matched, m.Record)
	}
	return s.emitEvent(ctx, tx, kind, e)
}

func (s *Set) emitEvent(ctx context.Context, tx *db.Tx, kind string, e Event) error {
	e.App, e.By, e.Share, e.Bulk = s.live.ID, s.who.UserID(), s.who.Share(), e.Bulk || together(ctx)
	if err := job.Emit(ctx, tx, kind, e); err != nil {
		return fmt.Errorf("record: emit %s: %w", kind, err)
	}
	return nil
}
