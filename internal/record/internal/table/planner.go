package table

import (
	"context"
	"slices"
	"sync"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// Planner chooses the way to the records of a query on SQLite, whose own choice between walking a sort index and
// filtering first is wrong by three orders of magnitude in common cases (docs/performance.md); PostgreSQL is left
// alone. It also notices which indexes queries would need, and has them made (see index.go) on both.
type Planner struct {
	dialect db.Dialect
	mu      sync.Mutex
	tables  map[string]*tablePlan
}

// tablePlan is what is known of one record table.
type tablePlan struct {
	app    id.App
	made   *made            // as it was last, or nil
	ways   map[id.Field]int // the first way to add up a decimal that served, where it was not the first of all
	asked  map[string]*Demand
	sample *sample
}

// made is what there is at a state of the schema (see Tx.Schema). It is never changed.
type made struct {
	schema  int64
	indexes []index
	long    []id.Field // decimals with an index of the records in which they have more than 15 digits
}

// What an access costs, in microseconds a row, measured on a million records.
const (
	costFetch = 2.5   // a row found through an index
	costKey   = 0.035 // an index entry of two fields that holds all that is filtered by
	costWide  = 0.007 // every further field of an entry
	costScan  = 0.45  // a row of a scan, with its filter
	costSort  = 0.3   // a match put in order

	costly = 20_000 // a query that people notice
)

// small is the size below which any way will do.
const small = 2000

// few is the share of the records that are few: worth an index of their own, for none that is walked finds them soon.
const few = 0.02

// informed returns t with what is known of its indexes, for conditions that are written so that they serve.
func (p *Planner) informed(ctx context.Context, tx *db.Tx, t Table) Table {
	if t.dialect.LongKeys() {
		return t
	}
	if _, made := p.plan(ctx, tx, t); made != nil {
		for _, ix := range made.indexes {
			t.heads = append(t.heads, ix.heads...)
		}
	}
	return t
}

// NewPlanner returns a Planner for a database that speaks d.
func NewPlanner(d db.Dialect) *Planner { return &Planner{dialect: d, tables: map[string]*tablePlan{}} }

// choose returns what pins the access path, to stand behind the table's name; "" leaves it to the database.
func (p *Planner) choose(ctx context.Context, tx *db.Tx, t Table, form []*field.Field, q *query.Checked, limit int) string {
	shape := q.Shape()
	if shape.Search {
		return t.dialect.ByID() // the word index gives ids: few, so nothing beats going there
	}
	if shape.Lead == nil && len(shape.Filters) == 0 {
		return ""
	}
	size, err := t.Size(ctx, tx)
	if err != nil || size < small {
		return ""
	}
	plan, made := p.plan(ctx, tx, t)
	if made == nil {
		return ""
	}
	s := p.sampleOf(ctx, tx, t, form, plan, size)
	least, most := s.share(q)
	best, cost := t.dialect.ByID(), float64(size)*(costScan+most*costSort)
	if shape.ByID {
		cost = walk(size, limit+q.Offset, least, costScan)
	}
	for _, ix := range made.indexes {
		if c, ok := ix.walking(shape, size, limit+q.Offset, least); ok && c < cost {
			best, cost = t.dialect.IndexedBy(ix.name), c
		}
		if c, ok := ix.finding(shape, size, s, q, true); ok && c+float64(size)*most*costSort < cost {
			best, cost = t.dialect.IndexedBy(ix.name), c
		}
	}
	p.ask(plan, shape, most < few, weigh(cost))
	return best // which is nothing for PostgreSQL
}

// weigh returns for how many queries one counts that costs so much, when indexes are chosen.
func weigh(cost float64) int { return 1 + min(int(cost/costly), groupWeight-1) }

// walk is the cost of going through rows in the order asked for until there are enough matches.
func walk(size int64, enough int, share, each float64) float64 {
	rows := float64(size)
	if share > 0 {
		rows = min(rows, float64(enough)/share)
	}
	return rows * each
}

// entry is what it takes to look at an entry of ix.
func (ix index) entry() float64 { return costKey + costWide*float64(max(0, len(ix.fields)-2)) }

// walking is what it takes to answer a query of that shape by walking ix; ok is false when it is not in its order.
func (ix index) walking(s query.Shape, size int64, enough int, share float64) (cost float64, ok bool) {
	if s.Lead == nil || ix.grouped || ix.fields[0] != s.Lead.ID {
		return 0, false
	}
	each := ix.entry()
	for _, f := range s.Filters {
		if !slices.Contains(ix.fields, f.Field.ID) {
			each = costFetch
		}
	}
	return walk(size, enough, share, each) + float64(enough)*costFetch, true
}

// finding is what it takes to look up in ix what passes q's filters, and with read to read those records; ok is false when
// its first field is not one of those.
func (ix index) finding(s query.Shape, size int64, sample *sample, q *query.Checked, read bool) (cost float64, ok bool) {
	var led, held []*field.Field // what ix is entered by, and all it can tell of q
	open := true
	for i, n := range ix.fields {
		at := slices.IndexFunc(s.Filters, func(f query.Filter) bool { return f.Field.ID == n })
		if open = open && at >= 0; open {
			led = append(led, s.Filters[at].Field)
			open = s.Filters[at].Use != query.Range && (ix.grouped || i > 0)
		}
		if at >= 0 {
			held = append(held, s.Filters[at].Field)
		}
	}
	if len(led) == 0 {
		return 0, false
	}
	_, entered := sample.share(q.Only(led...))
	cost = float64(size) * entered * ix.entry()
	if read {
		_, passed := sample.share(q.Only(held...))
		cost += float64(size) * passed * costFetch
	}
	return cost, true
}

// plan returns what is known of t, and which indexes tx sees there: those are read when the schema is another than before.
// Both are nil when that goes wrong; the query itself will say what it is.
func (p *Planner) plan(ctx context.Context, tx *db.Tx, t Table) (*tablePlan, *made) {
	schema, err := tx.Schema(ctx)
	if err != nil {
		return nil, nil
	}
	p.mu.Lock()
	plan := p.tables[t.name]
	if plan == nil {
		plan = &tablePlan{app: t.app, asked: map[string]*Demand{}, ways: map[id.Field]int{}}
		p.tables[t.name] = plan
	}
	known := plan.made
	p.mu.Unlock()
	if known != nil && known.schema == schema {
		return plan, known
	}
	if known, err = t.made(ctx, tx); err != nil {
		return nil, nil
	}
	p.learn(t, known)
	return plan, known
}

// learn notes what there is.
func (p *Planner) learn(t Table, known *made) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if plan := p.tables[t.name]; plan != nil {
		plan.made = known
	}
}

// Apps are the apps that were queried so far.
func (p *Planner) Apps() []id.App {
	p.mu.Lock()
	defer p.mu.Unlock()
	list := make([]id.App, 0, len(p.tables))
	for _, plan := range p.tables {
		list = append(list, plan.app)
	}
	return list
}
