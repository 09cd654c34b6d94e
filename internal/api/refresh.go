package api

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

type refreshIn struct {
	App   Int  `json:"app"`
	Field Text `json:"field"`
}

// refreshLookups answers POST /api/v1/lookup/refresh.
func (a *API) refreshLookups(ctx context.Context, who access.Actor, in refreshIn) (idOut, error) {
	var p errs.Fields
	set, err := a.open(ctx, who, in.App.app(&p, "app"), &p)
	if err != nil {
		return idOut{}, err
	}
	n, err := set.Refresh(ctx, string(in.Field))
	return idOut{id.String(n)}, err
}

type refreshingIn struct {
	App Int `json:"app"`
	ID  Int `json:"id"`
}

type refreshingOut struct {
	ID    string `json:"id"`
	State string `json:"state"`
	Done  string `json:"done"`
	Total string `json:"total"`
}

// getRefreshing answers GET /api/v1/lookup/refresh.
func (a *API) getRefreshing(ctx context.Context, who access.Actor, in refreshingIn) (refreshingOut, error) {
	var p errs.Fields
	app := in.App.app(&p, "app")
	n := id.Job(in.ID.need(&p, "id", 1))
	set, err := a.open(ctx, who, app, &p)
	if err != nil {
		return refreshingOut{}, err
	}
	r, err := set.Refreshing(ctx, n)
	if err != nil {
		return refreshingOut{}, err
	}
	return refreshingOut{id.String(r.Job), string(r.State), id.String(id.Record(r.Done)), id.String(id.Record(r.Total))}, nil
}
