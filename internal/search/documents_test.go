package search_test

import (
	"log/slog"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/search"
	"github.com/engawa/engawa/internal/world"
)

// Files are found by what is written in them, in the field and the app they are in, by who may see them there.
func TestFilesAreFoundByTheirContents(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		search.NewDocuments(w.Apps, w.Files, slog.New(slog.DiscardHandler)).Register(w.Jobs)
		aiko, ben := w.User("aiko"), w.User("ben")
		deals := w.App("deals", "title text; file file hidden-from:ben; lines table(part text, scan file)")
		other := w.App("other", "title text; file file")
		attach := func(code, name, content string) string {
			return `{"title":{"value":"` + code + `"},"file":{"value":[{"fileKey":"` + w.Upload(name, content) + `"}]}}`
		}
		deals.AddJSON(attach("1", "a.txt", "縁側の板は檜です。ＡＢＣ商事"))
		deals.AddJSON(attach("2", "縁側の板.png", "\x89PNG\x00\x00"))
		deals.AddJSON(`{"title":{"value":"3"},"lines":{"value":[{"value":{"scan":{"value":[{"fileKey":"` + w.Upload("b.html", "<html><p>縁側の<b>板</b>を替える") + `"}]}}}]}}`)
		deals.AddJSON(`{"title":{"value":"4 縁側の板"}}`)
		other.AddJSON(attach("5", "c.txt", "縁側の板"))
		find := func(who world.Person, query, want string) {
			t.Helper()
			if got := found(t, who, deals, query); got != want {
				t.Errorf("%s asks %s: got %q, want %q", who.Code, query, got, want)
			}
		}
		find(aiko, `file like "縁側の板"`, "2") // by its name; the contents come later
		w.Drain()
		find(aiko, `file like "縁側の板" order by $id asc`, "1 2")
		find(aiko, `file like "abc"`, "1")
		find(aiko, `file like "檜"`, "1")
		find(aiko, `scan like "縁側の"`, "3")
		find(aiko, `file like "縁側の板" and title like "1"`, "1")
		find(aiko, `file not like "縁側の板" order by $id asc`, "3 4")
		find(aiko, `file like "板は松"`, "")
		find(ben, `file like "縁側の板"`, "query.unknownField")
		deals.AddJSON(attach("6", "d.txt", "後から"))
		w.Drain()
		find(aiko, `file like "後から"`, "5")
		deals.AddJSON(attach("7", "e.html", "<html><p>床\x00の間</p>"))
		w.Drain()
		find(aiko, `file like "床の間"`, "6")
		deals.Update(1, record.Input{"file": {Value: []byte("[]")}})
		find(aiko, `file like "縁側の板"`, "2")
	})
}

// found is the ids of what a query finds, or what is wrong with it.
func found(t *testing.T, who world.Person, a *world.App, query string) string {
	t.Helper()
	page, err := who.Set(a).Query(t.Context(), query, nil, false)
	if err != nil {
		return world.Outcome(err)
	}
	var ids []string
	for _, r := range page.Records {
		ids = append(ids, id.String(r.ID))
	}
	return strings.Join(ids, " ")
}
