package record

import (
	"context"
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// relation is a list of related records as one actor sees it.
type relation struct {
	field   *field.Field
	target  *Set           // their app, as the actor sees it
	filter  *query.Checked // what the list asks of them beside the matches, as the actor sees them
	matches []query.Match
}

// relation opens a list of related records. It is nil when the actor may not know it: he has to see both fields of every
// match, or he could read from the list what he may not see.
func (s *Set) relation(ctx context.Context, code string) (*relation, error) {
	sight, ok := s.lens.Sight(code)
	if !ok || sight.Field.Reference == nil {
		return nil, nil
	}
	ref := sight.Field.Reference
	target, err := s.records.Open(ctx, s.who, ref.App)
	if err != nil && !errs.Lasting(err) {
		return nil, err
	}
	if err != nil || !target.lens.Can(access.View) {
		return nil, nil
	}
	r := &relation{field: sight.Field, target: target}
	for _, m := range ref.Matches {
		own, other := s.seen(m.Own), target.seen(m.Related)
		op := slices.Index(field.MatchOps, m.Op)
		if own == nil || other == nil || op < 0 {
			return nil, nil
		}
		mine, _ := s.lens.Lookup(own.Code)
		if sight.Mask != nil { // where the list itself is hidden, nothing fits
			mine.Mask = query.All(sight.Mask, mine.Mask)
		}
		theirs, _ := target.lens.Lookup(other.Code)
		r.matches = append(r.matches, query.Match{Own: mine, Other: theirs, Op: matchOps[op]})
	}
	if len(r.matches) == 0 {
		return nil, nil
	}
	r.filter = target.asked(ref.Filter)
	return r, nil
}

// matchOps are field.MatchOps as queries have them.
var matchOps = []query.Op{query.Equal, query.NotEqual, query.Less, query.LessOrEqual, query.Greater, query.GreaterOrEqual}

// asked is a condition that settings of another app keep about the records of s, as one of the actor's own: whoever writes
// such a condition chooses what it asks, so it tells the reader only of what he may see himself. A field is empty where it
// is masked, and a condition on one that he does not see, or that is gone, finds nothing.
func (s *Set) asked(kept string) *query.Checked {
	nothing := query.First(false)
	text, ok := s.live.Settings.Spell(kept)
	if !ok {
		return nothing
	}
	q, err := query.Parse(text)
	if err != nil {
		return nothing
	}
	checked, err := query.Check(q, s.lens, s.searchEnv())
	if err != nil {
		return nothing
	}
	return checked
}

// within is s for reading, narrowed to the records that a condition finds.
func (s *Set) within(filter *query.Checked) *Set {
	var all []id.Field
	s.live.Settings.Each(func(f, _ *field.Field) { all = append(all, f.ID) })
	return s.Narrow(access.View, access.RowRules{{When: filter, Verbs: access.View}, {}}, all...)
}

// order is an order that settings of another app keep, if the actor sees all its fields; else there is none.
func (s *Set) order(kept string) []query.Sort {
	text, ok := s.live.Settings.Spell(kept)
	if !ok || text == "" {
		return nil
	}
	q, err := query.Parse("order by " + text)
	if err != nil {
		return nil
	}
	if _, err := query.Check(q, s.lens, s.queryEnv()); err != nil {
		return nil
	}
	return q.Order
}

// schema is what the actor's queries may name: what his Lens shows, and fields of related records.
type schema struct {
	access.Lens
	relations map[string]*query.Relation
}

// Relation returns the list with a code.
func (s schema) Relation(code string) (*query.Relation, bool) {
	r, ok := s.relations[code]
	return r, ok
}

// schema is what a query may name, with the relations that it asks for.
func (s *Set) schema(ctx context.Context, q *query.Query) (query.Schema, error) {
	names := q.Related()
	if len(names) == 0 {
		return s.lens, nil
	}
	all := schema{s.lens, map[string]*query.Relation{}}
	for _, n := range names {
		if all.relations[n.Table] != nil {
			continue
		}
		r, err := s.relation(ctx, n.Table)
		if err != nil {
			return nil, err
		}
		if r != nil {
			all.relations[n.Table] = r.target.table().Relation(r.target.lens, r.filter, r.matches)
		}
	}
	return all, nil
}
