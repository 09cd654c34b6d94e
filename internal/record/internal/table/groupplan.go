package table

import (
	"context"
	"slices"

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
// every column it reads, if there is one. Of the fields in proved, no value has more than 15 digits.
func (p *Planner) chooseGroups(ctx context.Context, tx *db.Tx, t Table, form []*field.Field, q *query.Checked, g Grouping) (path string, proved map[id.Field]bool) {
	size, err := t.Size(ctx, tx)
	if err != nil || size < small {
		return "", nil
	}
	plan := p.plan(ctx, tx, t)
	if plan == nil {
		return "", nil
	}
	var sums []id.Field
	for _, v := range g.Values {
		if v.Sum && v.Ref.Table == nil {
			sums = append(sums, v.Ref.Field.ID)
		}
	}
	if fields := p.covered(q, g); fields != nil {
		weight := groupWeight
		if len(g.Keys)+len(g.Values) == 0 {
			weight = 1 // it only counts
		}
		path = p.covering(t, plan, fields, sums, weight)
	}
	if path == "" {
		path = p.filtering(ctx, tx, t, form, plan, q, size)
	}
	return path, p.prove(ctx, tx, t, plan, sums)
}

// covering returns what pins an index that holds all of fields, "" when there is none, and notes that one was asked for.
func (p *Planner) covering(t Table, plan *tablePlan, fields, sums []id.Field, weight int) (path string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, ix := range plan.indexes {
		if ix.holds(fields) && (path == "" || ix.grouped && ix.fields[0] == fields[0]) {
			path = t.dialect.IndexedBy(ix.name)
		}
	}
	name := groupedWord + string(key(fields))
	d := plan.asked[name]
	if d == nil {
		d = &Demand{fields: fields, grouped: true}
		plan.asked[name] = d
	}
	d.count += weight
	if t.dialect.LossyDecimals() {
		d.sums = sums
	}
	return path
}

// filtering returns what pins the way to the records that a condition finds: through an index led by one of its columns
// when they are few, else along the table.
func (p *Planner) filtering(ctx context.Context, tx *db.Tx, t Table, form []*field.Field, plan *tablePlan, q *query.Checked, size int64) string {
	shape := q.Shape()
	if t.dialect.ByID() == "" || shape.Search || len(shape.Filters) == 0 {
		return t.dialect.ByID()
	}
	if p.sampleOf(ctx, tx, t, form, plan, size).share(q)*costFetch < costScan {
		for _, ix := range p.known(plan) {
			if slices.ContainsFunc(shape.Filters, func(s query.Filter) bool { return s.Field.ID == ix.fields[0] }) {
				return t.dialect.IndexedBy(ix.name)
			}
		}
	}
	return t.dialect.ByID()
}

// prove returns those of fields in which no number has more than 15 digits, as far as an index tells it at once.
func (p *Planner) prove(ctx context.Context, tx *db.Tx, t Table, plan *tablePlan, fields []id.Field) map[id.Field]bool {
	proved := map[id.Field]bool{}
	for _, f := range fields {
		p.mu.Lock()
		known := slices.Contains(plan.long, f)
		p.mu.Unlock()
		if !known {
			continue
		}
		var found bool
		err := tx.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM "+t.name+t.dialect.IndexedBy(t.longIndex(f))+" WHERE x_"+id.String(f)+" IS NOT NULL)").Scan(&found)
		proved[f] = err == nil && !found
	}
	return proved
}

// firstWay is the way of so many to begin with: those before it have failed with these numbers.
func (p *Planner) firstWay(t Table, g Grouping, ways int) (first int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if plan := p.tables[t.name]; plan != nil {
		for _, v := range g.Values {
			first = max(first, plan.ways[v.Ref.Field.ID])
		}
	}
	return min(first, ways-1)
}

// wayFailed notes that a way could not add up the numbers of g. Which of several it was is not known, when there are.
func (p *Planner) wayFailed(t Table, g Grouping, way int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if plan := p.tables[t.name]; plan != nil && len(g.Values) == 1 {
		plan.ways[g.Values[0].Ref.Field.ID] = way + 1
	}
}

// longIndex is the name of the index of the records in which a number has more than 15 digits.
func (t Table) longIndex(f id.Field) string { return t.longPrefix() + id.String(f) }

func (t Table) longPrefix() string { return t.name + "_long_" }

// covered are the fields of the index that would hold all that a grouping reads, or nil when none would: the first is what
// its rows are found by, or come grouped in.
func (p *Planner) covered(q *query.Checked, g Grouping) []id.Field {
	asked, plain := q.Columns()
	if !plain || g.Table != nil || q.Shape().Search {
		return nil
	}
	var first, rest []id.Field
	add := func(list *[]id.Field, f *field.Field) {
		if !slices.Contains(first, f.ID) && !slices.Contains(rest, f.ID) {
			*list = append(*list, f.ID)
		}
	}
	for _, f := range asked {
		if !p.coverable(f) {
			return nil
		}
	}
	for _, s := range q.Shape().Filters {
		if s.Use == query.Equality {
			add(&first, s.Field)
		}
	}
	for _, k := range g.Keys {
		if k.Ref.Mask != nil || !p.coverable(k.Ref.Field) || k.Ref.Field.Kind().Storage() == field.Decimal {
			return nil // the exact digits of a decimal are in no index
		}
		add(&first, k.Ref.Field)
	}
	for _, f := range asked {
		if len(first) == 0 {
			add(&first, f)
		}
		add(&rest, f)
	}
	for _, v := range g.Values {
		if v.Ref.Mask != nil || !p.coverable(v.Ref.Field) {
			return nil
		}
		add(&rest, v.Ref.Field)
	}
	if len(first) == 0 || len(rest) > maxCovered {
		return nil
	}
	slices.Sort(rest)
	return append(first, rest...)
}

// coverable reports whether f has a column that may stand in an index.
func (p *Planner) coverable(f *field.Field) bool {
	return !f.Type.Head() && (narrow(f) || f.Type == field.SingleLineText || f.Kind().Storage() == field.List) && p.fits(f)
}
