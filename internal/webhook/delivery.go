package webhook

import (
	"context"
	"errors"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
)

// Delivery is one thing that is sent to one webhook, and how that went. Nothing of what the target said is kept but its
// status, and nothing of why it could not be reached: that would tell what answers where.
type Delivery struct {
	ID        id.Delivery
	Webhook   id.Webhook
	Event     Event
	Outcome   Outcome // of the last attempt; "" before the first
	Attempts  int
	Times     int           // how many events one that was dropped stands for; else 1
	Status    int           // 0 when the target did not answer
	Duration  time.Duration // 0 when it did not
	CreatedAt time.Time
	TriedAt   time.Time // zero before the first attempt
	NextAt    time.Time // of the next attempt; zero when there is none

	app     id.App
	record  id.Record
	comment id.Comment
	uuid    string
	byHand  bool
}

// Outcome is how an attempt ended.
type Outcome string

// The outcomes. After Answered and Unreachable there are more attempts, for a day at most.
const (
	Delivered   Outcome = "delivered"
	Answered    Outcome = "answered"    // with another status than 2xx
	Unreachable Outcome = "unreachable" // no answer, or none in time
	Refused     Outcome = "refused"     // not an address of the public internet
	Hidden      Outcome = "hidden"      // the owner may see no records of the app
	Gone        Outcome = "gone"        // the record or the comment is not there, or not for the owner
	NoOwner     Outcome = "owner"       // the owner may no longer manage the app
	Dropped     Outcome = "dropped"     // more than sixty in a minute, or too many are waiting
	Inactive    Outcome = "inactive"    // the webhook was switched off before
)

// The states of deliveries in the database.
const (
	queued  = "queued"
	sending = "sending"
	done    = "done"
)

const selectDeliveries = `
	SELECT id, webhook_id, app_id, uuid, event, record_id, comment_id, by_hand, outcome, attempts, times, status, duration_ms,
		next_at, tried_at, created_at FROM webhook_delivery`

func (d *Delivery) scan(row db.RowScanner) error {
	var ms int64
	var next, tried db.NullTime
	err := row.Scan(&d.ID, &d.Webhook, &d.app, &d.uuid, &d.Event, &d.record, &d.comment, &d.byHand, &d.Outcome, &d.Attempts, &d.Times, &d.Status, &ms,
		&next, &tried, &d.CreatedAt)
	d.Duration, d.NextAt, d.TriedAt = time.Duration(ms)*time.Millisecond, next.Time, tried.Time
	return err
}

// Page is how many deliveries Deliveries returns at most.
const Page = 50

// Deliveries returns the deliveries of a webhook below number before (0: from the newest), newest first, and whether there are
// more. The latest 200 are kept, for a month.
//
// Errors: as List; NotFound for a webhook of another app.
func (s *Webhooks) Deliveries(ctx context.Context, who access.Actor, a id.App, n id.Webhook, before id.Delivery) (list []Delivery, more bool, err error) {
	if err := s.manage(ctx, who, a); err != nil {
		return nil, false, err
	}
	if before == 0 {
		before = 1<<63 - 1
	}
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		list = nil
		w, err := byID(ctx, tx, n)
		if err != nil || w.App != a {
			return errors.Join(err, notFound(n))
		}
		list, err = db.Collect(ctx, tx, (*Delivery).scan,
			selectDeliveries+` WHERE webhook_id = ? AND id < ? ORDER BY id DESC LIMIT ?`, n, before, Page+1)
		return wrap(err)
	})
	if more = len(list) > Page; more {
		list = list[:Page]
	}
	return list, more, err
}

