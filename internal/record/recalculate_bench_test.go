package record_test

import (
	"slices"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// BenchmarkRecalculate computes all records anew while somebody adds one every 10 ms, and tells how long that takes him.
func BenchmarkRecalculate(b *testing.B) {
	world.Measure(b, func(b *testing.B, w *world.World) {
		for _, bench := range []struct{ name, formulas string }{
			{"number", `"calc":{"type":"CALC","expression":"ROUNDDOWN(amount * price * 1.1)"}`},
			{"text", `"auto":{"type":"SINGLE_LINE_TEXT","expression":"title & \"-\" & stage & \"-\" & DATE_FORMAT(due, \"YYYY/MM/dd\", \"Asia/Tokyo\")"}`},
		} {
			b.Run(bench.name, func(b *testing.B) {
				for b.Loop() {
					b.StopTimer()
					a := bigApp(b, w, *benchRecords)
					a.Edit(func(s *app.Settings, p *errs.Fields) { s.AddFields(defs(b, "{"+bench.formulas+"}"), nil, p) })
					in := input(b, `{"title":{"value":"new"},"amount":{"value":"5"}}`)
					set := w.Root.Set(a)
					done := make(chan error, 1)
					b.StartTimer()
					start := time.Now()
					go func() { done <- w.Jobs.Drain(b.Context()) }()
					waits := adding(b, set, in, done)
					took := time.Since(start)
					slices.Sort(waits)
					b.ReportMetric(took.Seconds(), "s/app")
					b.ReportMetric(float64(waits[len(waits)*95/100].Microseconds())/1000, "p95-add-ms")
					b.ReportMetric(float64(waits[len(waits)-1].Microseconds())/1000, "max-add-ms")
				}
			})
		}
	})
}

// adding adds records until done, and returns how long each took.
func adding(b *testing.B, set *record.Set, in record.Input, done <-chan error) (waits []time.Duration) {
	every := time.NewTicker(10 * time.Millisecond)
	defer every.Stop()
	for {
		select {
		case err := <-done:
			if err != nil {
				b.Fatal(err)
			}
			return waits
		case <-every.C:
			start := time.Now()
			if _, err := set.Add(b.Context(), []record.Input{in}, "record"); err != nil {
				b.Fatal(err)
			}
			waits = append(waits, time.Since(start))
		}
	}
}
