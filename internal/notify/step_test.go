package notify_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// approved gives an app a process: draft, then asked of anybody who is named, then done.
func approved(a *world.App, deciders ...string) {
	var people []app.Principal
	for _, code := range deciders {
		people = append(people, app.Principal{Entity: user(code)})
	}
	a.Edit(func(s *app.Settings, p *errs.Fields) {
		err := s.SetProcess(app.ProcessChange{
			Enable: new(true),
			States: map[string]app.StateChange{
				"draft": {Index: 0, Assignees: &app.Assignment{Mode: app.One}},
				"asked": {Index: 1, Assignees: &app.Assignment{Mode: app.All, Entities: people}},
				"done":  {Index: 2, Assignees: &app.Assignment{Mode: app.One}},
			},
			Actions: &[]app.ProcessActionChange{{Name: "ask", From: "draft", To: "asked"}, {Name: "agree", From: "asked", To: "done"}},
		}, p)
		if err != nil {
			p.Add("process", errs.KeyOf(err))
		}
	})
}

func (w *site) act(by world.Person, a *world.App, n id.Record, action string) {
	w.T.Helper()
	if _, err := by.Set(a).Act(w.T.Context(), []record.Step{{ID: n, Action: action, Revision: record.AnyRevision}}, false); err != nil {
		w.T.Fatal(err)
	}
}

// turns is what somebody is told of processes, newest first: "assigned:asked".
func (w *site) turns(p world.Person) string {
	w.T.Helper()
	var out []string
	for _, n := range w.notes(p) {
		out = append(out, fmt.Sprintf("%s:%s by %s", n.Kind, n.Status, n.By))
	}
	return strings.Join(out, ", ")
}

func TestWhoIsToldOfSteps(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, ben, chie, dan := w.User("aiko"), w.User("ben"), w.User("chie"), w.User("dan")
		deals := w.App("deals", `title text`)
		approved(deals, "ben", "chie")
		if err := w.People.SetDeputy(t.Context(), chie.Actor(), "dan", "2026-11-01", "2026-11-30"); err != nil {
			t.Fatal(err)
		}
		n := deals.Add(`title=desk`)
		w.act(aiko, deals, n, "ask")
		w.Drain()
		want(t, "whose turn it is", w.turns(ben), "assigned:asked by aiko")
		want(t, "who is away", w.turns(chie), "assigned:asked by aiko")
		want(t, "her deputy", w.turns(dan), "assigned:asked by aiko")
		want(t, "who asked for it", w.turns(w.Root), "progress:asked by aiko")
		want(t, "who did it", w.turns(aiko), "")
		if got := w.mails(); !strings.Contains(got, "ben@example.com") || strings.Contains(got, "aiko") {
			t.Errorf("mails: %s", got)
		}
		w.act(ben, deals, n, "agree") // another has to agree: it has not moved
		w.Drain()
		want(t, "who asked for it", w.turns(w.Root), "progress:asked by aiko")
		w.act(dan, deals, n, "agree")
		w.Drain()
		want(t, "who asked for it", w.turns(w.Root), "finished:done by dan, progress:asked by aiko")
		// By hand; nobody is told twice.
		if _, err := w.Root.Set(deals).Assign(t.Context(), n, []string{"ben", "root"}, record.AnyRevision); err != nil {
			t.Fatal(err)
		}
		w.Drain()
		want(t, "whose turn it is", w.turns(ben), "assigned:done by 青木 愛子, assigned:asked by aiko")
		want(t, "who says so", w.turns(w.Root), "finished:done by dan, progress:asked by aiko")
		// The rules of the app tell others; who is told anyway is not told twice.
		tells(deals, app.GeneralNotice{Entity: group("everyone"), StatusChanged: true})
		n = deals.Add(`title=chair`)
		w.act(aiko, deals, n, "ask")
		w.Drain()
		want(t, "ben", strings.Split(w.kinds(ben), " ")[0], "assigned!")
		want(t, "root", strings.Split(w.kinds(w.Root), " ")[0], "progress!")
		want(t, "aiko", w.kinds(aiko), "")
		eri := w.User("eri")
		n = deals.Add(`title=lamp`)
		w.act(aiko, deals, n, "ask")
		w.Drain()
		want(t, "eri", w.kinds(eri), "status")
	})
}

// What somebody may not see of a step is not in what he is told of it.
func TestTurnsThatAreHidden(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, ben, chie := w.User("aiko"), w.User("ben"), w.User("chie")
		deals := w.App("deals", `title text`)
		approved(deals, "ben", "chie")
		deals.Hide(w.system(deals, field.Status), "ben")
		deals.Hide(w.system(deals, field.Modifier), "ben")
		deals.Forbid(`title = "board"`, "root", "aiko", "ben")
		n := deals.Add(`title=board`)
		w.act(aiko, deals, n, "ask")
		w.Drain()
		want(t, "ben", w.turns(ben), "assigned: by ")
		want(t, "chie", w.turns(chie), "")
		if got := w.mails(); strings.Contains(got, "chie") {
			t.Errorf("mails: %s", got)
		}
	})
}
