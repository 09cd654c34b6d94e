package table

import (
	"strings"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/text"
)

// tokens are those of all the record's text, between blanks.
func tokens(form []*field.Field, c Content) string {
	var words strings.Builder
	for _, f := range form {
		addWords(&words, f, c.Values[f.ID])
		addRowWords(&words, f, c.Rows[f.ID])
	}
	return string(text.AppendTokens(nil, words.String()))
}

// addWords adds what like may find in a value, on a line of its own: no token spans two fields that like could find.
func addWords(words *strings.Builder, f *field.Field, v field.Value) {
	if v != "" && f.Searchable() {
		words.WriteString(searchText(f, v))
		words.WriteByte('\n')
	}
}

func addRowWords(words *strings.Builder, f *field.Field, rows []Row) {
	for _, r := range rows {
		for _, g := range f.Fields {
			addWords(words, g, r.Values[g.ID])
		}
	}
}
