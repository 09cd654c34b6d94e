package table

import (
	"context"
	"slices"
	"strings"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/words"
)

// Recompute stores values of the fields given, and of their words in the index, without making a new revision: those of
// records that are still of the revision they were read at. A record that somebody has changed since has been computed by
// that change. fields are computed ones, those in tables too. It returns how many records it changed.
//
// It writes many records with one statement, and gets the Entries of those with words made before, because others wait
// meanwhile (docs/performance.md).
func (t Table) Recompute(ctx context.Context, tx *db.Tx, form, fields []*field.Field, list []Stored, entries []words.Entry) (changed int, err error) {
	among := func(f *field.Field) bool { return slices.Contains(fields, f) }
	top := filter(form, among)
	var all []id.Record
	for _, s := range list {
		all = append(all, s.Head.ID)
	}
	if err := t.Lock(ctx, tx, all, nil); err != nil { // the UPDATE takes them as they come
		return 0, err
	}
	still := map[id.Record]bool{}
	err = t.setMany(ctx, tx, t.name, top, len(list), func(args []any, i int) []any {
		args = append(args, list[i].Head.ID, list[i].Head.Revision)
		return t.valuesOf(args, top, list[i].Content.Values)
	}, func(n id.Record) { still[n] = true })
	if err != nil {
		return 0, err
	}
	list = slices.DeleteFunc(slices.Clone(list), func(s Stored) bool { return !still[s.Head.ID] })
	for _, f := range form {
		if inner := filter(f.Fields, among); len(inner) > 0 {
			if err := t.recomputeRows(ctx, tx, f, inner, list); err != nil {
				return 0, err
			}
		}
	}
	entries = slices.DeleteFunc(slices.Clone(entries), func(e words.Entry) bool { return !still[id.Record(e.Row)] })
	return len(list), t.words().Put(ctx, tx, entries)
}

func filter(fields []*field.Field, keep func(*field.Field) bool) []*field.Field {
	return slices.DeleteFunc(slices.Clone(fields), func(f *field.Field) bool { return !keep(f) })
}

func (t Table) recomputeRows(ctx context.Context, tx *db.Tx, f *field.Field, inner []*field.Field, list []Stored) error {
	type owned struct {
		record id.Record
		Row
	}
	var rows []owned
	for _, s := range list {
		for _, r := range s.Content.Rows[f.ID] {
			rows = append(rows, owned{s.Head.ID, r})
		}
	}
	return t.setMany(ctx, tx, t.Sub(f), inner, len(rows), func(args []any, i int) []any {
		return t.valuesOf(append(args, rows[i].ID, int64(rows[i].record)), inner, rows[i].Values)
	}, func(id.Record) {})
}

// valuesOf appends what the columns of fields hold.
func (t Table) valuesOf(args []any, fields []*field.Field, values map[id.Field]field.Value) []any {
	for _, f := range fields {
		_, args = t.bind(nil, args, f, values[f.ID])
	}
	return args
}

// setMany sets the columns of fields in n rows of a record table, or of a subtable, and calls done with the ids of those
// it has found. arguments appends, for each row, its id, the revision it must have (the record it must belong to), and
// what the columns hold.
func (t Table) setMany(ctx context.Context, tx *db.Tx, name string, fields []*field.Field, n int,
	arguments func(args []any, i int) []any, done func(id.Record)) error {
	guard := "revision"
	if name != t.name {
		guard = "record_id"
	}
	sets, holes := []string{guard + " = v.column2"}, []string{"CAST(? AS BIGINT)", "CAST(? AS BIGINT)"}
	for _, f := range fields {
		for _, c := range t.columns(f) {
			holes = append(holes, "CAST(? AS "+plainType(c)+")")
			sets = append(sets, c.name+" = v.column"+id.String(id.Record(len(holes))))
		}
	}
	row := "(" + strings.Join(holes, ", ") + ")"
	return db.Chunks(n, len(holes), func(from, to int) error {
		args := make([]any, 0, (to-from)*len(holes))
		for i := from; i < to; i++ {
			args = arguments(args, i)
		}
		found, err := db.Pluck[id.Record](ctx, tx, "UPDATE "+name+" SET "+strings.Join(sets, ", ")+
			" FROM (VALUES "+strings.Repeat(row+", ", to-from-1)+row+") v WHERE "+name+".id = v.column1 AND "+name+"."+guard+
			" = v.column2 RETURNING "+name+".id", args...)
		if err != nil {
			return t.failed("recompute", err, nil)
		}
		for _, n := range found {
			done(n)
		}
		return nil
	})
}

// plainType is a column's type without its collation, as CAST wants it.
func plainType(c column) string {
	first, _, _ := strings.Cut(c.typ, " ")
	return first
}

// RemakeWords makes the index of words anew, without any.
func (t Table) RemakeWords(ctx context.Context, tx *db.Tx) error { return t.words().Remake(ctx, tx) }

// Reindex makes the words of records anew.
func (t Table) Reindex(ctx context.Context, tx *db.Tx, form []*field.Field, list []Stored) error {
	return t.words().Put(ctx, tx, Entries(form, list))
}

// Entries are the words of records, as the index keeps them.
func Entries(form []*field.Field, list []Stored) []words.Entry {
	entries := make([]words.Entry, len(list))
	for i, s := range list {
		entries[i] = words.Entry{Row: int64(s.Head.ID), Tokens: tokens(form, s.Content)}
	}
	return entries
}
