package table

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

// errRowElsewhere is why a row is not stored under an id that a row of another record has.
var errRowElsewhere = errors.New("a row of another record")

// place is where a row of a subtable stands.
type place struct {
	record   id.Record
	position int
	row      *Row
}

// placed appends the places of a record's rows.
func placed(list []place, record id.Record, rows []Row) []place {
	for i := range rows {
		list = append(list, place{record, i, &rows[i]})
	}
	return list
}

// putRows stores rows of the subtable f, many with one statement: those that have an id in the place of what is there under
// it, the others as new ones, which are given their ids.
func (t Table) putRows(ctx context.Context, tx *db.Tx, f *field.Field, list []place) error {
	if len(list) == 0 {
		return nil // as for every field that is no subtable
	}
	var fresh, known []place
	for _, p := range list {
		if p.row.ID == 0 {
			fresh = append(fresh, p)
		} else {
			known = append(known, p)
		}
	}
	cols := t.cellColumns(f)
	into := t.insertRow(f, cols) + " RETURNING id"
	err := db.Chunks(len(fresh), len(cols), func(from, to int) error {
		return t.addRows(ctx, tx, f, db.Repeat(into, to-from), fresh[from:to])
	})
	if err != nil {
		return fmt.Errorf("table: rows of %s: %w", t.Sub(f), err)
	}
	var sets []string
	for _, c := range cols {
		sets = append(sets, c+" = excluded."+c)
	}
	into = "INSERT INTO " + t.Sub(f) + " (id, " + strings.Join(cols, ", ") + ") VALUES (?, " + db.Marks(len(cols)) + ") ON CONFLICT (id) DO UPDATE SET " + strings.Join(sets, ", ") +
		" WHERE " + t.Sub(f) + ".record_id = excluded.record_id"
	err = db.Chunks(len(known), len(cols)+1, func(from, to int) error {
		var args []any
		for _, p := range known[from:to] {
			args = t.cells(append(args, p.row.ID), f, p)
		}
		n, err := tx.Exec(ctx, db.Repeat(into, to-from), args...)
		if err == nil && n != int64(to-from) {
			err = errRowElsewhere
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("table: rows of %s: %w", t.Sub(f), err)
	}
	return nil
}

// beginRows stores the rows that new records begin with. Their ids are not told.
func (t Table) beginRows(ctx context.Context, tx *db.Tx, f *field.Field, list []place) error {
	if len(list) == 0 {
		return nil
	}
	cols := t.cellColumns(f)
	into := t.insertRow(f, cols)
	return db.Chunks(len(list), len(cols), func(from, to int) error {
		args := make([]any, 0, (to-from)*len(cols))
		for _, p := range list[from:to] {
			args = t.cells(args, f, p)
		}
		return tx.Later(ctx, db.Repeat(into, to-from), args...)
	})
}

// insertRow is the INSERT of a row's cells, into the columns cols.
func (t Table) insertRow(f *field.Field, cols []string) string {
	return "INSERT INTO " + t.Sub(f) + " (" + strings.Join(cols, ", ") + ") VALUES (" + db.Marks(len(cols)) + ")"
}

// addRows stores new rows with one statement, and notes their ids.
func (t Table) addRows(ctx context.Context, tx *db.Tx, f *field.Field, insert string, list []place) error {
	var args []any
	for _, p := range list {
		args = t.cells(args, f, p)
	}
	ids, err := db.Pluck[int64](ctx, tx, insert, args...)
	if err != nil {
		return err
	}
	slices.Sort(ids) // a database may return them in any order, but gives them in that of the rows
	for i, n := range ids {
		list[i].row.ID = n
	}
	return nil
}

// cellColumns are the columns of the subtable f, without the row's id.
func (t Table) cellColumns(f *field.Field) []string {
	cols := []string{"record_id", "position"}
	for _, g := range field.WithSources(f.Fields) {
		cols, _ = t.bind(cols, nil, g, "")
	}
	return cols
}

// cells appends what the cellColumns of a row hold.
func (t Table) cells(args []any, f *field.Field, p place) []any {
	args = append(args, p.record, p.position)
	for _, g := range field.WithSources(f.Fields) {
		_, args = t.bind(nil, args, g, p.row.Values[g.ID])
	}
	return args
}

// replaceRows makes the rows of a record those of now: kept rows keep their ids, and those that stay as and where they are
// are not written.
func (t Table) replaceRows(ctx context.Context, tx *db.Tx, f *field.Field, record id.Record, before, now []Row) error {
	old := map[int64]int{}
	for i, r := range before {
		old[r.ID] = i
	}
	var list []place
	for _, p := range placed(nil, record, now) {
		was, kept := old[p.row.ID]
		delete(old, p.row.ID)
		if !kept || was != p.position || !maps.Equal(before[was].Values, p.row.Values) {
			list = append(list, p)
		}
	}
	gone := slices.Sorted(maps.Keys(old))
	for part := range slices.Chunk(gone, 100) {
		if err := tx.Later(ctx, "DELETE FROM "+t.Sub(f)+" WHERE id IN ("+db.Marks(len(part))+")", db.Args(part)...); err != nil {
			return fmt.Errorf("table: rows of %s: %w", t.Sub(f), err)
		}
	}
	return t.putRows(ctx, tx, f, list)
}
