package world_test

import (
	"testing"

	"github.com/engawa/engawa/internal/world"
)

func TestHiddenFieldsAreUnknownToQueries(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		aiko := w.User("aiko")
		orders := w.App("orders", `title text; cost number hidden-from:aiko; lines table(part text, price number hidden-from:aiko)`)
		orders.Add(`title=desk cost=90`)
		orders.AddJSON(`{"title":{"value":"chair"},"lines":{"value":[{"value":{"part":{"value":"leg"},"price":{"value":"3"}}}]}}`)
		for _, tc := range []struct{ query, want string }{
			{`title = "desk"`, "found 1"},
			{`part in ("leg")`, "found 1"},
			{`order by cost asc`, "query.unknownField"},
			{`price in (3)`, "query.unknownField"},
		} {
			if got := aiko.Query(orders, tc.query); got != tc.want {
				t.Errorf("%s: got %s, want %s", tc.query, got, tc.want)
			}
		}
		if got := w.Root.Query(orders, `cost = 90`); got != "found 1" {
			t.Errorf("the administrator: %s", got)
		}
	})
}
