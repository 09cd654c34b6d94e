package world

import "github.com/engawa/engawa/internal/identity"

// Organization adds an organisation below the one with the code parent, "" is the top, with members; its name is its code.
func (w *World) Organization(code, parent string, members ...Person) {
	w.T.Helper()
	change := identity.OrganizationChange{Code: code, Name: &code, ParentCode: &parent}
	w.ok(w.People.AddOrganizations(w.ctx(), w.Root.Actor(), []identity.OrganizationChange{change}))
	for _, p := range members {
		p.Join(code)
	}
}

// Group adds a group with members; its name is its code.
func (w *World) Group(code string, members ...Person) {
	w.T.Helper()
	w.ok(w.People.AddGroups(w.ctx(), w.Root.Actor(), []identity.GroupChange{{Code: code, Name: &code}}))
	codes := make([]string, len(members))
	for i, p := range members {
		codes[i] = p.Code
	}
	w.ok(w.People.SetUsersIn(w.ctx(), w.Root.Actor(), code, codes))
}

// Join puts the person into an organisation beside those he is in. The first one is his primary organisation.
func (p Person) Join(code string) {
	p.w.T.Helper()
	list, err := p.w.People.OrganizationsOf(p.w.ctx(), p.w.Root.Actor(), p.Code)
	p.w.ok(err)
	in := identity.Placement{Code: p.Code}
	for _, b := range list {
		in.Places = append(in.Places, identity.Place{Organization: b.Organization.Code})
	}
	in.Places = append(in.Places, identity.Place{Organization: code})
	p.w.ok(p.w.People.SetOrganizations(p.w.ctx(), p.w.Root.Actor(), []identity.Placement{in}))
}
