package access

import (
	"slices"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// Lens is one app as one actor sees it: what may be done, with which rows, in which fields. It is the
// schema that queries are checked against, so that what may not be seen does not exist. A Lens only ever
// narrows. The zero Lens shows nothing.
type Lens struct {
	verbs  Verbs
	rows   []RowRules
	where  []*query.Checked // the rows that rows let be seen
	order  []*field.Field   // top level, in form order
	byCode map[string]Sight
}

// Sight is how a Lens shows one field.
type Sight struct {
	Field *field.Field
	Table *field.Field // the table it stands in, or nil
	Write bool         // it may be written, at least in some records

	Mask      *query.Checked // the records in which it is shown; nil is all
	WriteMask *query.Checked // the records in which it may be written, if Write; nil is all
}

// Shown reports whether the field is shown in a record.
func (s Sight) Shown(r query.Row) bool { return s.Mask == nil || query.Eval(s.Mask, r) }

// Writable reports whether the field may be written in a record, as it is before the change.
func (s Sight) Writable(r query.Row) bool {
	return s.Write && (s.WriteMask == nil || query.Eval(s.WriteMask, r))
}

// Can reports whether all of v may be done in the app, whatever the row rules say of single rows.
func (l Lens) Can(v Verbs) bool { return l.verbs.Has(v) }

// May reports whether all of v may be done with a record: the app's verbs and every rule that matches it. It is the same
// decision as the conditions of Where.
func (l Lens) May(v Verbs, r query.Row) bool {
	return l.verbs.Has(v) && !slices.ContainsFunc(l.rows, func(rules RowRules) bool { return !rules.may(v, r) })
}

// All reports whether every record may be seen.
func (l Lens) All() bool { return l.verbs.Has(View) && len(l.where) == 0 }

// Where returns q for the records that may be seen: what it finds among all of them is what q finds among those.
func (l Lens) Where(q *query.Checked) *query.Checked {
	if !l.verbs.Has(View) {
		return query.All(q, query.First(false))
	}
	if len(l.where) == 0 && q != nil {
		return q
	}
	return query.Given(q, l.where...)
}

// Whole is Where with all that rules ask, of records that q does not find too.
func (l Lens) Whole(q *query.Checked) *query.Checked { return query.All(q, l.where...) }

// Verbs is all that may be done in the app.
func (l Lens) Verbs() Verbs { return l.verbs }

// Fields are the visible top-level fields in form order.
func (l Lens) Fields() []*field.Field { return l.order }

// Sight returns how the field with a code is shown; ok is false when it is not.
func (l Lens) Sight(code string) (Sight, bool) {
	s, ok := l.byCode[code]
	return s, ok
}

// Inner returns the visible inner fields of a table, in form order.
func (l Lens) Inner(table *field.Field) []*field.Field {
	var list []*field.Field
	for _, f := range table.Fields {
		if _, ok := l.byCode[f.Code]; ok {
			list = append(list, f)
		}
	}
	return list
}

// Lookup makes a Lens a query.Schema: names resolve only to what is visible.
func (l Lens) Lookup(code string) (query.Ref, bool) {
	s, ok := l.byCode[code]
	if !ok {
		return query.Ref{}, false
	}
	return query.Ref{Field: s.Field, Table: s.Table, Mask: s.Mask}, true
}

// restrict adds row rules.
func (l *Lens) restrict(rules RowRules) {
	if len(rules) == 0 {
		return
	}
	l.rows = append(slices.Clone(l.rows), rules)
	if c := rules.For(View); !always(c) {
		l.where = append(slices.Clone(l.where), c)
	}
}

func always(c *query.Checked) bool {
	every, known := c.Constant()
	return known && every
}

// Narrow returns l with only the verbs, rows and fields that it shares with the arguments. Only the fields
// named stay: of a table, the inner fields that are named beside it, so that a column added later stays hidden. A nil
// rule list adds no row rule.
func (l Lens) Narrow(verbs Verbs, rows RowRules, fields ...id.Field) Lens {
	n := Lens{verbs: (l.verbs & verbs).Sound(), rows: l.rows, where: l.where, byCode: map[string]Sight{}}
	n.restrict(rows)
	keep := map[id.Field]bool{}
	for _, f := range fields {
		keep[f] = true
	}
	for _, f := range l.order {
		if keep[f.ID] {
			n.order = append(n.order, f)
		}
	}
	for code, s := range l.byCode {
		if keep[s.Field.ID] && (s.Table == nil || keep[s.Table.ID]) {
			n.byCode[code] = s
		}
	}
	return n
}
