package record_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// shop is an app of goods, and one of orders that looks them up, at the top level and in its lines.
func shop(w *world.World) (goods, orders *world.App) {
	goods = w.App("goods", "code text unique; name text; price number; kind dropdown(food|tool); note multiline")
	goods.Add("code=A-1 name=apple price=120 kind=food note=red")
	goods.Add("code=B-2 name=brush price=300.5 kind=tool")
	orders = w.App("orders", "memo text; name text; price number; kind dropdown(tool|food); lines table(amount number, what text, each number)")
	orders.Define(fmt.Sprintf(`{"item":{"type":"SINGLE_LINE_TEXT","lookup":{"relatedApp":{"app":"%d"},"relatedKeyField":"code",
		"fieldMappings":[{"field":"name","relatedField":"name"},{"field":"price","relatedField":"price"},{"field":"kind","relatedField":"kind"}],
		"lookupPickerFields":["code","name"],"filterCond":"price > 1","sort":"price desc"}}}`, goods.ID))
	orders.Edit(func(s *app.Settings, p *errs.Fields) {
		if err := s.UpdateFields(definitions(w, fmt.Sprintf(`{"lines":{"fields":{"part":{"type":"SINGLE_LINE_TEXT","lookup":{"relatedApp":{"app":%d},"relatedKeyField":"code",
			"fieldMappings":[{"field":"what","relatedField":"name"},{"field":"each","relatedField":"price"}],"lookupPickerFields":[],"filterCond":"","sort":""}}}}}`, goods.ID)), p); err != nil {
			w.T.Fatal(err)
		}
	})
	return goods, orders
}

// Source: kintone REST behaviour, lookup copy.
func TestLookupsCopy(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		goods, orders := shop(w)
		n := orders.AddInput(input(t, `{"item":{"value":"A-1"},"name":{"value":"mine"},"price":{"value":"1"}}`))
		shows := func(what, want string) {
			t.Helper()
			same(t, what, values(t, w, orders, n, "item", "name", "price", "kind"), want)
		}
		shows("adding", "A-1 apple 120 food")
		goods.Update(1, input(t, `{"name":{"value":"Apple"}}`))
		shows("the source changed", "A-1 apple 120 food")
		must(t, update(t, w.Root, orders, n, `{"memo":{"value":"x"},"name":{"value":"mine"}}`))
		shows("another field", "A-1 apple 120 food")
		must(t, update(t, w.Root, orders, n, `{"item":{"value":"A-1"}}`))
		shows("the same key again", "A-1 Apple 120 food")
		must(t, update(t, w.Root, orders, n, `{"item":{"value":"B-2"}}`))
		shows("another key", "B-2 brush 300.5 tool")
		same(t, "no such key", update(t, w.Root, orders, n, `{"item":{"value":"Z"}}`), "lookup.notFound")
		shows("and nothing changed", "B-2 brush 300.5 tool")
		must(t, update(t, w.Root, orders, n, `{"item":{"value":""},"name":{"value":"mine"}}`))
		shows("an empty key", "   ")
		if _, err := w.Root.Set(orders).Revert(t.Context(), n, 1, record.AnyRevision); err != nil {
			t.Fatal(err)
		}
		shows("going back", "A-1 apple 120 food")
		empty := orders.AddInput(input(t, `{"name":{"value":"mine"}}`))
		same(t, "no key", values(t, w, orders, empty, "item", "name"), " ")
		_, err := w.Root.Set(orders).Add(t.Context(), []record.Input{input(t, `{"item":{"value":"A-1"}}`), input(t, `{"item":{"value":"Q"}}`), input(t, `{"item":{"value":"R"}}`)}, "")
		e, _ := errs.As(err)
		same(t, "only the first is told", fmt.Sprint(e.Key, e.Args["value"]), "lookup.notFoundQ")
		same(t, "and none is kept", w.Root.Query(orders, ""), "found 2")
	})
}

func TestLookupsInTables(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		goods, orders := shop(w)
		n := orders.AddInput(input(t, `{"lines":{"value":[{"value":{"part":{"value":"A-1"},"what":{"value":"mine"}}},{"value":{"amount":{"value":"2"}}},{"value":{"part":{"value":"B-2"}}}]}}`))
		same(t, "adding", rows(t, w, orders, n, "lines", "part", "what", "each"), "A-1 apple 120,  ,B-2 brush 300.5")
		goods.Update(1, input(t, `{"price":{"value":"130"}}`))
		must(t, update(t, w.Root, orders, n, `{"lines":{"value":[{"id":"1","value":{"amount":{"value":"9"}}},{"id":"2","value":{"part":{"value":"A-1"}}},{"id":"3","value":{"part":{"value":""}}}]}}`))
		same(t, "updating", rows(t, w, orders, n, "lines", "part", "what", "each"), "A-1 apple 120,A-1 apple 130,  ")
		same(t, "no such key", update(t, w.Root, orders, n, `{"lines":{"value":[{"value":{"part":{"value":"Z"}}}]}}`), "lookup.notFound")
	})
}

