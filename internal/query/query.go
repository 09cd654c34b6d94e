// Package query is kintone's query language: Parse makes a Query of its text, Check binds a Query to the
// fields its author may name and to the moment and person it runs for, and a Checked is rendered to SQL
// (Where, OrderBy) or asked of a record in memory (Eval, Compare). It is pure: no I/O, no clock.
//
// It does not decide who may see what: a Schema shows only what is to be found (access). It runs no SQL and
// knows no table's name (record/internal/table).
package query

import "slices"

// Query is the syntax tree of a query as it was written; nothing in it is resolved. The zero Query finds
// every record. A Query is not changed after Parse but by Rename and Recode, so it may be kept and shared.
type Query struct {
	Where               Cond // nil: every record
	Order               []Sort
	Limit, Offset       int // not negative
	HasLimit, HasOffset bool
}

// Cond is a condition: And, Or or *Predicate.
type Cond interface {
	// appendTo writes the condition; inner conditions are put in parentheses where they must.
	appendTo(dst []byte, inner bool) []byte
	// names calls fn for every name in the condition.
	names(fn func(*Name))
}

// And holds when all of its two or more members do. No member is itself an And.
type And []Cond

// Or holds when one of its two or more members does. No member is itself an Or.
type Or []Cond

// Predicate compares a field with values: one for comparisons and like, none for is empty, any number for in.
type Predicate struct {
	Field  Name
	Op     Op
	Values []Value
}

// Name is a field as a query names it. Code is a field code or "$id"; Table is set for the
// "relatedTable.field" form.
type Name struct{ Table, Code string }

// Op is an operator.
type Op uint8

// The operators. Each odd one is the complement of the one before it, but for the order comparisons.
const (
	Equal Op = iota
	NotEqual
	In
	NotIn
	Like
	NotLike
	Empty
	NotEmpty
	Less
	LessOrEqual
	Greater
	GreaterOrEqual
)

var opTexts = [...]string{"=", "!=", "in", "not in", "like", "not like", "is empty", "is not empty", "<", "<=", ">", ">="}

// String returns the operator as queries write it.
func (op Op) String() string { return opTexts[op] }

// negative reports the complements, which hold for empty values and, in tables, have to hold for every row.
func (op Op) negative() bool { return op < Less && op%2 == 1 }

// Value is a literal or a function call.
type Value struct {
	Kind ValueKind
	Text string   // without quotes and escapes; of a Call the function's name in upper case
	Args []string // of a Call: numbers and bare words as written
}

// ValueKind tells how a value was written.
type ValueKind uint8

// The kinds of values.
const (
	String ValueKind = iota
	Number
	Call
)

// Sort is one key of an order.
type Sort struct {
	Field Name
	Desc  bool
}

// ID is the name of the record's id, which is in every schema.
const ID = "$id"

// Rename replaces codes of the app's fields: to maps the old ones to the new.
func (q *Query) Rename(to map[string]string) {
	q.names(func(n *Name) {
		code := &n.Code
		if n.Table != "" {
			code = &n.Table // what stands behind the dot is another app's
		}
		if c, ok := to[*code]; ok {
			*code = c
		}
	})
}

// RenameRelated replaces codes of the fields of related records by what to returns, which may be the code itself.
func (q *Query) RenameRelated(to func(field Name) string) {
	q.names(func(n *Name) {
		if n.Table != "" {
			n.Code = to(*n)
		}
	})
}

// FieldCodes returns the codes of all fields of the app that the query names, in the order of the text, repeated as there:
// of related records, the list's.
func (q *Query) FieldCodes() []string {
	var codes []string
	q.names(func(n *Name) {
		if n.Table != "" {
			codes = append(codes, n.Table)
		} else {
			codes = append(codes, n.Code)
		}
	})
	return codes
}

// Related returns the fields of related records that the query names, each once.
func (q *Query) Related() []Name {
	var list []Name
	q.names(func(n *Name) {
		if n.Table != "" && !slices.Contains(list, *n) {
			list = append(list, *n)
		}
	})
	return list
}

// AsksForOrganization reports whether the conditions use PRIMARY_ORGANIZATION(), which not everybody has.
func (q *Query) AsksForOrganization() bool {
	return q.Where != nil && calls(q.Where, func(name string) bool { return name == organizationFunc })
}

// calls reports whether a condition uses a function whose name is like that.
func calls(c Cond, like func(name string) bool) bool {
	inner := func(c Cond) bool { return calls(c, like) }
	switch c := c.(type) {
	case And:
		return slices.ContainsFunc(c, inner)
	case Or:
		return slices.ContainsFunc(c, inner)
	}
	return slices.ContainsFunc(c.(*Predicate).Values, func(v Value) bool { return v.Kind == Call && like(v.Text) })
}

// AsksForMoment reports whether the conditions use a function of dates, so that they find others tomorrow, or in a minute.
func (q *Query) AsksForMoment() bool {
	return q.Where != nil && calls(q.Where, func(name string) bool { return name != loginUserFunc && name != organizationFunc })
}

func (q *Query) names(fn func(*Name)) {
	if q.Where != nil {
		q.Where.names(fn)
	}
	for i := range q.Order {
		fn(&q.Order[i].Field)
	}
}

func (a And) names(fn func(*Name)) {
	for _, c := range a {
		c.names(fn)
	}
}

func (o Or) names(fn func(*Name)) {
	for _, c := range o {
		c.names(fn)
	}
}

func (p *Predicate) names(fn func(*Name)) { fn(&p.Field) }
