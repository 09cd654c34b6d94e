package table

import (
	"context"
	"fmt"
	"regexp"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

var ours = regexp.MustCompile(`^rec_[0-9]+(_[0-9]+|_words)?$`)

// Is reports whether a table of the database is one of an app's.
func Is(name string) bool { return ours.MatchString(name) }

// LastIDs is the highest number a record has had, and the highest that the rows of each table have had.
func (t Table) LastIDs(ctx context.Context, tx *db.Tx, form []*field.Field) (records int64, rows map[id.Field]int64, err error) {
	if records, err = tx.LastID(ctx, t.name); err != nil {
		return 0, nil, err
	}
	rows = map[id.Field]int64{}
	for _, f := range form {
		if f.Type == field.Subtable {
			if rows[f.ID], err = tx.LastID(ctx, t.Sub(f)); err != nil {
				return 0, nil, err
			}
		}
	}
	return records, rows, nil
}

// SetLastIDs makes new records and rows come behind those numbers.
func (t Table) SetLastIDs(ctx context.Context, tx *db.Tx, form []*field.Field, records int64, rows map[id.Field]int64) error {
	if err := tx.SetLastID(ctx, t.name, records); err != nil {
		return err
	}
	for _, f := range form {
		if f.Type == field.Subtable {
			if err := tx.SetLastID(ctx, t.Sub(f), rows[f.ID]); err != nil {
				return fmt.Errorf("table: %w", err)
			}
		}
	}
	return nil
}
