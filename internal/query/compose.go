package query

import (
	"slices"

	"github.com/engawa/engawa/internal/field"
)

// Case is one of the cases of First: what holds in the records that When finds. A nil When finds all.
type Case struct {
	When *Checked
	Then bool
}

// First returns the condition that the first case whose When finds a record decides, otherwise where none does. It is
// as small as can be told without asking a record: see Constant.
func First(otherwise bool, list ...Case) *Checked {
	c := cases{otherwise: otherwise}
	for _, one := range list {
		when := one.When.condition()
		if known, ok := constant(when); ok && !known {
			continue
		} else if ok {
			c.otherwise = one.Then
			break
		}
		for n := len(c.list); n > 0 && c.list[n-1].then == one.Then && narrower(c.list[n-1].when, when); n-- {
			c.list = c.list[:n-1] // what it finds, this one finds too, and says the same
		}
		c.list = append(c.list, decided{when, one.Then})
	}
	for n := len(c.list); n > 0 && c.list[n-1].then == c.otherwise; n-- {
		c.list = c.list[:n-1]
	}
	if len(c.list) == 0 {
		return &Checked{where: fixed(c.otherwise)}
	}
	if slices.ContainsFunc(c.list, func(d decided) bool { return d.then == c.otherwise }) {
		return &Checked{where: &c}
	}
	alike := make(anyOf, len(c.list))
	for i, d := range c.list {
		alike[i] = d.when
	}
	switch {
	case c.otherwise:
		return &Checked{where: not{alike}}
	case len(alike) == 1:
		return &Checked{where: alike[0]}
	}
	return &Checked{where: alike}
}

// narrower reports whether a asks all that b asks, so that it finds no other records.
func narrower(a, b cond) bool {
	all := conjuncts(a)
	return !slices.ContainsFunc(conjuncts(b), func(one cond) bool {
		return !slices.ContainsFunc(all, func(c cond) bool { return same(c, one) })
	})
}

// same reports whether two conditions were made from the same tests in the same way.
func same(a, b cond) bool {
	switch a := a.(type) {
	case allOf:
		o, ok := b.(allOf)
		return ok && slices.EqualFunc(a, o, same)
	case anyOf:
		o, ok := b.(anyOf)
		return ok && slices.EqualFunc(a, o, same)
	case not:
		o, ok := b.(not)
		return ok && same(a.cond, o.cond)
	}
	return a == b
}

// All returns c with the conditions of more besides its own: its order, limit and offset stay. The same row of a table
// need not pass the conditions of two of them.
func All(c *Checked, more ...*Checked) *Checked {
	var list allOf
	for _, one := range append([]*Checked{c}, more...) {
		switch w := one.condition().(type) {
		case always:
		case allOf:
			list = append(list, w...)
		default:
			list = append(list, w)
		}
	}
	out := Checked{}
	if c != nil {
		out = *c
	}
	switch known, ok := constant(list); {
	case ok:
		out.where = fixed(known)
	case len(list) == 1:
		out.where = list[0]
	default:
		out.where = list
	}
	return &out
}

// Naming finds the records in which f, a field of people, organisations or groups, holds one of ids.
func Naming(f *field.Field, ids []int64) *Checked {
	values := make([]field.Value, len(ids))
	for i, n := range ids {
		values[i] = idValue(n)
	}
	if len(ids) == 0 {
		return &Checked{where: never{}}
	}
	if f.Kind().Storage() == field.List {
		return &Checked{where: &test{ref: Ref{Field: f}, match: members{ids: values}}}
	}
	return &Checked{where: &test{ref: Ref{Field: f}, match: oneOf{values: values}}}
}

// Constant reports whether c finds every record, or none, whatever they hold; ok is false when that depends on them.
func (c *Checked) Constant() (every, ok bool) { return constant(c.condition()) }

// condition is what c asks of a record, never nil.
func (c *Checked) condition() cond {
	if c == nil || c.where == nil {
		return always{}
	}
	return c.where
}

func fixed(every bool) cond {
	if every {
		return always{}
	}
	return never{}
}

func constant(c cond) (every, ok bool) {
	switch c := c.(type) {
	case always:
		return true, true
	case never:
		return false, true
	case *test: // a list that came out empty: LOGINUSER() of who is no user
		switch m := c.match.(type) {
		case oneOf:
			return c.not, len(m.values) == 0 && !m.empty
		case members:
			return c.not, len(m.ids) == 0 && !m.empty
		}
	case allOf:
		return folded(c, false)
	case anyOf:
		return folded(c, true)
	}
	return false, false
}

// folded is the constant that members joined by AND (decisive false) or OR (decisive true) are.
func folded(list []cond, decisive bool) (every, ok bool) {
	open := false
	for _, c := range list {
		known, ok := constant(c)
		switch {
		case !ok:
			open = true
		case known == decisive:
			return decisive, true
		}
	}
	return !decisive, !open
}
