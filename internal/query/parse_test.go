package query

import (
	"reflect"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/errs"
)

func TestParseAndPrint(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"", ""},
		{" \t\r\n\u3000", ""},
		{`a="x"`, `a = "x"`},
		{`a = "x" AND b >= 10 and c IN ("1",2) Order By f limit 5 OFFSET 0`,
			`a = "x" and b >= 10 and c in ("1", 2) order by f asc limit 5 offset 0`},
		{`((a = 1)) or ((b = 2 and (c = 3)))`, `a = 1 or b = 2 and c = 3`},
		{`a = 1 and (b = 2 or c = 3)`, `a = 1 and (b = 2 or c = 3)`},
		{`(a = 1 and b = 2) and c = 3 and (d = 4 and (e = 5))`, `a = 1 and b = 2 and c = 3 and d = 4 and e = 5`},
		{`memo not  like "100%" or memo is  not empty or memo is empty`, `memo not like "100%" or memo is not empty or memo is empty`},
		{`tags not in ("") and tags in ()`, `tags not in ("") and tags in ()`},
		{`a = "q\"b\\s\tn\n\r\x"`, `a = "q\"b\\s\tn\n\rx"`},
		{`a < TODAY( ) and b >= from_today(-5, DAYS) and c = THIS_WEEK (SUNDAY)`,
			`a < TODAY() and b >= FROM_TODAY(-5, DAYS) and c = THIS_WEEK(SUNDAY)`},
		{`取引先.担当 in (LOGINUSER(), "aiko") and 取引先.$id = 100`, `取引先.担当 in (LOGINUSER(), "aiko") and 取引先.$id = 100`},
		{"文字列__1行_　=　\"テスト値\"", `文字列__1行_ = "テスト値"`},
		{`a > -1.50`, `a > -1.50`},
		{`$id > 0 order by $id asc limit 500`, `$id > 0 order by $id asc limit 500`},
		{`limit 10`, `limit 10`},
		{`offset 99999999999999999999`, `offset 1000000000`},
		{`order by desc desc, asc`, `order by desc desc, asc asc`},
		{`limit = 5 and order in ("x") and not not in (1) limit 1`, `limit = 5 and order in ("x") and not not in (1) limit 1`},
		{`order_by = "x" order by order_by`, `order_by = "x" order by order_by asc`},
		{`((理由 in ("") and 理由_new in ("")) or 日時 != "" ) and 日時 = "" and st_dd in ("あ","い","う")`,
			`(理由 in ("") and 理由_new in ("") or 日時 != "") and 日時 = "" and st_dd in ("あ", "い", "う")`},
		{`＿円￥ is empty`, `＿円￥ is empty`},
	} {
		q, err := Parse(tc.in)
		if err != nil {
			t.Errorf("%s: %v", tc.in, err)
			continue
		}
		if got := q.String(); got != tc.want {
			t.Errorf("%s:\n got %s\nwant %s", tc.in, got, tc.want)
		}
	}
}

