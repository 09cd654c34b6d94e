package record_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// orders is an app with computed fields inside and outside of its table.
func orders(w *world.World) *world.App {
	a := w.App("orders", "title text; rate number; kind dropdown(food|tool); lines table(part text, price number)")
	change(w.T.(*testing.T), a, `{"lines":{"fields":{"taxed":{"type":"CALC","expression":"price * (1 + rate)"}}}}`)
	define(w.T.(*testing.T), a, `{
		"total":{"type":"CALC","code":"total","label":"Total","expression":"SUM(taxed)"},
		"name":{"type":"SINGLE_LINE_TEXT","expression":"title & \"/\" & kind & \"/\" & total","required":true,"unique":true,"maxLength":"1"},
		"by":{"type":"SINGLE_LINE_TEXT","expression":"作成者 & \">\" & 更新者"},
		"due":{"type":"CALC","format":"DATE","expression":"作成日時 + 86400"}}`)
	return a
}

func define(t *testing.T, a *world.App, definitions string) {
	t.Helper()
	a.Edit(func(s *app.Settings, p *errs.Fields) { s.AddFields(defs(t, definitions), nil, p) })
}

func change(t *testing.T, a *world.App, definitions string) {
	t.Helper()
	a.Edit(func(s *app.Settings, p *errs.Fields) {
		if err := s.UpdateFields(defs(t, definitions), p); err != nil {
			t.Error(err)
		}
	})
}

func defs(t testing.TB, text string) (all map[string]app.Definition) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		t.Fatal(err)
	}
	return all
}

const twoLines = `{"title":{"value":"desk"},"rate":{"value":"0.1"},"kind":{"value":"tool"},"total":{"value":"1"},"name":{"value":"mine"},
	"lines":{"value":[{"value":{"price":{"value":"100"},"taxed":{"value":"7"}}},{"value":{"price":{"value":"250.5"}}}]}}`

// Every way of writing a record computes its fields, whatever is sent for them.
func TestComputedFields(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := orders(w)
		n := a.AddJSON(twoLines)
		contains(t, "added", get(t, w.Root, a, n), `"total":{"type":"CALC","value":"385.55"}`, `"taxed":{"type":"CALC","value":"110"}`,
			`"taxed":{"type":"CALC","value":"275.55"}`, `"name":{"type":"SINGLE_LINE_TEXT","value":"desk/tool/385.55"}`,
			`"by":{"type":"SINGLE_LINE_TEXT","value":"root>root"}`)
		same(t, "found by what was computed", w.Root.Query(a, `total = 385.55 and name like "tool/38" and taxed > 275`), "found 1")

		ben := w.User("ben")
		must(t, update(t, ben, a, n, `{"rate":{"value":"1"},"name":{"value":"x"}}`))
		contains(t, "changed", get(t, w.Root, a, n), `"value":"701"`, `"value":"desk/tool/701"`, `"value":"root>ben"`)
		must(t, revert(t, w.Root, a, n, 1, record.AnyRevision))
		contains(t, "reverted", get(t, w.Root, a, n), `"value":"385.55"`, `"value":"root>root"`)
		a.Delete(n)
		must(t, restore(t, ben, a, n))
		contains(t, "restored", get(t, w.Root, a, n), `"value":"385.55"`, `"value":"root>ben"`)
		must(t, update(t, w.Root, a, n, `{"lines":{"value":[]}}`))
		contains(t, "without rows", get(t, w.Root, a, n), `"total":{"type":"CALC","value":"0"}`)

		set := w.Root.Set(a)
		load, err := set.Prepare(t.Context(), []id.Field{a.Field("title").ID}, [][]string{{"file"}})
		if err != nil {
			t.Fatal(err)
		}
		if done, err := load.Store(t.Context()); err != nil || done.Added != 1 {
			t.Fatal(done, err)
		}
		same(t, "imported", w.Root.Query(a, `name = "file//0"`), "found 1")
		_, err = set.Prepare(t.Context(), []id.Field{a.Field("name").ID}, nil)
		same(t, "a computed field as a column", world.Outcome(err), "query.unknownField")
	})
}

