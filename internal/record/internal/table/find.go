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
	e.planned = true
	q = lens.Where(q)
	t = p.informed(ctx, tx, t)
	path := p.choose(ctx, tx, t, form, q, limit)
	b := query.NewBuilder(t.dialect, p.words(ctx, tx, t, form, q))
	e.selects(b)
	if q.Offset < farOff {
		t.page(b, path, q, limit)
	} else { // what is passed over is not read: an index may know enough of it
		b.Write(" FROM (SELECT r.id")
		t.page(b, path, q, limit)
		b.Write(") p CROSS JOIN " + t.name + " r WHERE r.id = p.id ORDER BY ")
		q.OrderBy(b)
	}
	list, err := e.all(ctx, tx, b.SQL(), b.Args())
	if err != nil {
		return nil, fmt.Errorf("table: list %s: %w", t.name, err)
	}
	return list, nil
}

// farOff is from how many records on that a page passes over it first finds ids, and then the records.
const farOff = 100

// page writes FROM, WHERE, ORDER BY and which part of it. q has been through a Lens.
func (t Table) page(b *query.Builder, path string, q *query.Checked, limit int) {
	t.from(b, path, q)
	b.Write(" ORDER BY ")
	q.OrderBy(b)
	b.Write(" LIMIT ").Arg(limit)
	if q.Offset > 0 {
		b.Write(" OFFSET ").Arg(q.Offset)
	}
}

// from writes FROM and WHERE. q has been through a Lens.
func (t Table) from(b *query.Builder, path string, q *query.Checked) {
	b.Write(" FROM " + t.name + " r" + path + " WHERE ")
	q.Where(b)
}

// among writes FROM and WHERE: those of ids that lens lets through.
func (t Table) among(b *query.Builder, lens access.Lens, ids []id.Record) {
	b.Write(" FROM " + t.name + " r WHERE r.id IN (")
	for i, n := range ids {
		if i > 0 {
			b.Write(", ")
		}
		b.Arg(int64(n))
	}
	b.Write(") AND ")
	lens.Where(nil).Where(b)
}

// One returns a record, if it is there and the lens of show lets it through.
func (t Table) One(ctx context.Context, tx *db.Tx, record id.Record, show Show) (Found, bool, error) {
	e := newEncoder(t, show)
	e.single, e.arena = true, make([]byte, 0, show.View.size.Load())
	one := show.View.one()
	list, err := e.all(ctx, tx, one.sql, one.args(record))
	if err != nil || len(list) == 0 {
		return Found{}, false, err
	}
	show.View.size.Store(int64(len(list[0].JSON)) + slack)
	return list[0], true, nil
}

// slack is by how many bytes the next record may be longer than the last before memory is taken a second time.
const slack = 256

// oneRecord is the statement that finds a record by its id.
type oneRecord struct {
	sql string
	all []any // the arguments, with 0 as the id
	id  int   // its place among them
}

func (o oneRecord) args(record id.Record) []any {
	args := slices.Clone(o.all)
	args[o.id] = int64(record)
	return args
}

func (t Table) oneRecord(lens access.Lens, v *View) oneRecord {
	b := query.NewBuilder(t.dialect, t)
	v.selects(b)
	place := len(b.Args())
	t.among(b, lens, []id.Record{0})
	return oneRecord{b.SQL(), b.Args(), place}
}

// Count returns how many records q finds among those that lens lets through. It stops at most, if that is not 0.
func (t Table) Count(ctx context.Context, tx *db.Tx, p *Planner, form []*field.Field, lens access.Lens, q *query.Checked, most int) (n int, err error) {
	whole := lens.Whole(q)
	q = lens.Where(q)
	path, _ := p.chooseGroups(ctx, tx, t, form, q, whole, Grouping{})
	parts := p.bounds(ctx, tx, t, form, q)
	if parts == nil {
		t, parts = p.informed(ctx, tx, t), []string{""}
	}
	b := query.NewBuilder(t.dialect, p.words(ctx, tx, t, form, q))
	b.Write("SELECT ")
	for i, part := range parts {
		if i > 0 {
			b.Write(" + ")
		}
		b.Write("(SELECT count(*)")
		if most > 0 {
			b.Write(" FROM (SELECT 1")
		}
		t.from(b, path, q)
		if part != "" {
			b.Write(" AND " + part)
		}
		if most > 0 {
			b.Write(" LIMIT ").Arg(most).Write(") x")
		}
		b.Write(")")
	}
	if err := tx.PlannedRow(ctx, b.SQL(), b.Args()...).Scan(&n); err != nil {
		return 0, fmt.Errorf("table: count %s: %w", t.name, err)
	}
	if most > 0 {
		n = min(n, most)
	}
	return n, nil
}

// IDs returns the ids of all records that q finds among those that lens lets through, in q's order, at most most.
func (t Table) IDs(ctx context.Context, tx *db.Tx, lens access.Lens, q *query.Checked, most int) ([]id.Record, error) {
	b := query.NewBuilder(t.dialect, t)
	b.Write("SELECT r.id")
	t.from(b, "", lens.Where(q))
	b.Write(" ORDER BY ")
	q.OrderBy(b)
	b.Write(" LIMIT ").Arg(most)
	return t.ids(ctx, tx, b.SQL(), b.Args()...)
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
	e.selects(b)
	t.among(b, lens, ids)
	list, err := e.all(ctx, tx, b.SQL(), b.Args())
	if err != nil {
		return nil, fmt.Errorf("table: by ids of %s: %w", t.name, err)
	}
	at := make(map[id.Record]int, len(ids))
	for i, n := range ids {
		at[n] = i
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
