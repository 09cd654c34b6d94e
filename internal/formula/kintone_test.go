package formula_test

import (
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/formula"
)

// What kintone's own formulas give.
// Source: kintone REST behaviour, calculation.
func TestKintoneFormulas(t *testing.T) {
	for _, tc := range []struct{ expression, format, want string }{
		{"1 + 2 * 3 - 4 / 2", "NUMBER", "5"},
		{"-2 ^ 2", "NUMBER", "4"}, // the sign binds more strongly
		{"2 ^ -1", "NUMBER", "0.5"},
		{"2 ^ 3 ^ 2", "NUMBER", "64"},
		{"4 ^ 1.5", "NUMBER", "4"},
		{"4 ^ -2", "NUMBER", "0.0625"},
		{"2 ^ 101", "NUMBER", ""},
		{"0 ^ -1", "NUMBER", ""},
		{"1 + 2 & 3", "", "33"},
		{"(1 + 2 & 3) = \"33\"", "NUMBER", "1"},
		{"\"a\" & none & 数値", "", "a7"},
		{"\"say \\\"hi\\\" \\\\ \" & \"\"\"\"", "", `say \"hi\" \\ \"`},

		{"数値 * n2", "NUMBER", "0.7"},
		{"100 * n2", "NUMBER", "10"},
		{"n2 + 0.2", "NUMBER", "0.3"},
		{"1 / 3", "NUMBER", "0.3333"},
		{"1 / 7", "NUMBER", "0.1429"},
		{"2 / 3 * 3", "NUMBER", "2"},
		{"1 / 3", "", "0.3333"},
		{"1 / 0", "NUMBER", ""},
		{"1 / none", "", ""},
		{"none", "NUMBER", "0"},
		{"none", "", ""},
		{"none + none", "NUMBER", "0"},
		{"-none", "NUMBER", "0"},
		{"big * 10", "NUMBER", ""}, // 13 digits before the point
		{"-big", "NUMBER", "-999999999999"},
		{"title", "NUMBER", ""},

		{"1 = 1", "NUMBER", "1"},
		{"1 != 1", "NUMBER", "0"},
		{"1 <> 2", "NUMBER", "1"},
		{"1 = \"1\"", "NUMBER", "0"},
		{"1 != \"1\"", "NUMBER", "1"},
		{"1 < \"2\"", "NUMBER", "0"},
		{"none = \"\"", "NUMBER", "1"},
		{"none = 0", "NUMBER", "1"},
		{"数値 = \"\"", "NUMBER", "0"},
		{"nothing = \"\"", "NUMBER", "1"},
		{"数値 >= 7", "NUMBER", "1"},

		{"sum(数値, n2, none)", "NUMBER", "7.1"},
		{"SUM(price)", "NUMBER", "350.5"},
		{"SUM(price, 1)", "NUMBER", "351.5"},
		{"IF(数値 > 5, \"big\", \"small\")", "", "big"},
		{"IF(数値 > 5, 1, \"small\")", "NUMBER", "1"},
		{"IF(数値 < 5, 1, \"small\")", "NUMBER", ""},
		{"IF(数値 > 5, 1, 1 / 0)", "NUMBER", "1"},
		{"IF(AND(数値 > 5, n2 > 5), 1, 2)", "NUMBER", "2"},
		{"IF(OR(数値 > 5, n2 > 5), 1, 2)", "NUMBER", "1"},
		{"IF(NOT(kind = \"blue\"), 1, 2)", "NUMBER", "2"},
		{"ROUND(2.5)", "NUMBER", "3"},
		{"ROUND(-2.5, 0)", "NUMBER", "-3"},
		{"ROUND(1234.567, -2)", "NUMBER", "1200"},
		{"ROUNDUP(1.001, 2)", "NUMBER", "1.01"},
		{"ROUNDUP(-1.001, 2)", "NUMBER", "-1.01"},
		{"ROUNDUP(0.0001, 2)", "NUMBER", "0.01"},
		{"ROUNDUP(7, -3)", "NUMBER", "1000"},
		{"ROUNDUP(2 / 3 * 3, 2)", "NUMBER", "2"},
		{"ROUNDDOWN(-1.009, 2)", "NUMBER", "-1"},
		{"ROUND(1, 1 / 0)", "NUMBER", ""},
		{"ROUND(1, 31)", "NUMBER", ""},
		{"YEN(1099.5, 0)", "", "¥1,100"},
		{"YEN(-1234567.891, 2)", "", "-¥1,234,567.89"},
		{"YEN(-0.2)", "", "¥0"},
		{"CONTAINS(tags, \"red\")", "NUMBER", "1"},
		{"CONTAINS(tags, \"green\")", "NUMBER", "0"},
		{"CONTAINS(part, \"desk\")", "NUMBER", "1"},
		{"kind & creator", "", "blueaiko"},

		{"date + 86400", "DATE", "2026-02-01"},
		{"moment - date", "NUMBER", "5153400"},
		{"time", "NUMBER", "34200"},
		{"created", "DATETIME", "2026-01-01T15:30:00Z"},
		{"created", "DATE", "2026-01-01"},
		{"90061", "TIME", "01:01"},
		{"-60", "TIME", "23:59"},
		{"90061", "HOUR_MINUTE", "25:01"},
		{"90061", "DAY_HOUR_MINUTE", "25:01"},
		{"-90061", "HOUR_MINUTE", "-25:01"},
		{"324219600", "DATETIME", "1980-04-10T13:00:00Z"},
		{"324219600.9", "DATE", "1980-04-10"},
		{"99999999999999", "DATE", ""},
		{"DATE_FORMAT(moment, \"YYYY-MM-dd HH:mm\", \"Asia/Tokyo\")", "", "2026-04-01 00:30"},
		{"DATE_FORMAT(moment, \"YY年M月d日 h:mm a\", \"Etc/GMT\")", "", "26年3月31日 3:30 PM"},
		{"DATE_FORMAT(moment, \"hh H MMM\", \"system\")", "", "12 0 Apr"},
		{"DATE_FORMAT(date, \"'; DROP TABLE\", \"UTC\")", "", "'; DROP TABLE"},
		{"DATE_FORMAT(nodate, \"YYYY\", \"UTC\")", "", ""},
	} {
		if got := compute(t, tc.expression, tc.format); got != tc.want {
			t.Errorf("%s as %q: got %q, want %q", tc.expression, tc.format, got, tc.want)
		}
	}
}

