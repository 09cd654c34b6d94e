package record

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// Drop removes what is kept of a field in an app's records for good; in is the table that it stands in, 0 is none.
func (Tables) Drop(ctx context.Context, tx *db.Tx, a id.App, f *field.Field, in id.Field) error {
	return table.Of(a, tx.Dialect()).Drop(ctx, tx, f, in)
}

// forgetAtOnce is how many lines of history one transaction looks at.
const forgetAtOnce = 200

// Forget takes fields out of the history of an app's records, some lines at a time. A line that told of nothing else stays,
// for its revision was there.
func (Tables) Forget(ctx context.Context, d *db.DB, a id.App, fields []id.Field) error {
	var record id.Record
	var revision int64
	for more := true; more; {
		var last change
		err := d.Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
			list, err := changesAfter(ctx, tx, a, record, revision)
			if more = len(list) == forgetAtOnce; err != nil || len(list) == 0 {
				return err
			}
			last = list[len(list)-1]
			for _, c := range list {
				if err := forget(ctx, tx, a, c, fields); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("record: forget fields of %d: %w", a, err)
		}
		record, revision = last.Record, last.Revision
	}
	return nil
}

// changesAfter returns lines of history behind one, in order.
func changesAfter(ctx context.Context, tx *db.Tx, a id.App, record id.Record, revision int64) ([]change, error) {
	return db.Collect(ctx, tx, func(c *change, row db.RowScanner) error {
		var doc string
		if err := row.Scan(&c.Record, &c.Revision, &doc); err != nil {
			return err
		}
		return json.Unmarshal([]byte(doc), &c.Diff)
	}, `
		SELECT record_id, revision, changes FROM record_change
		WHERE app_id = ? AND (record_id > ? OR record_id = ? AND revision > ?) ORDER BY record_id, revision LIMIT ?`,
		a, record, record, revision, forgetAtOnce)
}

// forget writes a line of history without some fields, if they are in it.
func forget(ctx context.Context, tx *db.Tx, a id.App, c change, fields []id.Field) error {
	found := false
	for _, f := range fields {
		for _, n := range []id.Field{f, -f} { // and what a lookup copied from
			_, value := c.Diff.Values[n]
			_, rows := c.Diff.Rows[n]
			found = found || value || rows
			delete(c.Diff.Values, n)
			delete(c.Diff.Rows, n)
			for _, pair := range c.Diff.Rows {
				for _, list := range pair {
					for _, r := range list {
						_, cell := r.Values[n]
						found = found || cell
						delete(r.Values, n)
					}
				}
			}
		}
	}
	if !found {
		return nil
	}
	doc, err := json.Marshal(c.Diff)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE record_change SET changes = ? WHERE app_id = ? AND record_id = ? AND revision = ?`,
		string(doc), a, c.Record, c.Revision)
	return err
}
