package backup

import (
	"bytes"
	"context"
	"fmt"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/record"
)

// compareTables reads the tables that were filled, and compares them with the backup.
func (l *loader) compareTables() error {
	return l.site.DB.Read(l.ctx, func(ctx context.Context, tx *db.Tx) error {
		for i, t := range l.tables {
			var n tally
			var line []byte
			err := tx.CopyOut(ctx, t, func(row []any) (err error) {
				line, err = appendRow(line[:0], t, row)
				n.add(bytes.TrimSuffix(line, []byte{'\n'}))
				return err
			})
			if err != nil {
				return err
			}
			if err := same("table "+t.Name, n.stream(), l.Archive.contents.Tables[i].Stream); err != nil {
				return err
			}
		}
		return nil
	})
}

// compareRecords does the same with the records.
func (l *loader) compareRecords(c Contents) error {
	return l.site.DB.Read(l.ctx, func(ctx context.Context, tx *db.Tx) error {
		for i, a := range l.apps {
			var n tally
			var line []byte
			last, err := record.Tables{}.CopyOut(ctx, tx, a, func(r record.Copy) (err error) {
				line, err = appendRecord(line[:0], r)
				n.add(bytes.TrimSuffix(line, []byte{'\n'}))
				l.progress("check", n.rows)
				return err
			})
			if err != nil {
				return err
			}
			what := fmt.Sprintf("the records of app %d", a.App)
			if err := same(what, n.stream(), c.Records[i].Stream); err != nil {
				return err
			}
			if last.Record != c.Records[i].LastIDs.Record {
				return fmt.Errorf("backup: %s would not go on where they did", what)
			}
		}
		return nil
	})
}

func same(what string, got, want Stream) error {
	if got != want {
		return fmt.Errorf("backup: %s came out otherwise than it went in: %d rows (%.12s) instead of %d (%.12s)",
			what, got.Rows, got.SHA256, want.Rows, want.SHA256)
	}
	return nil
}