// Redeliver sends a delivery once more, under the same id, as what it is about is now.
//
// Errors: as Deliveries; NotFound for one that is no longer kept; TooMany.
func (s *Webhooks) Redeliver(ctx context.Context, who access.Actor, a id.App, n id.Delivery) (again id.Delivery, err error) {
	return s.byHand(ctx, who, a, func(ctx context.Context, tx *db.Tx) (d Delivery, err error) {
		err = d.scan(tx.QueryRow(ctx, selectDeliveries+` WHERE id = ? AND app_id = ?`, n, a))
		if errors.Is(err, db.ErrNoRows) || err == nil && d.Outcome == Dropped {
			return d, errs.E(errs.NotFound, "webhook.deliveryNotFound", errs.Args{"id": id.String(n)})
		}
		return d, wrap(err)
	})
}

// Test sends a webhook something to see whether it arrives, also to one that is switched off.
//
// Errors: as Deliveries; TooMany.
func (s *Webhooks) Test(ctx context.Context, who access.Actor, a id.App, n id.Webhook) (test id.Delivery, err error) {
	return s.byHand(ctx, who, a, func(ctx context.Context, tx *db.Tx) (Delivery, error) {
		w, err := byID(ctx, tx, n)
		if err == nil && w.App != a {
			err = notFound(n)
		}
		return Delivery{Webhook: n, app: a, Event: Test, uuid: newUUID()}, err
	})
}

// byHand queues what a manager asks for.
func (s *Webhooks) byHand(ctx context.Context, who access.Actor, a id.App, what func(context.Context, *db.Tx) (Delivery, error)) (n id.Delivery, err error) {
	if err := s.manage(ctx, who, a); err != nil {
		return 0, err
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		d, err := what(ctx, tx)
		if err != nil {
			return err
		}
		room, err := roomFor(ctx, tx, a)
		if err != nil {
			return err
		}
		if room <= 0 {
			return errs.E(errs.TooMany, "webhook.perMinute", errs.Args{"max": perMinute, "seconds": 60})
		}
		d.byHand = true
		if n, err = enqueue(ctx, tx, d); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE webhook SET held_until = NULL WHERE id = ?`, d.Webhook); err != nil {
			return wrap(err)
		}
		return wake(ctx, tx, d.Webhook, tx.Now())
	})
	return n, err
}

// enqueue stores a delivery that is to be sent now.
func enqueue(ctx context.Context, tx *db.Tx, d Delivery) (n id.Delivery, err error) {
	err = tx.QueryRow(ctx, `
		INSERT INTO webhook_delivery (webhook_id, app_id, uuid, event, record_id, comment_id, by_hand, state, next_at, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		d.Webhook, d.app, d.uuid, string(d.Event), d.record, d.comment, d.byHand, queued, tx.Now(), tx.Now()).Scan(&n)
	return n, wrap(err)
}

// lane is the payload of the job that sends what waits for a webhook, one after the other: a target that is slow keeps nobody
// else's waiting.
type lane struct {
	Webhook id.Webhook `json:"webhook"`
}

// wake has a webhook's lane run at an instant, or earlier.
func wake(ctx context.Context, tx *db.Tx, n id.Webhook, at time.Time) error {
	_, err := job.Enqueue(ctx, tx, deliverJob, lane{n}, job.Options{RunAt: at, Key: id.String(n)})
	return err
}

// giveUp ends what waits to be sent, but for what managers asked for.
func giveUp(ctx context.Context, tx *db.Tx, n id.Webhook) error {
	_, err := tx.Exec(ctx, `UPDATE webhook_delivery SET state = ?, outcome = ?, next_at = NULL WHERE webhook_id = ? AND state = ? AND by_hand = 0`,
		done, string(Inactive), n, queued)
	return wrap(err)
}

// keep and keepFor are how many deliveries of a webhook stay in the log, and how long.
const (
	keep    = 200
	keepFor = 30 * 24 * time.Hour
)

// trim forgets old deliveries.
func trim(ctx context.Context, tx *db.Tx, n id.Webhook) error {
	_, err := tx.Exec(ctx, `
		DELETE FROM webhook_delivery WHERE webhook_id = ? AND state = ? AND (created_at < ? OR id <= coalesce(
			(SELECT id FROM webhook_delivery WHERE webhook_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?), 0))`,
		n, done, tx.Now().Add(-keepFor), n, keep)
	return wrap(err)
}
