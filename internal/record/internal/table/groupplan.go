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

// maxCovered is how many columns an index for groups may hold beside those that its rows are found by.
const maxCovered = 8

// chooseGroups returns what pins the access path of a grouping, to stand behind the table's name: an index that holds
// every column it reads, if there is one. Of the fields in known, it is known that no value has more than 15 digits, or on a
// database that does not lose any, that the index holds their parts. q is what is asked,
// whole the same with everything that rules may ask of other queries: an index that is made holds that too.
func (p *Planner) chooseGroups(ctx context.Context, tx *db.Tx, t Table, form []*field.Field, q, whole *query.Checked, g Grouping) (path string, known map[id.Field]bool) {
	size, err := t.Size(ctx, tx)
	if err != nil || size < small {
		return "", nil
	}
	plan, made := p.plan(ctx, tx, t)
	if made == nil {
		return "", nil
	}
	var sums []id.Field
	for _, v := range g.Values {
		if v.Sum && v.Ref.Table == nil {
			sums = append(sums, v.Ref.Field.ID)
		}
	}
	fields, _, _ := p.covered(q, q, g)
	path, cost := p.counting(t, made.indexes, fields, p.sampleOf(ctx, tx, t, form, plan, size), q, size, len(g.Keys) > 0)
	weight := groupWeight
	if g.counts() {
		weight = weigh(cost)
	}
	p.askToCover(plan, q, whole, sums, g, weight)
	if !t.dialect.LossyDecimals() {
		return "", made.parted(ctx, tx, t, fields)
	}
	return path, made.prove(ctx, tx, t, sums)
}

// parted are the numbers whose parts are read from an index that holds them beside all of fields. Where the table is asked
// as well they would have to be computed, which takes longer than adding up the numbers.
func (m *made) parted(ctx context.Context, tx *db.Tx, t Table, fields []*field.Field) map[id.Field]bool {
	known := map[id.Field]bool{}
	for _, ix := range m.indexes {
		if fields != nil && ix.covers(fields) {
			for _, f := range ix.parts {
				known[f] = true
			}
		}
	}
	if len(known) == 0 {
		return nil
	}
	var settled bool
	if err := tx.QueryRow(ctx, "SELECT "+t.dialect.Settled(t.name)).Scan(&settled); err != nil || !settled {
		return nil // after an error the query itself will say what is wrong
	}
	return known
}

// askToCover notes that an index would serve that holds all that a grouping of what whole finds reads.
func (p *Planner) askToCover(plan *tablePlan, q, whole *query.Checked, sums []id.Field, g Grouping, weight int) {
	fields, read, bounded := p.covered(q, whole, g)
	if fields == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if bounded {
		p.demandBounded(plan, fields).count += weight
	} else {
		p.demand(plan, fields, read, sums, true).count += weight
	}
}

// counting returns what pins the cheapest way, and what that costs, to all the records that q finds, of which fields are read, nil for others
// than an index can hold: through an index that holds them, one that finds the records, or along the table. In order are
// those of an index that begins with the first field.
func (p *Planner) counting(t Table, indexes []index, fields []*field.Field, s *sample, q *query.Checked, size int64, inOrder bool) (best string, cost float64) {
	shape := q.Shape()
	best, cost = t.dialect.ByID(), float64(size)*costScan
	if shape.Search {
		return best, 0
	}
	for _, ix := range indexes {
		held := fields != nil && ix.covers(fields)
		c, found := ix.finding(shape, size, s, q, !held)
		switch {
		case held && !found:
			c = float64(size) * ix.entry()
			if inOrder && (!ix.grouped || ix.fields[0] != fields[0].ID) {
				c += float64(size) * costSort
			}
		case !found:
			continue
		}
		if c < cost {
			best, cost = t.dialect.IndexedBy(ix.name), c
		}
	}
	return best, cost
}

// prove returns those of fields in which no number has more than 15 digits, as far as an index tells it at once.
func (m *made) prove(ctx context.Context, tx *db.Tx, t Table, fields []id.Field) map[id.Field]bool {
	proved := map[id.Field]bool{}
	for _, f := range fields {
		if !slices.Contains(m.long, f) {
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

// covered are the fields of the index that would hold all that a grouping of what whole finds reads, or nil when none
// would: first what q's records are found by, or come grouped in, and from the one numbered read on what is only read. It
// is bounded when it cannot hold the texts of all records, which only counting can do with.
func (p *Planner) covered(q, whole *query.Checked, g Grouping) (fields []*field.Field, read int, bounded bool) {
	asked, plain := whole.Columns()
	shape := q.Shape()
	if !plain || g.Table != nil || shape.Search {
		return nil, 0, false
	}
	var first, rest []*field.Field
	if len(g.Keys) == 0 {
		first = p.finding(shape)
	}
	add := func(list *[]*field.Field, f *field.Field) {
		if !has(first, f) && !has(rest, f) {
			*list = append(*list, f)
		}
	}
	for _, f := range asked {
		if !coverable(f) {
			return nil, 0, false
		}
	}
	for _, s := range shape.Filters {
		if s.Use == query.Equality {
			add(&first, s.Field)
		}
	}
	for _, k := range g.Keys {
		if k.Ref.Mask != nil || !coverable(k.Ref.Field) || k.Ref.Field.Kind().Storage() == field.Decimal {
			return nil, 0, false // the exact digits of a decimal are in no index
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
		if v.Ref.Mask != nil || !coverable(v.Ref.Field) {
			return nil, 0, false
		}
		add(&rest, v.Ref.Field)
	}
	if len(first) == 0 || len(rest) > maxCovered {
		return nil, 0, false
	}
	slices.SortFunc(rest, byID)
	fields = slices.Concat(first, rest)
	if bounded = p.tooLong(fields); bounded && !g.counts() {
		return nil, 0, false
	}
	return fields, len(first), bounded
}

// counts reports whether nothing is asked but how many records there are.
func (g Grouping) counts() bool { return len(g.Keys)+len(g.Values) == 0 }

// tooLong reports whether the texts among fields may be too long for an index.
func (p *Planner) tooLong(fields []*field.Field) bool {
	texts := 0
	for _, f := range fields {
		if !p.fits(f) {
			return true
		}
		if !narrow(f) {
			texts++
		}
	}
	return texts > 1 && !p.dialect.LongKeys()
}

// coverable reports whether f has a column that may stand in an index, if its texts are not too long.
func coverable(f *field.Field) bool {
	return f.Type != field.RecordNumber && (narrow(f) || f.Type == field.SingleLineText || f.Kind().Storage() == field.List)
}
