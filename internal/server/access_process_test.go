package server

// processRows says who may call the routes of process management.
func (s *accessSite) processRows() map[string]row {
	return map[string]row{
		"GET /k/v1/app/status.json":         {insiders, `{"app":1}`, false},
		"GET /k/v1/preview/app/status.json": {managers, `{"app":1}`, false},
		"PUT /k/v1/preview/app/status.json": {managers, `{"app":1,"enable":false}`, false},
		"PUT /k/v1/record/status.json":      {readers, `{"app":1,"id":1,"action":"go"}`, false},
		"PUT /k/v1/records/status.json":     {readers, `{"app":1,"records":[{"id":1,"action":"go"}]}`, false},
		"PUT /k/v1/record/assignees.json":   {"m", `{"app":1,"id":1,"assignees":[]}`, false},
		"GET /api/v1/record/actions":        {readers, `{"app":1,"id":1}`, false},
		"GET /api/v1/me/deputy":             {users, `{}`, false},
		"PUT /api/v1/me/deputy":             {users, `{"deputy":""}`, false},
	}
}

// plantProcess gives app 1 a process in which whoever sees a record may act.
func (s *accessSite) plantProcess() {
	s.must("manager", "PUT /k/v1/preview/app/status.json", `{"app":1,"enable":true,"states":{"open":{"index":0,"assignee":{"type":"ONE","entities":[]}}},
		"actions":[{"name":"go","from":"open","to":"open"}]}`)
}
