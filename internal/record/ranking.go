package record

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/query"
	"github.com/engawa/engawa/internal/record/internal/table"
)

// ranked is a group with what it is ordered by: at each level, the total of all groups that share its names so far.
type ranked struct {
	*folded
	values []string
	totals []string
}

// answer puts the groups in order and names them.
func (f *fold) answer(filter string) (Aggregated, error) {
	out := Aggregated{Count: len(f.groups)}
	all := &folded{values: make([]table.Tally, len(f.values))}
	prefixes, items := map[string]*folded{}, make([]map[string]*folded, len(f.refs))
	for i := range items {
		items[i] = map[string]*folded{}
	}
	into := func(m map[string]*folded, key string, x *folded) {
		if m[key] == nil {
			m[key] = &folded{values: make([]table.Tally, len(f.values))}
		}
		m[key].merge(x.count, x.values, f.values)
	}
	for _, x := range f.groups {
		all.merge(x.count, x.values, f.values)
		for i, n := range x.names {
			into(prefixes, joined(x.names[:i+1]), x)
			into(items[i], n.Key, x)
		}
	}
	list := make([]ranked, 0, len(f.groups))
	for _, x := range f.groups {
		r := ranked{folded: x, values: f.shown(x)}
		for i := range x.names {
			r.totals = append(r.totals, f.reckoned(prefixes[joined(x.names[:i+1])])[0])
		}
		list = append(list, r)
	}
	slices.SortFunc(list, f.compare)
	list = list[:min(len(list), f.limit())]

	out.Total = f.shown(all)
	for _, a := range f.report.Aggregations {
		m := Measure{Type: a.Type}
		if i := len(out.Measures); f.measures[i].at >= 0 {
			m.Field = f.values[f.measures[i].at].Ref.Field
		}
		out.Measures = append(out.Measures, m)
	}
	conds := newDrill(f, filter)
	at := make([]map[string]int, len(f.refs))
	for i, ref := range f.refs {
		at[i] = map[string]int{}
		d := Dimension{Field: ref.Field, Per: f.report.Groups[i].Per}
		for _, n := range f.ordered(i, list, items[i]) {
			at[i][n.Key] = len(d.Items)
			d.Items = append(d.Items, Item{Key: n.Key, Label: n.Label, Values: f.shown(items[i][n.Key]), Query: conds.of(map[int]string{i: n.Key})})
		}
		out.Dimensions = append(out.Dimensions, d)
	}
	for _, r := range list {
		g := Group{Values: r.values}
		keys := map[int]string{}
		for i, n := range r.names {
			g.Items = append(g.Items, at[i][n.Key])
			keys[i] = n.Key
		}
		g.Query = conds.of(keys)
		out.Groups = append(out.Groups, g)
	}
	return out, nil
}

func (f *fold) limit() int {
	if app.Tabular(f.report.ChartType) {
		return TableGroups
	}
	return ChartGroups
}

// compare orders groups level by level, so that those of one major item stand together: at each level by the sorts that
// speak of it, then by name.
func (f *fold) compare(a, b ranked) int {
	for i, ref := range f.refs {
		x, y := a.names[i], b.names[i]
		if x == y {
			continue
		}
		for _, s := range f.report.Sorts {
			n := 0
			switch s.By {
			case "TOTAL":
				n = f.compareTotals(a.totals[i], b.totals[i])
			case "GROUP" + strconv.Itoa(i+1):
				n = f.byName(ref.Field, i, x, y)
			}
			if n != 0 {
				return directed(n, s.Desc)
			}
		}
		return f.byName(ref.Field, i, x, y)
	}
	return 0
}

func (f *fold) compareTotals(a, b string) int {
	if m := f.measures[0]; m.at >= 0 && f.values[m.at].Ref.Field.Kind().Storage() != field.Decimal {
		return cmp.Compare(a, b)
	}
	return field.CompareDecimals(field.Value(a), field.Value(b))
}

func (f *fold) byName(of *field.Field, i int, a, b field.GroupName) int {
	if _, dates := f.cut(i); dates {
		return cmp.Compare(a.Key, b.Key)
	}
	return of.CompareGroups(a, b)
}

func directed(n int, desc bool) int {
	if desc {
		return -n
	}
	return n
}

// ordered are the values of a dimension that the groups of list have: by the sorts that speak of it, then by name.
func (f *fold) ordered(i int, list []ranked, totals map[string]*folded) []field.GroupName {
	seen := map[field.GroupName]string{}
	var names []field.GroupName
	for _, r := range list {
		n := r.names[i]
		if _, ok := seen[n]; !ok {
			seen[n] = f.reckoned(totals[n.Key])[0]
			names = append(names, n)
		}
	}
	slices.SortFunc(names, func(a, b field.GroupName) int {
		for _, s := range f.report.Sorts {
			n := 0
			switch s.By {
			case "TOTAL":
				n = f.compareTotals(seen[a], seen[b])
			case "GROUP" + strconv.Itoa(i+1):
				n = f.byName(f.refs[i].Field, i, a, b)
			}
			if n != 0 {
				return directed(n, s.Desc)
			}
		}
		return f.byName(f.refs[i].Field, i, a, b)
	})
	return names
}

// drill writes the conditions that find the records of groups.
type drill struct {
	*fold
	filter query.Cond
}

func newDrill(f *fold, filter string) drill {
	q, _ := query.Parse(filter) // it was checked
	return drill{f, q.Where}
}

// of is the condition for records that the filter finds and that have the keys given, by dimension.
func (d drill) of(keys map[int]string) string {
	var all query.And
	add := func(c query.Cond) {
		if and, ok := c.(query.And); ok {
			all = append(all, and...)
		} else {
			all = append(all, c)
		}
	}
	if d.filter != nil {
		add(d.filter)
	}
	for i := range d.refs {
		key, ok := keys[i]
		if !ok {
			continue
		}
		if key == "" {
			return "" // somebody who was deleted
		}
		for _, p := range d.predicates(i, key) {
			add(p)
		}
	}
	switch len(all) {
	case 0:
		return ""
	case 1:
		return (&query.Query{Where: all[0]}).String()
	}
	return (&query.Query{Where: all}).String()
}

func (d drill) predicates(i int, key string) []*query.Predicate {
	one := func(op query.Op, text string) *query.Predicate {
		return &query.Predicate{Field: query.Name{Code: d.refs[i].Field.Code}, Op: op, Values: []query.Value{{Kind: query.String, Text: text}}}
	}
	c, dates := d.cut(i)
	if !dates {
		return []*query.Predicate{one(query.In, key)}
	}
	from, to := c.bounds(key)
	list := []*query.Predicate{one(query.GreaterOrEqual, from)}
	if to != "" {
		list = append(list, one(query.Less, to))
	}
	return list
}
