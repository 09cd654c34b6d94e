package record

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// Aggregated is what a report comes to for one reader.
type Aggregated struct {
	Dimensions []Dimension // one for each of the report's groups
	Measures   []Measure   // one for each of its aggregations
	Groups     []Group     // in the report's order, at most as many as it shows
	Count      int         // of all groups
	Total      []string    // of all groups, shown or not, by measure
}

// Dimension is what records are grouped by, with every value that a group shown has, in the report's order.
type Dimension struct {
	Field *field.Field
	Per   string
	Items []Item
}

// Item is a value of a dimension, with what all its groups, shown or not, come to.
type Item struct {
	Key, Label string
	Values     []string
	Query      string // finds its records: a condition, "" when none can name it
}

// Measure is what was reckoned; Field is nil for COUNT.
type Measure struct {
	Type  string
	Field *field.Field
}

// Group is one combination of the dimensions' values.
type Group struct {
	Items  []int    // into the dimensions' items
	Values []string // by measure: plain decimals, dates; "" where there was nothing to reckon with
	Query  string   // finds its records: a condition, "" when none can name it
}

// How many groups a report shows.
// Source: kintone product limits of graphs.
const (
	ChartGroups = 500
	TableGroups = 10_000
)

// aggregateWithin is how long a report may take, waiting for its turn included.
const aggregateWithin = 20 * time.Second

// Aggregate reckons a report over the records of s. A record counts in the group of each member of its lists, and in none
// when one of the fields grouped by is empty; when the report uses columns of a table, the table's rows count instead of
// records. Dates are those of the actor's time zone. Numbers are exact; an average is rounded as the app's numbers are.
//
// Errors: Invalid when the report or its filter is wrong, or names a field that s does not show; Forbidden when s may not
// view; TooLarge when there are too many groups, or the database was not done in time; TooMany when the actor asks for too
// much at once.
// Source: kintone product behaviour, graphs.
func (s *Set) Aggregate(ctx context.Context, r app.Report) (Aggregated, error) {
	var p errs.Fields
	r.CheckShape(s.lens, "report", &p)
	if err := p.Err(); err != nil {
		return Aggregated{}, err
	}
	q, err := s.checkCondition(ctx, r.Filter)
	if err != nil {
		return Aggregated{}, err
	}
	f := s.newFold(r)
	ctx, cancel := context.WithTimeout(ctx, aggregateWithin)
	defer cancel()
	err = s.run(ctx, q, f)
	if errors.Is(err, context.DeadlineExceeded) {
		return Aggregated{}, errs.E(errs.TooLarge, "report.tooSlow").With(err)
	}
	if err != nil {
		return Aggregated{}, err
	}
	return f.answer(r.Filter)
}

// run reckons f when it is its turn.
func (s *Set) run(ctx context.Context, q *query.Checked, f *fold) error {
	leave, err := s.records.reports.enter(ctx, s.who.UserID())
	if err != nil {
		return err
	}
	defer leave()
	exact, err := s.reckon(ctx, q, f, false)
	if err == nil && !exact {
		_, err = s.reckon(ctx, q, f, true)
	}
	return err
}

// Report returns a live report of the app.
//
// Errors: Forbidden when s may not view; NotFound when there is none, or it uses a field that s does not show.
func (s *Set) Report(n id.Report) (app.Report, error) {
	if err := s.need(access.View); err != nil {
		return app.Report{}, err
	}
	r := s.live.Settings.Report(n)
	if r == nil || !r.VisibleTo(s.lens) {
		return app.Report{}, errs.E(errs.NotFound, "report.notFound", errs.Args{"id": id.String(n)})
	}
	return *r, nil
}

// checkCondition is check for a query that may be nothing but a condition.
func (s *Set) checkCondition(ctx context.Context, text string) (*query.Checked, error) {
	if q, err := query.Parse(text); err == nil && (len(q.Order) > 0 || q.HasLimit || q.HasOffset) {
		return nil, errs.E(errs.Invalid, "query.syntax")
	}
	return s.check(ctx, text)
}

// reckon has the database add up and folds what it says. Unless precise, date-times come cut to the hour, which tells the
// unit in most time zones; exact is false where it does not.
func (s *Set) reckon(ctx context.Context, q *query.Checked, f *fold, precise bool) (exact bool, err error) {
	g := f.grouping(precise)
	var groups []table.Group
	err = s.records.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		groups, err = s.table().Groups(ctx, tx, s.records.planner, s.form(), s.lens, q, g)
		return err
	})
	if err != nil {
		return false, err
	}
	return f.add(groups)
}

// fold turns groups by stored values into those that people see.
type fold struct {
	report    app.Report
	fiscal    int
	zone      *time.Location
	directory field.Directory
	precision field.Precision
	refs      []query.Ref // of the report's groups
	measures  []measure
	sub       *field.Field   // the table whose rows count
	values    []table.Wanted // what the database reckons with
	masks     []*query.Checked
	groups    map[string]*folded
}

// measure is an aggregation; at is its field's place among the values, -1 for COUNT.
type measure struct {
	kind string
	at   int
}

// folded is one group as people see it.
type folded struct {
	names  []field.GroupName
	count  int64
	values []table.Tally
}

