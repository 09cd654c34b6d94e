package server

// settingsSamples are calls for the parts of an app's settings that only its managers see: apps of others, and conditions on
// what is hidden.
func settingsSamples(m map[string][]string) {
	rule := `"notifications":[{"filterCond":"kakushi_field = \"kakushi_later\"","targets":[]}]`
	action := `"actions":{"a":{"index":0,"destApp":{"app":2},"mappings":[{"srcType":"FIELD","srcField":"kakushi_field","destField":"kakushi_field"}],"entities":[]}}`
	for path, puts := range map[string][]string{
		"app/actions.json":                 {`{"app":1,` + action + `}`, `{"app":2,` + action + `}`, `{"app":4,` + action + `}`},
		"app/adminNotes.json":              {`{"app":1,"content":"x"}`, `{"app":2,"content":"x"}`},
		"app/notifications/general.json":   {`{"app":1,"notifications":[]}`, `{"app":2,"notifications":[]}`},
		"app/notifications/perRecord.json": {`{"app":1,` + rule + `}`, `{"app":2,` + rule + `}`},
		"app/notifications/reminder.json":  {`{"app":1,"notifications":[{"timing":{"code":"kakushi_field","daysLater":0,"time":"09:00"},"targets":[]}]}`, `{"app":2,"notifications":[]}`},
	} {
		m["GET /k/v1/"+path] = []string{`{"app":1}`, `{"app":1,"lang":"en"}`, `{"app":2}`, `{"app":4}`}
		m["GET /k/v1/preview/"+path] = m["GET /k/v1/"+path]
		m["PUT /k/v1/preview/"+path] = puts
	}
	for _, word := range []string{"kakushi", "kakushi_value", "kakushi_comment", "title", "default", "attachment", "kakushi_talk", "kakushi_space", "said"} {
		term := `{"operator":"OR","keywords":["` + word + `"]}`
		m["POST /k/v1/search.json"] = append(m["POST /k/v1/search.json"], `{"query":[`+term+`]}`, `{"query":[`+term+`],"scopes":[{"scope":"APP","ids":[2,4]}]}`,
			`{"query":[{"operator":"OR","keywords":["x","t","e"]},{"operator":"NOT","keywords":["`+word+`"]}]}`, `{"query":[`+term+`],"creators":["carl"]}`)
	}
	m["GET /api/v1/app/names"] = []string{`{"app":1}`, `{"app":2}`, `{"app":4}`}
	m["PUT /api/v1/app/names"] = []string{`{"app":1,"names":{"fields":{"kakushi_field":{"en":"x"}}}}`, `{"app":2,"names":{"app":{"en":"x"}}}`}
	m["POST /k/guest/v1/search.json"] = m["POST /k/v1/search.json"]
	m["GET /k/v1/apis.json"] = []string{`{}`}
	m["GET /k/v1/apis/"] = []string{"?x=1"}
	m["GET /k/v1/form.json"] = []string{`{"app":1}`, `{"app":2}`, `{"app":4}`}
	m["GET /k/v1/preview/form.json"] = m["GET /k/v1/form.json"]
	m["GET /k/v1/apps/statistics.json"] = []string{`{}`, `{"limit":1}`}
	for _, call := range []string{"GET /k/v1/app/customize.json", "GET /k/v1/preview/app/customize.json"} {
		m[call] = []string{`{"app":1}`, `{"app":2}`, `{"app":4}`}
	}
	m["PUT /k/v1/preview/app/customize.json"] = []string{`{"app":1,"desktop":{"js":[{"type":"URL","url":"https://a.example/"}]}}`, `{"app":2,"scope":"NONE"}`}
	for _, call := range []string{"GET /k/v1/app/plugins.json", "GET /k/v1/preview/app/plugins.json"} {
		m[call] = []string{`{"app":1}`, `{"app":2}`, `{"app":4}`}
	}
	m["POST /k/v1/preview/app/plugins.json"] = []string{`{"app":1,"ids":["x"]}`, `{"app":2,"ids":["x"]}`}
	m["GET /k/v1/plugins.json"] = []string{`{}`, `{"ids":["x"]}`}
	m["GET /k/v1/plugins/required.json"] = []string{`{}`}
	m["GET /k/v1/plugin/apps.json"] = []string{`{"id":"x"}`}
	m["POST /k/v1/plugin.json"] = []string{`{"fileKey":"x"}`}
	m["PUT /k/v1/plugin.json"] = []string{`{"id":"x","fileKey":"x"}`}
	m["DELETE /k/v1/plugin.json"] = []string{`{"id":"x"}`}
	m["GET /api/v1/app/code"] = []string{`{"app":1}`, `{"app":2}`, `{"app":4}`}
	m["PUT /api/v1/app/code"] = []string{`{"app":1,"code":"kakushi"}`, `{"app":2,"code":"X"}`}
}
