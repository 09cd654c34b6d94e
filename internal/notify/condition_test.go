package notify_test

import (
	"testing"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// watches gives an app rules by condition, and takes away the general ones that it has of itself.
func watches(a *world.App, list ...app.RecordNotice) {
	tells(a)
	a.Edit(func(s *app.Settings, p *errs.Fields) {
		if err := s.SetRecordNotices(list, p); err != nil {
			p.Add("list", errs.KeyOf(err))
		}
	})
}

// Checklist 14: a rule fires when its condition comes to hold, not while it goes on to.
func TestConditionsFireWhenTheyComeToHold(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko := w.User("aiko")
		deals := w.App("deals", `title text; n number; lines table(part text)`)
		watches(deals,
			app.RecordNotice{Filter: `n > 10`, Title: "large", Targets: targets(user("aiko"))},
			app.RecordNotice{Filter: `part in ("leg")`, Title: "with a leg", Targets: targets(user("aiko"))},
			app.RecordNotice{Title: "new", Targets: targets(user("aiko"))},
		)
		n := deals.Add(`title=desk n=5`)
		w.Drain()
		want(t, "added, only the rule without a condition", w.said(aiko), "condition 青木 愛子@desk:new")
		for _, tc := range []struct{ what, values, told string }{
			{"it does not hold", "n=10", ""},
			{"it comes to hold", "n=11", "condition 青木 愛子@desk:large"},
			{"it goes on to", "n=12", ""},
			{"another field is changed", "title=chair", ""},
			{"it no longer holds", "n=1", ""},
			{"it comes to hold again", "n=20", "condition 青木 愛子@chair:large"},
		} {
			w.forget()
			w.edit(w.Root, deals, n, tc.values)
			w.Drain()
			want(t, tc.what, w.said(aiko), tc.told)
		}
		w.forget()
		deals.AddJSON(`{"title":{"value":"stool"},"n":{"value":"99"},"lines":{"value":[{"value":{"part":{"value":"leg"}}}]}}`)
		w.Drain()
		want(t, "several at once are one notice", w.said(aiko), "condition 青木 愛子@stool:large")
		w.forget()
		set := w.Root.Set(deals)
		if _, err := set.Revert(t.Context(), n, 1, record.AnyRevision); err != nil {
			t.Fatal(err)
		}
		w.edit(w.Root, deals, n, "n=30")
		w.Drain()
		want(t, "going back is a change like others", w.said(aiko), "condition 青木 愛子@desk:large")
	})
}

// A rule may ask for who changed the record, and for what only writing gives it.
func TestConditionsOnSystemFields(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, ben := w.User("aiko"), w.User("ben")
		deals := w.App("deals", `title text`)
		watches(deals,
			app.RecordNotice{Filter: w.system(deals, field.Modifier) + ` in ("ben")`, Title: "by ben", Targets: targets(user("aiko"))},
			app.RecordNotice{Filter: `$id = 2`, Title: "the second", Targets: targets(user("aiko"))},
		)
		n := deals.Add(`title=a`)
		w.Drain()
		want(t, "added", w.said(aiko), "")
		w.edit(ben, deals, n, "title=b")
		w.edit(ben, deals, n, "title=c")
		w.Drain()
		want(t, "changed by ben, twice", w.said(aiko), "condition ben@c:by ben")
		deals.Add(`title=d`)
		w.Drain()
		want(t, "the second", w.said(aiko), "condition 青木 愛子@d:the second, condition ben@c:by ben")
	})
}

