package identity

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

// Organization is a department: a node of the tree of the company.
// Source: cybozu.com User API.
type Organization struct {
	ID              id.Organization
	Code            string // told apart without regard to case and width, found by its exact letters
	Name            string
	Parent          id.Organization // 0 at the top
	ParentCode      string          // "" at the top
	LocalName       string          // the name in LocalNameLocale
	LocalNameLocale string          // "" is none
	Description     string
	SortOrder       *int64 // among those of the same parent; nil comes last, then the older first
}

// OrganizationChange is what to set of an organisation; nil leaves it as it is, and is empty in a new one.
type OrganizationChange struct {
	Code            string  // which one; the code of a new one
	NewCode         *string // renames
	Name            *string
	ParentCode      *string // "" is the top
	LocalName       *string
	LocalNameLocale *string
	Description     *string
	SortOrder       **int64
}

// Organizations returns organisations by id. Those that are asked for and do not exist are left out.
//
// Errors: Forbidden unless who is a user; Invalid by the paths ids, codes, offset and size.
func (s *Service) Organizations(ctx context.Context, who access.Actor, f Filter) ([]Organization, error) {
	d, err := s.seenBy(ctx, who)
	if err != nil {
		return nil, err
	}
	found, err := pick(f, d.units.order, func(o *Organization) (int64, string) { return int64(o.ID), o.Code })
	return values(found), err
}

// AddOrganizations adds organisations in their order, so that one may be below another of the list: all or none.
//
// Errors: Forbidden unless who administers the site; Invalid by paths such as organizations[0].parentCode.
func (s *Service) AddOrganizations(ctx context.Context, who access.Actor, list []OrganizationChange) error {
	return s.changeTree(ctx, who, func(ctx context.Context, tx *db.Tx, t *tree, p *errs.Fields) error {
		for i, c := range list {
			if err := t.add(ctx, tx, c, p, at("organizations", i)); err != nil {
				return err
			}
		}
		return nil
	})
}

// UpdateOrganizations changes organisations: all or none. A new code is followed wherever the old one stands.
//
// Errors: Forbidden unless who administers the site; NotFound; Invalid by paths such as organizations[0].name.
func (s *Service) UpdateOrganizations(ctx context.Context, who access.Actor, list []OrganizationChange) error {
	return s.changeTree(ctx, who, func(ctx context.Context, tx *db.Tx, t *tree, p *errs.Fields) error {
		for i, c := range list {
			if err := s.updateOrganization(ctx, tx, t, c, p, at("organizations", i)); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) updateOrganization(ctx context.Context, tx *db.Tx, t *tree, c OrganizationChange, p *errs.Fields, path string) error {
	o := t.find(c.Code)
	if o == nil {
		return unknown("organization", c.Code)
	}
	known := p.Len()
	if t.change(o, c, p, path); p.Len() > known {
		return nil
	}
	if err := saveOrganization(ctx, tx, o); err != nil {
		return err
	}
	return s.recode(ctx, tx, KindOrganization, map[string]string{c.Code: o.Code})
}

// PutOrganizations makes the organisations what the list says, in its order: it adds and changes those in it and deletes
// all others. All or none.
//
// Errors: as UpdateOrganizations; Conflict "principal.inUse" while a rule names one that is not in the list.
// Source: cybozu.com User API, organisation files.
func (s *Service) PutOrganizations(ctx context.Context, who access.Actor, list []OrganizationChange) error {
	return s.changeTree(ctx, who, func(ctx context.Context, tx *db.Tx, t *tree, p *errs.Fields) error {
		kept := map[id.Organization]bool{}
		for i, c := range list {
			path := at("organizations", i)
			var err error
			if o := t.find(c.Code); o != nil {
				kept[o.ID] = true
				err = s.updateOrganization(ctx, tx, t, c, p, path)
			} else if err = t.add(ctx, tx, c, p, path); t.find(c.Code) != nil {
				kept[t.find(c.Code).ID] = true
			}
			if err != nil {
				return err
			}
		}
		if p.Len() > 0 {
			return nil
		}
		var gone []*Organization
		t.walk(0, func(o *Organization) {
			if !kept[o.ID] {
				gone = append(gone, o)
			} else if o.Parent != 0 && !kept[o.Parent] {
				p.Add("organizations", "organization.unknown", errs.Args{"code": o.ParentCode})
			}
		})
		if p.Len() > 0 {
			return nil
		}
		return s.deleteOrganizations(ctx, tx, gone)
	})
}

// DeleteOrganizations deletes organisations and all those below them: all or none. Their users stay, in other ones or in
// none.
//
// Errors: Forbidden unless who administers the site; NotFound; Conflict "principal.inUse" while a rule names one.
func (s *Service) DeleteOrganizations(ctx context.Context, who access.Actor, codes []string) error {
	return s.changeTree(ctx, who, func(ctx context.Context, tx *db.Tx, t *tree, _ *errs.Fields) error {
		var gone []*Organization
		for _, code := range codes {
			o := t.find(code)
			if o == nil {
				return unknown("organization", code)
			}
			gone = append(gone, t.below(o)...)
		}
		return s.deleteOrganizations(ctx, tx, gone)
	})
}

// deleteOrganizations deletes organisations of which none has others below it that stay.
func (s *Service) deleteOrganizations(ctx context.Context, tx *db.Tx, gone []*Organization) error {
	codes := make([]string, len(gone))
	for i, o := range gone {
		codes[i] = o.Code
	}
	if err := s.unused(ctx, tx, KindOrganization, codes); err != nil {
		return err
	}
	for i := len(gone) - 1; i >= 0; i-- { // those below first
		if err := removeOrganization(ctx, tx, gone[i].ID); err != nil {
			return err
		}
	}
	return nil
}

// changeTree runs fn on the organisations as they are in its transaction, and keeps what it did unless it notes problems.
func (s *Service) changeTree(ctx context.Context, who access.Actor, fn func(ctx context.Context, tx *db.Tx, t *tree, p *errs.Fields) error) error {
	if !administers(who) {
		return forbidden()
	}
	return s.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		list, err := loadOrganizations(ctx, tx)
		if err != nil {
			return err
		}
		var p errs.Fields
		if err := fn(ctx, tx, newTree(list), &p); err != nil {
			return err
		}
		s.audit(tx, "organizations changed", "by", who.String())
		return p.Err()
	})
}