// A lookup shows nobody what he could not read himself, and lets nobody write what he may not write.
func TestLookupsLeakNothing(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		goods, orders := shop(w)
		aiko := w.User("aiko")
		add := func(key string) string {
			_, err := aiko.Set(orders).Add(t.Context(), []record.Input{input(t, `{"item":{"value":"`+key+`"}}`)}, "record")
			return world.Outcome(err)
		}
		same(t, "in the open", add("A-1"), "ok")
		goods.Forbid(`code = "A-1"`, "root")
		same(t, "a record he may not see", add("A-1"), "lookup.notFound")
		same(t, "another", add("B-2"), "ok")
		goods.Hide("price", "aiko")
		same(t, "a field he may not see", add("B-2"), "lookup.notFound")
		goods.Edit(func(s *app.Settings, _ *errs.Fields) { s.FieldRules = nil })
		goods.Permit("aiko", access.Add)
		same(t, "an app he may not see", add("B-2"), "lookup.notFound")
		goods.Edit(func(s *app.Settings, _ *errs.Fields) { s.AppRules = s.AppRules[1:] })
		same(t, "in the open again", add("B-2"), "ok")
		orders.Edit(func(s *app.Settings, _ *errs.Fields) {
			s.FieldRules = []app.FieldRule{{Code: "price", Entities: []access.FieldRight{
				{Entity: access.Entity{Type: "GROUP", Code: access.Everyone}, Accessibility: "READ"}}}}
		})
		same(t, "a copy he may not write", add("B-2"), "record.fieldReadOnly")
		orders.Hide("name", "aiko")
		orders.Edit(func(s *app.Settings, _ *errs.Fields) { s.FieldRules = s.FieldRules[1:] })
		same(t, "a copy he may not see", add("B-2"), "forbidden")
	})
}

func TestLookupsInImports(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		_, orders := shop(w)
		fields := []id.Field{orders.Field("memo").ID, orders.Field("item").ID, orders.Field("name").ID}
		load, err := w.Root.Set(orders).Prepare(t.Context(), fields, [][]string{{"a", "A-1", "mine"}, {"b", "Z", ""}, {"c", "", "mine"}, {"d", "B-2", ""}})
		must(t, world.Outcome(err))
		same(t, "problems", fmt.Sprint(load.Problems), "[{1 1 lookup.notFound map[code:item value:Z]}]")
		if _, err := load.Store(t.Context()); err != nil {
			t.Fatal(err)
		}
		same(t, "the first", values(t, w, orders, 1, "memo", "item", "name", "price"), "a A-1 apple 120")
		same(t, "without a key", values(t, w, orders, 2, "memo", "item", "name"), "c  ")
		same(t, "the last", values(t, w, orders, 3, "memo", "name"), "d brush")
	})
}

// values are the values of some fields of a record, as the administrator sees them, between blanks.
func values(t *testing.T, w *world.World, a *world.App, n id.Record, codes ...string) string {
	t.Helper()
	var found map[string]struct{ Value json.RawMessage }
	if err := json.Unmarshal([]byte(get(t, w.Root, a, n)), &found); err != nil {
		t.Fatal(err)
	}
	list := make([]string, len(codes))
	for i, code := range codes {
		list[i] = plain(found[code].Value)
	}
	return strings.Join(list, " ")
}

// plain is a JSON value without quotes; null is empty.
func plain(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return string(raw)
	}
	return s
}

// rows are the values of some fields of a table's rows, between commas.
func rows(t *testing.T, w *world.World, a *world.App, n id.Record, table string, codes ...string) string {
	t.Helper()
	var found map[string]struct{ Value json.RawMessage }
	if err := json.Unmarshal([]byte(get(t, w.Root, a, n)), &found); err != nil {
		t.Fatal(err)
	}
	var list []struct {
		Value map[string]struct{ Value json.RawMessage }
	}
	if err := json.Unmarshal(found[table].Value, &list); err != nil {
		t.Fatal(err)
	}
	lines := make([]string, len(list))
	for i, r := range list {
		cells := make([]string, len(codes))
		for j, code := range codes {
			cells[j] = plain(r.Value[code].Value)
		}
		lines[i] = strings.Join(cells, " ")
	}
	return strings.Join(lines, ",")
}

func definitions(w *world.World, text string) map[string]app.Definition {
	w.T.Helper()
	var defs map[string]app.Definition
	if err := json.Unmarshal([]byte(text), &defs); err != nil {
		w.T.Fatal(err)
	}
	return defs
}
