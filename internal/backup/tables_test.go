package backup

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
	"github.com/engawa/engawa/internal/world"
	"github.com/engawa/engawa/migrations"
)

// Every table that a migration makes is in backups, the same from both databases, or left out on purpose.
func TestEveryTableIsKeptOrLeftOut(t *testing.T) {
	var first string
	var there []string
	dbtest.Each(t, migrations.FS, func(t *testing.T, d *db.DB) {
		all := tablesOf(t, d)
		for _, x := range all {
			there = append(there, x.Name)
		}
		var list string
		for _, x := range kept(all) {
			if len(x.Key) == 0 {
				t.Errorf("%s has no key: its rows come in no order", x.Name)
			}
			for _, c := range x.Columns {
				if c.Type != db.IntegerColumn && c.Type != db.TextColumn {
					t.Errorf("%s.%s is of type %s, which a backup does not hold", x.Name, c.Name, c.Type)
				}
			}
			list += fmt.Sprintf("%s %v %v %v\n", x.Name, x.Columns, x.Key, x.Numbered)
		}
		if first == "" {
			first = list
		}
		if list != first {
			t.Errorf("got\n%s\nwant\n%s", list, first)
		}
	})
	for _, name := range leftOut {
		if !slices.Contains(there, name) && name != "file_words" { // which SQLite does not count among tables
			t.Errorf("there is no table %s to leave out", name)
		}
	}
}

func tablesOf(t testing.TB, d *db.DB) (all []db.Table) {
	t.Helper()
	must(t, d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) (err error) {
		all, err = tx.Tables(ctx)
		return err
	}))
	return all
}

// What is written does not change from one program to the next: a restored site is compared with the sums of a backup that
// an older program made.
func TestLines(t *testing.T) {
	table := db.Table{Name: "t", Columns: []db.Column{{Name: "id", Type: db.IntegerColumn}, {Name: "a", Type: db.TextColumn}, {Name: "b", Type: db.TextColumn}}}
	line, err := appendRow(nil, table, []any{int64(-9007199254740993), "縁側 \"<&>\\\n\x01\x7f\u2028😀", nil})
	must(t, err)
	if want := `{"id":-9007199254740993,"a":"縁側 \"\u003c&>\\\n\u0001\u007f` + "\u2028" + `😀","b":null}` + "\n"; string(line) != want {
		t.Errorf("got  %swant %s", line, want)
	}
	row, err := parseRow(table, line)
	must(t, err)
	if again, err := appendRow(nil, table, row); err != nil || string(again) != string(line) {
		t.Errorf("%s, %v", again, err)
	}
	if _, err := appendRow(nil, table, []any{int64(1), "\xff", nil}); err == nil {
		t.Error("what is not UTF-8 was written, and would come back otherwise")
	}
	w := world.New(t)
	a := w.App("orders", "title text; amount number; lines table(part text)")
	a.AddJSON(`{"title":{"value":"<&>\u2028縁"},"amount":{"value":"1.50"},"lines":{"value":[{"value":{"part":{"value":"leg"}}},{"value":{}}]}}`)
	var list []string
	for _, e := range takeApart(t, written(t, w, "")) {
		if e.Name == "records/1/000001.jsonl" {
			list = append(list, string(e.body))
		}
	}
	want := fmt.Sprintf(`{"id":1,"revision":1,"createdBy":2,"createdAt":"2026-11-21T09:30:00Z","updatedBy":2,"updatedAt":"2026-11-21T09:30:00Z",`+
		`"values":{"6":"1","%d":"\u003c&>`+"\u2028"+`縁","%d":"1.5"},"rows":{"%d":[{"id":1,"values":{"%d":"leg"}},{"id":2,"values":{}}]}}`+"\n",
		a.Field("title").ID, a.Field("amount").ID, a.Field("lines").ID, a.Field("part").ID)
	if fmt.Sprint(list) != fmt.Sprint([]string{want}) {
		t.Errorf("got %s\nwant %s", list, want)
	}
}
