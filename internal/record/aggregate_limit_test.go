package record_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// Attack case 72: a report that is not done in time ends, and nothing is the worse for it.
func TestReportsEndInTime(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "title text; amount number")
		a.Add("title=x amount=1")
		set := w.Root.Set(a)
		count := app.Report{ChartType: "PIE", Groups: []app.ReportGroup{{Code: "title"}}, Aggregations: []app.Aggregation{{Type: "COUNT"}}}
		for range 20 {
			ctx, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
			_, err := set.Aggregate(ctx, count)
			cancel()
			same(t, "out of time", world.Outcome(err), "report.tooSlow")
		}
		got, err := set.Aggregate(t.Context(), count)
		must(t, world.Outcome(err))
		same(t, "afterwards", fmt.Sprint(got.Total), "[1]")
	})
}

// A chart shows 500 groups, a table more; which ones is a matter of the order, and totals are of all.
func TestReportsShowSoManyGroups(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "title text; amount number")
		var in []record.Input
		for i := range 600 {
			in = append(in, input(t, fmt.Sprintf(`{"title":{"value":"t%03d"},"amount":{"value":"%d"}}`, i, i*7%600)))
		}
		for i := 0; i < len(in); i += 100 {
			_, err := w.Root.Set(a).Add(t.Context(), in[i:i+100], "record")
			must(t, world.Outcome(err))
		}
		r := app.Report{ChartType: "PIE", Groups: []app.ReportGroup{{Code: "title"}}, Aggregations: []app.Aggregation{{Type: "SUM", Code: "amount"}}, Sorts: []app.ReportSort{{By: "TOTAL", Desc: true}}}
		got, err := w.Root.Set(a).Aggregate(t.Context(), r)
		must(t, world.Outcome(err))
		same(t, "groups", fmt.Sprint(len(got.Groups), len(got.Dimensions[0].Items), got.Count, got.Total, got.Groups[0].Values, got.Groups[499].Values), "500 500 600 [179700] [599] [100]")
		r.ChartType, r.Sorts = "TABLE", []app.ReportSort{{By: "GROUP1", Desc: true}}
		got, err = w.Root.Set(a).Aggregate(t.Context(), r)
		must(t, world.Outcome(err))
		same(t, "rows", fmt.Sprint(len(got.Groups))+" "+got.Dimensions[0].Items[0].Key, "600 t599")
	})
}

// Level by level: the items of one major item stand together, and TOTAL orders each level by its own totals.
func TestReportsAreInOrder(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "stage dropdown(z|m|a); kind radio(p|q); amount number; long number")
		for _, line := range []string{"stage=z kind=p amount=1", "stage=z kind=q amount=2", "stage=m kind=q amount=10", "stage=a kind=p amount=3", "stage=a kind=q amount=3", "stage=a kind=q amount=0"} {
			a.Add(line)
		}
		order := func(sorts ...app.ReportSort) string {
			got, err := w.Root.Set(a).Aggregate(t.Context(), app.Report{ChartType: "PIVOT_TABLE", Groups: []app.ReportGroup{{Code: "stage"}, {Code: "kind"}},
				Aggregations: []app.Aggregation{{Type: "SUM", Code: "amount"}}, Sorts: sorts})
			must(t, world.Outcome(err))
			var b strings.Builder
			for _, g := range got.Groups {
				b.WriteString(got.Dimensions[0].Items[g.Items[0]].Key + got.Dimensions[1].Items[g.Items[1]].Key + " ")
			}
			for _, d := range got.Dimensions {
				b.WriteString("| ")
				for _, i := range d.Items {
					b.WriteString(i.Key + "=" + i.Values[0] + " ")
				}
			}
			return strings.TrimSpace(b.String())
		}
		for _, tc := range []struct {
			what  string
			sorts []app.ReportSort
			want  string
		}{
			{"as options stand", nil, "zp zq mq ap aq | z=3 m=10 a=6 | p=4 q=15"},
			{"by total", []app.ReportSort{{By: "TOTAL"}}, "zp zq ap aq mq | z=3 a=6 m=10 | p=4 q=15"},
			{"by total, most first", []app.ReportSort{{By: "TOTAL", Desc: true}}, "mq ap aq zq zp | m=10 a=6 z=3 | q=15 p=4"},
			{"by names", []app.ReportSort{{By: "GROUP1", Desc: true}, {By: "GROUP2", Desc: true}}, "aq ap mq zq zp | a=6 m=10 z=3 | q=15 p=4"},
		} {
			same(t, tc.what, order(tc.sorts...), tc.want)
		}
	})
}
