package server

import (
	"fmt"
	"strings"
	"testing"
)

// Attack case 8: somebody builds an app of her own round one of whose fields and records she sees only some, and names the
// others wherever its settings may name a field, a record or an app. What she is told is what is told of a name that
// nothing has.
func TestHiddenFieldsInAnAppOfOnesOwn(t *testing.T) {
	eachLeakSite(t, func(t *testing.T, s *leakSite) {
		mine := s.must("aiko", "POST /k/v1/preview/app.json", `{"name":"mine"}`)["app"].(string)
		add := "POST /k/v1/preview/app/form/fields.json"
		s.must("aiko", add, `{"app":`+mine+`,"properties":{"t":{"type":"SINGLE_LINE_TEXT"},"n":{"type":"NUMBER"}}}`)
		s.must("aiko", "POST /k/v1/preview/app/deploy.json", `{"apps":[{"app":`+mine+`}]}`)
		lookup := func(key, more string) string {
			return fmt.Sprintf(`{"app":%s,"properties":{"look":{"type":"SINGLE_LINE_TEXT","code":"look","lookup":{"relatedApp":{"app":"1"},"relatedKeyField":%q%s}}}}`, mine, key, more)
		}
		related := func(app, field, more string) string {
			return fmt.Sprintf(`{"app":%s,"properties":{"rel":{"type":"REFERENCE_TABLE","code":"rel","referenceTable":{"relatedApp":{"app":%q},"condition":{"field":"t","relatedField":%q}%s}}}}`, mine, app, field, more)
		}
		action := func(target string) string {
			return `{"app":` + mine + `,"actions":{"copy":{"index":0,"destApp":{"app":"1"},"mappings":[` + target + `],"entities":[{"type":"GROUP","code":"everyone"}]}}}`
		}
		setActions := "PUT /k/v1/preview/app/actions.json"
		var list []twin
		for _, hidden := range []string{"kakushi_field", "kakushi_memo", "kakushi_number", "kakushi_stage", "kakushi_calc", "kakushi_rows", "kakushi_part", "kakushi_group"} {
			list = append(list,
				twin{add, lookup("NAME", ``), hidden, "ghost"},
				twin{add, lookup("no", `,"fieldMappings":[{"field":"t","relatedField":"NAME"}]`), hidden, "ghost"},
				twin{add, lookup("no", `,"lookupPickerFields":["title","NAME"]`), hidden, "ghost"},
				twin{add, lookup("no", `,"filterCond":"NAME = \"1\""`), hidden, "ghost"},
				twin{add, lookup("no", `,"filterCond":"title = \"a\" or NAME in (\"1\")"`), hidden, "ghost"},
				twin{add, lookup("no", `,"sort":"NAME desc"`), hidden, "ghost"},
				twin{add, related("1", "NAME", ``), hidden, "ghost"},
				twin{add, related("1", "title", `,"displayFields":["title","NAME"]`), hidden, "ghost"},
				twin{add, related("1", "title", `,"filterCond":"NAME like \"x\""`), hidden, "ghost"},
				twin{add, related("1", "title", `,"sort":"NAME asc"`), hidden, "ghost"},
				twin{add, related("1", "title", `,"aggregates":[{"field":"NAME","function":"SUM"}]`), hidden, "ghost"},
				twin{setActions, action(`{"srcType":"FIELD","srcField":"t","destField":"NAME"}`), hidden, "ghost"},
			)
		}
		list = append(list,
			twin{add, strings.Replace(lookup("no", ``), `"app":"1"`, `"app":"NAME"`, 1), "2", "99"},
			twin{add, strings.Replace(lookup("no", ``), `"app":"1"`, `"app":"NAME"`, 1), "4", "99"},
			twin{add, related("NAME", "no", ``), "2", "99"},
			twin{add, related("NAME", "kakushi_f", ``), "2", "99"},
		)
		s.alike("aiko", list)
		// With names that she may know all of these are taken.
		s.must("aiko", add, lookup("no", `,"fieldMappings":[{"field":"t","relatedField":"title"}],"lookupPickerFields":["title"],"filterCond":"title = \"1\"","sort":"title desc"`))
		s.must("aiko", add, related("1", "title", `,"displayFields":["title"],"filterCond":"title like \"x\"","sort":"title asc"`))
		s.must("aiko", setActions, action(`{"srcType":"FIELD","srcField":"t","destField":"title"}`))
	})
}

