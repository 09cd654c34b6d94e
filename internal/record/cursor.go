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
	"github.com/engawa/engawa/internal/field"
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
	cursor = uuid.NewString()
	err = s.records.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := tx.Alone(ctx, "cursors"); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM record_cursor WHERE expires_at < ?`, tx.Now()); err != nil {
			return err
		}
		var open int
		if err := tx.QueryRow(ctx, `SELECT count(*) FROM record_cursor`).Scan(&open); err != nil {
			return err
		}
		if open >= maxCursors {
			return errs.E(errs.TooMany, "cursor.tooMany")
		}
		ids, err := s.table().IDs(ctx, tx, s.lens, q, cursorRecords)
		if err != nil {
			return err
		}
		total = len(ids)
		_, err = tx.Exec(ctx, `
			INSERT INTO record_cursor (id, app_id, actor, fields, query, size, ids, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			cursor, s.live.ID, s.who.String(), string(shown), text, size, string(idList(ids)), tx.Now().Add(cursorIdle))
		return err
	})
	return cursor, total, err
}

func idList(ids []id.Record) field.Value {
	list := make([]int64, len(ids))
	for i, n := range ids {
		list[i] = int64(n)
	}
	return field.ListValue(list)
}

// Fetch returns the next records of a cursor and whether there are more. The app is opened anew each time, so that
// what the actor may not see any more is left out. After the last page the cursor is gone.
//
// Errors: NotFound when there is no such cursor of this actor.
func (r *Records) Fetch(ctx context.Context, who access.Actor, cursor string) (list []Found, more bool, err error) {
	err = r.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		var app id.App
		var fields, left string
		var size int
		err := tx.QueryRow(ctx, `SELECT app_id, fields, size, ids FROM record_cursor WHERE id = ? AND actor = ? AND expires_at >= ?`+tx.ForUpdate(),
			cursor, who.String(), tx.Now()).Scan(&app, &fields, &size, &left)
		if errors.Is(err, db.ErrNoRows) {
			return errs.E(errs.NotFound, "cursor.notFound")
		}
		if err != nil {
			return fmt.Errorf("record: cursor: %w", err)
		}
		set, err := r.Open(ctx, who, app)
		if err != nil {
			return err
		}
		var codes []string
		if err := json.Unmarshal([]byte(fields), &codes); err != nil {
			return err
		}
		page, rest := split(left, size)
		if list, err = set.table().ByIDs(ctx, tx, set.lens, page, set.show(codes)); err != nil {
			return err
		}
		if more = len(rest) > 0; !more {
			_, err = tx.Exec(ctx, `DELETE FROM record_cursor WHERE id = ?`, cursor)
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE record_cursor SET ids = ?, expires_at = ? WHERE id = ?`,
			string(field.ListValue(rest)), tx.Now().Add(cursorIdle), cursor)
		return err
	})
	return list, more, err
}

func split(list string, size int) (page []id.Record, rest []int64) {
	for n := range field.Members(list) {
		if len(page) < size {
			page = append(page, id.Record(n))
		} else {
			rest = append(rest, n)
		}
	}
	return page, rest
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
