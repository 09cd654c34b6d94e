package record_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// naive is one row that a report counts, as a reader sees it: its record's values, and a table's.
type naive struct {
	record id.Record
	values map[string]any
}

// seen reads what a query finds as somebody sees it; with a table's code its rows.
func seen(t *testing.T, who world.Person, a *world.App, filter, table string) (list []naive) {
	t.Helper()
	for last := id.Record(0); ; {
		q := fmt.Sprintf("$id > %d order by $id asc limit 500", last)
		if filter != "" {
			q = "(" + filter + ") and " + q
		}
		page, err := who.Set(a).Query(t.Context(), q, nil, false)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range page.Records {
			var cells map[string]struct{ Value any }
			if err := json.Unmarshal(f.JSON, &cells); err != nil {
				t.Fatal(err)
			}
			values := map[string]any{}
			for code, c := range cells {
				values[code] = c.Value
			}
			last = f.ID
			if table == "" {
				list = append(list, naive{f.ID, values})
				continue
			}
			rows, _ := values[table].([]any)
			for _, r := range rows {
				n := naive{f.ID, map[string]any{}}
				for code, v := range values {
					n.values[code] = v
				}
				for code, v := range r.(map[string]any)["value"].(map[string]any) {
					n.values[code] = v.(map[string]any)["value"]
				}
				list = append(list, n)
			}
		}
		if len(page.Records) < 500 {
			return list
		}
	}
}

// keys are the groups that a value is in.
func (n naive) keys(g app.ReportGroup, zone *time.Location, fiscal int) (keys []string) {
	var text string
	switch v := n.values[g.Code].(type) {
	case string:
		text = v
	case map[string]any:
		text = v["code"].(string)
	case []any:
		for _, m := range v {
			if s, ok := m.(string); ok {
				keys = append(keys, s)
			} else {
				keys = append(keys, m.(map[string]any)["code"].(string))
			}
		}
		return keys
	}
	if text == "" {
		return nil
	}
	if g.Per != "" {
		text = naiveCut(text, g.Per, zone, fiscal)
	}
	return []string{text}
}

func naiveCut(text, per string, zone *time.Location, fiscal int) string {
	if len(text) == len("15:04") {
		if per == "HOUR" {
			return text[:2] + ":00"
		}
		return text
	}
	day, err := time.Parse("2006-01-02", text)
	if err != nil {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			panic(err)
		}
		local := at.In(zone)
		switch per {
		case "MINUTE":
			return local.Format("2006-01-02T15:04")
		case "HOUR":
			return local.Format("2006-01-02T15:00")
		}
		day, _ = time.Parse("2006-01-02", local.Format("2006-01-02"))
	}
	for !map[string]bool{
		"DAY": true, "WEEK": day.Weekday() == time.Sunday, "MONTH": day.Day() == 1, "YEAR": day.YearDay() == 1,
		"QUARTER": day.Day() == 1 && (int(day.Month())+12-fiscal)%3 == 0,
	}[per] {
		day = day.AddDate(0, 0, -1)
	}
	return day.Format("2006-01-02")
}

// reckoned is what a report must come to: values by keys.
func reckoned(rows []naive, r app.Report, zone *time.Location, fiscal int) map[string]string {
	groups := map[string][]naive{}
	for _, n := range rows {
		keys := []string{""}
		for _, g := range r.Groups {
			var longer []string
			for _, k := range keys {
				for _, next := range n.keys(g, zone, fiscal) {
					longer = append(longer, k+next+"|")
				}
			}
			keys = longer
		}
		for _, k := range keys {
			groups[k] = append(groups[k], n)
		}
	}
	if len(r.Groups) == 0 && len(groups) == 0 {
		groups[""] = nil
	}
	out := map[string]string{}
	for k, list := range groups {
		for _, a := range r.Aggregations {
			out[k] += naiveValue(list, a) + ";"
		}
	}
	return out
}

func naiveValue(list []naive, a app.Aggregation) string {
	if a.Type == "COUNT" {
		return fmt.Sprint(len(list))
	}
	var texts []string
	sum := new(big.Rat)
	for _, n := range list {
		s, _ := n.values[a.Code].(string)
		if s == "" {
			continue
		}
		texts = append(texts, s)
		if x, ok := new(big.Rat).SetString(s); ok {
			sum.Add(sum, x)
		}
	}
	if len(texts) == 0 {
		return ""
	}
	order := func(x, y string) int {
		a, okA := new(big.Rat).SetString(x)
		b, okB := new(big.Rat).SetString(y)
		if okA && okB {
			return a.Cmp(b)
		}
		return cmp.Compare(x, y)
	}
	switch a.Type {
	case "MAX":
		return slices.MaxFunc(texts, order)
	case "MIN":
		return slices.MinFunc(texts, order)
	case "SUM":
		return exactText(sum)
	}
	return exactText(halfEven(sum.Quo(sum, new(big.Rat).SetInt64(int64(len(texts))))))
}

