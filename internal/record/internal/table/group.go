package table

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cockroachdb/apd/v3"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/query"
)

// Grouping says by what records are grouped and what is reckoned of each group. When Table is set, its rows take the place
// of the records: each counts, with the values of its record.
type Grouping struct {
	Keys   []GroupKey
	Values []Wanted
	Table  *field.Field
	Masks  []*query.Checked // records that none of these hides have rows
}

// Wanted is what is to be told of a field's values: what is not asked for is not reckoned.
type Wanted struct {
	Ref      query.Ref
	Sum      bool // of decimals
	Count    bool
	Extremes bool // of decimals, or what has an order as text
}

func (w Wanted) decimal() bool { return w.Ref.Field.Kind().Storage() == field.Decimal }

// GroupKey is a field by whose stored values records are grouped. Cut, if not 0, takes the first characters only.
type GroupKey struct {
	Ref query.Ref
	Cut int
}

// Group is what the records with the same keys add up to.
type Group struct {
	Keys   []field.Value // as stored, "" for empty ones
	Count  int64
	Values []Tally // one for each of the Grouping's
}

// Tally is what the values of a field add up to, as far as it was Wanted.
type Tally struct {
	Count    int64        // of those that are not empty
	Sum      *apd.Decimal // exact; nil when there are none
	Min, Max field.Value  // "" when there are none
}

// exactly adds without rounding.
var exactly = &apd.BaseContext

// Add adds what o counted of the same field.
func (t *Tally) Add(o Tally, of Wanted) {
	t.Count += o.Count
	if o.Sum != nil {
		if t.Sum == nil {
			t.Sum = new(apd.Decimal)
		}
		_, _ = exactly.Add(t.Sum, t.Sum, o.Sum) // it fails on infinities only
	}
	if o.Min == "" {
		return
	}
	order := strings.Compare
	if of.decimal() {
		order = func(a, b string) int { return field.CompareDecimals(field.Value(a), field.Value(b)) }
	}
	if t.Min == "" || order(string(o.Min), string(t.Min)) < 0 {
		t.Min = o.Min
	}
	if t.Max == "" || order(string(o.Max), string(t.Max)) > 0 {
		t.Max = o.Max
	}
}

// MaxStoredGroups bounds how many groups by stored values are held at a time.
const MaxStoredGroups = 200_000

// Groups returns what the records that q's condition finds, among those that lens lets through, add up to, in no order.
// Numbers are exact on both databases.
//
// Errors: TooLarge "report.tooManyGroups" for more than MaxStoredGroups.
func (t Table) Groups(ctx context.Context, tx *db.Tx, p *Planner, form []*field.Field, lens access.Lens, q *query.Checked, g Grouping) ([]Group, error) {
	whole := lens.Whole(q)
	q = lens.Where(q)
	t = p.informed(ctx, tx, t)
	path, proved := p.chooseGroups(ctx, tx, t, form, q, whole, g)
	tables := p.words(ctx, tx, t, form, q)
	ways := t.ways(g, proved)
	for i := p.firstWay(t, g, len(ways)); i < len(ways); i++ {
		w := ways[i]
		list, err := t.groups(ctx, tx, path, tables, q, g, w)
		if i < len(ways)-1 && (errors.Is(err, errInexact) || db.IntegerOverflow(err)) {
			p.wayFailed(t, g, i)
			continue
		}
		if err != nil {
			if _, ours := errs.As(err); !ours {
				err = fmt.Errorf("table: groups of %s: %w", t.name, err)
			}
			return nil, err
		}
		return list, nil
	}
	return nil, nil
}

