package server

// processSamples are calls of the routes of process management.
func (s *leakSite) processSamples() map[string][]string {
	settings := []string{`{"app":1}`, `{"app":1,"lang":"en"}`, `{"app":2}`, `{"app":4}`}
	return map[string][]string{
		"GET /k/v1/app/status.json":         settings,
		"GET /k/v1/preview/app/status.json": settings,
		"PUT /k/v1/preview/app/status.json": {`{"app":1,"enable":false}`, `{"app":2,"enable":true}`, `{"app":1,"states":{"x":{"index":0,"assignee":{"type":"ONE","entities":[{"entity":{"type":"FIELD_ENTITY","code":"kakushi_people"}}]}}}}`},
		"PUT /k/v1/record/status.json": {`{"app":1,"id":1,"action":"ask"}`, `{"app":1,"id":1,"action":"on"}`, `{"app":1,"id":1,"action":"naibu_action","assignee":"carl"}`,
			`{"app":1,"id":2,"action":"naibu_action"}`, `{"app":1,"id":3,"action":"naibu_action"}`, `{"app":2,"id":1,"action":"x"}`},
		"PUT /k/v1/records/status.json":   {`{"app":1,"records":[{"id":1,"action":"on"},{"id":2,"action":"on"}]}`, `{"app":2,"records":[]}`},
		"PUT /k/v1/record/assignees.json": {`{"app":1,"id":1,"assignees":["aiko"]}`, `{"app":1,"id":2,"assignees":["aiko"]}`, `{"app":2,"id":1,"assignees":[]}`},
		"GET /api/v1/me/deputy":           {`{}`},
		"PUT /api/v1/me/deputy":           {`{"deputy":"carl","from":"2026-01-01","until":"2020-01-01"}`, `{"deputy":"ghost"}`},
		"GET /api/v1/record/actions":      {`{"app":1,"id":1}`, `{"app":1,"id":2}`, `{"app":2,"id":1}`},
	}
}

// plantProcess gives app 1 a process: a condition and an assignment of it name what aiko may not see.
func (s *leakSite) plantProcess() {
	s.must("root", "PUT /k/v1/preview/app/status.json", `{"app":1,"enable":true,"states":{
		"naibu_state":{"index":0,"assignee":{"type":"ONE","entities":[]}},
		"naibu_next":{"index":1,"assignee":{"type":"ONE","entities":[{"entity":{"type":"FIELD_ENTITY","code":"kakushi_people"}}]}}},
		"actions":[{"name":"naibu_action","from":"naibu_state","to":"naibu_next","filterCond":"kakushi_field like \"kakushi\""},
		{"name":"naibu_back","from":"naibu_next","to":"naibu_state","type":"SECONDARY","executableUser":{"entities":[{"entity":{"type":"FIELD_ENTITY","code":"kakushi_people"}}]}}]}`)
}
