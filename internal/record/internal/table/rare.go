package table

import (
	"cmp"
	"context"
	"slices"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/query"
)

// rareWords is a Table that looks words up by their rarest tokens only. The word index intersects lists of records, so
// a token that nearly every record has costs much and tells nothing; what the others let through is compared with the
// text in any case.
type rareWords struct {
	Table
	common map[string]int
}

// How many tokens are looked up: the rarest fewWords in any case, and others up to manyWords that not even a quarter of
// the sample holds.
const (
	fewWords  = 2
	manyWords = 5
)

// Candidates is a subquery of the ids of the records that hold the rarest of the tokens.
func (r rareWords) Candidates(tokens []string) (sql string, args []any) {
	if len(tokens) > fewWords {
		tokens = slices.Clone(tokens)
		slices.SortStableFunc(tokens, func(a, b string) int { return cmp.Compare(r.common[a], r.common[b]) })
		n := fewWords
		for n < min(len(tokens), manyWords) && r.common[tokens[n]] < sampleRows/4 {
			n++
		}
		tokens = tokens[:n]
	}
	return r.Table.Candidates(tokens)
}

// words returns t as a search in it is best done.
func (p *Planner) words(ctx context.Context, tx *db.Tx, t Table, form []*field.Field, q *query.Checked) query.Tables {
	if !q.Shape().Search {
		return t
	}
	size, err := t.Size(ctx, tx)
	if err != nil || size < small {
		return t
	}
	plan, _ := p.plan(ctx, tx, t)
	if plan == nil {
		return t
	}
	s := p.sampleOf(ctx, tx, t, form, plan, size)
	if s == nil {
		return t
	}
	return rareWords{t, s.words}
}
