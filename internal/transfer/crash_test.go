package transfer_test

import (
	"testing"

	"github.com/engawa/engawa/internal/transfer"
	"github.com/engawa/engawa/internal/world"
)

func TestAKilledServerLosesNothingAndDoublesNothing(t *testing.T) {
	content, middle := numbered(manyRows)
	var m *transfer.Import
	world.Killed(t, func(t *testing.T, w *world.World) {
		s := newSite(w)
		m = s.send(s.Root.Actor(), "a.csv", content)
		s.begin(s.Root.Actor(), m, nil)
	}, func(t *testing.T, w *world.World) {
		s := newSite(w)
		s.blobs.when(middle, world.KillSelf)
		s.Drain()
	}, func(t *testing.T, w *world.World) {
		s := newSite(w)
		half := s.now(m.ID)
		if half.State != transfer.Running || half.Done == 0 || half.Done >= manyRows {
			t.Fatalf("%s, %d rows, %+v", half.State, half.Done, half.Error)
		}
		s.Work(func() bool {
			state := s.now(m.ID).State
			return state == transfer.Done || state == transfer.Failed
		})
		s.complete(t, s.now(m.ID))
	})
}
