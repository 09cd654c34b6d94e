package api

import (
	"context"
	"strconv"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/record"
)

type recalculationOut struct {
	State      string               `json:"state"`
	Percent    string               `json:"percent"`
	Records    *recalculatedRecords `json:"records"` // null for who does not manage the app: he need not know how many there are
	AskedAt    *string              `json:"askedAt"`
	FinishedAt *string              `json:"finishedAt"`
}

type recalculatedRecords struct {
	Total   string `json:"total"`
	Done    string `json:"done"`
	Changed string `json:"changed"`
}

// recalculationRoutes follow old records on their way to new formulas.
func (a *API) recalculationRoutes() []Route {
	return []Route{
		route("GET", "/api/v1/app/recalculation", a.getRecalculation),
		route("POST", "/api/v1/app/recalculation", a.recalculate),
	}
}

// getRecalculation answers GET /api/v1/app/recalculation.
func (a *API) getRecalculation(ctx context.Context, who access.Actor, in appInfoIn) (recalculationOut, error) {
	set, err := a.recalculated(ctx, who, in)
	if err != nil {
		return recalculationOut{}, err
	}
	r, err := set.Recalculation(ctx)
	out := recalculationOut{
		State: string(r.State), Percent: strconv.FormatInt(r.Percent(), 10),
		AskedAt: timeOrNull(r.AskedAt), FinishedAt: timeOrNull(r.FinishedAt),
	}
	if set.Lens().Can(access.Manage) {
		out.Records = &recalculatedRecords{
			Total: strconv.FormatInt(r.Total, 10), Done: strconv.FormatInt(r.Done, 10), Changed: strconv.FormatInt(r.Changed, 10),
		}
	}
	return out, err
}

// recalculate answers POST /api/v1/app/recalculation.
func (a *API) recalculate(ctx context.Context, who access.Actor, in appInfoIn) (none, error) {
	set, err := a.recalculated(ctx, who, in)
	if err != nil {
		return none{}, err
	}
	return none{}, set.Recalculate(ctx)
}

func (a *API) recalculated(ctx context.Context, who access.Actor, in appInfoIn) (*record.Set, error) {
	var p errs.Fields
	return a.open(ctx, who, in.App.app(&p, "app"), &p)
}

func timeOrNull(t db.NullTime) *string {
	if !t.Valid {
		return nil
	}
	return text(instant(t.Time))
}
