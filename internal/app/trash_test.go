package app_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

func deleteFields(t *testing.T, a *world.App, codes ...string) {
	t.Helper()
	a.Edit(func(s *app.Settings, _ *errs.Fields) {
		if err := s.DeleteFields(codes); err != nil {
			t.Fatal(err)
		}
	})
}

// restoreField brings a field back and deploys.
func restoreField(t *testing.T, w *world.World, a *world.App, n id.Field) string {
	t.Helper()
	_, code, err := open(t, w, w.Root, a).RestoreField(t.Context(), app.AnyRevision, n)
	if err != nil {
		return world.Outcome(err)
	}
	return code + " " + world.Outcome(w.Apps.Deploy(t.Context(), w.Root.Actor(), []app.Deployment{{App: a.ID, Revision: app.AnyRevision}}))
}

func shownRecord(t *testing.T, w *world.World, a *world.App, n id.Record) string {
	t.Helper()
	found, err := w.Root.Set(a).Get(t.Context(), n)
	if err != nil {
		t.Fatal(err)
	}
	return string(found.JSON)
}

// A deleted field comes back with its values for a stated time, under another code if its own is taken.
func TestFieldsComeBackFromTheTrash(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "title text; no text unique; cost number; lines table(part text, price number)")
		n := a.AddJSON(`{"title":{"value":"x"},"no":{"value":"K"},"cost":{"value":"12.5"},"lines":{"value":[{"value":{"part":{"value":"leg"},"price":{"value":"3"}}}]}}`)
		no, cost, price, lines := a.Field("no").ID, a.Field("cost").ID, a.Field("price").ID, a.Field("lines").ID
		deleteFields(t, a, "no", "cost", "price")
		list, err := open(t, w, w.Root, a).FieldTrash(t.Context())
		must(t, err)
		var codes []string
		for _, f := range list {
			codes = append(codes, fmt.Sprint(f.Field.Code, f.Table != 0, f.DeletedBy == w.Root.ID))
		}
		same(t, "the trash", strings.Join(codes, " "), "pricetrue true costfalse true nofalse true")
		a.AddFields("cost text")
		same(t, "a field whose code was taken", restoreField(t, w, a, cost), "cost_2 ok")
		same(t, "a unique field", restoreField(t, w, a, no), "no ok")
		same(t, "a column of a table", restoreField(t, w, a, price), "price ok")
		text := shownRecord(t, w, a, n)
		for _, part := range []string{`"cost_2":{"type":"NUMBER","value":"12.5"}`, `"no":{"type":"SINGLE_LINE_TEXT","value":"K"}`, `"price":{"type":"NUMBER","value":"3"}`} {
			if !strings.Contains(text, part) {
				t.Errorf("no %s in %s", part, text)
			}
		}
		same(t, "twice", restoreField(t, w, a, no), "app.fieldNotInTrash")
		same(t, "unique again", func() string {
			_, err := w.Root.Set(a).Add(t.Context(), []record.Input{{"no": {Value: json.RawMessage(`"K"`)}}}, "record")
			return world.Outcome(err)
		}(), "validation record.no.value=field.repeated")
		deleteFields(t, a, "price")
		deleteFields(t, a, "lines")
		same(t, "a column without its table", restoreField(t, w, a, price), "app.fieldInTable")
		same(t, "the table", restoreField(t, w, a, lines), "lines ok")
		same(t, "and its column", restoreField(t, w, a, price), "price ok")
		if text := shownRecord(t, w, a, n); !strings.Contains(text, `"price":{"type":"NUMBER","value":"3"}`) {
			t.Error(text)
		}
	})
}

// After that time it is gone, and what the history says of it.
func TestFieldsArePurged(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "title text; no text unique; cost number; lines table(part text, price number)")
		n := a.AddJSON(`{"title":{"value":"x"},"cost":{"value":"1"},"lines":{"value":[{"value":{"part":{"value":"leg"},"price":{"value":"3"}}}]}}`)
		a.Update(n, record.Input{"title": {Value: json.RawMessage(`"y"`)}, "cost": {Value: json.RawMessage(`"8675309"`)}, "lines": {Value: json.RawMessage(`[]`)}})
		no, cost := a.Field("no").ID, a.Field("cost").ID
		deleteFields(t, a, "no", "cost", "price")
		w.Pass(app.KeepFields / 2)
		w.Drain()
		same(t, "half of the time", restoreField(t, w, a, no), "no ok")
		w.Pass(app.KeepFields/2 + 1)
		w.Drain()
		same(t, "after it", restoreField(t, w, a, cost), "app.fieldNotInTrash")
		if text := shownRecord(t, w, a, n); !strings.Contains(text, `"no"`) {
			t.Errorf("what was brought back is gone: %s", text)
		}
		list, _, err := w.Root.Set(a).History(t.Context(), n, 0)
		must(t, err)
		same(t, "the history", fmt.Sprint(len(list), len(list[0].Changes)), "2 2") // the title and the table
		a.AddFields("later number")
		a.Update(n, record.Input{"later": {Value: json.RawMessage(`"5"`)}})
		deleteFields(t, a, "lines", "title")
		w.Pass(app.KeepFields + 1)
		w.Drain()
		if text := shownRecord(t, w, a, n); !strings.Contains(text, `"later":{"type":"NUMBER","value":"5"}`) || strings.Contains(text, "title") {
			t.Error(text)
		}
	})
}

// Options that were deleted are gone from records, and history still names them.
func TestHistoryNamesDeletedOptions(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "kind dropdown(lead|won)")
		n := a.Add("kind=won")
		a.Update(n, record.Input{"kind": {Value: json.RawMessage(`"lead"`)}})
		a.Update(n, record.Input{"kind": {Value: json.RawMessage(`"won"`)}})
		a.Edit(func(s *app.Settings, p *errs.Fields) {
			_ = s.UpdateFields(defs(t, `{"kind":{"options":{"lead":{"label":"open","index":"0"}}}}`), p)
		})
		if text := shownRecord(t, w, a, n); !strings.Contains(text, `"kind":{"type":"DROP_DOWN","value":null}`) {
			t.Error(text)
		}
		list, _, err := w.Root.Set(a).History(t.Context(), n, 0)
		must(t, err)
		same(t, "the history", string(list[0].Changes[0].Old)+string(list[0].Changes[0].New), `"open""won"`)
	})
}
