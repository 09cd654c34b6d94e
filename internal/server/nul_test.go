package server

import (
	"net/url"
	"strings"
	"testing"
)

// U+0000 is taken nowhere: PostgreSQL keeps none, so what holds one could not be moved there (attack cases 46, 76).
func TestNULIsRefusedEverywhere(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.define("deals", `"title":{"type":"SINGLE_LINE_TEXT","code":"title","unique":true},"docs":{"type":"FILE","code":"docs"}`)
		s.deploy("1")
		s.must("root", "POST /k/v1/space.json", `{"id":1,"name":"部屋","members":[{"entity":{"type":"USER","code":"root"},"isAdmin":true}]}`)
		for _, call := range []string{
			`POST /k/v1/space.json {"id":1,"name":"aNUL","members":[{"entity":{"type":"USER","code":"root"},"isAdmin":true}]}`,
			`PUT /k/v1/space.json {"id":1,"name":"aNUL"}`,
			`PUT /k/v1/space/thread.json {"id":1,"name":"aNUL"}`,
			`PUT /k/v1/space/thread.json {"id":1,"body":"aNUL"}`,
			`POST /k/v1/space/thread/comment.json {"space":1,"thread":1,"comment":{"text":"aNUL"}}`,
			`POST /k/v1/preview/app.json {"name":"aNUL"}`,
			`PUT /k/v1/preview/app/settings.json {"app":1,"name":"aNUL"}`,
			`PUT /k/v1/preview/app/form/fields.json {"app":1,"properties":{"title":{"type":"SINGLE_LINE_TEXT","label":"aNUL"}}}`,
			`PUT /k/v1/preview/app/views.json {"app":1,"views":{"aNUL":{"index":0,"type":"LIST","name":"aNUL"}}}`,
			`PUT /k/v1/preview/app/notifications/perRecord.json {"app":1,"notifications":[{"filterCond":"","title":"aNUL","targets":[]}]}`,
			`PUT /k/v1/records.json {"app":1,"upsert":true,"records":[{"updateKey":{"field":"title","value":"aNUL"},"record":{}}]}`,
			`POST /k/v1/record.json {"app":1,"record":{"title":{"value":"aNUL"}}}`,
			`POST /k/v1/record.json {"app":1,"record":{"docs":{"value":[{"fileKey":"aNUL"}]}}}`,
			`POST /k/v1/bulkRequest.json {"requests":[{"method":"POST","api":"/k/v1/record.json","payload":{"app":1,"record":{"title":{"value":"aNUL"}}}}]}`,
			`POST /k/v1/record/comment.json {"app":1,"record":1,"comment":{"text":"aNUL"}}`,
			`GET /k/v1/records/cursor.json {"id":"aNUL"}`,
			`DELETE /k/v1/records/cursor.json {"id":"aNUL"}`,
			`GET /k/v1/records.json {"app":1,"query":"title like \"aNUL\""}`,
			`POST /v1/csv/user.json {"fileKey":"aNUL"}`,
			`PUT /v1/users.json {"users":[{"code":"root","description":"aNUL"}]}`,
		} {
			method, rest, _ := strings.Cut(call, " ")
			path, body, _ := strings.Cut(rest, " ")
			a := s.call("root", method+" "+path, strings.ReplaceAll(body, "NUL", `\u0000`))
			if a.Status != 400 {
				t.Errorf("%s: %s %.200s", call, a, a.Body)
			}
		}
		s.play([]step{{call: "PUT /k/v1/record.json", in: `{"app":1,"updateKey":{"field":"title","value":"a\u0000"},"record":{}}`, want: "404 GAIA_RE20"}}) // names nothing
		for _, path := range []string{"/k/v1/file.json?fileKey=", "/api/v1/thumbnail?size=150&fileKey=", "/k/v1/records/cursor.json?id="} {
			if a := s.call("root", "GET "+path+url.QueryEscape("a\x00"), ""); a.Status != 400 && a.Status != 404 {
				t.Errorf("%s: %s", path, a)
			}
		}
		// What only looks like it is text like any other.
		s.must("root", "POST /k/v1/record.json", `{"app":1,"record":{"title":{"value":"a\\u0000"}}}`)
		s.must("root", "PUT /k/v1/space.json", `{"id":1,"name":"a\\u0000"}`)
	})
}
