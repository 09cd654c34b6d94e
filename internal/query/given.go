package query

import (
	"cmp"
	"slices"
	"strings"

	"github.com/engawa/engawa/internal/field"
)

// Given is All(c, more...), but of more only what c leaves open is asked: what no record that c finds can come to is left
// out, and what every one of them comes to is not asked again. So of many rules few are left for one query.
func Given(c *Checked, more ...*Checked) *Checked {
	known := factsOf(c.condition())
	if len(known) == 0 {
		return All(c, more...)
	}
	list := make([]*Checked, len(more))
	for i, one := range more {
		list[i] = &Checked{where: known.reduce(one.condition())}
	}
	return All(c, list...)
}

// facts are tests of plain columns that every record in question passes.
type facts []*test

func factsOf(c cond) (list facts) {
	for _, one := range conjuncts(c) {
		t, ok := one.(*test)
		if !ok || t.not || t.ref.Mask != nil || t.ref.Table != nil {
			continue
		}
		switch t.match.(type) {
		case oneOf, compare, between:
			list = append(list, t)
		}
	}
	return list
}

// conjuncts are the conditions that c is the AND of.
func conjuncts(c cond) []cond {
	if list, ok := c.(allOf); ok {
		return list
	}
	return []cond{c}
}

// reduce returns a condition that holds for the same ones of the records in question as c does.
func (known facts) reduce(c cond) cond {
	switch c := c.(type) {
	case *test:
		if holds, ok := known.decide(c); ok {
			return fixed(holds)
		}
	case allOf:
		return known.members(c, false)
	case anyOf:
		return known.members(c, true)
	case not:
		inner := known.reduce(c.cond)
		if holds, ok := constant(inner); ok {
			return fixed(!holds)
		}
		return not{inner}
	case *cases:
		list := make([]Case, len(c.list))
		for i, d := range c.list {
			list[i] = Case{&Checked{where: known.reduce(d.when)}, d.then}
		}
		return First(c.otherwise, list...).where
	}
	return c
}

// members reduces those of an AND, or of an OR, which a member that holds decides.
func (known facts) members(list []cond, decisive bool) cond {
	var open []cond
	for _, c := range list {
		one := known.reduce(c)
		switch holds, ok := constant(one); {
		case !ok:
			open = append(open, one)
		case holds == decisive:
			return fixed(decisive)
		}
	}
	switch {
	case len(open) == 0:
		return fixed(!decisive)
	case len(open) == 1:
		return open[0]
	case decisive:
		return anyOf(open)
	}
	return allOf(open)
}

// decide reports whether t holds for all the records in question, or for none; ok is false when it may be either.
func (known facts) decide(t *test) (holds, ok bool) {
	if t.ref.Mask != nil || t.ref.Table != nil {
		return false, false
	}
	for _, fact := range known {
		if fact.ref.Field.ID != t.ref.Field.ID || fact.ref.Field.Type != t.ref.Field.Type {
			continue
		}
		if matches, ok := fact.implies(t.match); ok {
			return matches != t.not, true
		}
	}
	return false, false
}

// implies reports whether m matches every value that passes the fact, or none.
func (t *test) implies(m matcher) (matches, ok bool) {
	if one, listed := t.match.(oneOf); listed {
		return one.all(t.ref.Field, m)
	}
	at, ok := spanOf(t.match)
	if !ok {
		return false, false
	}
	if one, listed := m.(oneOf); listed {
		inside := slices.ContainsFunc(one.values, func(v field.Value) bool { return t.match.matches(t.ref.Field, v) })
		return false, !inside // no value of its list passes, and the empty one never does
	}
	asked, ok := spanOf(m)
	if !ok {
		return false, false
	}
	order := orderOf(t.ref.Field)
	if at.before(asked, order) || asked.before(at, order) {
		return false, true
	}
	return true, asked.covers(at, order)
}

// all reports whether m matches all values of the list, or none.
func (o oneOf) all(f *field.Field, m matcher) (matches, ok bool) {
	switch m.(type) {
	case oneOf, compare, between:
	default:
		return false, false
	}
	values := o.values
	if o.empty {
		values = append(slices.Clip(values), "")
	}
	for i, v := range values {
		switch now := m.matches(f, v); {
		case i == 0:
			matches = now
		case now != matches:
			return false, false
		}
	}
	return matches, len(values) > 0
}

// span is what lies between two values, each of which may be missing; open ones do not belong to it.
type span struct {
	from, to         field.Value
	fromOpen, toOpen bool
}

func spanOf(m matcher) (s span, ok bool) {
	switch m := m.(type) {
	case between:
		return span{from: m.from, to: m.to, toOpen: true}, true
	case compare:
		switch m.op {
		case Less, LessOrEqual:
			return span{to: m.to, toOpen: m.op == Less}, true
		case Greater, GreaterOrEqual:
			return span{from: m.to, fromOpen: m.op == Greater}, true
		}
	}
	return s, false
}

// before reports whether all of s comes before all of o.
func (s span) before(o span, order func(a, b field.Value) int) bool {
	if s.to == "" || o.from == "" {
		return false
	}
	n := order(s.to, o.from)
	return n < 0 || n == 0 && (s.toOpen || o.fromOpen)
}

// covers reports whether o lies in s.
func (s span) covers(o span, order func(a, b field.Value) int) bool {
	if s.from != "" {
		if o.from == "" {
			return false
		}
		if n := order(o.from, s.from); n < 0 || n == 0 && s.fromOpen && !o.fromOpen {
			return false
		}
	}
	if s.to == "" {
		return true
	}
	if o.to == "" {
		return false
	}
	n := order(o.to, s.to)
	return n < 0 || n == 0 && (!s.toOpen || o.toOpen)
}

// orderOf compares values of f that are not empty, as compare does.
func orderOf(f *field.Field) func(a, b field.Value) int {
	switch f.Kind().Storage() {
	case field.Decimal:
		return field.CompareDecimals
	case field.Integer:
		return func(a, b field.Value) int { return cmp.Compare(number(a), number(b)) }
	}
	return func(a, b field.Value) int { return strings.Compare(string(a), string(b)) }
}
