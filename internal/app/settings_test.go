package app_test

import (
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/world"
)

func TestRevisionsOfSettings(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		aiko := w.User("aiko")
		a := w.App("deals", "title text")
		h := open(t, w, w.Root, a)
		nothing := func(*app.Settings, *errs.Fields) error { return nil }
		seen := h.App().Preview
		next, err := h.Edit(t.Context(), seen, nothing)
		must(t, err)
		if next != seen+1 {
			t.Errorf("revision %d after %d", next, seen)
		}
		_, err = h.Edit(t.Context(), seen, nothing)
		same(t, "editing what somebody else has edited", world.Outcome(err), "app.conflict")
		err = w.Apps.Deploy(t.Context(), w.Root.Actor(), []app.Deployment{{App: a.ID, Revision: seen}})
		same(t, "deploying it", world.Outcome(err), "app.conflict")
		same(t, "an edit with a problem", edit(t, w, a, func(s *app.Settings, p *errs.Fields) error {
			s.Name = "never"
			p.Add("name", "param.nameLength")
			return nil
		}), "validation name=param.nameLength")
		st, err := h.Settings(t.Context(), true)
		must(t, err)
		same(t, "the name", st.Name, "deals")
		must(t, w.Apps.Discard(t.Context(), w.Root.Actor(), []app.Deployment{{App: a.ID, Revision: next}}))
		if now := open(t, w, w.Root, a).App(); now.Live <= next || now.Live != now.Preview {
			t.Errorf("after discarding revision %d: live %d, preview %d", next, now.Live, now.Preview)
		}
		_, err = open(t, w, aiko, a).Edit(t.Context(), app.AnyRevision, nothing)
		same(t, "somebody who may not", world.Outcome(err), "forbidden")
		same(t, "deploying without the right", deploy(t.Context(), w, aiko.Actor(), a), "forbidden")
		_, err = open(t, w, aiko, a).Settings(t.Context(), true)
		same(t, "reading the preview without the right", world.Outcome(err), "forbidden")
	})
}

func TestAppsThatSomebodySees(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		aiko, ben := w.User("aiko"), w.User("ben")
		list := func(who world.Person, drafts bool) string {
			all, err := w.Apps.List(t.Context(), who.Actor(), app.Filter{}, drafts)
			must(t, err)
			var names []string
			for _, s := range all {
				names = append(names, s.Name)
			}
			return strings.Join(names, " ")
		}
		w.App("open", "title text")
		closed := w.App("closed", "title text")
		closed.Edit(func(s *app.Settings, _ *errs.Fields) { s.AppRules = s.AppRules[:1] })
		draft, _, err := w.Apps.Create(t.Context(), aiko.Actor(), "draft")
		must(t, err)
		same(t, "aiko's", list(aiko, false), "open")
		same(t, "aiko's drafts", list(aiko, true), "draft")
		same(t, "ben's drafts", list(ben, true), "")
		same(t, "root's", list(w.Root, false), "open closed")
		_, err = w.Apps.Open(t.Context(), ben.Actor(), draft)
		same(t, "somebody else's draft", world.Outcome(err), "app.notFound")
		_, err = w.Apps.Open(t.Context(), aiko.Actor(), closed.ID)
		same(t, "a closed app", world.Outcome(err), "forbidden")
		must(t, open(t, w, w.Root, closed).Delete(t.Context()))
		same(t, "root's after deleting one", list(w.Root, false), "open")
		_, err = w.Records.Open(t.Context(), w.Root.Actor(), closed.ID)
		same(t, "its records", world.Outcome(err), "app.notFound")
	})
}
