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
	rows, err := tx.Query(ctx, `SELECT rule, until FROM notification_reminder WHERE app_id = ?`, a)
	if err != nil {
		return nil, fmt.Errorf("notify: reminders of %d: %w", a, err)
	}
	defer rows.Close()
	m := marks{}
	for rows.Next() {
		var (
			rule  string
			until time.Time
		)
		if err := rows.Scan(&rule, &until); err != nil {
			return nil, fmt.Errorf("notify: reminders of %d: %w", a, err)
		}
		m[rule] = until
	}
	return m, rows.Err()
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
