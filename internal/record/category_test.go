package record_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/space"
	"github.com/engawa/engawa/internal/world"
)

// categorise makes the names an app's categories, side by side.
func categorise(t *testing.T, a *world.App, names ...string) {
	t.Helper()
	tree := map[string]app.CategoryChange{}
	for i, name := range names {
		tree[name] = app.CategoryChange{Index: int64(i)}
	}
	a.Edit(func(s *app.Settings, p *errs.Fields) {
		if err := s.SetCategories(app.CategoriesChange{Enable: new(true), Tree: tree}, p); err != nil || p.Len() > 0 {
			t.Fatal(err, p.Err())
		}
	})
}

// A category that is deleted takes its records out of it, in the background: they are found as what they are then.
func TestRecordsOfACategoryThatIsDeleted(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("stock", "title text")
		categorise(t, a, "desk", "chair", "lamp")
		file := func(n id.Record, names ...string) {
			t.Helper()
			_, err := w.Root.Set(a).Categorise(t.Context(), []record.Filing{{ID: n, Categories: names, Revision: record.AnyRevision}}, false)
			must(t, world.Outcome(err))
		}
		for i := range 25 { // more than the job takes at a time
			n := a.Add(fmt.Sprintf("title=%d", i))
			file(n, "chair")
		}
		both, other, buried := a.Add("title=both"), a.Add("title=other"), a.Add("title=buried")
		file(both, "lamp", "chair")
		file(other, "desk")
		file(buried, "chair")
		a.Delete(buried)
		w.Drain()
		w.Pass(60e9)
		categorise(t, a, "lamp", "desk")
		same(t, "at once", values(t, w, a, 1, "$revision", "カテゴリー")+values(t, w, a, both, "カテゴリー"), "2 []["+`"lamp"]`)
		same(t, "its name", w.Root.Query(a, `カテゴリー in ("chair")`), "query.option")
		w.Drain()
		same(t, "in none now", w.Root.Query(a, `カテゴリー in ("")`), "found 25")
		same(t, "still in another", w.Root.Query(a, `カテゴリー in ("lamp")`), "found 1")
		same(t, "a record", values(t, w, a, 1, "$revision", "カテゴリー"), "3 []")
		same(t, "one that was not in it", values(t, w, a, other, "$revision", "カテゴリー"), `2 ["desk"]`)
		contains(t, "who changed it last stays", get(t, w.Root, a, 1), `"更新日時":{"type":"UPDATED_TIME","value":"2026-11-21T09:30:00Z"}`)
		list, _, err := w.Root.Set(a).History(t.Context(), 1, 0)
		must(t, world.Outcome(err))
		same(t, "its history", fmt.Sprintf("%s %q %s %s", list[0].Kind, list[0].By.Code, list[0].Changes[0].Old, list[0].Changes[0].New), `categories "" ["chair"] []`)
		must(t, world.Outcome(w.Root.Set(a).Restore(t.Context(), []id.Record{buried})))
		same(t, "one that comes back from the trash", w.Root.Query(a, `カテゴリー in ("")`), "found 26")
		_, err = w.Root.Set(a).Revert(t.Context(), 1, 2, record.AnyRevision)
		must(t, world.Outcome(err))
		same(t, "as it was before: what is gone stays gone", w.Root.Query(a, `カテゴリー in ("")`), "found 26")
	})
}

// All the categories that there may be are asked for, and deleted, at once.
func TestAsManyCategoriesAsThereMayBe(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("stock", "title text")
		names := make([]string, app.MaxCategories)
		for i := range names {
			names[i] = fmt.Sprintf("category %d", i)
		}
		categorise(t, a, names...)
		n := a.Add("title=desk")
		_, err := w.Root.Set(a).Categorise(t.Context(), []record.Filing{{ID: n, Categories: names, Revision: record.AnyRevision}}, false)
		must(t, world.Outcome(err))
		every := `カテゴリー in ("` + strings.Join(names, `","`) + `")`
		same(t, "in any of them", w.Root.Query(a, every), "found 1")
		categorise(t, a)
		w.Drain()
		same(t, "in none", w.Root.Query(a, `カテゴリー in ("")`), "found 1")
		same(t, "its revision", values(t, w, a, n, "$revision"), "3")
	})
}

// An app from before there were categories gets them when it is edited next.
func TestAppsFromBeforeThereWereCategories(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("old", "title text")
		n, buried := a.Add("title=desk"), a.Add("title=chair")
		forgetFields(t, w, "CATEGORY")
		w.Apps = app.New(w.DB, record.Tables{}, w.People, w.Files, space.New(w.DB, w.People, w.Files))
		w.Records = record.New(w.DB, w.Apps, w.Files, w.People)
		_, err := w.Root.Set(a).Categorise(t.Context(), []record.Filing{{ID: n, Categories: nil, Revision: record.AnyRevision}}, false)
		same(t, "an old app", world.Outcome(err), "category.off")
		a.Delete(buried)
		must(t, world.Outcome(w.Root.Set(a).Restore(t.Context(), []id.Record{buried})))
		categorise(t, a, "new")
		_, err = w.Root.Set(a).Categorise(t.Context(), []record.Filing{{ID: n, Categories: []string{"new"}, Revision: record.AnyRevision}}, false)
		must(t, world.Outcome(err))
		same(t, "filed", w.Root.Query(a, `カテゴリー in ("new")`), "found 1")
		same(t, "not filed", w.Root.Query(a, `カテゴリー in ("")`), "found 1")
	})
}

// What watches records sees an edit of their categories as one of any other field.
func TestConditionsOnCategories(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		ben := w.User("ben")
		a := w.App("stock", "title text")
		categorise(t, a, "open", "closed")
		n := a.Add("title=desk")
		a.Forbid(`カテゴリー in ("closed")`, "root")
		file := func(name string) {
			t.Helper()
			_, err := w.Root.Set(a).Categorise(t.Context(), []record.Filing{{ID: n, Categories: []string{name}, Revision: record.AnyRevision}}, false)
			must(t, world.Outcome(err))
		}
		same(t, "in none", ben.Query(a, `title = "desk"`), "found 1")
		file("closed")
		same(t, "in one that is closed to him", ben.Query(a, `title = "desk"`), "found 0")
		_, err := ben.Set(a).Categorise(t.Context(), []record.Filing{{ID: n, Categories: nil, Revision: record.AnyRevision}}, false)
		same(t, "which he cannot take it out of", world.Outcome(err), "record.notFound")
		file("open")
		_, err = ben.Set(a).Categorise(t.Context(), []record.Filing{{ID: n, Categories: []string{"closed"}, Revision: record.AnyRevision}}, false)
		must(t, world.Outcome(err))
		same(t, "what he put there is closed to him too", ben.Query(a, ""), "found 0")
	})
}
