package query

import (
	"slices"
	"strconv"
	"strings"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/text"
)

// Dialect is what the databases spell differently; db.Dialect is one.
type Dialect interface {
	// Contains is a condition: needle is a part of haystack.
	Contains(haystack, needle string) string
	// LossyDecimals reports that f_N keeps only 15 digits of a NUMBER, and x_N the whole of those that have more.
	LossyDecimals() bool
}

// Tables names what stands beside the table of the records.
type Tables interface {
	// Sub is the table of a SUBTABLE's rows. They carry their record's id as record_id and the columns of
	// the inner fields.
	Sub(table *field.Field) string
	// Candidates is a SELECT of the ids of all records in which every token stands, in whatever searchable
	// field, inner ones too. More ids do no harm. There is at least one token.
	Candidates(tokens []string) (sql string, args []any)
	// Contents is the FROM and WHERE of the contents of the app's files in which every token stands, named x, with
	// columns record_id, file_key (which the file's field contains) and words, normalised. More do no harm; without tokens
	// it is all.
	Contents(tokens []string) (sql string, args []any)
	// Head is with how many characters the texts of a top-level field begin in the index that finds them by no more of
	// them; 0 is none.
	Head(f *field.Field) int
}

// Builder collects the text of a statement and its arguments. In the text, r is the table of the records.
// All values go into the arguments.
type Builder struct {
	sql     []byte
	args    []any
	dialect Dialect
	tables  Tables
	row     string   // what the table of the records is called: r, or in a relation something else
	leads   []cond   // what an index may be entered by: the conditions that the outermost one is the AND of
	looked  []string // tokens that a condition around the present one has looked up
}

// NewBuilder returns an empty Builder for a database and the tables of an app.
func NewBuilder(d Dialect, t Tables) *Builder {
	return &Builder{sql: make([]byte, 0, 512), dialect: d, tables: t, row: "r"}
}

// SQL returns the text written so far, with a ? for each of Args.
func (b *Builder) SQL() string { return string(b.sql) }

// Args returns the arguments in the order of their places in SQL.
func (b *Builder) Args() []any { return b.args }

// Write adds to the text. s comes from the program, never from a user.
func (b *Builder) Write(s string) *Builder {
	b.sql = append(b.sql, s...)
	return b
}

// Arg adds a place for v to the text.
func (b *Builder) Arg(v any) *Builder {
	b.sql = append(b.sql, '?')
	b.args = append(b.args, v)
	return b
}

// Add adds text that another Builder wrote, with its arguments.
func (b *Builder) Add(sql string, args []any) *Builder {
	b.args = append(b.args, args...)
	return b.Write(sql)
}

// Column writes the column of a top-level field, NULL in the records where r's Mask hides it.
func (b *Builder) Column(r Ref) *Builder { return b.column(column{ref: r, alias: b.row}) }

// Cell writes the column of a field: as Column does, or, of a field in a table, that of the table's row s.
func (b *Builder) Cell(r Ref) *Builder { return b.column(b.cell(r)) }

// ExactCell writes beside a Cell of a database with lossy decimals the column that keeps the digits that the Cell has
// lost, NULL where it has lost none.
func (b *Builder) ExactCell(r Ref) *Builder {
	c := b.cell(r)
	if !c.masked() {
		return b.Write(c.companion("x_"))
	}
	b.Write("CASE WHEN ")
	r.Mask.Where(b)
	return b.Write(" THEN " + c.companion("x_") + " END")
}

func (b *Builder) cell(r Ref) column {
	if r.Table != nil {
		return column{ref: r, alias: "s"}
	}
	return column{ref: r, alias: b.row}
}

// column is a field's column in a table.
type column struct {
	ref   Ref
	alias string
	leads bool // it is asked by one of Builder.leads
}

func (b *Builder) column(c column) *Builder {
	if !c.masked() {
		return b.Write(c.name())
	}
	b.Write("CASE WHEN ")
	c.ref.Mask.Where(b)
	return b.Write(" THEN " + c.name() + " END")
}

// masked reports a column that is not seen in all records. The rows of a table are masked as a whole (see rows).
func (c column) masked() bool { return c.ref.Mask != nil && c.ref.Table == nil }

// name is the plain column.
func (c column) name() string { return c.alias + "." + c.ref.Field.Column() }

// companion is the column that keeps another form of the value: n_N normalised text, x_N an exact number.
func (c column) companion(prefix string) string {
	return c.alias + "." + prefix + strconv.FormatInt(int64(c.ref.Field.ID), 10)
}

// searchable is the normalised text of the column.
func (c column) searchable() string { return "COALESCE(" + c.companion("n_") + ", " + c.name() + ")" }

// maxTokens is how many tokens of several needles are looked up: a few find nearly as few records as all, at once.
const maxTokens = 32

// narrowed writes c, with the records that the words it searches for may stand in before it: one look-up for all,
// because every further one is a join that PostgreSQL plans. What a condition around c has looked up is not looked up again.
func (b *Builder) narrowed(c cond) {
	var tokens []string
	for _, needle := range c.needles(nil) {
		for _, token := range text.Probes(needle) {
			if len(tokens) < maxTokens && !slices.Contains(tokens, token) && !slices.Contains(b.looked, token) {
				tokens = append(tokens, token)
			}
		}
	}
	if len(tokens) > 0 {
		sql, args := b.tables.Candidates(tokens)
		b.Write(b.row + ".id IN (").Write(sql).Write(") AND ")
		b.args = append(b.args, args...)
	}
	around := b.looked
	b.looked = append(slices.Clip(around), tokens...)
	c.sql(b)
	b.looked = around
}

// list writes places for values: "(?, ?)".
func (b *Builder) list(values []any) {
	b.Write("(?" + strings.Repeat(", ?", len(values)-1) + ")")
	b.args = append(b.args, values...)
}

// wide is how many operands are joined in a row. More are joined as a balanced tree, because SQLite takes
// expressions of 1,000 levels only and a row of OR is as deep as it is long.
const wide = 4

// join writes n operands with an operator between them.
func (b *Builder) join(n int, operator string, operand func(i int)) {
	b.joinRange(0, n, operator, operand)
}

func (b *Builder) joinRange(from, to int, operator string, operand func(i int)) {
	if to-from <= wide {
		for i := from; i < to; i++ {
			if i > from {
				b.Write(operator)
			}
			operand(i)
		}
		return
	}
	mid := (from + to) / 2
	b.Write("(")
	b.joinRange(from, mid, operator, operand)
	b.Write(")" + operator + "(")
	b.joinRange(mid, to, operator, operand)
	b.Write(")")
}
