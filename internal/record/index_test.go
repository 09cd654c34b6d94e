package record_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

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
