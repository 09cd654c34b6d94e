package record

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// Deleted is a record in the trash.
type Deleted struct {
	ID        id.Record
	Title     string
	DeletedBy id.User
	DeletedAt time.Time
}

// buried is a record as the trash keeps it: everything that PutBack needs.
type buried struct {
	Head    table.Head    `json:"head"`
	Content table.Content `json:"content"`
}

func (b buried) row() row { return row{b.Head, b.Content.Values, b.Content.Rows} }

func (s *Set) intoTrash(ctx context.Context, tx *db.Tx, h table.Head, c table.Content) error {
	b, err := json.Marshal(buried{h, c})
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		INSERT INTO record_trash (app_id, record_id, title, content, deleted_by, deleted_at) VALUES (?, ?, ?, ?, ?, ?)`,
		s.live.ID, h.ID, s.title(h, c), string(b), s.who.UserID(), tx.Now())
	if err != nil {
		return fmt.Errorf("record: trash %d: %w", h.ID, err)
	}
	return s.table().Delete(ctx, tx, s.form(), h.ID)
}

// How many deleted records are listed, and how many are looked at for that.
const (
	trashListed = 500
	trashRead   = 20_000
)

// Trash returns the deleted records that the actor could see and delete when they were there, newest first, at
// most 500.
func (s *Set) Trash(ctx context.Context) (list []Deleted, err error) {
	if err := s.need(access.View | access.Delete); err != nil {
		return nil, err
	}
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		list = nil
		rows, err := tx.Query(ctx, `
			SELECT record_id, content, deleted_by, deleted_at FROM record_trash
			WHERE app_id = ? ORDER BY deleted_at DESC, record_id DESC LIMIT ?`, s.live.ID, trashRead)
		if err != nil {
			return fmt.Errorf("record: trash: %w", err)
		}
		defer rows.Close()
		for len(list) < trashListed && rows.Next() {
			var d Deleted
			var content string
			if err := rows.Scan(&d.ID, &content, &d.DeletedBy, &d.DeletedAt); err != nil {
				return err
			}
			var b buried
			if err := json.Unmarshal([]byte(content), &b); err != nil {
				return fmt.Errorf("record: trash %d: %w", d.ID, err)
			}
			if s.may(access.View|access.Delete, b.Head, b.Content) {
				d.Title = s.title(b.Head, b.Content)
				list = append(list, d)
			}
		}
		return rows.Err()
	})
	return list, err
}

// Buried returns a record in the trash that the actor could see when it was there.
//
// Errors: NotFound.
func (s *Set) Buried(ctx context.Context, record id.Record) (d Deleted, err error) {
	if err := s.need(access.View); err != nil {
		return d, err
	}
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		b, err := readTrash(ctx, tx, s.live.ID, record)
		if err != nil {
			return err
		}
		if !s.may(access.View, b.Head, b.Content) {
			return notFound(record)
		}
		d.ID, d.Title = record, s.title(b.Head, b.Content)
		return tx.QueryRow(ctx, `SELECT deleted_by, deleted_at FROM record_trash WHERE app_id = ? AND record_id = ?`, s.live.ID, record).
			Scan(&d.DeletedBy, &d.DeletedAt)
	})
	return d, err
}

// Restore brings records back from the trash with their number, history and comments, all or none. A value that is
// unique and was given to another record meanwhile is a problem at its field.
func (s *Set) Restore(ctx context.Context, ids []id.Record) error {
	if err := s.need(access.View | access.Delete); err != nil {
		return err
	}
	return s.write(ctx, Named{}, func(ctx context.Context, tx *db.Tx) error {
		if err := s.holdTrash(ctx, tx, ids); err != nil {
			return err
		}
		var back []Written
		for i, record := range ids {
			b, err := readTrash(ctx, tx, s.live.ID, record)
			if err != nil {
				return err
			}
			if !s.may(access.View|access.Delete, b.Head, b.Content) {
				return notFound(record)
			}
			if _, err := tx.Exec(ctx, `DELETE FROM record_trash WHERE app_id = ? AND record_id = ?`, s.live.ID, record); err != nil {
				return err
			}
			if err := s.standAgain(ctx, tx, record, b.Content); err != nil {
				return err
			}
			s.refile(b.Content)
			b.Head = s.touched(b.Head, tx).Head
			var p errs.Fields
			if err := s.decoder(&p).derive(ctx, b.Head, b.Content, b.Content, path("", i)); err != nil {
				return err
			}
			if err := s.uniqueness(&p).check(ctx, tx, b.row(), table.NewContent(), b.Content, path("", i)); err != nil {
				return err
			}
			if err := p.Err(); err != nil {
				return err
			}
			if err := s.table().PutBack(ctx, tx, s.form(), []table.Stored{{Head: b.Head, Content: b.Content}}); err != nil {
				return s.repeated(err, b.row(), path("", i))
			}
			err = addChange(ctx, tx, s.live.ID, change{Record: record, Revision: b.Head.Revision, Kind: restored, By: s.who.UserID()})
			if err != nil {
				return err
			}
			back = append(back, Written{ID: record, Revision: b.Head.Revision})
		}
		return s.emit(ctx, tx, "record.restored", back, len(ids) > 1)
	})
}

// holdTrash makes records in the trash tx's to change, the lowest id first, as hold does with those that are not.
func (s *Set) holdTrash(ctx context.Context, tx *db.Tx, ids []id.Record) error {
	if tx.ForUpdate() == "" || len(ids) < 2 {
		return nil
	}
	return tx.Later(ctx, `SELECT record_id FROM record_trash WHERE app_id = ? AND record_id IN (`+db.Marks(len(ids))+
		`) ORDER BY record_id`+tx.ForUpdate(), append([]any{s.live.ID}, db.Args(ids)...)...)
}

func readTrash(ctx context.Context, tx *db.Tx, app id.App, record id.Record) (b buried, err error) {
	var content string
	err = tx.QueryRow(ctx, `SELECT content FROM record_trash WHERE app_id = ? AND record_id = ?`+tx.ForUpdate(), app, record).Scan(&content)
	if errors.Is(err, db.ErrNoRows) {
		return b, notFound(record)
	}
	if err != nil {
		return b, fmt.Errorf("record: trash %d: %w", record, err)
	}
	if err := json.Unmarshal([]byte(content), &b); err != nil {
		return b, fmt.Errorf("record: trash %d: %w", record, err)
	}
	return b, nil
}
