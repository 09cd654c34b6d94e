package server

import (
	"fmt"
	"strings"
	"testing"
)

// bulkOf is the body of a bulkRequest: pairs of "METHOD path" and payload.
func bulkOf(pairs ...string) string {
	var list []string
	for i := 0; i < len(pairs); i += 2 {
		method, path, _ := strings.Cut(pairs[i], " ")
		list = append(list, fmt.Sprintf(`{"method":%q,"api":%q,"payload":%s}`, method, path, pairs[i+1]))
	}
	return `{"requests":[` + strings.Join(list, ",") + `]}`
}

// Source: kintone REST API, bulkRequest: twenty requests in order, all or none, and an error's own shape.
func TestBulkRequest(t *testing.T) {
	var many []string
	for range 21 {
		many = append(many, "POST /k/v1/record.json", `{"app":1}`)
	}
	scenario(t, func(s *testSite) {
		s.define("one", dealForm)
		s.define("two", dealForm)
		s.must("root", "POST /k/v1/record.json", `{"app":2,"record":{"no":{"value":"taken"}}}`)
		s.World.User("aiko")
	}, []step{
		{call: "POST /k/v1/bulkRequest.json", in: bulkOf("POST /k/v1/record.json", `{"app":1,"record":{"title":{"value":"a"}}}`,
			"POST /k/v1/records.json", `{"app":2,"records":[{},{}]}`,
			"PUT /k/v1/record.json", `{"app":1,"id":1,"revision":1,"record":{"title":{"value":"b"}}}`,
			"PUT /k/v1/records.json", `{"app":2,"records":[{"id":1,"record":{}}]}`,
			"DELETE /k/v1/records.json", `{"app":2,"ids":[2],"revisions":[null]}`),
			has: []string{`{"results":[{"id":"1","revision":"1"},{"ids":["2","3"],"revisions":["1","1"]},{"revision":"2"},{"records":[{"id":"1","revision":"2"}]},{}]}`}},
		{call: "POST /k/v1/bulkRequest.json", in: `{"requests":[]}`, has: []string{`{"results":[]}`}},

		// The last one fails: nothing of the others is kept, and the answer is told in its place.
		{call: "POST /k/v1/bulkRequest.json", in: bulkOf("POST /k/v1/record.json", `{"app":1}`, "POST /k/v1/record.json", `{"app":2,"record":{"no":{"value":"taken"}}}`, "POST /k/v1/record.json", `{"app":1}`),
			want: "400 CB_VA01 record.no.value=値がほかのレコードと重複しています。", has: []string{`{"results":[{},{"code":"CB_VA01"`, `},{}]}`}},
		{call: "POST /k/v1/bulkRequest.json", in: bulkOf("POST /k/v1/record.json", `{"app":1}`, "PUT /k/v1/record.json", `{"app":1,"id":1,"revision":1,"record":{}}`), want: "409 GAIA_CO02",
			has: []string{`{"results":[{},{"code":"GAIA_CO02"`}},
		{call: "POST /k/v1/bulkRequest.json", in: bulkOf("POST /k/v1/record.json", `{"app":1}`, "DELETE /k/v1/records.json", `{"app":1,"ids":[99]}`), want: "404 GAIA_RE01"},
		{call: "POST /k/v1/bulkRequest.json", in: bulkOf("POST /k/v1/record.json", `{"app":1}`, "POST /k/v1/record.json", `{"app":99}`), want: "404 GAIA_AP01"},
		{call: "POST /k/v1/bulkRequest.json", in: bulkOf("POST /k/v1/record.json", `{"app":1}`, "POST /k/v1/record.json", `[]`), want: "400 CB_IL02"},
		{call: "GET /k/v1/records.json?app=1&totalCount=true", has: []string{`"totalCount":"1"`}},
		{call: "GET /k/v1/record.json?app=1&id=1", has: []string{`"$revision":{"type":"__REVISION__","value":"2"}`}},

		// What may stand in it
		{call: "POST /k/v1/bulkRequest.json", in: bulkOf("GET /k/v1/record.json", `{"app":1,"id":1}`), want: "400 CB_VA01 requests[0].api=Enum値のいずれかでなければなりません。"},
		{call: "POST /k/v1/bulkRequest.json", in: bulkOf("POST /k/v1/bulkRequest.json", `{"requests":[]}`), want: "400 CB_VA01 requests[0].api=Enum値のいずれかでなければなりません。"},
		{call: "POST /k/v1/bulkRequest.json", in: `{"requests":[{"payload":{}}]}`, want: "400 CB_VA01 requests[0].api=必須です。 requests[0].method=必須です。"},
		{call: "POST /k/v1/bulkRequest.json", in: bulkOf(many...), want: "400 CB_VA01 requests=0個から20個までの範囲で指定してください。"},
		{call: "POST /k/v1/bulkRequest.json", in: bulkOf(many[:40]...)},
		{call: "GET /k/v1/records.json?app=1&totalCount=true", has: []string{`"totalCount":"21"`}},
	})
}
