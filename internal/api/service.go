package api

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/identity"
)

// userServices is which services a user has.
type userServices struct {
	Code     Text        `json:"code"`
	Services *List[Text] `json:"services"`
}

type servicesOut struct {
	Users []userServices `json:"users"`
}

// getServices answers GET /v1/users/services.json, for administrators.
func (a *API) getServices(ctx context.Context, who access.Actor, in servicesIn) (servicesOut, error) {
	out := servicesOut{Users: []userServices{}}
	var p errs.Fields
	f := in.filter(&p)
	if f.Codes = texts(in.Codes); p.Len() > 0 {
		return out, p.Err()
	}
	list, err := a.people.Services(ctx, who, f)
	for _, u := range list {
		names := List[Text]{}
		for _, service := range u.Services {
			names = append(names, Text(service))
		}
		out.Users = append(out.Users, userServices{Text(u.Code), &names})
	}
	return out, err
}

type servicesIn struct {
	codesIn
	pagedIn
}

type setServicesIn struct {
	Users List[userServices] `json:"users"`
}

// setServices answers PUT /v1/users/services.json: what is not listed is taken away.
func (a *API) setServices(ctx context.Context, who access.Actor, in setServicesIn) (none, error) {
	var p errs.Fields
	in.Users.need(&p, "users", 1, maxListed)
	list := make([]identity.UserServices, len(in.Users))
	for i, u := range in.Users {
		list[i].Code = u.Code.need(&p, at("users", i)+".code")
		if u.Services == nil {
			p.Add(at("users", i)+".services", "param.required")
			continue
		}
		list[i].Services = texts(*u.Services)
	}
	if err := p.Err(); err != nil {
		return none{}, err
	}
	return none{}, a.people.SetServices(ctx, who, list)
}
