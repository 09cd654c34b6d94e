package table

import (
	"context"
	"fmt"
	"strings"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

const headColumns = "id, revision, created_by, created_at, updated_by, updated_at"

// Load returns a record with all its values, for checking and keeping: no Lens applies. ok is false when there
// is none. In a Write it is this transaction's to change until it ends.
func (t Table) Load(ctx context.Context, tx *db.Tx, form []*field.Field, record id.Record) (h Head, c Content, ok bool, err error) {
	c = NewContent()
	r := newCells(t, form)
	var sql strings.Builder
	sql.WriteString("SELECT " + headColumns)
	r.columns(&sql, "")
	sql.WriteString(" FROM " + t.name + " WHERE id = ?" + tx.ForUpdate())
	dest := append([]any{&h.ID, &h.Revision, &h.CreatedBy, &h.CreatedAt, &h.UpdatedBy, &h.UpdatedAt}, r.dest()...)
	rows, err := tx.Query(ctx, sql.String(), record)
	if err != nil {
		return h, c, false, fmt.Errorf("table: load %s %d: %w", t.name, record, err)
	}
	defer rows.Close()
	if !rows.Next() {
		return h, c, false, rows.Err()
	}
	if err := rows.Scan(dest...); err != nil {
		return h, c, false, fmt.Errorf("table: load %s %d: %w", t.name, record, err)
	}
	r.into(c.Values)
	rows.Close()
	for _, f := range form {
		if f.Type == field.Subtable {
			rows, err := t.loadRows(ctx, tx, f, record)
			if err != nil {
				return h, c, false, fmt.Errorf("table: load %s %d: %w", t.Sub(f), record, err)
			}
			c.Rows[f.ID] = rows
		}
	}
	return h, c, true, nil
}

func (t Table) loadRows(ctx context.Context, tx *db.Tx, f *field.Field, record id.Record) ([]Row, error) {
	r := newCells(t, f.Fields)
	var sql strings.Builder
	sql.WriteString("SELECT id")
	r.columns(&sql, "")
	sql.WriteString(" FROM " + t.Sub(f) + " WHERE record_id = ? ORDER BY position")
	rows, err := tx.Query(ctx, sql.String(), record)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Row
	for rows.Next() {
		row := Row{Values: map[id.Field]field.Value{}}
		if err := rows.Scan(append([]any{&row.ID}, r.dest()...)...); err != nil {
			return nil, err
		}
		r.into(row.Values)
		list = append(list, row)
	}
	return list, rows.Err()
}

// cells reads the columns of some fields in canonical form.
type cells struct {
	lossy  bool
	fields []*field.Field // those with a column
	values []db.RawBytes
	exact  []db.RawBytes // beside values: the exact text of decimals
}

func newCells(t Table, form []*field.Field) *cells {
	r := &cells{lossy: t.dialect.LossyDecimals(), fields: stored(form)}
	r.values = make([]db.RawBytes, len(r.fields))
	r.exact = make([]db.RawBytes, len(r.fields))
	return r
}

// columns appends ", a, b" to a select list.
func (r *cells) columns(sql *strings.Builder, alias string) {
	for _, f := range r.fields {
		sql.WriteString(", " + alias + f.Column())
		if r.isLossy(f) {
			sql.WriteString(", " + alias + exactColumn(f))
		}
	}
}

func (r *cells) isLossy(f *field.Field) bool { return r.lossy && f.Kind().Storage() == field.Decimal }

func (r *cells) dest() []any {
	var list []any
	for i, f := range r.fields {
		list = append(list, &r.values[i])
		if r.isLossy(f) {
			list = append(list, &r.exact[i])
		}
	}
	return list
}

// cell is the stored form of the i-th field, borrowed until the next Scan.
func (r *cells) cell(i int) []byte {
	if len(r.exact[i]) > 0 {
		return r.exact[i]
	}
	return r.values[i]
}

func (r *cells) into(values map[id.Field]field.Value) {
	for i, f := range r.fields {
		if b := r.cell(i); len(b) > 0 {
			v := field.Value(b)
			if f.Kind().Storage() == field.Decimal {
				v = field.PlainDecimal(b)
			}
			values[f.ID] = v
		}
	}
}
