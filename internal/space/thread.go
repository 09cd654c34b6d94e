package space

import (
	"context"
	"errors"
	"fmt"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

func noThread(n id.Thread) error {
	return errs.E(errs.NotFound, "space.threadNotFound", errs.Args{"id": id.String(n)})
}

// AddThread makes a thread in a space that has several.
//
// Errors: NotFound; Forbidden for who is not in the space; Invalid by path, or "space.singleThread".
func (s *Spaces) AddThread(ctx context.Context, who access.Actor, n id.Space, name string) (thread id.Thread, err error) {
	var p errs.Fields
	checkName(name, "name", &p)
	if err := p.Err(); err != nil {
		return 0, err
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		sp, err := s.visible(ctx, tx, who, n)
		switch {
		case err != nil:
			return err
		case !sp.HasMember(who) && !sp.Administers(who):
			return errs.E(errs.Forbidden, "forbidden")
		case !sp.MultiThread:
			return errs.E(errs.Invalid, "space.singleThread")
		}
		thread, err = addThread(ctx, tx, who, n, name)
		return err
	})
	return thread, err
}

// HasThread returns nil when a space has a thread.
//
// Errors: NotFound.
func HasThread(ctx context.Context, tx *db.Tx, n id.Space, thread id.Thread) error {
	var there int
	err := tx.QueryRow(ctx, `SELECT count(*) FROM thread WHERE id = ? AND space_id = ?`, thread, n).Scan(&there)
	if err == nil && there == 0 {
		return noThread(thread)
	}
	return err
}

func addThread(ctx context.Context, tx *db.Tx, who access.Actor, n id.Space, name string) (thread id.Thread, err error) {
	err = tx.QueryRow(ctx, `INSERT INTO thread (space_id, name, creator_id, created_at, modified_at) VALUES (?, ?, ?, ?, ?) RETURNING id`,
		n, name, who.UserID(), tx.Now(), tx.Now()).Scan(&thread)
	if err != nil {
		return 0, fmt.Errorf("space: add thread: %w", err)
	}
	return thread, nil
}

func renameThread(ctx context.Context, tx *db.Tx, thread id.Thread, name string) error {
	_, err := tx.Exec(ctx, `UPDATE thread SET name = ? WHERE id = ?`, name, thread)
	return err
}

// EditThread changes a thread's name and body; nil leaves what is there. The name of a space's only thread is the space's
// and stays.
//
// Errors: NotFound; Forbidden for who neither administers the space nor made the thread; Invalid by path.
func (s *Spaces) EditThread(ctx context.Context, who access.Actor, thread id.Thread, name, body *string) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		sp, creator, err := s.spaceOf(ctx, tx, who, thread)
		if err != nil {
			return err
		}
		if !sp.Administers(who) && creator != who.UserID() {
			return errs.E(errs.Forbidden, "forbidden")
		}
		var p errs.Fields
		if name != nil {
			checkName(*name, "name", &p)
		}
		clean := ""
		if body != nil {
			clean = cleanBody(*body, "body", &p)
		}
		if err := p.Err(); err != nil {
			return err
		}
		if name != nil && sp.MultiThread {
			if err := renameThread(ctx, tx, thread, *name); err != nil {
				return fmt.Errorf("space: rename thread %d: %w", thread, err)
			}
		}
		if body != nil {
			if _, err := tx.Exec(ctx, `UPDATE thread SET body = ?, modified_at = ? WHERE id = ?`, clean, tx.Now(), thread); err != nil {
				return fmt.Errorf("space: edit thread %d: %w", thread, err)
			}
		}
		return nil
	})
}

// spaceOf returns the space of a thread that who may know of, and who made the thread.
func (s *Spaces) spaceOf(ctx context.Context, tx *db.Tx, who access.Actor, thread id.Thread) (sp Space, creator id.User, err error) {
	var n id.Space
	err = tx.QueryRow(ctx, `SELECT space_id, creator_id FROM thread WHERE id = ?`, thread).Scan(&n, &creator)
	if errors.Is(err, db.ErrNoRows) {
		return sp, 0, noThread(thread)
	}
	if err != nil {
		return sp, 0, fmt.Errorf("space: thread %d: %w", thread, err)
	}
	sp, err = s.visible(ctx, tx, who, n)
	if errs.KindOf(err) == errs.NotFound {
		err = noThread(thread)
	}
	return sp, creator, err
}