// Attack case 8: the same for what asks for records, in every part of a request that may name a field.
func TestHiddenFieldsInRequests(t *testing.T) {
	eachLeakSite(t, func(t *testing.T, s *leakSite) {
		var list []twin
		for _, ask := range []struct{ call, format string }{
			{"GET /k/v1/records.json", `{"app":1,"totalCount":true,"query":"%s"}`}, {"POST /k/v1/records/cursor.json", `{"app":1,"query":"%s"}`},
			{"GET /api/v1/records/count", `{"app":1,"query":"%s"}`}, {"GET /api/v1/record/neighbours", `{"app":1,"record":1,"query":"%s"}`},
			{"POST /api/v1/report/data", `{"app":1,"report":{"chartType":"PIE","aggregations":[{"type":"COUNT"}],"filterCond":"%s"}}`},
		} {
			for hidden, conditions := range map[string][]string{
				"kakushi_field":  {`NAME = \"kakushi_later\"`, `NAME != \"x\"`, `NAME in (\"x\")`, `NAME not in (\"x\")`, `NAME like \"kakushi\"`, `NAME not like \"x\"`, `NAME is empty`, `title = \"x\" and (no = \"x\" or NAME = \"x\")`, `lines.NAME like \"x\"`, `NAME.NAME like \"x\"`},
				"kakushi_memo":   {`NAME like \"kakushi\"`, `NAME is not empty`},
				"kakushi_number": {`NAME = 8675309421`, `NAME > 1`, `NAME < TODAY()`, `NAME in (1)`},
				"kakushi_stage":  {`NAME in (\"kakushi_option\")`, `NAME in (\"none\")`, `NAME = \"x\"`},
				"kakushi_people": {`NAME in (LOGINUSER())`, `NAME in (\"root\")`, `NAME in (\"ghost\")`},
				"kakushi_docs":   {`NAME like \"content\"`},
				"kakushi_part":   {`NAME in (\"kakushi_cell\")`, `NAME like \"cell\"`, `lines.NAME like \"cell\"`},
				"inside":         {`NAME like \"row\"`, `kakushi_rows.NAME like \"row\"`},
				"kakushi_calc":   {`NAME like \"text\"`},
				"kakushi_group":  {`NAME = \"x\"`},
			} {
				for _, c := range conditions {
					list = append(list, twin{ask.call, fmt.Sprintf(ask.format, c), hidden, "ghost"})
				}
				if ask.call != "POST /api/v1/report/data" {
					list = append(list, twin{ask.call, fmt.Sprintf(ask.format, "order by NAME desc, title asc"), hidden, "ghost"})
				}
			}
		}
		for _, hidden := range []string{"kakushi_field", "kakushi_part", "kakushi_rows", "kakushi_group", "inside"} {
			list = append(list,
				twin{"GET /api/v1/export.csv", `?app=1&fields[0]=no&fields[1]=NAME`, hidden, "ghost"},
				twin{"GET /api/v1/export.csv", `?app=1&query=NAME+like+"x"`, hidden, "ghost"},
				twin{"GET /api/v1/export.csv", `?app=1&query=order+by+NAME+asc`, hidden, "ghost"},
				twin{"GET /api/v1/record/related", `{"app":1,"id":1,"field":"NAME"}`, hidden, "ghost"},
				twin{"GET /api/v1/lookup/candidates", `{"app":1,"field":"NAME"}`, hidden, "ghost"},
				twin{"POST /api/v1/share/preview", `{"app":1,"record":1,"fields":["title","NAME"]}`, hidden, "ghost"},
				twin{"POST /api/v1/share", `{"app":1,"record":1,"fields":["title","NAME"]}`, hidden, "ghost"},
				twin{"PUT /k/v1/records.json", `{"app":1,"upsert":true,"records":[{"updateKey":{"field":"NAME","value":"x"},"record":{}}]}`, hidden, "ghost"},
				twin{"POST /api/v1/record/draft", `{"app":1,"id":1,"record":{"NAME":{"value":"x"}}}`, hidden, "ghost"},
				twin{"POST /api/v1/record/draft", `{"app":1,"record":{"lines":{"value":[{"value":{"NAME":{"value":"x"}}}]}}}`, hidden, "ghost"},
				twin{"PUT /k/v1/record.json", `{"app":1,"id":1,"record":{"lines":{"value":[{"value":{"NAME":{"value":"x"}}}]}}}`, hidden, "ghost"},
			)
		}
		s.alike("aiko", list)
	})
}

