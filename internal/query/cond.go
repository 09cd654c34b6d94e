package query

import (
	"slices"

	"github.com/engawa/engawa/internal/field"
)

// cond is a checked condition. It gives a database and a record in memory the same answer, by ways that
// share nothing, so that a test can hold one against the other.
type cond interface {
	// sql writes an expression that is true exactly when the condition holds, and false or NULL when not. It
	// can stand beside AND and OR without parentheses.
	sql(b *Builder)
	holds(r Row) bool
	// needles appends what every record found has somewhere in its text.
	needles(list []string) []string
}

// allOf holds when all of its members do.
type allOf []cond

// anyOf holds when one of its members does.
type anyOf []cond

// always holds: a condition that was dropped.
type always struct{}

// never holds for no record.
type never struct{}

// not holds when its member does not.
type not struct{ cond }

// cases holds as the first of its list decides whose condition does, and as otherwise where none does.
type cases struct {
	list      []decided
	otherwise bool
}

type decided struct {
	when cond
	then bool
}

// test asks one top-level field whether its value matches, or with not whether it does not.
type test struct {
	ref   Ref
	match matcher
	not   bool
}

// rows asks the rows of a table. One and the same row has to pass all tests; with every there has to be a row, and
// none that passes any.
type rows struct {
	table *field.Field
	tests []test
	every bool
}

// matcher is a positive test of one value. Its sql is written under the rules of cond; the empty value is NULL.
type matcher interface {
	sql(b *Builder, c column)
	matches(f *field.Field, v field.Value) bool
}

// oneOf matches any of a list of values, and with empty the empty value too.
type oneOf struct {
	values []field.Value // not empty ones; whole numbers where the storage is Integer
	empty  bool
}

// members matches lists that hold any of a list of ids, and with empty the empty list too.
type members struct {
	ids   []field.Value
	empty bool
}

// compare matches values before or after one that is not empty. op is one of the order comparisons.
type compare struct {
	op Op
	to field.Value
}

// between matches texts, or numbers, from one on and before another.
type between struct{ from, to field.Value }

// contains matches text of which a normalised needle is a part. Every text has the empty needle.
type contains struct{ needle string }

// holding matches files of which a normalised needle is a part of the name or, in the database, of the content. A record
// in memory has no contents: there the names alone decide.
type holding struct{ needle string }

func (l allOf) needles(list []string) []string {
	for _, c := range l {
		list = c.needles(list)
	}
	return list
}

func (always) needles(list []string) []string { return list }

func (never) needles(list []string) []string { return list }

func (not) needles(list []string) []string { return list }

func (*cases) needles(list []string) []string { return list }

// needles are those that all members have in common: one word looked for in many fields.
func (l anyOf) needles(list []string) []string {
	if len(l) == 0 {
		return list
	}
	common := l[0].needles(nil)
	for _, c := range l[1:] {
		if len(common) == 0 {
			return list
		}
		also := c.needles(nil)
		common = slices.DeleteFunc(common, func(n string) bool { return !slices.Contains(also, n) })
	}
	return append(list, common...)
}

func (t *test) needles(list []string) []string {
	if m, ok := t.match.(contains); ok && !t.not {
		list = append(list, m.needle)
	}
	return list
}

func (r *rows) needles(list []string) []string {
	for _, t := range r.tests {
		if !r.every {
			list = t.needles(list)
		}
	}
	return list
}

// key is one sort key.
type key struct {
	ref   Ref
	desc  bool
	ranks []field.Value // option ids in the options' order, where that is not the order of the ids
}

func newKey(ref Ref, desc bool) key {
	k := key{ref: ref, desc: desc}
	last := int64(0)
	for _, o := range ref.Field.Options {
		if o.ID < last {
			k.ranks = optionIDs(ref.Field)
			break
		}
		last = o.ID
	}
	return k
}

func optionIDs(f *field.Field) []field.Value {
	ids := make([]field.Value, len(f.Options))
	for i, o := range f.Options {
		ids[i] = idValue(o.ID)
	}
	return ids
}
