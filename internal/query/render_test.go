package query_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// dialect spells SQL as SQLite when lossy, as PostgreSQL when not.
type dialect struct{ lossy bool }

func (d dialect) LossyDecimals() bool { return d.lossy }
func (d dialect) Contains(haystack, needle string) string {
	return map[bool]string{true: "instr", false: "strpos"}[d.lossy] + "(" + haystack + ", " + needle + ") > 0"
}

// tables names the tables of the tests; tokens are matched by a table of them.
type tables struct{}

func (tables) Sub(f *field.Field) string { return "rec_" + id.String(f.ID) }
func (tables) Contents(tokens []string) (string, []any) {
	if len(tokens) == 0 {
		return "contents x WHERE TRUE", nil
	}
	return "contents x WHERE x.id IN (SELECT id FROM contents_words)", nil
}

func (tables) Head(*field.Field) int { return 0 }

func (tables) Candidates(tokens []string) (string, []any) {
	return "SELECT id FROM words WHERE tokens @> ?", []any{strings.Join(tokens, " ")}
}

func render(c *query.Checked, d query.Dialect) (string, []any) {
	b := query.NewBuilder(d, tables{})
	c.Where(b)
	b.Write(" ORDER BY ")
	c.OrderBy(b)
	return b.SQL(), b.Args()
}

func TestRenderedSQL(t *testing.T) {
	var got strings.Builder
	for _, tc := range []struct {
		title string
		s     query.Schema
		texts []string
	}{
		{"plain", schema{}, []string{
			``,
			`title = "x" order by title`,
			`title = ""`,
			`title != "x" and title in ("", "x", "y") or title not in ("x")`,
			`title in ()`,
			`amount > 500000 and stage in ("lead", "won") and due >= THIS_MONTH() order by due desc limit 100`,
			`$id > 0 order by $id asc limit 500`,
			`no = "SALES-12" or no > 12.5 or no = 1.5 or no < 99999999999999999999 order by no desc, title`,
			`amount = 1.50 or amount in (1, 12345678901234567.5, "") or amount >= -12345678901234567 or amount < 0 order by amount`,
			`amount != ""`,
			`created > NOW() and created = TODAY() and creator in (LOGINUSER(), "ben") order by created, creator desc`,
			`meeting = "2026-04-01T09:30:00+09:00" or meeting != "" and meeting <= "2026-04-01"`,
			`due != YESTERDAY() and due < "2026-4-1" and open >= "9:05"`,
			`due > "" or meeting > ""`,
			`tags in ("a", "c") and tags not in ("b", "") and people in (LOGINUSER(), "")`,
			`stage not in ("", "lead") and color in ("") order by stage desc, color`,
			`memo like "Ｅｎｇａｗａ　５０％" and page not like "東京" and files like "a" and title like ""`,
			`(title like "desk" or memo like "desk") and due > "2026-04-01"`,
			`title like "desk" or memo like "chair"`,
			`memo is empty and files is not empty`,
			`title = "1" or title = "2" or title = "3" or title = "4" or title = "5" or title = "6"`,
		}},
		{"tables", schema{}, []string{
			`part in ("x") and quantity > 3 and title = "y"`,
			`part in ("x") or quantity > 3`,
			`part not in ("x") and part in ("y") and step in ("赤") and made < TODAY()`,
			`part like "ボルト" and part not like "ナット"`,
			`marks in ("a", "") and quantity not in (1)`,
		}},
		{"masked", masked(t), []string{
			`secret = "x" and secret like "xyz" and secret not like "y" order by secret`,
			`wage in (5, 12345678901234567) and wage > 3 order by wage desc`,
			`part in ("x") and quantity > 1 and part not in ("z")`,
		}},
	} {
		for _, text := range tc.texts {
			c := check(t, text, tc.s)
			sqlite, args := render(c, dialect{lossy: true})
			postgres, pgArgs := render(c, dialect{})
			fmt.Fprintf(&got, "%s: %s\n  %s\n  %#v\n", tc.title, text, sqlite, args)
			if p := strings.ReplaceAll(postgres, "strpos(", "instr("); p != sqlite {
				fmt.Fprintf(&got, "  postgres: %s\n  %#v\n", postgres, pgArgs)
			}
		}
	}
	compareGolden(t, "testdata/render.golden", got.String())
}

