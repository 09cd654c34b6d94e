package record

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// The limits of cursors.
// Source: kintone REST API, cursors.
const (
	maxCursors    = 10
	cursorIdle    = 10 * time.Minute
	cursorRecords = 1_000_000
)

// OpenCursor remembers the ids of all records that a query finds now, to be fetched size at a time. It returns the
// cursor's id and how many records there are. Limit and offset are not allowed in the query.
//
// Errors: Invalid for a bad query; TooMany when ten cursors are open on the site.
func (s *Set) OpenCursor(ctx context.Context, text string, fields []string, size int) (cursor string, total int, err error) {
	parsed, err := query.Parse(text)
	if err == nil && (parsed.HasLimit || parsed.HasOffset) {
		var p errs.Fields
		p.Add("query", "cursor.limit")
		err = p.Err()
	}
	if err != nil {
		return "", 0, err
	}
	q, err := s.check(ctx, text)
	if err != nil {
		return "", 0, err
	}
	shown, err := json.Marshal(fields)
	if err != nil {
		return "", 0, err
	}
	ids, err := s.findAll(ctx, q)
	if err != nil {
		return "", 0, err
	}
	cursor = uuid.NewString()
	parts := cursorParts(ids)
	err = s.records.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := tx.Alone(ctx, "cursors"); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM record_cursor WHERE expires_at < ?`, tx.Now()); err != nil {
			return err
		}
		if err := roomForCursor(ctx, tx); err != nil {
			return err
		}
		if _, err = tx.Exec(ctx, `
			INSERT INTO record_cursor (id, app_id, actor, fields, size, total, position, expires_at) VALUES (?, ?, ?, ?, ?, ?, 0, ?)`,
			cursor, s.live.ID, s.who.String(), string(shown), size, len(ids), tx.Now().Add(cursorIdle)); err != nil {
			return err
		}
		return addCursorList(ctx, tx, cursor, parts)
	})
	return cursor, len(ids), err
}

// findAll returns the ids of all records that q finds, in its order, as the read of whoever asks: nobody who writes waits
// for it. It is not begun when there is no room for a cursor anyway.
func (s *Set) findAll(ctx context.Context, q *query.Checked) (ids []id.Record, err error) {
	if err := s.records.db.ReadOne(ctx, roomForCursor); err != nil {
		return nil, err
	}
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		ids, err = s.table().IDs(ctx, tx, s.lens, q, cursorRecords)
		return err
	})
	return ids, err
}

// roomForCursor refuses another cursor when as many are open as may be. Only who is alone knows it for certain.
func roomForCursor(ctx context.Context, tx *db.Tx) error {
	var open int
	if err := tx.QueryRow(ctx, `SELECT count(*) FROM record_cursor WHERE expires_at >= ?`, tx.Now()).Scan(&open); err != nil {
		return fmt.Errorf("record: cursors: %w", err)
	}
	if open >= maxCursors {
		return errs.E(errs.TooMany, "cursor.tooMany")
	}
	return nil
}

// standing is a cursor and how far it is.
type standing struct {
	id       string
	app      id.App
	fields   []string
	size     int
	total    int
	position int
}

func (c standing) next() int { return min(c.position+c.size, c.total) }

// Fetch returns the next records of a cursor and whether there are more. The app is opened anew each time, so that
// what the actor may not see any more is left out. After the last page the cursor is gone. A page is given once, also to
// those who fetch at the same time; one that could not be read is the next page again.
//
// Errors: NotFound when there is no such cursor of this actor.
func (r *Records) Fetch(ctx context.Context, who access.Actor, cursor string) (list []Found, more bool, err error) {
	for {
		c, err := r.standing(ctx, who, cursor)
		if err != nil {
			return nil, false, err
		}
		set, err := r.Open(ctx, who, c.app)
		if err != nil {
			return nil, false, err
		}
		list, err := set.cursorPage(ctx, c)
		if err != nil {
			return nil, false, err
		}
		if mine, err := r.moveOn(ctx, c); err != nil || mine {
			return list, c.next() < c.total, err
		}
	}
}

func (r *Records) standing(ctx context.Context, who access.Actor, cursor string) (standing, error) {
	c, fields := standing{id: cursor}, ""
	err := r.db.ReadOne(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT app_id, fields, size, total, position FROM record_cursor WHERE id = ? AND actor = ? AND expires_at >= ?`,
			cursor, who.String(), tx.Now()).Scan(&c.app, &fields, &c.size, &c.total, &c.position)
	})
	if errors.Is(err, db.ErrNoRows) {
		return c, errs.E(errs.NotFound, "cursor.notFound")
	}
	if err != nil {
		return c, fmt.Errorf("record: cursor: %w", err)
	}
	return c, json.Unmarshal([]byte(fields), &c.fields)
}

// cursorPage returns the records at which c stands.
func (s *Set) cursorPage(ctx context.Context, c standing) (list []Found, err error) {
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		ids, err := cursorIDs(ctx, tx, c.id, c.position, c.next())
		if err != nil {
			return err
		}
		list, err = s.table().ByIDs(ctx, tx, s.lens, ids, s.show(c.fields))
		return err
	})
	return list, err
}

// moveOn moves a cursor behind the page at which c stands. It is false when somebody else has been given that page.
func (r *Records) moveOn(ctx context.Context, c standing) (mine bool, err error) {
	err = r.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		var n int64
		if c.next() == c.total {
			n, err = tx.Exec(ctx, `DELETE FROM record_cursor WHERE id = ? AND position = ?`, c.id, c.position)
		} else {
			n, err = tx.Exec(ctx, `UPDATE record_cursor SET position = ?, expires_at = ? WHERE id = ? AND position = ?`,
				c.next(), tx.Now().Add(cursorIdle), c.id, c.position)
		}
		mine = n == 1
		return err
	})
	return mine, err
}

// CloseCursor forgets a cursor.
//
// Errors: NotFound when there is no such cursor of this actor.
func (r *Records) CloseCursor(ctx context.Context, who access.Actor, cursor string) error {
	return r.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		n, err := tx.Exec(ctx, `DELETE FROM record_cursor WHERE id = ? AND actor = ?`, cursor, who.String())
		if err == nil && n == 0 {
			err = errs.E(errs.NotFound, "cursor.notFound")
		}
		return err
	})
}
