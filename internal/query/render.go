package query

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/text"
)

// Where writes c's condition: an expression that is true for the records found and false or NULL for the
// others. It can stand beside AND without parentheses.
func (c *Checked) Where(b *Builder) {
	if c.where == nil {
		b.Write("TRUE")
		return
	}
	around := b.leads
	if around == nil {
		b.leads = conjuncts(c.where)
	}
	b.narrowed(c.where)
	b.leads = around
}

// OrderBy writes c's order, without the words ORDER BY. It is complete: no two records are equal in it.
// Empty values come first, last when descending: SQLite's own way, so that its indexes serve the order; those of
// PostgreSQL have to be made with NULLS FIRST. On SQLite NUMBERs that agree in their first 15 digits may be in any order.
func (c *Checked) OrderBy(b *Builder) {
	for _, k := range c.order {
		k.sql(b)
		if k.ref.Field.Type == field.RecordNumber && k.ref.Mask == nil {
			return
		}
		b.Write(", ")
	}
	b.Write(b.row + ".id DESC")
}

func (k key) sql(b *Builder) {
	if k.ranks == nil {
		b.Column(k.ref)
	} else {
		b.Write("CASE ").Column(k.ref)
		for i, id := range k.ranks {
			b.Write(" WHEN " + string(id) + " THEN " + strconv.Itoa(i))
		}
		b.Write(" END")
	}
	filled := k.ref.Mask == nil && k.ref.Field.Type == field.RecordNumber
	if k.desc {
		b.Write(" DESC")
	}
	switch {
	case filled:
	case k.desc:
		b.Write(" NULLS LAST")
	default:
		b.Write(" NULLS FIRST")
	}
}

func (l allOf) sql(b *Builder) { b.join(len(l), " AND ", func(i int) { l[i].sql(b) }) }

func (l anyOf) sql(b *Builder) {
	b.Write("(")
	b.join(len(l), " OR ", func(i int) { b.narrowed(l[i]) })
	b.Write(")")
}

func (always) sql(b *Builder) { b.Write("TRUE") }

func (never) sql(b *Builder) { b.Write("FALSE") }

func (n not) sql(b *Builder) {
	b.Write("(")
	n.cond.sql(b)
	b.Write(") IS NOT TRUE")
}

// sql asks first whether any case can decide otherwise than where none does: of most records that is all there is to ask.
func (c *cases) sql(b *Builder) {
	word := map[bool]string{true: "TRUE", false: "FALSE"}
	var other anyOf
	for _, d := range c.list {
		if d.then != c.otherwise {
			other = append(other, d.when)
		}
	}
	b.Write("(")
	other.sql(b)
	b.Write(map[bool]string{true: " IS NOT TRUE OR CASE", false: " AND CASE"}[c.otherwise])
	for _, d := range c.list {
		b.Write(" WHEN ").narrowed(d.when)
		b.Write(" THEN " + word[d.then])
	}
	b.Write(" ELSE " + word[c.otherwise] + " END)")
}

func (t *test) sql(b *Builder) {
	if m, ok := t.match.(oneOf); ok && t.not && m.empty && len(m.values) == 0 {
		b.Column(t.ref).Write(" IS NOT NULL")
		return
	}
	if t.not {
		b.Write("(")
		t.match.sql(b, column{ref: t.ref, alias: b.row})
		b.Write(") IS NOT TRUE")
		return
	}
	t.match.sql(b, column{t.ref, b.row, slices.ContainsFunc(b.leads, func(c cond) bool { return same(c, t) })})
}

func (r *rows) sql(b *Builder) {
	var masks []*Checked
	for _, t := range r.tests {
		if t.ref.Mask != nil && !slices.Contains(masks, t.ref.Mask) {
			masks = append(masks, t.ref.Mask)
		}
	}
	b.join(len(masks)+1, " AND ", func(i int) {
		if i < len(masks) {
			masks[i].Where(b)
		} else {
			r.exists(b)
		}
	})
}

// exists writes what the rows have to be, whoever may see them.
func (r *rows) exists(b *Builder) {
	exists := "EXISTS (SELECT 1 FROM " + b.tables.Sub(r.table) + " s WHERE s.record_id = " + b.row + ".id"
	row := func(i int) { r.tests[i].match.sql(b, column{ref: r.tests[i].ref, alias: "s"}) }
	if !r.every {
		b.Write(exists + " AND ")
		b.join(len(r.tests), " AND ", row)
		b.Write(")")
		return
	}
	b.Write(exists + ") AND NOT " + exists + " AND (")
	b.join(len(r.tests), " OR ", row)
	b.Write("))")
}

