package identity

import (
	"context"
	"slices"
	"strings"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/id"
)

// maxSuggest is how many suggestions one may ask for.
const maxSuggest = 50

// Principal is somebody, or several, whom a permission, a process or a notification may name.
type Principal struct {
	Type string // KindUser, KindGroup, KindOrganization
	ID   int64
	Code string
	Name string
}

// Suggest returns at most limit (1 to 50) active users whose name, reading or login name contains q, case and width
// aside: those that begin with q first, then by id. Any user may ask; only ID, Code and Name are filled in.
func (s *Service) Suggest(ctx context.Context, who access.Actor, q string, limit int) ([]User, error) {
	list, err := s.SuggestPrincipals(ctx, who, q, []string{KindUser}, limit)
	users := make([]User, len(list))
	for i, p := range list {
		users[i] = User{ID: id.User(p.ID), Code: p.Code, Name: p.Name}
	}
	return users, err
}

// SuggestPrincipals returns at most limit (1 to 50) users, organisations and groups of the kinds asked for whose name or
// code contains q, case and width aside: those that begin with q first. Users come first, then organisations, then
// groups. Suspended users are not suggested.
//
// Errors: Forbidden unless who is a user.
func (s *Service) SuggestPrincipals(ctx context.Context, who access.Actor, q string, kinds []string, limit int) ([]Principal, error) {
	if who.Kind() != access.KindUser {
		return nil, forbidden()
	}
	d, err := s.directory(ctx)
	if err != nil {
		return nil, err
	}
	f := finder{q: foldCode(strings.TrimSpace(q)), limit: min(max(limit, 1), maxSuggest)}
	if slices.Contains(kinds, KindUser) {
		for _, a := range d.order {
			if a.acts() {
				f.see(Principal{KindUser, int64(a.ID), a.Code, a.Name}, a.Profile.SurNameReading+a.Profile.GivenNameReading)
			}
		}
	}
	if slices.Contains(kinds, KindOrganization) {
		d.units.walk(0, func(o *Organization) { f.see(Principal{KindOrganization, int64(o.ID), o.Code, o.Name}, o.LocalName) })
	}
	if slices.Contains(kinds, KindGroup) {
		for _, g := range d.groups.order {
			f.see(Principal{KindGroup, int64(g.ID), g.Code, g.Name}, "")
		}
	}
	return f.found(), nil
}

// finder collects what q finds.
type finder struct {
	q           string
	limit       int
	first, then []Principal // those that begin with q, and those that contain it
}

// see takes p in if q finds it; other is another name of it.
func (f *finder) see(p Principal, other string) {
	name, code, other := foldCode(p.Name), foldCode(p.Code), foldCode(other)
	switch {
	case len(f.first) == f.limit:
	case strings.HasPrefix(name, f.q), strings.HasPrefix(code, f.q), f.q != "" && strings.HasPrefix(other, f.q):
		f.first = append(f.first, p)
	case strings.Contains(name, f.q), strings.Contains(code, f.q), strings.Contains(other, f.q):
		f.then = append(f.then, p)
	}
}

func (f *finder) found() []Principal {
	all := append(f.first, f.then...)
	return all[:min(f.limit, len(all))]
}
