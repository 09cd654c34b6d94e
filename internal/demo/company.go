package demo

import (
	"context"

	"github.com/engawa/engawa/internal/identity"
)

// departments are the company's, each behind the one above it.
var departments = []struct{ code, name, parent string }{
	{"head", "本社", ""},
	{"sales", "営業部", "head"},
	{"sales1", "営業1課", "sales"},
	{"sales2", "営業2課", "sales"},
	{"logistics", "物流部", "head"},
	{"office", "管理部", "head"},
}

// titles are what its people are there.
var titles = []struct{ code, name string }{{"manager", "部長"}, {"leader", "課長"}}

// posts say where everybody is, the first place being the one that counts.
var posts = map[string][]identity.Place{
	"aoki":      {{Organization: "office", Title: "manager"}},
	"sato":      {{Organization: "sales1", Title: "leader"}},
	"suzuki":    {{Organization: "sales2", Title: "leader"}},
	"takahashi": {{Organization: "logistics", Title: "manager"}, {Organization: "office"}},
	"tanaka":    {{Organization: "sales1"}},
	"nakamura":  {{Organization: "office"}},
}

// company puts the people into departments and a group; logins are their login names by the names the demo knows them by.
func (s *site) company(ctx context.Context, logins map[string]string) error {
	who := s.actors["aoki"]
	var units []identity.OrganizationChange
	for _, d := range departments {
		units = append(units, identity.OrganizationChange{Code: d.code, Name: &d.name, ParentCode: &d.parent})
	}
	if err := s.People.AddOrganizations(ctx, who, units); err != nil {
		return err
	}
	var ranks []identity.TitleChange
	for _, t := range titles {
		ranks = append(ranks, identity.TitleChange{Code: t.code, Name: &t.name})
	}
	if err := s.People.PutTitles(ctx, who, ranks); err != nil {
		return err
	}
	var placements []identity.Placement
	for _, e := range employees {
		placements = append(placements, identity.Placement{Code: logins[e.login], Places: posts[e.login], First: true})
	}
	if err := s.People.SetOrganizations(ctx, who, placements); err != nil {
		return err
	}
	if err := s.People.AddGroups(ctx, who, []identity.GroupChange{{Code: "safety", Name: new("安全衛生委員会")}}); err != nil {
		return err
	}
	return s.People.SetUsersIn(ctx, who, "safety", []string{logins["takahashi"], logins["tanaka"]})
}
