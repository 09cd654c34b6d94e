package query_test

import (
	"fmt"
	"testing"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/query"
)

func TestCheckTellsWhatIsWrong(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{`title = `, `query.syntax map[pos:9]`},
		{`limit 501`, `query.limit map[max:500]`},
		{`limit 500`, ``},
		{`limit 0 offset 10000`, ``},
		{`offset 10001`, `query.offset map[max:10000]`},
		{`nothing = "x" limit 501`, `query.limit map[max:500]`},

		{`nothing = "x"`, `query.unknownField map[field:nothing]`},
		{`Title = "x"`, `query.unknownField map[field:Title]`},
		{`order by nothing`, `query.unknownField map[field:nothing]`},
		{`id = 1`, `query.unknownField map[field:id]`},
		{`f_11 = "x"`, `query.unknownField map[field:f_11]`},
		{`parts.part in ("x")`, `query.relatedField map[field:parts.part]`},
		{`nothing.part in ("x")`, `query.relatedField map[field:nothing.part]`},
		{`order by parts.part`, `query.relatedField map[field:parts.part]`},

		{`color = "黄"`, `query.option map[field:color value:黄]`},
		{`color = "赤"`, `query.operator map[field:color op:=]`},
		{`color like ""`, `query.operator map[field:color op:like]`},
		{`stage in ("lead", "", "gone")`, `query.option map[field:stage value:gone]`},
		{`marks = "gone"`, `query.option map[field:marks value:gone]`},

		{`$id like "1"`, `query.operator map[field:$id op:like]`},
		{`no is empty`, `query.operator map[field:no op:is empty]`},
		{`creator = "aiko"`, `query.operator map[field:creator op:=]`},
		{`created in ("2026-04-01T00:00:00Z")`, `query.operator map[field:created op:in]`},
		{`title > "x"`, `query.operator map[field:title op:>]`},
		{`title is empty`, `query.operator map[field:title op:is empty]`},
		{`memo = "x"`, `query.operator map[field:memo op:=]`},
		{`memo in ("x")`, `query.operator map[field:memo op:in]`},
		{`page != "x"`, `query.operator map[field:page op:!=]`},
		{`amount like "1"`, `query.operator map[field:amount op:like]`},
		{`amount is not empty`, `query.operator map[field:amount op:is not empty]`},
		{`tags != ""`, `query.operator map[field:tags op:!=]`},
		{`filed = "机"`, `query.operator map[field:filed op:=]`},
		{`filed in ("机", "床")`, `query.option map[field:filed value:床]`},
		{`filed in (LOGINUSER())`, `query.function map[field:filed function:LOGINUSER]`},
		{`due in ("2026-04-01")`, `query.operator map[field:due op:in]`},
		{`open not like "1"`, `query.operator map[field:open op:not like]`},
		{`files in ("x")`, `query.operator map[field:files op:in]`},
		{`people = "aiko"`, `query.operator map[field:people op:=]`},
		{`parts in ("x")`, `query.operator map[field:parts op:in]`},
		{`parts = "x"`, `query.operator map[field:parts op:=]`},
		{`section in ("x")`, `query.operator map[field:section op:in]`},
		{`part = "x"`, `query.tableOperator map[field:part op:=]`},
		{`marks != ""`, `query.tableOperator map[field:marks op:!=]`},
		{`part > "x"`, `query.operator map[field:part op:>]`},
		{`made in ("2026-04-01")`, `query.operator map[field:made op:in]`},

		{`amount = "abc"`, `query.value map[field:amount value:abc]`},
		{`$id = "abc"`, `query.value map[field:$id value:abc]`},
		{`due = "2026-02-30"`, `query.value map[field:due value:2026-02-30]`},
		{`due = 5`, `query.value map[field:due value:5]`},
		{`meeting = "today"`, `query.value map[field:meeting value:today]`},
		{`open < "25:00"`, `query.value map[field:open value:25:00]`},
		{`people in ("nobody")`, `query.unknownUser map[field:people value:nobody]`},
		{`creator not in ("aiko", "nobody")`, `query.unknownUser map[field:creator value:nobody]`},

		{`title = TODAY()`, `query.function map[field:title function:TODAY]`},
		{`title like LOGINUSER()`, `query.function map[field:title function:LOGINUSER]`},
		{`amount > NOW()`, `query.function map[field:amount function:NOW]`},
		{`due = LOGINUSER()`, `query.function map[field:due function:LOGINUSER]`},
		{`open = TODAY()`, `query.function map[field:open function:TODAY]`},
		{`people in (PRIMARY_ORGANIZATION())`, `query.function map[field:people function:PRIMARY_ORGANIZATION]`},
		{`people in (LOGINUSER(1))`, `query.functionArgs map[]`},
		{`due = TODAY(1)`, `query.functionArgs map[]`},
		{`meeting = NOW(1)`, `query.functionArgs map[]`},
		{`due = FROM_TODAY()`, `query.functionArgs map[]`},
		{`due = FROM_TODAY(1)`, `query.functionArgs map[]`},
		{`due = FROM_TODAY(1, DAYS, 1)`, `query.functionArgs map[]`},
		{`due = FROM_TODAY(1.5, DAYS)`, `query.functionArgs map[]`},
		{`due = FROM_TODAY(DAYS, 1)`, `query.functionArgs map[]`},
		{`due = FROM_TODAY(1, HOURS)`, `query.unit map[value:HOURS]`},
		{`due = THIS_WEEK(FUNDAY)`, `query.functionArgs map[]`},
		{`due = THIS_MONTH(0)`, `query.monthDay map[value:0]`},
		{`due = LAST_MONTH(32)`, `query.monthDay map[value:32]`},
		{`due = NEXT_MONTH(FIRST)`, `query.monthDay map[value:FIRST]`},
		{`due = THIS_MONTH(1, 2)`, `query.functionArgs map[]`},
		{`due = THIS_YEAR(1)`, `query.functionArgs map[]`},

		{`order by memo`, `query.order map[field:memo]`},
		{`order by page`, `query.order map[field:page]`},
		{`order by tags`, `query.order map[field:tags]`},
		{`order by filed`, `query.order map[field:filed]`},
		{`order by people`, `query.order map[field:people]`},
		{`order by files`, `query.order map[field:files]`},
		{`order by part`, `query.order map[field:part]`},
		{`order by parts`, `query.order map[field:parts]`},
		{`order by section`, `query.order map[field:section]`},
		{`order by title, site, amount, stage, color, due, open, meeting, creator, created, no, $id`, ``},
	} {
		got := ""
		if key, args := problem(tc.text); key != "" {
			got = fmt.Sprintf("%s %v", key, map[string]any(args))
		}
		if got != tc.want {
			t.Errorf("%s:\n got %s\nwant %s", tc.text, got, tc.want)
		}
	}
}

