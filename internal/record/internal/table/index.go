package table

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// index is one that was made because queries asked for it: by the field sorted by, then the record's id, which
// settles ties, then the fields filtered by, so that rows that do not match are passed without being read.
type index struct {
	name   string
	fields []id.Field // the first is sorted by
}

// demand counts the queries that would use an index.
type demand struct {
	fields []id.Field
	count  int
	made   bool
}

// askedOften is how many queries make an index worth its cost to writers; each app gets at most maxIndexes.
const (
	askedOften = 20
	maxIndexes = 4
	maxFilters = 3
)

// ask notes that a query of that shape came.
func (p *Planner) ask(plan *tablePlan, s query.Shape) {
	fields := wanted(s)
	if fields == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	key := string(key(fields))
	d := plan.asked[key]
	if d == nil {
		d = &demand{fields: fields}
		plan.asked[key] = d
	}
	d.count++
}

// wanted are the fields of the index that would serve a query best, or nil when none would.
func wanted(s query.Shape) []id.Field {
	if s.Lead == nil || s.Lead.Type.System() || s.Lead.Kind().Storage() == field.Document {
		return nil
	}
	fields := []id.Field{s.Lead.ID}
	for _, f := range s.Filters {
		if len(fields) <= maxFilters && !f.Field.Type.System() && narrow(f.Field) && !slices.Contains(fields, f.Field.ID) {
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

func key(fields []id.Field) field.Value {
	list := make([]int64, len(fields))
	for i, f := range fields {
		list[i] = int64(f)
	}
	return field.ListValue(list)
}

// Due returns the index that is asked for most and not made yet: its fields, as MakeIndex takes them; nil is none.
func (p *Planner) Due(t Table) []id.Field {
	p.mu.Lock()
	defer p.mu.Unlock()
	plan := p.tables[t.name]
	if plan == nil || len(plan.indexes) >= maxIndexes {
		return nil
	}
	var best *demand
	for _, d := range plan.asked {
		if d.count >= askedOften && !d.made && (best == nil || d.count > best.count) && !plan.has(d.fields) {
			best = d
		}
	}
	if best == nil {
		return nil
	}
	best.made = true
	return best.fields
}

// has reports whether an index begins with the same field and has all the others.
func (plan *tablePlan) has(fields []id.Field) bool {
	return slices.ContainsFunc(plan.indexes, func(ix index) bool {
		return ix.fields[0] == fields[0] && !slices.ContainsFunc(fields, func(f id.Field) bool { return !slices.Contains(ix.fields, f) })
	})
}

// MakeIndex makes an index for queries sorted by the first of fields and filtered by the others.
func (t Table) MakeIndex(ctx context.Context, tx *db.Tx, p *Planner, fields []id.Field) error {
	cols := []string{t.dialect.SortKey("f_" + id.String(fields[0])), "id"}
	name := t.name + "_by_" + id.String(fields[0])
	for _, f := range fields[1:] {
		cols = append(cols, "f_"+id.String(f))
		name += "_" + id.String(f)
	}
	if _, err := tx.Exec(ctx, "CREATE INDEX IF NOT EXISTS "+name+" ON "+t.name+" ("+strings.Join(cols, ", ")+")"); err != nil {
		return fmt.Errorf("table: index %s: %w", name, err)
	}
	_, err := tx.Exec(ctx, `
		INSERT INTO record_index (app_id, name, fields, made_at) VALUES (?, ?, ?, ?) ON CONFLICT (app_id, name) DO NOTHING`,
		t.app, name, string(key(fields)), tx.Now())
	if err != nil {
		return fmt.Errorf("table: index %s: %w", name, err)
	}
	tx.AfterCommit(func() { p.forget(t) })
	return nil
}

// indexes returns those that were made for t.
func (t Table) indexes(ctx context.Context, tx *db.Tx) ([]index, error) {
	rows, err := tx.Query(ctx, `SELECT name, fields FROM record_index WHERE app_id = ?`, t.app)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []index
	for rows.Next() {
		var ix index
		var fields string
		if err := rows.Scan(&ix.name, &fields); err != nil {
			return nil, err
		}
		for n := range field.Members(fields) {
			ix.fields = append(ix.fields, id.Field(n))
		}
		if len(ix.fields) > 0 {
			list = append(list, ix)
		}
	}
	return list, rows.Err()
}
