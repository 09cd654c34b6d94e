package table

import (
	"context"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// sample is some records of a table, drawn at random, on which conditions are tried to tell how many records match.
type sample struct {
	rows  []sampled
	words map[string]int // of the records' text: in how many of them each token is
	size  int64          // of the table when it was drawn
	drawn time.Time
}

const (
	sampleRows = 300
	sampleLife = 2 * time.Minute
)

// sampled shows a record of the sample to a condition: what is long is left out, so that a sample stays small.
type sampled struct {
	head   Head
	values map[id.Field]field.Value
}

func (s sampled) Value(f *field.Field) field.Value { return SystemValue(s.head, f, s.values) }

func (s sampled) Rows(*field.Field) []query.Row { return nil }

// SystemValue returns the value of a field, be it the record's own or one that every record has.
func SystemValue(h Head, f *field.Field, values map[id.Field]field.Value) field.Value {
	switch f.Type {
	case field.RecordNumber:
		return field.Value(id.String(h.ID))
	case field.Creator:
		return field.Value(id.String(h.CreatedBy))
	case field.CreatedTime:
		return h.CreatedAt
	case field.Modifier:
		return field.Value(id.String(h.UpdatedBy))
	case field.UpdatedTime:
		return h.UpdatedAt
	}
	return values[f.ID]
}

// sampleOf returns a sample that is not too old, or nil when none can be had.
func (p *Planner) sampleOf(ctx context.Context, tx *db.Tx, t Table, form []*field.Field, plan *tablePlan, size int64) *sample {
	p.mu.Lock()
	s := plan.sample
	p.mu.Unlock()
	if s != nil && size <= 2*s.size && tx.Now().Sub(s.drawn) <= sampleLife {
		return s
	}
	s, err := t.draw(ctx, tx, form, size)
	if err != nil || len(s.rows) == 0 {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	plan.sample = s
	return s
}

// share estimates which part of the records q finds: not less than least, which is 0 where the sample has hardly any, and
// not more than most.
func (s *sample) share(q *query.Checked) (least, most float64) {
	if s == nil {
		return 1, 1
	}
	n := 0.
	for _, r := range s.rows {
		if query.Eval(q, r) {
			n++
		}
	}
	all := float64(len(s.rows))
	return (n - math.Sqrt(n)) / all, min(1, (n+1)/all)
}

// draw reads a fresh sample: records at random ids.
func (t Table) draw(ctx context.Context, tx *db.Tx, form []*field.Field, size int64) (*sample, error) {
	s := &sample{size: size, drawn: tx.Now(), words: map[string]int{}}
	brief := short(form)
	ids := make([]any, sampleRows)
	for i := range ids {
		ids[i] = 1 + rand.Int64N(size)
	}
	r := newCells(t, form)
	var sql strings.Builder
	sql.WriteString("SELECT " + headColumns)
	r.columns(&sql, "")
	sql.WriteString(" FROM " + t.name + " WHERE id IN (" + db.Marks(len(ids)) + ")")
	rows, err := tx.Query(ctx, sql.String(), ids...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		x := sampled{values: map[id.Field]field.Value{}}
		h := &x.head
		if err := rows.Scan(append([]any{&h.ID, &h.Revision, &h.CreatedBy, &h.CreatedAt, &h.UpdatedBy, &h.UpdatedAt}, r.dest()...)...); err != nil {
			return nil, err
		}
		all := NewContent()
		r.into(all.Values)
		for _, f := range brief {
			if v := all.Values[f.ID]; v != "" {
				x.values[f.ID] = v
			}
		}
		s.rows = append(s.rows, x)
		for word := range strings.FieldsSeq(tokens(form, all)) {
			s.words[strings.Clone(word)]++
		}
	}
	return s, rows.Err()
}

// short are the fields whose values are short.
func short(form []*field.Field) []*field.Field {
	var list []*field.Field
	for _, f := range form {
		if narrow(f) || f.Type == field.SingleLineText || f.Kind().Storage() == field.List {
			list = append(list, f)
		}
	}
	return list
}
