package record_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// long is a value of so many bytes that begins with a letter.
func long(letter string, bytes int) record.Input {
	return record.Input{"memo": {Value: field.AppendString(nil, strings.Repeat(letter, bytes))}}
}

// A page of history ends where it would become too long, with one line at least, and pages tell all lines, each once.
func TestPagesOfHistoryAreShort(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "title text; memo multiline")
		n := a.Add("title=one")
		const third = record.HistoryBytes / 3
		for _, bytes := range []int{10, third / 2, third/2 + 1, third / 2, third - 100, 3 * third, 20, 10} {
			a.Update(n, long("x", bytes))
		}
		var pages [][]int64
		var before int64
		for more := true; more; {
			var list []record.Entry
			var err error
			if list, more, err = w.Root.Set(a).History(t.Context(), n, before); err != nil || len(list) == 0 {
				t.Fatal(list, err)
			}
			bytes, page := 0, []int64(nil)
			for _, e := range list {
				for _, c := range e.Changes {
					bytes += len(c.Old) + len(c.New)
				}
				page = append(page, e.Revision)
				before = e.Revision
			}
			if pages = append(pages, page); bytes > record.HistoryBytes && len(list) > 1 {
				t.Errorf("revisions %v are %d bytes", page, bytes)
			}
		}
		same(t, "pages", fmt.Sprint(pages), "[[9] [8] [7] [6 5] [4 3 2 1]]")
	})
}

// Lines that tell nothing to who looks take none of his page, however long they are.
func TestHiddenHistoryTakesNoRoom(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		aiko := w.User("aiko")
		a := w.App("deals", "title text; memo multiline hidden-from:aiko")
		n := a.Add("title=one")
		for range 4 {
			a.Update(n, long("x", record.HistoryBytes/2))
			a.Update(n, long("y", record.HistoryBytes/2))
		}
		must(t, update(t, w.Root, a, n, `{"title":{"value":"two"}}`))
		list, more, err := aiko.Set(a).History(t.Context(), n, 0)
		if err != nil || more || len(list) != 2 {
			t.Errorf("%d lines, more %v: %v", len(list), more, err)
		}
	})
}

// Going back over more than is read at once leads to where it was.
func TestGoingFarBack(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "title text; memo multiline; lines table(part text)")
		n := a.AddJSON(`{"title":{"value":"one"},"lines":{"value":[{"value":{"part":{"value":"leg"}}}]}}`)
		must(t, update(t, w.Root, a, n, `{"title":{"value":"two"},"lines":{"value":[]}}`))
		for _, letter := range []string{"x", "y", "z"} {
			a.Update(n, long(letter, record.HistoryBytes/2))
		}
		for range record.HistoryPage + 2 {
			must(t, update(t, w.Root, a, n, `{"title":{"value":"three"}}`))
		}
		must(t, revert(t, w.Root, a, n, 3, record.AnyRevision))
		same(t, "the third revision", w.Root.Query(a, `title = "two" and memo like "xxx"`), "found 1")
		must(t, revert(t, w.Root, a, n, 1, record.AnyRevision))
		contains(t, "the first", get(t, w.Root, a, n), `"memo":{"type":"MULTI_LINE_TEXT","value":""}`, `"value":"one"`, `"value":"leg"`)
	})
}

// What is to be taken back is read in the share and the time of who asks, before anybody who writes waits.
func TestGoingBackIsARead(t *testing.T) {
	world.EachWithin(t, 1, func(t *testing.T, w *world.World) {
		a := w.App("deals", "title text")
		n := a.Add("title=one")
		must(t, update(t, w.Root, a, n, `{"title":{"value":"two"}}`))
		_, err := w.Root.Set(a).Revert(db.Whose(t.Context(), "root"), n, 1, record.AnyRevision)
		same(t, "in no time", world.Outcome(err), "request.tooSlow")
		must(t, revert(t, w.Root, a, n, 1, record.AnyRevision))
	})
}

// Those who go back at the same time all do, one after the other; of those who expect a revision one does.
func TestGoingBackTogether(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "title text")
		n := a.Add("title=one")
		must(t, update(t, w.Root, a, n, `{"title":{"value":"two"}}`))
		must(t, update(t, w.Root, a, n, `{"title":{"value":"three"}}`))
		together := func(expected int64) map[string]int {
			var all sync.WaitGroup
			var mu sync.Mutex
			got := map[string]int{}
			for to := range int64(8) {
				all.Go(func() {
					outcome := revert(t, w.Root, a, n, to%2+1, expected)
					mu.Lock()
					defer mu.Unlock()
					got[outcome]++
				})
			}
			all.Wait()
			return got
		}
		same(t, "any revision", fmt.Sprint(together(record.AnyRevision)), "map[ok:8]")
		same(t, "this revision", fmt.Sprint(together(11)), "map[ok:1 record.conflict:7]")
	})
}
