package server

import "fmt"

// plantLinks makes an app of root's, open to everybody, that is tied to what aiko may not see: lookups of hidden fields and
// of a closed app, related records by and of them.
func (s *leakSite) plantLinks() {
	s.linked = s.define("tied", `"title":{"type":"SINGLE_LINE_TEXT","code":"title"},"copy":{"type":"SINGLE_LINE_TEXT","code":"copy"},"other":{"type":"SINGLE_LINE_TEXT","code":"other"},
		"look":{"type":"SINGLE_LINE_TEXT","code":"look","lookup":{"relatedApp":{"app":"1"},"relatedKeyField":"no","fieldMappings":[{"field":"copy","relatedField":"kakushi_field"}],
			"lookupPickerFields":["title","kakushi_memo"],"filterCond":"kakushi_number > \"1\"","sort":"kakushi_number desc"}},
		"plain":{"type":"SINGLE_LINE_TEXT","code":"plain","lookup":{"relatedApp":{"app":"1"},"relatedKeyField":"no","fieldMappings":[],"lookupPickerFields":["title","kakushi_field"],"filterCond":"kakushi_number > \"1\"","sort":"kakushi_number desc"}},
		"closed":{"type":"SINGLE_LINE_TEXT","code":"closed","lookup":{"relatedApp":{"app":"2"},"relatedKeyField":"no","fieldMappings":[{"field":"other","relatedField":"kakushi_f"}],"lookupPickerFields":["kakushi_f"]}},
		"by_title":{"type":"REFERENCE_TABLE","code":"by_title","referenceTable":{"relatedApp":{"app":"1"},"condition":{"field":"title","relatedField":"title"},"filterCond":"kakushi_number > \"1\"",
			"displayFields":["title","kakushi_field"],"sort":"kakushi_number desc","aggregates":[{"field":"kakushi_number","function":"SUM"}]}},
		"by_hidden":{"type":"REFERENCE_TABLE","code":"by_hidden","referenceTable":{"relatedApp":{"app":"1"},"condition":{"field":"title","relatedField":"kakushi_field"},"displayFields":["title"]}},
		"of_closed":{"type":"REFERENCE_TABLE","code":"of_closed","referenceTable":{"relatedApp":{"app":"2"},"condition":{"field":"title","relatedField":"kakushi_f"},"displayFields":["no","kakushi_f"]}}`)
	s.must("root", "PUT /k/v1/preview/app/views.json", `{"app":`+s.linked+`,"views":{"v":{"index":0,"type":"LIST","fields":[],"filterCond":"by_title.kakushi_field like \"x\""},"w":{"index":1,"type":"LIST","fields":[],"filterCond":"of_closed.kakushi_f like \"x\""}}}`)
	s.deploy(s.linked)
	s.must("root", "POST /k/v1/preview/app/form/fields.json", `{"app":2,"properties":{"kakushi_gone":{"type":"NUMBER"}}}`)
	s.deploy("2")
	s.must("root", "DELETE /k/v1/preview/app/form/fields.json", `{"app":2,"fields":["kakushi_gone"]}`)
	s.deploy("2")
	for _, title := range []string{"naibu_title_2", "kakushi_title", "kakushi_v"} {
		s.must("root", "POST /k/v1/record.json", fmt.Sprintf(`{"app":%s,"record":{"title":{"value":%q}}}`, s.linked, title))
	}
	s.must("root", "PUT /k/v1/preview/record/acl.json", `{"app":`+s.linked+`,"rights":[{"filterCond":"title like \"kakushi\"","entities":[{"entity":{"type":"USER","code":"root"},"viewable":true,"editable":true,"deletable":true}]}]}`)
	s.deploy(s.linked)
	s.must("root", "POST /k/v1/record.json", `{"app":`+s.linked+`,"record":{"title":{"value":"naibu_open"}}}`)
}

// linkSamples are calls by which the ties of that app could be followed.
func (s *leakSite) linkSamples(m map[string][]string) {
	app := s.linked
	of := func(format string, args ...any) string { return fmt.Sprintf(format, append([]any{app}, args...)...) }
	var queries []string
	for _, q := range []string{
		`by_title.kakushi_field like \"later\"`, `by_title.kakushi_number > 5`, `by_title.title like \"title\"`, `by_title.$id = 2`, `by_title.$id != 1`, `by_title.kakushi_part in (\"x\")`,
		`by_hidden.title like \"title\"`, `of_closed.no in (\"N1\")`, `of_closed.$id = 1`, `look = \"N-closed\"`, `order by by_title.kakushi_number asc`,
	} {
		queries = append(queries, of(`{"app":%s,"query":"%s","totalCount":true}`, q))
	}
	for _, call := range []string{"GET /k/v1/records.json", "POST /k/v1/records/cursor.json", "GET /api/v1/records/count", "GET /api/v1/export.csv"} {
		m[call] = append(m[call], queries...)
	}
	for _, code := range []string{"look", "plain", "closed", "title", "kakushi_none"} {
		for _, typed := range []string{"", "N", "kakushi"} {
			m["GET /api/v1/lookup/candidates"] = append(m["GET /api/v1/lookup/candidates"], of(`{"app":%s,"field":%q,"query":%q}`, code, typed))
		}
	}
	for _, code := range []string{"by_title", "by_hidden", "of_closed", "title"} {
		for n := 1; n <= 4; n++ {
			m["GET /api/v1/record/related"] = append(m["GET /api/v1/record/related"], of(`{"app":%s,"id":%d,"field":%q}`, n, code))
		}
	}
	m["GET /api/v1/record/related"] = append(m["GET /api/v1/record/related"], `{"app":1,"id":2,"field":"kakushi_rows"}`, `{"app":2,"id":1,"field":"no"}`)
	for _, record := range []string{
		`{"look":{"value":"N-open"}}`, `{"look":{"value":"N-closed"}}`, `{"plain":{"value":"N-open"}}`, `{"plain":{"value":"N-closed"}}`, `{"closed":{"value":"N1"}}`,
	} {
		for _, call := range []string{"POST /k/v1/record.json", "POST /api/v1/record/draft"} {
			m[call] = append(m[call], of(`{"app":%s,"record":%s}`, record))
		}
	}
	for _, call := range []string{"GET /k/v1/app/form/fields.json", "GET /k/v1/app/views.json", "GET /k/v1/preview/app/form/fields.json"} {
		m[call] = append(m[call], of(`{"app":%s}`))
	}
	m["GET /api/v1/app/fields/trash"] = []string{`{"app":1}`, `{"app":2}`, `{"app":4}`, of(`{"app":%s}`)}
	m["POST /api/v1/app/fields/restore"] = []string{`{"app":2,"id":99}`, `{"app":1,"id":99}`}
	m["POST /api/v1/lookup/refresh"] = []string{of(`{"app":%s}`), `{"app":1}`, `{"app":2}`, `{"app":2,"field":"kakushi_f"}`}
	m["GET /api/v1/lookup/refresh"] = []string{of(`{"app":%s,"id":1}`), `{"app":1,"id":1}`, `{"app":2,"id":1}`}
	tie := `{"app":%s,"properties":{"x":{"type":"REFERENCE_TABLE","referenceTable":{"relatedApp":{"app":"2"},"condition":{"field":"title","relatedField":"no"},"displayFields":["kakushi_f"]}}}}`
	m["POST /k/v1/preview/app/form/fields.json"] = append(m["POST /k/v1/preview/app/form/fields.json"], of(tie))
}