// Who may not write a computed field may send it, and it is computed; who may not see a field it is made of sees what
// comes of it.
func TestComputedFieldsAndRights(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		ben := w.User("ben")
		a := w.App("deals", "cost number hidden-from:ben; open number")
		define(t, a, `{"sum":{"type":"CALC","expression":"cost + open"},"secret":{"type":"CALC","expression":"cost * 2"}}`)
		a.Hide("secret", "ben")
		a.Edit(func(s *app.Settings, _ *errs.Fields) {
			s.FieldRules = append(s.FieldRules, app.FieldRule{Code: "sum", Entities: []access.FieldRight{
				{Entity: access.Entity{Type: "GROUP", Code: access.Everyone}, Accessibility: "READ"}}})
		})
		n := a.Add("cost=5 open=1")
		must(t, update(t, ben, a, n, `{"open":{"value":"2"},"sum":{"value":"9"},"cost":{"value":"9"}}`))
		got := get(t, ben, a, n)
		contains(t, "as ben", got, `"sum":{"type":"CALC","value":"7"}`)
		lacks(t, "as ben", got, "secret", "cost")
		follows, err := ben.Set(a).Draft(t.Context(), n, input(t, `{"open":{"value":"3"}}`))
		if err != nil {
			t.Fatal(err)
		}
		same(t, "his draft", string(follows["sum"]), `{"type":"CALC","value":"8"}`)
		if _, ok := follows["secret"]; ok || len(follows) != 1 {
			t.Errorf("the draft shows %v", follows)
		}
	})
}

// A draft tells what follows from it, also while something is wrong with it.
func TestDraftsAreComputed(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := orders(w)
		a.AddFields("must text required")
		follows, err := w.Root.Set(a).Draft(t.Context(), 0, input(t, twoLines))
		same(t, "its problem", world.Outcome(err), "validation record.must.value=field.required")
		same(t, "its sum", string(follows["total"]), `{"type":"CALC","value":"385.55"}`)
		same(t, "its rows", string(follows["lines"]), `{"type":"SUBTABLE","value":[{"id":null,"value":{"taxed":{"type":"CALC","value":"110"}}},`+
			`{"id":null,"value":{"taxed":{"type":"CALC","value":"275.55"}}}]}`)
	})
}

// The history shows what was computed, and formulas follow renamed fields.
func TestFormulasFollowRenames(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := orders(w)
		change(t, a, `{"rate":{"code":"税率"},"lines":{"code":"明細","fields":{"taxed":{"code":"税込"},"price":{"code":"SUM"}}}}`)
		same(t, "the sum", a.Field("total").Expression, "SUM(税込)")
		same(t, "a row", a.Field("税込").Expression, "SUM * (1 + 税率)")
		if got := a.Field("name"); got.Unique || !slices.Equal(got.Default, nil) {
			t.Errorf("a text with a formula keeps %+v", got)
		}
		n := a.AddJSON(`{"税率":{"value":"1"},"明細":{"value":[{"value":{"SUM":{"value":"3"}}}]}}`)
		contains(t, "computed", get(t, w.Root, a, n), `"total":{"type":"CALC","value":"6"}`)
		must(t, update(t, w.Root, a, n, `{"税率":{"value":"2"}}`))
		contains(t, "history", lines(t, w.Root, a, n), "total")
	})
}

// Calculated dates and times are found by what their format shows, which stands for all of that day or minute, by date
// functions, and by the numbers they are.
func TestQueriesForCalculatedTimes(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("times", "at datetime; spent number")
		define(t, a, `{"day":{"type":"CALC","format":"DATE","expression":"at"},"moment":{"type":"CALC","format":"DATETIME","expression":"at + 30"},
			"time":{"type":"CALC","format":"TIME","expression":"spent"},"hours":{"type":"CALC","format":"HOUR_MINUTE","expression":"spent * 60"}}`)
		a.Add("at=2026-11-21T09:15:00Z spent=3661")
		a.Add("at=2026-11-20T23:59:00Z spent=60")
		for query, want := range map[string]string{
			`day = "2026-11-21"`:                  "found 1",
			`day != "2026-11-21"`:                 "found 1",
			`day >= "2026-11-21"`:                 "found 1",
			`day <= "2026-11-20"`:                 "found 1",
			`day > "2026-11-20"`:                  "found 1",
			`day = TODAY()`:                       "found 1",
			`day < TODAY()`:                       "found 1",
			`day = THIS_MONTH()`:                  "found 2",
			`moment = "2026-11-21T09:15:00Z"`:     "found 1",
			`moment = "2026-11-21T18:15:00+0900"`: "found 1",
			`moment = TODAY()`:                    "found 2", // both are 21 November in Tokyo
			`moment < NOW()`:                      "found 2",
			`time = "01:01"`:                      "found 1",
			`time = 3661`:                         "found 1",
			`hours = "61:01"`:                     "found 1",
			`hours > "01:00"`:                     "found 1",
			`hours in (3600)`:                     "found 1",
			`time = TODAY()`:                      "query.function",
			`day = "soon"`:                        "query.value",
			`time = "25:00"`:                      "query.value",
		} {
			if got := w.Root.Query(a, query); !strings.HasPrefix(got, want) {
				t.Errorf("%s: got %s, want %s", query, got, want)
			}
		}
	})
}
