package record

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
)

// The limits of what is read of a record's history at a time: lines, and bytes as they are stored. A change of a table holds
// all its rows twice, so that a few lines may be more than a site has room for.
const (
	changesAtOnce     = HistoryPage + 1
	changeBytesAtOnce = 1 << 20
)

// eachChange calls fn for the changes of a record with a revision below before (0: any) and above after, newest first, until
// it returns false. Only a part of them is in memory at any time.
func eachChange(ctx context.Context, tx *db.Tx, app id.App, record id.Record, before, after int64, fn func(change) bool) error {
	if before == 0 {
		before = 1 << 62
	}
	for before > after+1 {
		from, err := reach(ctx, tx, app, record, before, after)
		if err != nil || from == 0 {
			return err
		}
		list, err := readChanges(ctx, tx, app, record, from, before)
		if err != nil {
			return err
		}
		for _, c := range list {
			if !fn(c) {
				return nil
			}
		}
		before = from
	}
	return nil
}

// reach is the oldest revision up to which changes are read at once, from below before on: at least one; 0 is none.
func reach(ctx context.Context, tx *db.Tx, app id.App, record id.Record, before, after int64) (from int64, err error) {
	type line struct{ revision, bytes int64 }
	list, err := db.Collect(ctx, tx, func(l *line, row db.RowScanner) error { return row.Scan(&l.revision, &l.bytes) }, `
		SELECT revision, octet_length(changes) FROM record_change
		WHERE app_id = ? AND record_id = ? AND revision < ? AND revision > ? ORDER BY revision DESC LIMIT ?`,
		app, record, before, after, changesAtOnce)
	if err != nil {
		return 0, fmt.Errorf("record: history of %d: %w", record, err)
	}
	var bytes int64
	for _, l := range list {
		if bytes += l.bytes; from != 0 && bytes > changeBytesAtOnce {
			break
		}
		from = l.revision
	}
	return from, nil
}

// readChanges returns the changes from one revision to below another, newest first.
func readChanges(ctx context.Context, tx *db.Tx, app id.App, record id.Record, from, before int64) ([]change, error) {
	list, err := db.Collect(ctx, tx, func(c *change, row db.RowScanner) error {
		var doc string
		if err := row.Scan(&c.Revision, &c.Kind, &c.By, &c.At, &doc); err != nil {
			return err
		}
		c.Record = record
		return json.Unmarshal([]byte(doc), &c.Diff)
	}, `
		SELECT revision, kind, changed_by, changed_at, changes FROM record_change
		WHERE app_id = ? AND record_id = ? AND revision >= ? AND revision < ? ORDER BY revision DESC`,
		app, record, from, before)
	if err != nil {
		return nil, fmt.Errorf("record: history of %d: %w", record, err)
	}
	return list, nil
}
