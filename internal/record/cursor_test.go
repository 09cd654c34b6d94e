package record_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/world"
)

// Ten cursors are open on a site at most, also when many are opened at once.
func TestTenCursorsAtOnce(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		orders := w.App("orders", "title text")
		orders.Add("title=A")
		orders.Add("title=B")
		set := w.Root.Set(orders)
		var all sync.WaitGroup
		var opened, refused atomic.Int32
		for range 15 {
			all.Go(func() {
				_, _, err := set.OpenCursor(t.Context(), "", nil, 1)
				switch {
				case err == nil:
					opened.Add(1)
				case errs.KeyOf(err) == "cursor.tooMany":
					refused.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		all.Wait()
		if opened.Load() != 10 || refused.Load() != 5 {
			t.Errorf("%d opened, %d refused", opened.Load(), refused.Load())
		}
	})
}
