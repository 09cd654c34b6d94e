package table

import (
	"context"
	"fmt"
	"strings"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

// Stored is a whole record as it is kept.
type Stored struct {
	Head    Head
	Content Content
}

// After returns up to limit records with ids above after, the lowest first, with all their values: no Lens applies.
func (t Table) After(ctx context.Context, tx *db.Tx, form []*field.Field, after id.Record, limit int) ([]Stored, error) {
	r := newCells(t, form)
	var sql strings.Builder
	sql.WriteString("SELECT " + headColumns)
	r.columns(&sql, "")
	sql.WriteString(" FROM " + t.name + " WHERE id > ? ORDER BY id LIMIT ?")
	rows, err := tx.Query(ctx, sql.String(), after, limit)
	if err != nil {
		return nil, fmt.Errorf("table: records of %s: %w", t.name, err)
	}
	defer rows.Close()
	list := make([]Stored, 0, limit)
	at := make(map[id.Record]int, limit)
	var h Head
	dest := append([]any{&h.ID, &h.Revision, &h.CreatedBy, &h.CreatedAt, &h.UpdatedBy, &h.UpdatedAt}, r.dest()...)
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return nil, fmt.Errorf("table: records of %s: %w", t.name, err)
		}
		c := NewContent()
		r.into(c.Values)
		at[h.ID] = len(list)
		list = append(list, Stored{h, c})
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	rows.Close()
	for _, f := range form {
		if f.Type == field.Subtable && len(list) > 0 {
			if err := t.rowsAfter(ctx, tx, f, list, at); err != nil {
				return nil, fmt.Errorf("table: records of %s: %w", t.Sub(f), err)
			}
		}
	}
	return list, nil
}

// rowsAfter gives the records their rows of one table.
func (t Table) rowsAfter(ctx context.Context, tx *db.Tx, f *field.Field, list []Stored, at map[id.Record]int) error {
	r := newCells(t, f.Fields)
	var sql strings.Builder
	sql.WriteString("SELECT record_id, id")
	r.columns(&sql, "")
	sql.WriteString(" FROM " + t.Sub(f) + " WHERE record_id >= ? AND record_id <= ? ORDER BY record_id, position")
	rows, err := tx.Query(ctx, sql.String(), list[0].Head.ID, list[len(list)-1].Head.ID)
	if err != nil {
		return err
	}
	defer rows.Close()
	var record id.Record
	var row int64
	dest := append([]any{&record, &row}, r.dest()...)
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		i, ok := at[record]
		if !ok {
			continue // came in between the two queries
		}
		values := map[id.Field]field.Value{}
		r.into(values)
		c := list[i].Content
		c.Rows[f.ID] = append(c.Rows[f.ID], Row{row, values})
	}
	return rows.Err()
}

// Total is how many records there are, exactly.
func (t Table) Total(ctx context.Context, tx *db.Tx) (n int64, err error) {
	err = tx.QueryRow(ctx, "SELECT count(*) FROM "+t.name).Scan(&n)
	return n, err
}
