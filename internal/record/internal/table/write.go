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

// PutBack stores records that were there before, under their own ids, with the rows of their tables under theirs. New
// records come in a Bulk.
func (t Table) PutBack(ctx context.Context, tx *db.Tx, form []*field.Field, list []Stored) error {
	cols := []string{"id", "revision", "created_by", "created_at", "updated_by", "updated_at"}
	fields := stored(form) // all of them, so that an app has one INSERT to prepare
	for _, f := range fields {
		cols, _ = t.bind(cols, nil, f, "")
	}
	into := "INSERT INTO " + t.name + " (" + strings.Join(cols, ", ") + ") VALUES (" + db.Marks(len(cols)) + ")"
	err := db.Chunks(len(list), len(cols), func(from, to int) error {
		args := make([]any, 0, (to-from)*len(cols))
		for _, r := range list[from:to] {
			h := r.Head
			args = append(args, h.ID, h.Revision, h.CreatedBy, string(h.CreatedAt), h.UpdatedBy, string(h.UpdatedAt))
			for _, f := range fields {
				_, args = t.bind(nil, args, f, r.Content.Values[f.ID])
			}
		}
		_, err := tx.Exec(ctx, db.Repeat(into, to-from), args...)
		return err
	})
	if err != nil {
		return t.failed("put back", err, form)
	}
	for _, f := range form {
		var rows []place
		for _, r := range list {
			rows = placed(rows, r.Head.ID, r.Content.Rows[f.ID])
		}
		if err := t.putRows(ctx, tx, f, rows); err != nil {
			return err
		}
	}
	return t.Reindex(ctx, tx, form, list)
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
	return t.Reindex(ctx, tx, form, []Stored{{h, now}})
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