// Why kintone refuses to deploy a formula.
func TestRefusedFormulas(t *testing.T) {
	for _, tc := range []struct{ expression, want string }{
		{"gone + 1", "formula.unknownField map[code:gone]"},
		{"VLOOKUP(数値)", "formula.unknownFunction map[function:VLOOKUP]"},
		{"", "formula.syntax"},
		{"1 +", "formula.syntax"},
		{"1 2", "formula.syntax"},
		{"(1", "formula.syntax"},
		{"SUM(1", "formula.syntax"},
		{"SUM(,)", "formula.syntax"},
		{"\"open", "formula.syntax"},
		{"1.2.3", "formula.syntax"},
		{"1x", "formula.syntax"},
		{"数値 % 2", "formula.syntax"},
		{"IF(1 = 1, 2)", "formula.fewArguments map[function:IF n:3]"},
		{"AND(1 = 1)", "formula.fewArgumentsOpen map[function:AND n:2]"},
		{"NOT(1 = 1, 2 = 2)", "formula.manyArguments map[function:NOT n:1]"},
		{"AND(" + strings.Repeat("1=1,", 32) + "1=1)", "formula.manyArguments map[function:AND n:32]"},
		{"数値 ＋ 1", "formula.wide map[narrow:+ wide:＋]"},
		{"（数値）", "formula.wide map[narrow:( wide:（]"},
		{"1 × 2", "formula.wide map[narrow:* wide:×]"},
		{"memo & \"x\"", "formula.fieldType map[type:MULTI_LINE_TEXT]"},
		{"url", "formula.fieldType map[type:LINK]"},
		{"no + 1", "formula.fieldType map[type:RECORD_NUMBER]"},
		{"SUM(lines)", "formula.fieldType map[type:SUBTABLE]"},
		{"title + 1", "formula.operator map[op:+]"},
		{"-title", "formula.operator map[op:-]"},
		{"(1 = 1) & 1", "formula.operator map[op:&]"},
		{"SUM(title)", "formula.function map[function:SUM]"},
		{"SUM(part)", "formula.function map[function:SUM]"},
		{"IF(数値, 1, 2)", "formula.function map[function:IF]"},
		{"CONTAINS(price, \"1\")", "formula.function map[function:CONTAINS]"},
		{"CONTAINS(marks, \"red\")", "formula.function map[function:CONTAINS]"},
		{"price * 2", "formula.array"},
		{"price", "formula.array"},
		{"ROUND(price)", "formula.array"},
		{"tags & \"x\"", "formula.array"},
		{"IF(1 = 1, price, 1)", "formula.array"},
		{"result + 1", "formula.cycle"},
		{"DATE_FORMAT(date, \"YYYY\", \"'; DROP TABLE\")", "formula.argument map[function:DATE_FORMAT value:'; DROP TABLE]"},
		{"DATE_FORMAT(date, \"YYYY\", \"../../etc/passwd\")", "formula.argument map[function:DATE_FORMAT value:../../etc/passwd]"},
		{"DATEDIF(date, date, \"W\")", "formula.argument map[function:DATEDIF value:W]"},
		{strings.Repeat("(", 101) + "1" + strings.Repeat(")", 101), "formula.tooDeep map[max:100]"},
		{strings.Repeat("-", 5000) + "1", "formula.tooDeep map[max:100]"},
		{strings.Repeat("1+", 500_000) + "1", "formula.tooLong map[max:10000]"},
		{"\xff", "formula.tooLong map[max:10000]"},
	} {
		want := "invalid: " + tc.want
		if got := compute(t, tc.expression, "NUMBER"); got != want {
			t.Errorf("%.60s: got %q, want %q", tc.expression, got, want)
		}
	}
}

