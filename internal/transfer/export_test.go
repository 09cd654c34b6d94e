package transfer_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/transfer"
	"github.com/engawa/engawa/internal/transfer/sheet"
	"github.com/engawa/engawa/internal/world"
)

// export is what a person gets, or why he does not.
func export(t *testing.T, p world.Person, a *world.App, query string, fields ...string) string {
	t.Helper()
	var b strings.Builder
	e, err := p.Set(a).Export(t.Context(), query, fields)
	if err == nil {
		err = transfer.Export(t.Context(), e, &b, transfer.ExportOptions{Encoding: sheet.UTF8, RecordStart: "start"})
	}
	if err != nil {
		return world.Outcome(err)
	}
	return strings.ReplaceAll(b.String(), "\r\n", "\n")
}

func TestExport(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		w.User("aiko")
		a := w.App("orders", "title text; price number; at datetime; kinds check(a|b); who user; lines table(part text, count number)")
		key := "2026-04-01T00:30:00Z"
		a.AddJSON(`{"title":{"value":"=1+1"},"price":{"value":"-12.50"},"at":{"value":"` + key + `"},"kinds":{"value":["b","a"]},"who":{"value":[{"code":"aiko"},{"code":"root"}]},
			"lines":{"value":[{"value":{"part":{"value":"x"},"count":{"value":"1"}}},{"value":{"part":{"value":"y"},"count":{"value":"0.25"}}}]}}`)
		a.AddJSON(`{"title":{"value":"b"},"lines":{"value":[]}}`)
		want := `start,title,price,at,kinds,who,part,count
*,b,,,,,,
*,'=1+1,-12.5,2026-04-01 09:30,"a
b","aiko
root",x,1
,'=1+1,-12.5,2026-04-01 09:30,"a
b","aiko
root",y,0.25
`
		if got := export(t, w.Root, a, "", "title", "price", "at", "kinds", "who", "lines"); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
		if got, want := export(t, w.Root, a, `title = "b"`, "title", "nothing"), "title\nb\n"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func TestExportShowsWhatItsReaderSees(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("orders", "title text; cost number hidden-from:root; lines table(part text, secret text)")
		a.Hide("secret", "root")
		a.Add("title=desk")
		a.Forbid(`title = "chair"`)
		a.Add("title=chair")
		if got, want := export(t, w.Root, a, "", "title", "cost", "lines"), "start,title,part\n*,desk,\n"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		for query, want := range map[string]string{`cost = 1`: "query.unknownField", "order by cost asc": "query.unknownField",
			"limit 1": "export.limit", "(": "query.syntax"} {
			if got := export(t, w.Root, a, query); got != want {
				t.Errorf("%s: got %q, want %s", query, got, want)
			}
		}
		if got := export(t, w.User("ben"), a, ""); got != "forbidden" {
			t.Errorf("without the right: %q", got)
		}
	})
}

func TestAnExportOfManyPagesIsInOrder(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		content, _ := numbered(2500)
		m := s.taken("a.csv", content, nil)
		for _, tc := range []struct {
			query       string
			first, step int
		}{
			{"", 2499, -1},
			{"order by 番号 asc", 0, 1},
			{`レコード番号 > 100 order by 番号 asc`, 100, 1},
		} {
			lines := strings.Split(strings.TrimSuffix(s.csv(m.App, tc.query, "番号"), "\n"), "\n")[1:]
			for i, line := range lines {
				if want := fmt.Sprintf("n%06d", tc.first+i*tc.step); line != want {
					t.Fatalf("%s: line %d is %s, want %s", tc.query, i, line, want)
				}
			}
			if want := 2500 - tc.first%2499; len(lines) != want {
				t.Errorf("%s: %d lines, want %d", tc.query, len(lines), want)
			}
		}
	})
}
