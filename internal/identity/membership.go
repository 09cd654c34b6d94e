package identity

import (
	"context"
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

// Belonging is an organisation that a user is in, and what he is there.
type Belonging struct {
	Organization Organization
	Title        *Title // nil is none
}

// Colleague is a user who is in an organisation, and what he is there.
type Colleague struct {
	User  User
	Title *Title // nil is none
}

// Place is where a user is to be: the code of an organisation, and that of a title or "".
type Place struct{ Organization, Title string }

// Placement is all the organisations that a user is to be in.
type Placement struct {
	Code   string // of the user
	Places []Place
	// First makes the first place his primary organisation. Otherwise the present one stays as long as he is in it, and
	// the first of Places takes over when he is not.
	First bool
}

// OrganizationsOf returns where a user is, in the order in which it was set.
//
// Errors: Forbidden unless who is a user; NotFound.
func (s *Service) OrganizationsOf(ctx context.Context, who access.Actor, code string) ([]Belonging, error) {
	d, a, err := s.seenUser(ctx, who, code)
	if err != nil {
		return nil, err
	}
	list := make([]Belonging, len(a.places))
	for i, p := range a.places {
		list[i] = Belonging{*p.organization, d.titles.byID[int64(p.title)]}
	}
	return list, nil
}

// GroupsOf returns the groups a user is in by id, that of everyone among them.
//
// Errors: Forbidden unless who is a user; NotFound.
func (s *Service) GroupsOf(ctx context.Context, who access.Actor, code string) ([]Group, error) {
	d, a, err := s.seenUser(ctx, who, code)
	if err != nil {
		return nil, err
	}
	var list []Group
	for _, g := range d.groups.order {
		if d.inGroup(a, g) {
			list = append(list, *g)
		}
	}
	return list, nil
}

// UsersOf returns the users in an organisation by id, those in the ones below it not included. Of f only Offset and Size
// count.
//
// Errors: Forbidden unless who is a user; NotFound; Invalid by the paths offset and size.
func (s *Service) UsersOf(ctx context.Context, who access.Actor, code string, f Filter) ([]Colleague, error) {
	d, err := s.seenBy(ctx, who)
	if err != nil {
		return nil, err
	}
	o := d.units.find(code)
	if o == nil {
		return nil, unknown("organization", code)
	}
	page, err := pick(Filter{Offset: f.Offset, Size: f.Size}, d.inOrganization[o.ID], ofAccount)
	if err != nil {
		return nil, err
	}
	users, err := s.asSeenBy(ctx, who, page)
	list := make([]Colleague, len(users))
	for i, u := range users {
		list[i].User = u
		for _, p := range page[i].places {
			if p.organization == o {
				list[i].Title = d.titles.byID[int64(p.title)]
			}
		}
	}
	return list, err
}

// UsersIn returns the users in a group by id. Of f only Offset and Size count.
//
// Errors: Forbidden unless who is a user; NotFound; Invalid by the paths offset and size.
func (s *Service) UsersIn(ctx context.Context, who access.Actor, code string, f Filter) ([]User, error) {
	d, err := s.seenBy(ctx, who)
	if err != nil {
		return nil, err
	}
	g := d.groups.find(code)
	if g == nil {
		return nil, unknown("group", code)
	}
	page, err := pick(Filter{Offset: f.Offset, Size: f.Size}, d.membersOf(g), ofAccount)
	if err != nil {
		return nil, err
	}
	return s.asSeenBy(ctx, who, page)
}

func ofAccount(a *account) (int64, string) { return int64(a.ID), a.Code }

// SetOrganizations says for each user in which organisations he is, and as what: all users or none.
//
// Errors: Forbidden unless who administers the site; NotFound; Invalid by paths such as
// userOrganizations[0].organizations[1].orgCode.
func (s *Service) SetOrganizations(ctx context.Context, who access.Actor, list []Placement) error {
	if !administers(who) {
		return forbidden()
	}
	return s.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		stored, err := loadOrganizations(ctx, tx)
		if err != nil {
			return err
		}
		titles, err := loadTitles(ctx, tx)
		if err != nil {
			return err
		}
		into := placing{newTree(stored), newTitles(titles)}
		var p errs.Fields
		for i, placement := range list {
			if err := into.place(ctx, tx, placement, &p, i); err != nil {
				return err
			}
		}
		s.audit(tx, "organizations of users changed", "users", len(list), "by", who.String())
		return p.Err()
	})
}

