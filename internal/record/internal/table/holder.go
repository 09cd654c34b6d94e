package table

import (
	"context"
	"fmt"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// Holders returns the records above after in which the lookup f, which stands in the table in unless that is nil, copied from
// one of sources: at most limit, rising. No Lens applies.
func (t Table) Holders(ctx context.Context, tx *db.Tx, f, in *field.Field, sources []id.Record, after id.Record, limit int) ([]id.Record, error) {
	column := field.WithSources([]*field.Field{f})[1].Column()
	from, key := t.name, "id"
	if in != nil {
		from, key = t.Sub(in), "record_id"
	}
	return t.ids(ctx, tx, "SELECT DISTINCT "+key+" FROM "+from+" WHERE "+column+" IN ("+db.Marks(len(sources))+") AND "+key+" > ? ORDER BY "+key+" LIMIT ?",
		append(db.Args(sources), int64(after), limit)...)
}

// IDsAfter returns the ids of the records above after: at most limit, rising. No Lens applies.
func (t Table) IDsAfter(ctx context.Context, tx *db.Tx, after id.Record, limit int) ([]id.Record, error) {
	return t.ids(ctx, tx, "SELECT id FROM "+t.name+" WHERE id > ? ORDER BY id LIMIT ?", int64(after), limit)
}

// FoundAfter returns the ids of the records above after that q's condition finds: at most limit, rising. No Lens applies.
func (t Table) FoundAfter(ctx context.Context, tx *db.Tx, q *query.Checked, after id.Record, limit int) ([]id.Record, error) {
	b := query.NewBuilder(t.dialect, t)
	b.Write("SELECT r.id")
	t.from(b, "", q)
	b.Write(" AND r.id > ").Arg(int64(after))
	b.Write(" ORDER BY r.id LIMIT ").Arg(limit)
	return t.ids(ctx, tx, b.SQL(), b.Args()...)
}

func (t Table) ids(ctx context.Context, tx *db.Tx, sql string, args ...any) ([]id.Record, error) {
	list, err := db.Pluck[id.Record](ctx, tx, sql, args...)
	if err != nil {
		return nil, fmt.Errorf("table: ids of %s: %w", t.name, err)
	}
	return list, nil
}

// IndexSources makes what finds the Holders of a lookup quickly.
func (t Table) IndexSources(ctx context.Context, tx *db.Tx, f, in *field.Field) error {
	column := field.WithSources([]*field.Field{f})[1].Column()
	from := t.name
	if in != nil {
		from = t.Sub(in)
	}
	return t.linkIndex(ctx, tx, from, column)
}

// IndexMatch makes what finds records by a value of f quickly, for those of another app that they belong to.
func (t Table) IndexMatch(ctx context.Context, tx *db.Tx, f *field.Field) error {
	if f.Type.System() {
		return nil
	}
	return t.linkIndex(ctx, tx, t.name, f.Column())
}

func (t Table) linkIndex(ctx context.Context, tx *db.Tx, from, column string) error {
	if _, err := tx.Exec(ctx, "CREATE INDEX IF NOT EXISTS "+linkIndexName(from, column)+" ON "+from+" ("+column+")"); err != nil {
		return fmt.Errorf("table: index of %s: %w", from, err)
	}
	return nil
}

func linkIndexName(table, column string) string { return table + "_link_" + column }
