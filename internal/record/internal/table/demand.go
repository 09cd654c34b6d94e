package table

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// Demand is an index that queries would use.
type Demand struct {
	fields  []id.Field
	columns []string
	name    string // what the index's name ends with
	grouped bool
	where   string     // of the records that it holds, if not of all
	sums    []id.Field // decimals that are added up, where that needs to know how many digits they have
	parts   []id.Field // decimals that are added up by their parts
	count   int
	made    bool
}

// demand returns the Demand for an index of fields, of which sums are added up, noted among those of plan. From the field
// numbered read on they are only read, in whatever order. The caller has locked p.
func (p *Planner) demand(plan *tablePlan, fields []*field.Field, read int, sums []id.Field, grouped bool) *Demand {
	d := &Demand{grouped: grouped}
	if p.dialect.LossyDecimals() {
		d.sums = sums
	}
	for _, f := range fields {
		column, mark := f.Column(), ""
		switch {
		case !p.fits(f):
			column, mark = "substr("+column+", 1, "+strconv.Itoa(headLength)+")", headMark
		case slices.Contains(sums, f.ID) && !p.dialect.LossyDecimals():
			column, mark = column+", ("+wholePart(column)+"), ("+otherPart(column)+")", partsMark
			d.parts = append(d.parts, f.ID)
		}
		d.fields = append(d.fields, f.ID)
		d.columns = append(d.columns, column)
		d.name += "_" + id.String(f.ID) + mark
	}
	if read > 0 && len(d.parts) > 0 {
		// In the order of their ids: PostgreSQL asks for each whether its page of the table is settled, and is quicker when
		// the next one is on the same.
		d.columns = slices.Insert(d.columns, read, "id")
	}
	word := pageWord
	if grouped {
		word = groupedWord
	}
	d.name = word + d.name
	if known := plan.asked[d.name]; known != nil {
		if len(d.sums) > 0 && len(known.sums) == 0 {
			known.sums, known.made = d.sums, false
		}
		return known
	}
	plan.asked[d.name] = d
	return d
}

// askedOften is how many queries make an index worth its cost to writers, slow ones counting for more; each app gets so many at most.
const (
	askedOften = 20
	maxPaging  = 4 // indexes for pages, and bounded ones
	maxGrouped = 6 // indexes that groups are read from or records found by
	maxFilters = 3
)

// ask notes that a query of that shape came, which counts for weight. Few tells that it finds few of the records.
func (p *Planner) ask(plan *tablePlan, s query.Shape, few bool, weight int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if fields := p.sorting(s); fields != nil {
		p.demand(plan, fields, len(fields), nil, false).count += weight
	}
	if fields := p.finding(s); fields != nil && few {
		p.demand(plan, fields, len(fields), nil, true).count += weight
	}
}

// sorting are the fields of the index for pages that would serve a query best, or nil when none would.
func (p *Planner) sorting(s query.Shape) []*field.Field {
	if s.Lead == nil || s.Lead.Kind().Storage() == field.Document || !p.fits(s.Lead) {
		return nil
	}
	fields := []*field.Field{s.Lead}
	for _, f := range s.Filters {
		if len(fields) <= maxFilters && narrow(f.Field) && f.Field.Type != field.RecordNumber && !has(fields, f.Field) {
			fields = append(fields, f.Field)
		}
	}
	slices.SortFunc(fields[1:], byID)
	return fields
}

// finding are the fields of the index by which the records that a query finds are at hand, or nil when it has no filter
// that an index could serve: those first of which one value is asked, then those of which several are, then spans.
func (p *Planner) finding(s query.Shape) []*field.Field {
	var fields []*field.Field
	for _, use := range [...]query.Use{query.Equality, query.Any, query.Range} {
		from := len(fields)
		for _, f := range s.Filters {
			if f.Use == use && len(fields) < maxFilters && findable(f.Field) && !has(fields, f.Field) {
				fields = append(fields, f.Field)
			}
		}
		slices.SortFunc(fields[from:], byID)
	}
	return fields
}

func has(list []*field.Field, f *field.Field) bool {
	return slices.ContainsFunc(list, func(g *field.Field) bool { return g.ID == f.ID })
}

func byID(a, b *field.Field) int { return cmp.Compare(a.ID, b.ID) }

// findable reports whether an index may find records by values of f: by whole ones, or by how they begin.
func findable(f *field.Field) bool {
	return f.Type != field.RecordNumber && (narrow(f) || f.Type == field.SingleLineText)
}

// Due returns the index that is asked for most and not made yet, for MakeIndex; nil is none.
func (p *Planner) Due(t Table) *Demand {
	p.mu.Lock()
	defer p.mu.Unlock()
	plan := p.tables[t.name]
	if plan == nil || plan.made == nil {
		return nil
	}
	var best *Demand
	for _, d := range plan.asked {
		if d.count >= askedOften && !d.made && (best == nil || d.count > best.count) && plan.room(d) && !plan.has(d) {
			best = d
		}
	}
	if best != nil {
		best.made = true
	}
	return best
}

// Failed notes that the index that d asks for was not made: it is due again once it was asked for as often again.
func (p *Planner) Failed(d *Demand) {
	p.mu.Lock()
	defer p.mu.Unlock()
	d.made, d.count = false, 0
}

// room reports whether there may be another index of d's kind, once those are gone that d stands for.
func (plan *tablePlan) room(d *Demand) bool {
	n := 0
	for _, ix := range plan.made.indexes {
		if d.alike(ix) && !d.standsFor(ix) && !slices.Equal(ix.fields, d.fields) {
			n++
		}
	}
	if d.grouped && d.where == "" {
		return n < maxGrouped
	}
	return n < maxPaging
}

// alike reports whether ix is of the kind that d asks for.
func (d *Demand) alike(ix index) bool {
	return ix.grouped == d.grouped && ix.bounded == (d.where != "")
}

// adds reports whether d asks for parts of numbers that ix does not hold.
func (d *Demand) adds(ix index) bool {
	return slices.ContainsFunc(d.parts, func(f id.Field) bool { return !slices.Contains(ix.parts, f) })
}

// standsFor reports whether the index that d asks for does all that ix does, and more.
func (d *Demand) standsFor(ix index) bool {
	n := len(ix.fields)
	switch {
	case !d.alike(ix) || n > len(d.fields) || ix.fields[0] != d.fields[0]:
		return false
	case n == len(d.fields) && !d.adds(ix):
		return false
	case ix.grouped:
		return slices.Equal(ix.fields, d.fields[:n])
	}
	return !slices.ContainsFunc(ix.fields, func(f id.Field) bool { return !slices.Contains(d.fields, f) })
}

// has reports whether an index of the same kind begins with the same field and has all the others, and what is to be known of
// its numbers is.
func (plan *tablePlan) has(d *Demand) bool {
	return slices.ContainsFunc(plan.made.indexes, func(ix index) bool {
		return d.alike(ix) && ix.fields[0] == d.fields[0] && ix.holds(d.fields) && !d.adds(ix)
	}) && !slices.ContainsFunc(d.sums, func(f id.Field) bool { return !slices.Contains(plan.made.long, f) })
}