// Nobody is told of what he did, nor of what he may not see; importing fires no conditions; whom a record names is asked of it.
func TestWhomConditionsTell(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, ben, chie := w.User("aiko"), w.User("ben"), w.User("chie")
		deals := w.App("deals", `title text; secret text hidden-from:ben; who user`)
		deals.Forbid(`title = "board"`, "root", "aiko")
		watches(deals, app.RecordNotice{Filter: `secret = "plum"`, Title: "look", Targets: targets(user("aiko"), user("ben"), fieldEntity("who"))})
		tells(deals, app.GeneralNotice{Entity: group(access.Everyone), RecordAdded: true})
		deals.AddJSON(`{"title":{"value":"desk"},"secret":{"value":"plum"},"who":{"value":[{"code":"chie"}]}}`)
		deals.Add(`title=board secret=plum`)
		w.Drain()
		want(t, "aiko, of both", w.kinds(aiko), "condition! condition!")
		want(t, "ben, who may not see one of them", w.said(ben), "condition 青木 愛子@desk:look")
		want(t, "whom the record names", w.said(chie), "condition 青木 愛子@desk:look")
		w.forget()
		w.edit(aiko, deals, 1, "secret=x")
		w.edit(aiko, deals, 1, "secret=plum")
		w.Drain()
		want(t, "who did it", w.said(aiko), "")
		want(t, "others", w.said(chie), "condition aiko@desk:look")
		w.forget()
		l, err := w.Root.Set(deals).Prepare(t.Context(), []id.Field{deals.Field("title").ID, deals.Field("secret").ID}, [][]string{{"file", "plum"}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Store(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.Drain()
		want(t, "an import", w.said(aiko)+w.said(chie), "")
	})
}

// Filing a record is an edit of it: rules about edits and conditions on categories are told of it.
func TestFilingARecordIsNews(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, ben, chie := w.User("aiko"), w.User("ben"), w.User("chie")
		deals := w.App("deals", `title text`)
		deals.Edit(func(s *app.Settings, p *errs.Fields) {
			c := app.CategoriesChange{Enable: new(true), Tree: map[string]app.CategoryChange{"open": {}, "closed": {Index: 1}}}
			if err := s.SetCategories(c, p); err != nil {
				p.Add("categories", errs.KeyOf(err))
			}
		})
		tells(deals, app.GeneralNotice{Entity: user("ben"), RecordEdited: true})
		deals.Edit(func(s *app.Settings, p *errs.Fields) {
			rule := app.RecordNotice{Filter: w.system(deals, field.Category) + ` in ("closed")`, Title: "closed", Targets: targets(user("chie"))}
			if err := s.SetRecordNotices([]app.RecordNotice{rule}, p); err != nil {
				p.Add("list", errs.KeyOf(err))
			}
		})
		n := deals.Add("title=desk")
		w.Drain()
		w.forget()
		file := func(name string) {
			t.Helper()
			_, err := aiko.Set(deals).Categorise(t.Context(), []record.Filing{{ID: n, Categories: []string{name}, Revision: record.AnyRevision}}, false)
			if err != nil {
				t.Fatal(err)
			}
			w.Drain()
		}
		file("open")
		want(t, "an edit", w.kinds(ben), "edited")
		want(t, "a condition that it does not meet", w.said(chie), "")
		file("closed")
		want(t, "one that it has come to meet", w.said(chie), "condition aiko@desk:closed")
		want(t, "who did it", w.said(aiko), "")
	})
}

func TestTheProcessTellsWhoseTurnItIs(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, ben, chie := w.User("aiko"), w.User("ben"), w.User("chie")
		deals := w.App("deals", `title text`)
		person := func(code string) []app.Principal { return []app.Principal{{Entity: user(code)}} }
		deals.Edit(func(s *app.Settings, p *errs.Fields) {
			err := s.SetProcess(app.ProcessChange{
				Enable: new(true),
				States: map[string]app.StateChange{
					"new": {Index: 0, Assignees: &app.Assignment{Mode: app.One}}, "check": {Index: 1, Assignees: &app.Assignment{Mode: app.All, Entities: person("ben")}},
					"done": {Index: 2, Assignees: &app.Assignment{Mode: app.One}},
				},
				Actions: &[]app.ProcessActionChange{{Name: "ask", From: "new", To: "check"}, {Name: "approve", From: "check", To: "done"}},
			}, p)
			if err != nil {
				p.Add("process", errs.KeyOf(err))
			}
		})
		tells(deals, app.GeneralNotice{Entity: user("chie"), StatusChanged: true})
		deals.Edit(func(s *app.Settings, p *errs.Fields) {
			rule := app.RecordNotice{Filter: w.system(deals, field.Status) + ` in ("done")`, Title: "done", Targets: targets(user("chie"))}
			if err := s.SetRecordNotices([]app.RecordNotice{rule}, p); err != nil {
				p.Add("list", errs.KeyOf(err))
			}
		})
		list, err := aiko.Set(deals).Add(t.Context(), []record.Input{{"title": {Value: []byte(`"desk"`)}}}, "record")
		if err != nil {
			t.Fatal(err)
		}
		act := func(by world.Person, action string) {
			t.Helper()
			if _, err := by.Set(deals).Act(t.Context(), []record.Step{{ID: list[0].ID, Action: action, Revision: record.AnyRevision}}, false); err != nil {
				t.Fatal(err)
			}
			w.Drain()
		}
		act(aiko, "ask")
		want(t, "whose turn it is", w.said(ben), "assigned aiko@desk:")
		want(t, "a rule's", w.kinds(chie), "status")
		want(t, "who asked", w.said(aiko), "")
		act(ben, "approve")
		want(t, "who asked, when it is done", w.said(aiko), "finished ben@desk:")
		want(t, "who did it", w.kinds(ben), "assigned!")
		want(t, "a rule's, and a condition's", w.said(chie), "condition ben@desk:done, status aiko@desk:")
	})
}
