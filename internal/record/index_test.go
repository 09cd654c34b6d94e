package record_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// Indexes that queries and graphs have made stand in no text's way, however long.
func TestIndexesTakeLongTexts(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "title text; note text; amount number")
		limit := func(max string) {
			a.Edit(func(s *app.Settings, p *errs.Fields) {
				if err := s.UpdateFields(map[string]app.Definition{"note": {"maxLength": json.RawMessage(max)}}, p); err != nil {
					t.Error(err)
				}
			})
		}
		limit(`"100"`)
		fields := []string{"title", "amount"}
		var rows [][]string
		for i := range 3000 {
			rows = append(rows, []string{fmt.Sprint("t", i), fmt.Sprint(i)})
		}
		load(t, w, a, fields, rows)
		by := app.Report{ChartType: "PIE", Groups: []app.ReportGroup{{Code: "title"}}, Aggregations: []app.Aggregation{{Type: "SUM", Code: "amount"}}}
		for range 25 {
			same(t, "a page by a bounded text", w.Root.Query(a, "order by note asc limit 1"), "found 1")
			same(t, "a page", w.Root.Query(a, "order by title asc limit 1"), "found 1")
			_, err := w.Root.Set(a).Aggregate(t.Context(), by)
			must(t, world.Outcome(err))
		}
		for range 4 {
			must(t, world.Outcome(w.Records.MakeIndexes(t.Context())))
		}
		limit(`""`)
		rng := rand.New(rand.NewPCG(1, 2))
		var long strings.Builder
		for range 20_000 {
			long.WriteRune(rune(0x4e00 + rng.IntN(0x5000)))
		}
		_, err := w.Root.Set(a).Add(t.Context(), []record.Input{input(t, fmt.Sprintf(`{"title":{"value":%q},"note":{"value":%q},"amount":{"value":"7"}}`, long.String(), long.String()))}, "record")
		same(t, "a long text", world.Outcome(err), "ok")
		got, err := w.Root.Set(a).Aggregate(t.Context(), by)
		must(t, world.Outcome(err))
		same(t, "all of them", fmt.Sprint(got.Count, got.Total), "3001 [4498507]")
	})
}

// What indexes that queries have made find by the beginnings of texts, or by several fields, is what is found without them.
func TestIndexesFindWhatQueriesAskFor(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "title text; stage dropdown(new|won); amount number; due date; people user")
		common := strings.Repeat("長い", 30) // as many characters as an index may hold of a text
		var rows [][]string
		for i := range 2500 {
			rows = append(rows, []string{fmt.Sprint("t", i%500), []string{"new", "won"}[i%2], fmt.Sprint(i), fmt.Sprintf("2026-%02d-%02d", 1+i%12, 1+i%28)})
		}
		for _, title := range []string{"", common, common + "a", common + "b", common[:len(common)-3]} {
			rows = append(rows, []string{title, "won", "7", "2026-11-22"})
		}
		load(t, w, a, []string{"title", "stage", "amount", "due"}, rows)
		queries := []string{
			`title in ("t7") order by due desc`, `title in ("t7", "t8") and stage in ("won") order by due desc`, `title = "t7" and amount < 1000 order by due asc`,
			`title in ("") order by due desc`, `title in ("", "t7") order by due desc`, `title not in ("t7") and amount < 10 order by due desc`,
			fmt.Sprintf(`title = %q order by due desc`, common), fmt.Sprintf(`title = %q order by due desc`, common+"a"), fmt.Sprintf(`title in (%q, "t7") order by due desc`, common+"b"),
			fmt.Sprintf(`title = %q order by due desc`, common[:len(common)-3]), fmt.Sprintf(`title = %q order by due desc`, common+"c"),
			`amount < 20 and stage in ("won") order by due desc`, `stage in ("won") and amount >= 2490 and amount < 2495 order by due desc`,
			`作成者 in ("root") and amount = 11 order by 作成日時 desc`, `作成者 in ("ben") order by 更新日時 desc`,
		}
		ask := func() (answers string) {
			for _, q := range queries {
				page, err := w.Root.Set(a).Query(t.Context(), q+" limit 20", []string{"$id"}, true)
				must(t, world.Outcome(err))
				answers += fmt.Sprintf("%s: %d, of them", q, page.Total)
				for _, r := range page.Records {
					answers += fmt.Sprint(" ", r.ID)
				}
				answers += "\n"
			}
			return answers
		}
		w.User("ben")
		want := ask()
		for range 30 {
			ask()
		}
		for range 8 {
			must(t, world.Outcome(w.Records.MakeIndexes(t.Context())))
			same(t, "with indexes", ask(), want)
		}
	})
}