// placing is what users are put into.
type placing struct {
	tree   *tree
	titles *register[Title]
}

// place stores where one user is, unless it notes what is wrong.
func (t placing) place(ctx context.Context, tx *db.Tx, in Placement, p *errs.Fields, i int) error {
	a, err := accountByCode(ctx, tx, in.Code)
	if err != nil {
		return err
	}
	if a == nil {
		return unknownUser(in.Code)
	}
	rows := make([]placeRow, len(in.Places))
	known := p.Len()
	for j, place := range in.Places {
		path := at(at("userOrganizations", i)+".organizations", j)
		if o := t.tree.find(place.Organization); o == nil {
			p.Add(path+".orgCode", "organization.unknown", errs.Args{"code": place.Organization})
		} else if rows[j].organization = o.ID; slices.ContainsFunc(rows[:j], func(r placeRow) bool { return r.organization == o.ID }) {
			p.Add(path+".orgCode", "unit.twice", errs.Args{"code": place.Organization})
		}
		if place.Title == "" {
			continue
		}
		if title := t.titles.find(place.Title); title == nil {
			p.Add(path+".titleCode", "title.unknown", errs.Args{"code": place.Title})
		} else {
			rows[j].title = title.ID
		}
	}
	if p.Len() > known {
		return nil
	}
	primary := id.Organization(0)
	if len(rows) > 0 {
		primary = rows[0].organization
	}
	stays := slices.ContainsFunc(rows, func(r placeRow) bool { return r.organization == a.Primary })
	if stays && !in.First {
		primary = a.Primary
	}
	return savePlaces(ctx, tx, a.ID, rows, primary)
}

// Grouping is all the groups that a user is to be in.
type Grouping struct {
	Code   string // of the user
	Groups []string
}

// SetGroups says for each user in which groups he is: all users or none. Those of the product, which follow from what he
// is, may not be named and stay.
//
// Errors: Forbidden unless who administers the site; NotFound; Conflict "group.builtin", "group.dynamic".
func (s *Service) SetGroups(ctx context.Context, who access.Actor, list []Grouping) error {
	return s.changeGroups(ctx, who, func(ctx context.Context, tx *db.Tx, all *register[Group], _ *errs.Fields) error {
		for _, in := range list {
			a, err := accountByCode(ctx, tx, in.Code)
			if err != nil {
				return err
			}
			if a == nil {
				return unknownUser(in.Code)
			}
			into := make([]id.Group, len(in.Groups))
			for i, code := range in.Groups {
				g, err := static(all, code)
				if err != nil {
					return err
				}
				into[i] = g.ID
			}
			if err := saveGroupsOf(ctx, tx, a.ID, into); err != nil {
				return err
			}
		}
		return nil
	})
}

// SetUsersIn says who is in a group.
//
// Errors: as SetGroups.
func (s *Service) SetUsersIn(ctx context.Context, who access.Actor, code string, users []string) error {
	return s.changeGroups(ctx, who, func(ctx context.Context, tx *db.Tx, all *register[Group], _ *errs.Fields) error {
		g, err := static(all, code)
		if err != nil {
			return err
		}
		members := make([]id.User, len(users))
		for i, code := range users {
			a, err := accountByCode(ctx, tx, code)
			if err != nil {
				return err
			}
			if a == nil {
				return unknownUser(code)
			}
			members[i] = a.ID
		}
		return saveMembers(ctx, tx, g.ID, members)
	})
}

// static returns a group whose members are listed.
func static(all *register[Group], code string) (*Group, error) {
	g, err := all.own(code)
	if err == nil && g.Type != Static {
		err = errs.E(errs.Conflict, "group.dynamic", errs.Args{"code": code})
	}
	return g, err
}
