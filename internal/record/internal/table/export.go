package table

import (
	"context"
	"fmt"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// Sheet reads records as cells of a spreadsheet.
type Sheet struct {
	Lens      access.Lens
	Fields    []*field.Field // with a column, in order
	Tables    []*field.Field
	Directory field.Directory
	Zone      *time.Location
}

// Line is a record as cells. What is masked is empty, and of a table there are no rows then.
type Line struct {
	ID    id.Record
	Cells []string                // of Fields
	Rows  map[id.Field][][]string // of Tables, of the fields that Lens shows
}

// Newest returns up to limit records that q finds among those that the Lens lets through, below before (0: all), newest first.
func (t Table) Newest(ctx context.Context, tx *db.Tx, q *query.Checked, before id.Record, limit int, s Sheet) ([]Line, error) {
	b := query.NewBuilder(t.dialect, t)
	b.Write("SELECT r.id")
	t.columnsOf(b, s.Lens, s.Fields, "r.")
	t.from(b, "", s.Lens.Where(q))
	if before > 0 {
		b.Write(" AND r.id < ").Arg(int64(before))
	}
	b.Write(" ORDER BY r.id DESC LIMIT ").Arg(limit)
	return t.lines(ctx, tx, b, s)
}

// Lines returns the records with the ids given that the Lens lets through, in that order.
func (t Table) Lines(ctx context.Context, tx *db.Tx, ids []id.Record, s Sheet) ([]Line, error) {
	b := query.NewBuilder(t.dialect, t)
	b.Write("SELECT r.id")
	t.columnsOf(b, s.Lens, s.Fields, "r.")
	t.among(b, s.Lens, ids)
	found, err := t.lines(ctx, tx, b, s)
	if err != nil {
		return nil, err
	}
	byID := make(map[id.Record]Line, len(found))
	for _, l := range found {
		byID[l.ID] = l
	}
	list := found[:0]
	for _, n := range ids {
		if l, ok := byID[n]; ok {
			list = append(list, l)
		}
	}
	return list, nil
}

func (t Table) lossy(f *field.Field) bool {
	return f.Kind().Storage() == field.Decimal && t.dialect.LossyDecimals()
}

func (t Table) lines(ctx context.Context, tx *db.Tx, b *query.Builder, s Sheet) ([]Line, error) {
	var list []Line
	var n id.Record
	err := t.scanCells(ctx, tx, b.SQL(), b.Args(), s.Fields, s, []any{&n}, func(cells []string) {
		list = append(list, Line{ID: n, Cells: cells})
	})
	if err != nil {
		return nil, fmt.Errorf("table: export %s: %w", t.name, err)
	}
	for _, f := range s.Tables {
		if err := t.tableLines(ctx, tx, f, list, s); err != nil {
			return nil, fmt.Errorf("table: export %s: %w", t.Sub(f), err)
		}
	}
	return list, nil
}

// tableLines adds the rows of a table to the lines.
func (t Table) tableLines(ctx context.Context, tx *db.Tx, f *field.Field, list []Line, s Sheet) error {
	if len(list) == 0 {
		return nil
	}
	at := make(map[id.Record]int, len(list))
	args := make([]any, len(list))
	for i, l := range list {
		at[l.ID], args[i] = i, int64(l.ID)
	}
	inner := s.Lens.Inner(f)
	b := query.NewBuilder(t.dialect, t)
	b.Write("SELECT s.record_id")
	t.columnsOf(b, s.Lens, inner, "s.")
	t.rowsOf(b, s.Lens, f, args)
	var record id.Record
	return t.scanCells(ctx, tx, b.SQL(), b.Args(), inner, s, []any{&record}, func(cells []string) {
		l := &list[at[record]]
		if l.Rows == nil {
			l.Rows = map[id.Field][][]string{}
		}
		l.Rows[f.ID] = append(l.Rows[f.ID], cells)
	})
}

// scanCells calls each with the cells of every row; head is scanned before them.
func (t Table) scanCells(ctx context.Context, tx *db.Tx, sql string, args []any, fields []*field.Field, s Sheet, dest []any, each func([]string)) error {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	values, exact := make([]db.RawBytes, len(fields)), make([]db.RawBytes, len(fields))
	for i, f := range fields {
		dest = append(dest, &values[i])
		if t.lossy(f) {
			dest = append(dest, &exact[i])
		}
	}
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		cells := make([]string, len(fields))
		for i, f := range fields {
			stored := values[i]
			if len(exact[i]) > 0 {
				stored = exact[i]
			}
			cells[i] = f.Cell(stored, s.Directory, s.Zone)
		}
		each(cells)
	}
	return rows.Err()
}
