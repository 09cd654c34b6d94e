package identity

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
)

// Rename gives a code to whoever has another one now.
type Rename struct{ From, To string }

// RenameUsers changes login names, in the order of the list: all or none. Their sessions end. New names are followed
// wherever the old ones stand.
//
// Errors: Forbidden unless who administers the site; NotFound; Invalid by paths such as codes[0].newCode.
func (s *Service) RenameUsers(ctx context.Context, who access.Actor, list []Rename) error {
	changes := make([]Change, len(list))
	for i, r := range list {
		changes[i] = Change{Code: r.From, NewCode: &r.To}
	}
	return inCodes(s.UpdateUsers(ctx, who, changes))
}

// RenameOrganizations changes codes of organisations as RenameUsers does.
//
// Errors: as RenameUsers.
func (s *Service) RenameOrganizations(ctx context.Context, who access.Actor, list []Rename) error {
	changes := make([]OrganizationChange, len(list))
	for i, r := range list {
		changes[i] = OrganizationChange{Code: r.From, NewCode: &r.To}
	}
	return inCodes(s.UpdateOrganizations(ctx, who, changes))
}

// RenameGroups changes codes of groups as RenameUsers does.
//
// Errors: as RenameUsers; Conflict "group.builtin".
func (s *Service) RenameGroups(ctx context.Context, who access.Actor, list []Rename) error {
	changes := make([]GroupChange, len(list))
	for i, r := range list {
		changes[i] = GroupChange{Code: r.From, NewCode: &r.To}
	}
	return inCodes(s.UpdateGroups(ctx, who, changes))
}

// inCodes tells the problems of renaming by the paths of the list of codes.
func inCodes(err error) error {
	e, ok := errs.As(err)
	if !ok || e.Key != errs.Validation {
		return err
	}
	var p errs.Fields
	for _, problem := range e.Fields {
		p.Add("codes"+afterList(problem.Path), problem.Key, problem.Args)
	}
	return p.Err()
}

// afterList cuts the name of the list off a path: users[0].newCode gives [0].newCode.
func afterList(path string) string {
	for i, r := range path {
		if r == '[' {
			return path[i:]
		}
	}
	return ""
}
