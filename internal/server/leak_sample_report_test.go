package server

// reportSamples are calls of the routes of reports.
func (s *leakSite) reportSamples() map[string][]string {
	settings := []string{`{"app":1}`, `{"app":1,"lang":"en"}`, `{"app":2}`, `{"app":4}`}
	return map[string][]string{
		"GET /k/v1/app/reports.json":         settings,
		"GET /k/v1/preview/app/reports.json": settings,
		"PUT /k/v1/preview/app/reports.json": {`{"app":1,"reports":{}}`, `{"app":2,"reports":{}}`},
	}
}

// plantReports makes reports of app 1: one that aiko may know, and some that name what she may not see.
func (s *leakSite) plantReports() {
	s.must("root", "PUT /k/v1/preview/app/reports.json", `{"app":1,"reports":{
		"naibu_report":{"index":0,"chartType":"PIE","groups":[{"code":"title"}],"aggregations":[{"type":"COUNT"}],"sorts":[]},
		"kakushi_by_group":{"index":1,"chartType":"PIE","groups":[{"code":"kakushi_field"}],"aggregations":[{"type":"COUNT"}],"sorts":[]},
		"kakushi_by_sum":{"index":2,"chartType":"PIE","groups":[{"code":"title"}],"aggregations":[{"type":"SUM","code":"kakushi_number"}],"sorts":[]},
		"kakushi_by_filter":{"index":3,"chartType":"PIE","groups":[{"code":"title"}],"aggregations":[{"type":"COUNT"}],"sorts":[],"filterCond":"kakushi_memo like \"x\""}}}`)
}
