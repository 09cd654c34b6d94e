package record_test

import (
	"fmt"
	"testing"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

func trash(t *testing.T, who world.Person, a *world.App) string {
	t.Helper()
	list, err := who.Set(a).Trash(t.Context())
	if err != nil {
		return world.Outcome(err)
	}
	out := ""
	for _, d := range list {
		out += fmt.Sprintf("%d %s;", d.ID, d.Title)
	}
	return out
}

func restore(t *testing.T, who world.Person, a *world.App, ids ...id.Record) string {
	t.Helper()
	return world.Outcome(who.Set(a).Restore(t.Context(), ids))
}

func TestTheTrashGivesBackEverything(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "title text; no text unique; file file; lines table(part text, price number)")
		key := w.Upload("a.txt", "content")
		n := a.AddJSON(`{"title":{"value":"東京の案件"},"no":{"value":"K1"},"file":{"value":[{"fileKey":"` + key + `"}]},"lines":{"value":[{"value":{"part":{"value":"leg"},"price":{"value":"3"}}}]}}`)
		w.Root.Comment(a, n, record.Internal, "a word")
		before := get(t, w.Root, a, n)
		a.Delete(n)
		same(t, "the trash", trash(t, w.Root, a), "1 東京の案件;")
		same(t, "the record", get(t, w.Root, a, n), "record.notFound")
		same(t, "search", w.Root.Query(a, `title like "東京"`), "found 0")
		same(t, "rows", w.Root.Query(a, `part in ("leg")`), "found 0")
		same(t, "history", lines(t, w.Root, a, n), "record.notFound")

		must(t, restore(t, w.Root, a, n))
		after := get(t, w.Root, a, n)
		contains(t, "the record", after, `"__REVISION__","value":"2"`, `"東京の案件"`, `"K1"`, `"a.txt"`, `"id":"1","value":{"part":{"type":"SINGLE_LINE_TEXT","value":"leg"},"price":{"type":"NUMBER","value":"3"}}`)
		same(t, "its length", fmt.Sprint(len(after)), fmt.Sprint(len(before)))
		same(t, "history", lines(t, w.Root, a, n), "2 restore, 1 create")
		same(t, "search", w.Root.Query(a, `title like "東京" and part in ("leg")`), "found 1")
		comments, _, err := w.Root.Set(a).Comments(t.Context(), n, false, 0, 10)
		if err != nil || len(comments) != 1 {
			t.Errorf("comments %v %v", comments, err)
		}
		same(t, "restored twice", restore(t, w.Root, a, n), "record.notFound")
		same(t, "the trash", trash(t, w.Root, a), "")
		if next := a.Add("title=next"); next != n+1 {
			t.Errorf("the next record has number %d", next)
		}
	})
}

func TestWhatComesBackIsChecked(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		aiko := w.User("aiko")
		a := w.App("deals", "title text; no text unique; old text; kind dropdown(a|b)")
		first := a.AddJSON(`{"title":{"value":"one"},"no":{"value":"K1"},"old":{"value":"x"},"kind":{"value":"b"}}`)
		second := a.Add("title=two no=K2")
		a.Delete(first)
		a.Delete(second)
		third := a.Add("title=three no=K1")
		same(t, "a value that another record has by now", restore(t, w.Root, a, second, first), "validation records[1].no.value=field.repeated")
		same(t, "the trash keeps all of them", trash(t, w.Root, a), "2 two;1 one;")
		a.Delete(third)

		// Fields and options that are gone since are no reason to keep a record.
		a.Edit(func(s *app.Settings, p *errs.Fields) {
			if err := s.DeleteFields([]string{"old"}); err != nil {
				t.Error(err)
			}
			_ = s.UpdateFields(map[string]app.Definition{"kind": {"options": []byte(`{"a":{"label":"a","index":"0"}}`)}}, p)
		})
		a.Forbid(`title = "two"`, "root")
		same(t, "the trash as aiko sees it", trash(t, aiko, a), "3 three;1 one;")
		same(t, "a record that she could not see", restore(t, aiko, a, second), "record.notFound")
		must(t, restore(t, aiko, a, first))
		contains(t, "the record", get(t, w.Root, a, first), `"K1"`, `"kind":{"type":"DROP_DOWN","value":null}`)
		lacks(t, "the record", get(t, w.Root, a, first), `"old"`)
	})
}

// However many records are in the trash that somebody may not see: he finds his own.
func TestHiddenRecordsLeaveRoomInTheTrash(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "title text")
		aiko := w.User("aiko")
		a.Forbid(`title = "hidden"`, "root")
		own := a.Add("title=own")
		a.Delete(own)
		var list []record.Input
		for range record.MaxBulk {
			list = append(list, input(t, `{"title":{"value":"hidden"}}`))
		}
		for range 6 { // more than are listed
			added, err := w.Root.Set(a).Add(t.Context(), list, "")
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range added {
				a.Delete(r.ID)
			}
		}
		same(t, "aiko's", trash(t, aiko, a), fmt.Sprintf("%d own;", own))
	})
}
