package server

// reportRows says who may call the routes of reports.
func (s *accessSite) reportRows() map[string]row {
	return map[string]row{
		"GET /k/v1/app/reports.json":         {insiders, `{"app":1}`, false},
		"GET /k/v1/preview/app/reports.json": {managers, `{"app":1}`, false},
		"PUT /k/v1/preview/app/reports.json": {managers, `{"app":1,"reports":{}}`, false},
	}
}
