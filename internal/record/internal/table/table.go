// Package table is the only SQL that touches record rows: it makes the tables of an app, and reads and
// writes their rows as a Lens allows. Nobody but package record may import it.
//
// An app's records are a table of their own, rec_N, with a column per field named by the field's id; a
// subtable is rec_N_F, keyed by record; rec_N_words finds records by the tokens of their text.
//
//	f_12  the value in canonical form (field.Value); NULL is empty
//	n_12  its text normalised for search, when that differs from f_12
//	x_12  the exact text of a decimal of which f_12 keeps only 15 digits (SQLite)
//	l_12  the id of the record that a lookup copied from
package table

import (
	"slices"
	"strconv"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/file"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
	"github.com/engawa/engawa/internal/text"
	"github.com/engawa/engawa/internal/words"
)

// Table names the tables of one app.
type Table struct {
	app     id.App
	name    string
	dialect db.Dialect
	heads   []id.Field // texts of which an index holds the beginnings
}

// Of returns the tables of app in a database that speaks d.
func Of(app id.App, d db.Dialect) Table {
	return Table{app: app, name: "rec_" + id.String(app), dialect: d}
}

// Sub is the name of the table that keeps the rows of a subtable.
func (t Table) Sub(f *field.Field) string { return t.name + "_" + id.String(f.ID) }

func (t Table) words() words.Index { return words.Index(t.name + "_words") }

// Head is with how many characters texts of f begin in an index, if that is all it holds of them.
func (t Table) Head(f *field.Field) int {
	if slices.Contains(t.heads, f.ID) {
		return headLength
	}
	return 0
}

// Candidates is a subquery of the ids of the records that hold all the tokens, somewhere in their text.
func (t Table) Candidates(tokens []string) (sql string, args []any) {
	return t.words().Match(t.dialect, tokens)
}

// Contents is the contents of files attached to the app's records that hold all the tokens.
func (t Table) Contents(tokens []string) (sql string, args []any) {
	sql = "file_text x WHERE x.app_id = " + id.String(t.app)
	if len(tokens) > 0 {
		match, of := file.Words.Match(t.dialect, tokens)
		sql, args = sql+" AND x.file_id IN ("+match+")", of
	}
	return sql, args
}

// column is one column of a record table or subtable.
type column struct{ name, typ string }

// columns returns the columns that keep f's values.
func (t Table) columns(f *field.Field) []column {
	name := f.Column()
	switch f.Kind().Storage() {
	case field.None, field.Rows:
		return nil
	case field.Integer:
		return []column{{name, "BIGINT"}}
	case field.Decimal:
		list := []column{{name, t.dialect.NumberType()}}
		if t.dialect.LossyDecimals() {
			list = append(list, column{exactColumn(f), t.dialect.TextType()})
		}
		return list
	}
	list := []column{{name, t.dialect.TextType()}}
	if f.Searchable() {
		list = append(list, column{normalColumn(f), t.dialect.TextType()})
	}
	return list
}

// stored returns the fields that have a column which the server does not fill by itself.
func stored(form []*field.Field) []*field.Field {
	var list []*field.Field
	for _, f := range field.WithSources(form) {
		if s := f.Kind().Storage(); s != field.None && s != field.Rows && !f.Type.Head() {
			list = append(list, f)
		}
	}
	return list
}

func normalColumn(f *field.Field) string { return "n_" + id.String(f.ID) }
func exactColumn(f *field.Field) string  { return "x_" + id.String(f.ID) }

// bind returns the columns of f with what they hold for v, appended to cols and args.
func (t Table) bind(cols []string, args []any, f *field.Field, v field.Value) ([]string, []any) {
	for _, c := range t.columns(f) {
		cols = append(cols, c.name)
	}
	normal := ""
	if v != "" && f.Searchable() {
		normal = searchText(f, v)
	}
	return cols, t.values(args, f, v, normal)
}

// values appends what the columns of f hold for v, whose normal form for search is normal.
func (t Table) values(args []any, f *field.Field, v field.Value, normal string) []any {
	if f.Type == field.Status && v == "" {
		v = field.FirstState // of a record that was kept from before there were statuses
	}
	switch f.Kind().Storage() {
	case field.Integer:
		n, err := strconv.ParseInt(string(v), 10, 64)
		return append(args, orNull(n, err == nil))
	case field.Decimal:
		if !t.dialect.LossyDecimals() {
			return append(args, orNull(string(v), v != ""))
		}
		if v == "" {
			return append(args, nil, nil)
		}
		near, exact := query.Near(v)
		return append(args, near, orNull(string(v), !exact))
	}
	args = append(args, orNull(string(v), v != ""))
	if f.Searchable() {
		args = append(args, orNull(normal, normal != string(v)))
	}
	return args
}

func orNull[T any](v T, ok bool) any {
	if !ok {
		return nil
	}
	return v
}

// searchText is what like compares: the words of v, normalised.
func searchText(f *field.Field, v field.Value) string {
	s := string(v)
	if st, ok := f.Kind().(field.SearchText); ok {
		s = st.SearchText(v)
	}
	return text.Normalise(s)
}

func appendInt(dst []byte, n int64) []byte { return strconv.AppendInt(dst, n, 10) }