// Sums are the same to the last digit, whatever index they are read from, and no number is kept out by one.
func TestIndexesAddUpEveryNumber(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "stage dropdown(new|won); amount number; price number")
		a.Edit(func(s *app.Settings, p *errs.Fields) { s.Precision.Digits = 30 })
		var rows [][]string
		for i := range 2500 {
			rows = append(rows, []string{[]string{"new", "won"}[i%2], fmt.Sprint(i - 100), fmt.Sprintf("%d.25", i)})
		}
		for _, odd := range []string{"", "0", "-0.5", "0.0001", "999999999999999", "1000000000000000", "-1000000000000000", "12345678901234567.5"} {
			rows = append(rows, []string{"won", odd, odd})
		}
		load(t, w, a, []string{"stage", "amount", "price"}, rows)
		ask := func() (answers string) {
			for _, code := range []string{"amount", "price"} {
				for _, filter := range []string{"", `stage in ("won")`} {
					var all []app.Aggregation
					for _, typ := range []string{"COUNT", "SUM", "AVERAGE", "MAX", "MIN"} {
						all = append(all, app.Aggregation{Type: typ, Code: map[bool]string{false: code}[typ == "COUNT"]})
					}
					got, err := w.Root.Set(a).Aggregate(t.Context(), app.Report{ChartType: "TABLE", Groups: []app.ReportGroup{{Code: "stage"}}, Aggregations: all, Filter: filter})
					must(t, world.Outcome(err))
					answers += fmt.Sprintln(code, filter, got.Groups, got.Total)
				}
			}
			return answers
		}
		want := ask()
		contains(t, "the first", want, "123456789")
		for range 4 {
			same(t, "with indexes", ask(), want)
			must(t, world.Outcome(w.Records.MakeIndexes(t.Context())))
		}
		before := w.Root.Query(a, "limit 1")
		a.Add("stage=won amount=99999999999999999999999 price=-99999999999999999999999")
		same(t, "a long number", w.Root.Query(a, "limit 1"), before)
		contains(t, "its sum", ask(), "100000013345678902672065.0001")
	})
}

// Records are counted alike whether an index holds their texts or they are too long for it, under rules as without.
func TestIndexesCountLongTexts(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "title text; note text; stage dropdown(new|won); amount number; people user")
		var rows [][]string
		for i := range 2500 {
			rows = append(rows, []string{fmt.Sprint("t", i%50), fmt.Sprint("n", i%7), []string{"new", "won"}[i%2], fmt.Sprint(i)})
		}
		load(t, w, a, []string{"title", "note", "stage", "amount"}, rows)
		aiko := w.User("aiko")
		long := strings.Repeat("長", 5000)
		a.Forbid(`title in ("t1", "`+long+`") and amount < 2000`, "ben")
		a.Forbid(fmt.Sprintf("note = %q", long+"2"), "ben")
		a.Edit(func(s *app.Settings, p *errs.Fields) {
			s.RecordRules = append(s.RecordRules, app.RecordRule{Filter: `title = "t3"`, Entities: []access.RecordRight{
				{Entity: access.Entity{Type: "FIELD_ENTITY", Code: "people"}, Verbs: access.View}, {Entity: access.Entity{Type: "FIELD_ENTITY", Code: "更新者"}, Verbs: access.View}}})
		})
		ask := func() (answers string) {
			for _, q := range []string{`stage in ("won")`, `stage in ("won") and amount >= 100`, `title = "t1"`, `title in ("t3") and stage in ("won")`, fmt.Sprintf("title = %q", long), `note = "n3"`} {
				for _, who := range []world.Person{aiko, w.Root} {
					c, err := who.Set(a).Count(t.Context(), q)
					must(t, world.Outcome(err))
					answers += fmt.Sprint(" ", c.Count)
				}
			}
			return answers
		}
		w.User("ben")
		want := ask()
		for range 4 {
			for range 25 {
				ask()
			}
			must(t, world.Outcome(w.Records.MakeIndexes(t.Context())))
			same(t, "with indexes", ask(), want)
		}
		before := strings.Fields(want)
		for i, note := range []string{"n1", long + "1", long + "2"} {
			a.Add(fmt.Sprintf("title=%s note=%s stage=won amount=%d", long, note, 3000*(1-i%2)))
		}
		after := strings.Fields(ask())
		same(t, "won, to aiko and root", fmt.Sprint(before[:2], after[:2]), "[1160 1210] [1161 1211]")
		same(t, "the long ones", fmt.Sprint(after[8:10]), "[1 1]")
	})
}

// A field that is gone for good takes its indexes with it, and queries go on without them.
func TestIndexesGoWithTheirField(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "stage dropdown(new|won); amount number; due date")
		var rows [][]string
		for i := range 2500 {
			rows = append(rows, []string{[]string{"new", "won"}[i%2], fmt.Sprint(i), fmt.Sprintf("2026-%02d-%02d", 1+i%12, 1+i%28)})
		}
		load(t, w, a, []string{"stage", "amount", "due"}, rows)
		for range 25 {
			same(t, "a page", w.Root.Query(a, `amount > 10 order by due desc limit 3`), "found 3")
		}
		must(t, world.Outcome(w.Records.MakeIndexes(t.Context())))
		same(t, "by the index", w.Root.Query(a, `amount > 10 order by due desc limit 3`), "found 3")
		a.Edit(func(s *app.Settings, p *errs.Fields) {
			if err := s.DeleteFields([]string{"amount"}); err != nil {
				t.Error(err)
			}
		})
		w.Drain()
		w.Pass(app.KeepFields + time.Hour)
		w.Drain()
		same(t, "without it", w.Root.Query(a, `stage in ("won") order by due desc limit 3`), "found 3")
		same(t, "without it, and all", w.Root.Query(a, `order by due desc limit 3`), "found 3")
	})
}
