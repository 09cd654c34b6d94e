package space

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
)

// Sight is the spaces that somebody may know of, for those who look into many at once. The zero Sight has none.
type Sight struct {
	db   *db.DB
	list []Space
}

// Sight returns the spaces that who may know of.
func (s *Spaces) Sight(ctx context.Context, who access.Actor) (v Sight, err error) {
	v.db = s.db
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		v.list = nil
		all, err := readAll(ctx, tx)
		for _, sp := range all {
			if sp.Admits(who) {
				v.list = append(v.list, sp)
			}
		}
		return err
	})
	return v, err
}

// Narrow returns v without the spaces that keep does not name.
func (v Sight) Narrow(keep func(id.Space) bool) Sight {
	out := Sight{db: v.db}
	for _, sp := range v.list {
		if keep(sp.ID) {
			out.list = append(out.list, sp)
		}
	}
	return out
}

// Spaces returns them, oldest first.
func (v Sight) Spaces() []Space { return v.list }

// Name is the name of a space; ok is false when it is not among them.
func (v Sight) Name(n id.Space) (name string, ok bool) {
	for _, sp := range v.list {
		if sp.ID == n {
			return sp.Name, true
		}
	}
	return "", false
}

// within is a condition on a column of spaces.
func (v Sight) within(column string) string {
	ids := make([]string, len(v.list))
	for i, sp := range v.list {
		ids[i] = id.String(sp.ID)
	}
	return column + " IN (" + strings.Join(ids, ", ") + ")"
}

// Thread is a thread without what is said in it.
type Thread struct {
	ID        id.Thread
	Space     id.Space
	Name      string
	Body      string // clean HTML
	Creator   id.User
	CreatedAt time.Time
}

// Threads returns the threads of the spaces, oldest first.
func (v Sight) Threads(ctx context.Context) (list []Thread, err error) {
	if len(v.list) == 0 {
		return nil, nil
	}
	err = v.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		list, err = db.Collect(ctx, tx, func(t *Thread, row db.RowScanner) error {
			return row.Scan(&t.ID, &t.Space, &t.Name, &t.Body, &t.Creator, &t.CreatedAt)
		}, `SELECT id, space_id, name, body, creator_id, created_at FROM thread WHERE `+v.within("space_id")+` ORDER BY id`)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("space: threads: %w", err)
	}
	return list, nil
}

// Said is a comment and where it was made.
type Said struct {
	Comment
	Thread id.Thread
}

// maxCommentsRead bounds what one search reads.
const maxCommentsRead = 2000

// Comments returns what was said in the spaces from an instant on (zero: from the beginning), newest first or oldest first: at
// most 2,000 comments. more says that there may be others.
func (v Sight) Comments(ctx context.Context, from time.Time, oldest bool) (list []Said, more bool, err error) {
	if len(v.list) == 0 {
		return nil, false, nil
	}
	where, order, args := "", " ORDER BY c.id DESC LIMIT ?", []any{}
	if oldest {
		order = " ORDER BY c.id LIMIT ?"
	}
	switch {
	case from.IsZero():
	case oldest:
		where, args = " AND c.created_at >= ?", append(args, from)
	default:
		where, args = " AND c.created_at <= ?", append(args, from)
	}
	err = v.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		list, err = db.Collect(ctx, tx, func(s *Said, row db.RowScanner) error { return s.scan(row, &s.Thread) }, `
			SELECT c.id, c.author_id, c.text, c.mentions, c.files, c.created_at, c.thread_id
			FROM thread_comment c JOIN thread t ON t.id = c.thread_id WHERE `+v.within("t.space_id")+where+order, append(args, maxCommentsRead)...)
		return err
	})
	if err != nil {
		return nil, false, fmt.Errorf("space: find comments: %w", err)
	}
	return list, len(list) == maxCommentsRead, nil
}
