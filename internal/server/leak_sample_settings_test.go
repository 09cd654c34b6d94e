package server

// settingsSamples are calls for the parts of an app's settings that only its managers see: apps of others, and conditions on
// what is hidden.
func settingsSamples(m map[string][]string) {
	rule := `"notifications":[{"filterCond":"kakushi_field = \"kakushi_later\"","targets":[]}]`
	for path, puts := range map[string][]string{
		"app/notifications/general.json":   {`{"app":1,"notifications":[]}`, `{"app":2,"notifications":[]}`},
		"app/notifications/perRecord.json": {`{"app":1,` + rule + `}`, `{"app":2,` + rule + `}`},
		"app/notifications/reminder.json":  {`{"app":1,"notifications":[{"timing":{"code":"kakushi_field","daysLater":0,"time":"09:00"},"targets":[]}]}`, `{"app":2,"notifications":[]}`},
	} {
		m["GET /k/v1/"+path] = []string{`{"app":1}`, `{"app":1,"lang":"en"}`, `{"app":2}`, `{"app":4}`}
		m["GET /k/v1/preview/"+path] = m["GET /k/v1/"+path]
		m["PUT /k/v1/preview/"+path] = puts
	}
	m["GET /api/v1/app/code"] = []string{`{"app":1}`, `{"app":2}`, `{"app":4}`}
	m["PUT /api/v1/app/code"] = []string{`{"app":1,"code":"kakushi"}`, `{"app":2,"code":"X"}`}
}
