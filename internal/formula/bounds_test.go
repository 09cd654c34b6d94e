package formula_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/formula"
	"github.com/engawa/engawa/internal/id"
)

// Attack cases 37 and 81: whatever is asked for ends, with an error value. What runs on for ever ends with the whole run.
func TestBombs(t *testing.T) {
	nested := func(n int, inner, open, end string) string {
		return strings.Repeat(open, n) + inner + strings.Repeat(end, n)
	}
	for _, expression := range []string{
		nested(40, `"xxxxxxxxxxxxxxxx"`, "REPT(", ", 1000)"),
		nested(40, `"x"`, "SUBSTITUTE(", `, "x", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")`),
		nested(90, "9", "(", "^100)"),
		nested(90, "0.1", "(", "^100)"),
		`9999999999999999999999999999999999999999 ^ 100`,
		`TEXT(1, REPT("0", 200000))`,
		`REPT("x", 999999999)`,
		`ROUND(1, 999999999)`,
		`DATE(999999999, 999999999, 999999999)`,
		`EDATE(date, 999999999999)`,
		`WORKDAY(date, 99999999999)`,
		nested(40, `REPT("ガ", 80000)`, "ASC(JIS(", "))"),
		nested(40, `REPT("ﷺ", 80000)`, `REPLACE(SEARCH("x", `, `) & "a", 1, 0, "b")`),
	} {
		if got := compute(t, "IFERROR("+expression+`, "stopped")`, ""); got != "stopped" && got != "" {
			t.Errorf("%.60s: got %.60q", expression, got)
		}
	}
}

// A large table with many formulas ends too.
func TestManyRows(t *testing.T) {
	var top, inner []*field.Field
	for i := range id.Field(100) {
		inner = append(inner, calc(1000+i, fmt.Sprint("r", i), "price * 2 + 数値"))
		top = append(top, calc(2000+i, fmt.Sprint("t", i), fmt.Sprintf("SUM(r%d) + SUMIF(part, \"*e*\", price)", i)))
	}
	r := newRecord()
	for range 2000 {
		r.rows[30] = append(r.rows[30], map[id.Field]field.Value{31: "1", 32: "desk"})
	}
	formula.New(form(top, inner), rules(field.Precision{})).Compute(r, env)
	if got := r.values[2000]; got != "20822" {
		t.Errorf("got %q", got)
	}
}

// FuzzFormula: nothing panics or runs away, renaming keeps what a formula is, and equal formulas give equal values.
func FuzzFormula(f *testing.F) {
	for _, s := range []string{
		`IF(AND(数値 >= 1, CONTAINS(tags, "red")), YEN(price, 2), "a" & -n2 ^ 2)`, `SUMIF(part, "<>*e?", price) / 0`,
		`TEXT(DATE(2026, 2, 29), "ggge年m月d日")`, `DATE_FORMAT(moment, "YYYY", "Asia/Tokyo")`, `MID("あ\"い", 2, 1e)`, `＋1`, `((((1))))`,
		`WORKDAY(TODAY(), 5, due) - NETWORKDAYS(date, NOW())`, `SWITCH(kind, "red", 1, 2) = IFS(1=1, "x")`, `INDEX(price, -1) ^ 100`,
	} {
		f.Add(s, "7")
	}
	f.Fuzz(func(t *testing.T, s, number string) {
		top := &field.Field{ID: 90, Type: field.SingleLineText, Code: "result", Expression: s}
		inner := &field.Field{ID: 91, Type: field.Calc, Code: "inner", Expression: s}
		p := formula.New(form([]*field.Field{top}, []*field.Field{inner}), rules(field.Precision{}))
		a, b := newRecord(), newRecord()
		for _, r := range []*record{a, b} {
			if v, ok := (field.Precision{}).Canonical(number); ok {
				r.values[10] = v
			}
			p.Compute(r, env)
		}
		if a.values[90] != b.values[90] {
			t.Errorf("%q gives %q and %q", s, a.values[90], b.values[90])
		}
		if v := a.rows[30][0][91]; v != "" && string(v) != string(field.PlainDecimal([]byte(v))) {
			t.Errorf("%q gives %q, which is not canonical", s, v)
		}
		there := formula.Rename(s, map[string]string{"n2": "ｎ２", "数値": "金額"})
		if back := formula.Rename(there, map[string]string{"ｎ２": "n2", "金額": "数値"}); back != s && !strings.ContainsAny(s, "ｎ金") {
			t.Errorf("%q renamed is %q and renamed back %q", s, there, back)
		}
	})
}

func BenchmarkCompute(b *testing.B) {
	p := formula.New(form([]*field.Field{
		calc(50, "total", "SUM(price)"), calc(51, "tax", "ROUNDDOWN(total * 0.1)"), calc(52, "sum", "total + tax"),
		{ID: 53, Type: field.SingleLineText, Code: "name", Expression: `title & "-" & 数値`},
	}, nil), rules(field.Precision{}))
	r := newRecord()
	b.ReportAllocs()
	for b.Loop() {
		p.Compute(r, env)
	}
}
