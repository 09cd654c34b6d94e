package webhook

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/outbound"
)

const (
	maxAttempts = 12
	tryFor      = 24 * time.Hour // since the event
	firstPause  = 15 * time.Second
	maxPause    = time.Hour
	lostAfter   = time.Minute // longer than an attempt can take
	// A webhook is stopped when nothing has arrived for stopAfter, and at least stopFailures attempts were made.
	stopAfter    = 3 * 24 * time.Hour
	stopFailures = 10
)

// deliver sends what waits for one webhook, one after the other, until nothing is due or the target does not answer: the others
// would only wait for it as long, and their places are needed.
func (s *Webhooks) deliver(ctx context.Context, _ *job.Job, l lane) error {
	for {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		w, d, err := s.take(ctx, l.Webhook)
		if err != nil || d.ID == 0 {
			return err
		}
		r, err := s.attempt(ctx, w, d)
		if r.status == 0 {
			err = errors.Join(err, context.Cause(ctx)) // the server stops
		}
		if err != nil {
			return errors.Join(err, s.putBack(context.WithoutCancel(ctx), d)) // it was not the target's fault
		}
		if err := s.settle(ctx, d, r); err != nil {
			return err
		}
	}
}

// take marks the next delivery that is due as being sent; there is none if its ID is 0. Then the lane is woken when there will be.
func (s *Webhooks) take(ctx context.Context, n id.Webhook) (w Webhook, d Delivery, err error) {
	err = s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		d = Delivery{}
		if w, err = byID(ctx, tx, n); err != nil {
			if errs.KindOf(err) == errs.NotFound {
				return nil // deleted
			}
			return err
		}
		var next db.NullTime
		err = tx.QueryRow(ctx, `SELECT min(next_at) FROM webhook_delivery WHERE webhook_id = ? AND state = 'sending'`, n).Scan(&next)
		if err != nil {
			return wrap(err)
		}
		if !next.Valid { // nobody else is at it
			err = tx.QueryRow(ctx, `SELECT min(next_at) FROM webhook_delivery WHERE webhook_id = ? AND state <> 'done'`, n).Scan(&next)
		}
		if err != nil || !next.Valid {
			return wrap(err)
		}
		if at := later(next.Time, w.heldUntil); at.After(tx.Now()) {
			return wake(ctx, tx, n, at)
		}
		err = d.scan(tx.QueryRow(ctx, selectDeliveries+` WHERE webhook_id = ? AND state <> 'done' AND next_at <= ? ORDER BY id LIMIT 1`, n, tx.Now()))
		if err != nil {
			return wrap(err)
		}
		d.Attempts++
		_, err = tx.Exec(ctx, `UPDATE webhook_delivery SET state = ?, attempts = ?, tried_at = ?, next_at = ? WHERE id = ?`,
			sending, d.Attempts, tx.Now(), tx.Now().Add(lostAfter), d.ID)
		return wrap(err)
	})
	return w, d, err
}

// result is how an attempt went.
type result struct {
	outcome Outcome
	status  int
	took    time.Duration
}

// attempt sends a delivery. Only the status of the answer is of interest: the rest of it is not even read.
//
// Errors: only our own.
func (s *Webhooks) attempt(ctx context.Context, w Webhook, d Delivery) (result, error) {
	body, err := s.body(ctx, w, d)
	if skip := (errSkip{}); errors.As(err, &skip) {
		return result{outcome: skip.outcome}, nil
	}
	if err != nil {
		return result{}, err
	}
	rq, err := http.NewRequestWithContext(ctx, http.MethodPost, w.URL, bytes.NewReader(body))
	if err != nil {
		return result{}, wrap(err)
	}
	rq.Header.Set("Content-Type", "application/json")
	rq.Header.Set("User-Agent", "Engawa-Webhook/1")
	s.sign(rq.Header, w, d.uuid, body, s.db.Now())
	began := time.Now()
	answer, err := s.options.Client.Do(rq)
	switch {
	case errors.Is(err, outbound.ErrRefused):
		return result{outcome: Refused}, nil
	case err != nil:
		return result{outcome: Unreachable}, nil
	}
	defer answer.Body.Close()
	r := result{Answered, answer.StatusCode, time.Since(began)}
	if r.status/100 == 2 {
		r.outcome = Delivered
	}
	return r, nil
}

// settle writes down how an attempt went, and what follows for the delivery and its webhook.
func (s *Webhooks) settle(ctx context.Context, d Delivery, r result) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		w, err := byID(ctx, tx, d.Webhook)
		if errs.KindOf(err) == errs.NotFound {
			return nil // deleted in the meantime
		}
		if err != nil {
			return err
		}
		state, next := done, db.NullTime{}
		again := d.Event != Test && (r.outcome == Answered || r.outcome == Unreachable)
		if again && d.Attempts < maxAttempts && tx.Now().Sub(d.CreatedAt) < tryFor && (w.Active || d.byHand) {
			state, next = queued, db.NullTime{Time: tx.Now().Add(pause(d.Attempts)), Valid: true}
		}
		_, err = tx.Exec(ctx, `UPDATE webhook_delivery SET state = ?, outcome = ?, status = ?, duration_ms = ?, next_at = ? WHERE id = ?`,
			state, string(r.outcome), r.status, r.took.Milliseconds(), next, d.ID)
		if err != nil {
			return wrap(err)
		}
		if d.Event != Test || r.outcome == Delivered {
			if err := judge(ctx, tx, &w, r.outcome); err != nil {
				return err
			}
			if err := update(ctx, tx, w); err != nil {
				return err
			}
		}
		return trim(ctx, tx, w.ID)
	})
}

// judge says what an attempt means for its webhook.
func judge(ctx context.Context, tx *db.Tx, w *Webhook, outcome Outcome) error {
	switch outcome {
	case Delivered:
		w.failures, w.FailingSince, w.heldUntil = 0, time.Time{}, time.Time{}
		return nil
	case NoOwner:
		return stop(ctx, tx, w, OwnerGone)
	case Hidden, Gone:
		return nil
	}
	if w.failures++; w.FailingSince.IsZero() {
		w.FailingSince = tx.Now()
	}
	if w.failures >= stopFailures && tx.Now().Sub(w.FailingSince) >= stopAfter {
		return stop(ctx, tx, w, Failing)
	}
	if outcome == Unreachable {
		w.heldUntil = tx.Now().Add(pause(w.failures))
	}
	return nil
}

// stop switches a webhook off. Who manages the app is told by whoever receives the event.
func stop(ctx context.Context, tx *db.Tx, w *Webhook, why Reason) error {
	if !w.Active {
		return nil
	}
	w.Active, w.Stopped = false, why
	if err := giveUp(ctx, tx, w.ID); err != nil {
		return err
	}
	return job.Emit(ctx, tx, "webhook.stopped", Stopped{w.App, w.ID, why})
}

// putBack undoes take.
func (s *Webhooks) putBack(ctx context.Context, d Delivery) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE webhook_delivery SET state = ?, attempts = attempts - 1, next_at = ? WHERE id = ? AND state = ?`,
			queued, tx.Now(), d.ID, sending)
		return wrap(err)
	})
}

// pause is how long to wait after so many failures: twice as long each time, and a little more or less, so that not all come
// back at once.
func pause(failures int) time.Duration {
	d := min(firstPause<<min(failures-1, 20), maxPause)
	return d - d/5 + rand.N(d*2/5)
}
