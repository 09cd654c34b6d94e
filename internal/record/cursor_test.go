package record_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
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

// Attack case 70: a cursor that nobody asks ends after ten minutes, and makes room; one that somebody asks lasts.
func TestCursorsEnd(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		orders := w.App("orders", "title text")
		for range 4 {
			orders.Add("title=A")
		}
		open := func() (string, string) {
			cursor, _, err := w.Root.Set(orders).OpenCursor(t.Context(), "", nil, 1)
			return cursor, world.Outcome(err)
		}
		fetch := func(cursor string) string {
			_, _, err := w.Records.Fetch(t.Context(), w.Root.Actor(), cursor)
			return world.Outcome(err)
		}
		asked, _ := open()
		var left string
		for range 9 {
			left, _ = open()
		}
		_, got := open()
		same(t, "the eleventh", got, "cursor.tooMany")
		for range 2 {
			w.Pass(9 * time.Minute)
			same(t, "one that is asked", fetch(asked), "ok")
		}
		same(t, "one that was left", fetch(left), "cursor.notFound")
		_, got = open()
		same(t, "there is room again", got, "ok")
	})
}

// Attack case 70: what a cursor finds and shows is read in the share and the time of who asks, while others write. A page
// that was not read in time is not lost.
func TestCursorsAreReads(t *testing.T) {
	world.EachWithin(t, 1, func(t *testing.T, w *world.World) {
		orders := w.App("orders", "title text")
		orders.Add("title=A")
		set, hurried := w.Root.Set(orders), db.Whose(t.Context(), "root")
		_, _, err := set.OpenCursor(hurried, "", nil, 1)
		same(t, "opened", world.Outcome(err), "request.tooSlow")
		cursor, _, err := set.OpenCursor(t.Context(), "", nil, 1)
		must(t, world.Outcome(err))
		_, _, err = w.Records.Fetch(hurried, w.Root.Actor(), cursor)
		same(t, "fetched", world.Outcome(err), "request.tooSlow")
		list, more, err := w.Records.Fetch(t.Context(), w.Root.Actor(), cursor)
		if err != nil || len(list) != 1 || more {
			t.Errorf("fetched again: %v %v %v", list, more, err)
		}
	})
}

// Those who fetch from one cursor at the same time get each record once.
func TestFetchingTogether(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		orders := w.App("orders", "title text")
		for range 20 {
			orders.Add("title=A")
		}
		cursor, total, err := w.Root.Set(orders).OpenCursor(t.Context(), "", nil, 3)
		if err != nil || total != 20 {
			t.Fatal(total, err)
		}
		var all sync.WaitGroup
		var mu sync.Mutex
		got, ends := map[id.Record]int{}, 0
		for range 12 {
			all.Go(func() {
				list, more, err := w.Records.Fetch(t.Context(), w.Root.Actor(), cursor)
				mu.Lock()
				defer mu.Unlock()
				for _, r := range list {
					got[r.ID]++
				}
				switch {
				case errs.KeyOf(err) == "cursor.notFound":
				case err != nil:
					t.Error(err)
				case !more:
					ends++
				}
			})
		}
		all.Wait()
		for n, times := range got {
			if times != 1 {
				t.Errorf("record %d was given %d times", n, times)
			}
		}
		if len(got) != 20 || ends != 1 {
			t.Errorf("%d records, %d last pages", len(got), ends)
		}
	})
}