func compareGolden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(string(b), "\n")
	for i, line := range strings.Split(got, "\n") {
		if i >= len(want) || line != want[i] {
			t.Fatalf("%s:%d differs:\n%s", file, i+1, line)
		}
	}
}

func TestNoWordOfAQueryGetsIntoSQL(t *testing.T) {
	for _, field := range []string{"title", "memo", "page", "site", "files", "part", "secret"} {
		for _, op := range []string{`= %s`, `!= %s`, `in (%s)`, `not in (%s)`, `like %s`, `not like %s`} {
			for _, word := range []string{`zebra`, `zebra' or 1=1 --`, `zebra\"; drop table rec_1`, `zebra?`, `%zebra_`, `zebra\\`} {
				text := field + " " + fmt.Sprintf(op, `"`+word+`"`)
				c, err := query.Check(parse(t, text), masked(t), env())
				if err != nil {
					continue
				}
				for _, lossy := range []bool{true, false} {
					sql, args := render(c, dialect{lossy})
					if strings.Contains(sql, "zebra") || strings.Count(sql, "?") != len(args) {
						t.Errorf("%s: %s %v", text, sql, args)
					}
				}
			}
		}
	}
	for _, text := range []string{`amount in (987654, 98765432109876543210)`, `amount > 987654.5`, `amount <= -98765432109876543210`,
		`$id = 987654`, `no > 987654`, `quantity >= 987654`} {
		for _, lossy := range []bool{true, false} {
			if sql, args := render(check(t, text, schema{}), dialect{lossy}); strings.Contains(sql, "9876") || len(args) == 0 {
				t.Errorf("%s: %s %v", text, sql, args)
			}
		}
	}
}

func TestShape(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{``, `by id desc`},
		{`order by $id`, `by id`},
		{`title = "x" and amount > 1 and stage in ("lead", "won") and color in ("") order by due desc, title`,
			`lead due desc; title equality; amount range; stage any; color equality`},
		{`title != "x" and due = TODAY() order by stage`, `due range`},
		{`title = "x" or amount > 1 order by secret`, ``},
		{`secret = "x" order by no`, `by id`},
		{`memo like "xy" and part in ("x")`, `by id desc; search`},
		{`memo like "x" and part like "xy"`, `by id desc; search`},
		{`memo not like "xy"`, `by id desc`},
	} {
		s := check(t, tc.text, masked(t)).Shape()
		var got []string
		desc := map[bool]string{true: " desc"}[s.LeadDesc]
		switch {
		case s.ByID:
			got = append(got, "by id"+desc)
		case s.Lead != nil:
			got = append(got, "lead "+s.Lead.Code+desc)
		}
		for _, f := range s.Filters {
			got = append(got, f.Field.Code+" "+[...]string{"equality", "range", "any"}[f.Use])
		}
		if s.Search {
			got = append(got, "search")
		}
		if g := strings.Join(got, "; "); g != tc.want {
			t.Errorf("%s: got %s, want %s", tc.text, g, tc.want)
		}
	}
}

func BenchmarkRender(b *testing.B) {
	c := check(b, `amount > 500000 and stage in ("lead", "won") order by due desc limit 100`, schema{})
	b.ReportAllocs()
	for b.Loop() {
		render(c, dialect{lossy: true})
	}
}

func FuzzCheckAndRender(f *testing.F) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 100 {
		f.Add(randomQuery(rng))
	}
	f.Add(`memo like "\"' -- " and parts.part in (1) or wage > THIS_MONTH(LAST) order by stage, $id`)
	names, r := masked(f), randomRecord(rng, 1)
	f.Fuzz(func(t *testing.T, text string) {
		q, err := query.Parse(text)
		if err != nil {
			return
		}
		c, err := query.Check(q, names, env())
		if err != nil {
			if errs.KindOf(err) != errs.Invalid {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		query.Eval(c, r)
		query.Compare(c, r, r)
		c.Shape()
		for _, lossy := range []bool{true, false} {
			if sql, args := render(c, dialect{lossy}); strings.Count(sql, "?") != len(args) {
				t.Errorf("%q: %d arguments for %s", text, len(args), sql)
			}
		}
	})
}
