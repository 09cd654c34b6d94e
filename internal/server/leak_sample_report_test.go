package server

// reportSamples are calls of the routes of reports.
func (s *leakSite) reportSamples() map[string][]string {
	settings := []string{`{"app":1}`, `{"app":1,"lang":"en"}`, `{"app":2}`, `{"app":4}`}
	shapes := []string{`"groups":[{"code":"title"}],"aggregations":[{"type":"COUNT"}]`, `"aggregations":[{"type":"COUNT"}]`, `"groups":[{"code":"kakushi_field"}],"aggregations":[{"type":"COUNT"}]`,
		`"groups":[{"code":"kakushi_stage"},{"code":"stage"}],"aggregations":[{"type":"COUNT"}]`, `"groups":[{"code":"title"}],"aggregations":[{"type":"SUM","code":"kakushi_number"},{"type":"MAX","code":"kakushi_number"}]`,
		`"groups":[{"code":"kakushi_part"}],"aggregations":[{"type":"COUNT"}]`, `"groups":[{"code":"part"},{"code":"title"}],"aggregations":[{"type":"COUNT"}]`, `"groups":[{"code":"inside"}],"aggregations":[{"type":"COUNT"}]`,
		`"groups":[{"code":"kakushi_rows"}],"aggregations":[{"type":"COUNT"}]`, `"groups":[{"code":"更新日時","per":"DAY"},{"code":"作成者"}],"aggregations":[{"type":"COUNT"}]`,
		`"groups":[{"code":"title"}],"aggregations":[{"type":"COUNT"}],"filterCond":"kakushi_memo like \"closed\""`, `"groups":[{"code":"title"}],"aggregations":[{"type":"COUNT"}],"filterCond":"$id = 2"`}
	data := []string{`{"app":2,"report":{"chartType":"TABLE","groups":[{"code":"no"}],"aggregations":[{"type":"COUNT"}]}}`}
	for _, shape := range shapes {
		data = append(data, `{"app":1,"report":{"chartType":"TABLE",`+shape+`}}`)
	}
	return map[string][]string{
		"GET /api/v1/report/snapshots":       {`{"app":1,"id":1}`, `{"app":1,"id":2}`, `{"app":2,"id":1}`},
		"GET /api/v1/report/snapshot":        {`{"app":1,"id":1}`, `{"app":1,"id":2}`, `{"app":2,"id":1}`},
		"GET /api/v1/report/data":            {`{"app":1,"id":1}`, `{"app":1,"id":2}`, `{"app":1,"id":3}`, `{"app":1,"id":4}`, `{"app":1,"id":5}`, `{"app":2,"id":1}`},
		"POST /api/v1/report/data":           data,
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
