package api

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
)

func (a *API) groupRoutes() []Route {
	return []Route{
		route("GET", "/v1/groups.json", a.getGroups),
		route("POST", "/v1/groups.json", a.addGroups),
		route("PUT", "/v1/groups.json", a.updateGroups),
		route("DELETE", "/v1/groups.json", a.deleteGroups),
		route("PUT", "/v1/groups/codes.json", a.renameGroups),
		route("GET", "/v1/group/users.json", a.getGroupUsers),
		route("PUT", "/v1/group/users.json", a.setGroupUsers),
		route("GET", "/v1/user/groups.json", a.getUserGroups),
		route("PUT", "/v1/user/groups.json", a.setUserGroups),
	}
}

// groupAPI is a group of the User API.
type groupAPI struct {
	ID          string `json:"id"`
	Code        string `json:"code"`
	Name        string `json:"name"`
	Description string `json:"description"`
	Type        string `json:"type"` // static, dynamic
}

type groupsOut struct {
	Groups []groupAPI `json:"groups"`
}

func showGroups(list []identity.Group) groupsOut {
	out := groupsOut{Groups: make([]groupAPI, len(list))}
	for i, g := range list {
		out.Groups[i] = groupAPI{id.String(g.ID), g.Code, g.Name, g.Description, g.Type}
	}
	return out
}

// getGroups answers GET /v1/groups.json.
func (a *API) getGroups(ctx context.Context, who access.Actor, in listIn) (groupsOut, error) {
	f, err := in.filter()
	if err != nil {
		return showGroups(nil), err
	}
	list, err := a.people.Groups(ctx, who, f)
	return showGroups(list), err
}

// getUserGroups answers GET /v1/user/groups.json.
func (a *API) getUserGroups(ctx context.Context, who access.Actor, in codeIn) (groupsOut, error) {
	code, err := in.code()
	if err != nil {
		return showGroups(nil), err
	}
	list, err := a.people.GroupsOf(ctx, who, code)
	return showGroups(list), err
}

type writeGroupsIn struct {
	Groups List[struct {
		Code        Text    `json:"code"`
		Name        *string `json:"name"`
		Description *string `json:"description"`
		Type        *string `json:"type"`
	}] `json:"groups"`
}

func (in writeGroupsIn) changes() ([]identity.GroupChange, error) {
	var p errs.Fields
	in.Groups.need(&p, "groups", 1, maxListed)
	list := make([]identity.GroupChange, len(in.Groups))
	for i, g := range in.Groups {
		list[i] = identity.GroupChange{Code: g.Code.need(&p, at("groups", i)+".code"), Name: g.Name, Description: g.Description, Type: g.Type}
	}
	return list, p.Err()
}

// addGroups answers POST /v1/groups.json.
func (a *API) addGroups(ctx context.Context, who access.Actor, in writeGroupsIn) (none, error) {
	list, err := in.changes()
	if err != nil {
		return none{}, err
	}
	return none{}, a.people.AddGroups(ctx, who, list)
}

// updateGroups answers PUT /v1/groups.json.
func (a *API) updateGroups(ctx context.Context, who access.Actor, in writeGroupsIn) (none, error) {
	list, err := in.changes()
	if err != nil {
		return none{}, err
	}
	return none{}, a.people.UpdateGroups(ctx, who, list)
}

// deleteGroups answers DELETE /v1/groups.json.
func (a *API) deleteGroups(ctx context.Context, who access.Actor, in codesIn) (none, error) {
	return in.all(ctx, who, a.people.DeleteGroups)
}

// renameGroups answers PUT /v1/groups/codes.json.
func (a *API) renameGroups(ctx context.Context, who access.Actor, in renameIn) (none, error) {
	return in.all(ctx, who, a.people.RenameGroups)
}

// getGroupUsers answers GET /v1/group/users.json.
func (a *API) getGroupUsers(ctx context.Context, who access.Actor, in codePageIn) (usersOut, error) {
	code, f, err := in.read()
	if err != nil {
		return usersOut{Users: []userAPI{}}, err
	}
	list, err := a.people.UsersIn(ctx, who, code, f)
	return usersOut{showUsers(list)}, err
}

// The most groups of a user, and users of a group, that one call takes.
// Source: cybozu.com User API; the second from the limit of the screens.
const (
	maxGroups  = 1000
	maxMembers = 10000
)

type groupUsersIn struct {
	codeIn
	Users *List[Text] `json:"users"`
}

// setGroupUsers answers PUT /v1/group/users.json: who is not listed leaves.
func (a *API) setGroupUsers(ctx context.Context, who access.Actor, in groupUsersIn) (none, error) {
	return replace(ctx, who, in.Code, "users", in.Users, maxMembers, a.people.SetUsersIn)
}

type userGroupsIn struct {
	codeIn
	Groups *List[Text] `json:"groups"`
}

// setUserGroups answers PUT /v1/user/groups.json: what is not listed is left.
func (a *API) setUserGroups(ctx context.Context, who access.Actor, in userGroupsIn) (none, error) {
	return replace(ctx, who, in.Code, "groups", in.Groups, maxGroups, func(ctx context.Context, who access.Actor, code string, groups []string) error {
		return a.people.SetGroups(ctx, who, []identity.Grouping{{Code: code, Groups: groups}})
	})
}

func replace(ctx context.Context, who access.Actor, code Text, path string, list *List[Text], most int, set func(context.Context, access.Actor, string, []string) error) (none, error) {
	var p errs.Fields
	code.need(&p, "code")
	if list == nil {
		p.Add(path, "param.required")
	} else {
		list.size(&p, path, 0, most)
	}
	if err := p.Err(); err != nil {
		return none{}, err
	}
	return none{}, set(ctx, who, string(code), texts(*list))
}
