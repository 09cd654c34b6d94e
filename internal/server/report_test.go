package server

import "testing"

// Source: kintone REST reference, graph settings.
func TestReportSettings(t *testing.T) {
	const enum, required = "=Enum値のいずれかでなければなりません。", "=必須です。"
	put := func(reports string) step {
		return step{call: "PUT /k/v1/preview/app/reports.json", in: `{"app":1,"reports":{` + reports + `}}`}
	}
	pie := func(rest string) string {
		return `"r":{"index":0,"chartType":"PIE","groups":[{"code":"stage"}],"aggregations":[{"type":"COUNT"}],"sorts":[]` + rest + `}`
	}
	refused := func(reports, want string) step {
		st := put(reports)
		st.want = "400 CB_VA01 " + want
		return st
	}
	preview := "GET /k/v1/preview/app/reports.json?app=1"
	scenario(t, func(s *testSite) {
		s.World.App("deals", "title text; memo multiline; stage dropdown(a|b); amount number; due date; at time; lines table(part text, price number); more table(other text)")
		s.World.User("aiko")
	}, []step{
		{call: "GET /k/v1/app/reports.json?app=1", has: []string{`"reports":{}`}},
		put(`"by stage":{"index":1,"chartType":"COLUMN","chartMode":"STACKED","groups":[{"code":"stage"},{"code":"due","per":"MONTH"}],
			"aggregations":[{"type":"SUM","code":"amount"},{"type":"COUNT"}],"filterCond":"amount > 5","sorts":[{"by":"TOTAL","order":"DESC"},{"by":"GROUP2","order":"ASC"}],
			"periodicReport":{"period":{"every":"MONTH","dayOfMonth":"END_OF_MONTH","time":"9:00"}}},
			"list":{"index":0,"chartType":"TABLE","chartMode":"NORMAL","groups":[],"aggregations":[{"type":"MAX","code":"due"}],"sorts":[]}`),
		{call: preview, has: []string{
			`"by stage":{"chartType":"COLUMN","chartMode":"STACKED","id":"2","index":"1","name":"by stage","groups":[{"code":"stage"},{"code":"due","per":"MONTH"}],"aggregations":[{"type":"SUM","code":"amount"},{"type":"COUNT"}],"filterCond":"amount > 5","sorts":[{"by":"TOTAL","order":"DESC"},{"by":"GROUP2","order":"ASC"}],"periodicReport":{"active":true,"period":{"every":"MONTH","dayOfMonth":"END_OF_MONTH","time":"9:00"}}}`,
			`"list":{"chartType":"TABLE","id":"1","index":"0","name":"list","groups":[],"aggregations":[{"type":"MAX","code":"due"}],"filterCond":"","sorts":[],"periodicReport":null}`}},
		{call: "GET /k/v1/app/reports.json?app=1", has: []string{`"reports":{}`}}, // not before it is deployed
		{who: "aiko", call: preview, want: "403 CB_NO02"},

		// Renamed, with its id and all that is not said; the other one is not listed and so deleted.
		put(`"by stage":{"index":0,"chartType":"BAR","chartMode":"NORMAL","name":"stages","periodicReport":{"active":false}}`),
		{call: preview, has: []string{`"stages":{"chartType":"BAR","chartMode":"NORMAL","id":"2","index":"0","name":"stages","groups":[{"code":"stage"},{"code":"due","per":"MONTH"}]`, `"filterCond":"amount > 5"`, `"active":false,"period":{"every":"MONTH"`}, lacks: []string{`"list"`}},
		put(`"x":{"index":0,"chartType":"PIE","name":"y","groups":[],"aggregations":[{"type":"COUNT"}],"sorts":[]}`).but("400 GAIA_IN01"),

		// Renamed and deleted fields.
		{call: "PUT /k/v1/preview/app/form/fields.json", in: `{"app":1,"properties":{"amount":{"type":"NUMBER","code":"sum"}}}`},
		{call: preview, has: []string{`{"type":"SUM","code":"sum"}`, `"filterCond":"sum > 5"`}},
		{call: "DELETE /k/v1/preview/app/form/fields.json", in: `{"app":1,"fields":["sum"]}`},
		{call: preview, has: []string{`"reports":{}`}},

		// Bad input
		{call: "PUT /k/v1/preview/app/reports.json", in: `{"app":1}`, want: "400 CB_VA01 reports" + required},
		refused(`"r":{"index":0}`, "reports[r].chartType"+required),
		refused(`"r":{"index":0,"chartType":"PIE"}`, "reports[r].aggregations"+required+" reports[r].groups"+required+" reports[r].sorts"+required),
		refused(`"r":{"chartType":"PIE","groups":[],"aggregations":[{"type":"COUNT"}],"sorts":[]}`, "reports[r].index"+required),
		refused(pie(`,"filterCond":"ghost = 1"`), "reports[r].filterCond=指定されたフィールド（ghost）が見つかりません。"),
		refused(pie("")+`,"s":{"index":0,"chartType":"PIE","groups":[],"aggregations":[{"type":"COUNT"}],"sorts":[]}`, "reports[s].index=indexが重複しています。"),
		refused(`"r":{"index":0,"chartType":"STARS","groups":[],"aggregations":[{"type":"COUNT"}],"sorts":[]}`, "reports[r].chartType"+enum),
		refused(`"r":{"index":0,"chartType":"BAR","groups":[],"aggregations":[{"type":"COUNT"}],"sorts":[]}`, "reports[r].chartMode"+required),
		refused(`"r":{"index":0,"chartType":"PIE","groups":[{"code":"ghost"},{"code":"memo"},{"code":"due"}],"aggregations":[{"type":"COUNT"}],"sorts":[]}`,
			"reports[r].groups[0].code=指定されたフィールド（ghost）が見つかりません。 reports[r].groups[1].code=フィールド「memo」ではレコードを分類できません。 reports[r].groups[2].per"+required),
		refused(`"r":{"index":0,"chartType":"PIE","groups":[{"code":"due","per":"HOUR"},{"code":"at","per":"DAY"},{"code":"stage","per":"DAY"}],"aggregations":[{"type":"COUNT"}],"sorts":[]}`,
			"reports[r].groups[0].per"+enum+" reports[r].groups[1].per"+enum+" reports[r].groups[2].per"+enum),
		refused(`"r":{"index":0,"chartType":"PIE","groups":[],"aggregations":[{"type":"SUM","code":"title"},{"type":"MAX","code":"due"},{"type":"MEDIAN"},{"type":"SUM"}],"sorts":[]}`,
			"reports[r].aggregations[0].code=フィールド「title」にはSUMを指定できません。 reports[r].aggregations[1].code=フィールド「due」にはMAXを指定できません。 reports[r].aggregations[2].type"+enum+" reports[r].aggregations[3].code"+required),
		refused(`"r":{"index":0,"chartType":"PIVOT_TABLE","groups":[],"aggregations":[{"type":"COUNT"},{"type":"COUNT"}],"sorts":[{"by":"GROUP1","order":"UP"}]}`, "reports[r].sorts[0].order"+enum),
		refused(`"r":{"index":0,"chartType":"PIVOT_TABLE","groups":[],"aggregations":[{"type":"COUNT"},{"type":"COUNT"}],"sorts":[{"by":"GROUP1","order":"ASC"}]}`,
			"reports[r].aggregations=1個から1個までの範囲で指定してください。 reports[r].groups=1個から3個までの範囲で指定してください。 reports[r].sorts[0].by"+enum),
		refused(`"r":{"index":0,"chartType":"PIE","groups":[{"code":"part"},{"code":"other"}],"aggregations":[{"type":"COUNT"}],"sorts":[]}`, "reports[r]=1つのグラフで使えるテーブルは1つだけです。"),
		refused(pie(`,"periodicReport":{"active":true}`), "reports[r].periodicReport.period"+required),
		refused(pie(`,"periodicReport":{"period":{"every":"FORTNIGHT"}}`), "reports[r].periodicReport.period.every"+enum),
		refused(pie(`,"periodicReport":{"period":{"every":"YEAR","dayOfMonth":"END_OF_MONTH","time":"24:00"}}`),
			"reports[r].periodicReport.period.dayOfMonth=1から31までの日、または指定できる場合はEND_OF_MONTHを指定してください。 reports[r].periodicReport.period.month=1から12までの月を指定してください。 reports[r].periodicReport.period.time=HH:MM形式の時刻を指定してください。"),
		refused(pie(`,"periodicReport":{"period":{"every":"HOUR","minute":"5"}}`), "reports[r].periodicReport.period.minute=0、10、20、30、40、50のいずれかを指定してください。"),
	})
}

