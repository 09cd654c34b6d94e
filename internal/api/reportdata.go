package api

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/report"
)

type getReportDataIn struct {
	App Int `json:"app"`
	ID  Int `json:"id"`
}

// getReportData answers GET /api/v1/report/data: what a saved report comes to for whoever asks.
func (a *API) getReportData(ctx context.Context, who access.Actor, in getReportDataIn) (report.Data, error) {
	var p errs.Fields
	n := in.App.app(&p, "app")
	of := id.Report(in.ID.need(&p, "id", 1))
	if err := p.Err(); err != nil {
		return report.Data{}, err
	}
	set, err := a.records.Open(ctx, who, n)
	if err != nil {
		return report.Data{}, err
	}
	r, err := set.Report(of)
	if err != nil {
		return report.Data{}, err
	}
	return aggregate(ctx, set, r)
}

type reportDataIn struct {
	App    Int            `json:"app"`
	Report *reportShapeIn `json:"report"`
}

// postReportData answers POST /api/v1/report/data: what a report of the moment comes to.
func (a *API) postReportData(ctx context.Context, who access.Actor, in reportDataIn) (report.Data, error) {
	var p errs.Fields
	n := in.App.app(&p, "app")
	if in.Report == nil {
		p.Add("report", "param.required")
		return report.Data{}, p.Err()
	}
	c := in.Report.change("report", &p)
	if err := p.Err(); err != nil {
		return report.Data{}, err
	}
	r := app.Report{ChartType: c.ChartType, ChartMode: c.ChartMode, Groups: c.Groups, Aggregations: c.Aggregations, Sorts: c.Sorts}
	if c.Filter != nil {
		r.Filter = *c.Filter
	}
	set, err := a.records.Open(ctx, who, n)
	if err != nil {
		return report.Data{}, err
	}
	return aggregate(ctx, set, r)
}

func aggregate(ctx context.Context, set *record.Set, r app.Report) (report.Data, error) {
	x, err := set.Aggregate(ctx, r)
	if err != nil {
		return report.Data{}, err
	}
	return report.Show(r, x), nil
}
