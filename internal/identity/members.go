package identity

import (
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

// place is where an account is; title 0 is none.
type place struct {
	organization *Organization
	title        id.Title
}

// join puts the accounts into their organisations and groups, and notes on each what its actors carry.
func (d *directory) join(places []placeRow, members []memberRow) {
	d.inOrganization, d.inGroups = map[id.Organization][]*account{}, map[id.Group][]*account{}
	for _, r := range places { // in the order of accounts
		if a, o := d.byID[r.user], d.units.byID[r.organization]; a != nil && !a.deleted && o != nil {
			a.places = append(a.places, place{o, r.title})
			d.inOrganization[o.ID] = append(d.inOrganization[o.ID], a)
		}
	}
	for _, r := range members {
		if a := d.byID[r.user]; a != nil && !a.deleted {
			a.groups = append(a.groups, r.group)
			d.inGroups[r.group] = append(d.inGroups[r.group], a)
		}
	}
	for _, a := range d.order {
		d.carry(a)
	}
}

// carry notes on a what its actors carry: all but the group of everyone.
func (d *directory) carry(a *account) {
	if g := d.groups.find(Administrators); a.Admin && g != nil {
		a.member.groups = append(a.member.groups, access.Unit{ID: int64(g.ID), Code: g.Code})
	}
	for _, n := range a.groups {
		if g := d.groups.byID[int64(n)]; g != nil {
			a.member.groups = append(a.member.groups, access.Unit{ID: int64(g.ID), Code: g.Code})
		}
	}
	seen := map[id.Organization]bool{}
	for _, p := range a.places {
		seen[p.organization.ID] = true
		a.member.organizations = append(a.member.organizations, unitOf(p.organization))
	}
	for _, p := range a.places {
		for _, up := range d.units.above(p.organization) {
			if !seen[up.ID] {
				seen[up.ID] = true
				a.member.above = append(a.member.above, unitOf(up))
			}
		}
	}
}

func unitOf(o *Organization) access.Unit { return access.Unit{ID: int64(o.ID), Code: o.Code} }

// inGroup reports whether a is in g: by what it is for the groups of the product.
func (d *directory) inGroup(a *account, g *Group) bool {
	switch {
	case g.Builtin && g.Code == Administrators:
		return a.Admin
	case g.Builtin:
		return true
	}
	return slices.Contains(a.groups, g.ID)
}

// membersOf returns the accounts in g by id.
func (d *directory) membersOf(g *Group) []*account {
	if !g.Builtin {
		return d.inGroups[g.ID]
	}
	var list []*account
	for _, a := range d.order {
		if d.inGroup(a, g) {
			list = append(list, a)
		}
	}
	return list
}

// Members returns the users who may act whom an entity of the API names, by id: kind is KindUser, KindGroup or
// KindOrganization, and subs takes in those of the organisations below. Unknown codes have no members.
func (d Directory) Members(kind, code string, subs bool) []id.User {
	var found []*account
	switch kind {
	case KindUser:
		if a := d.d.byCode[foldCode(code)]; a != nil {
			found = append(found, a)
		}
	case KindGroup:
		if g := d.d.groups.find(code); g != nil {
			found = d.d.membersOf(g)
		}
	case KindOrganization:
		if o := d.d.units.find(code); o != nil {
			all := []*Organization{o}
			if subs {
				all = d.d.units.below(o)
			}
			for _, o := range all {
				found = append(found, d.d.inOrganization[o.ID]...)
			}
		}
	}
	var list []id.User
	for _, a := range found {
		if a.acts() {
			list = append(list, a.ID)
		}
	}
	return unique(list)
}

// Organization returns the organisation with an id. A deleted one is not found.
func (d Directory) Organization(n id.Organization) (field.Unit, bool) {
	o := d.d.units.byID[n]
	if o == nil {
		return field.Unit{}, false
	}
	return field.Unit{ID: int64(o.ID), Code: o.Code, Name: o.Name}, true
}

// OrganizationByCode returns the organisation with exactly this code.
func (d Directory) OrganizationByCode(code string) (field.Unit, bool) {
	o := d.d.units.find(code)
	if o == nil {
		return field.Unit{}, false
	}
	return field.Unit{ID: int64(o.ID), Code: o.Code, Name: o.Name}, true
}

// Group returns the group with an id. A deleted one is not found.
func (d Directory) Group(n id.Group) (field.Unit, bool) {
	g := d.d.groups.byID[int64(n)]
	if g == nil {
		return field.Unit{}, false
	}
	return field.Unit{ID: int64(g.ID), Code: g.Code, Name: g.Name}, true
}

// GroupByCode returns the group with exactly this code.
func (d Directory) GroupByCode(code string) (field.Unit, bool) {
	g := d.d.groups.find(code)
	if g == nil {
		return field.Unit{}, false
	}
	return field.Unit{ID: int64(g.ID), Code: g.Code, Name: g.Name}, true
}
