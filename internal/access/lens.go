package access

import (
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
	order  []*field.Field // top level, in form order
	byCode map[string]Sight
}

// Sight is how a Lens shows one field.
type Sight struct {
	Field *field.Field
	Table *field.Field // the table it stands in, or nil
	Write bool
}

// RowRules are record rules in order: the first whose When matches a row decides. Rows that none matches are
// open. Several RowRules must all allow.
type RowRules []RowRule

// RowRule says what may be done with the rows that match When.
type RowRule struct {
	When  *query.Checked
	Verbs Verbs
}

// Decide returns what a may see and do in an app. It is pure: the same actor, policy and form always
// give the same Lens.
func Decide(a Actor, p Policy, form Form) Lens {
	l := Lens{verbs: appVerbs(a, p), byCode: map[string]Sight{}}
	if l.verbs == 0 {
		return Lens{}
	}
	for _, f := range form.Fields() {
		l.show(a, p, f, nil)
	}
	if !a.bypassesRules() {
		l.rows = rowRules(a, p)
		if len(p.Locks) > 0 {
			l.rows = append(l.rows, p.Locks)
		}
	}
	return l
}

// appVerbs is the outermost layer: what the actor may do in the app at all.
func appVerbs(a Actor, p Policy) Verbs {
	var v Verbs
	switch a.Kind() {
	case KindSystem:
		return All
	case KindToken:
		v = a.TokenRights(p.ID)
	case KindUser:
		if a.Admin() {
			v = Manage // administrators always reach the settings, as they could give themselves the right
		}
		if i := pick(a, p.Creator, len(p.App), func(i int) Entity { return p.App[i].Entity }); i >= 0 {
			v |= p.App[i].Verbs
		}
	default:
		return 0
	}
	return normal(v)
}

// normal drops verbs that make no sense without another one.
func normal(v Verbs) Verbs {
	if v&View == 0 {
		v &^= Edit | Delete | Export
	}
	if v&Add == 0 {
		v &^= Import
	}
	return v
}

// show adds a field, and a table's inner fields, if the actor may read it.
func (l *Lens) show(a Actor, p Policy, f, table *field.Field) {
	read, write := fieldRight(a, p, f)
	if !read || f.Off {
		return
	}
	if table == nil {
		l.order = append(l.order, f)
	} else {
		write = write && l.byCode[table.Code].Write
	}
	l.byCode[f.Code] = Sight{Field: f, Table: table, Write: write}
	for _, inner := range f.Fields {
		l.show(a, p, inner, f)
	}
}

func fieldRight(a Actor, p Policy, f *field.Field) (read, write bool) {
	if a.bypassesRules() {
		return true, true
	}
	for _, r := range p.Fields {
		if r.Field != f.ID {
			continue
		}
		i := pick(a, p.Creator, len(r.Entities), func(i int) Entity { return r.Entities[i].Entity })
		if i < 0 {
			return false, false
		}
		x := r.Entities[i].Accessibility
		return x == "READ" || x == "WRITE", x == "WRITE"
	}
	return true, true
}

func rowRules(a Actor, p Policy) []RowRules {
	if len(p.Records) == 0 {
		return nil
	}
	rules := make(RowRules, len(p.Records))
	for i, r := range p.Records {
		rules[i].When = r.When
		if j := pick(a, p.Creator, len(r.Entities), func(j int) Entity { return r.Entities[j].Entity }); j >= 0 {
			rules[i].Verbs = normal(r.Entities[j].Verbs)
		}
	}
	return []RowRules{rules}
}

// Can reports whether all of v may be done in the app, whatever the row rules say of single rows.
func (l Lens) Can(v Verbs) bool { return l.verbs.Has(v) }

// Verbs is all that may be done in the app.
func (l Lens) Verbs() Verbs { return l.verbs }

// Rows are the row rules; none means every row.
func (l Lens) Rows() []RowRules { return l.rows }

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
	return query.Ref{Field: s.Field, Table: s.Table}, true
}

// Narrow returns l with only the verbs, rows and fields that it shares with the arguments. Only the fields
// named stay: of a table, the inner fields that are named beside it, so that a column added later stays hidden. A nil
// rule list adds no row rule.
func (l Lens) Narrow(verbs Verbs, rows RowRules, fields ...id.Field) Lens {
	n := Lens{verbs: normal(l.verbs & verbs), rows: l.rows, byCode: map[string]Sight{}}
	if rows != nil {
		n.rows = append(append([]RowRules{}, l.rows...), rows)
	}
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
