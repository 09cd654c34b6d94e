package space

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
)

// Limits of a comment: its length in characters, how many it may name, how many files it may bring, and how wide in pixels the
// pictures among them may be made.
// Source: kintone REST API, "Add Thread Comment".
const (
	MaxComment  = 65_535
	MaxMentions = 10
	MaxFiles    = 5
	MinWidth    = 100
	MaxWidth    = 750
)

// Comment is something that was said in a thread.
type Comment struct {
	ID        id.Comment
	Text      string
	Mentions  []Mention
	Files     []Attached
	Author    id.User
	CreatedAt time.Time
}

// Mention names whom a comment is for.
type Mention struct {
	Code string `json:"code"`
	Type string `json:"type"` // USER, GROUP, ORGANIZATION
}

// Attached is a file of a comment.
type Attached struct {
	Key         string `json:"key"` // permanent; of a comment that is to be added, that of an upload
	Name        string `json:"name"`
	ContentType string `json:"contentType"`
	Size        int64  `json:"size"`
	Width       int    `json:"width,omitempty"` // of a picture on the page, in pixels; 0 is its own
}

// check notes what is wrong with c.
func (c *Comment) check(p *errs.Fields) {
	switch n := utf8.RuneCountInString(c.Text); {
	case n == 0 && len(c.Files) == 0:
		p.Add("comment.text", "param.required")
	case n > MaxComment:
		p.Add("comment.text", "param.length", errs.Args{"min": 1, "max": MaxComment})
	}
	if len(c.Mentions) > MaxMentions {
		p.Add("comment.mentions", "param.size", errs.Args{"min": 0, "max": MaxMentions})
	}
	if len(c.Files) > MaxFiles {
		p.Add("comment.files", "param.size", errs.Args{"min": 0, "max": MaxFiles})
	}
}

// AddComment says something in a thread: its text, mentions and files of c. The files are uploads of who's, which the comment
// takes.
//
// Errors: NotFound when the space has no such thread, or who may not know of it, or has no such upload; Invalid by path, or
// "comment.unknownUser".
func (s *Spaces) AddComment(ctx context.Context, who access.Actor, n id.Space, thread id.Thread, c Comment) (added id.Comment, err error) {
	dir, err := s.people.Directory(ctx)
	if err != nil {
		return 0, err
	}
	var p errs.Fields
	c.check(&p)
	if err := p.Err(); err != nil {
		return 0, err
	}
	for _, m := range c.Mentions {
		if _, ok := find(dir, m.Type, m.Code); !ok {
			return 0, errs.E(errs.Invalid, "comment.unknownUser", errs.Args{"code": m.Code})
		}
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		sp, _, err := s.spaceOf(ctx, tx, who, thread)
		if err != nil {
			return err
		}
		if sp.ID != n {
			return noThread(thread)
		}
		files, err := s.take(ctx, tx, who, thread, c.Files)
		if err != nil {
			return err
		}
		err = tx.QueryRow(ctx, `INSERT INTO thread_comment (thread_id, author_id, text, mentions, files, created_at) VALUES (?, ?, ?, ?, ?, ?) RETURNING id`,
			thread, who.UserID(), c.Text, list(c.Mentions), list(files), tx.Now()).Scan(&added)
		if err != nil {
			return fmt.Errorf("space: comment: %w", err)
		}
		return job.Emit(ctx, tx, EventCommented, Commented{Thread: thread, Comment: added})
	})
	return added, err
}

// EventCommented is the kind of the event that something was said in a thread; Commented is its payload.
const EventCommented = "thread.commented"

// Commented is what EventCommented tells.
type Commented struct {
	Thread  id.Thread  `json:"thread"`
	Comment id.Comment `json:"comment"`
}

