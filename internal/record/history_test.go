package record_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// lines is a record's history as somebody sees it, newest first: "2 update title lines, 1 create".
func lines(t *testing.T, who world.Person, a *world.App, n id.Record) string {
	t.Helper()
	list, _, err := who.Set(a).History(t.Context(), n, 0)
	if err != nil {
		return world.Outcome(err)
	}
	var out []string
	for _, e := range list {
		line := fmt.Sprint(e.Revision, " ", e.Kind)
		for _, c := range e.Changes {
			line += " " + c.Field.Code
		}
		out = append(out, line)
	}
	return strings.Join(out, ", ")
}

func revert(t *testing.T, who world.Person, a *world.App, n id.Record, to, expected int64) string {
	t.Helper()
	_, err := who.Set(a).Revert(t.Context(), n, to, expected)
	return world.Outcome(err)
}

func TestHistoryLeadsBack(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "title text; cost number; kind radio(a|b); tags multi(x|y); file file; lines table(part text, price number)")
		n := a.AddJSON(`{"title":{"value":"first"},"cost":{"value":"1.50"},"tags":{"value":["x"]},"lines":{"value":[{"value":{"part":{"value":"leg"},"price":{"value":"3"}}},{"value":{"part":{"value":"top"}}}]}}`)
		before := get(t, w.Root, a, n)
		key := w.Upload("a.txt", "content")
		must(t, update(t, w.Root, a, n, `{"title":{"value":"second"},"cost":{"value":""},"kind":{"value":"b"},"tags":{"value":["y"]},"file":{"value":[{"fileKey":"`+key+`"}]}}`))
		withFile := get(t, w.Root, a, n)
		must(t, update(t, w.Root, a, n, `{"lines":{"value":[{"value":{"part":{"value":"new"}}}]},"file":{"value":[]}}`))
		same(t, "history", lines(t, w.Root, a, n), "3 update file lines, 2 update title cost kind tags file, 1 create")

		list, more, err := w.Root.Set(a).History(t.Context(), n, 3)
		if err != nil || more || len(list) != 2 {
			t.Fatal(list, more, err)
		}
		same(t, "a value before and after", string(list[0].Changes[0].Old)+string(list[0].Changes[0].New), `"first""second"`)
		same(t, "choices before and after", string(list[0].Changes[3].Old)+string(list[0].Changes[3].New), `["x"]["y"]`)

		same(t, "a revision that is not there yet", revert(t, w.Root, a, n, 3, record.AnyRevision), "record.notFound")
		same(t, "a record that somebody else changed", revert(t, w.Root, a, n, 1, 2), "record.conflict")
		must(t, revert(t, w.Root, a, n, 1, 3))
		revisions := strings.NewReplacer(`"__REVISION__","value":"4"`, `"__REVISION__","value":"1"`)
		same(t, "after going back to the start", revisions.Replace(get(t, w.Root, a, n)), before)
		same(t, "history", lines(t, w.Root, a, n), "4 revert title cost kind tags lines, 3 update file lines, 2 update title cost kind tags file, 1 create")

		// The way back is a change like any other: it can be taken back, and files come back with it.
		must(t, revert(t, w.Root, a, n, 2, record.AnyRevision))
		revisions = strings.NewReplacer(`"__REVISION__","value":"5"`, `"__REVISION__","value":"2"`)
		same(t, "after going forth again", revisions.Replace(get(t, w.Root, a, n)), withFile)
		same(t, "search", w.Root.Query(a, `title like "second" and part in ("leg")`), "found 1")
		same(t, "search for what was", w.Root.Query(a, `title like "first"`), "found 0")
	})
}

func TestGoingBackIsChecked(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		aiko := w.User("aiko")
		a := w.App("deals", "title text; no text unique")
		n := a.Add("title=one no=K1")
		a.Update(n, input(t, `{"no":{"value":"K2"}}`))
		a.Add("title=two no=K1")
		same(t, "a value that another record has by now", revert(t, w.Root, a, n, 1, record.AnyRevision), "validation record.no.value=field.repeated")
		a.AddFields("memo text")
		a.Update(n, input(t, `{"no":{"value":"K3"},"memo":{"value":"new"}}`))
		must(t, revert(t, w.Root, a, n, 2, record.AnyRevision))
		contains(t, "a field that is new since", get(t, w.Root, a, n), `"no":{"type":"SINGLE_LINE_TEXT","value":"K2"}`, `"memo":{"type":"SINGLE_LINE_TEXT","value":""}`)
		a.Forbid(`title = "one"`, "root")
		same(t, "a record that she cannot see", revert(t, aiko, a, n, 1, record.AnyRevision), "record.notFound")
		same(t, "its history", lines(t, aiko, a, n), "record.notFound")
	})
}

// What somebody may not see is not in the history that he sees, and is not changed when he goes back.
func TestHistoryHidesWhatTheRecordHides(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		aiko := w.User("aiko")
		a := w.App("deals", "title text; cost number hidden-from:aiko; lines table(part text, price number hidden-from:aiko)")
		n := a.AddJSON(`{"title":{"value":"one"},"cost":{"value":"1"},"lines":{"value":[{"value":{"part":{"value":"leg"},"price":{"value":"3"}}}]}}`)
		must(t, update(t, w.Root, a, n, `{"cost":{"value":"2"}}`))
		must(t, update(t, w.Root, a, n, `{"lines":{"value":[{"id":"1","value":{"price":{"value":"4"}}}]}}`))
		must(t, update(t, w.Root, a, n, `{"title":{"value":"two"},"lines":{"value":[{"id":"1","value":{"part":{"value":"arm"},"price":{"value":"5"}}},{"value":{"part":{"value":"new"},"price":{"value":"6"}}}]}}`))
		same(t, "history", lines(t, aiko, a, n), "4 update title lines, 1 create")
		list, _, err := aiko.Set(a).History(t.Context(), n, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			for _, c := range e.Changes {
				lacks(t, "a change", string(c.Old)+string(c.New), "price", `"3"`, `"4"`, `"5"`, `"6"`)
			}
		}
		must(t, revert(t, aiko, a, n, 1, record.AnyRevision))
		contains(t, "the record", get(t, w.Root, a, n), `"value":"one"`, `"cost":{"type":"NUMBER","value":"2"}`, `"part":{"type":"SINGLE_LINE_TEXT","value":"leg"},"price":{"type":"NUMBER","value":"5"}`)
	})
}

// Saves that change nothing take a revision and no line, and a page is full of lines that tell something.
func TestHistoryLeavesOutWhatTellsNothing(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "title text")
		n := a.Add("title=one")
		for range record.HistoryPage + 10 {
			must(t, update(t, w.Root, a, n, `{}`))
		}
		must(t, update(t, w.Root, a, n, `{"title":{"value":"two"}}`))
		same(t, "history", lines(t, w.Root, a, n), fmt.Sprint(record.HistoryPage+12, " update title, 1 create"))
		for i := range record.HistoryPage {
			must(t, update(t, w.Root, a, n, fmt.Sprintf(`{"title":{"value":"%d"}}`, i)))
		}
		list, more, err := w.Root.Set(a).History(t.Context(), n, 0)
		if err != nil || !more || len(list) != record.HistoryPage {
			t.Fatal(len(list), more, err)
		}
		list, more, err = w.Root.Set(a).History(t.Context(), n, list[len(list)-1].Revision)
		if err != nil || more || len(list) != 2 {
			t.Fatal(len(list), more, err)
		}
	})
}
