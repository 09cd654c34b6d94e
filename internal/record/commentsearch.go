package record

import (
	"context"
	"fmt"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

// FoundComment is a comment and the record it is on.
type FoundComment struct {
	ID        id.Comment
	Record    id.Record
	Author    field.Person // of somebody outside: only the name he gave
	Text      string
	CreatedAt time.Time
}

// CommentSearch is what FindComments looks for.
type CommentSearch struct {
	After  time.Time // written then or later, to the millisecond; zero is no bound
	Before time.Time // written then or earlier; zero is no bound
	Oldest bool      // oldest first, else newest first; at the same time by record, then by id, in the same direction
	Match  func(FoundComment) bool
	Limit  int // of those that match
	Most   int // of those it looks at
}

// FindComments returns the comments that match, in order, and the last one it looked at when there may be more, else nil.
// A comment on a record that s does not show, or that is in the trash, is not looked at and counts for nothing: neither
// what is found nor where the search ended depends on it.
func (s *Set) FindComments(ctx context.Context, c CommentSearch) (list []FoundComment, last *FoundComment, err error) {
	if err := s.need(access.View); err != nil {
		return nil, nil, err
	}
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		list, last = nil, nil
		seen := 0
		for size := firstComments; ; size = min(4*size, mostComments) {
			size = min(size, c.Most-seen)
			part, err := s.shownComments(ctx, tx, &c, last, size)
			if err != nil {
				return err
			}
			for i := range part {
				last = &part[i]
				if c.Match(*last) {
					list = append(list, *last)
				}
				if len(list) == c.Limit {
					return nil
				}
			}
			if len(part) < size {
				last = nil
				return nil
			}
			if seen += size; seen == c.Most {
				return nil
			}
		}
	})
	return list, last, err
}

// How many comments are read at once: few at first, for common words, and more and more for rare ones.
const (
	firstComments = 256
	mostComments  = 16384
)

// shownComments returns the comments of a search that s shows, matching or not: those behind behind, unless that is nil.
func (s *Set) shownComments(ctx context.Context, tx *db.Tx, c *CommentSearch, behind *FoundComment, limit int) (list []FoundComment, err error) {
	shown, ofShown := s.table().Shown(s.lens, "c.record_id")
	where, args := `c.app_id = ? AND `+shown, append([]any{s.live.ID}, ofShown...)
	and := func(condition string, more ...any) {
		where, args = where+" AND "+condition, append(args, more...)
	}
	if !c.After.IsZero() {
		and("c.created_at >= ?", c.After)
	}
	if !c.Before.IsZero() {
		and("c.created_at <= ?", c.Before)
	}
	beyond, direction := "<", " DESC"
	if c.Oldest {
		beyond, direction = ">", " ASC"
	}
	if behind != nil {
		and("(c.created_at, c.record_id, c.id) "+beyond+" (?, ?, ?)", behind.CreatedAt, behind.Record, behind.ID)
	}
	list, err = db.Collect(ctx, tx, func(f *FoundComment, row db.RowScanner) error {
		var author id.User
		var outside string
		if err := row.Scan(&f.ID, &f.Record, &author, &outside, &f.Text, &f.CreatedAt); err != nil {
			return err
		}
		if f.Author.Name = outside; author != 0 {
			f.Author, _ = s.directory.User(author)
		}
		return nil
	}, `
		SELECT c.id, c.record_id, c.author_id, c.author, c.body, c.created_at FROM record_comment c
		WHERE `+where+s.lanes()+`
		ORDER BY c.created_at`+direction+`, c.record_id`+direction+`, c.id`+direction+` LIMIT ?`, append(args, limit)...)
	if err != nil {
		return nil, fmt.Errorf("record: find comments in %d: %w", s.live.ID, err)
	}
	return list, nil
}
