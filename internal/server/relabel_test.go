package server

import "testing"

// Conditions of lookups, related records and views on another app's options follow their new labels when these go live.
func TestConditionsOnOtherAppsFollowLabels(t *testing.T) {
	fields := "/k/v1/preview/app/form/fields.json"
	deploy := func(apps string) step {
		return step{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[` + apps + `]}`}
	}
	relabel := func(options string) step {
		return step{call: "PUT " + fields, in: `{"app":1,"properties":{"stage":{"options":{` + options + `}}}}`}
	}
	show := func(path string, has ...string) step {
		return step{call: "GET /k/v1/" + path + "?app=2", has: has}
	}
	scenario(t, func(s *testSite) {
		s.define("deals", `"code":{"type":"SINGLE_LINE_TEXT","unique":true},"stage":{"type":"DROP_DOWN","options":{"open":{"label":"open","index":0},"won":{"label":"won","index":1},"lost":{"label":"lost","index":2}}},
			"tags":{"type":"CHECK_BOX","options":{"a":{"label":"a","index":0},"b":{"label":"b","index":1}}},"own":{"type":"SINGLE_LINE_TEXT"}`)
		s.define("orders", `"deal":{"type":"SINGLE_LINE_TEXT"},"stage":{"type":"DROP_DOWN","options":{"open":{"label":"open","index":0}}}`)
		s.must("root", "POST "+fields, `{"app":2,"properties":{
			"item":{"type":"SINGLE_LINE_TEXT","lookup":{"relatedApp":{"app":1},"relatedKeyField":"code","fieldMappings":[],"filterCond":"stage in (\"open\", \"won\") and code != \"open\""}},
			"list":{"type":"REFERENCE_TABLE","referenceTable":{"relatedApp":{"app":1},"condition":{"field":"deal","relatedField":"code"},"filterCond":"stage in (\"lost\") or tags not in (\"a\", \"b\")","displayFields":["code"]}}}}`)
		s.must("root", "PUT /k/v1/preview/app/views.json", `{"app":2,"views":{"v":{"index":0,"type":"LIST","fields":["deal"],"filterCond":"list.stage in (\"open\") and stage in (\"open\")"}}}`)
		s.must("root", "POST /k/v1/preview/app/deploy.json", `{"apps":[{"app":2}]}`)
		// Not deployed yet.
		s.must("root", "POST "+fields, `{"app":2,"properties":{"draft":{"type":"SINGLE_LINE_TEXT","lookup":{"relatedApp":{"app":1},"relatedKeyField":"code","fieldMappings":[],"filterCond":"stage in (\"won\")"}}}}`)
		// Of its own records.
		s.must("root", "POST "+fields, `{"app":1,"properties":{"same":{"type":"REFERENCE_TABLE","referenceTable":{"relatedApp":{"app":1},"condition":{"field":"own","relatedField":"code"},"filterCond":"stage in (\"open\")","displayFields":["code"]}}}}`)
		s.must("root", "POST /k/v1/preview/app/deploy.json", `{"apps":[{"app":1}]}`)
		s.must("root", "POST /k/v1/records.json", `{"app":1,"records":[{"code":{"value":"x"},"stage":{"value":"open"}},{"code":{"value":"y"},"stage":{"value":"lost"}}]}`)
		s.must("root", "POST /k/v1/record.json", `{"app":2,"record":{"deal":{"value":"x"},"stage":{"value":"open"}}}`)
	}, []step{
		// Two swap, one is renamed, one of the tags goes. Nothing changes before it is live.
		relabel(`"open":{"label":"won","index":0},"won":{"label":"open","index":1},"lost":{"label":"失注","index":2}`),
		{call: "PUT " + fields, in: `{"app":1,"properties":{"tags":{"options":{"a":{"label":"甲","index":0}}}}}`},
		show("app/form/fields.json", `"filterCond":"stage in (\"open\", \"won\") and code != \"open\""`),
		deploy(`{"app":1}`),
		show("app/form/fields.json", `"filterCond":"stage in (\"won\", \"open\") and code != \"open\""`, `"filterCond":"stage in (\"失注\") or tags not in (\"甲\")"`),
		show("preview/app/form/fields.json", `"filterCond":"stage in (\"won\", \"open\") and code != \"open\""`, `"filterCond":"stage in (\"失注\") or tags not in (\"甲\")"`, `"filterCond":"stage in (\"open\")"`),
		show("app/views.json", `"filterCond":"list.stage in (\"won\") and stage in (\"open\")"`),
		{call: "GET /k/v1/app/form/fields.json?app=1", has: []string{`"filterCond":"stage in (\"won\")"`}},
		{call: "GET /k/v1/records.json", in: `{"app":2,"query":"list.stage in (\"won\")"}`, has: []string{`"x"`}},

		// Both apps may go live at once.
		relabel(`"won":{"label":"進行中","index":0},"open":{"label":"open","index":1},"失注":{"label":"失注","index":2}`),
		deploy(`{"app":2},{"app":1}`),
		show("app/form/fields.json", `"filterCond":"stage in (\"進行中\", \"open\") and code != \"open\""`, `"filterCond":"stage in (\"open\")"`),
		show("preview/app/form/fields.json", `"filterCond":"stage in (\"進行中\", \"open\") and code != \"open\""`),
	})
}

// Conditions on fields of related records follow these fields' codes, also when two of them are swapped, in live settings and
// in those that are not live yet; a field of another list, or of the app itself, that has the same code does not.
func TestConditionsOnRelatedRecordsFollowCodes(t *testing.T) {
	fields := "/k/v1/preview/app/form/fields.json"
	scenario(t, func(s *testSite) {
		s.define("deals", `"code":{"type":"SINGLE_LINE_TEXT"},"stage":{"type":"DROP_DOWN","options":{"open":{"label":"open","index":0}}},"title":{"type":"SINGLE_LINE_TEXT"},"memo":{"type":"SINGLE_LINE_TEXT"}`)
		s.define("people", `"code":{"type":"SINGLE_LINE_TEXT"},"title":{"type":"SINGLE_LINE_TEXT"}`)
		s.define("orders", `"deal":{"type":"SINGLE_LINE_TEXT"},"title":{"type":"SINGLE_LINE_TEXT"}`)
		s.must("root", "POST "+fields, `{"app":3,"properties":{
			"list":{"type":"REFERENCE_TABLE","referenceTable":{"relatedApp":{"app":1},"condition":{"field":"deal","relatedField":"code"},"filterCond":"","displayFields":["code"]}},
			"who":{"type":"REFERENCE_TABLE","referenceTable":{"relatedApp":{"app":2},"condition":{"field":"deal","relatedField":"code"},"filterCond":"","displayFields":["code"]}}}}`)
		s.must("root", "PUT /k/v1/preview/app/views.json", `{"app":3,"views":{"v":{"index":0,"type":"LIST","fields":["deal"],
			"filterCond":"list.title in (\"x\") and list.memo in (\"y\") and list.stage in (\"open\") and who.title in (\"z\") and title = \"own\""}}}`)
		s.must("root", "POST /k/v1/preview/app/deploy.json", `{"apps":[{"app":3}]}`)
	}, []step{
		{call: "PUT " + fields, in: `{"app":1,"properties":{"title":{"code":"spare"}}}`},
		{call: "PUT " + fields, in: `{"app":1,"properties":{"memo":{"code":"title"}}}`},
		{call: "PUT " + fields, in: `{"app":1,"properties":{"spare":{"code":"memo"},"stage":{"code":"段階","options":{"open":{"label":"進行中","index":0}}}}}`},
		{call: "GET /k/v1/app/views.json?app=3", has: []string{`list.title in (\"x\")`}},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`},
		{call: "GET /k/v1/app/views.json?app=3", has: []string{`"list.memo in (\"x\") and list.title in (\"y\") and list.段階 in (\"進行中\") and who.title in (\"z\") and title = \"own\""`}},
		{call: "GET /k/v1/preview/app/views.json?app=3", has: []string{`"list.memo in (\"x\") and list.title in (\"y\") and list.段階 in (\"進行中\") and who.title in (\"z\") and title = \"own\""`}},
	})
}

