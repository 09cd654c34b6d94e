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
	"github.com/engawa/engawa/internal/query"
)

// index is one that was made because queries asked for it. For pages: by the field sorted by, then the record's id, which
// settles ties, then the fields filtered by, so that rows that do not match are passed without being read. For groups: by
// all that a grouping reads, what it groups by first.
type index struct {
	name    string
	fields  []id.Field // of one for pages, the first is sorted by
	grouped bool
}

// Demand is an index that queries would use.
type Demand struct {
	fields  []id.Field
	grouped bool
	sums    []id.Field // decimals that are added up, where that needs to know how many digits they have
	count   int
	made    bool
}

// askedOften is how many queries make an index worth its cost to writers; each app gets at most maxIndexes.
const (
	askedOften = 20
	maxIndexes = 4 // of a kind
	maxFilters = 3
)

// ask notes that a query of that shape came.
func (p *Planner) ask(plan *tablePlan, s query.Shape) {
	fields := wanted(s)
	if fields == nil || !p.fits(s.Lead) {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	key := string(key(fields))
	d := plan.asked[key]
	if d == nil {
		d = &Demand{fields: fields}
		plan.asked[key] = d
	}
	d.count++
}

// wanted are the fields of the index that would serve a query best, or nil when none would.
func wanted(s query.Shape) []id.Field {
	if s.Lead == nil || s.Lead.Type.Head() || s.Lead.Kind().Storage() == field.Document {
		return nil
	}
	fields := []id.Field{s.Lead.ID}
	for _, f := range s.Filters {
		if len(fields) <= maxFilters && !f.Field.Type.Head() && narrow(f.Field) && !slices.Contains(fields, f.Field.ID) {
			fields = append(fields, f.Field.ID)
		}
	}
	slices.Sort(fields[1:])
	return fields
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

// maxKey is how many characters of a text an index surely takes where it does not take texts of any length.
const maxKey = 500

func key(fields []id.Field) field.Value {
	list := make([]int64, len(fields))
	for i, f := range fields {
		list[i] = int64(f)
	}
	return field.ListValue(list)
}

// Due returns the index that is asked for most and not made yet, for MakeIndex; nil is none.
func (p *Planner) Due(t Table) *Demand {
	p.mu.Lock()
	defer p.mu.Unlock()
	plan := p.tables[t.name]
	if plan == nil {
		return nil
	}
	var best *Demand
	for _, d := range plan.asked {
		if d.count >= askedOften && !d.made && (best == nil || d.count > best.count) && plan.room(d.grouped) && !plan.has(d) {
			best = d
		}
	}
	if best != nil {
		best.made = true
	}
	return best
}

// room reports whether there may be another index of a kind.
func (plan *tablePlan) room(grouped bool) bool {
	n := 0
	for _, ix := range plan.indexes {
		if ix.grouped == grouped {
			n++
		}
	}
	return n < maxIndexes
}

// has reports whether an index of the same kind begins with the same field and has all the others.
func (plan *tablePlan) has(d *Demand) bool {
	return slices.ContainsFunc(plan.indexes, func(ix index) bool {
		return ix.grouped == d.grouped && ix.fields[0] == d.fields[0] && ix.holds(d.fields)
	})
}

// holds reports whether all of fields stand in the index.
func (ix index) holds(fields []id.Field) bool {
	return !slices.ContainsFunc(fields, func(f id.Field) bool { return !slices.Contains(ix.fields, f) })
}

// groupedWord marks the name of an index for groups.
const groupedWord = "_group"

// MakeIndex makes the index that d asks for.
func (t Table) MakeIndex(ctx context.Context, tx *db.Tx, p *Planner, d *Demand) error {
	var cols []string
	name := t.name + "_by"
	if d.grouped {
		name = t.name + groupedWord
	}
	for i, f := range d.fields {
		name += "_" + id.String(f)
		switch col := "f_" + id.String(f); {
		case i == 0 && !d.grouped:
			cols = append(cols, t.dialect.SortKey(col), "id")
		default:
			cols = append(cols, col)
		}
	}
	if err := t.makeIndex(ctx, tx, name, "("+strings.Join(cols, ", ")+")", d.fields); err != nil {
		return err
	}
	for _, f := range d.sums {
		if err := t.makeIndex(ctx, tx, t.longIndex(f), "(id) WHERE x_"+id.String(f)+" IS NOT NULL", nil); err != nil {
			return err
		}
	}
	tx.AfterCommit(func() { p.forget(t) })
	return nil
}

// dropIndexes drops those that f stands in.
func (t Table) dropIndexes(ctx context.Context, tx *db.Tx, f *field.Field) error {
	list, _, err := t.indexes(ctx, tx)
	if err != nil {
		return err
	}
	for _, ix := range list {
		if !slices.Contains(ix.fields, f.ID) {
			continue
		}
		if _, err := tx.Exec(ctx, "DROP INDEX IF EXISTS "+ix.name); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM record_index WHERE app_id = ? AND name = ?`, t.app, ix.name); err != nil {
			return err
		}
	}
	return nil
}

// makeIndex makes an index and notes what it is for.
func (t Table) makeIndex(ctx context.Context, tx *db.Tx, name, on string, fields []id.Field) error {
	if _, err := tx.Exec(ctx, "CREATE INDEX IF NOT EXISTS "+name+" ON "+t.name+" "+on); err != nil {
		return fmt.Errorf("table: index %s: %w", name, err)
	}
	_, err := tx.Exec(ctx, `
		INSERT INTO record_index (app_id, name, fields, made_at) VALUES (?, ?, ?, ?) ON CONFLICT (app_id, name) DO NOTHING`,
		t.app, name, string(key(fields)), tx.Now())
	if err != nil {
		return fmt.Errorf("table: index %s: %w", name, err)
	}
	return nil
}

// indexes returns those that were made for t, and the decimals that have one of their long numbers.
func (t Table) indexes(ctx context.Context, tx *db.Tx) (list []index, long []id.Field, err error) {
	rows, err := tx.Query(ctx, `SELECT name, fields FROM record_index WHERE app_id = ?`, t.app)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var ix index
		var fields string
		if err := rows.Scan(&ix.name, &fields); err != nil {
			return nil, nil, err
		}
		for n := range field.Members(fields) {
			ix.fields = append(ix.fields, id.Field(n))
		}
		ix.grouped = strings.HasPrefix(ix.name, t.name+groupedWord)
		if len(ix.fields) > 0 {
			list = append(list, ix)
		} else if n, ok := id.Parse[id.Field](strings.TrimPrefix(ix.name, t.longPrefix())); ok {
			long = append(long, n)
		}
	}
	return list, long, rows.Err()
}
