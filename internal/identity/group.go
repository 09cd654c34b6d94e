package identity

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

// Administrators is the code of the built-in group of those who administer the site.
const Administrators = "Administrators"

// The types of groups: members are listed, or found by a rule. We keep what is dynamic and find nobody by rules of ours,
// beside those of the built-in groups.
const (
	Static  = "static"
	Dynamic = "dynamic"
)

// Group is a set of users.
// Source: cybozu.com User API.
type Group struct {
	ID          id.Group
	Code        string // told apart without regard to case and width, found by its exact letters
	Name        string
	Description string
	Type        string // Static, Dynamic
	Builtin     bool   // of everyone, or of the administrators
}

// GroupChange is what to set of a group; nil leaves it as it is, and is empty in a new one, which is Static then.
type GroupChange struct {
	Code        string  // which one; the code of a new one
	NewCode     *string // renames
	Name        *string
	Description *string
	Type        *string // of a new one
}

// Groups returns groups by id. Those that are asked for and do not exist are left out.
//
// Errors: Forbidden unless who is a user; Invalid by the paths ids, codes, offset and size.
func (s *Service) Groups(ctx context.Context, who access.Actor, f Filter) ([]Group, error) {
	d, err := s.seenBy(ctx, who)
	if err != nil {
		return nil, err
	}
	found, err := pick(f, d.groups.order, func(g *Group) (int64, string) { return int64(g.ID), g.Code })
	return values(found), err
}

// AddGroups adds groups: all or none.
//
// Errors: Forbidden unless who administers the site; Invalid by paths such as groups[0].code.
func (s *Service) AddGroups(ctx context.Context, who access.Actor, list []GroupChange) error {
	return s.changeGroups(ctx, who, func(ctx context.Context, tx *db.Tx, all *register[Group], p *errs.Fields) error {
		for i, c := range list {
			path, known := at("groups", i), p.Len()
			g := Group{Code: c.Code, Type: Static}
			set(&g.Type, c.Type)
			if g.Type != Static && g.Type != Dynamic {
				p.Add(path+".type", "group.type")
			}
			c.NewCode, c.Type = nil, nil
			if c.apply(&g); all.check(g, p, path+".code") && g.check(p, path) && p.Len() == known {
				if err := insertGroup(ctx, tx, &g); err != nil {
					return err
				}
				all.put(&g)
			}
		}
		return nil
	})
}

// UpdateGroups changes groups: all or none. A new code is followed wherever the old one stands.
//
// Errors: Forbidden unless who administers the site; NotFound; Invalid by paths such as groups[0].name; Conflict
// "group.builtin" for one of the product.
func (s *Service) UpdateGroups(ctx context.Context, who access.Actor, list []GroupChange) error {
	return s.changeGroups(ctx, who, func(ctx context.Context, tx *db.Tx, all *register[Group], p *errs.Fields) error {
		for i, c := range list {
			g, err := all.own(c.Code)
			if err != nil {
				return err
			}
			if err := s.updateGroup(ctx, tx, all, g, c, p, at("groups", i)); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) updateGroup(ctx context.Context, tx *db.Tx, all *register[Group], g *Group, c GroupChange, p *errs.Fields, path string) error {
	draft := *g
	c.apply(&draft)
	if c.Type != nil && *c.Type != g.Type {
		p.Add(path+".type", "group.typeStays")
		return nil
	}
	codePath := path + ".code"
	if c.NewCode != nil {
		codePath = path + ".newCode"
	}
	if !all.check(draft, p, codePath) || !draft.check(p, path) {
		return nil
	}
	all.drop(g)
	*g = draft
	all.put(g)
	if err := saveGroup(ctx, tx, g); err != nil {
		return err
	}
	return s.recode(ctx, tx, KindGroup, map[string]string{c.Code: g.Code})
}

// DeleteGroups deletes groups: all or none.
//
// Errors: Forbidden unless who administers the site; NotFound; Conflict "group.builtin", and "principal.inUse" while a
// rule names one.
func (s *Service) DeleteGroups(ctx context.Context, who access.Actor, codes []string) error {
	return s.changeGroups(ctx, who, func(ctx context.Context, tx *db.Tx, all *register[Group], _ *errs.Fields) error {
		for _, code := range codes {
			if _, err := all.own(code); err != nil { // the product's stay, used or not
				return err
			}
		}
		if err := s.unused(ctx, tx, KindGroup, codes); err != nil {
			return err
		}
		for _, code := range codes {
			g, err := all.own(code)
			if err != nil {
				return err
			}
			all.drop(g)
			if err := removeGroup(ctx, tx, g.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

func (c GroupChange) apply(g *Group) {
	set(&g.Code, c.NewCode)
	set(&g.Name, c.Name)
	set(&g.Description, c.Description)
}

// check reports whether g's texts are right, and notes what is not.
func (g *Group) check(p *errs.Fields, path string) bool {
	known := p.Len()
	checkText(p, path+".name", g.Name, true)
	checkLong(p, path+".description", g.Description)
	return p.Len() == known
}

// changeGroups runs fn on the groups as they are in its transaction, and keeps what it did unless it notes problems.
func (s *Service) changeGroups(ctx context.Context, who access.Actor, fn func(ctx context.Context, tx *db.Tx, all *register[Group], p *errs.Fields) error) error {
	if !administers(who) {
		return forbidden()
	}
	return s.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		list, err := loadGroups(ctx, tx)
		if err != nil {
			return err
		}
		var p errs.Fields
		if err := fn(ctx, tx, newGroups(list), &p); err != nil {
			return err
		}
		s.audit(tx, "groups changed", "by", who.String())
		return p.Err()
	})
}
