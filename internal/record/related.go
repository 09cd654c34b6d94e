package record

import (
	"context"
	"strconv"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// RelatedPage is a part of the records that belong to a record.
type RelatedPage struct {
	App     id.App         // theirs
	Fields  []*field.Field // that are displayed, and the reader sees
	Records []Found
	Total   int // of all of them that the reader sees
	Totals  []RelatedTotal
}

// RelatedTotal is what a number adds up to over all of them; "" where there was nothing to reckon with.
type RelatedTotal struct {
	Field *field.Field
	Func  string
	Value string
}

// Related returns the records that belong to a record by its list with a code: a page of them from offset on, as the actor
// sees them in their own app. What he may not see there is neither shown nor counted.
//
// Errors: NotFound when he cannot see the record, or has no such list; Forbidden when he may not view.
// Source: kintone product behaviour, related records.
func (s *Set) Related(ctx context.Context, record id.Record, code string, offset int) (page RelatedPage, err error) {
	if err := s.need(access.View); err != nil {
		return page, err
	}
	r, err := s.relation(ctx, code)
	if err != nil {
		return page, err
	}
	if r == nil {
		return page, errs.E(errs.NotFound, "related.notFound", errs.Args{"code": code})
	}
	own, err := s.matched(ctx, record, r)
	if err != nil {
		return page, err
	}
	page.App = r.target.live.ID
	page.Fields = r.displayed()
	if own == nil {
		page.Totals, err = r.totals(ctx, nil, nil)
		return page, err
	}
	q, err := r.query(own, offset)
	if err != nil {
		return page, err
	}
	target := r.target.within(r.filter)
	err = target.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		t := target.table()
		if page.Records, err = t.List(ctx, tx, s.records.planner, target.form(), target.lens, q, q.Limit, target.show(r.codes(page.Fields))); err != nil {
			return err
		}
		page.Total, err = t.Count(ctx, tx, s.records.planner, target.form(), target.lens, q, 0)
		return err
	})
	if err != nil {
		return page, err
	}
	page.Totals, err = r.totals(ctx, target, q)
	return page, err
}

// matched returns the record's values that related ones have to fit to, or nil when one is empty.
func (s *Set) matched(ctx context.Context, record id.Record, r *relation) (own []field.Value, err error) {
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		h, c, ok, err := s.load(ctx, tx, record)
		if err != nil || !ok {
			return orMissing(err, record)
		}
		own = make([]field.Value, len(r.matches))
		for i, m := range r.matches {
			if m.Own.Mask == nil || query.Eval(m.Own.Mask, row{h, c.Values, c.Rows}) {
				own[i] = table.SystemValue(h, m.Own.Field, c.Values)
			}
			if own[i] == "" {
				own = nil
				return nil
			}
		}
		return nil
	})
	return own, err
}

// query finds the related records of values, a page from offset on, in the list's order if the reader may know it.
func (r *relation) query(own []field.Value, offset int) (*query.Checked, error) {
	ref := r.field.Reference
	q := &query.Query{Limit: 5, HasLimit: true, Offset: offset, HasOffset: true}
	if n, err := strconv.Atoi(ref.Size); err == nil {
		q.Limit = n
	}
	q.Order = r.target.order(ref.Sort)
	var all query.And
	for i, m := range r.matches {
		all = append(all, r.target.fits(m, own[i])...)
	}
	if q.Where = all; len(all) == 1 {
		q.Where = all[0]
	}
	return query.Check(q, r.target.lens, r.target.queryEnv())
}

// fits is the condition that a related record matches a value: "own op other", seen from the other.
func (s *Set) fits(m query.Match, own field.Value) []query.Cond {
	op, f := m.Op, m.Other.Field
	switch op {
	case query.Less:
		op = query.Greater
	case query.LessOrEqual:
		op = query.GreaterOrEqual
	case query.Greater:
		op = query.Less
	case query.GreaterOrEqual:
		op = query.LessOrEqual
	}
	text := string(own)
	if f.Kind().Ops()&field.OpEqual == 0 { // people
		if op == query.Equal {
			op = query.In
		} else {
			op = query.NotIn
		}
		n, _ := strconv.ParseInt(text, 10, 64)
		u, _ := s.directory.User(id.User(n))
		text = u.Code
	}
	is := &query.Predicate{Field: query.Name{Code: f.Code}, Op: op, Values: []query.Value{{Text: text}}}
	if m.Op != query.NotEqual || f.Kind().Ops()&field.OpEqual == 0 {
		return []query.Cond{is}
	}
	filled := &query.Predicate{Field: is.Field, Op: query.NotEqual, Values: []query.Value{{}}}
	return []query.Cond{is, filled}
}

// displayed are the fields that the list shows and the reader sees.
func (r *relation) displayed() []*field.Field {
	var list []*field.Field
	for _, n := range r.field.Reference.Display {
		if f := r.target.seen(n); f != nil {
			list = append(list, f)
		}
	}
	return list
}

// codes are what is read of each record: its id and the fields shown.
func (r *relation) codes(fields []*field.Field) []string {
	codes := []string{query.ID}
	for _, f := range fields {
		codes = append(codes, f.Code)
	}
	return codes
}

// totals reckons over all that q finds in set; without q over nothing.
func (r *relation) totals(ctx context.Context, set *Set, q *query.Checked) ([]RelatedTotal, error) {
	var list []RelatedTotal
	report := app.Report{}
	for _, a := range r.field.Reference.Aggregates {
		if f := r.target.seen(a.Field); f != nil {
			list = append(list, RelatedTotal{Field: f, Func: a.Func})
			report.Aggregations = append(report.Aggregations, app.Aggregation{Type: a.Func, Code: f.Code})
		}
	}
	if q == nil || len(list) == 0 {
		return list, nil
	}
	f := set.newFold(report)
	if _, err := set.reckon(ctx, q, f, true); err != nil {
		return nil, err
	}
	done, err := f.answer("")
	for i := range done.Total {
		list[i].Value = done.Total[i]
	}
	return list, err
}