// take makes uploads files of a thread. Only pictures have a width: what others were given is ignored.
//
// Errors: NotFound for an upload; Invalid by path for a width.
func (s *Spaces) take(ctx context.Context, tx *db.Tx, who access.Actor, thread id.Thread, uploads []Attached) (taken []Attached, err error) {
	var p errs.Fields
	for i, u := range uploads {
		f, err := s.files.Say(ctx, tx, who, u.Key, thread)
		if err != nil {
			return nil, err
		}
		path := "comment.files[" + strconv.Itoa(i) + "].width"
		switch {
		case !f.Picture():
			u.Width = 0
		case u.Width != 0 && u.Width < MinWidth:
			p.Add(path, "param.min", errs.Args{"min": MinWidth})
		case u.Width > MaxWidth:
			p.Add(path, "param.max", errs.Args{"max": MaxWidth})
		}
		taken = append(taken, Attached{Key: f.Key, Name: f.Name, ContentType: f.ContentType, Size: f.Size, Width: u.Width})
	}
	return taken, p.Err()
}

// list is a list of mentions or files as the database keeps it.
func list[T Mention | Attached](members []T) string {
	if members == nil {
		return "[]"
	}
	b, err := json.Marshal(members)
	if err != nil {
		panic(err) // texts and numbers
	}
	return string(b)
}

// Comments returns what was said in a thread before a comment, newest first: at most limit. A before of 0 is the newest. older
// says that there is more.
//
// Errors: NotFound when there is no such thread, or who may not know of it.
func (s *Spaces) Comments(ctx context.Context, who access.Actor, thread id.Thread, before id.Comment, limit int) (comments []Comment, older bool, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		comments, older = nil, false
		if _, _, err := s.spaceOf(ctx, tx, who, thread); err != nil {
			return err
		}
		comments, err = db.Collect(ctx, tx, func(c *Comment, row db.RowScanner) error { return c.scan(row) }, `
			SELECT id, author_id, text, mentions, files, created_at FROM thread_comment
			WHERE thread_id = ? AND (? = 0 OR id < ?) ORDER BY id DESC LIMIT ?`, thread, before, before, limit+1)
		if err != nil {
			return fmt.Errorf("space: comments in %d: %w", thread, err)
		}
		return nil
	})
	if older = len(comments) > limit; older {
		comments = comments[:limit]
	}
	return comments, older, err
}

// Place is where something was said, under the names it has now.
type Place struct {
	Space      id.Space
	SpaceName  string
	ThreadName string
}

// Comment returns one comment of a thread, and where that is.
//
// Errors: NotFound when there is no such thread or comment, or who may not know of it.
func (s *Spaces) Comment(ctx context.Context, who access.Actor, thread id.Thread, comment id.Comment) (c Comment, in Place, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		sp, _, err := s.spaceOf(ctx, tx, who, thread)
		if err != nil {
			return err
		}
		in = Place{Space: sp.ID, SpaceName: sp.Name}
		err = c.scan(tx.QueryRow(ctx, `
			SELECT c.id, c.author_id, c.text, c.mentions, c.files, c.created_at, t.name
			FROM thread_comment c JOIN thread t ON t.id = c.thread_id WHERE c.thread_id = ? AND c.id = ?`, thread, comment), &in.ThreadName)
		if errors.Is(err, db.ErrNoRows) {
			return errs.E(errs.NotFound, "comment.notFound")
		}
		if err != nil {
			return fmt.Errorf("space: comment %d: %w", comment, err)
		}
		return nil
	})
	return c, in, err
}

func (c *Comment) scan(row db.RowScanner, more ...any) error {
	var mentions, files string
	err := row.Scan(append([]any{&c.ID, &c.Author, &c.Text, &mentions, &files, &c.CreatedAt}, more...)...)
	if err == nil {
		err = json.Unmarshal([]byte(mentions), &c.Mentions)
	}
	if err == nil {
		err = json.Unmarshal([]byte(files), &c.Files)
	}
	return err
}

// MayRead returns nil when who may read what was said in a thread.
//
// Errors: as Comments.
func (s *Spaces) MayRead(ctx context.Context, who access.Actor, thread id.Thread) error {
	return s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, _, err := s.spaceOf(ctx, tx, who, thread)
		return err
	})
}
