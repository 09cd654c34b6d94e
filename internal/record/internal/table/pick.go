package table

import (
	"context"
	"fmt"
	"strings"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// Picked is some values of a record, as one actor sees them.
type Picked struct {
	ID     id.Record
	Values map[id.Field]field.Value
}

// Pick returns values of the records that q finds among those in which lens shows all of fields, which are at the top
// level. At most limit, in q's order.
func (t Table) Pick(ctx context.Context, tx *db.Tx, lens access.Lens, q *query.Checked, fields []*field.Field, limit int) ([]Picked, error) {
	r := newCells(t, fields)
	var columns strings.Builder
	r.columns(&columns, "r.")
	b := query.NewBuilder(t.dialect, t)
	b.Write("SELECT r.id, r.revision, r.created_by, r.created_at, r.updated_by, r.updated_at" + columns.String())
	t.from(b, "", query.All(lens.Where(q), masks(lens, fields)...))
	b.Write(" ORDER BY ")
	q.OrderBy(b)
	b.Write(" LIMIT ").Arg(limit)
	rows, err := tx.Query(ctx, b.SQL(), b.Args()...)
	if err != nil {
		return nil, fmt.Errorf("table: pick from %s: %w", t.name, err)
	}
	defer rows.Close()
	var list []Picked
	for rows.Next() {
		var h Head
		if err := rows.Scan(append([]any{&h.ID, &h.Revision, &h.CreatedBy, &h.CreatedAt, &h.UpdatedBy, &h.UpdatedAt}, r.dest()...)...); err != nil {
			return nil, fmt.Errorf("table: pick from %s: %w", t.name, err)
		}
		own := map[id.Field]field.Value{}
		r.into(own)
		p := Picked{ID: h.ID, Values: map[id.Field]field.Value{}}
		for _, f := range fields {
			p.Values[f.ID] = SystemValue(h, f, own)
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

// masks are the conditions on which lens shows fields.
func masks(lens access.Lens, fields []*field.Field) []*query.Checked {
	var list []*query.Checked
	for _, f := range fields {
		if sight, ok := lens.Sight(f.Code); !ok {
			list = append(list, query.First(false))
		} else if sight.Mask != nil {
			list = append(list, sight.Mask)
		}
	}
	return list
}
