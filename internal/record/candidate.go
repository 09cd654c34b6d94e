package record

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// CandidatePage is some of the records that a lookup may copy from.
type CandidatePage struct {
	App     id.App // theirs
	Key     *field.Field
	Fields  []*field.Field // what is shown of each, the key first
	Records []Found
	More    bool
}

// MaxCandidates is how many candidates are shown at a time.
const MaxCandidates = 100

// Candidates returns records that the lookup with a code may copy from, as the actor sees them in their own app: those that
// the lookup's own condition finds for him, in its order, in whose key or other fields shown is what he typed.
//
// Errors: NotFound when he has no such lookup to write; Forbidden when he may not see its source.
// Source: kintone product behaviour, lookup.
func (s *Set) Candidates(ctx context.Context, code, typed string, offset, limit int) (page CandidatePage, err error) {
	sight, ok := s.lens.Sight(code)
	switch {
	case !s.lens.Can(access.Add) && !s.lens.Can(access.Edit):
		return page, s.refused()
	case !ok || sight.Field.Lookup == nil || !sight.Write:
		return page, errs.E(errs.NotFound, "lookup.unknown", errs.Args{"code": code})
	}
	look := sight.Field.Lookup
	src, err := s.sources(s.who).of(ctx, sight.Field)
	if err != nil {
		return page, err
	}
	if src.set == nil {
		return page, s.refused()
	}
	page.App, page.Key, page.Fields = src.set.live.ID, src.key, []*field.Field{src.key}
	for _, n := range look.Picker {
		if f := src.set.seen(n); f != nil && f != src.key {
			page.Fields = append(page.Fields, f)
		}
	}
	q := &query.Query{Order: src.set.order(look.Sort), Offset: offset, HasOffset: true}
	if typed != "" {
		if q.Where = src.set.mention(page.Fields, typed); q.Where == nil {
			return page, nil
		}
	}
	checked, err := query.Check(q, src.set.lens, src.set.queryEnv())
	if err != nil {
		return page, err
	}
	from := src.set.within(src.set.asked(look.Filter))
	codes := []string{query.ID}
	for _, f := range page.Fields {
		codes = append(codes, f.Code)
	}
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		page.Records, err = from.table().List(ctx, tx, s.records.planner, from.form(), from.lens, checked, limit+1, from.show(codes))
		return err
	})
	if page.More = len(page.Records) > limit; page.More {
		page.Records = page.Records[:limit]
	}
	return page, err
}

// mention is the condition that one of some fields has text in it, or is that number; nil when none of them can.
func (s *Set) mention(fields []*field.Field, text string) query.Cond {
	var or query.Or
	for _, f := range fields {
		p := &query.Predicate{Field: query.Name{Code: f.Code}, Values: []query.Value{{Text: text}}}
		switch ops := f.Kind().Ops(); {
		case ops&field.OpLike != 0:
			p.Op = query.Like
		case ops&field.OpEqual != 0 && s.isValue(f, text):
			p.Op = query.Equal
		default:
			continue
		}
		or = append(or, p)
	}
	switch len(or) {
	case 0:
		return nil
	case 1:
		return or[0]
	}
	return or
}

// isValue reports whether a field could have text as its value.
func (s *Set) isValue(f *field.Field, text string) bool {
	lit, ok := f.Kind().(field.Literal)
	if !ok {
		return false
	}
	_, ok = lit.Literal(f, text, s.env())
	return ok
}
