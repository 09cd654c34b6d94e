package table

import (
	"maps"
	"slices"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

// Content is the values of a whole record, whoever may see them: what is validated, compared and kept.
type Content struct {
	Values map[id.Field]field.Value // of the columns; a missing one is empty
	Rows   map[id.Field][]Row       // of the subtables, in order
}

// Row is one row of a subtable.
type Row struct {
	ID     int64                    `json:"id"` // 0: not stored yet
	Values map[id.Field]field.Value `json:"values"`
}

// NewContent returns a Content without values.
func NewContent() Content {
	return Content{Values: map[id.Field]field.Value{}, Rows: map[id.Field][]Row{}}
}

// Clone returns a copy that shares nothing with c.
func (c Content) Clone() Content {
	n := Content{Values: maps.Clone(c.Values), Rows: map[id.Field][]Row{}}
	for f, rows := range c.Rows {
		n.Rows[f] = cloneRows(rows)
	}
	return n
}

func cloneRows(rows []Row) []Row {
	list := make([]Row, len(rows))
	for i, r := range rows {
		list[i] = Row{r.ID, maps.Clone(r.Values)}
	}
	return list
}

// SameRows reports whether two subtables hold the same rows in the same order.
func SameRows(a, b []Row) bool {
	return slices.EqualFunc(a, b, func(x, y Row) bool { return x.ID == y.ID && maps.Equal(x.Values, y.Values) })
}

// Head is what every record has beside its values.
type Head struct {
	ID        id.Record
	Revision  int64
	CreatedBy id.User
	CreatedAt field.Value // DATETIME
	UpdatedBy id.User
	UpdatedAt field.Value
}
