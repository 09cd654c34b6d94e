package roster

import (
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/identity"
)

// newCode returns the code that a line gives to one that exists; nil keeps it.
func (in *intake) newCode(l line, column int, exists bool) *string {
	code := l.filled(column)
	if code == nil || *code == l.cells[0] {
		return nil
	}
	if !exists {
		in.note(l.n, "roster.newCode")
	}
	return code
}

// filled returns a cell that is neither to stay as it is nor empty.
func (l line) filled(i int) *string {
	if l.cells[i] == "" {
		return nil
	}
	return l.optional(i)
}

func numbersOf(lines []line) []int {
	list := make([]int, len(lines))
	for i, l := range lines {
		list[i] = l.n
	}
	return list
}

// organizations returns all organisations, each behind the one above it.
func (o *outgo) organizations() (all []identity.Organization, err error) {
	for {
		page, err := o.people.Organizations(o.ctx, o.who, identity.Filter{Offset: len(all)})
		if err != nil {
			return nil, err
		}
		if len(page) == 0 {
			return downwards(all), nil
		}
		all = append(all, page...)
	}
}

// downwards puts organisations behind those above them.
func downwards(all []identity.Organization) []identity.Organization {
	below := map[string][]identity.Organization{}
	for _, o := range all {
		below[o.ParentCode] = append(below[o.ParentCode], o)
	}
	list := below[""]
	for i := 0; i < len(list); i++ {
		list = append(list, below[list[i].Code]...)
	}
	return list
}

func giveOrganizations(o *outgo) ([][]string, error) {
	all, err := o.organizations()
	lines := make([][]string, len(all))
	for i, o := range all {
		lines[i] = []string{o.Code, o.Name, asItIs, o.LocalName, o.LocalNameLocale, o.ParentCode, o.Description}
	}
	return lines, err
}

// takeOrganizations makes the organisations what the file says: those that are not in it are deleted.
func takeOrganizations(in *intake, lines []line) (func() error, error) {
	list := make([]identity.OrganizationChange, len(lines))
	for i, l := range lines {
		_, exists := in.dir.OrganizationByCode(l.cells[0])
		list[i] = identity.OrganizationChange{
			Code: l.cells[0], Name: l.optional(1), NewCode: in.newCode(l, 2, exists), LocalName: l.optional(3),
			LocalNameLocale: l.optional(4), ParentCode: l.optional(5), Description: l.optional(6),
		}
	}
	return func() error {
		return byLine(in.s.people.PutOrganizations(in.ctx, in.who, list), numbersOf(lines))
	}, nil
}

func giveTitles(o *outgo) ([][]string, error) {
	all, err := o.people.Titles(o.ctx, o.who)
	lines := make([][]string, len(all))
	for i, t := range all {
		lines[i] = []string{t.Code, t.Name, asItIs, t.Description, asItIs}
	}
	return lines, err
}

func takeTitles(in *intake, lines []line) (func() error, error) {
	all, err := in.s.people.Titles(in.ctx, in.who)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, t := range all {
		known[t.Code] = true
	}
	list := make([]identity.TitleChange, len(lines))
	for i, l := range lines {
		list[i] = identity.TitleChange{
			Code: l.cells[0], Name: l.optional(1), NewCode: in.newCode(l, 2, known[l.cells[0]]), Description: l.optional(3), Delete: l.flag(4),
		}
		if list[i].Delete && !known[l.cells[0]] {
			in.note(l.n, "title.unknown", errs.Args{"code": l.cells[0]})
		}
	}
	return func() error { return byLine(in.s.people.PutTitles(in.ctx, in.who, list), numbersOf(lines)) }, nil
}

// groups returns all groups by id.
func (o *outgo) groups() (all []identity.Group, err error) {
	for {
		page, err := o.people.Groups(o.ctx, o.who, identity.Filter{Offset: len(all)})
		if err != nil || len(page) == 0 {
			return all, err
		}
		all = append(all, page...)
	}
}

func giveGroups(o *outgo) ([][]string, error) {
	all, err := o.groups()
	var lines [][]string
	for _, g := range all {
		if !g.Builtin {
			lines = append(lines, []string{g.Code, g.Name, asItIs, g.Type, g.Description, asItIs})
		}
	}
	return lines, err
}

func takeGroups(in *intake, lines []line) (func() error, error) {
	var added, changed []identity.GroupChange
	var addedLines, changedLines []int
	var gone []string
	for _, l := range lines {
		_, exists := in.dir.GroupByCode(l.cells[0])
		c := identity.GroupChange{
			Code: l.cells[0], Name: l.optional(1), NewCode: in.newCode(l, 2, exists), Type: l.filled(3), Description: l.optional(4),
		}
		switch {
		case l.flag(5) && !exists:
			in.note(l.n, "group.unknown", errs.Args{"code": l.cells[0]})
		case l.flag(5):
			gone = append(gone, l.cells[0])
		case exists:
			changed, changedLines = append(changed, c), append(changedLines, l.n)
		default:
			added, addedLines = append(added, c), append(addedLines, l.n)
		}
	}
	return func() error {
		if err := in.collect(in.s.people.AddGroups(in.ctx, in.who, added), addedLines); err != nil {
			return err
		}
		if err := in.collect(in.s.people.UpdateGroups(in.ctx, in.who, changed), changedLines); err != nil {
			return err
		}
		return in.s.people.DeleteGroups(in.ctx, in.who, gone)
	}, nil
}