func (s *Set) newFold(r app.Report) *fold {
	st := s.live.Settings
	f := &fold{report: r, fiscal: st.FiscalStart(), zone: s.who.Zone(), directory: s.directory, precision: st.Precision}
	ref := func(code string) query.Ref {
		ref, _ := s.lens.Lookup(code) // CheckShape has found it
		if ref.Table != nil {
			f.sub = ref.Table
			for _, m := range []*query.Checked{ref.Mask, maskOf(s.lens, ref.Table)} {
				if m != nil && !slices.Contains(f.masks, m) {
					f.masks = append(f.masks, m)
				}
			}
		}
		return ref
	}
	for _, g := range r.Groups {
		f.refs = append(f.refs, ref(g.Code))
	}
	for _, a := range r.Aggregations {
		m := measure{a.Type, -1}
		if a.Type != "COUNT" {
			v := ref(a.Code)
			if m.at = slices.IndexFunc(f.values, func(x table.Wanted) bool { return x.Ref.Field.ID == v.Field.ID }); m.at < 0 {
				m.at = len(f.values)
				f.values = append(f.values, table.Wanted{Ref: v})
			}
			w := &f.values[m.at]
			w.Sum = w.Sum || a.Type == "SUM" || a.Type == "AVERAGE"
			w.Count = w.Count || a.Type == "AVERAGE"
			w.Extremes = w.Extremes || a.Type == "MAX" || a.Type == "MIN"
		}
		f.measures = append(f.measures, m)
	}
	return f
}

// maskOf is the condition under which a table is seen, nil when it always is.
func maskOf(lens access.Lens, sub *field.Field) *query.Checked {
	ref, _ := lens.Lookup(sub.Code)
	return ref.Mask
}

func (f *fold) cut(i int) (cut, bool) {
	per := f.report.Groups[i].Per
	return cut{unit: per, typ: f.refs[i].Field.Type, zone: f.zone, fiscal: f.fiscal}, per != ""
}

func (f *fold) grouping(precise bool) table.Grouping {
	g := table.Grouping{Values: f.values, Table: f.sub, Masks: f.masks}
	for i, ref := range f.refs {
		k := table.GroupKey{Ref: ref}
		if c, ok := f.cut(i); ok {
			k.Cut = c.stored(precise)
		}
		g.Keys = append(g.Keys, k)
	}
	return g
}

// add folds groups. exact is false when they are too coarse.
func (f *fold) add(groups []table.Group) (exact bool, err error) {
	f.groups = map[string]*folded{}
	names := make([][]field.GroupName, len(f.refs))
	for _, g := range groups {
		for i, v := range g.Keys {
			if names[i], exact = f.names(i, v); !exact {
				return false, nil
			}
		}
		if err := f.spread(nil, names, g); err != nil {
			return false, err
		}
	}
	if len(f.refs) == 0 && len(f.groups) == 0 {
		f.groups[""] = &folded{values: make([]table.Tally, len(f.values))}
	}
	return true, nil
}

func (f *fold) names(i int, v field.Value) (list []field.GroupName, exact bool) {
	if v == "" {
		return nil, true
	}
	if c, ok := f.cut(i); ok {
		g, exact := c.group(v)
		return []field.GroupName{g}, exact
	}
	return f.refs[i].Field.GroupsOf(v, f.directory), true
}

// spread adds g to the group of every combination of names.
func (f *fold) spread(chosen []field.GroupName, names [][]field.GroupName, g table.Group) error {
	if len(names) > 0 {
		for _, n := range names[0] {
			if err := f.spread(append(chosen, n), names[1:], g); err != nil {
				return err
			}
		}
		return nil
	}
	key := joined(chosen)
	x := f.groups[key]
	if x == nil {
		if len(f.groups) >= table.MaxStoredGroups {
			return errs.E(errs.TooLarge, "report.tooManyGroups", errs.Args{"max": table.MaxStoredGroups})
		}
		x = &folded{names: slices.Clone(chosen), values: make([]table.Tally, len(f.values))}
		f.groups[key] = x
	}
	x.merge(g.Count, g.Values, f.values)
	return nil
}

func joined(names []field.GroupName) string {
	var b []byte
	for _, n := range names {
		b = append(append(b, n.Key...), 0)
	}
	return string(b)
}

func (x *folded) merge(count int64, values []table.Tally, wanted []table.Wanted) {
	x.count += count
	for i, v := range values {
		x.values[i].Add(v, wanted[i])
	}
}

// shown are the measures of what was added up, as people read them.
func (f *fold) shown(x *folded) []string {
	out := f.reckoned(x)
	for i, m := range f.measures {
		if m.at >= 0 {
			out[i] = f.values[m.at].Ref.Field.Amounted(field.Value(out[i]))
		}
	}
	return out
}

// reckoned are the measures of what was added up.
func (f *fold) reckoned(x *folded) []string {
	out := make([]string, len(f.measures))
	for i, m := range f.measures {
		if m.kind == "COUNT" {
			out[i] = id.String(id.Record(x.count))
			continue
		}
		t := x.values[m.at]
		switch {
		case m.kind == "MAX":
			out[i] = string(t.Max)
		case m.kind == "MIN":
			out[i] = string(t.Min)
		case t.Sum == nil:
		case m.kind == "SUM":
			out[i] = string(field.Plain(t.Sum))
		default:
			out[i] = string(f.precision.Quotient(field.Plain(t.Sum), t.Count))
		}
	}
	return out
}
