package record_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// foundComments is what a search finds, and where it ended: "1:a 2:b; to 2:b".
func foundComments(t *testing.T, who world.Person, a *world.App, c record.CommentSearch) string {
	t.Helper()
	list, last, err := who.Set(a).FindComments(t.Context(), c)
	if err != nil {
		return world.Outcome(err)
	}
	show := func(f record.FoundComment) string { return fmt.Sprintf("%d:%s", f.Record, f.Text) }
	var parts []string
	for _, f := range list {
		parts = append(parts, show(f))
	}
	if last != nil {
		parts = append(parts, "to "+show(*last))
	}
	return strings.Join(parts, " ")
}

// What is found, and where a search ends, is the same whether comments on records that one may not see are there or not:
// also when they are more than a search looks at.
func TestCommentsThatAreNotShownCountForNothing(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		aiko, ben := w.User("aiko"), w.User("ben")
		w.User("carl")
		a, other := w.App("deals", "title text"), w.App("other", "title text")
		a.Add("title=open")
		a.Add("title=closed")
		a.Add("title=trashed")
		a.Add("title=hers") // by a rule for her alone
		a.Forbid(`title = "closed"`, "carl")
		a.Forbid(`title = "hers"`, "aiko")
		other.Add("title=x")
		at := w.Now()
		a.AddComments(1, at.Add(time.Second), time.Second, "a", "b", "c")
		a.AddComments(4, at.Add(1500*time.Millisecond), time.Second, "x", "y")
		texts := func(words ...string) func(record.FoundComment) bool {
			return func(f record.FoundComment) bool { return slices.Contains(words, f.Text) }
		}
		searches := map[string]record.CommentSearch{
			"all":           {Oldest: true, Match: texts("a", "b", "c", "x", "y", "n"), Limit: 9, Most: 9},
			"newest":        {Match: texts("a", "b", "c", "x", "y", "n"), Limit: 9, Most: 9},
			"two":           {Match: texts("a", "x", "y"), Limit: 2, Most: 9},
			"few looked at": {Oldest: true, Match: texts("b", "c"), Limit: 9, Most: 3},
			"none found":    {Oldest: true, Match: texts("none"), Limit: 9, Most: 9},
			"a span":        {Oldest: true, After: at.Add(1200 * time.Millisecond), Before: at.Add(2 * time.Second), Match: texts("a", "b", "c", "x", "y"), Limit: 9, Most: 9},
		}
		want := map[string]string{
			"aiko all": "1:a 4:x 1:b 4:y 1:c", "aiko newest": "1:c 4:y 1:b 4:x 1:a", "aiko two": "4:y 4:x to 4:x", "aiko few looked at": "1:b to 1:b", "aiko none found": "", "aiko a span": "4:x 1:b",
			"ben all": "1:a 1:b 1:c", "ben newest": "1:c 1:b 1:a", "ben two": "1:a", "ben few looked at": "1:b 1:c to 1:c", "ben none found": "", "ben a span": "1:b",
		}
		check := func(when string) {
			t.Helper()
			for name, c := range searches {
				for _, who := range []world.Person{aiko, ben} {
					key := who.Code + " " + name
					same(t, when+": "+key, foundComments(t, who, a, c), want[key])
				}
			}
		}
		a.Delete(3)
		check("before")
		for _, from := range []time.Duration{0, 1600 * time.Millisecond, time.Minute} { // before, among and after them
			a.AddComments(2, at.Add(from), time.Millisecond, slices.Repeat([]string{"n"}, 1000)...)
			a.AddComments(3, at.Add(from), 0, slices.Repeat([]string{"n"}, 300)...)
			other.AddComments(1, at.Add(from), time.Millisecond, slices.Repeat([]string{"n"}, 300)...)
		}
		check("after")
		same(t, "carl", foundComments(t, w.As("carl"), a, record.CommentSearch{Oldest: true, Match: texts("n", "b"), Limit: 2000, Most: 1601})[:4], "2:n ")
	})
}

// Pages follow each other: those written at the same time are in the order of their records, then of their numbers.
func TestCommentsOfTheSameTimeAreInOrder(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := w.App("deals", "title text")
		a.Add("title=one")
		a.Add("title=two")
		a.AddComments(2, w.Now(), 0, "a", "b")
		a.AddComments(1, w.Now(), 0, "c", "d")
		a.AddComments(2, w.Now(), 0, slices.Repeat([]string{"n"}, 500)...) // more than are read at once
		a.AddComments(1, w.Now(), 0, "e")
		match := func(f record.FoundComment) bool { return f.Text != "n" }
		same(t, "oldest", foundComments(t, w.Root, a, record.CommentSearch{Oldest: true, Match: match, Limit: 9, Most: 900}), "1:c 1:d 1:e 2:a 2:b")
		same(t, "newest", foundComments(t, w.Root, a, record.CommentSearch{Match: match, Limit: 9, Most: 900}), "2:b 2:a 1:e 1:d 1:c")
	})
}
