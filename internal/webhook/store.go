package webhook

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
)

const selectWebhooks = `
	SELECT id, app_id, url, description, events, active, stopped, owner_id, nonce, old_nonce, rotated_at, failures,
		failing_since, held_until, created_at, updated_at FROM webhook`

func (w *Webhook) scan(row db.RowScanner) error {
	var events string
	var rotated, failing, held db.NullTime
	err := row.Scan(&w.ID, &w.App, &w.URL, &w.Description, &events, &w.Active, &w.Stopped, &w.Owner, &w.nonce, &w.oldNonce, &rotated, &w.failures,
		&failing, &held, &w.CreatedAt, &w.UpdatedAt)
	for e := range strings.SplitSeq(events, ",") {
		w.Events = append(w.Events, Event(e))
	}
	w.rotatedAt, w.FailingSince, w.heldUntil = rotated.Time, failing.Time, held.Time
	return err
}

// byID returns a webhook, which the transaction may be about to change. Errors: NotFound.
func byID(ctx context.Context, tx *db.Tx, n id.Webhook) (w Webhook, err error) {
	err = w.scan(tx.QueryRow(ctx, selectWebhooks+` WHERE id = ?`+tx.ForUpdate(), n))
	if errors.Is(err, db.ErrNoRows) {
		return w, notFound(n)
	}
	return w, wrap(err)
}

func byApp(ctx context.Context, tx *db.Tx, a id.App) ([]Webhook, error) {
	list, err := db.Collect(ctx, tx, (*Webhook).scan, selectWebhooks+` WHERE app_id = ? ORDER BY id`, a)
	return list, wrap(err)
}

func insert(ctx context.Context, tx *db.Tx, w *Webhook) error {
	w.CreatedAt, w.UpdatedAt = tx.Now(), tx.Now()
	return wrap(tx.QueryRow(ctx, `
		INSERT INTO webhook (app_id, url, description, events, active, owner_id, nonce, created_at, updated_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		w.App, w.URL, w.Description, joined(w.Events), w.Active, w.Owner, w.nonce, w.CreatedAt, w.UpdatedAt).Scan(&w.ID))
}

func update(ctx context.Context, tx *db.Tx, w Webhook) error {
	_, err := tx.Exec(ctx, `
		UPDATE webhook SET url = ?, description = ?, events = ?, active = ?, stopped = ?, owner_id = ?, nonce = ?, old_nonce = ?,
			rotated_at = ?, failures = ?, failing_since = ?, held_until = ?, updated_at = ? WHERE id = ?`,
		w.URL, w.Description, joined(w.Events), w.Active, string(w.Stopped), w.Owner, w.nonce, w.oldNonce,
		db.OrNull(w.rotatedAt), w.failures, db.OrNull(w.FailingSince), db.OrNull(w.heldUntil), w.UpdatedAt, w.ID)
	return wrap(err)
}

// remove deletes a webhook of an app with its deliveries. Errors: NotFound.
func remove(ctx context.Context, tx *db.Tx, a id.App, n id.Webhook) error {
	gone, err := tx.Exec(ctx, `DELETE FROM webhook WHERE id = ? AND app_id = ?`, n, a)
	if err != nil {
		return wrap(err)
	}
	if gone == 0 {
		return notFound(n)
	}
	_, err = tx.Exec(ctx, `DELETE FROM webhook_delivery WHERE webhook_id = ?`, n)
	return wrap(err)
}

func joined(events []Event) string {
	list := make([]string, len(events))
	for i, e := range events {
		list[i] = string(e)
	}
	return strings.Join(list, ",")
}

func wrap(err error) error {
	if err != nil {
		return fmt.Errorf("webhook: %w", err)
	}
	return nil
}