func (m oneOf) sql(b *Builder, c column) {
	b.orEmpty(c, m.empty, len(m.values), func() {
		storage := c.ref.Field.Kind().Storage()
		if storage == field.Decimal && b.dialect.LossyDecimals() {
			b.lossyIn(c, m.values)
			return
		}
		list := make([]any, len(m.values))
		for i, v := range m.values {
			list[i] = argument(storage, v)
		}
		if n := b.headed(c, m.values); n > 0 {
			b.Write("substr(" + c.name() + ", 1, " + strconv.Itoa(n) + ")").isOneOf(list)
			return
		}
		b.in(c, list)
	})
}

// headed returns how many characters of a column tell as well as all of them whether it is one of values, if an index
// holds just as many; 0 if not. A text whose beginning is a shorter text is that text.
func (b *Builder) headed(c column, values []field.Value) int {
	if !c.leads || c.masked() || c.ref.Field.Kind().Storage() != field.Text {
		return 0
	}
	n := b.tables.Head(c.ref.Field)
	if slices.ContainsFunc(values, func(v field.Value) bool { return utf8.RuneCountInString(string(v)) >= n }) {
		return 0
	}
	return n
}

// orEmpty writes some, which matches n values, and with empty that the column may be empty too.
func (b *Builder) orEmpty(c column, empty bool, n int, some func()) {
	switch {
	case n == 0 && empty:
		b.column(c).Write(" IS NULL")
	case n == 0:
		b.Write("FALSE")
	case empty:
		b.Write("(")
		b.column(c).Write(" IS NULL OR ")
		some()
		b.Write(")")
	default:
		some()
	}
}

// in writes that the column is one of values.
func (b *Builder) in(c column, values []any) {
	b.column(c).isOneOf(values)
}

// isOneOf writes what comes behind the column in a condition that it is one of values.
func (b *Builder) isOneOf(values []any) {
	if len(values) == 1 {
		b.Write(" = ").Arg(values[0])
		return
	}
	b.Write(" IN ")
	b.list(values)
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
	b.orEmpty(c, m.empty, len(m.ids), func() {
		b.shown(c)
		b.Write("(")
		b.join(len(m.ids), " OR ", func(i int) { b.contains(c.name(), ","+string(m.ids[i])+",") })
		b.Write(")")
	})
}

func (m contains) sql(b *Builder, c column) {
	b.shown(c)
	b.contains(c.searchable(), m.needle)
}

// contains writes that a text has needle as a part.
func (b *Builder) contains(haystack, needle string) {
	b.Write(b.dialect.Contains(haystack, "?"))
	b.args = append(b.args, needle)
}

// shown writes "mask AND ", so that what follows need not mask the column, unless it asks for an empty one.
func (b *Builder) shown(c column) {
	if c.masked() {
		c.ref.Mask.Where(b)
		b.Write(" AND ")
	}
}

func (m holding) sql(b *Builder, c column) {
	b.shown(c)
	b.Write("(")
	b.contains(c.searchable(), m.needle)
	tokens := text.Probes(m.needle)
	if len(tokens) > 0 {
		some, args := b.tables.Contents(tokens)
		b.Write(" OR " + b.row + ".id IN (SELECT x.record_id FROM " + some + ") AND ")
		b.args = append(b.args, args...)
	} else {
		b.Write(" OR ")
	}
	all, args := b.tables.Contents(nil)
	b.Write("EXISTS (SELECT 1 FROM " + all + " AND x.record_id = " + b.row + ".id AND ")
	b.args = append(b.args, args...)
	b.contains("x.words", m.needle)
	b.Write(" AND " + b.dialect.Contains(c.name(), "x.file_key") + "))")
}

func (m compare) sql(b *Builder, c column) {
	storage := c.ref.Field.Kind().Storage()
	if storage == field.Decimal && b.dialect.LossyDecimals() {
		b.lossyCompare(c, m.op, m.to)
		return
	}
	b.column(c).Write(" " + m.op.String() + " ").Arg(argument(storage, m.to))
}

func (m between) sql(b *Builder, c column) {
	if c.ref.Field.Kind().Storage() == field.Decimal {
		compare{GreaterOrEqual, m.from}.sql(b, c)
		b.Write(" AND ")
		compare{Less, m.to}.sql(b, c)
		return
	}
	b.column(c).Write(" >= ").Arg(string(m.from)).Write(" AND ")
	b.column(c).Write(" < ").Arg(string(m.to))
}
