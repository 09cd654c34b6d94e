package job

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/text"
)

const (
	maxDelivery = 500                   // events delivered together
	gatherFor   = 10 * time.Millisecond // between deliveries, so that a busy site's events come in batches
	maxRefusals = 5                     // of one event, before it is set aside
)

// kindSetAside is the kind of the failed job that keeps an event which a receiver refuses again and again. An
// administrator sees it, and retrying it delivers the event once more.
const kindSetAside = "event.undelivered"

type setAside struct {
	Kind    string          `json:"kind"`
	Payload json.RawMessage `json:"payload"`
}

// dispatch delivers events until ctx ends.
func (r *Runner) dispatch(ctx context.Context) {
	signals, stop := r.db.Listen(topicOutbox)
	defer stop()
	poll := time.NewTicker(r.config.Poll)
	defer poll.Stop()
	singly := 0 // so many events to be delivered one by one, to find the one that is refused
	var refusals refused
	for ctx.Err() == nil {
		limit := maxDelivery
		if singly > 0 {
			limit = 1
		}
		events, err := r.deliver(ctx, limit)
		switch {
		case err != nil && len(events) > 1:
			singly = len(events)
		case err != nil && len(events) == 1:
			r.log(ctx, "event refused", err, "event", events[0].ID, "kind", events[0].Kind)
			r.refuse(ctx, &refusals, events[0], err)
		case err != nil:
			r.log(ctx, "outbox", err)
			sleep(ctx, time.Second)
		case len(events) > 0:
			if singly = max(singly-1, 0); len(events) < limit {
				sleep(ctx, gatherFor)
			}
		default:
			singly = 0
			select {
			case <-signals:
			case <-poll.C:
			case <-ctx.Done():
			}
		}
	}
}

// deliver hands the oldest events, limit at most, to their receivers and returns them. With an error they are still in
// the outbox.
func (r *Runner) deliver(ctx context.Context, limit int) (events []Event, err error) {
	err = r.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if events, err = takeEvents(ctx, tx, limit); err != nil {
			return err
		}
		for _, to := range r.receivers {
			mine := events
			if len(to.kinds) > 0 {
				mine = slices.DeleteFunc(slices.Clone(events), func(e Event) bool { return !slices.Contains(to.kinds, e.Kind) })
			}
			if len(mine) == 0 {
				continue
			}
			if err := to.fn(ctx, tx, mine); err != nil {
				return fmt.Errorf("receiver %s: %w", to.name, err)
			}
		}
		return nil
	})
	return events, err
}

// refused counts how often the event at the head was refused.
type refused struct {
	event int64
	times int
}

// refuse waits a little longer each time, and finally sets e aside.
func (r *Runner) refuse(ctx context.Context, count *refused, e Event, reason error) {
	if count.event != e.ID {
		*count = refused{event: e.ID}
	}
	if count.times++; count.times < maxRefusals {
		sleep(ctx, r.config.Pause/50<<count.times) // the others wait, so it is a short one
		return
	}
	err := r.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if n, err := tx.Exec(ctx, "DELETE FROM outbox WHERE id = ?", e.ID); err != nil || n == 0 {
			return err // another server has delivered it after all
		}
		body, err := json.Marshal(setAside{e.Kind, e.Payload})
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO job (kind, payload, state, error, max_attempts, run_at, created_at, finished_at)
			VALUES (?, ?, 'failed', ?, 1, ?, ?, ?)`,
			kindSetAside, string(body), text.Keep(reason.Error()), tx.Now(), e.At, tx.Now())
		return err
	})
	r.log(ctx, "set an event aside", err, "event", e.ID)
}

// redeliver puts an event that was set aside back into the outbox.
func (r *Runner) redeliver(ctx context.Context, j *Job, e setAside) error {
	return r.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		var marked bool
		if seen, err := j.Resume(&marked); err != nil || seen {
			return err
		}
		if err := j.Checkpoint(ctx, true); err != nil {
			return err
		}
		return Emit(ctx, tx, e.Kind, e.Payload)
	})
}

func sortEvents(events []Event) {
	slices.SortFunc(events, func(a, b Event) int { return cmp.Compare(a.ID, b.ID) })
}
