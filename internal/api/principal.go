package api

import (
	"context"
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
)

type principalsIn struct {
	Query Text       `json:"query"`
	Types List[Text] `json:"types"`
	Limit Int        `json:"limit"`
}

// principal is somebody whom a permission, a process or a notification may name.
type principal struct {
	Type string `json:"type"` // USER, ORGANIZATION, GROUP
	ID   string `json:"id"`
	Code string `json:"code"`
	Name string `json:"name"`
}

type principalsOut struct {
	Principals []principal `json:"principals"`
}

// suggestPrincipals answers GET /api/v1/principals/suggest. Without types, of all.
func (a *API) suggestPrincipals(ctx context.Context, who access.Actor, in principalsIn) (principalsOut, error) {
	var p errs.Fields
	out := principalsOut{Principals: []principal{}}
	limit := int(in.Limit.within(&p, "limit", 10, 1, 50))
	kinds := []string{identity.KindUser, identity.KindOrganization, identity.KindGroup}
	for i, t := range in.Types {
		if !slices.Contains(kinds, string(t)) {
			p.Add(at("types", i), "param.enum")
		}
	}
	if err := p.Err(); err != nil {
		return out, err
	}
	if len(in.Types) > 0 {
		kinds = texts(in.Types)
	}
	list, err := a.people.SuggestPrincipals(ctx, who, string(in.Query), kinds, limit)
	for _, one := range list {
		out.Principals = append(out.Principals, principal{one.Type, id.String(id.User(one.ID)), one.Code, one.Name})
	}
	return out, err
}