// The app's precision rounds results, not what is computed on the way.
// Source: kintone REST behaviour, NUMBER normalisation and precision.
func TestPrecision(t *testing.T) {
	for _, tc := range []struct {
		precision        field.Precision
		expression, want string
	}{
		{places(0), "1 / 2", "0"},
		{places(0), "3 / 2", "2"},
		{field.Precision{DecimalPlaces: places(2).DecimalPlaces, RoundingMode: "UP"}, "1 / 3", "0.34"},
		{field.Precision{DecimalPlaces: places(2).DecimalPlaces, RoundingMode: "UP"}, "2 / 3 * 3", "2"},
		{field.Precision{DecimalPlaces: places(2).DecimalPlaces, RoundingMode: "UP"}, "-1 / 100000", "-0.01"},
		{field.Precision{DecimalPlaces: places(2).DecimalPlaces, RoundingMode: "DOWN"}, "2 / 3", "0.66"},
		{field.Precision{DecimalPlaces: places(2).DecimalPlaces, RoundingMode: "DOWN"}, "-2 / 3", "-0.66"},
		{field.Precision{Digits: 30, DecimalPlaces: places(10).DecimalPlaces}, "12345678901234567890 + 0.0000000001", "12345678901234567890.0000000001"},
		{field.Precision{Digits: 4, DecimalPlaces: places(2).DecimalPlaces}, "99 + 1", ""},
		{field.Precision{Digits: 4, DecimalPlaces: places(2).DecimalPlaces}, "99.99", "99.99"},
		{field.Precision{Digits: 4, DecimalPlaces: places(2).DecimalPlaces}, "99.999", ""},
	} {
		f := &field.Field{ID: 90, Type: field.Calc, Code: "result", Expression: tc.expression}
		r := newRecord()
		formula.New(form([]*field.Field{f}, nil), rules(tc.precision)).Compute(r, env)
		if got := string(r.values[90]); got != tc.want {
			t.Errorf("%s with %+v: got %q, want %q", tc.expression, tc.precision.Effective(), got, tc.want)
		}
	}
}
