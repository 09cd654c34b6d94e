package notify

import (
	"context"
	"fmt"
	"strings"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
)

// Page is how many notices a page has; MaxUnread is how far unread ones are counted; MaxMark how many may be marked by
// number at once.
const (
	Page      = 30
	MaxUnread = 100
	MaxMark   = 100
)

const selectNotices = `
	SELECT id, user_id, kind, app_id, record_id, comment_id, import_id, report_id, status_id, thread_id, to_me, by_id, text, created_at, read_at IS NOT NULL FROM notification
	WHERE user_id = ? AND id < ?`

// newest is above every id.
const newest = 1 << 62

// List returns the notices of a person below number before (0: from the newest), newest first, one page, and whether
// there are more. Those about what he may not see any more, or is gone, are left out.
//
// Errors: Forbidden when who is not a user.
func (s *Notices) List(ctx context.Context, who access.Actor, before id.Notification) (list []Notice, more bool, err error) {
	if err := mine(who); err != nil {
		return nil, false, err
	}
	if before == 0 {
		before = newest
	}
	r := s.newReader(who)
	for len(list) <= Page {
		rows, err := s.read(ctx, selectNotices+` ORDER BY id DESC LIMIT ?`, who.UserID(), before, 2*Page)
		if err != nil {
			return nil, false, err
		}
		found, err := r.visible(ctx, rows, Page+1-len(list))
		if err != nil {
			return nil, false, err
		}
		list = append(list, found...)
		if len(rows) < 2*Page {
			break
		}
		before = rows[len(rows)-1].ID
	}
	if len(list) > Page {
		return list[:Page], true, nil
	}
	return list, false, nil
}

// Unread returns how many notices a person has not read, of those that List shows; it counts to 100.
//
// Errors: Forbidden when who is not a user.
func (s *Notices) Unread(ctx context.Context, who access.Actor) (int, error) {
	if err := mine(who); err != nil {
		return 0, err
	}
	rows, err := s.read(ctx, selectNotices+` AND read_at IS NULL ORDER BY id DESC LIMIT ?`, who.UserID(), newest, MaxUnread)
	if err != nil {
		return 0, err
	}
	found, err := s.newReader(who).visible(ctx, rows, MaxUnread)
	return len(found), err
}

func (s *Notices) read(ctx context.Context, query string, args ...any) (list []Notice, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		list, err = db.Collect(ctx, tx, func(n *Notice, row db.RowScanner) error {
			return row.Scan(&n.ID, &n.user, &n.Kind, &n.App, &n.Record, &n.comment, &n.Import, &n.Report, &n.status, &n.Thread, &n.ToMe, &n.by,
				&n.Text, &n.At, &n.Read)
		}, query, args...)
		return err
	})
	if err != nil {
		err = fmt.Errorf("notify: %w", err)
	}
	return list, err
}

// Mark notes that a person has read some of his notices, or all of them when list is nil.
//
// Errors: Forbidden when who is not a user.
func (s *Notices) Mark(ctx context.Context, who access.Actor, list []id.Notification) error {
	if err := mine(who); err != nil {
		return err
	}
	update, args := `UPDATE notification SET read_at = ? WHERE user_id = ? AND read_at IS NULL`, []any{who.UserID()}
	if list != nil {
		update += ` AND id IN (0` + strings.Repeat(", ?", len(list)) + `)`
		args = append(args, db.Args(list)...)
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		tx.Signal(Topic(who.UserID()))
		_, err := tx.Exec(ctx, update, append([]any{tx.Now()}, args...)...)
		if err != nil {
			return fmt.Errorf("notify: mark: %w", err)
		}
		return nil
	})
}

// State is a mark of a person's notices: another one when any came, or was read.
func (s *Notices) State(ctx context.Context, user id.User) (mark [2]int64, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT count(*), coalesce(max(id), 0) FROM notification WHERE user_id = ? AND read_at IS NULL`, user).
			Scan(&mark[0], &mark[1])
	})
	if err != nil {
		err = fmt.Errorf("notify: state: %w", err)
	}
	return mark, err
}

// insertNotice stores a notice, unless its person has been told of the same already.
func insertNotice(ctx context.Context, tx *db.Tx, n *Notice) (told bool, err error) {
	added, err := tx.Exec(ctx, `
		INSERT INTO notification (user_id, kind, app_id, record_id, comment_id, import_id, report_id, status_id, thread_id, to_me, by_id, text, once, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (once) DO NOTHING`,
		n.user, string(n.Kind), n.App, n.Record, n.comment, n.Import, n.Report, n.status, n.Thread, n.ToMe, n.by, n.ruleText(), n.once, n.At)
	if err != nil {
		return false, fmt.Errorf("notify: %w", err)
	}
	return added > 0, nil
}

// ruleText is what is kept of a notice's text: what a rule says, not what people wrote.
func (n Notice) ruleText() string {
	if n.Kind == Condition || n.Kind == Reminder {
		return n.Text
	}
	return ""
}
