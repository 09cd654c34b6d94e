package table

import (
	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/query"
)

// Relation is the records of t that belong to a record because matches hold: those that lens lets through and filter finds.
func (t Table) Relation(lens access.Lens, filter *query.Checked, matches []query.Match) *query.Relation {
	return &query.Relation{
		Schema: lens, Matches: matches, Table: t.name, Tables: t,
		Only: func(b *query.Builder) {
			b.Write(" AND ")
			lens.Where(filter).Where(b)
		},
	}
}
