package server

import "testing"

// A key in other letters than the reference's is another key, and another key is ignored: what is done is what was asked for.
func TestKeysInOtherLettersAreOtherKeys(t *testing.T) {
	fields := "/k/v1/preview/app/form/fields.json"
	scenario(t, func(s *testSite) {
		s.define("deals", `"title":{"type":"SINGLE_LINE_TEXT"},"who":{"type":"USER_SELECT"},"rows":{"type":"SUBTABLE","fields":{"part":{"type":"SINGLE_LINE_TEXT"}}}`)
		s.must("root", "POST /k/v1/records.json", `{"app":1,"records":[{"title":{"value":"a"}},{"title":{"value":"b"}},{"title":{"value":"c"}}]}`)
	}, []step{
		{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"Id":2,"record":{"title":{"value":"x","Value":"y"}},"Record":{"title":{"value":"z"}}}`},
		{call: "PUT /k/v1/records.json", in: `{"app":1,"records":[{"id":2,"ID":3,"record":{"title":{"value":"w"}}}]}`},
		{call: "DELETE /k/v1/records.json", in: `{"app":1,"ids":[3],"IDs":[1]}`},
		{call: "GET /k/v1/records.json", in: `{"app":1,"query":"order by $id asc","Query":"limit 1","Fields":["$id"]}`, has: []string{`"x"`, `"w"`}, lacks: []string{`"y"`, `"z"`, `"c"`}},
		{call: "GET /k/v1/records.json", in: `{"APP":1}`, want: "400 CB_VA01 app=必須です。"},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"who":{"value":[{"code":"root","Code":"nobody"}]},"rows":{"value":[{"value":{"part":{"value":"p"}},"Value":{}}]}}}`},
		{call: "GET /k/v1/record.json", in: `{"app":1,"id":1}`, has: []string{`"code":"root"`, `"p"`}},
		{call: "POST " + fields, in: `{"app":1,"properties":{"pick":{"type":"DROP_DOWN","options":{"a":{"label":"a","Label":"b","index":0,"INDEX":9}}}}}`},
		{call: "GET " + fields, in: `{"app":1}`, has: []string{`"a":{"index":"0","label":"a"}`}},
		{call: "POST " + fields, in: `{"app":1,"properties":{"list":{"type":"REFERENCE_TABLE","referenceTable":{"relatedApp":{"app":1},"condition":{"field":"title","relatedField":"title"},"displayFields":["title"]}}}}`},
		{call: "PUT " + fields, in: `{"app":1,"properties":{"list":{"referenceTable":{"relatedApp":{"app":1},"Size":"30","size":"10","filtercond":"title = \"x\""}}}}`},
		{call: "GET " + fields, in: `{"app":1}`, has: []string{`"size":"10"`, `"filterCond":""`}},
		{call: "POST /k/v1/bulkRequest.json", in: `{"requests":[{"method":"PUT","Method":"DELETE","api":"/k/v1/record.json","payload":{"app":1,"id":2,"record":{"title":{"value":"v"}}},"Payload":{"app":1,"id":1,"record":{}}}]}`},
		{call: "GET /k/v1/record.json", in: `{"app":1,"id":2}`, has: []string{`"v"`}},
	})
}
