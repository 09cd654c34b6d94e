package app_test

import (
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

func TestDeployingAddsColumns(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "title text; lines table(part text)")
		a.AddJSON(`{"title":{"value":"old"},"lines":{"value":[{"value":{"part":{"value":"leg"}}}]}}`)
		must(t, func() error {
			_, err := open(t, w, w.Root, a).Edit(t.Context(), app.AnyRevision, func(s *app.Settings, p *errs.Fields) error {
				if err := s.AddFields(defs(t, `{"cost":{"type":"NUMBER","defaultValue":"7"},"kind":{"type":"CHECK_BOX","options":{"a":{"label":"a","index":"0"}}},"more":{"type":"SUBTABLE","fields":{"note":{"type":"SINGLE_LINE_TEXT"}}}}`), nil, p); err != nil {
					t.Fatal(err)
				}
				return s.UpdateFields(defs(t, `{"lines":{"fields":{"price":{"type":"NUMBER"}}}}`), p)
			})
			return err
		}())
		if got := values(t, w, a, ""); strings.Contains(got, "cost") || strings.Contains(got, "price") {
			t.Errorf("fields that are not deployed: %s", got)
		}
		same(t, "a query of one", w.Root.Query(a, "cost = 7"), "query.unknownField")
		same(t, "deploying", deploy(t.Context(), w, w.Root.Actor(), a), "ok")
		for _, want := range []string{
			`"title":{"type":"SINGLE_LINE_TEXT","value":"old"}`, `"cost":{"type":"NUMBER","value":""}`, `"kind":{"type":"CHECK_BOX","value":[]}`, `"more":{"type":"SUBTABLE","value":[]}`,
			`"part":{"type":"SINGLE_LINE_TEXT","value":"leg"},"price":{"type":"NUMBER","value":""}`,
		} {
			if got := values(t, w, a, ""); !strings.Contains(got, want) {
				t.Errorf("no %s in %s", want, got)
			}
		}
		a.AddJSON(`{"title":{"value":"new"},"more":{"value":[{"value":{"note":{"value":"n"}}}]}}`)
		same(t, "a query", w.Root.Query(a, `cost = 7 and note in ("n")`), "found 1")
		same(t, "a query for what is empty", w.Root.Query(a, `cost = "" and title = "old"`), "found 1")
	})
}

func TestDeletedFieldsStayAway(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "title text; cost number unique")
		a.Add("title=one cost=5")
		id := a.Field("cost").ID
		a.Edit(func(s *app.Settings, p *errs.Fields) {
			if err := s.DeleteFields([]string{"cost"}); err != nil {
				t.Error(err)
			}
		})
		a.AddFields("cost number unique")
		if a.Field("cost").ID == id {
			t.Error("the new field has the old one's column")
		}
		same(t, "the old value", w.Root.Query(a, "cost = 5"), "found 0")
		a.Add("title=two cost=5")

		// Nor does a number that was given in preview settings that were thrown away.
		var discarded, kept field.Field
		same(t, "editing", edit(t, w, a, func(s *app.Settings, p *errs.Fields) error {
			if err := s.AddFields(defs(t, `{"x":{"type":"NUMBER"}}`), nil, p); err != nil {
				t.Fatal(err)
			}
			f, _ := s.Field("x")
			discarded = *f
			return nil
		}), "ok")
		must(t, w.Apps.Discard(t.Context(), w.Root.Actor(), []app.Deployment{{App: a.ID, Revision: app.AnyRevision}}))
		a.AddFields("y text")
		kept = *a.Field("y")
		if kept.ID == discarded.ID {
			t.Errorf("fields %d and %d", discarded.ID, kept.ID)
		}
	})
}

func TestProhibitingDuplicates(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "title text; n number; at date")
		for _, values := range []string{"title=same n=1.5 at=2026-01-01", "title=same n=1.50 at=2026-01-01", "title= n= at="} {
			a.Add(values)
		}
		a.Add("")
		for _, code := range []string{"title", "n", "at"} {
			same(t, "editing", edit(t, w, a, func(s *app.Settings, p *errs.Fields) error {
				return s.UpdateFields(defs(t, `{"`+code+`":{"unique":true}}`), p)
			}), "ok")
			same(t, "deploying "+code, deploy(t.Context(), w, w.Root.Actor(), a), "app.duplicatesExist")
			must(t, w.Apps.Discard(t.Context(), w.Root.Actor(), []app.Deployment{{App: a.ID, Revision: app.AnyRevision}}))
		}
		a.Delete(2)
		a.Edit(func(s *app.Settings, p *errs.Fields) {
			_ = s.UpdateFields(defs(t, `{"title":{"unique":true},"n":{"unique":true},"at":{"unique":true}}`), p)
		})
		_, err := w.Root.Set(a).Add(t.Context(), []record.Input{{"title": {Value: []byte(`"same"`)}, "n": {Value: []byte(`"1.500"`)}, "at": {Value: []byte(`"2026-1-1"`)}}}, "record")
		same(t, "adding", world.Outcome(err), "validation record.title.value=field.repeated record.n.value=field.repeated record.at.value=field.repeated")
		a.Edit(func(s *app.Settings, p *errs.Fields) { _ = s.UpdateFields(defs(t, `{"title":{"unique":false}}`), p) })
		a.Add("title=same n=2")
	})
}

func TestRenamedOptionsStayWithTheirRecords(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "kind dropdown(a|b); tags multi(x|y|z)")
		a.AddJSON(`{"kind":{"value":"a"},"tags":{"value":["x","z"]}}`)
		a.AddJSON(`{"kind":{"value":"b"},"tags":{"value":["y"]}}`)
		a.Edit(func(s *app.Settings, p *errs.Fields) {
			_ = s.UpdateFields(defs(t, `{"kind":{"options":{"a":{"label":"b","index":"1"},"b":{"label":"a","index":"0"}}},
				"tags":{"options":{"z":{"label":"zed","index":"0"},"x":{"label":"x","index":"1"},"new":{"label":"new","index":"2"}}}}`), p)
		})
		got := values(t, w, a, "order by $id asc")
		for _, want := range []string{`"kind":{"type":"DROP_DOWN","value":"b"},"tags":{"type":"MULTI_SELECT","value":["x","zed"]}`, `"kind":{"type":"DROP_DOWN","value":"a"},"tags":{"type":"MULTI_SELECT","value":[]}`} {
			if !strings.Contains(got, want) {
				t.Errorf("no %s in %s", want, got)
			}
		}
		same(t, "the new name", w.Root.Query(a, `kind in ("b") and tags in ("zed")`), "found 1")
		same(t, "the old name", w.Root.Query(a, `tags in ("z")`), "query.option")
	})
}