// A report as it is drawn: in order, with names, and with the way to its records.
func TestReportData(t *testing.T) {
	ask := func(report string, has ...string) step {
		return step{call: "POST /api/v1/report/data", in: `{"app":1,"report":{` + report + `}}`, has: has}
	}
	refused := func(report, want string) step {
		st := ask(report)
		st.want = want
		return st
	}
	count := `"aggregations":[{"type":"COUNT"}]`
	scenario(t, func(s *testSite) {
		w := s.World
		w.User("aiko")
		a := w.App("deals", "stage dropdown(new|won|lost); amount number; due date; meet datetime; who user; secret number hidden-from:aiko; lines table(part text, price number)")
		for _, r := range []string{
			`{"stage":{"value":"won"},"amount":{"value":"100.5"},"due":{"value":"2026-03-31"},"meet":{"value":"2026-03-31T15:30:00Z"},"who":{"value":[{"code":"aiko"},{"code":"root"}]},"lines":{"value":[{"value":{"part":{"value":"bolt"},"price":{"value":"5"}}},{"value":{"part":{"value":"nut"},"price":{"value":"7"}}}]}}`,
			`{"stage":{"value":"won"},"amount":{"value":"0.25"},"due":{"value":"2026-04-01"},"meet":{"value":"2026-03-31T14:59:00Z"},"who":{"value":[{"code":"root"}]},"lines":{"value":[{"value":{"part":{"value":"bolt"},"price":{"value":"1"}}}]}}`,
			`{"stage":{"value":"new"},"amount":{"value":"7"},"due":{"value":"2027-03-31"},"who":{"value":[]}}`,
			`{"stage":{"value":null},"amount":{"value":"1000"}}`,
		} {
			a.AddJSON(r)
		}
	}, []step{
		ask(`"chartType":"PIE","groups":[{"code":"stage"}],"aggregations":[{"type":"COUNT"},{"type":"SUM","code":"amount"},{"type":"AVERAGE","code":"amount"}]`,
			`"dimensions":[{"code":"stage","label":"stage","type":"DROP_DOWN","items":[{"key":"new","label":"new","values":["1","7","7"],"query":"stage in (\"new\")"},{"key":"won","label":"won","values":["2","100.75","50.375"],"query":"stage in (\"won\")"}]}]`,
			`"measures":[{"type":"COUNT"},{"type":"SUM","code":"amount","label":"amount","fieldType":"NUMBER"},{"type":"AVERAGE","code":"amount","label":"amount","fieldType":"NUMBER"}]`,
			`"groups":[{"items":[0],"values":["1","7","7"],"query":"stage in (\"new\")"},{"items":[1],"values":["2","100.75","50.375"],"query":"stage in (\"won\")"}]`,
			`"total":["3","107.75","35.9167"],"groupCount":"2","complete":true`),
		// By total, most first; users by name; quarters of the fiscal year from April.
		ask(`"chartType":"COLUMN","chartMode":"STACKED","groups":[{"code":"who"},{"code":"due","per":"QUARTER"}],"filterCond":"amount > 0 or amount = 0","sorts":[{"by":"TOTAL","order":"DESC"}],`+count,
			`{"key":"root","label":"青木 愛子"`, `"label":"2025-Q4"`, `"label":"2026-Q1"`,
			`"query":"(amount > 0 or amount = 0) and who in (\"root\") and due >= \"2026-04-01\" and due < \"2026-07-01\""`),
		// Midnight is Tokyo's.
		ask(`"chartType":"LINE","groups":[{"code":"meet","per":"DAY"}],`+count,
			`{"key":"2026-03-31","label":"2026-03-31","values":["1"],"query":"meet >= \"2026-03-30T15:00:00Z\" and meet < \"2026-03-31T15:00:00Z\""}`, `{"key":"2026-04-01"`),
		// Rows of a table count themselves.
		ask(`"chartType":"BAR","chartMode":"NORMAL","groups":[{"code":"part"}],"aggregations":[{"type":"SUM","code":"price"},{"type":"COUNT"},{"type":"SUM","code":"amount"}]`,
			`{"key":"bolt","label":"bolt","values":["6","2","100.75"],"query":"part in (\"bolt\")"},{"key":"nut","label":"nut","values":["7","1","100.5"]`),
		// Without groups everything is one, even nothing.
		ask(`"chartType":"TABLE","aggregations":[{"type":"COUNT"},{"type":"MAX","code":"due"},{"type":"MIN","code":"amount"}]`, `"groups":[{"items":[],"values":["4","2027-03-31","0.25"],"query":""}]`),
		ask(`"chartType":"TABLE","filterCond":"amount > 5000","aggregations":[{"type":"COUNT"},{"type":"MAX","code":"due"},{"type":"SUM","code":"amount"}]`, `"groups":[{"items":[],"values":["0","",""],"query":"amount > 5000"}]`),
		ask(`"chartType":"PIE","filterCond":"amount > 5000","groups":[{"code":"stage"}],`+count, `"groups":[],"total":["0"],"groupCount":"0","complete":true`),

		refused(`"chartType":"PIE"`, "400 CB_VA01 report.aggregations=1個から10個までの範囲で指定してください。"),
		refused(`"chartType":"PIE","groups":[{"code":"ghost"}],`+count, "400 CB_VA01 report.groups[0].code=指定されたフィールド（ghost）が見つかりません。"),
		refused(`"chartType":"PIE","filterCond":"ghost = 1",`+count, "400 GAIA_IQ11"),
		refused(`"chartType":"PIE","filterCond":"amount > 1 limit 5",`+count, "400 CB_VA01 query=クエリ記法が間違っています。"),
		refused(`"chartType":"PIE","groups":"x",`+count, "400 CB_IL02"),
		{call: "POST /api/v1/report/data", in: `{"app":1}`, want: "400 CB_VA01 report=必須です。"},
		{call: "POST /api/v1/report/data", in: `{"app":99,"report":{"chartType":"PIE",` + count + `}}`, want: "404 GAIA_AP01"},
		{call: "GET /api/v1/report/data?app=1&id=1", want: "404 CB_NF01", has: []string{"指定したグラフ（id: 1）が見つかりません。"}},
		{who: "aiko", call: "POST /api/v1/report/data", in: `{"app":1,"report":{"chartType":"PIE","groups":[{"code":"secret"}],` + count + `}}`, want: "400 CB_VA01 report.groups[0].code=指定されたフィールド（secret）が見つかりません。"},
	})
}