func TestHiddenAndMissingFieldsAreTheSame(t *testing.T) {
	for _, text := range []string{`secret = "x"`, `order by secret`, `secret not like "x"`} {
		_, err := query.Check(parse(t, text), nothing{}, env())
		if errs.KeyOf(err) != "query.unknownField" {
			t.Errorf("%s: %v", text, err)
		}
	}
}

type nothing struct{}

func (nothing) Lookup(string) (query.Ref, bool) { return query.Ref{}, false }

func TestAnEmptyEnvIsNobodyNowhere(t *testing.T) {
	for text, want := range map[string]string{
		`people in (LOGINUSER())`: "",
		`due = TODAY()`:           "",
		`people in ("aiko")`:      "query.unknownUser",
	} {
		if _, err := query.Check(parse(t, text), schema{}, query.Env{}); errs.KeyOf(err) != want {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestLimits(t *testing.T) {
	for _, tc := range []struct {
		text          string
		limit, offset int
	}{{``, 100, 0}, {`limit 0`, 0, 0}, {`limit 500 offset 20`, 500, 20}, {`offset 3`, 100, 3}} {
		if c := check(t, tc.text, schema{}); c.Limit != tc.limit || c.Offset != tc.offset {
			t.Errorf("%s: limit %d offset %d", tc.text, c.Limit, c.Offset)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	q := parse(b, `amount > 500000 and stage in ("lead", "won") and due >= THIS_MONTH() order by due desc limit 100`)
	e := env()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := query.Check(q, schema{}, e); err != nil {
			b.Fatal(err)
		}
	}
}
