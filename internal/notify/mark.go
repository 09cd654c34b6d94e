package notify

import (
	"context"
	"fmt"
	"maps"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
)

// marks are how far the times of an app's reminders have been told of, by rule.
type marks map[string]time.Time

func (m marks) clone() marks { return maps.Clone(m) }

func readMarks(ctx context.Context, tx *db.Tx, a id.App) (marks, error) {
	m := marks{}
	err := db.Each(ctx, tx, func(row db.RowScanner) error {
		var rule string
		var until time.Time
		err := row.Scan(&rule, &until)
		m[rule] = until
		return err
	}, `SELECT rule, until FROM notification_reminder WHERE app_id = ?`, a)
	if err != nil {
		return nil, fmt.Errorf("notify: reminders of %d: %w", a, err)
	}
	return m, nil
}

func setMark(ctx context.Context, tx *db.Tx, a id.App, rule string, until time.Time) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO notification_reminder (app_id, rule, until) VALUES (?, ?, ?)
		ON CONFLICT (app_id, rule) DO UPDATE SET until = excluded.until`, a, rule, until)
	if err != nil {
		return fmt.Errorf("notify: reminder of %d: %w", a, err)
	}
	return nil
}

func dropMark(ctx context.Context, tx *db.Tx, a id.App, rule string) error {
	if _, err := tx.Exec(ctx, `DELETE FROM notification_reminder WHERE app_id = ? AND rule = ?`, a, rule); err != nil {
		return fmt.Errorf("notify: reminder of %d: %w", a, err)
	}
	return nil
}
