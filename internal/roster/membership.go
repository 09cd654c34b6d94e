package roster

import (
	"slices"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/identity"
)

// serviceCodes are the services as files write them.
// Source: cybozu.com, file format of services.
var serviceCodes = map[string]string{"ki": identity.Product, "gr": "garoon", "of": "office", "mw": "mailwise", "sa": "secure_access"}

func giveServices(o *outgo) ([][]string, error) {
	users, err := o.everybody()
	lines := make([][]string, len(users))
	for i, u := range users {
		lines[i] = []string{u.Code}
		for code, service := range serviceCodes {
			if slices.Contains(u.Services, service) {
				lines[i] = append(lines[i], code)
			}
		}
		slices.Sort(lines[i][1:])
	}
	return lines, err
}

func takeServices(in *intake, lines []line) (func() error, error) {
	list := make([]identity.UserServices, len(lines))
	for i, l := range lines {
		in.user(l)
		list[i].Code = l.cells[0]
		for _, code := range l.cells[1:] {
			service, ok := serviceCodes[code]
			if !ok && code != "" {
				in.note(l.n, "user.service", errs.Args{"service": code})
			} else if ok {
				list[i].Services = append(list[i].Services, service)
			}
		}
	}
	return func() error { return in.s.people.SetServices(in.ctx, in.who, list) }, nil
}

func givePlaces(o *outgo) ([][]string, error) {
	users, err := o.everybody()
	if err != nil {
		return nil, err
	}
	lines := make([][]string, len(users))
	for i, u := range users {
		list, err := o.people.OrganizationsOf(o.ctx, o.who, u.Code)
		if err != nil {
			return nil, err
		}
		slices.SortStableFunc(list, func(a, b identity.Belonging) int { // the primary one first
			switch {
			case a.Organization.ID == u.Primary && b.Organization.ID != u.Primary:
				return -1
			case b.Organization.ID == u.Primary && a.Organization.ID != u.Primary:
				return 1
			}
			return 0
		})
		lines[i] = []string{u.Code}
		for _, b := range list {
			title := ""
			if b.Title != nil {
				title = b.Title.Code
			}
			lines[i] = append(lines[i], b.Organization.Code, title)
		}
	}
	return lines, nil
}

// takePlaces puts users into organisations. The first of a line is the primary one.
func takePlaces(in *intake, lines []line) (func() error, error) {
	list := make([]identity.Placement, len(lines))
	for i, l := range lines {
		in.user(l)
		list[i] = identity.Placement{Code: l.cells[0], First: true}
		for j := 1; j < len(l.cells); j += 2 {
			place := identity.Place{Organization: l.cells[j]}
			if j+1 < len(l.cells) {
				place.Title = l.cells[j+1]
			}
			switch {
			case place.Organization != "":
				list[i].Places = append(list[i].Places, place)
			case place.Title != "":
				in.note(l.n, "organization.unknown", errs.Args{"code": ""})
			}
		}
	}
	return func() error { return byLine(in.s.people.SetOrganizations(in.ctx, in.who, list), numbersOf(lines)) }, nil
}

func giveMemberships(o *outgo) ([][]string, error) {
	users, err := o.everybody()
	if err != nil {
		return nil, err
	}
	lines := make([][]string, len(users))
	for i, u := range users {
		groups, err := o.people.GroupsOf(o.ctx, o.who, u.Code)
		if err != nil {
			return nil, err
		}
		lines[i] = []string{u.Code}
		for _, g := range groups {
			if !g.Builtin {
				lines[i] = append(lines[i], g.Code)
			}
		}
	}
	return lines, nil
}

func takeMemberships(in *intake, lines []line) (func() error, error) {
	groups, err := in.out().groups()
	if err != nil {
		return nil, err
	}
	known := map[string]identity.Group{}
	for _, g := range groups {
		known[g.Code] = g
	}
	list := make([]identity.Grouping, len(lines))
	for i, l := range lines {
		in.user(l)
		list[i].Code = l.cells[0]
		for _, code := range l.cells[1:] {
			g, ok := known[code]
			switch {
			case code == "":
			case !ok:
				in.note(l.n, "group.unknown", errs.Args{"code": code})
			case g.Builtin:
				in.note(l.n, "group.builtin", errs.Args{"code": code})
			case g.Type != identity.Static:
				in.note(l.n, "group.dynamic", errs.Args{"code": code})
			default:
				list[i].Groups = append(list[i].Groups, code)
			}
		}
	}
	return func() error { return in.s.people.SetGroups(in.ctx, in.who, list) }, nil
}
