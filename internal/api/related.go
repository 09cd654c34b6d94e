package api

import (
	"context"
	"encoding/json"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
	"github.com/engawa/engawa/internal/record"
)

// linkRoutes are what ties apps together, and the fields that were deleted.
func (a *API) linkRoutes() []Route {
	return []Route{
		route("GET", "/api/v1/record/related", a.getRelated),
		route("GET", "/api/v1/lookup/candidates", a.getCandidates),
		route("GET", "/api/v1/app/fields/trash", a.getFieldTrash),
		route("POST", "/api/v1/app/fields/restore", a.restoreField),
		route("POST", "/api/v1/lookup/refresh", a.refreshLookups),
		route("GET", "/api/v1/lookup/refresh", a.getRefreshing),
	}
}

// shownFieldOut is a field as lists of another app's records head their columns with it.
type shownFieldOut struct {
	Code  string     `json:"code"`
	Label string     `json:"label"`
	Type  field.Type `json:"type"`
}

func shownFields(fields []*field.Field) []shownFieldOut {
	out := []shownFieldOut{}
	for _, f := range fields {
		out = append(out, shownFieldOut{f.Code, f.Label, f.Type})
	}
	return out
}

func rawRecords(list []record.Found) []json.RawMessage {
	out := make([]json.RawMessage, len(list))
	for i, r := range list {
		out[i] = r.JSON
	}
	return out
}

type relatedIn struct {
	App    Int  `json:"app"`
	ID     Int  `json:"id"`
	Field  Text `json:"field"`
	Offset Int  `json:"offset"`
}

type relatedTotalOut struct {
	Field    string `json:"field"`
	Function string `json:"function"`
	Value    string `json:"value"`
}

type relatedOut struct {
	App        string            `json:"app"`
	Fields     []shownFieldOut   `json:"fields"`
	Records    []json.RawMessage `json:"records"`
	TotalCount string            `json:"totalCount"`
	Totals     []relatedTotalOut `json:"totals"`
}

// getRelated answers GET /api/v1/record/related.
func (a *API) getRelated(ctx context.Context, who access.Actor, in relatedIn) (relatedOut, error) {
	var p errs.Fields
	app, n := in.App.app(&p, "app"), in.ID.record(&p, "id")
	if in.Field == "" {
		p.Add("field", "param.required")
	}
	offset := in.Offset.within(&p, "offset", 0, 0, query.MaxOffset)
	set, err := a.open(ctx, who, app, &p)
	if err != nil {
		return relatedOut{}, err
	}
	page, err := set.Related(ctx, n, string(in.Field), int(offset))
	if err != nil {
		return relatedOut{}, err
	}
	out := relatedOut{
		App: id.String(page.App), Fields: shownFields(page.Fields), Records: rawRecords(page.Records),
		TotalCount: id.String(id.Record(page.Total)), Totals: []relatedTotalOut{},
	}
	for _, t := range page.Totals {
		out.Totals = append(out.Totals, relatedTotalOut{t.Field.Code, t.Func, t.Value})
	}
	return out, nil
}

type candidatesIn struct {
	App    Int  `json:"app"`
	Field  Text `json:"field"`
	Query  Text `json:"query"`
	Limit  Int  `json:"limit"`
	Offset Int  `json:"offset"`
}

type candidatesOut struct {
	App     string            `json:"app"`
	Key     string            `json:"key"`
	Fields  []shownFieldOut   `json:"fields"`
	Records []json.RawMessage `json:"records"`
	More    bool              `json:"more"`
}

// getCandidates answers GET /api/v1/lookup/candidates.
func (a *API) getCandidates(ctx context.Context, who access.Actor, in candidatesIn) (candidatesOut, error) {
	var p errs.Fields
	app := in.App.app(&p, "app")
	if in.Field == "" {
		p.Add("field", "param.required")
	}
	limit := in.Limit.within(&p, "limit", 20, 1, record.MaxCandidates)
	offset := in.Offset.within(&p, "offset", 0, 0, query.MaxOffset)
	set, err := a.open(ctx, who, app, &p)
	if err != nil {
		return candidatesOut{}, err
	}
	page, err := set.Candidates(ctx, string(in.Field), string(in.Query), int(offset), int(limit))
	if err != nil {
		return candidatesOut{}, err
	}
	return candidatesOut{id.String(page.App), page.Key.Code, shownFields(page.Fields), rawRecords(page.Records), page.More}, nil
}
