package server

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
)

// The form of a wide record: 100 fields, 3 of which are tables of 6 columns.
const (
	wideFields = 97
	wideTables = 3
	wideRows   = 20
)

// wideKinds are the types of its fields, over and over, with what the i-th value is for some v.
var wideKinds = []struct {
	typ   string
	value func(v int) string
}{
	{`"SINGLE_LINE_TEXT"`, func(v int) string { return fmt.Sprintf("見積の件 %d", v) }},
	{`"NUMBER"`, func(v int) string { return fmt.Sprint(v * 100) }},
	{`"DATE"`, func(v int) string { return fmt.Sprintf("2026-%02d-%02d", 1+v%12, 1+v%28) }},
	{`"DROP_DOWN","options":{"new":{"label":"new","index":"0"},"won":{"label":"won","index":"1"}}`, func(v int) string { return []string{"new", "won"}[v%2] }},
	{`"SINGLE_LINE_TEXT"`, func(v int) string { return fmt.Sprintf("customer %d", v%1000) }},
	{`"NUMBER"`, func(v int) string { return fmt.Sprintf("%d.25", v) }},
}

func wideDefinition(code string, i int) string {
	return fmt.Sprintf(`%q:{"code":%q,"label":%q,"type":%s}`, code, code, code, wideKinds[i%len(wideKinds)].typ)
}

func wideForm() string {
	var all []string
	for i := range wideFields {
		all = append(all, wideDefinition(fmt.Sprint("f", i), i))
	}
	for i := range wideTables {
		var columns []string
		for j := range wideKinds {
			columns = append(columns, wideDefinition(fmt.Sprintf("t%dc%d", i, j), j))
		}
		all = append(all, fmt.Sprintf(`"t%d":{"code":"t%d","label":"t%d","type":"SUBTABLE","fields":{%s}}`, i, i, i, strings.Join(columns, ",")))
	}
	return "{" + strings.Join(all, ",") + "}"
}

// wideRecord is a record with values that follow from v. With changed, only every tenth field and one row of each table are
// others than with v - 1.
func wideRecord(v int, changed bool) string {
	var all []string
	value := func(code string, i, v int) string {
		return fmt.Sprintf(`%q:{"value":%q}`, code, wideKinds[i%len(wideKinds)].value(v))
	}
	for i := range wideFields {
		at := v
		if changed && i%10 > 0 {
			at = i
		}
		all = append(all, value(fmt.Sprint("f", i), i, at))
	}
	for i := range wideTables {
		var rows []string
		for r := range wideRows {
			at := v + r
			if changed && r > 0 {
				at = r
			}
			var cells []string
			for j := range wideKinds {
				cells = append(cells, value(fmt.Sprintf("t%dc%d", i, j), j, at))
			}
			rows = append(rows, fmt.Sprintf(`{"id":"%d","value":{%s}}`, 1+r, strings.Join(cells, ",")))
		}
		all = append(all, fmt.Sprintf(`"t%d":{"value":[%s]}`, i, strings.Join(rows, ",")))
	}
	return "{" + strings.Join(all, ",") + "}"
}

// BenchmarkWide measures a record of 100 fields and 3 tables of 20 rows through the API's handler: adding it, reading it, and
// saving it whole with some values changed, and with all.
func BenchmarkWide(b *testing.B) {
	dbtest.Measure(b, func(b *testing.B, o db.Options) {
		s := buildTestSite(b, o)
		do := func(b *testing.B, call, body string) {
			b.Helper()
			if a := s.call("root", call, body); a.Status != http.StatusOK {
				b.Fatalf("%s: %d %s", call, a.Status, a.Body)
			}
		}
		do(b, "POST /k/v1/preview/app.json", `{"name":"wide"}`)
		do(b, "POST /k/v1/preview/app/form/fields.json", `{"app":1,"properties":`+wideForm()+`}`)
		do(b, "POST /k/v1/preview/app/deploy.json", `{"apps":[{"app":1}]}`)
		do(b, "POST /k/v1/record.json", `{"app":1,"record":`+strings.ReplaceAll(wideRecord(0, true), `"id":`, `"was":`)+`}`)
		measure := func(name, call string, body func(i int) string) {
			b.Run(name, func(b *testing.B) {
				b.ReportAllocs()
				var took []time.Duration
				for i := 0; b.Loop(); i++ {
					text := body(i)
					began := time.Now()
					do(b, call, text)
					took = append(took, time.Since(began))
				}
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
				b.ReportMetric(float64(took[0].Microseconds())/1000, "best-ms")
			})
		}
		v := 0
		measure("save some", "PUT /k/v1/record.json", func(int) string { v++; return `{"app":1,"id":1,"record":` + wideRecord(v, true) + `}` })
		measure("read", "GET /k/v1/record.json?app=1&id=1", func(int) string { return "" })
		measure("add", "POST /k/v1/record.json", func(i int) string {
			return `{"app":1,"record":` + strings.ReplaceAll(wideRecord(i, false), `"id":`, `"was":`) + `}`
		})
		measure("save all", "PUT /k/v1/record.json", func(int) string { v++; return `{"app":1,"id":1,"record":` + wideRecord(v, false) + `}` })
	})
}
