package query_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/query"
)

// pools are the values that random records hold, in canonical form, and random queries ask for, as written.
// "" is empty. The numbers of amount are the ones that a database with lossy decimals finds hard.
var pools = map[*field.Field]struct {
	held    []field.Value
	written []string
}{
	creator: {[]field.Value{"7", "8", "9"}, []string{`"aiko"`, `"ben"`, `LOGINUSER()`}},
	created: {[]field.Value{"2026-04-01T20:30:00Z", "2026-04-01T20:31:00Z", "2026-04-01T15:00:00Z", "2026-04-01T14:59:00Z", "2025-12-31T23:00:00Z"},
		[]string{`NOW()`, `TODAY()`, `THIS_YEAR()`, `"2026-04-01T20:30:00Z"`, `"2026-04-02"`, `FROM_TODAY(-4, MONTHS)`}},
	title: {[]field.Value{"x", "X", "東京都", "東京", "ｶﾞｽ", "ガス", "a b", "50%", "50", "'; --", `"\`},
		[]string{`""`, `"x"`, `"X"`, `"東京"`, `"京"`, `"ガス"`, `"ａ　ｂ"`, `"50%"`, `"%"`, `"_"`, `"'; --"`, `"\"\\"`, `"\\"`, `"  "`}},
	memo: {[]field.Value{"東京都\n千代田区", "Engawa ５０％ off", "engawa"}, []string{`"都 千"`, `"ENGAWA"`, `"50% OFF"`, `"n"`, `"none"`, `""`}},
	page: {[]field.Value{"<b>東京</b>都", "<div>a &amp; b</div>", "<br>"}, []string{`"東京"`, `"a & b"`, `"div"`, `"b"`}},
	amount: {[]field.Value{"0", "1", "-1", "1.5", "9", "10", "100", "-10", "12345678901234567", "12345678901234568", "12345678901234567.5",
		"-12345678901234567.5", "0.1", "0.10000000000000001", "0.09999999999999999", "9.9999999999999999", "10.0000000000000001",
		"9007199254740993", "9007199254740992", "9007199254740993.5", "18014398509481985", "18014398509481985.5", "99999999999999999999.5"},
		[]string{`""`, `0`, `1.50`, `"-1"`, `10`, `9`, `0.1`, `0.10000000000000001`, `9.9999999999999999`, `10.0000000000000001`,
			`12345678901234567.5`, `-12345678901234567.5`, `9007199254740993`, `9007199254740993.5`, `18014398509481985`, `99999999999999999999.5`}},
	wage:     {[]field.Value{"1", "2.5", "-3", "1000000"}, []string{`1`, `2.5`, `-3`, `""`, `5`}},
	stage:    {[]field.Value{"1", "2", "3"}, []string{`""`, `"lead"`, `"won"`, `"lost"`}},
	color:    {[]field.Value{"1", "2"}, []string{`""`, `"赤"`, `"青"`}},
	filed:    {[]field.Value{",7,", ",7,2,", ",11,"}, []string{`""`, `"家具"`, `"机"`, `"照明"`}},
	tags:     {[]field.Value{",1,", ",1,2,", ",11,", ",2,11,"}, []string{`""`, `"a"`, `"b"`, `"c"`}},
	due:      {[]field.Value{"2026-04-01", "2026-04-02", "2026-04-30", "2026-05-01", "2025-04-02"}, []string{`""`, `"2026-04-02"`, `TODAY()`, `NOW()`, `THIS_MONTH()`, `NEXT_MONTH(1)`, `THIS_WEEK(THURSDAY)`, `LAST_YEAR()`, `FROM_TODAY(999999, YEARS)`}},
	open:     {[]field.Value{"00:00", "09:05", "23:59"}, []string{`""`, `"9:05"`, `"09:06"`}},
	meeting:  {[]field.Value{"2026-04-01T20:30:00Z", "2026-04-01T14:59:00Z", "2026-04-02T15:00:00Z"}, []string{`""`, `NOW()`, `TODAY()`, `YESTERDAY()`, `"2026-04-02T05:30:00+09:00"`, `FROM_TODAY(-999999, YEARS)`}},
	site:     {[]field.Value{"https://a.example", "https://b.example/?q=1"}, []string{`""`, `"https://a.example"`, `"example"`, `"?q"`}},
	files:    {[]field.Value{file("見積書.pdf"), file("Ａ.png", "b.pdf")}, []string{`"見積"`, `".pdf"`, `"a.png"`, `"fileKey"`, `"b"`}},
	people:   {[]field.Value{",7,", ",8,7,", ",77,", ",9,"}, []string{`""`, `"aiko"`, `"ben"`, `LOGINUSER()`}},
	part:     {[]field.Value{"ボルト", "ﾎﾞﾙﾄ", "nut", "x"}, []string{`""`, `"ボルト"`, `"NUT"`, `"nut"`, `"ト"`, `"x"`}},
	quantity: {[]field.Value{"1", "2", "3"}, []string{`""`, `1`, `2`, `2.5`}},
	made:     {[]field.Value{"2026-04-01", "2026-04-02"}, []string{`TODAY()`, `"2026-04-01"`, `""`}},
	marks:    {[]field.Value{",1,", ",2,", ",1,2,"}, []string{`""`, `"a"`, `"b"`}},
	step:     {[]field.Value{"1", "2"}, []string{`""`, `"赤"`}},
	secret:   {[]field.Value{"x", "東京"}, []string{`""`, `"x"`, `"東京"`}},
	number:   {nil, []string{`1`, `40`, `"SALES-7"`, `12.5`, `-1`, `99999999999999999999`}},
}

func file(names ...string) field.Value {
	list := make([]field.Attachment, len(names))
	for i, n := range names {
		list[i] = field.Attachment{Key: "key", Name: n, ContentType: "text/plain", Size: 1}
	}
	return field.FilesValue(list)
}

func one[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }

func randomRecord(rng *rand.Rand, n int64) *record {
	r := &record{id: n, values: randomValues(rng, form), rows: map[id.Field][]query.Row{}}
	for _, table := range []*field.Field{parts, steps} {
		for range rng.IntN(4) {
			r.rows[table.ID] = append(r.rows[table.ID], &record{values: randomValues(rng, table.Fields)})
		}
	}
	return r
}

func randomValues(rng *rand.Rand, fields []*field.Field) map[id.Field]field.Value {
	values := map[id.Field]field.Value{}
	for _, f := range fields {
		if p := pools[f]; len(p.held) > 0 && (rng.IntN(4) > 0 || f.Type.System()) {
			values[f.ID] = one(rng, p.held)
		}
	}
	return values
}

func randomQuery(rng *rand.Rand) string {
	var b strings.Builder
	b.WriteString(randomCond(rng, rng.IntN(4)))
	for i := range rng.IntN(4) {
		b.WriteString([]string{" order by ", ", ", ", "}[i])
		f := one(rng, []*field.Field{title, wage, stage, color, due, open, meeting, site, creator, created, secret, number})
		b.WriteString(f.Code + one(rng, []string{"", " asc", " desc"}))
	}
	return b.String()
}

func randomCond(rng *rand.Rand, depth int) string {
	if depth == 0 {
		return randomPredicate(rng)
	}
	parts := make([]string, 1+rng.IntN(3))
	for i := range parts {
		parts[i] = randomCond(rng, depth-1)
	}
	return "(" + strings.Join(parts, one(rng, []string{" and ", " or "})) + ")"
}

// asked are the fields of random queries; inner ones often, so that several stand beside each other.
var asked = []*field.Field{number, creator, created, title, memo, page, amount, amount, wage, stage, color, tags, filed, due, open, meeting,
	site, files, people, secret, part, part, quantity, quantity, made, marks, step}

func randomPredicate(rng *rand.Rand) string {
	f := one(rng, asked)
	inner := f.ID > 30 && f.ID < 50
	values := pools[f].written
	ops := f.Kind().Ops()
	for {
		switch rng.IntN(5) {
		case 0:
			if ops&field.OpEqual != 0 && !inner {
				return f.Code + one(rng, []string{" = ", " != "}) + one(rng, values)
			}
		case 1:
			if ops&field.OpOrder != 0 {
				return f.Code + one(rng, []string{" < ", " <= ", " > ", " >= "}) + one(rng, values)
			}
		case 2:
			if ops&field.OpIn != 0 {
				list := make([]string, rng.IntN(4))
				for i := range list {
					list[i] = one(rng, values)
				}
				return fmt.Sprintf("%s %s (%s)", f.Code, one(rng, []string{"in", "not in"}), strings.Join(list, ", "))
			}
		case 3:
			if ops&field.OpLike != 0 {
				return f.Code + one(rng, []string{" like ", " not like "}) + one(rng, values)
			}
		case 4:
			if ops&field.OpEmpty != 0 {
				return f.Code + one(rng, []string{" is empty", " is not empty"})
			}
		}
	}
}
