package table

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

// index is one that was made because queries asked for it. For pages: by the field sorted by, then the record's id, which
// settles ties, then the fields filtered by, so that rows that do not match are passed without being read. For groups, and
// for what a filter finds few of: by all that is read, what is grouped or found by first.
type index struct {
	name    string
	fields  []id.Field // of one for pages, the first is sorted by
	heads   []id.Field // of which it holds the beginnings of texts only
	parts   []id.Field // of which it holds the parts, too, that are added up one by one (see parted)
	grouped bool
	bounded bool // it leaves out records with long texts (see bound.go)
}

// narrow reports whether a field's values are short enough to be carried in an index for filtering.
func narrow(f *field.Field) bool {
	switch f.Kind().Storage() {
	case field.Decimal, field.Integer:
		return true
	case field.Text:
		return f.Kind().Ops()&field.OpOrder != 0 // dates and times
	}
	return false
}

// fits reports whether every value of f may stand in an index.
func (p *Planner) fits(f *field.Field) bool { return fits(p.dialect, f) }

func fits(d db.Dialect, f *field.Field) bool {
	if narrow(f) || d.LongKeys() {
		return true
	}
	most, err := strconv.Atoi(f.Max)
	return err == nil && most <= maxKey && f.Kind().Storage() == field.Text
}

// How much of a text an index takes where it does not take texts of any length: maxKey characters of those that are never
// longer, of others the first headLength.
const (
	maxKey     = 500
	headLength = 60
)

func key(fields []id.Field) field.Value { return field.ListValue(fields) }

// covers reports whether the values of all of fields can be read from the index.
func (ix index) covers(fields []*field.Field) bool {
	return !slices.ContainsFunc(fields, func(f *field.Field) bool { return !slices.Contains(ix.fields, f.ID) || slices.Contains(ix.heads, f.ID) })
}

// holds reports whether all of fields stand in the index.
func (ix index) holds(fields []id.Field) bool {
	return !slices.ContainsFunc(fields, func(f id.Field) bool { return !slices.Contains(ix.fields, f) })
}

// What is in the name of an index that was made by use: for pages, for groups, and behind a field that it holds the heads or the parts of.
const (
	pageWord    = "_by"
	groupedWord = "_group"
	headMark    = "h"
	partsMark   = "s"
)

// Creates are the indexes that d asks for.
func (t Table) Creates(d *Demand) []db.NewIndex {
	columns := slices.Clone(d.columns)
	if !d.grouped {
		columns[0] = t.dialect.SortKey(columns[0])
		columns = slices.Insert(columns, 1, "id")
	}
	list := []db.NewIndex{t.newIndex(d.name, "("+strings.Join(columns, ", ")+")"+d.where)}
	if d.where != "" {
		list = append(list, t.restIndex(d))
	}
	for _, f := range d.sums {
		list = append(list, db.NewIndex{Name: t.longIndex(f), On: t.name + " (id) WHERE x_" + id.String(f) + " IS NOT NULL"})
	}
	return list
}

func (t Table) newIndex(name, on string) db.NewIndex {
	return db.NewIndex{Name: t.name + name, On: t.name + " " + on}
}

// MakeIndex makes the index that d asks for, notes what it is for, and drops those that it stands for.
func (t Table) MakeIndex(ctx context.Context, tx *db.Tx, p *Planner, d *Demand) error {
	for _, x := range t.Creates(d) {
		if err := tx.CreateIndex(ctx, x); err != nil {
			return fmt.Errorf("table: index %s: %w", x.Name, err)
		}
	}
	if err := t.noteIndex(ctx, tx, t.name+d.name, d.fields); err != nil {
		return err
	}
	for _, f := range d.sums {
		if err := t.noteIndex(ctx, tx, t.longIndex(f), nil); err != nil {
			return err
		}
	}
	before, err := t.made(ctx, tx)
	if err != nil {
		return err
	}
	for _, ix := range before.indexes {
		if d.standsFor(ix) {
			if err := t.dropIndex(ctx, tx, ix); err != nil {
				return err
			}
		}
	}
	now, err := t.made(ctx, tx)
	if err == nil {
		tx.AfterCommit(func() { p.learn(t, now) })
	}
	return err
}

// dropIndexes drops those that f stands in.
func (t Table) dropIndexes(ctx context.Context, tx *db.Tx, f *field.Field) error {
	there, err := t.made(ctx, tx)
	if err != nil {
		return err
	}
	for _, ix := range there.indexes {
		if !slices.Contains(ix.fields, f.ID) {
			continue
		}
		if err := t.dropIndex(ctx, tx, ix); err != nil {
			return err
		}
	}
	return nil
}

func (t Table) dropIndex(ctx context.Context, tx *db.Tx, ix index) error {
	for _, name := range []string{ix.name, ix.name + restMark} {
		if _, err := tx.Exec(ctx, "DROP INDEX IF EXISTS "+name); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, `DELETE FROM record_index WHERE app_id = ? AND name = ?`, t.app, ix.name)
	return err
}

// noteIndex notes what an index is for.
func (t Table) noteIndex(ctx context.Context, tx *db.Tx, name string, fields []id.Field) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO record_index (app_id, name, fields, made_at) VALUES (?, ?, ?, ?) ON CONFLICT (app_id, name) DO NOTHING`,
		t.app, name, string(key(fields)), tx.Now())
	if err != nil {
		return fmt.Errorf("table: index %s: %w", name, err)
	}
	return nil
}

// made returns the indexes that were made for t.
func (t Table) made(ctx context.Context, tx *db.Tx) (*made, error) {
	var m made
	var err error
	if m.schema, err = tx.Schema(ctx); err != nil {
		return nil, err
	}
	err = db.Each(ctx, tx, func(row db.RowScanner) error {
		var ix index
		var fields string
		if err := row.Scan(&ix.name, &fields); err != nil {
			return err
		}
		for n := range field.Members(fields) {
			ix.fields = append(ix.fields, id.Field(n))
			switch at := "_" + strconv.FormatInt(n, 10); {
			case strings.Contains(ix.name+"_", at+headMark+"_"):
				ix.heads = append(ix.heads, id.Field(n))
			case strings.Contains(ix.name+"_", at+partsMark+"_"):
				ix.parts = append(ix.parts, id.Field(n))
			}
		}
		ix.bounded = strings.HasPrefix(ix.name, t.name+boundedWord)
		ix.grouped = ix.bounded || strings.HasPrefix(ix.name, t.name+groupedWord)
		if len(ix.fields) > 0 {
			m.indexes = append(m.indexes, ix)
		} else if n, ok := id.Parse[id.Field](strings.TrimPrefix(ix.name, t.longPrefix())); ok {
			m.long = append(m.long, n)
		}
		return nil
	}, `SELECT name, fields FROM record_index WHERE app_id = ?`, t.app)
	return &m, err
}