func TestSyntaxErrorsTellThePosition(t *testing.T) {
	for _, tc := range []struct {
		in  string
		pos int
	}{
		{`a`, 2},
		{`a = `, 5},
		{`a = 'x'`, 5},
		{`a = x`, 5},
		{`a = “x”`, 5},
		{`a ＝ "x"`, 3},
		{"a = \"x\ty\"", 7},
		{"a = \"x\x00y\"", 7},
		{"a = \"x\ny\"", 7},
		{`a = "x`, 5},
		{`a = "x\`, 7},
		{`a = "x" or`, 11},
		{`a = "x" b = "y"`, 9},
		{`not (a = "x")`, 5},
		{`(a = "x"`, 9},
		{`a = "x")`, 8},
		{`a in "x"`, 6},
		{`a in ("x" "y")`, 11},
		{`a in ("x",)`, 11},
		{`a = ("x")`, 5},
		{`a like`, 7},
		{`a is null`, 6},
		{`a == 1`, 4},
		{`a <> 1`, 4},
		{`1a = 1`, 1},
		{`a = 1a`, 5},
		{`a = 1e5`, 5},
		{`a = -`, 5},
		{`a = 1.`, 6},
		{"`a` = 1", 1},
		{`"a" = 1`, 1},
		{`$rev = 1`, 1},
		{`a.b.c = 1`, 4},
		{`a = SLEEP(5)`, 5},
		{`a = TODAY("x")`, 11},
		{`a = TODAY(1,)`, 13},
		{`a = 1; drop table app`, 6},
		{`a = 1 -- `, 7},
		{`a = 1 /* */`, 7},
		{`limit -1`, 7},
		{`limit 1.5`, 7},
		{`limit "5"`, 7},
		{`offset 1 limit 1`, 10},
		{`limit 1 order by a`, 9},
		{`order by`, 9},
		{`order by a, `, 13},
		{`order by a desc b`, 17},
		{`a = 1 and order by b`, 17},
		{"a = \"\xff\"", 1},
	} {
		_, err := Parse(tc.in)
		e, ok := errs.As(err)
		if !ok || e.Kind != errs.Invalid || e.Key != "query.syntax" || e.Args["pos"] != tc.pos {
			t.Errorf("%s: got %v, want position %d", tc.in, err, tc.pos)
		}
	}
}

func TestParseIsBounded(t *testing.T) {
	nest := func(n int) string { return strings.Repeat("(", n) + "a = 1" + strings.Repeat(")", n) }
	alternate := func(n int) string {
		return strings.Repeat("(a = 1 or b = 2 and ", n) + "c = 3" + strings.Repeat(")", n)
	}
	for _, tc := range []struct {
		name, in string
		ok       bool
	}{
		{"1,000 parentheses", nest(1_000), true},
		{"10⁵ parentheses", nest(100_000), false},
		{"and within or within and", alternate(20), true},
		{"too much of it", alternate(200), false},
		{"1,000 or", "a = 1" + strings.Repeat(" or a = 1", 999), true},
		{"10⁵ or", "a = 1" + strings.Repeat(" or a = 1", 100_000), false},
		{"10⁴ values", "a in (1" + strings.Repeat(",1", 9_999) + ")", true},
		{"10⁵ values", "a in (1" + strings.Repeat(",1", 99_999) + ")", false},
		{"a long value", `a = "` + strings.Repeat("x", 200_000) + `"`, true},
		{"1 MB", `a = "` + strings.Repeat("x", 1<<20) + `"`, false},
	} {
		if _, err := Parse(tc.in); (err == nil) != tc.ok {
			t.Errorf("%s: %v", tc.name, err)
		}
	}
}

func TestRenameAndFieldCodes(t *testing.T) {
	q, err := Parse(`a = "a" and (b like "x" or t.a in (1)) order by b desc, $id`)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(q.FieldCodes(), " "); got != "a b t b $id" {
		t.Errorf("codes %s", got)
	}
	q.Rename(map[string]string{"a": "b", "b": "a"})
	if got, want := q.String(), `b = "a" and (a like "x" or t.a in (1)) order by a desc, $id asc`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

var seeds = []string{
	``, `(a = "x") and $id > 0 order by $id asc limit 500`, `x order by x limit 500 offset 500`,
	`a = "x" and b >= 10 and c in ("1", "2") order by f asc limit 5 offset 0`,
	`((理由 in ("") and 理由_new in ("")) or 日時 != "" ) and 日時 = "" and 理由 in ("") and st_dd in ("あ","い","う")`,
	`postedAt < NOW()`, `レコード番号 = "12"`, `order by レコード番号 desc`, `ステータス in ("処理中")`,
	`文字列__1行_ = "テスト値"`, `a not like "\"\\\t" or not is not empty`, `d = FROM_TODAY(-1, WEEKS) and e in (LOGINUSER())`,
	`limit = 1 limit 1`, `t.$id != 5 and n <= -1.5`,
}

func FuzzParse(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := Parse(text)
		if err != nil {
			if errs.KeyOf(err) != "query.syntax" {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		printed := q.String()
		again, err := Parse(printed)
		if err != nil {
			t.Fatalf("%q printed as %q: %v", text, printed, err)
		}
		if !reflect.DeepEqual(q, again) {
			t.Errorf("%q printed as %q: another query", text, printed)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	const s = `amount > 500000 and stage in ("proposal", "won") and due >= THIS_MONTH() order by due desc limit 100 offset 0`
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(s); err != nil {
			b.Fatal(err)
		}
	}
}
