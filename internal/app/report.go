package app

import (
	"slices"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// Report is a saved graph: how records are grouped, what is reckoned of each group, and how it is drawn. Fields are named
// by code; renaming a field rewrites its reports, and deleting one removes them.
// Source: kintone REST API, "Update Graph Settings".
type Report struct {
	ID           id.Report     `json:"id"`
	Name         string        `json:"name"`
	Names        field.Names   `json:"names,omitempty"` // in other languages
	ChartType    string        `json:"chartType"`
	ChartMode    string        `json:"chartMode,omitempty"` // NORMAL, STACKED, PERCENTAGE where the type has modes
	Groups       []ReportGroup `json:"groups,omitempty"`    // major, medium, minor
	Aggregations []Aggregation `json:"aggregations"`
	Filter       string        `json:"filter,omitempty"` // a condition
	Sorts        []ReportSort  `json:"sorts,omitempty"`
	Periodic     *Periodic     `json:"periodic,omitempty"` // nil: never asked for
	By           id.User       `json:"by"`                 // who saved it last; periodic ones are reckoned as him
}

// ReportGroup is a field by whose values records are grouped; Per is the unit of time that dates and times are cut to.
type ReportGroup struct {
	Code string `json:"code"`
	Per  string `json:"per,omitempty"`
}

// Aggregation is what is reckoned of a group: COUNT, or SUM, AVERAGE, MAX or MIN of a field.
type Aggregation struct {
	Type string `json:"type"`
	Code string `json:"code,omitempty"`
}

// ReportSort is one key of the order of groups: TOTAL is the first aggregation, GROUP1 to GROUP3 are the groups' values.
type ReportSort struct {
	By   string `json:"by"`
	Desc bool   `json:"desc,omitempty"`
}

// What a report may have.
// Source: kintone REST API, "Update Graph Settings"; product limits.
const (
	MaxReports      = 1000
	MaxGroups       = 3
	MaxAggregations = 10
	MaxSorts        = 3
)

// chartTypes says which types there are, and whether they have modes.
var chartTypes = map[string]bool{
	"BAR": true, "COLUMN": true, "AREA": true, "SPLINE_AREA": true,
	"PIE": false, "LINE": false, "SPLINE": false, "PIVOT_TABLE": false, "TABLE": false,
}

// Tabular reports whether a chart type shows numbers as text: those may be dates too, and show more groups.
func Tabular(chartType string) bool { return chartType == "TABLE" || chartType == "PIVOT_TABLE" }

// Units are the units of time that values of a field can be cut to, longest first; nil for fields that are no dates or
// times.
func Units(f *field.Field) []string {
	switch f.Type {
	case field.Date:
		return []string{"YEAR", "QUARTER", "MONTH", "WEEK", "DAY"}
	case field.Time:
		return []string{"HOUR", "MINUTE"}
	case field.DateTime, field.CreatedTime, field.UpdatedTime:
		return []string{"YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE"}
	}
	return nil
}

// groupable reports whether records can be grouped by f.
func groupable(f *field.Field) bool {
	switch f.Kind().Storage() {
	case field.Decimal, field.Integer, field.List:
		return true
	case field.Text:
		return f.Kind().Ops()&field.OpEqual != 0 // not long texts
	}
	return false
}

// CheckShape reports what is wrong with r under path, but for its name and filter: its fields are looked up in s, so that
// those that its author may not see do not exist.
func (r *Report) CheckShape(s query.Schema, path string, p *errs.Fields) {
	modes, known := chartTypes[r.ChartType]
	switch {
	case !known:
		p.Add(path+".chartType", "param.enum")
	case modes && r.ChartMode == "":
		p.Add(path+".chartMode", "param.required")
	case modes && !slices.Contains([]string{"NORMAL", "STACKED", "PERCENTAGE"}, r.ChartMode):
		p.Add(path+".chartMode", "param.enum")
	case !modes:
		r.ChartMode = ""
	}
	r.checkSizes(path, p)
	tables := map[id.Field]bool{}
	look := func(code, path string) *field.Field {
		ref, ok := s.Lookup(code)
		switch {
		case code == "":
			p.Add(path, "param.required")
		case !ok:
			p.Add(path, "query.unknownField", errs.Args{"field": code})
		default:
			if ref.Table != nil {
				tables[ref.Table.ID] = true
			}
			return ref.Field
		}
		return nil
	}
	for i, g := range r.Groups {
		at := index(path+".groups", i)
		if f := look(g.Code, at+".code"); f != nil {
			checkGroup(f, g, at, p)
		}
	}
	for i, a := range r.Aggregations {
		r.checkAggregation(a, index(path+".aggregations", i), look, p)
	}
	if len(tables) > 1 {
		p.Add(path, "report.oneTable")
	}
	for i, o := range r.Sorts {
		if !slices.Contains([]string{"TOTAL", "GROUP1", "GROUP2", "GROUP3"}[:1+min(len(r.Groups), MaxGroups)], o.By) {
			p.Add(index(path+".sorts", i)+".by", "param.enum")
		}
	}
}

func (r *Report) checkSizes(path string, p *errs.Fields) {
	size := func(n, least, most int, name string) {
		if n < least || n > most {
			p.Add(path+"."+name, "param.size", errs.Args{"min": least, "max": most})
		}
	}
	least, most := 0, MaxAggregations
	if r.ChartType == "PIVOT_TABLE" {
		least, most = 1, 1
	}
	size(len(r.Groups), least, MaxGroups, "groups")
	size(len(r.Aggregations), 1, most, "aggregations")
	size(len(r.Sorts), 0, MaxSorts, "sorts")
}

func checkGroup(f *field.Field, g ReportGroup, path string, p *errs.Fields) {
	units := Units(f)
	switch {
	case !groupable(f):
		p.Add(path+".code", "report.notGroupable", errs.Args{"field": f.Code})
	case units == nil && g.Per != "":
		p.Add(path+".per", "param.enum")
	case units != nil && g.Per == "":
		p.Add(path+".per", "param.required")
	case units != nil && !slices.Contains(units, g.Per):
		p.Add(path+".per", "param.enum")
	}
}

func (r *Report) checkAggregation(a Aggregation, path string, look func(code, path string) *field.Field, p *errs.Fields) {
	switch a.Type {
	case "COUNT":
		return
	case "SUM", "AVERAGE", "MAX", "MIN":
	case "":
		p.Add(path+".type", "param.required")
		return
	default:
		p.Add(path+".type", "param.enum")
		return
	}
	f := look(a.Code, path+".code")
	if f == nil {
		return
	}
	extreme := a.Type == "MAX" || a.Type == "MIN"
	number := f.Kind().Storage() == field.Decimal
	switch length := f.Format == field.CalcHourMinute || f.Format == field.CalcDayHourMinute; {
	case number && f.Amount():
	case Tabular(r.ChartType) && (number && (length || extreme) || Units(f) != nil && extreme):
	default:
		p.Add(path+".code", "report.notAggregable", errs.Args{"field": f.Code, "function": a.Type})
	}
}

// fieldCodes are the codes that r names outside of its filter.
func (r *Report) fieldCodes() []*string {
	var list []*string
	for i := range r.Groups {
		list = append(list, &r.Groups[i].Code)
	}
	for i := range r.Aggregations {
		if r.Aggregations[i].Code != "" {
			list = append(list, &r.Aggregations[i].Code)
		}
	}
	return list
}

// FieldCodes are the codes that r names outside of its filter.
func (r *Report) FieldCodes() []string {
	var list []string
	for _, code := range r.fieldCodes() {
		list = append(list, *code)
	}
	return list
}

// VisibleTo reports whether a reader may know of r: he sees every field that it names.
func (r *Report) VisibleTo(lens query.Schema) bool {
	for _, code := range r.fieldCodes() {
		if _, ok := lens.Lookup(*code); !ok {
			return false
		}
	}
	q, err := query.Parse(r.Filter)
	return err == nil && !slices.ContainsFunc(q.FieldCodes(), func(code string) bool {
		_, ok := lens.Lookup(code)
		return !ok && code != query.ID
	})
}

// Report returns the report with an id, or nil.
func (s *Settings) Report(n id.Report) *Report {
	if i := slices.IndexFunc(s.Reports, func(r Report) bool { return r.ID == n }); i >= 0 {
		return &s.Reports[i]
	}
	return nil
}
