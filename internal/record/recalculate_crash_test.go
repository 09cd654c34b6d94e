package record_test

import (
	"testing"

	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// What a killed server had computed stays, and another goes on with the rest.
func TestAKilledServersRecalculationGoesOn(t *testing.T) {
	var a *world.App
	world.Killed(t, func(t *testing.T, w *world.World) {
		a = goods(t, w, 1200) // more than two batches
		define(t, a, `{"taxed":{"type":"CALC","expression":"price + 1"}}`)
	}, func(t *testing.T, w *world.World) {
		recalculates(t, w, 3, world.KillSelf)
	}, func(t *testing.T, w *world.World) {
		if w.Root.Query(a, "taxed = 1") != "found 1" || w.Root.Query(a, "taxed = 1200") != "found 0" {
			t.Error("the server was not killed in the middle")
		}
		w.Work(func() bool {
			r, err := w.Root.Set(a).Recalculation(t.Context())
			return err != nil || r.State == record.Recalculated
		})
		same(t, "whole", progress(t, w.Root, a), "SUCCESS 100% 1200/1200 changed 1200")
		same(t, "the last", w.Root.Query(a, "taxed = 1200"), "found 1")
	})
}