// So do conditions on another app's status.
func TestConditionsOnOtherAppsFollowStatuses(t *testing.T) {
	states := func(first, second string) string {
		return `{"app":1,"enable":true,"states":{"未処理":{"name":"` + first + `","index":0,"assignee":{"type":"ONE","entities":[]}},"済":{"name":"` + second + `","index":1,"assignee":{"type":"ONE","entities":[]}}},"actions":[]}`
	}
	scenario(t, func(s *testSite) {
		s.define("deals", `"code":{"type":"SINGLE_LINE_TEXT","unique":true}`)
		s.define("orders", `"deal":{"type":"SINGLE_LINE_TEXT"}`)
		s.must("root", "PUT /k/v1/preview/app/status.json", states("未処理", "済"))
		s.must("root", "POST /k/v1/preview/app/deploy.json", `{"apps":[{"app":1}]}`)
		s.must("root", "POST /k/v1/preview/app/form/fields.json", `{"app":2,"properties":{"item":{"type":"SINGLE_LINE_TEXT","lookup":{"relatedApp":{"app":1},"relatedKeyField":"code","fieldMappings":[],"filterCond":"ステータス in (\"未処理\", \"済\")"}}}}`)
		s.must("root", "POST /k/v1/preview/app/deploy.json", `{"apps":[{"app":2}]}`)
	}, []step{
		{call: "PUT /k/v1/preview/app/status.json", in: states("未処理", "完了")},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`},
		{call: "GET /k/v1/app/form/fields.json?app=2", has: []string{`"filterCond":"ステータス in (\"未処理\", \"完了\")"`}},
	})
}