func (t Table) groups(ctx context.Context, tx *db.Tx, path string, tables query.Tables, q *query.Checked, g Grouping, w way) ([]Group, error) {
	b := query.NewBuilder(t.dialect, tables)
	b.Write("SELECT ")
	if w.byRow {
		b.Write("1")
	} else {
		b.Write("count(*)")
	}
	keyCells := t.writeKeys(b, g)
	for _, v := range g.Values {
		w.of(v).write(b, v.Ref)
	}
	if g.Table != nil {
		path += " JOIN " + t.Sub(g.Table) + " s ON s.record_id = r.id"
	}
	t.from(b, path, q)
	for _, m := range g.Masks {
		b.Write(" AND ")
		m.Where(b)
	}
	if keyCells > 0 && !w.byRow {
		b.Write(" GROUP BY ")
		for i := range keyCells {
			if i > 0 {
				b.Write(", ")
			}
			b.Write(position(i + 2))
		}
	}
	rows, err := tx.Planned(ctx, b.SQL(), b.Args()...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	r := newGroupReader(t, g, w, keyCells)
	for rows.Next() {
		if err := rows.Scan(r.dest...); err != nil {
			return nil, err
		}
		if err := r.row(); err != nil {
			return nil, err
		}
	}
	return r.list, rows.Err()
}

func position(n int) string { return string(appendInt(nil, int64(n))) }

// writeKeys writes the keys' columns to the select list and returns how many they are.
func (t Table) writeKeys(b *query.Builder, g Grouping) (n int) {
	for _, k := range g.Keys {
		b.Write(", ")
		if k.Cut > 0 {
			b.Write("substr(").Cell(k.Ref).Write(", 1, " + position(k.Cut) + ")")
		} else {
			b.Cell(k.Ref)
		}
		n++
		if t.twofold(k.Ref.Field) {
			b.Write(", ").ExactCell(k.Ref)
			n++
		}
	}
	return n
}

// twofold reports a field whose value is spread over two columns.
func (t Table) twofold(f *field.Field) bool {
	return t.dialect.LossyDecimals() && f.Kind().Storage() == field.Decimal
}

// groupReader turns rows into groups. Where each row is a record it adds them up.
type groupReader struct {
	t     Table
	g     Grouping
	w     way
	count int64
	cells []any
	dest  []any
	list  []Group
	at    map[string]int
	key   []byte
}

func newGroupReader(t Table, g Grouping, w way, keyCells int) *groupReader {
	r := &groupReader{t: t, g: g, w: w, at: map[string]int{}}
	n := keyCells
	for _, v := range g.Values {
		n += w.of(v).cells
	}
	r.cells = make([]any, n)
	r.dest = []any{&r.count}
	for i := range r.cells {
		r.dest = append(r.dest, &r.cells[i])
	}
	return r
}

// row takes the row just scanned.
func (r *groupReader) row() error {
	cells := r.cells
	keys := make([]field.Value, len(r.g.Keys))
	for i, k := range r.g.Keys {
		keys[i] = cellValue(cells[0], k.Ref.Field)
		cells = cells[1:]
		if r.t.twofold(k.Ref.Field) {
			if exact := cellText(cells[0]); exact != "" {
				keys[i] = field.Value(exact)
			}
			cells = cells[1:]
		}
	}
	group := r.group(keys)
	group.Count += r.count
	for i, v := range r.g.Values {
		reckoner := r.w.of(v)
		tally, err := reckoner.read(cells[:reckoner.cells])
		if err != nil {
			return err
		}
		group.Values[i].Add(tally, v)
		cells = cells[reckoner.cells:]
	}
	if len(r.list) > MaxStoredGroups {
		return errs.E(errs.TooLarge, "report.tooManyGroups", errs.Args{"max": MaxStoredGroups})
	}
	return nil
}

// group is the group of keys, made if it is new.
func (r *groupReader) group(keys []field.Value) *Group {
	if r.w.byRow {
		r.key = r.key[:0]
		for _, k := range keys {
			r.key = append(append(r.key, k...), 0)
		}
		if i, ok := r.at[string(r.key)]; ok {
			return &r.list[i]
		}
		r.at[string(r.key)] = len(r.list)
	}
	r.list = append(r.list, Group{Keys: slices.Clone(keys), Values: make([]Tally, len(r.g.Values))})
	return &r.list[len(r.list)-1]
}
