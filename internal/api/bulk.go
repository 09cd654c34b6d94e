package api

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
)

// maxRequests is how many requests a bulkRequest may hold.
// Source: kintone REST API, "Bulk Request".
const maxRequests = 20

type bulkIn struct {
	Requests *[]struct {
		Method  Text            `json:"method"`
		API     Text            `json:"api"`
		Payload json.RawMessage `json:"payload"`
	} `json:"requests"`
}

type bulkOut struct {
	Results []any `json:"results"`
}

// bulkCalls are the requests that may stand in a bulkRequest.
var bulkCalls = map[string]bool{
	"POST /k/v1/record.json": true, "PUT /k/v1/record.json": true,
	"POST /k/v1/records.json": true, "PUT /k/v1/records.json": true, "DELETE /k/v1/records.json": true,
	"PUT /k/v1/record/status.json": true, "PUT /k/v1/records/status.json": true, "PUT /k/v1/record/assignees.json": true,
}

// bulkFailure is the error of one request of a bulk, which is answered in a shape of its own.
type bulkFailure struct {
	error
	at, of int
}

func (f *bulkFailure) Unwrap() error { return f.error }

// bulkRequest answers POST /k/v1/bulkRequest.json: the requests in order, all of them or none, because each write joins
// the one transaction around them.
func (a *API) bulkRequest(ctx context.Context, who access.Actor, in bulkIn) (bulkOut, error) {
	var p errs.Fields
	switch {
	case in.Requests == nil:
		p.Add("requests", "param.required")
	case len(*in.Requests) > maxRequests:
		p.Add("requests", "param.size", errs.Args{"min": 0, "max": maxRequests})
	default:
		for i, r := range *in.Requests {
			r.Method.need(&p, at("requests", i)+".method")
			r.API.need(&p, at("requests", i)+".api")
			if r.Method != "" && r.API != "" && !bulkCalls[string(r.Method+" "+r.API)] {
				p.Add(at("requests", i)+".api", "param.enum")
			}
		}
	}
	if err := p.Err(); err != nil {
		return bulkOut{}, err
	}
	calls := a.calls()
	var named map[id.App][]record.Named
	if !a.db.Dialect().OneWriter() {
		named = in.named()
	}
	var out bulkOut
	err := a.db.Write(record.Together(ctx), func(ctx context.Context, tx *db.Tx) error {
		if err := a.records.Hold(ctx, tx, who, named); err != nil {
			return err
		}
		out.Results = make([]any, 0, len(*in.Requests))
		for i, r := range *in.Requests {
			one, err := calls[string(r.Method+" "+r.API)].Call(ctx, who, r.Payload)
			if err != nil {
				return &bulkFailure{err, i, len(*in.Requests)}
			}
			out.Results = append(out.Results, one)
		}
		return nil
	})
	return out, err
}

// callsByName are the routes by method and path. There are some hundreds: they are gathered once, not for each request.
func (a *API) callsByName() map[string]Route {
	m := map[string]Route{}
	for _, r := range a.Routes() {
		m[r.Method+" "+r.Path] = r
	}
	return m
}

// write answers with {} for every request but the one that failed.
func (f *bulkFailure) write(w http.ResponseWriter, p problemBody) {
	results := make([]any, f.of)
	for i := range results {
		results[i] = none{}
	}
	results[f.at] = p
	b, err := json.Marshal(map[string]any{"results": results})
	if err != nil {
		b = []byte(`{"results":[]}`) // strings always marshal
	}
	p.send(w, b)
}
