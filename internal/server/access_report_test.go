package server

// aReport makes report 1 of app 1.
const aReport = `{"app":1,"reports":{"r":{"index":0,"chartType":"PIE","groups":[{"code":"title"}],"aggregations":[{"type":"COUNT"}],"sorts":[],
	"periodicReport":{"period":{"every":"HOUR","minute":0}}}}}`

// reportRows says who may call the routes of reports.
func (s *accessSite) reportRows() map[string]row {
	return map[string]row{
		"GET /api/v1/report/snapshots":       {readers, `{"app":1,"id":1}`, false},
		"GET /api/v1/report/snapshot":        {"", `{"app":1,"id":1}`, false}, // none is kept yet
		"GET /api/v1/report/data":            {readers, `{"app":1,"id":1}`, false},
		"POST /api/v1/report/data":           {readers, `{"app":1,"report":{"chartType":"PIE","groups":[{"code":"title"}],"aggregations":[{"type":"COUNT"}]}}`, false},
		"GET /k/v1/app/reports.json":         {insiders, `{"app":1}`, false},
		"GET /k/v1/preview/app/reports.json": {managers, `{"app":1}`, false},
		"PUT /k/v1/preview/app/reports.json": {managers, `{"app":1,"reports":{}}`, false},
	}
}
