package table

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

// PutBack stores a record that was there before, under its own id, with the rows of its tables. New records come in a
// Bulk.
func (t Table) PutBack(ctx context.Context, tx *db.Tx, form []*field.Field, h Head, c Content) error {
	cols := []string{"id", "revision", "created_by", "created_at", "updated_by", "updated_at"}
	args := []any{h.ID, h.Revision, h.CreatedBy, string(h.CreatedAt), h.UpdatedBy, string(h.UpdatedAt)}
	for _, f := range stored(form) { // all of them, so that an app has one INSERT to prepare
		cols, args = t.bind(cols, args, f, c.Values[f.ID])
	}
	sql := "INSERT INTO " + t.name + " (" + strings.Join(cols, ", ") + ") VALUES (" + marks(len(cols)) + ")"
	if _, err := tx.Exec(ctx, sql, args...); err != nil {
		return t.failed("put back", err, form)
	}
	for _, f := range form {
		if err := t.putRows(ctx, tx, f, placed(nil, h.ID, c.Rows[f.ID])); err != nil {
			return err
		}
	}
	return t.reindex(ctx, tx, form, []Stored{{h, c}})
}

// Update stores what differs between two contents of a record and its new head.
func (t Table) Update(ctx context.Context, tx *db.Tx, form []*field.Field, h Head, before, now Content) error {
	cols := []string{"revision", "updated_by", "updated_at"}
	args := []any{h.Revision, h.UpdatedBy, string(h.UpdatedAt)}
	search := false
	for _, f := range field.WithSources(form) {
		if v := now.Values[f.ID]; v != before.Values[f.ID] {
			cols, args = t.bind(cols, args, f, v)
			search = search || f.Searchable()
		}
		if f.Type == field.Subtable && !SameRows(before.Rows[f.ID], now.Rows[f.ID]) {
			if err := t.replaceRows(ctx, tx, f, h.ID, before.Rows[f.ID], now.Rows[f.ID]); err != nil {
				return err
			}
			search = search || slices.ContainsFunc(f.Fields, (*field.Field).Searchable)
		}
	}
	sql := "UPDATE " + t.name + " SET " + strings.Join(cols, " = ?, ") + " = ? WHERE id = ?"
	if _, err := tx.Exec(ctx, sql, append(args, h.ID)...); err != nil {
		return t.failed("update", err, form)
	}
	if !search {
		return nil
	}
	return t.reindex(ctx, tx, form, []Stored{{h, now}})
}

// Delete removes a record and its rows.
func (t Table) Delete(ctx context.Context, tx *db.Tx, form []*field.Field, record id.Record) error {
	for _, f := range form {
		if f.Type == field.Subtable {
			if _, err := tx.Exec(ctx, "DELETE FROM "+t.Sub(f)+" WHERE record_id = ?", record); err != nil {
				return err
			}
		}
	}
	if err := t.words().Forget(ctx, tx, int64(record)); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, "DELETE FROM "+t.name+" WHERE id = ?", record)
	return err
}

// failed tells a repeated unique value from a broken database.
func (t Table) failed(verb string, err error, form []*field.Field) error {
	if db.UniqueViolation(err) {
		key := db.UniqueKey(err)
		for _, f := range form {
			if f.Unique && (strings.HasSuffix(key, "_u"+f.Column()) || strings.HasSuffix(strings.Split(key, ",")[0], "."+f.Column())) {
				return &Repeated{f, err}
			}
		}
	}
	return fmt.Errorf("table: %s %s: %w", verb, t.name, err)
}

// Repeated is the error of a value that a field with unique values has in another record.
type Repeated struct {
	Field *field.Field
	cause error
}

func (r *Repeated) Error() string {
	return "table: repeated value in " + r.Field.Code + ": " + r.cause.Error()
}
func (r *Repeated) Unwrap() error { return r.cause }

// Exists reports whether another record than except has v in f.
func (t Table) Exists(ctx context.Context, tx *db.Tx, f *field.Field, v field.Value, except id.Record) (bool, error) {
	found, err := t.Find(ctx, tx, f, v)
	return found != 0 && found != except, err
}
