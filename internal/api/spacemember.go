package api

import (
	"cmp"
	"context"
	"strconv"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/space"
)

func memberCount(dir identity.Directory, s space.Space) string {
	explicit, implicit := s.People(dir)
	return strconv.Itoa(len(explicit) + len(implicit))
}

type spaceMember struct {
	Entity      entity `json:"entity"`
	IsAdmin     bool   `json:"isAdmin"`
	IsImplicit  *bool  `json:"isImplicit,omitempty"`  // of users: only through an organisation or group
	IncludeSubs *bool  `json:"includeSubs,omitempty"` // of organisations
}

type spaceMembersOut struct {
	Members []spaceMember `json:"members"`
}

// getSpaceMembers answers GET /k/v1/space/members.json: who was named, and the users whom that takes in.
func (a *API) getSpaceMembers(ctx context.Context, who access.Actor, in spaceIn) (spaceMembersOut, error) {
	out := spaceMembersOut{Members: []spaceMember{}}
	s, dir, err := a.space(ctx, who, in)
	if err != nil {
		return out, err
	}
	for _, m := range s.Members {
		code := m.Code(dir)
		if _, active := dir.Account(id.User(m.ID)); code == "" || m.Kind == "USER" && !active {
			continue
		}
		one := spaceMember{Entity: showEntity(access.Entity{Type: m.Kind, Code: code}), IsAdmin: m.Admin}
		switch m.Kind {
		case "USER":
			one.IsImplicit = new(false)
		case "ORGANIZATION":
			one.IncludeSubs = &m.Subs
		}
		out.Members = append(out.Members, one)
	}
	_, implicit := s.People(dir)
	for _, u := range implicit {
		u, _ := dir.User(u)
		out.Members = append(out.Members, spaceMember{Entity: showEntity(access.Entity{Type: "USER", Code: u.Code}), IsImplicit: new(true)})
	}
	return out, nil
}

type setSpaceMembersIn struct {
	ID      Int `json:"id"`
	Members *[]struct {
		Entity      entity `json:"entity"`
		IsAdmin     Bool   `json:"isAdmin"`
		IncludeSubs Bool   `json:"includeSubs"`
	} `json:"members"`
}

// setSpaceMembers answers PUT /k/v1/space/members.json: those named are all.
func (a *API) setSpaceMembers(ctx context.Context, who access.Actor, in setSpaceMembersIn) (none, error) {
	var p errs.Fields
	n := id.Space(in.ID.need(&p, "id", 1))
	var list []space.Entity
	if in.Members == nil {
		p.Add("members", "param.required")
	} else {
		for i, m := range *in.Members {
			path := at("members", i)
			e := m.Entity.read(&p, path+".entity", "USER", "GROUP", "ORGANIZATION")
			list = append(list, space.Entity{
				Kind: e.Type, Code: e.Code, Admin: m.IsAdmin.or(&p, path+".isAdmin", false), Subs: m.IncludeSubs.or(&p, path+".includeSubs", false),
			})
		}
	}
	if err := cmp.Or(p.Err(), usersOnly(who)); err != nil {
		return none{}, err
	}
	return none{}, a.spaces.SetMembers(ctx, who, n, list)
}

type spaceStatistics struct {
	ID         string    `json:"id"`
	Name       string    `json:"name"`
	Admins     string    `json:"administratorCount"`
	Members    string    `json:"memberCount"`
	IsPrivate  bool      `json:"isPrivate"`
	IsGuest    bool      `json:"isGuest"`
	Creator    personOut `json:"creator"`
	CreatedAt  string    `json:"createdAt"`
	Modifier   personOut `json:"modifier"`
	ModifiedAt string    `json:"modifiedAt"`
}

type spaceStatisticsOut struct {
	Spaces []spaceStatistics `json:"spaces"`
}

// getSpaceStatistics answers GET /k/v1/spaces/statistics.json: all spaces of the site, for its administrators.
func (a *API) getSpaceStatistics(ctx context.Context, who access.Actor, in pageIn) (spaceStatisticsOut, error) {
	var p errs.Fields
	out := spaceStatisticsOut{Spaces: []spaceStatistics{}}
	offset, limit := page(in.Offset, in.Limit, 100, &p)
	if err := cmp.Or(p.Err(), administrators(who)); err != nil {
		return out, err
	}
	list, err := a.spaces.All(ctx, who)
	if err != nil {
		return out, err
	}
	dir, err := a.people.Directory(ctx)
	if err != nil {
		return out, err
	}
	for _, s := range list[min(offset, len(list)):min(offset+limit, len(list))] {
		admins := 0
		for _, m := range s.Members {
			if m.Admin {
				admins++
			}
		}
		out.Spaces = append(out.Spaces, spaceStatistics{
			ID: id.String(s.ID), Name: s.Name, Admins: strconv.Itoa(admins), Members: memberCount(dir, s), IsPrivate: s.Private,
			Creator: person(dir, s.Creator), CreatedAt: instant(s.CreatedAt), Modifier: person(dir, s.Modifier), ModifiedAt: instant(s.ModifiedAt),
		})
	}
	return out, nil
}
