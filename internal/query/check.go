package query

import (
	"slices"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
)

// What a query may ask for with limit and offset, and how much it gets when it does not say.
// Source: kintone REST API, "Get Records".
const (
	DefaultLimit = 100
	MaxLimit     = 500
	MaxOffset    = 10_000
)

// Checked is a query bound to fields, values and a moment. Its functions are evaluated, so it is good for
// the request it was made for. It is not changed and may be used by many at once. The zero Checked finds every record.
type Checked struct {
	Limit, Offset int // Limit is DefaultLimit when the query does not say
	where         cond
	order         []key // without the final $id desc
}

// Check binds q to the fields of s, for env.Me at env.Now in env.Zone (UTC when nil).
//
// Errors, all Invalid: query.limit and query.offset (max), query.unknownField (field), query.relatedField (field) for
// "table.field", query.option (field, value), query.operator and query.tableOperator (field, op), query.order (field) for
// what cannot be sorted by, query.function (field, function) where a field takes no such function,
// query.functionArgs, query.unit and query.monthDay (value), query.unknownUser and query.value (field, value).
// The first in the order of the text is told; limit and offset come before.
// Source: kintone query language, operators by field type, functions, table fields, errors.
func Check(q *Query, s Schema, env Env) (*Checked, error) {
	if q.HasLimit && q.Limit > MaxLimit {
		return nil, errs.E(errs.Invalid, "query.limit", errs.Args{"max": MaxLimit})
	}
	if q.HasOffset && q.Offset > MaxOffset {
		return nil, errs.E(errs.Invalid, "query.offset", errs.Args{"max": MaxOffset})
	}
	out := &Checked{Limit: DefaultLimit, Offset: q.Offset}
	if q.HasLimit {
		out.Limit = q.Limit
	}
	c := checker{schema: s, env: &env}
	var err error
	if q.Where != nil {
		if out.where, err = c.cond(q.Where); err != nil {
			return nil, err
		}
	}
	if out.order, err = c.order(q.Order); err != nil {
		return nil, err
	}
	return out, nil
}

type checker struct {
	schema Schema
	env    *Env
}

// cond checks a condition. One that is dropped is always{}: what it is a part of is decided by the other parts.
func (c *checker) cond(q Cond) (cond, error) {
	switch q := q.(type) {
	case And:
		return c.and(q)
	case Or:
		return c.or(q)
	default:
		return c.predicate(q.(*Predicate))
	}
}

// and checks a conjunction. Its positive conditions on one table become one: the same row has to match all. So do its
// negative ones, which changes nothing but saves the database work.
func (c *checker) and(q And) (cond, error) {
	list := make(allOf, 0, len(q))
	for i := range q {
		one, err := c.cond(q[i])
		if err != nil {
			return nil, err
		}
		if _, dropped := one.(always); dropped {
			continue
		}
		if r, ok := one.(*rows); ok {
			if first := list.rowsLike(r); first != nil {
				first.tests = append(first.tests, r.tests...)
				continue
			}
		}
		list = append(list, one)
	}
	if len(list) == 0 {
		return always{}, nil
	}
	return list, nil
}

func (c *checker) or(q Or) (cond, error) {
	list := make(anyOf, 0, len(q))
	for i := range q {
		one, err := c.cond(q[i])
		if err != nil {
			return nil, err
		}
		if _, dropped := one.(always); !dropped {
			list = append(list, one)
		}
	}
	if len(list) == 0 {
		return always{}, nil
	}
	return list, nil
}

func (l allOf) rowsLike(like *rows) *rows {
	for _, c := range l {
		if r, ok := c.(*rows); ok && r.every == like.every && r.table == like.table {
			return r
		}
	}
	return nil
}

// lookup resolves a name.
func (c *checker) lookup(n Name) (Ref, error) {
	if n.Table != "" { // conditions on related records are relation's, and there is no order by them
		return Ref{}, errs.E(errs.Invalid, "query.relatedField", errs.Args{"field": n.Table + "." + n.Code})
	}
	if n.Code == ID {
		return Ref{Field: idField}, nil
	}
	ref, ok := c.schema.Lookup(n.Code)
	if !ok {
		return Ref{}, errs.E(errs.Invalid, "query.unknownField", errs.Args{"field": n.Code})
	}
	return ref, nil
}

func (c *checker) predicate(p *Predicate) (cond, error) {
	if p.Field.Table != "" {
		return c.related(p)
	}
	ref, err := c.lookup(p.Field)
	if err != nil {
		return nil, err
	}
	if natures[ref.Field.Type] == choice {
		if err := knownOptions(ref.Field, p.Values); err != nil {
			return nil, err
		}
	}
	if err := allowed(ref, p.Op); err != nil {
		return nil, err
	}
	m, err := c.matcher(ref.Field, p)
	if err != nil {
		return nil, err
	}
	if c.dropped(p) {
		return always{}, nil
	}
	t := test{ref: ref, match: m}
	if ref.Table != nil {
		return &rows{table: ref.Table, tests: []test{t}, every: p.Op.negative()}, nil
	}
	t.not = p.Op.negative()
	return &t, nil
}

// dropped reports a condition that asks for the primary organisation of somebody who has none: it is as if it were not
// there. Who keeps people out by such a condition has to look for it himself (AsksForOrganization).
// Source: kintone query language, PRIMARY_ORGANIZATION().
func (c *checker) dropped(p *Predicate) bool {
	return c.env.Primary == 0 && len(p.Values) > 0 && !slices.ContainsFunc(p.Values, func(v Value) bool {
		return v.Kind != Call || v.Text != organizationFunc
	})
}

// knownOptions is asked before the operator is looked at, as kintone does.
func knownOptions(f *field.Field, values []Value) error {
	for _, v := range values {
		if v.Kind == Call || v.Text == "" {
			continue
		}
		if _, ok := f.OptionID(v.Text); !ok {
			return errs.E(errs.Invalid, "query.option", errs.Args{"field": f.Code, "value": v.Text})
		}
	}
	return nil
}

func allowed(ref Ref, op Op) error {
	key := ""
	switch {
	case ref.Table != nil && (op == Equal || op == NotEqual):
		key = "query.tableOperator"
	case ref.Field.Kind().Ops()&operators[op] == 0:
		key = "query.operator"
	default:
		return nil
	}
	return errs.E(errs.Invalid, key, errs.Args{"field": ref.Field.Code, "op": op.String()})
}

// order checks the sort keys. What comes after $id, or again, decides nothing and is left out.
func (c *checker) order(sorts []Sort) ([]key, error) {
	if len(sorts) == 0 {
		return nil, nil
	}
	list := make([]key, 0, len(sorts))
	unique := false
	for _, s := range sorts {
		ref, err := c.lookup(s.Field)
		if err != nil {
			return nil, err
		}
		if ref.Table != nil || !sortable(ref.Field) {
			return nil, errs.E(errs.Invalid, "query.order", errs.Args{"field": s.Field.Code})
		}
		again := slices.ContainsFunc(list, func(k key) bool { return k.ref.Field == ref.Field })
		if !unique && !again {
			list = append(list, newKey(ref, s.Desc))
		}
		unique = unique || ref.Field.Type == field.RecordNumber && ref.Mask == nil
	}
	return list, nil
}
