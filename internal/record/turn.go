package record

import (
	"context"
	"fmt"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
)

// turn is one of several people who all have to act on a record before it goes on.
type turn struct {
	User   id.User
	Action string    // what he did, "" while he has not
	By     id.User   // who did it in his name
	At     time.Time // zero while he has not
}

// turns are in the order in which the people were named. A record that does not wait for several has none.
type turns []turn

// without are those who are left to act when somebody has.
func (list turns) without(user id.User) (left []id.User) {
	for _, t := range list {
		if t.Action == "" && t.User != user {
			left = append(left, t.User)
		}
	}
	return left
}

func readTurns(ctx context.Context, tx *db.Tx, app id.App, record id.Record) (turns, error) {
	list, err := db.Collect(ctx, tx, func(t *turn, row db.RowScanner) error {
		var at db.NullTime
		err := row.Scan(&t.User, &t.Action, &t.By, &at)
		t.At = at.Time
		return err
	}, `SELECT user_id, action, done_by, done_at FROM record_turn WHERE app_id = ? AND record_id = ? ORDER BY position`, app, record)
	if err != nil {
		return nil, fmt.Errorf("record: turns of %d: %w", record, err)
	}
	return list, nil
}

// writeTurns forgets whom the record waited for, and notes whom it waits for now.
func writeTurns(ctx context.Context, tx *db.Tx, app id.App, record id.Record, users []id.User) error {
	if _, err := tx.Exec(ctx, `DELETE FROM record_turn WHERE app_id = ? AND record_id = ?`, app, record); err != nil {
		return fmt.Errorf("record: turns of %d: %w", record, err)
	}
	const insert = `INSERT INTO record_turn (app_id, record_id, user_id, position) VALUES (?, ?, ?, ?)`
	var args []any
	for i, u := range users {
		args = append(args, app, record, u, i)
	}
	return db.Chunks(len(users), 4, func(from, to int) error {
		if _, err := tx.Exec(ctx, db.Repeat(insert, to-from), args[4*from:4*to]...); err != nil {
			return fmt.Errorf("record: turns of %d: %w", record, err)
		}
		return nil
	})
}

// takeTurn notes that somebody has acted, or another in his name.
func takeTurn(ctx context.Context, tx *db.Tx, app id.App, record id.Record, t turn) error {
	_, err := tx.Exec(ctx, `UPDATE record_turn SET action = ?, done_by = ?, done_at = ? WHERE app_id = ? AND record_id = ? AND user_id = ?`,
		t.Action, t.By, tx.Now(), app, record, t.User)
	if err != nil {
		return fmt.Errorf("record: turn of %d: %w", record, err)
	}
	return nil
}
