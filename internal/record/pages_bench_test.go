package record_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// dealFilter makes the i-th of a kind of conditions that find the same share of the deals.
type dealFilter struct {
	name string
	of   func(i int) string
}

var dealFilters = []dealFilter{
	{"tenth", func(i int) string {
		return fmt.Sprintf(`stage in ("%s") and due >= "%d-%02d-01" and due < "%d-%02d-01" `, dealStages[i%5], 2024+i%2, 1+i%12, 2026+i%2, 1+i%12)
	}},
	{"ten-thousandth", func(i int) string { return fmt.Sprintf(`owner in ("user%02d") and amount < %d `, i%50, 5000+i) }},
	{"none", func(i int) string { return fmt.Sprintf(`owner in ("nobody%d") and amount < %d `, i%50, 5000+i) }},
	{"none of many", func(i int) string {
		return fmt.Sprintf(`stage in ("%s") and amount > %d `, dealStages[i%5], 2_000_000+i)
	}},
}

// BenchmarkPages measures pages of 100 deals sorted by date, and counts, for aiko: without rules, then with them.
func BenchmarkPages(b *testing.B) {
	measureDeals(b, func(b *testing.B, w *world.World, a *world.App) {
		for _, rules := range []struct {
			name string
			set  func(s *app.Settings, p *errs.Fields)
		}{
			{"open", noRules},
			{"ruled", dealRules},
		} {
			a.Edit(rules.set)
			set := w.As("aiko").Set(a)
			for range 4 { // the indexes that this asks for
				for i := range 25 {
					for _, f := range dealFilters {
						dealPage(b, set, f.of(i))
						dealCount(b, set, f.of(i))
					}
				}
				if err := w.Records.MakeIndexes(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
			for _, f := range dealFilters {
				b.Run("page of "+f.name+"/"+rules.name, func(b *testing.B) {
					spread(b, func(i int) { dealPage(b, set, f.of(i)) })
				})
			}
			for _, f := range dealFilters {
				b.Run("count of "+f.name+"/"+rules.name, func(b *testing.B) {
					spread(b, func(i int) { dealCount(b, set, f.of(i)) })
				})
			}
		}
	})
}

func dealPage(b *testing.B, set *record.Set, filter string) {
	b.Helper()
	if _, err := set.Query(b.Context(), filter+"order by due desc limit 100", nil, false); err != nil {
		b.Fatal(err)
	}
}

func dealCount(b *testing.B, set *record.Set, filter string) {
	b.Helper()
	if _, err := set.Count(b.Context(), filter); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkTotals measures counting and adding up all deals by stage, as the first one to ask and with the index that this makes.
func BenchmarkTotals(b *testing.B) {
	measureDeals(b, func(b *testing.B, w *world.World, a *world.App) {
		a.Edit(noRules)
		set := w.Root.Set(a)
		for name, code := range map[string]string{"count by stage": "", "count and sum by stage": "amount"} {
			report := app.Report{ChartType: "TABLE", Groups: []app.ReportGroup{{Code: "stage"}}, Aggregations: []app.Aggregation{{Type: "COUNT"}}}
			if code != "" {
				report.Aggregations = append(report.Aggregations, app.Aggregation{Type: "SUM", Code: code})
			}
			ask := func(int) {
				if _, err := set.Aggregate(b.Context(), report); err != nil {
					b.Fatal(err)
				}
			}
			for i := range 3 {
				ask(i)
			}
			if err := w.Records.MakeIndexes(b.Context()); err != nil {
				b.Fatal(err)
			}
			b.Run(name, func(b *testing.B) { spread(b, ask) })
		}
	})
}

// spread measures do, and tells the middle and the quickest of its runs.
func spread(b *testing.B, do func(i int)) {
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		began := time.Now()
		do(i)
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[0].Microseconds())/1000, "best-ms")
}
