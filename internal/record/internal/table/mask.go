package table

import (
	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/query"
)

// columnsOf writes ", a, b": the columns of fields, with the exact text beside those of decimals that need it. What lens
// does not show in a record is NULL there and never leaves the database. The columns are those of alias ("r." for the
// records, "s." for the rows of a table beside them).
func (t Table) columnsOf(b *query.Builder, lens access.Lens, fields []*field.Field, alias string) {
	for _, f := range fields {
		sight, ok := lens.Sight(f.Code)
		if !ok {
			sight.Mask = query.First(false)
		}
		columns := []string{f.Column()}
		if t.lossy(f) {
			columns = append(columns, exactColumn(f))
		}
		for _, c := range columns {
			b.Write(", ")
			if sight.Mask == nil {
				b.Write(alias + c)
				continue
			}
			b.Write("CASE WHEN ")
			sight.Mask.Where(b)
			b.Write(" THEN " + alias + c + " END")
		}
	}
}

// rowsOf writes FROM, WHERE and ORDER BY for the rows (s) of a table f that belong to records with the ids given, r. Of
// records in which lens does not show the table there are none.
func (t Table) rowsOf(b *query.Builder, lens access.Lens, f *field.Field, ids []any) {
	sight, ok := lens.Sight(f.Code)
	if !ok {
		sight.Mask = query.First(false)
	}
	masked := sight.Mask != nil
	for _, g := range lens.Inner(f) {
		in, _ := lens.Sight(g.Code)
		masked = masked || in.Mask != nil
	}
	b.Write(" FROM " + t.Sub(f) + " s")
	if masked {
		b.Write(" JOIN " + t.name + " r ON r.id = s.record_id")
	}
	b.Write(" WHERE ").Add("s.record_id IN ("+db.Marks(len(ids))+")", ids)
	if sight.Mask != nil {
		b.Write(" AND ")
		sight.Mask.Where(b)
	}
	b.Write(" ORDER BY s.record_id, s.position")
}
