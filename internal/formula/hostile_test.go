package formula_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/formula"
	"github.com/engawa/engawa/internal/id"
)

// hostile is what an attacker writes where something else is expected: code for whatever might lie below, patterns and
// numbers that run away, texts that are not quite texts.
var hostile = []string{
	`'; DROP TABLE rec_1; --`, `" OR ""="`, `1) UNION SELECT password FROM account --`, `%_\`, `${7*7}`, `{{constructor.constructor("x")()}}`, `<img src=x onerror=alert(1)>`, "`id`", `$(id)`, `%n%s%x`,
	`(a+)+$`, `(.*)*(.*)*(.*)*x`, `[`, `\`, `(?i`, `*`, `?`, `~*`, strings.Repeat("*a", 1000), strings.Repeat("?*", 500), strings.Repeat("a", 1000), "../../etc/passwd", "/etc/localtime", "Asia/../../../etc/passwd", "Local", "UTC+25", "posix/Asia/Tokyo",
	"YYYY", "Y", "M", "D", "YM", "MD", "YD", "d", " Y ", "Ｙ", "gggge年", strings.Repeat("y", 5000), strings.Repeat("0", 5000) + "." + strings.Repeat("0", 5000), "#,##0.00;(0);@[Red]", `"unclosed`, "0.0.0", "%%%%", "E+0",
	"1e999999999", "1e-999999999", "-1e400", "NaN", "Infinity", "-0", "0x10", "1_000", "１２３", "१२३", "²", "9" + strings.Repeat("9", 300), "0." + strings.Repeat("0", 300) + "1", "9223372036854775808", "-9223372036854775809", "2147483648",
	"0000-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2023-02-29", "-0001-01-01", "9999-12-31T23:59:59Z", "24:00", "23:59:60",
	"", " ", "\u0000", "a\u0000b", "\u202etxt.exe", "\ufeff", "👨‍👩‍👧‍👦", "e\u0301", "ﷺ", "が", "ｶﾞ", "\u0085", "\u2028", "東京", "\u061c",
}

// Attack cases 36 and 37: whatever stands at whatever place of whatever function, written down or out of a field, as text, as a
// number or as a list, is refused, is an error value or is an honest value, and soon.
func TestHostileArguments(t *testing.T) {
	quote := strings.NewReplacer(`\`, `\\`, `"`, `\"`)
	var payloads []string
	for _, h := range hostile {
		if !strings.ContainsAny(h, "\u0000\n") {
			payloads = append(payloads, `"`+quote.Replace(h)+`"`)
		}
	}
	payloads = append(payloads, `999999999999`, `-999999999999`, `0.0000000001`, `9^100`, `-1`, `1.5`, `price`, `part`, `due`, `marks`, `tags`, `amount`, `moment`, `nodate`, `none`, `nothing`, `creator`, `1/0`, `REPT("ab", 100000)`, `title = "x"`)
	fillers := []string{`1`, `"x"`, `price`}
	record := newRecord()
	for name, arity := range formula.Arities() {
		most := arity.Max
		if most == 0 || most > arity.Min+2 {
			most = arity.Min + 2
		}
		for _, n := range slices.Compact([]int{max(arity.Min, 1), most}) {
			for at := range n {
				for _, filler := range fillers {
					for _, payload := range payloads {
						args := slices.Repeat([]string{filler}, n)
						args[at] = payload
						try(t, record, name+"("+strings.Join(args, ", ")+")", "")
					}
				}
				args := slices.Repeat([]string{"1"}, n)
				args[at] = "title" // what is in a field cannot be looked at when the form is deployed
				for _, h := range hostile {
					try(t, record, name+"("+strings.Join(args, ", ")+")", field.Value(h))
				}
			}
		}
	}
}

// try computes an expression for a record whose title is a text, and looks at what comes out.
func try(t *testing.T, r *record, expression string, title field.Value) {
	t.Helper()
	r = &record{maps.Clone(r.values), r.rows}
	r.values[13] = title
	top := []*field.Field{{ID: 90, Type: field.SingleLineText, Code: "as text", Expression: expression}, calc(91, "as number", expression)}
	formula.New(form(top, nil), rules(field.Precision{})).Compute(r, env)
	for _, n := range []id.Field{90, 91} {
		v := string(r.values[n])
		if len(v) > 1<<20 || !utf8.ValidString(v) && utf8.ValidString(string(title)) {
			t.Errorf("%.200s with %.60q gives %d bytes, %.60q", expression, title, len(v), v)
		}
	}
	if v := string(r.values[91]); v != "" && strings.Trim(v, "-.0123456789") != "" {
		t.Errorf("%.200s with %.60q gives the number %q", expression, title, v)
	}
}

// Attack case 36: a unit, a zone that is none is refused when it is written down, and an error value out of a field.
func TestUnknownUnits(t *testing.T) {
	for _, format := range []string{`DATEDIF(date, moment, %s)`, `DATE_FORMAT(moment, "YYYY", %s)`, `YEAR(moment, %s)`, `HOUR(moment, %s)`} {
		for _, bad := range []string{`'; DROP TABLE x`, `../../etc/passwd`, `/etc/localtime`, `Mars/Base`, `QQ`, `UTC+25`, `<script>`, ` `} {
			if got := compute(t, strings.ReplaceAll(format, "%s", strconv.Quote(bad)), ""); !strings.Contains(got, "formula.argument") {
				t.Errorf("%s with %q: %s", format, bad, got)
			}
			r := newRecord()
			r.values[13] = field.Value(bad)
			p := formula.New(form([]*field.Field{{ID: 90, Type: field.SingleLineText, Code: "result", Expression: strings.ReplaceAll(format, "%s", "title")}}, nil), rules(field.Precision{}))
			p.Compute(r, env)
			if got := r.values[90]; got != "" {
				t.Errorf("%s with %q from a field: %q", format, bad, got)
			}
		}
	}
}
