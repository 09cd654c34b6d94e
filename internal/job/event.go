package job

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/engawa/engawa/internal/db"
)

// Event says that something was written. Its payload carries ids, never values: a receiver looks for itself.
type Event struct {
	ID      int64 // rises in the order of writing
	Kind    string
	Payload json.RawMessage
	At      time.Time // of the write
}

// Decode reads the payload into v, a pointer to what was given to Emit.
func (e Event) Decode(v any) error {
	if err := json.Unmarshal(e.Payload, v); err != nil {
		return fmt.Errorf("event %d (%s): %w", e.ID, e.Kind, err)
	}
	return nil
}

// Receiver reacts to events. It runs in the transaction that takes them out of the outbox, so what it writes and the
// removal happen together or not at all. All other writes of the site may be waiting for it: it adds rows and enqueues
// jobs, and leaves slow or outside work to those.
type Receiver func(ctx context.Context, tx *db.Tx, events []Event) error

// Each is a Receiver that hands fn one event after the other. E is what was given to Emit.
func Each[E any](fn func(ctx context.Context, tx *db.Tx, e E) error) Receiver {
	return func(ctx context.Context, tx *db.Tx, events []Event) error {
		for _, ev := range events {
			var e E
			if err := ev.Decode(&e); err != nil {
				return err
			}
			if err := fn(ctx, tx, e); err != nil {
				return err
			}
		}
		return nil
	}
}

// topicOutbox is signalled when there are events to deliver.
const topicOutbox = "job.outbox"

const insertEvent = `INSERT INTO outbox (kind, payload, created_at) VALUES (?, ?, ?)`

// Emit leaves an event for the receivers of kind, as a part of tx: if tx fails, it was never there. They get it shortly
// after the commit.
func Emit(ctx context.Context, tx *db.Tx, kind string, payload any) error {
	body, err := json.Marshal(payload)
	if err != nil {
		return fmt.Errorf("event %s: %w", kind, err)
	}
	if err := tx.Later(ctx, insertEvent, kind, string(body), tx.Now()); err != nil {
		return fmt.Errorf("event %s: %w", kind, err)
	}
	tx.Signal(topicOutbox)
	return nil
}

// takeEvents removes the oldest events, limit at most, and returns them in order. On PostgreSQL it passes over those
// that another server is delivering.
func takeEvents(ctx context.Context, tx *db.Tx, limit int) ([]Event, error) {
	events, err := db.Collect(ctx, tx, func(e *Event, row db.RowScanner) error {
		var body string
		err := row.Scan(&e.ID, &e.Kind, &body, &e.At)
		e.Payload = json.RawMessage(body)
		return err
	}, `WITH taken AS MATERIALIZED (SELECT id FROM outbox ORDER BY id LIMIT ?`+tx.Dialect().SkipLocked()+`)
		DELETE FROM outbox WHERE id IN (SELECT id FROM taken) RETURNING id, kind, payload, created_at`, limit)
	sortEvents(events)
	return events, err
}
