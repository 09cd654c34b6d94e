package usage_test

import (
	"context"
	"io"
	"log/slog"
	"maps"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/usage"
	"github.com/engawa/engawa/internal/world"
)

func TestCallsAreCountedByDay(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		one, other := usage.New(w.DB), usage.New(w.DB) // two servers
		today := func(step string, want map[id.App]int64) {
			t.Helper()
			got, err := one.Today(t.Context(), []id.App{1, 2})
			if err != nil || !maps.Equal(got, want) {
				t.Errorf("%s: got %v, %v, want %v", step, got, err, want)
			}
		}
		flush := func(c *usage.Calls) {
			t.Helper()
			if err := c.Flush(t.Context()); err != nil {
				t.Error(err)
			}
		}
		today("nothing", map[id.App]int64{1: 0, 2: 0})
		one.Count(1)
		one.Count(1)
		one.Count(7)
		other.Count(1)
		today("its own", map[id.App]int64{1: 2, 2: 0})
		flush(other)
		flush(one)
		flush(one)
		today("written", map[id.App]int64{1: 3, 2: 0})
		one.Count(2)
		today("written and not", map[id.App]int64{1: 3, 2: 1})
		w.Pass(24 * time.Hour)
		today("tomorrow", map[id.App]int64{1: 0, 2: 0})
		one.Count(2)
		flush(one)
		today("of tomorrow", map[id.App]int64{1: 0, 2: 1})
	})
}

func TestWhatCannotBeWrittenIsKept(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		c := usage.New(w.DB)
		c.Count(1)
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if err := c.Flush(gone); err == nil {
			t.Error("flushed without a database")
		}
		c.Count(1)
		c.Keep(gone, slog.New(slog.NewTextHandler(io.Discard, nil))) // the server stops
		got, err := usage.New(w.DB).Today(t.Context(), []id.App{1})
		if err != nil || got[1] != 2 {
			t.Errorf("after a restart %v, %v", got, err)
		}
	})
}