// Attack case 8: no value can be told from the order of what is found, how many there are, or what a search finds.
func TestHiddenValuesCannotBeInferred(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.World.User("aiko")
		app := s.World.App("people", "name text; pay number hidden-from:aiko; note multiline hidden-from:aiko; total text")
		app.Hide("total", "aiko")
		for _, r := range []string{"name=ann pay=300 note=hired_by_carl total=x", "name=ben pay=100 note=plain total=y", "name=cid pay=200 note=plain total=z"} {
			app.Add(r)
		}
		// The manager's views, graphs and titles may name what is hidden; for her they are not there, or empty.
		s.must("root", "PUT /k/v1/preview/app/views.json", `{"app":1,"views":{"by pay":{"index":0,"type":"LIST","fields":["name","pay"],"filterCond":"pay > 150","sort":"pay desc"}}}`)
		s.must("root", "PUT /k/v1/preview/app/reports.json", `{"app":1,"reports":{"pay":{"index":0,"chartType":"PIE","groups":[{"code":"name"}],"aggregations":[{"type":"SUM","code":"pay"}],"filterCond":"pay > 150","sorts":[]}}}`)
		s.must("root", "PUT /k/v1/preview/app/settings.json", `{"app":1,"titleField":{"selectionMode":"MANUAL","code":"note"}}`)
		s.deploy("1")
		s.play([]step{
			{who: "aiko", call: "GET /k/v1/app/views.json?app=1", lacks: []string{"pay >", "pay desc", `"pay"`}},
			{who: "aiko", call: "GET /k/v1/app/reports.json?app=1", lacks: []string{"pay"}},
			{who: "aiko", call: "GET /api/v1/report/data", in: `{"app":1,"id":1}`, want: "404 CB_NF01"},
			{who: "aiko", call: "GET /api/v1/report/data", in: `{"app":1,"id":99}`, want: "404 CB_NF01"},
			{who: "aiko", call: "POST /k/v1/search.json", in: `{"query":[{"operator":"AND","keywords":["hired"]}],"types":["RECORD"]}`, lacks: []string{"ann", "carl", `"id":"1"`}},
			{who: "root", call: "POST /k/v1/search.json", in: `{"query":[{"operator":"AND","keywords":["hired"]}],"types":["RECORD"]}`, has: []string{"carl"}},
			{who: "aiko", call: "GET /api/v1/trash?app=1", lacks: []string{"carl"}},
			{who: "aiko", call: "GET /api/v1/record/history?app=1&record=1", lacks: []string{"300", "carl", "pay", "note"}},
			{who: "aiko", call: "GET /api/v1/notifications", lacks: []string{"carl"}},
			{who: "aiko", call: "GET /api/v1/record/neighbours", in: `{"app":1,"record":1,"query":"order by pay asc"}`, want: "400 GAIA_IQ11"},
			{who: "aiko", call: "GET /k/v1/records/acl/evaluate.json?app=1&ids[0]=1", has: []string{`"pay":{"viewable":false,"editable":false}`}, lacks: []string{"300"}},
		})
	})
}
