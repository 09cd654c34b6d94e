package query

import (
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
)

// Relations is the ability of a Schema to name fields of other apps' records, through a list of related records. Conditions
// on them are for databases only: in memory, where there are no other records, they hold for none.
type Relations interface {
	// Relation returns what the list with a code ties to a record; ok is false when the asker may not know it.
	Relation(code string) (r *Relation, ok bool)
}

// Relation is the records of another app, or of the same one, that belong to a record.
type Relation struct {
	Schema  Schema           // their fields, as the asker sees them
	Matches []Match          // all have to hold
	Table   string           // in which they are
	Tables  Tables           // of their app
	Only    func(b *Builder) // writes " AND …": which of them the asker sees, and what else the list asks of them
}

// Match ties a record to a related one: "own op other". An empty value fits to none.
type Match struct {
	Own, Other Ref
	Op         Op // no In, Like or Empty, nor their complements
}

// related asks whether a record has a related one for which is holds; with every it has to have one, and none may pass.
type related struct {
	to    *Relation
	is    cond
	every bool
}

// related checks a condition on a field of related records. A negative one asks all of them, as in tables.
// Source: kintone query language, related records.
func (c *checker) related(p *Predicate) (cond, error) {
	relations, ok := c.schema.(Relations)
	var to *Relation
	if ok {
		to, ok = relations.Relation(p.Field.Table)
	}
	if !ok {
		return nil, errs.E(errs.Invalid, "query.relatedField", errs.Args{"field": p.Field.Table + "." + p.Field.Code})
	}
	if p.Field.Code != ID && (p.Op == Equal || p.Op == NotEqual) {
		return nil, errs.E(errs.Invalid, "query.operator", errs.Args{"field": p.Field.Code, "op": p.Op.String()})
	}
	positive := *p
	positive.Field.Table = ""
	if p.Op.negative() {
		positive.Op--
	}
	theirs := checker{schema: plainly{to.Schema}, env: c.env}
	is, err := theirs.predicate(&positive)
	if err != nil {
		return nil, err
	}
	if _, dropped := is.(always); dropped {
		return is, nil
	}
	return &related{to, is, p.Op.negative()}, nil
}

// plainly hides the relations of a Schema, so that they do not lead from app to app.
type plainly struct{ Schema }

func (r *related) needles(list []string) []string { return list }

func (r *related) holds(Row) bool { return false }

func (r *related) sql(b *Builder) {
	if !r.every {
		b.belonging(r.to, r.is)
		return
	}
	b.belonging(r.to, always{})
	b.Write(" AND NOT ")
	b.belonging(r.to, r.is)
}

// belonging writes that a related record exists for which is holds.
func (b *Builder) belonging(to *Relation, is cond) {
	b.Write("EXISTS (SELECT 1 FROM " + to.Table + " o WHERE ")
	for _, m := range to.Matches {
		b.match(m)
		b.Write(" AND ")
	}
	tables, row, looked := b.tables, b.row, b.looked
	b.tables, b.row, b.looked = to.Tables, "o", nil // the words of other records
	b.narrowed(is)
	to.Only(b)
	b.tables, b.row, b.looked = tables, row, looked
	b.Write(")")
}

// match writes that the values of a record and a related one fit. Where decimals are lossy, equal ones have to agree in the
// digits that were lost; an order is that of their first 15 digits.
func (b *Builder) match(m Match) {
	own, other := column{ref: m.Own, alias: b.row}, column{ref: m.Other, alias: "o"}
	exact := func(c column) string {
		if c.ref.Field.Kind().Storage() != field.Decimal {
			return "NULL"
		}
		return c.companion("x_")
	}
	lossy := b.dialect.LossyDecimals() && (exact(own) != "NULL" || exact(other) != "NULL")
	both := func(op string) {
		b.column(own).Write(" " + op + " ")
		b.theirs(other)
	}
	switch {
	case lossy && m.Op == Equal:
		both("=")
		b.Write(" AND " + exact(own) + " IS " + exact(other))
	case lossy && m.Op == NotEqual:
		b.Write("(")
		both("<>")
		b.Write(" OR ")
		both("=")
		b.Write(" AND " + exact(own) + " IS NOT " + exact(other) + ")")
	case m.Op == NotEqual:
		both("<>")
	default:
		both(m.Op.String())
	}
}

// theirs writes a column of a related record, whose mask is about that record.
func (b *Builder) theirs(c column) {
	row := b.row
	b.row = c.alias
	b.column(c)
	b.row = row
}
