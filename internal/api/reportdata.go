package api

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
)

type reportItem struct {
	Key    string   `json:"key"`
	Label  string   `json:"label"`
	Values []string `json:"values"`
	Query  string   `json:"query"`
}

type reportDimension struct {
	Code  string       `json:"code"`
	Label string       `json:"label"`
	Type  string       `json:"type"`
	Per   string       `json:"per,omitempty"`
	Items []reportItem `json:"items"`
}

type reportMeasure struct {
	Type         string `json:"type"`
	Code         string `json:"code,omitempty"`
	Label        string `json:"label,omitempty"`
	FieldType    string `json:"fieldType,omitempty"`
	Digit        bool   `json:"digit,omitempty"`
	DisplayScale string `json:"displayScale,omitempty"`
	Unit         string `json:"unit,omitempty"`
	UnitPosition string `json:"unitPosition,omitempty"`
}

type reportDataGroup struct {
	Items  []int    `json:"items"`
	Values []string `json:"values"`
	Query  string   `json:"query"`
}

type reportDataOut struct {
	Name       string            `json:"name"`
	ChartType  string            `json:"chartType"`
	ChartMode  string            `json:"chartMode"`
	Dimensions []reportDimension `json:"dimensions"`
	Measures   []reportMeasure   `json:"measures"`
	Groups     []reportDataGroup `json:"groups"`
	Total      []string          `json:"total"`
	GroupCount string            `json:"groupCount"`
	Complete   bool              `json:"complete"`
}

type getReportDataIn struct {
	App Int `json:"app"`
	ID  Int `json:"id"`
}

// getReportData answers GET /api/v1/report/data: what a saved report comes to for whoever asks.
func (a *API) getReportData(ctx context.Context, who access.Actor, in getReportDataIn) (reportDataOut, error) {
	var p errs.Fields
	n := in.App.app(&p, "app")
	report := id.Report(in.ID.need(&p, "id", 1))
	if err := p.Err(); err != nil {
		return reportDataOut{}, err
	}
	set, err := a.records.Open(ctx, who, n)
	if err != nil {
		return reportDataOut{}, err
	}
	r, err := set.Report(report)
	if err != nil {
		return reportDataOut{}, err
	}
	return aggregate(ctx, set, r)
}

type reportDataIn struct {
	App    Int            `json:"app"`
	Report *reportShapeIn `json:"report"`
}

// postReportData answers POST /api/v1/report/data: what a report of the moment comes to.
func (a *API) postReportData(ctx context.Context, who access.Actor, in reportDataIn) (reportDataOut, error) {
	var p errs.Fields
	n := in.App.app(&p, "app")
	if in.Report == nil {
		p.Add("report", "param.required")
		return reportDataOut{}, p.Err()
	}
	c := in.Report.change("report", &p)
	if err := p.Err(); err != nil {
		return reportDataOut{}, err
	}
	r := app.Report{ChartType: c.ChartType, ChartMode: c.ChartMode, Groups: c.Groups, Aggregations: c.Aggregations, Sorts: c.Sorts}
	if c.Filter != nil {
		r.Filter = *c.Filter
	}
	set, err := a.records.Open(ctx, who, n)
	if err != nil {
		return reportDataOut{}, err
	}
	return aggregate(ctx, set, r)
}

func aggregate(ctx context.Context, set *record.Set, r app.Report) (reportDataOut, error) {
	x, err := set.Aggregate(ctx, r)
	if err != nil {
		return reportDataOut{}, err
	}
	return showAggregated(r, x), nil
}

func showAggregated(r app.Report, x record.Aggregated) reportDataOut {
	out := reportDataOut{
		Name: r.Name, ChartType: r.ChartType, ChartMode: r.ChartMode, Dimensions: []reportDimension{}, Measures: []reportMeasure{},
		Groups: []reportDataGroup{}, Total: x.Total, GroupCount: revisionText(int64(x.Count)), Complete: len(x.Groups) == x.Count,
	}
	for _, d := range x.Dimensions {
		o := reportDimension{Code: d.Field.Code, Label: d.Field.Label, Type: string(d.Field.Type), Per: d.Per, Items: []reportItem{}}
		for _, i := range d.Items {
			o.Items = append(o.Items, reportItem{i.Key, i.Label, i.Values, i.Query})
		}
		out.Dimensions = append(out.Dimensions, o)
	}
	for _, m := range x.Measures {
		out.Measures = append(out.Measures, showMeasure(m.Type, m.Field))
	}
	for _, g := range x.Groups {
		o := reportDataGroup{g.Items, g.Values, g.Query}
		if o.Items == nil {
			o.Items = []int{}
		}
		out.Groups = append(out.Groups, o)
	}
	return out
}

func showMeasure(kind string, f *field.Field) reportMeasure {
	m := reportMeasure{Type: kind}
	if f == nil {
		return m
	}
	m.Code, m.Label, m.FieldType, m.Digit, m.DisplayScale, m.Unit = f.Code, f.Label, string(f.Type), f.Digit, f.Scale, f.Unit
	if m.UnitPosition = "BEFORE"; f.UnitAfter {
		m.UnitPosition = "AFTER"
	}
	if f.Unit == "" {
		m.UnitPosition = ""
	}
	return m
}
