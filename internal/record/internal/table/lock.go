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

// Key is the record that has Value in Field, in which no two have the same.
type Key struct {
	Field *field.Field
	Value field.Value
}

// Lock makes the records with ids, and those of keys, this transaction's to change until it ends, as Load does with each, but
// the lowest id first: two that change the same records wait for each other only one way, in whatever order they go on.
// Records that are not there are left out. It is sent along with the next statement, which tells what went wrong.
func (t Table) Lock(ctx context.Context, tx *db.Tx, ids []id.Record, keys []Key) error {
	if tx.ForUpdate() == "" || len(ids)+len(keys) == 0 {
		return nil
	}
	where, args := "", []any(nil)
	among := func(column string, values []any) {
		if where != "" {
			where += " OR "
		}
		values = rounded(values)
		where += column + " IN (" + db.Marks(len(values)) + ")"
		args = append(args, values...)
	}
	if len(ids) > 0 {
		among("id", db.Args(ids))
	}
	for _, f := range fieldsOf(keys) {
		among(t.valuesIn(f, keys))
	}
	if err := tx.Later(ctx, "SELECT id FROM "+t.name+" WHERE "+where+" ORDER BY id"+tx.ForUpdate(), args...); err != nil {
		return fmt.Errorf("table: lock in %s: %w", t.name, err)
	}
	return nil
}

// HasAll reports whether each of keys names a record.
func (t Table) HasAll(ctx context.Context, tx *db.Tx, keys []Key) (bool, error) {
	for _, f := range fieldsOf(keys) {
		column, values := t.valuesIn(f, keys)
		slices.SortFunc(values, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		values = slices.Compact(values)
		var found int
		args := rounded(slices.Clip(values))
		err := tx.QueryRow(ctx, "SELECT count(*) FROM "+t.name+" WHERE "+column+" IN ("+db.Marks(len(args))+")", args...).Scan(&found)
		if err != nil || found < len(values) {
			return false, err
		}
	}
	return true, nil
}

// valuesIn is what keys ask for in the first column of a field.
func (t Table) valuesIn(f *field.Field, keys []Key) (column string, values []any) {
	for _, k := range keys {
		if k.Field == f {
			cols, bound := t.bind(nil, nil, f, k.Value)
			column, values = cols[0], append(values, bound[0])
		}
	}
	return column, values
}

// fieldsOf are the fields of keys, each once.
func fieldsOf(keys []Key) (list []*field.Field) {
	for _, k := range keys {
		if !slices.Contains(list, k.Field) {
			list = append(list, k.Field)
		}
	}
	return list
}

// rounded repeats the last value until there are a power of two, so that few different statements are prepared.
func rounded(values []any) []any {
	for n := len(values); n&(n-1) != 0; n++ {
		values = append(values, values[n-1])
	}
	return values
}
