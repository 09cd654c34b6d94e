package table

import (
	"context"
	"fmt"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

// Drop removes the columns of a field for good, or the whole table of a subtable; in is the table that it stands in, 0 is
// none. On SQLite it rewrites the table.
func (t Table) Drop(ctx context.Context, tx *db.Tx, f *field.Field, in id.Field) error {
	from := t.name
	if in != 0 {
		from = t.Sub(&field.Field{ID: in})
	} else if err := t.dropIndexes(ctx, tx, f); err != nil {
		return fmt.Errorf("table: drop %s: %w", f.Column(), err)
	}
	statements := []string{}
	switch f.Kind().Storage() {
	case field.None:
	case field.Rows:
		statements = append(statements, "DROP TABLE IF EXISTS "+t.Sub(f))
	default:
		for _, g := range field.WithSources([]*field.Field{f}) {
			for _, c := range t.columns(g) {
				statements = append(statements, "DROP INDEX IF EXISTS "+linkIndexName(from, c.name), "ALTER TABLE "+from+" DROP COLUMN "+c.name)
			}
		}
	}
	for _, sql := range statements {
		if _, err := tx.Exec(ctx, sql); err != nil {
			return fmt.Errorf("table: drop %s of %s: %w", f.Column(), from, err)
		}
	}
	return nil
}