// halfEven rounds to four places, as apps do by default.
func halfEven(x *big.Rat) *big.Rat {
	scaled := new(big.Rat).Mul(x, big.NewRat(10000, 1))
	floor := new(big.Int).Div(scaled.Num(), scaled.Denom()) // towards minus infinity
	rest := new(big.Rat).Sub(scaled, new(big.Rat).SetInt(floor))
	if c := rest.Cmp(big.NewRat(1, 2)); c > 0 || c == 0 && floor.Bit(0) == 1 {
		floor.Add(floor, big.NewInt(1))
	}
	return new(big.Rat).SetFrac(floor, big.NewInt(10000))
}

func exactText(x *big.Rat) string {
	s := x.FloatString(12)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if s == "-0" {
		return "0"
	}
	return s
}

// told is what a report came to, in the same form.
func told(a record.Aggregated) map[string]string {
	out := map[string]string{}
	for _, g := range a.Groups {
		k := ""
		for i, n := range g.Items {
			k += a.Dimensions[i].Items[n].Key + "|"
		}
		out[k] = strings.Join(g.Values, ";") + ";"
	}
	return out
}

func aggregateWorld(w *world.World, n int, rng *rand.Rand) *world.App {
	a := w.App("deals", `title text; stage dropdown(c|b|a); tags check(x|y|z); who user; whole number; money number; long number; due date; at time; meet datetime;
		lines table(part text, price number, kind radio(p|q), made date); secret number`)
	pick := func(list ...string) string { return list[rng.IntN(len(list))] }
	var in []record.Input
	for range n {
		r := record.Input{}
		set := func(code, json string) {
			if rng.IntN(6) > 0 {
				r[code] = record.InputValue{Value: []byte(json)}
			}
		}
		set("title", `"`+pick("a", "A", "東京", "x y", "1", `q\"uote\\`)+`"`)
		set("stage", `"`+pick("a", "b", "c")+`"`)
		set("tags", pick(`[]`, `["x"]`, `["x","y"]`, `["x","y","z"]`, `["z"]`))
		set("who", pick(`[{"code":"root"}]`, `[{"code":"aiko"},{"code":"root"}]`, `[]`))
		set("whole", fmt.Sprint(rng.IntN(2000)-1000))
		set("money", `"`+pick("0.1", "0.2", "-1234.5678", "99.9999", "3", "12345678.25")+`"`)
		set("long", `"`+pick("123456789012.1234", "-123456789012.1233", "123456789012.1235", "0.0001", "7", "999999999999.9999")+`"`)
		set("due", `"`+time.Date(2025, 11, 1+rng.IntN(500), 0, 0, 0, 0, time.UTC).Format("2006-01-02")+`"`)
		set("at", `"`+pick("00:00", "09:15", "09:59", "23:30")+`"`)
		set("meet", `"`+time.Date(2026, 3, 1, 0, rng.IntN(60*24*300), 0, 0, time.UTC).Format("2006-01-02T15:04:05Z")+`"`)
		set("secret", fmt.Sprint(rng.IntN(9)))
		var rows []string
		for range rng.IntN(4) {
			rows = append(rows, fmt.Sprintf(`{"value":{"part":{"value":%q},"price":{"value":"%d.5"},"kind":{"value":%q},"made":{"value":"2026-0%d-01"}}}`,
				pick("bolt", "nut", ""), rng.IntN(100), pick("p", "q"), 1+rng.IntN(9)))
		}
		set("lines", "["+strings.Join(rows, ",")+"]")
		in = append(in, r)
	}
	for part := range slices.Chunk(in, 100) {
		if _, err := w.Root.Set(a).Add(w.T.Context(), part, "record"); err != nil {
			w.T.Fatal(err)
		}
	}
	return a
}

