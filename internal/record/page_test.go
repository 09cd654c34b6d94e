package record_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// Pages far down find ids first and the records then: they must be what the whole list has there, rules, masks and tables
// included.
func TestFarPagesAreOfTheSameList(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		ben := w.User("ben")
		a := w.App("orders", "kind text; n number; secret text hidden-from:ben; lines table(what text)")
		var list []record.Input
		for i := range 260 {
			list = append(list, input(t, fmt.Sprintf(`{"kind": {"value": "k%d"}, "n": {"value": %d}, "secret": {"value": "s%d"},
				"lines": {"value": [{"value": {"what": {"value": "w%d"}}}]}}`, i%5, i/7, i, i)))
		}
		for part := range slices.Chunk(list, 100) {
			if _, err := w.Root.Set(a).Add(t.Context(), part, ""); err != nil {
				t.Fatal(err)
			}
		}
		a.Forbid(`kind in ("k4")`)
		for _, order := range []string{"order by n desc", "order by kind asc, n desc, $id asc", ""} {
			whole := shown(t, ben, a, order+" limit 500")
			if len(whole) != 208 || !strings.Contains(whole[0], `"what"`) || strings.Contains(whole[0], "secret") {
				t.Fatalf("%q: %d records, the first %s", order, len(whole), whole[0])
			}
			for _, offset := range []int{99, 100, 150, 207, 208} {
				got := shown(t, ben, a, fmt.Sprintf("%s limit 70 offset %d", order, offset))
				if want := whole[offset:min(offset+70, len(whole))]; !slices.Equal(got, want) {
					t.Errorf("%q from %d: %d records, want %d", order, offset, len(got), len(want))
				}
			}
		}
	})
}

// shown is what of the records of a query somebody sees.
func shown(t *testing.T, who world.Person, a *world.App, text string) (list []string) {
	t.Helper()
	page, err := who.Set(a).Query(t.Context(), text, nil, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range page.Records {
		list = append(list, string(r.JSON))
	}
	return list
}
