package record

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/text"
)

// Lane says who may read a comment. An outsider never learns that an internal one exists.
type Lane string

// The lanes.
const (
	Internal Lane = "internal"
	Shared   Lane = "shared" // also those outside who hold a link of the record
)

// Comment is a comment on a record.
type Comment struct {
	ID        id.Comment
	Lane      Lane
	Text      string
	Mentions  []Mention
	Call      bool         // of one to be added: its text does not name those mentioned yet
	Author    field.Person // of somebody outside: only the name he gave
	Outside   bool
	Share     id.Share // the link an outsider wrote through
	CreatedAt time.Time
	Mine      bool
}

// maxCommentRunes is how long a comment may be.
// Source: kintone REST API, "Add Comment".
const maxCommentRunes = 65535

// AddComment writes a comment. Outsiders write into the shared lane whatever they ask for.
//
// Errors: NotFound when the actor cannot see the record; Invalid for an empty or too long text, for too many or
// unknown mentions, and when the app's comments are off.
func (s *Set) AddComment(ctx context.Context, record id.Record, c Comment) (id.Comment, error) {
	if err := s.need(access.View); err != nil {
		return 0, err
	}
	if err := s.HasComments(); err != nil {
		return 0, err
	}
	if s.who.Kind() == access.KindLinkHolder {
		c.Lane, c.Outside, c.Mentions = Shared, true, nil
	}
	if err := s.checkComment(&c); err != nil {
		return 0, err
	}
	if c.Call {
		c.Text = called(c.Text, c.Mentions, s.directory)
	}
	mentions, err := json.Marshal(c.Mentions)
	if err != nil {
		return 0, err
	}
	var added id.Comment
	err = s.records.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, _, ok, err := s.load(ctx, tx, record); err != nil || !ok {
			return orMissing(err, record)
		}
		err := tx.QueryRow(ctx, `
			INSERT INTO record_comment (app_id, record_id, lane, author_id, share_id, author, body, mentions, created_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
			s.live.ID, record, string(c.Lane), s.who.UserID(), orNone(s.who.Share()), outsideName(s.who), c.Text, string(mentions), tx.Now()).Scan(&added)
		if err != nil {
			return fmt.Errorf("record: comment on %d: %w", record, err)
		}
		return job.Emit(ctx, tx, "comment.added", Event{
			App: s.live.ID, Records: []id.Record{record}, Comment: added, By: s.who.UserID(), Share: s.who.Share(),
		})
	})
	return added, err
}

// HasComments returns nil unless the app's comments are off.
//
// Errors: Invalid "comment.disabled".
func (s *Set) HasComments() error {
	if s.live.Settings.NoComments {
		return errs.E(errs.Invalid, "comment.disabled")
	}
	return nil
}

func orNone(share id.Share) any {
	if share == 0 {
		return nil
	}
	return share
}

func outsideName(a access.Actor) string {
	if a.Kind() == access.KindLinkHolder {
		return a.Name()
	}
	return ""
}

func (s *Set) checkComment(c *Comment) error {
	var p errs.Fields
	switch n := utf8.RuneCountInString(c.Text); {
	case strings.TrimSpace(c.Text) == "":
		p.Add("comment.text", "param.required")
	case n > maxCommentRunes || !text.Keepable(c.Text):
		p.Add("comment.text", "comment.length", errs.Args{"max": maxCommentRunes})
	}
	if c.Lane != Internal && c.Lane != Shared {
		p.Add("comment.lane", "param.enum")
	}
	checkMentions(c.Mentions, &p)
	if err := p.Err(); err != nil {
		return err
	}
	for _, m := range c.Mentions {
		if _, ok := m.name(s.directory); !ok {
			return errs.E(errs.Invalid, unknown[m.Type], errs.Args{"code": m.Code})
		}
	}
	return nil
}

// unknown says that somebody who is mentioned is not there.
var unknown = map[string]string{"USER": "comment.unknownUser", "GROUP": "entity.unknownGroup", "ORGANIZATION": "entity.unknownOrganization"}

// Comments returns up to limit comments of a record, newest first unless oldest is set, after skipping offset,
// and whether there are more. Outsiders get the shared lane only.
//
// Errors: NotFound when the actor cannot see the record.
func (s *Set) Comments(ctx context.Context, record id.Record, oldest bool, offset, limit int) (list []Comment, more bool, err error) {
	if err := s.need(access.View); err != nil {
		return nil, false, err
	}
	order := "DESC"
	if oldest {
		order = "ASC"
	}
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		list = nil
		if _, _, ok, err := s.load(ctx, tx, record); err != nil || !ok {
			return orMissing(err, record)
		}
		list, err = db.Collect(ctx, tx, func(c *Comment, row db.RowScanner) (err error) {
			*c, err = s.scanComment(row)
			return err
		}, selectComments+s.lanes()+` ORDER BY id `+order+` LIMIT ? OFFSET ?`, s.live.ID, record, limit+1, offset)
		if err != nil {
			return fmt.Errorf("record: comments of %d: %w", record, err)
		}
		return nil
	})
	if more = len(list) > limit; more {
		list = list[:limit]
	}
	return list, more, err
}

const selectComments = `
	SELECT id, lane, author_id, coalesce(share_id, 0), author, body, mentions, created_at FROM record_comment
	WHERE app_id = ? AND record_id = ?`

// lanes is the condition for the comments that the actor may know of.
func (s *Set) lanes() string {
	if s.who.Kind() == access.KindLinkHolder {
		return ` AND lane = 'shared'`
	}
	return ""
}

func (s *Set) scanComment(row db.RowScanner) (Comment, error) {
	var c Comment
	var author id.User
	var name, mentions string
	if err := row.Scan(&c.ID, &c.Lane, &author, &c.Share, &name, &c.Text, &mentions, &c.CreatedAt); err != nil {
		return c, err
	}
	if err := json.Unmarshal([]byte(mentions), &c.Mentions); err != nil {
		return c, fmt.Errorf("record: comment %d: %w", c.ID, err)
	}
	c.Outside = author == 0
	if c.Outside {
		c.Author.Name = name
		c.Mine = s.who.Kind() == access.KindLinkHolder && c.Share == s.who.Share() && name == s.who.Name()
	} else {
		c.Author, _ = s.directory.User(author)
		c.Mine = author == s.who.UserID() && s.who.Kind() == access.KindUser
	}
	return c, nil
}

// DeleteComment removes a comment that the actor wrote.
//
// Errors: NotFound when the actor cannot see the record; Invalid "comment.notFound" when it has no such comment;
// Forbidden when somebody else wrote it.
func (s *Set) DeleteComment(ctx context.Context, record id.Record, comment id.Comment) error {
	if err := s.need(access.View); err != nil {
		return err
	}
	return s.records.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, _, ok, err := s.load(ctx, tx, record); err != nil || !ok {
			return orMissing(err, record)
		}
		var author id.User
		err := tx.QueryRow(ctx, `SELECT author_id FROM record_comment WHERE id = ? AND app_id = ? AND record_id = ?`,
			comment, s.live.ID, record).Scan(&author)
		if errors.Is(err, db.ErrNoRows) {
			return errs.E(errs.Invalid, "comment.notFound")
		}
		if err != nil {
			return err
		}
		if author == 0 || author != s.who.UserID() {
			return errs.E(errs.Forbidden, "comment.notYours", errs.Args{"id": id.String(comment)})
		}
		_, err = tx.Exec(ctx, `DELETE FROM record_comment WHERE id = ?`, comment)
		return err
	})
}
