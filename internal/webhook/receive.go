package webhook

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/record"
)

// perMinute is how many deliveries an app makes in a minute; more are dropped. maxWaiting is how many may wait for one webhook.
// Source: kintone, webhooks.
const (
	perMinute  = 60
	maxWaiting = 1000
)

// kinds are the core's events by the webhook's.
var kinds = map[string]Event{
	"record.added": RecordAdded, "record.updated": RecordUpdated, "record.deleted": RecordDeleted, "record.status": StatusChanged, "comment.added": CommentAdded,
}

// receive queues what events are to be told to webhooks, in the transaction that delivers the events. Requests that hold several
// records are not told of.
// Source: kintone, webhooks.
func (s *Webhooks) receive(ctx context.Context, tx *db.Tx, events []job.Event) error {
	apps := map[id.App]*sieve{}
	for _, ev := range events {
		var e record.Event
		if err := ev.Decode(&e); err != nil {
			return err
		}
		if e.Bulk || len(e.Records) != 1 {
			continue
		}
		if apps[e.App] == nil {
			list, err := byApp(ctx, tx, e.App)
			if err != nil {
				return err
			}
			apps[e.App] = &sieve{webhooks: list, room: -1}
		}
		err := apps[e.App].take(ctx, tx, Delivery{app: e.App, Event: kinds[ev.Kind], record: e.Records[0], comment: e.Comment})
		if err != nil {
			return err
		}
	}
	return nil
}

// sieve lets through what an app's webhooks want, as long as there is room.
type sieve struct {
	webhooks []Webhook
	room     int // in this minute; -1 is not known yet
}

func (s *sieve) take(ctx context.Context, tx *db.Tx, d Delivery) (err error) {
	for _, w := range s.webhooks {
		if !w.wants(d.Event) {
			continue
		}
		if s.room < 0 {
			if s.room, err = roomFor(ctx, tx, d.app); err != nil {
				return err
			}
		}
		d.Webhook, d.uuid = w.ID, newUUID()
		full, err := crowded(ctx, tx, w.ID)
		if err != nil {
			return err
		}
		if full || s.room == 0 {
			if err := drop(ctx, tx, d); err != nil {
				return err
			}
			continue
		}
		s.room--
		if _, err := enqueue(ctx, tx, d); err != nil {
			return err
		}
		if err := wake(ctx, tx, w.ID, later(tx.Now(), w.heldUntil)); err != nil {
			return err
		}
	}
	return nil
}

// roomFor returns how many more deliveries an app may make in this minute.
func roomFor(ctx context.Context, tx *db.Tx, a id.App) (int, error) {
	var n int
	err := tx.QueryRow(ctx, `SELECT count(*) FROM webhook_delivery WHERE app_id = ? AND created_at > ? AND outcome <> ?`,
		a, tx.Now().Add(-time.Minute), string(Dropped)).Scan(&n)
	return max(perMinute-n, 0), wrap(err)
}

// crowded reports whether too much waits for a webhook.
func crowded(ctx context.Context, tx *db.Tx, n id.Webhook) (bool, error) {
	var waiting int
	err := tx.QueryRow(ctx, `SELECT count(*) FROM webhook_delivery WHERE webhook_id = ? AND state <> 'done'`, n).Scan(&waiting)
	return waiting >= maxWaiting, wrap(err)
}

// drop notes that something is not sent: one line a minute, with how often.
func drop(ctx context.Context, tx *db.Tx, d Delivery) error {
	n, err := tx.Exec(ctx, `UPDATE webhook_delivery SET times = times + 1 WHERE webhook_id = ? AND event = ? AND outcome = ? AND created_at > ?`,
		d.Webhook, string(d.Event), string(Dropped), tx.Now().Add(-time.Minute))
	if err != nil || n > 0 {
		return wrap(err)
	}
	_, err = tx.Exec(ctx, `INSERT INTO webhook_delivery (webhook_id, app_id, uuid, event, state, outcome, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		d.Webhook, d.app, d.uuid, string(d.Event), done, string(Dropped), tx.Now())
	return wrap(err)
}

func later(a, b time.Time) time.Time { return slices.MaxFunc([]time.Time{a, b}, time.Time.Compare) }

// newUUID returns a random UUID, version 4.
func newUUID() string {
	var b [16]byte
	rand.Read(b[:]) //nolint:errcheck // crypto/rand.Read never returns an error
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
