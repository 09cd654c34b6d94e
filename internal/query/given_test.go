package query_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
	"github.com/engawa/engawa/internal/query"
	"github.com/engawa/engawa/migrations"
)

// What a query says of its records is not asked of them again, and what it excludes not at all.
func TestGivenAsksOnlyWhatIsOpen(t *testing.T) {
	for _, tc := range []struct{ query, rule, want string }{
		{`stage in ("won")`, `stage in ("lost")`, "FALSE"},
		{`stage in ("won")`, `stage in ("won", "lost") and amount > 5`, "amount > 5"},
		{`stage in ("won", "lost")`, `stage in ("won")`, `stage in ("won")`},
		{`stage in ("won")`, `stage not in ("lost")`, ""},
		{`memo is empty`, `memo is empty`, ""},
		{`stage not in ("won")`, `stage in ("won")`, `stage in ("won")`}, // it tells nothing that is asked
		{`amount < 100`, `amount < 101`, ""},
		{`amount < 100`, `amount <= 100`, ""},
		{`amount <= 100`, `amount < 100`, `amount < 100`},
		{`amount < 100`, `amount >= 100`, "FALSE"},
		{`amount <= 100`, `amount >= 100`, `amount >= 100`},
		{`amount > 9`, `amount > 10`, `amount > 10`}, // numbers, not texts
		{`amount > 10`, `amount > 9`, ""},
		{`amount > 9`, `amount = 10`, `amount = 10`},
		{`amount > 10`, `amount = 10`, "FALSE"},
		{`amount = 10`, `amount > 9 and amount < 11`, ""},
		{`amount > 5`, `amount = ""`, "FALSE"},
		{`due >= "2026-04-01" and due < "2026-05-01"`, `due = "2026-05-01"`, "FALSE"},
		{`due = THIS_MONTH()`, `due > "2026-03-31"`, ""},
		{`due = THIS_MONTH()`, `due > "2026-05-01"`, "FALSE"},
		{`due = THIS_MONTH()`, `due > "2026-04-15" or stage in ("won")`, `due > "2026-04-15" or stage in ("won")`},
		{`due = THIS_MONTH()`, `due > "2026-05-15" or stage in ("won")`, `stage in ("won")`},
		{`title = "x"`, `title like "x"`, `title like "x"`},
		{`quantity > 3`, `quantity > 3`, `quantity > 3`}, // another row may be meant
		{`stage in ("won") or amount > 3`, `amount > 2`, `amount > 2`},
	} {
		asked := check(t, tc.query, schema{})
		want := asked
		switch tc.want {
		case "":
		case "FALSE":
			want = query.First(false)
		default:
			want = query.All(asked, check(t, tc.want, schema{}))
		}
		got := query.Given(asked, check(t, tc.rule, schema{}))
		if every, known := got.Constant(); known && !every && tc.want == "FALSE" {
			continue
		}
		if !slices.Equal(sqlOf(got), sqlOf(want)) {
			t.Errorf("%s, given %s: %v", tc.rule, tc.query, sqlOf(got))
		}
	}
}

// A masked field tells nothing of the records that it is hidden in.
func TestGivenKnowsNothingByMaskedFields(t *testing.T) {
	asked := check(t, `wage > 5`, masked(t))
	rule := check(t, `wage > 4`, schema{})
	if got, want := sqlOf(query.Given(asked, rule)), sqlOf(query.All(asked, rule)); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}

func sqlOf(c *query.Checked) []string {
	b := query.NewBuilder(dialect{}, tables{})
	c.Where(b)
	return []string{b.SQL(), fmt.Sprint(b.Args())}
}

// Reduced or not, rules find the same records.
func TestGivenFindsWhatAllFinds(t *testing.T) {
	dbtest.Each(t, migrations.FS, func(t *testing.T, d *db.DB) {
		rng := rand.New(rand.NewPCG(7, 7))
		s := store{d.Dialect()}
		records := make([]*record, 80)
		for i := range records {
			records[i] = randomRecord(rng, int64(i+1))
		}
		s.fill(t, d, records)
		reduced := 0
		for range 2_000 {
			var names query.Schema = schema{}
			if rng.IntN(3) == 0 {
				names = masked(t)
			}
			q := randomQuery(rng)
			c := check(t, q, names)
			cases := make([]query.Case, rng.IntN(6))
			for i := range cases {
				cases[i] = query.Case{When: check(t, randomCond(rng, rng.IntN(3)), schema{}), Then: rng.IntN(2) == 0}
			}
			rules := []*query.Checked{query.First(rng.IntN(2) == 0, cases...), check(t, randomCond(rng, 2), schema{})}
			all, given := query.All(c, rules...), query.Given(c, rules...)
			want := inMemory(all, records)
			if got := inMemory(given, records); !slices.Equal(got, want) {
				t.Fatalf("%s: given finds %v, all %v", q, got, want)
			}
			if got := s.find(t, d, q, given); !slices.Equal(got, want) {
				t.Fatalf("%s: given finds %v in the database, all %v", q, got, want)
			}
			if len(sqlOf(given)[0]) < len(sqlOf(all)[0]) {
				reduced++
			}
		}
		if reduced < 200 {
			t.Errorf("only %d of the rules were reduced", reduced)
		}
	})
}
