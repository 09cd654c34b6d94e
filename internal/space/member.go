package space

import (
	"context"
	"fmt"
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
)

// Member is a user, or an organisation or group whose members are in a space.
type Member struct {
	Kind  string // USER, ORGANIZATION, GROUP
	ID    int64  // 0 for the GROUP of everyone
	Admin bool   // of the space
	Subs  bool   // of an ORGANIZATION: the members of those below it too
}

// names reports whether m takes in who.
func (m Member) names(who access.Actor) bool {
	in := func(list []access.Unit) bool {
		return slices.ContainsFunc(list, func(u access.Unit) bool { return u.ID == m.ID })
	}
	switch m.Kind {
	case "USER":
		return who.Kind() == access.KindUser && int64(who.UserID()) == m.ID
	case "GROUP":
		return in(who.Groups()) || m.ID == 0 && who.Kind() == access.KindUser
	case "ORGANIZATION":
		return in(who.Organizations()) || m.Subs && in(who.Above())
	}
	return false
}

// Admits reports whether who may know of s and what is in it.
func (s *Space) Admits(who access.Actor) bool {
	switch who.Kind() {
	case access.KindSystem:
		return true
	case access.KindUser:
		return !s.Private || who.Admin() || s.HasMember(who)
	}
	return false
}

// HasMember reports whether who is in s, by himself or through what he is in.
func (s *Space) HasMember(who access.Actor) bool {
	return slices.ContainsFunc(s.Members, func(m Member) bool { return m.names(who) })
}

// Administers reports whether who may change s.
func (s *Space) Administers(who access.Actor) bool {
	return who.Kind() == access.KindSystem || who.Admin() ||
		slices.ContainsFunc(s.Members, func(m Member) bool { return m.Admin && m.names(who) })
}

// Entity names a member to be, by code.
type Entity struct {
	Kind, Code  string
	Admin, Subs bool
}

// resolve finds the members that a request names; each once, and one of them has to administer.
func resolve(dir identity.Directory, list []Entity, path string, p *errs.Fields) ([]Member, error) {
	var members []Member
	admins := false
	for i, e := range list {
		if !slices.Contains([]string{"USER", "GROUP", "ORGANIZATION"}, e.Kind) {
			p.Add(fmt.Sprintf("%s[%d].entity.type", path, i), "param.enum")
			continue
		}
		unit, ok := find(dir, e.Kind, e.Code)
		if !ok {
			return nil, errs.E(errs.Invalid, "space.unknownMember", errs.Args{"code": e.Code})
		}
		m := Member{Kind: e.Kind, ID: unit, Admin: e.Admin, Subs: e.Subs && e.Kind == "ORGANIZATION"}
		admins = admins || e.Admin
		if !slices.ContainsFunc(members, func(o Member) bool { return o.Kind == m.Kind && o.ID == m.ID }) {
			members = append(members, m)
		}
	}
	if !admins && p.Len() == 0 {
		p.Add(path, "space.noAdmin")
	}
	return members, nil
}

// find returns the id of a user who may act, an organisation or a group.
func find(dir identity.Directory, kind, code string) (unit int64, ok bool) {
	switch kind {
	case "USER":
		who, _ := dir.UserByCode(code)
		_, active := dir.Account(who.ID)
		return int64(who.ID), active
	case "ORGANIZATION":
		o, ok := dir.OrganizationByCode(code)
		return o.ID, ok
	case "GROUP":
		if code == access.Everyone {
			return 0, true
		}
		g, ok := dir.GroupByCode(code)
		return g.ID, ok
	}
	return 0, false
}

func readMembers(ctx context.Context, tx *db.Tx, n id.Space) ([]Member, error) {
	list, err := db.Collect(ctx, tx, func(m *Member, row db.RowScanner) error {
		return row.Scan(&m.Kind, &m.ID, &m.Admin, &m.Subs)
	}, `SELECT kind, unit_id, is_admin, subs FROM space_member WHERE space_id = ? ORDER BY position`, n)
	if err != nil {
		return nil, fmt.Errorf("space: members of %d: %w", n, err)
	}
	return list, nil
}

// readAllMembers returns the members of all spaces.
func readAllMembers(ctx context.Context, tx *db.Tx) (map[id.Space][]Member, error) {
	all := map[id.Space][]Member{}
	err := db.Each(ctx, tx, func(row db.RowScanner) error {
		var n id.Space
		var m Member
		err := row.Scan(&n, &m.Kind, &m.ID, &m.Admin, &m.Subs)
		all[n] = append(all[n], m)
		return err
	}, `SELECT space_id, kind, unit_id, is_admin, subs FROM space_member ORDER BY space_id, position`)
	if err != nil {
		return nil, fmt.Errorf("space: members: %w", err)
	}
	return all, nil
}

func writeMembers(ctx context.Context, tx *db.Tx, n id.Space, list []Member) error {
	_, err := tx.Exec(ctx, `DELETE FROM space_member WHERE space_id = ?`, n)
	for i, m := range list {
		if err == nil {
			_, err = tx.Exec(ctx, `INSERT INTO space_member (space_id, kind, unit_id, is_admin, subs, position) VALUES (?, ?, ?, ?, ?, ?)`,
				n, m.Kind, m.ID, m.Admin, m.Subs, i)
		}
	}
	if err != nil {
		return fmt.Errorf("space: members of %d: %w", n, err)
	}
	return nil
}

// People are the users in s who may act, each once, with whether they are in it only through an organisation or group.
func (s *Space) People(dir identity.Directory) (explicit, implicit []id.User) {
	for _, m := range s.Members {
		if m.Kind == "USER" {
			if _, active := dir.Account(id.User(m.ID)); active {
				explicit = append(explicit, id.User(m.ID))
			}
		}
	}
	for _, m := range s.Members {
		if m.Kind == "USER" {
			continue
		}
		for _, u := range dir.Members(m.Kind, m.Code(dir), m.Subs) {
			if !slices.Contains(explicit, u) && !slices.Contains(implicit, u) {
				implicit = append(implicit, u)
			}
		}
	}
	return explicit, implicit
}

// Code is the code of m, "" when it was deleted.
func (m Member) Code(dir identity.Directory) string {
	switch m.Kind {
	case "USER":
		who, _ := dir.User(id.User(m.ID))
		return who.Code
	case "ORGANIZATION":
		unit, _ := dir.Organization(id.Organization(m.ID))
		return unit.Code
	}
	if m.ID == 0 {
		return access.Everyone
	}
	unit, _ := dir.Group(id.Group(m.ID))
	return unit.Code
}
