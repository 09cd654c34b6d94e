package api

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

// maxEvaluated is how many records one request may ask about.
// Source: kintone REST API, "Evaluate Record Permissions".
const maxEvaluated = 100

type evaluateIn struct {
	App Int       `json:"app"`
	IDs List[Int] `json:"ids"`
}

type evaluatedRecord struct {
	Viewable  bool `json:"viewable"`
	Editable  bool `json:"editable"`
	Deletable bool `json:"deletable"`
}

type evaluatedField struct {
	Viewable bool `json:"viewable"`
	Editable bool `json:"editable"`
}

type evaluated struct {
	ID     string                    `json:"id"`
	Record evaluatedRecord           `json:"record"`
	Fields map[string]evaluatedField `json:"fields"`
}

type evaluateOut struct {
	Rights []evaluated `json:"rights"`
}

// evaluate answers GET /k/v1/records/acl/evaluate.json: what the caller may do with records and their fields. It tells the
// codes of fields that he cannot see, as kintone's does, and nothing else of them.
func (a *API) evaluate(ctx context.Context, who access.Actor, in evaluateIn) (evaluateOut, error) {
	var p errs.Fields
	n := in.App.app(&p, "app")
	in.IDs.need(&p, "ids", 1, maxEvaluated)
	ids := make([]id.Record, len(in.IDs))
	for i, r := range in.IDs {
		ids[i] = r.record(&p, at("ids", i))
	}
	out := evaluateOut{Rights: []evaluated{}}
	set, err := a.open(ctx, who, n, &p)
	if err != nil {
		return out, err
	}
	list, err := set.Rights(ctx, ids)
	for _, r := range list {
		e := evaluated{id.String(r.Record), evaluatedRecord{r.View, r.Edit, r.Delete}, map[string]evaluatedField{}}
		for _, f := range r.Fields {
			e.Fields[f.Field.Code] = evaluatedField{f.View, f.Edit}
		}
		out.Rights = append(out.Rights, e)
	}
	return out, err
}
