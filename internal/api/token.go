package api

import (
	"cmp"
	"context"
	"strconv"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

type tokenRights struct {
	View   bool `json:"view"`
	Add    bool `json:"add"`
	Edit   bool `json:"edit"`
	Delete bool `json:"delete"`
	Manage bool `json:"manage"`
}

func (r *tokenRights) verbs() map[access.Verbs]*bool {
	return map[access.Verbs]*bool{
		access.View: &r.View, access.Add: &r.Add, access.Edit: &r.Edit, access.Delete: &r.Delete, access.Manage: &r.Manage,
	}
}

type tokenOut struct {
	ID        string      `json:"id"`
	Note      string      `json:"note"`
	Rights    tokenRights `json:"rights"`
	CreatedAt string      `json:"createdAt"`
}

type tokensOut struct {
	Tokens []tokenOut `json:"tokens"`
}

// managing opens an app that who must be able to manage, as a person.
func (a *API) managing(ctx context.Context, who access.Actor, in Int) (id.App, error) {
	var p errs.Fields
	n := in.app(&p, "app")
	if err := cmp.Or(p.Err(), usersOnly(who)); err != nil {
		return 0, err
	}
	h, err := a.apps.Open(ctx, who, n)
	if err == nil && !h.Verbs().Has(access.Manage) {
		err = errs.E(errs.Forbidden, "forbidden")
	}
	return n, err
}

// getTokens answers GET /api/v1/app/tokens.
func (a *API) getTokens(ctx context.Context, who access.Actor, in appInfoIn) (tokensOut, error) {
	out := tokensOut{Tokens: []tokenOut{}}
	app, err := a.managing(ctx, who, in.App)
	if err != nil {
		return out, err
	}
	list, err := a.people.Tokens(ctx, app)
	for _, t := range list {
		o := tokenOut{ID: strconv.FormatInt(t.ID, 10), Note: t.Note, CreatedAt: instant(t.CreatedAt)}
		for v, to := range o.Rights.verbs() {
			*to = t.Rights.Has(v)
		}
		out.Tokens = append(out.Tokens, o)
	}
	return out, err
}

type addTokenIn struct {
	App    Int         `json:"app"`
	Note   string      `json:"note"`
	Rights tokenRights `json:"rights"`
}

type addTokenOut struct {
	ID    string `json:"id"`
	Token string `json:"token"`
}

// addToken answers POST /api/v1/app/tokens. The token is told this once.
func (a *API) addToken(ctx context.Context, who access.Actor, in addTokenIn) (addTokenOut, error) {
	app, err := a.managing(ctx, who, in.App)
	if err != nil {
		return addTokenOut{}, err
	}
	var rights access.Verbs
	for v, on := range in.Rights.verbs() {
		if *on {
			rights |= v
		}
	}
	t, secret, err := a.people.AddToken(ctx, who, app, in.Note, rights)
	return addTokenOut{strconv.FormatInt(t.ID, 10), secret}, err
}

type deleteTokenIn struct {
	App Int `json:"app"`
	ID  Int `json:"id"`
}

// deleteToken answers DELETE /api/v1/app/tokens.
func (a *API) deleteToken(ctx context.Context, who access.Actor, in deleteTokenIn) (none, error) {
	app, err := a.managing(ctx, who, in.App)
	if err != nil {
		return none{}, err
	}
	var p errs.Fields
	n := in.ID.need(&p, "id", 1)
	if err := p.Err(); err != nil {
		return none{}, err
	}
	return none{}, a.people.DeleteToken(ctx, who, app, n)
}
