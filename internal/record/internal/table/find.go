package table

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// List returns the records that q finds among those that lens lets through, as show shows them: from q.Offset on,
// at most limit.
func (t Table) List(ctx context.Context, tx *db.Tx, p *Planner, form []*field.Field, lens access.Lens, q *query.Checked, limit int, show Show) ([]Found, error) {
	e := newEncoder(t, show)
	path := p.choose(ctx, tx, t, form, q, limit)
	b := query.NewBuilder(t.dialect, p.words(ctx, tx, t, form, q))
	b.Write(e.selects())
	t.from(b, path, lens, q)
	b.Write(" ORDER BY ")
	q.OrderBy(b)
	b.Write(" LIMIT ").Arg(limit)
	if q.Offset > 0 {
		b.Write(" OFFSET ").Arg(q.Offset)
	}
	list, err := e.all(ctx, tx, b.SQL(), b.Args())
	if err != nil {
		return nil, fmt.Errorf("table: list %s: %w", t.name, err)
	}
	return list, nil
}

// from writes FROM and WHERE: the query's condition and always the Lens's.
func (t Table) from(b *query.Builder, path string, lens access.Lens, q *query.Checked) {
	b.Write(" FROM " + t.name + " r" + path + " WHERE ")
	if lens.Can(access.View) {
		q.Where(b)
	} else {
		b.Write("FALSE")
	}
	visible(b, lens)
}

// visible writes the Lens's row condition.
func visible(b *query.Builder, lens access.Lens) {
	for _, rules := range lens.Rows() {
		if !slices.ContainsFunc(rules, func(r access.RowRule) bool { return !r.Verbs.Has(access.View) }) {
			continue // they close no row to readers
		}
		b.Write(" AND CASE")
		for _, r := range rules {
			b.Write(" WHEN ")
			if r.When == nil {
				b.Write("TRUE")
			} else {
				r.When.Where(b)
			}
			if r.Verbs.Has(access.View) {
				b.Write(" THEN 1")
			} else {
				b.Write(" THEN 0")
			}
		}
		b.Write(" ELSE 1 END = 1")
	}
}

// One returns a record, if it is there and lens lets it through.
func (t Table) One(ctx context.Context, tx *db.Tx, lens access.Lens, record id.Record, show Show) (Found, bool, error) {
	e := newEncoder(t, show)
	b := query.NewBuilder(t.dialect, t)
	b.Write(e.selects() + " FROM " + t.name + " r WHERE r.id = ").Arg(int64(record))
	if !lens.Can(access.View) {
		b.Write(" AND FALSE")
	}
	visible(b, lens)
	list, err := e.all(ctx, tx, b.SQL(), b.Args())
	if err != nil || len(list) == 0 {
		return Found{}, false, err
	}
	return list[0], true, nil
}

// Count returns how many records q finds among those that lens lets through. It stops at most, if that is not 0.
func (t Table) Count(ctx context.Context, tx *db.Tx, p *Planner, form []*field.Field, lens access.Lens, q *query.Checked, most int) (n int, err error) {
	path, _ := p.chooseGroups(ctx, tx, t, form, lens, q, Grouping{})
	b := query.NewBuilder(t.dialect, p.words(ctx, tx, t, form, q))
	if most > 0 {
		b.Write("SELECT count(*) FROM (SELECT 1")
	} else {
		b.Write("SELECT count(*)")
	}
	t.from(b, path, lens, q)
	if most > 0 {
		b.Write(" LIMIT ").Arg(most).Write(") x")
	}
	if err := tx.QueryRow(ctx, b.SQL(), b.Args()...).Scan(&n); err != nil {
		return 0, fmt.Errorf("table: count %s: %w", t.name, err)
	}
	return n, nil
}

// IDs returns the ids of all records that q finds among those that lens lets through, in q's order, at most most.
func (t Table) IDs(ctx context.Context, tx *db.Tx, lens access.Lens, q *query.Checked, most int) ([]id.Record, error) {
	b := query.NewBuilder(t.dialect, t)
	b.Write("SELECT r.id")
	t.from(b, "", lens, q)
	b.Write(" ORDER BY ")
	q.OrderBy(b)
	b.Write(" LIMIT ").Arg(most)
	rows, err := tx.Query(ctx, b.SQL(), b.Args()...)
	if err != nil {
		return nil, fmt.Errorf("table: ids of %s: %w", t.name, err)
	}
	defer rows.Close()
	var list []id.Record
	for rows.Next() {
		var n id.Record
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, rows.Err()
}

// Find returns the record whose unique field f has v; 0 is none. No Lens applies.
func (t Table) Find(ctx context.Context, tx *db.Tx, f *field.Field, v field.Value) (record id.Record, err error) {
	cols, args := t.bind(nil, nil, f, v)
	sql := "SELECT id FROM " + t.name + " WHERE " + cols[0] + " = ?"
	if len(cols) > 1 && f.Kind().Storage() == field.Decimal {
		sql += " AND " + cols[1] + " IS NOT DISTINCT FROM ?"
	} else {
		args = args[:1]
	}
	err = tx.QueryRow(ctx, sql, args...).Scan(&record)
	if errors.Is(err, db.ErrNoRows) {
		return 0, nil
	}
	return record, err
}

// Size returns how many records there are, about: exactly for small tables. It is quick.
func (t Table) Size(ctx context.Context, tx *db.Tx) (n int64, err error) {
	err = tx.QueryRow(ctx, "SELECT coalesce(max(id), 0) FROM "+t.name).Scan(&n)
	return n, err
}

// ByIDs returns the records with the ids given that lens lets through, in that order.
func (t Table) ByIDs(ctx context.Context, tx *db.Tx, lens access.Lens, ids []id.Record, show Show) ([]Found, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	e := newEncoder(t, show)
	b := query.NewBuilder(t.dialect, t)
	b.Write(e.selects() + " FROM " + t.name + " r WHERE r.id IN (")
	at := make(map[id.Record]int, len(ids))
	for i, n := range ids {
		if i > 0 {
			b.Write(", ")
		}
		b.Arg(int64(n))
		at[n] = i
	}
	b.Write(")")
	if !lens.Can(access.View) {
		b.Write(" AND FALSE")
	}
	visible(b, lens)
	list, err := e.all(ctx, tx, b.SQL(), b.Args())
	if err != nil {
		return nil, fmt.Errorf("table: by ids of %s: %w", t.name, err)
	}
	slices.SortFunc(list, func(x, y Found) int { return at[x.ID] - at[y.ID] })
	return list, nil
}

// Activity returns how many records there are, and when the last change was. It reads the whole table.
func (t Table) Activity(ctx context.Context, tx *db.Tx) (n int64, updated time.Time, err error) {
	var last string
	err = tx.QueryRow(ctx, "SELECT count(*), coalesce(max(updated_at), '') FROM "+t.name).Scan(&n, &last)
	if err == nil && last != "" {
		updated, err = time.Parse(time.RFC3339, last)
	}
	return n, updated, err
}
