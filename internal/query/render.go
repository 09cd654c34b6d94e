package query

import (
	"strconv"

	"github.com/engawa/engawa/internal/field"
)

// Where writes c's condition: an expression that is true for the records found and false or NULL for the
// others. It can stand beside AND without parentheses.
func (c *Checked) Where(b *Builder) {
	if c.where == nil {
		b.Write("TRUE")
		return
	}
	c.where.sql(b)
}

// OrderBy writes c's order, without the words ORDER BY. It is complete: no two records are equal in it.
// Empty values come first, last when descending. NUMBERs on SQLite are in the order of their first 15 digits.
func (c *Checked) OrderBy(b *Builder) {
	for _, k := range c.order {
		k.sql(b)
		if k.ref.Field.Type == field.RecordNumber && k.ref.Mask == nil {
			return
		}
		b.Write(", ")
	}
	b.Write("r.id DESC")
}

func (k key) sql(b *Builder) {
	switch {
	case k.ranks != nil:
		b.Write("CASE ").Column(k.ref)
		for i, id := range k.ranks {
			b.Write(" WHEN " + string(id) + " THEN " + strconv.Itoa(i))
		}
		b.Write(" END")
	default:
		b.Column(k.ref)
	}
	switch never := k.ref.Mask == nil && k.ref.Field.Type == field.RecordNumber; {
	case never && k.desc: // never empty
		b.Write(" DESC")
	case never:
	case k.desc:
		b.Write(b.desc)
	default:
		b.Write(b.asc)
	}
}

func (l allOf) sql(b *Builder) { b.join(len(l), " AND ", func(i int) { l[i].sql(b) }) }

func (l anyOf) sql(b *Builder) {
	b.Write("(")
	b.join(len(l), " OR ", func(i int) { l[i].sql(b) })
	b.Write(")")
}

func (t *test) sql(b *Builder) {
	if t.not {
		b.Write("(")
		t.match.sql(b, column{t.ref, "r"})
		b.Write(") IS NOT TRUE")
		return
	}
	if c, ok := t.match.(contains); ok {
		b.candidates(c)
	}
	t.match.sql(b, column{t.ref, "r"})
}

func (r *rows) sql(b *Builder) {
	for _, t := range r.tests {
		if t.ref.Mask != nil {
			t.ref.Mask.Where(b)
			b.Write(" AND ")
		}
		if c, ok := t.match.(contains); ok && !r.every {
			b.candidates(c)
		}
	}
	exists := "EXISTS (SELECT 1 FROM " + b.tables.Sub(r.table) + " s WHERE s.record_id = r.id"
	if r.every {
		b.Write(exists).Write(") AND NOT ")
	}
	b.Write(exists)
	b.Write(" AND ")
	b.join(len(r.tests), " AND ", func(i int) { r.tests[i].match.sql(b, column{r.tests[i].ref, "s"}) })
	b.Write(")")
}

func (m oneOf) sql(b *Builder, c column) {
	if m.empty {
		if len(m.values) > 0 {
			b.Write("(")
		}
		b.column(c).Write(" IS NULL")
		if len(m.values) == 0 {
			return
		}
		b.Write(" OR ")
	}
	switch storage := c.ref.Field.Kind().Storage(); {
	case len(m.values) == 0:
		b.Write("FALSE")
	case storage == field.Decimal && b.roundsNumbers:
		b.roundedIn(c, m.values)
	default:
		b.in(c, len(m.values), func(i int) any { return argument(storage, m.values[i]) })
	}
	if m.empty {
		b.Write(")")
	}
}

// in writes that the column is one of n values.
func (b *Builder) in(c column, n int, arg func(i int) any) {
	b.column(c)
	if n == 1 {
		b.Write(" = ").Arg(arg(0))
		return
	}
	b.Write(" IN ")
	b.list(n, arg)
}

// argument is a value as the drivers take it for a column of a storage.
func argument(s field.Storage, v field.Value) any {
	if s == field.Integer {
		n, _ := strconv.ParseInt(string(v), 10, 64) // Check lets nothing else pass
		return n
	}
	return string(v)
}

func (m members) sql(b *Builder, c column) {
	n := len(m.ids)
	switch {
	case n == 0 && m.empty:
		b.column(c).Write(" IS NULL")
		return
	case n == 0:
		b.Write("FALSE")
		return
	case m.empty:
		n++
	}
	b.Write("(")
	b.join(n, " OR ", func(i int) {
		if i == len(m.ids) {
			b.column(c).Write(" IS NULL")
			return
		}
		b.contains(c, c.name(), ","+string(m.ids[i])+",")
	})
	b.Write(")")
}

func (m contains) sql(b *Builder, c column) { b.contains(c, c.searchable(), m.needle) }

// contains writes that a text of the column has needle as a part.
func (b *Builder) contains(c column, haystack, needle string) {
	if c.ref.Mask != nil && c.ref.Table == nil {
		c.ref.Mask.Where(b)
		b.Write(" AND ")
	}
	b.Write(b.dialect.Contains(haystack, "?"))
	b.args = append(b.args, needle)
}

func (m compare) sql(b *Builder, c column) {
	storage := c.ref.Field.Kind().Storage()
	if storage == field.Decimal && b.roundsNumbers {
		b.roundedCompare(c, m.op, m.to)
		return
	}
	b.column(c).Write(" " + m.op.String() + " ").Arg(argument(storage, m.to))
}

func (m between) sql(b *Builder, c column) {
	b.column(c).Write(" >= ").Arg(string(m.from)).Write(" AND ")
	b.column(c).Write(" < ").Arg(string(m.to))
}
