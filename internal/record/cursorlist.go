package record

import (
	"context"
	"fmt"
	"slices"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

// cursorPart is how many ids of a cursor stand in one row: a million records are some hundred rows, and a page is in two
// of them at most.
const cursorPart = 5000

// cursorParts are the rows of a cursor's list.
func cursorParts(ids []id.Record) (parts []string) {
	for part := range slices.Chunk(ids, cursorPart) {
		parts = append(parts, string(field.ListValue(part)))
	}
	return parts
}

// addCursorList stores what a cursor found, in parts.
func addCursorList(ctx context.Context, tx *db.Tx, cursor string, parts []string) error {
	const insert = `INSERT INTO record_cursor_part (cursor_id, part, ids) VALUES (?, ?, ?)`
	args := make([]any, 0, 3*len(parts))
	for i, part := range parts {
		args = append(args, cursor, i, part)
	}
	return db.Chunks(len(parts), 3, func(from, to int) error {
		if _, err := tx.Exec(ctx, db.Repeat(insert, to-from), args[3*from:3*to]...); err != nil {
			return fmt.Errorf("record: cursor: %w", err)
		}
		return nil
	})
}

// cursorIDs returns what a cursor found from one place to before another, at most a part's length apart.
func cursorIDs(ctx context.Context, tx *db.Tx, cursor string, from, to int) (ids []id.Record, err error) {
	parts, err := db.Pluck[string](ctx, tx, `SELECT ids FROM record_cursor_part WHERE cursor_id = ? AND part BETWEEN ? AND ? ORDER BY part`,
		cursor, from/cursorPart, to/cursorPart)
	if err != nil {
		return nil, fmt.Errorf("record: cursor: %w", err)
	}
	at := from / cursorPart * cursorPart
	for _, part := range parts {
		for n := range field.Members(part) {
			if from <= at && at < to {
				ids = append(ids, id.Record(n))
			}
			at++
		}
	}
	return ids, nil
}
