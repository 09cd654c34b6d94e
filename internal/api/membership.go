package api

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
)

// titleAPI is what somebody is in an organisation.
type titleAPI struct {
	ID          string `json:"id"`
	Code        string `json:"code"`
	Name        string `json:"name"`
	Description string `json:"description"`
}

func showTitle(t *identity.Title) *titleAPI {
	if t == nil {
		return nil
	}
	return &titleAPI{id.String(t.ID), t.Code, t.Name, t.Description}
}

type organizationTitle struct {
	Organization organizationAPI `json:"organization"`
	Title        *titleAPI       `json:"title"`
}

type organizationTitlesOut struct {
	OrganizationTitles []organizationTitle `json:"organizationTitles"`
}

// getUserOrganizations answers GET /v1/user/organizations.json.
func (a *API) getUserOrganizations(ctx context.Context, who access.Actor, in codeIn) (organizationTitlesOut, error) {
	out := organizationTitlesOut{OrganizationTitles: []organizationTitle{}}
	code, err := in.code()
	if err != nil {
		return out, err
	}
	list, err := a.people.OrganizationsOf(ctx, who, code)
	for _, b := range list {
		out.OrganizationTitles = append(out.OrganizationTitles, organizationTitle{showOrganization(b.Organization), showTitle(b.Title)})
	}
	return out, err
}

type userTitle struct {
	User  userAPI   `json:"user"`
	Title *titleAPI `json:"title"`
}

type userTitlesOut struct {
	UserTitles []userTitle `json:"userTitles"`
}

// getOrganizationUsers answers GET /v1/organization/users.json.
func (a *API) getOrganizationUsers(ctx context.Context, who access.Actor, in codePageIn) (userTitlesOut, error) {
	out := userTitlesOut{UserTitles: []userTitle{}}
	code, f, err := in.read()
	if err != nil {
		return out, err
	}
	list, err := a.people.UsersOf(ctx, who, code, f)
	for _, c := range list {
		out.UserTitles = append(out.UserTitles, userTitle{showUser(c.User), showTitle(c.Title)})
	}
	return out, err
}

type userOrganizationsIn struct {
	UserOrganizations List[userOrganizations] `json:"userOrganizations"`
}

type userOrganizations struct {
	Code          Text `json:"code"`
	Organizations *List[struct {
		Code  Text `json:"orgCode"`
		Title Text `json:"titleCode"`
	}] `json:"organizations"`
}

// setUserOrganizations answers PUT /v1/userOrganizations.json: what is not listed is left.
func (a *API) setUserOrganizations(ctx context.Context, who access.Actor, in userOrganizationsIn) (none, error) {
	var p errs.Fields
	in.UserOrganizations.need(&p, "userOrganizations", 1, maxListed)
	list := make([]identity.Placement, len(in.UserOrganizations))
	for i, u := range in.UserOrganizations {
		path := at("userOrganizations", i)
		list[i].Code = u.Code.need(&p, path+".code")
		if u.Organizations == nil {
			p.Add(path+".organizations", "param.required")
			continue
		}
		u.Organizations.size(&p, path+".organizations", 0, maxListed)
		for j, o := range *u.Organizations {
			place := identity.Place{Organization: o.Code.need(&p, at(path+".organizations", j)+".orgCode"), Title: string(o.Title)}
			list[i].Places = append(list[i].Places, place)
		}
	}
	if err := p.Err(); err != nil {
		return none{}, err
	}
	return none{}, a.people.SetOrganizations(ctx, who, list)
}
