package app_test

import (
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/world"
)

func entity(kind, code string) access.Entity { return access.Entity{Type: kind, Code: code} }

// ruled is an app whose rules name aiko, the group choir and the organisation sales.
func ruled(w *world.World) *world.App {
	a := w.App("orders", "title text; who user")
	a.Edit(func(s *app.Settings, p *errs.Fields) {
		who, _ := s.Field("who")
		who.Default = []string{"aiko"}
		s.AppRules = []access.AppRule{
			{Entity: entity("GROUP", "choir"), Verbs: access.View | access.Add},
			{Entity: entity("ORGANIZATION", "sales")},
			{Entity: entity("USER", "ben")},
			{Entity: entity("GROUP", access.Everyone), Verbs: access.All},
		}
		title, _ := s.Field("title")
		s.FieldRules = []app.FieldRule{{Code: title.Code, Entities: []access.FieldRight{{Entity: entity("USER", "aiko"), Accessibility: "READ"}}}}
		s.SetRecordRules([]app.RecordRule{{
			Filter:   `who in ("aiko", "ben") or title = "aiko"`,
			Entities: []access.RecordRight{{Entity: entity("USER", "aiko"), Verbs: access.View}, {Entity: entity("USER", "ben"), Verbs: access.View}},
		}}, p)
	})
	return a
}

// told is what the rules say of whom.
func told(t testing.TB, w *world.World, a *world.App) string {
	t.Helper()
	l, err := w.Apps.Current(t.Context(), a.ID)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, r := range l.Settings.AppRules {
		list = append(list, r.Entity.Code)
	}
	for _, r := range l.Settings.FieldRules {
		for _, e := range r.Entities {
			list = append(list, "field:"+e.Entity.Code)
		}
	}
	for _, r := range l.Settings.RecordRules {
		list = append(list, r.Filter)
		for _, e := range r.Entities {
			list = append(list, "record:"+e.Entity.Code)
		}
	}
	who, _ := l.Settings.Field("who")
	return strings.Join(append(list, who.Default...), " ")
}

func TestRulesFollowNewCodes(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		aiko, ben := w.User("aiko"), w.User("ben")
		w.Group("choir", aiko)
		w.Organization("sales", "", ben)
		a := ruled(w)
		ctx, root := t.Context(), w.Root.Actor()
		before, err := w.Apps.Current(ctx, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, err := range []error{
			w.People.RenameUsers(ctx, root, []identity.Rename{{From: "aiko", To: "aoki"}}),
			w.People.RenameGroups(ctx, root, []identity.Rename{{From: "choir", To: "singers"}}),
			w.People.RenameOrganizations(ctx, root, []identity.Rename{{From: "sales", To: "営業 & co"}}),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		want := `singers 営業 & co ben everyone field:aoki who in ("aoki", "ben") or title = "aiko" record:aoki record:ben aoki`
		if got := told(t, w, a); got != want {
			t.Errorf("renamed: %s", got)
		}
		if after, _ := w.Apps.Current(ctx, a.ID); after.Settings.Revision <= before.Settings.Revision {
			t.Error("settings that changed have a new revision")
		}
		if _, err := w.Records.Open(ctx, w.As("aoki").Actor(), a.ID); err != nil {
			t.Errorf("who was let in by her group: %v", err)
		}
		if _, err := w.Records.Open(ctx, ben.Actor(), a.ID); err == nil {
			t.Error("who was kept out by his organisation is let in")
		}
	})
}

// Conditions on the records of other apps follow too, whose fields they name by id.
func TestConditionsOnOtherAppsFollowNewCodes(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		w.User("aiko")
		source := w.App("customers", "no text unique; who user")
		l, err := w.Apps.Current(t.Context(), source.ID)
		if err != nil {
			t.Fatal(err)
		}
		key, _ := l.Settings.Field("no")
		who, _ := l.Settings.Field("who")
		a := w.App("orders", "customer text")
		a.Edit(func(s *app.Settings, _ *errs.Fields) {
			f, _ := s.Field("customer")
			f.Lookup = &field.Lookup{App: source.ID, Key: key.ID, Filter: field.SourceCode(who.ID) + ` in ("aiko")`}
		})
		if err := w.People.RenameUsers(t.Context(), w.Root.Actor(), []identity.Rename{{From: "aiko", To: "aoki"}}); err != nil {
			t.Fatal(err)
		}
		if l, err = w.Apps.Current(t.Context(), a.ID); err != nil {
			t.Fatal(err)
		}
		f, _ := l.Settings.Field("customer")
		if want := field.SourceCode(who.ID) + ` in ("aoki")`; f.Lookup.Filter != want {
			t.Errorf("got %s, want %s", f.Lookup.Filter, want)
		}
	})
}

// Attack case 83.
func TestRulesOutliveWhomTheyName(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		aiko, ben := w.User("aiko"), w.User("ben")
		w.Group("choir", aiko)
		w.Organization("head", "")
		w.Organization("sales", "head", ben)
		a := ruled(w)
		ctx, root := t.Context(), w.Root.Actor()
		for what, err := range map[string]error{
			"an organisation above": w.People.DeleteOrganizations(ctx, root, []string{"head"}),
			"a group":               w.People.DeleteGroups(ctx, root, []string{"choir"}),
		} {
			if got := world.Outcome(err); got != "principal.inUse" {
				t.Errorf("deleting %s that a rule names: %s", what, got)
			}
		}
		if err := w.People.DeleteUsers(ctx, root, []string{"aiko"}); err != nil {
			t.Fatal(err)
		}
		want := `choir sales ben everyone field:deleted:3 who in ("deleted:3", "ben") or title = "aiko" record:deleted:3 record:ben`
		if got := told(t, w, a); got != want {
			t.Errorf("deleted: %s", got)
		}
		w.User("aiko") // another one
		if got := w.As("aiko").Query(a, ""); got != "found 0" {
			t.Errorf("a later user of the same name: %s", got)
		}
		a.Edit(func(s *app.Settings, _ *errs.Fields) { s.AppRules = s.AppRules[3:] })
		for what, err := range map[string]error{
			"the organisation": w.People.DeleteOrganizations(ctx, root, []string{"head"}),
			"the group":        w.People.DeleteGroups(ctx, root, []string{"choir"}),
		} {
			if err != nil {
				t.Errorf("deleting %s that nothing names: %v", what, err)
			}
		}
	})
}
