package table

import (
	"context"
	"fmt"
	"slices"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

// Named are records by their ids, and by values of fields that no two records share.
type Named struct {
	IDs  []id.Record
	Keys []Key
}

// Key is the record that has Value in Field.
type Key struct {
	Field *field.Field
	Value field.Value
}

// Size is how many records n names, if it names none twice.
func (n Named) Size() int { return len(n.IDs) + len(n.Keys) }

// Lock makes records this transaction's to change until it ends, as Load does with each, but the lowest id first: two that
// change the same records wait for each other only one way, in whatever order they go on. Records that are not there are
// left out. It is sent along with the next statement, which tells what went wrong.
func (t Table) Lock(ctx context.Context, tx *db.Tx, n Named) error {
	if tx.ForUpdate() == "" || n.Size() == 0 {
		return nil
	}
	where, args := "", []any(nil)
	among := func(column string, values []any) {
		if where != "" {
			where += " OR "
		}
		values = rounded(values)
		where += column + " IN (" + marks(len(values)) + ")"
		args = append(args, values...)
	}
	if len(n.IDs) > 0 {
		ids := make([]any, len(n.IDs))
		for i, record := range n.IDs {
			ids[i] = record
		}
		among("id", ids)
	}
	for _, f := range n.fields() {
		var values []any
		column := ""
		for _, k := range n.Keys {
			if k.Field == f {
				cols, bound := t.bind(nil, nil, f, k.Value)
				column, values = cols[0], append(values, bound[0])
			}
		}
		among(column, values)
	}
	if err := tx.Later(ctx, "SELECT id FROM "+t.name+" WHERE "+where+" ORDER BY id"+tx.ForUpdate(), args...); err != nil {
		return fmt.Errorf("table: lock in %s: %w", t.name, err)
	}
	return nil
}

// fields are those of the keys, each once.
func (n Named) fields() (list []*field.Field) {
	for _, k := range n.Keys {
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
