package formula_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/formula"
	"github.com/engawa/engawa/internal/id"
)

func calc(n id.Field, code, expression string) *field.Field {
	return &field.Field{ID: n, Type: field.Calc, Code: code, Label: "The " + code, Expression: expression}
}

// Fields are computed behind those they use, wherever they stand on the form; a row sees itself and the record, the
// record sees columns.
func TestOrderAndTables(t *testing.T) {
	top := []*field.Field{
		calc(50, "total", "SUM(taxed) + fee"),
		calc(51, "fee", "rate * 1000"),
		calc(52, "rate", "0.1"),
		{ID: 53, Type: field.SingleLineText, Code: "names", Expression: `JOIN("/", shout)`},
	}
	inner := []*field.Field{
		calc(35, "taxed", "price * (1 + rate)"),
		{ID: 36, Type: field.SingleLineText, Code: "shout", Expression: "UPPER(part) & kind"},
	}
	p := formula.New(form(top, inner), rules(field.Precision{}))
	if fault, bad := p.Fault(); bad {
		t.Fatal(fault.Field.Code, fault.Reason)
	}
	r := newRecord()
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() { p.Compute(newRecord(), env) })
	}
	p.Compute(r, env)
	all.Wait()
	got := fmt.Sprintln(r.values[50], r.values[51], r.values[52], r.values[53], r.rows[30][0][35], r.rows[30][1][35], r.rows[30][2][35])
	if want := "485.55 100 0.1 DESKblue/CHAIRblue/blue 110 0 275.55\n"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestCircles(t *testing.T) {
	p := formula.New(form([]*field.Field{calc(50, "a", "SUM(b)"), calc(51, "behind", "a + 1")}, []*field.Field{calc(35, "b", "a * 2")}), rules(field.Precision{}))
	fault, bad := p.Fault()
	if !bad || fault.Reason.Key != "formula.cycle" || fault.Field.Code != "a" {
		t.Errorf("got %+v of %s, %v", fault, fault.Field.Code, bad)
	}
	r := newRecord()
	p.Compute(r, env) // ends
	if got := r.values[50]; got != "" {
		t.Errorf("got %q", got)
	}
	p = formula.New(form(nil, []*field.Field{calc(35, "b", "amount")}), rules(field.Precision{}))
	if fault, _ := p.Fault(); fault.Reason == nil || fault.Reason.Key != "formula.array" {
		t.Errorf("a row that looks into another table: %+v", fault)
	}
}

func TestRename(t *testing.T) {
	for _, tc := range []struct{ from, want string }{
		{`SUM( a,b ) & "a" & aa`, `SUM( x,b ) & "a" & aa`},
		{`sum(sum)+SUM (a)`, `sum(合計)+SUM (x)`},
		{`a + `, `x + `},
		{`"open a`, `"open a`},
	} {
		if got := formula.Rename(tc.from, map[string]string{"a": "x", "sum": "合計"}); got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.from, got, tc.want)
		}
	}
}

// Only what changes values changes the fingerprint.
func TestFingerprint(t *testing.T) {
	of := func(change func(form []*field.Field, p *field.Precision)) string {
		f := form([]*field.Field{calc(50, "x", `IF(kind = "red", 数値, n2) * rate`), calc(51, "rate", "2")}, nil)
		p := field.Precision{}
		change(f, &p)
		return formula.New(f, rules(p)).Fingerprint()
	}
	find := func(form []*field.Field, n id.Field) *field.Field {
		for _, f := range form {
			if f.ID == n {
				return f
			}
		}
		return nil
	}
	was := of(func([]*field.Field, *field.Precision) {})
	for _, tc := range []struct {
		name   string
		same   bool
		change func(form []*field.Field, p *field.Precision)
	}{
		{"a renamed field", true, func(form []*field.Field, _ *field.Precision) {
			find(form, 10).Code = "amount2"
			find(form, 50).Expression = strings.ReplaceAll(find(form, 50).Expression, "数値", "amount2")
		}},
		{"the default precision, written down", true, func(_ []*field.Field, p *field.Precision) { *p = p.Effective() }},
		{"an other precision", false, func(_ []*field.Field, p *field.Precision) { *p = places(2) }},
		{"an other formula", false, func(form []*field.Field, _ *field.Precision) { find(form, 51).Expression = "3" }},
		{"dates", false, func(form []*field.Field, _ *field.Precision) { find(form, 50).Format = field.CalcDate }},
		{"a renamed option", false, func(form []*field.Field, _ *field.Precision) {
			find(form, 18).Options = []field.Option{{ID: 1, Label: "rouge"}, {ID: 2, Label: "blue"}}
		}},
	} {
		if got := of(tc.change); (got == was) != tc.same {
			t.Errorf("%s: got %s, was %s", tc.name, got, was)
		}
	}
}
