package table

import (
	"context"
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// groupWeight is how many queries one grouping counts for when indexes are chosen: it reads every record, a query a page.
const groupWeight = 10

// maxCovered is how many columns an index for groups may hold beside the first.
const maxCovered = 5

// chooseGroups returns what pins the access path of a grouping, to stand behind the table's name: an index that holds
// every column it reads, if there is one.
func (p *Planner) chooseGroups(ctx context.Context, tx *db.Tx, t Table, lens access.Lens, q *query.Checked, g Grouping) string {
	fields := covered(lens, q, g)
	if fields == nil {
		return ""
	}
	return p.covering(ctx, tx, t, fields)
}

// covering returns what pins an index that holds all of fields, and notes that one was asked for.
func (p *Planner) covering(ctx context.Context, tx *db.Tx, t Table, fields []id.Field) string {
	size, err := t.Size(ctx, tx)
	if err != nil || size < small {
		return ""
	}
	plan := p.plan(ctx, tx, t)
	if plan == nil {
		return ""
	}
	best := ""
	for _, ix := range p.known(plan) {
		holds := !slices.ContainsFunc(fields, func(f id.Field) bool { return !slices.Contains(ix.fields, f) })
		if holds && (best == "" || ix.fields[0] == fields[0]) {
			best = t.dialect.IndexedBy(ix.name)
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	d := plan.asked[string(key(fields))]
	if d == nil {
		d = &demand{fields: fields}
		plan.asked[string(key(fields))] = d
	}
	d.count += groupWeight
	return best
}

// covered are the fields of the index that would hold all that a grouping reads, or nil when none would: the first is what
// its rows are found by, or come grouped in.
func covered(lens access.Lens, q *query.Checked, g Grouping) []id.Field {
	asked, plain := q.Columns()
	if !plain || g.Table != nil || len(lens.Rows()) > 0 || q.Shape().Search {
		return nil
	}
	var first, rest []id.Field
	add := func(list *[]id.Field, f *field.Field) {
		if !slices.Contains(first, f.ID) && !slices.Contains(rest, f.ID) {
			*list = append(*list, f.ID)
		}
	}
	for _, f := range asked {
		if !coverable(f) {
			return nil
		}
	}
	for _, k := range g.Keys {
		if k.Ref.Mask != nil || !coverable(k.Ref.Field) || k.Ref.Field.Kind().Storage() == field.Decimal {
			return nil // the exact digits of a decimal are in no index
		}
		if len(first) == 0 {
			add(&first, k.Ref.Field)
		} else {
			add(&rest, k.Ref.Field)
		}
	}
	for _, s := range q.Shape().Filters {
		if len(first) == 0 && s.Use == query.Equality {
			add(&first, s.Field)
		}
	}
	for _, f := range asked {
		if len(first) == 0 {
			add(&first, f)
		}
		add(&rest, f)
	}
	for _, v := range g.Values {
		if v.Mask != nil || !coverable(v.Field) {
			return nil
		}
		add(&rest, v.Field)
	}
	if len(first) == 0 || len(rest) > maxCovered {
		return nil
	}
	slices.Sort(rest)
	return append(first, rest...)
}

// coverable reports whether f has a column whose values are short enough to stand in an index.
func coverable(f *field.Field) bool {
	return !f.Type.System() && (narrow(f) || f.Type == field.SingleLineText || f.Kind().Storage() == field.List)
}
