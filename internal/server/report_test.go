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
