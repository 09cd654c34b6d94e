package record_test

import (
	"fmt"
	"testing"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/world"
)

// live makes the lookups of a shop follow their source.
func live(w *world.World, orders *world.App) {
	orders.Edit(func(s *app.Settings, p *errs.Fields) {
		if err := s.UpdateFields(definitions(w, `{"item":{"lookup":{"live":true}},"lines":{"fields":{"part":{"lookup":{"live":true}}}}}`), p); err != nil {
			w.T.Fatal(err)
		}
	})
}

func TestLiveLookupsFollowTheirSource(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		goods, orders := shop(w)
		before := orders.AddInput(input(t, `{"item":{"value":"A-1"}}`)) // before it is live
		live(w, orders)
		n := orders.AddInput(input(t, `{"item":{"value":"A-1"},"lines":{"value":[{"value":{"part":{"value":"B-2"}}},{"value":{"part":{"value":"A-1"},"amount":{"value":"3"}}}]}}`))
		w.Drain()
		head := func(what, want string) {
			t.Helper()
			same(t, what, values(t, w, orders, n, "$revision", "item", "name", "price")+"|"+rows(t, w, orders, n, "lines", "part", "what", "each"), want)
		}
		head("as it was", "1 A-1 apple 120|B-2 brush 300.5,A-1 apple 120")
		goods.Update(1, input(t, `{"code":{"value":"A-9"},"name":{"value":"Apple"}}`))
		head("until the job ran", "1 A-1 apple 120|B-2 brush 300.5,A-1 apple 120")
		w.Pass(60e9)
		w.Drain()
		head("the source changed, with its key", "2 A-9 Apple 120|B-2 brush 300.5,A-9 Apple 120")
		same(t, "so did what was written before", values(t, w, orders, before, "item", "name"), "A-9 Apple")
		contains(t, "who changed it last stays", get(t, w.Root, orders, n), `"更新者":{"type":"MODIFIER","value":{"code":"root"`, `"更新日時":{"type":"UPDATED_TIME","value":"2026-11-21T09:30:00Z"}`)
		contains(t, "it is found by what it says now", w.Root.Query(orders, `item = "A-9" and name like "Appl"`), "found 2")
		list, _, err := w.Root.Set(orders).History(t.Context(), n, 0)
		must(t, world.Outcome(err))
		same(t, "its history", fmt.Sprint(list[0].Kind, list[0].By.Code, len(list[0].Changes)), "follow3")
		goods.Update(1, input(t, `{"note":{"value":"nothing that is copied"}}`))
		w.Drain()
		head("another field of the source", "2 A-9 Apple 120|B-2 brush 300.5,A-9 Apple 120")
		goods.Delete(1)
		w.Drain()
		head("the source is gone", "2 A-9 Apple 120|B-2 brush 300.5,A-9 Apple 120")
	})
}

// Lookups that go in a circle come to rest.
func TestLiveLookupsInACircle(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		one := w.App("one", "no text unique; text text")
		two := w.App("two", "no text unique; text text")
		tie := func(from, to *world.App) {
			from.Define(fmt.Sprintf(`{"other":{"type":"SINGLE_LINE_TEXT","lookup":{"relatedApp":{"app":%d},"relatedKeyField":"no","fieldMappings":[{"field":"text","relatedField":"text"}],"live":true}}}`, to.ID))
		}
		one.Add("no=1 text=a")
		tie(one, two)
		tie(two, one)
		two.Add("no=1 other=1")
		must(t, update(t, w.Root, one, 1, `{"other":{"value":"1"}}`))
		w.Drain()
		same(t, "both", values(t, w, one, 1, "text")+values(t, w, two, 1, "text"), "aa")
		three := w.App("three", "text text")
		tie(three, two)
		three.Add("other=1")
		w.Drain()
		must(t, update(t, w.Root, two, 1, `{"other":{"value":""}}`))
		w.Drain()
		same(t, "emptied all round", values(t, w, one, 1, "text")+values(t, w, two, 1, "text")+values(t, w, three, 1, "text"), "")
	})
}

func TestRefreshingLookups(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		goods, orders := shop(w)
		aiko := w.User("aiko")
		for range 25 {
			orders.AddInput(input(t, `{"item":{"value":"A-1"},"lines":{"value":[{"value":{"part":{"value":"B-2"}}}]}}`))
		}
		b := orders.AddInput(input(t, `{"item":{"value":"B-2"}}`))
		goods.Update(1, input(t, `{"name":{"value":"Apple"}}`))
		goods.Update(2, input(t, `{"name":{"value":"Brush"}}`))
		goods.Forbid(`code = "B-2"`)
		_, err := aiko.Set(orders).Refresh(t.Context(), "")
		same(t, "by somebody who does not manage the app", world.Outcome(err), "forbidden")
		_, err = w.Root.Set(orders).Refresh(t.Context(), "memo")
		same(t, "of no lookup", world.Outcome(err), "lookup.unknown")
		n, err := w.Root.Set(orders).Refresh(t.Context(), "")
		must(t, world.Outcome(err))
		w.Drain()
		how, err := w.Root.Set(orders).Refreshing(t.Context(), n)
		must(t, world.Outcome(err))
		same(t, "how it went", fmt.Sprint(how.State, how.Done, how.Total), "done26 26")
		same(t, "a record", values(t, w, orders, 25, "$revision", "name"), "2 Apple")
		same(t, "one whose source he does not see", values(t, w, orders, b, "$revision", "name"), "1 brush")
		_, err = aiko.Set(orders).Refreshing(t.Context(), n)
		same(t, "told to nobody else", world.Outcome(err), "forbidden")
		_, err = w.Root.Set(goods).Refreshing(t.Context(), n)
		same(t, "nor for another app", world.Outcome(err), "job.notFound")
	})
}
