package api

import (
	"cmp"
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

type addThreadIn struct {
	Space Int  `json:"space"`
	Name  Text `json:"name"`
}

// addThread answers POST /k/v1/space/thread.json.
func (a *API) addThread(ctx context.Context, who access.Actor, in addThreadIn) (idOut, error) {
	var p errs.Fields
	n := id.Space(in.Space.need(&p, "space", 1))
	name := in.Name.need(&p, "name")
	if err := cmp.Or(p.Err(), usersOnly(who)); err != nil {
		return idOut{}, err
	}
	thread, err := a.spaces.AddThread(ctx, who, n, name)
	return idOut{id.String(thread)}, err
}

type updateThreadIn struct {
	ID   Int   `json:"id"`
	Name *Text `json:"name"`
	Body *Text `json:"body"`
}

// updateThread answers PUT /k/v1/space/thread.json: what is not mentioned stays.
func (a *API) updateThread(ctx context.Context, who access.Actor, in updateThreadIn) (none, error) {
	var p errs.Fields
	n := id.Thread(in.ID.need(&p, "id", 1))
	if err := cmp.Or(p.Err(), usersOnly(who)); err != nil {
		return none{}, err
	}
	return none{}, a.spaces.EditThread(ctx, who, n, (*string)(in.Name), (*string)(in.Body))
}

type moveAppIn struct {
	App   Int `json:"app"`
	Space Int `json:"space"` // null is outside of all
}

// moveApp answers POST /k/v1/app/move.json.
func (a *API) moveApp(ctx context.Context, who access.Actor, in moveAppIn) (none, error) {
	var p errs.Fields
	n := in.App.app(&p, "app")
	to := id.Space(in.Space.within(&p, "space", 0, 1, 1<<62))
	if err := cmp.Or(p.Err(), usersOnly(who)); err != nil {
		return none{}, err
	}
	h, err := a.apps.Open(ctx, who, n)
	if err != nil {
		return none{}, err
	}
	return none{}, h.Move(ctx, app.Home{Space: to})
}