// Statuses come in the order of the process, whose records they find.
func TestReportByStatus(t *testing.T) {
	scenario(t, func(s *testSite) {
		a := s.World.App("deals", "title text")
		s.must("root", "PUT /k/v1/preview/app/status.json", `{"app":1,"enable":true,"states":{"new":{"index":"0","name":"new","assignee":{"type":"ONE","entities":[]}},"done":{"index":"1","name":"done","assignee":{"type":"ONE","entities":[]}}},
			"actions":[{"name":"finish","from":"new","to":"done"}]}`)
		s.must("root", "POST /k/v1/preview/app/deploy.json", `{"apps":[{"app":1}]}`)
		a.Add("title=x")
		a.Add("title=y")
		a.Add("title=z")
		s.must("root", "PUT /k/v1/record/status.json", `{"app":1,"id":2,"action":"finish"}`)
	}, []step{
		{call: "POST /api/v1/report/data", in: `{"app":1,"report":{"chartType":"PIE","groups":[{"code":"ステータス"}],"aggregations":[{"type":"COUNT"}]}}`,
			has: []string{`"items":[{"key":"new","label":"new","values":["2"],"query":"ステータス in (\"new\")"},{"key":"done","label":"done","values":["1"],"query":"ステータス in (\"done\")"}]`}},
	})
}
