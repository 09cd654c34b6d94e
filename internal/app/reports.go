package app

import (
	"cmp"
	"reflect"
	"slices"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

// ReportChange is a report as it is to be. What is nil or "" stays as it was; a new report needs all but filter and
// period.
type ReportChange struct {
	Index        int64
	Name         string
	ChartType    string
	ChartMode    string
	Groups       []ReportGroup
	Aggregations []Aggregation
	Filter       *string
	Sorts        []ReportSort
	Active       *bool
	Period       *Period
}

// SetReports replaces the reports: one whose key is the name of a present report changes that one; reports that are not
// listed are deleted. It returns them by key.
//
// Errors: Invalid "app.reportKey" when the key of a new report is not its name.
// Source: kintone REST API, "Update Graph Settings".
func (s *Settings) SetReports(in map[string]ReportChange, p *errs.Fields) (map[string]Report, error) {
	if len(in) > MaxReports {
		p.Add("reports", "param.size", errs.Args{"min": 0, "max": MaxReports})
		return nil, nil
	}
	list, byKey, err := collection[ReportChange, Report]{
		path: "reports", twice: "app.reportTwice", distinct: true,
		place:  func(c ReportChange) int64 { return c.Index },
		name:   func(r Report) string { return r.Name },
		change: func(key, path string, c ReportChange) (Report, error) { return s.changedReport(key, path, c, p) },
	}.arrange(in, p)
	if err == nil {
		s.Reports = list
	}
	return byKey, err
}

// changedReport is the report with a name after a change, or a new one.
func (s *Settings) changedReport(key, path string, c ReportChange, p *errs.Fields) (Report, error) {
	var r, was Report
	i := slices.IndexFunc(s.Reports, func(r Report) bool { return r.Name == key })
	switch {
	case i >= 0:
		was = s.Reports[i]
		r = was
	case c.Name != "" && c.Name != key:
		return r, errs.E(errs.Invalid, "app.reportKey", errs.Args{"key": key, "name": c.Name})
	default:
		r.Name = key
		needed(c.Groups != nil, path+".groups", p)
		needed(c.Aggregations != nil, path+".aggregations", p)
		needed(c.Sorts != nil, path+".sorts", p)
	}
	r.Name = cmp.Or(c.Name, r.Name)
	r.ChartType, r.ChartMode = c.ChartType, c.ChartMode
	if c.Groups != nil {
		r.Groups = c.Groups
	}
	if c.Aggregations != nil {
		r.Aggregations = c.Aggregations
	}
	if c.Sorts != nil {
		r.Sorts = c.Sorts
	}
	if c.Filter != nil {
		r.Filter = *c.Filter
	}
	r.Periodic = r.Periodic.changed(c, path+".periodicReport", p)
	if n := len([]rune(r.Name)); n < 1 || n > 64 {
		p.Add(path+".name", "param.nameLength")
	}
	if i >= 0 || c.Groups != nil && c.Aggregations != nil {
		r.CheckShape(s, path, p)
	}
	s.checkFilter(r.Filter, path+".filterCond", p)
	if !reflect.DeepEqual(r, was) {
		r.By = s.env.Me
	}
	if r.ID == 0 {
		s.NextReport++
		r.ID = s.NextReport
	}
	return r, nil
}

func needed(given bool, path string, p *errs.Fields) {
	if !given {
		p.Add(path, "param.required")
	}
}

// forgetReports removes the reports that name deleted fields: without one of its groups or sums a report would say
// something else than its name.
func (s *Settings) forgetReports(gone map[string]bool) {
	s.Reports = slices.DeleteFunc(s.Reports, func(r Report) bool {
		return uses(r.Filter, gone) || slices.ContainsFunc(r.fieldCodes(), func(code *string) bool { return gone[*code] })
	})
}

// ReportID returns the id of the report with a name, 0 when there is none.
func (s *Settings) ReportID(name string) id.Report {
	for _, r := range s.Reports {
		if r.Name == name {
			return r.ID
		}
	}
	return 0
}
