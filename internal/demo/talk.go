package demo

import (
	"context"

	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
)

// remark is a comment by one of the company's people.
type remark struct {
	by       string
	lane     record.Lane
	text     string
	mentions people
}

// talk has people comment on a record, in order.
func (s *site) talk(ctx context.Context, set *record.Set, n id.Record, list ...remark) error {
	for _, r := range list {
		mine, err := s.Records.Open(ctx, s.actors[r.by], set.App().ID)
		if err != nil {
			return err
		}
		c := record.Comment{Lane: r.lane, Text: r.text}
		for _, m := range r.mentions {
			c.Mentions = append(c.Mentions, record.Mention{Code: s.actors[m].Code(), Type: "USER"})
		}
		if _, err := mine.AddComment(ctx, n, c); err != nil {
			return err
		}
	}
	return nil
}
