package api

import (
	"context"
	"math"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
)

func (a *API) organizationRoutes() []Route {
	return []Route{
		route("GET", "/v1/organizations.json", a.getOrganizations),
		route("POST", "/v1/organizations.json", a.addOrganizations),
		route("PUT", "/v1/organizations.json", a.updateOrganizations),
		route("DELETE", "/v1/organizations.json", a.deleteOrganizations),
		route("PUT", "/v1/organizations/codes.json", a.renameOrganizations),
		route("GET", "/v1/organization/users.json", a.getOrganizationUsers),
		route("GET", "/v1/user/organizations.json", a.getUserOrganizations),
		route("PUT", "/v1/userOrganizations.json", a.setUserOrganizations),
	}
}

// organizationAPI is an organisation of the User API. SortOrder is ours.
type organizationAPI struct {
	ID          string  `json:"id"`
	Code        string  `json:"code"`
	Name        string  `json:"name"`
	LocalName   *string `json:"localName"`
	LocalLocale *string `json:"localNameLocale"`
	ParentCode  *string `json:"parentCode"`
	Description string  `json:"description"`
	SortOrder   *string `json:"sortOrder"`
}

func showOrganization(o identity.Organization) organizationAPI {
	return organizationAPI{
		ID: id.String(o.ID), Code: o.Code, Name: o.Name, LocalName: text(o.LocalName), LocalLocale: text(o.LocalNameLocale),
		ParentCode: text(o.ParentCode), Description: o.Description, SortOrder: number(o.SortOrder),
	}
}

type organizationsOut struct {
	Organizations []organizationAPI `json:"organizations"`
}

// getOrganizations answers GET /v1/organizations.json.
func (a *API) getOrganizations(ctx context.Context, who access.Actor, in listIn) (organizationsOut, error) {
	out := organizationsOut{Organizations: []organizationAPI{}}
	f, err := in.filter()
	if err != nil {
		return out, err
	}
	list, err := a.people.Organizations(ctx, who, f)
	for _, o := range list {
		out.Organizations = append(out.Organizations, showOrganization(o))
	}
	return out, err
}

type writeOrganizationsIn struct {
	Organizations List[writeOrganization] `json:"organizations"`
}

// writeOrganization is an organisation to add or change. A parentCode of null or "" is the top.
type writeOrganization struct {
	Code        Text     `json:"code"`
	Name        *string  `json:"name"`
	LocalName   *string  `json:"localName"`
	LocalLocale *string  `json:"localNameLocale"`
	ParentCode  nullable `json:"parentCode"`
	Description *string  `json:"description"`
	SortOrder   Int      `json:"sortOrder"`
}

func (in writeOrganizationsIn) changes() ([]identity.OrganizationChange, error) {
	var p errs.Fields
	in.Organizations.need(&p, "organizations", 1, maxListed)
	list := make([]identity.OrganizationChange, len(in.Organizations))
	for i, o := range in.Organizations {
		path := at("organizations", i)
		list[i] = identity.OrganizationChange{
			Code: o.Code.need(&p, path+".code"), Name: o.Name, LocalName: o.LocalName, LocalNameLocale: o.LocalLocale,
			ParentCode: o.ParentCode.text, Description: o.Description,
		}
		if order := o.SortOrder.within(&p, path+".sortOrder", 0, math.MinInt32, math.MaxInt32); o.SortOrder.given {
			list[i].SortOrder = new(&order)
		}
	}
	return list, p.Err()
}

// addOrganizations answers POST /v1/organizations.json.
func (a *API) addOrganizations(ctx context.Context, who access.Actor, in writeOrganizationsIn) (none, error) {
	list, err := in.changes()
	if err != nil {
		return none{}, err
	}
	return none{}, a.people.AddOrganizations(ctx, who, list)
}

// updateOrganizations answers PUT /v1/organizations.json.
func (a *API) updateOrganizations(ctx context.Context, who access.Actor, in writeOrganizationsIn) (none, error) {
	list, err := in.changes()
	if err != nil {
		return none{}, err
	}
	return none{}, a.people.UpdateOrganizations(ctx, who, list)
}

// deleteOrganizations answers DELETE /v1/organizations.json.
func (a *API) deleteOrganizations(ctx context.Context, who access.Actor, in codesIn) (none, error) {
	return in.all(ctx, who, a.people.DeleteOrganizations)
}

// renameOrganizations answers PUT /v1/organizations/codes.json.
func (a *API) renameOrganizations(ctx context.Context, who access.Actor, in renameIn) (none, error) {
	return in.all(ctx, who, a.people.RenameOrganizations)
}