// What a report comes to is what adding up the records by hand comes to, for every reader, in every time zone, on both
// databases.
func TestReportsAreExact(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		rng := rand.New(rand.NewPCG(3, 8))
		w.User("aiko")
		a := aggregateWorld(w, 300, rng)
		a.Hide("secret", "aiko")
		a.Forbid(`title in ("東京")`, "root")
		a.Edit(func(s *app.Settings, _ *errs.Fields) { s.FiscalMonth = 5 })
		mask(a, "money", `whole > 0`)
		mask(a, "stage", `due > "2026-03-01"`)
		mask(a, "meet", `title not in ("a")`)
		mask(a, "lines", `tags in ("x")`)
		mask(a, "kind", `whole < 500`)
		groups := []app.ReportGroup{{Code: "title"}, {Code: "stage"}, {Code: "tags"}, {Code: "who"}, {Code: "作成者"}, {Code: "whole"}, {Code: "long"}, {Code: "money"}, {Code: "レコード番号"}}
		for _, per := range strings.Fields("YEAR QUARTER MONTH WEEK DAY HOUR MINUTE") {
			groups = append(groups, app.ReportGroup{Code: "meet", Per: per}, app.ReportGroup{Code: "作成日時", Per: per})
			if per != "HOUR" && per != "MINUTE" {
				groups = append(groups, app.ReportGroup{Code: "due", Per: per})
			} else {
				groups = append(groups, app.ReportGroup{Code: "at", Per: per})
			}
		}
		inner := []app.ReportGroup{{Code: "part"}, {Code: "kind"}, {Code: "made", Per: "QUARTER"}}
		filters := []string{"", `whole > 0`, `stage in ("a","b")`, `part in ("bolt")`, `title like "東"`, `due > "2026-01-01" and money != "3"`, `whole > 5000`}
		zones := []string{"Asia/Tokyo", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC"}
		for i := range 120 {
			reader := []world.Person{w.As("root"), w.As("aiko")}[i%2]
			zone := zones[i%len(zones)]
			w.Change(identity.Change{Code: reader.Code, Timezone: &zone}, false)
			r := app.Report{ChartType: "TABLE", Filter: filters[rng.IntN(len(filters))]}
			table := ""
			for range rng.IntN(4) {
				if rng.IntN(5) == 0 {
					table = "lines"
					r.Groups = append(r.Groups, inner[rng.IntN(len(inner))])
				} else {
					r.Groups = append(r.Groups, groups[rng.IntN(len(groups))])
				}
			}
			all := []app.Aggregation{{Type: "COUNT"}, {Type: "MAX", Code: "meet"}, {Type: "MIN", Code: "due"}}
			for _, code := range []string{"whole", "money", "long"} {
				for _, typ := range []string{"SUM", "AVERAGE", "MAX", "MIN"} {
					all = append(all, app.Aggregation{Type: typ, Code: code})
				}
			}
			if table != "" {
				all = append(all, app.Aggregation{Type: "SUM", Code: "price"}, app.Aggregation{Type: "AVERAGE", Code: "price"})
			}
			for range 1 + rng.IntN(5) {
				r.Aggregations = append(r.Aggregations, all[rng.IntN(len(all))])
			}
			got, err := reader.Set(a).Aggregate(t.Context(), r)
			if err != nil {
				t.Fatalf("%+v: %v", r, world.Outcome(err))
			}
			location, err := time.LoadLocation(zone)
			if err != nil {
				t.Fatal(err)
			}
			want := reckoned(seen(t, reader, a, r.Filter, table), r, location, 5)
			if got.Count > len(got.Groups) {
				continue // more than are shown
			}
			if fmt.Sprint(told(got)) != fmt.Sprint(want) {
				t.Fatalf("%s in %s, %+v:\n got %v\nwant %v", reader.Code, zone, r, told(got), want)
			}
			checkDrill(t, reader, a, got, table)
		}
		sum := app.Report{ChartType: "TABLE", Aggregations: []app.Aggregation{{Type: "SUM", Code: "money"}}}
		all, err := w.Root.Set(a).Aggregate(t.Context(), sum)
		must(t, world.Outcome(err))
		some, err := w.As("aiko").Set(a).Aggregate(t.Context(), sum)
		must(t, world.Outcome(err))
		if all.Total[0] == some.Total[0] {
			t.Errorf("nothing was hidden from aiko: %s", all.Total[0])
		}
	})
}

// mask lets root see a field in every record, and aiko in those that a query finds.
func mask(a *world.App, code, filter string) {
	user := func(name string) access.Entity { return access.Entity{Type: "USER", Code: name} }
	a.Edit(func(s *app.Settings, _ *errs.Fields) {
		s.FieldRules = append(s.FieldRules, app.FieldRule{Code: code, Entities: []access.FieldRight{
			{Entity: user("root"), Accessibility: "WRITE"}, {Entity: user("aiko"), Accessibility: "READ", Filter: filter},
		}})
	})
}

// checkDrill asks for the records of some groups and compares how many there are.
func checkDrill(t *testing.T, who world.Person, a *world.App, got record.Aggregated, table string) {
	t.Helper()
	count := slices.IndexFunc(got.Measures, func(m record.Measure) bool { return m.Type == "COUNT" })
	if count < 0 || table != "" {
		return
	}
	for i, d := range got.Dimensions {
		if d.Per == "MINUTE" && got.Dimensions[i].Field.Code != "at" {
			return // a minute that comes twice has no condition of its own
		}
	}
	for _, g := range got.Groups[:min(len(got.Groups), 8)] {
		if found := len(seen(t, who, a, g.Query, "")); fmt.Sprint(found) != g.Values[count] {
			t.Errorf("%q finds %d records, the group has %s", g.Query, found, g.Values[count])
		}
	}
}

// load adds many records at once, by columns.
func load(tb testing.TB, w *world.World, a *world.App, codes []string, rows [][]string) {
	tb.Helper()
	var fields []id.Field
	for _, code := range codes {
		fields = append(fields, a.Field(code).ID)
	}
	l, err := w.Root.Set(a).Prepare(tb.Context(), fields, rows)
	if err == nil {
		_, err = l.Store(tb.Context())
	}
	if err != nil {
		tb.Fatal(err)
	}
}
