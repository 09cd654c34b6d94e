package server

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Attack case 69: a hundred of which one is wrong, wherever it stands and whatever is done, are not done at all.
func TestOneBadRowOfAHundred(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.define("one", dealForm)
		s.define("two", dealForm)
		s.must("root", "POST /k/v1/records.json", `{"app":1,"records":[{}`+strings.Repeat(",{}", 99)+`]}`)
		list := func(at int, good, bad string) string {
			rows := make([]string, 100)
			for i := range rows {
				rows[i] = strings.ReplaceAll(good, "#", fmt.Sprint(i+1))
			}
			rows[at] = strings.ReplaceAll(bad, "#", fmt.Sprint(at+1))
			return strings.Join(rows, ",")
		}
		for _, at := range []int{0, 57, 99} {
			for _, tc := range []struct{ call, body, good, bad string }{
				{"POST /k/v1/records.json", `{"app":1,"records":[%s]}`, `{"title":{"value":"x"}}`, `{"n":{"value":"no number"}}`},
				{"POST /k/v1/records.json", `{"app":1,"records":[%s]}`, `{"title":{"value":"x"}}`, `{"title":[]}`},
				{"PUT /k/v1/records.json", `{"app":1,"records":[%s]}`, `{"id":#,"record":{"title":{"value":"x"}}}`, `{"id":#,"record":{"n":{"value":"no number"}}}`},
				{"PUT /k/v1/records.json", `{"app":1,"records":[%s]}`, `{"id":#,"record":{"title":{"value":"x"}}}`, `{"id":#,"revision":7,"record":{}}`},
				{"PUT /k/v1/records.json", `{"app":1,"records":[%s]}`, `{"id":#,"record":{"title":{"value":"x"}}}`, `{"id":777,"record":{}}`},
				{"PUT /k/v1/records.json", `{"app":1,"upsert":true,"records":[%s]}`, `{"updateKey":{"field":"no","value":"#"},"record":{}}`, `{"updateKey":{"field":"no","value":"#"},"record":{"n":{"value":"no number"}}}`},
				{"DELETE /k/v1/records.json", `{"app":1,"ids":[%s]}`, `#`, `777`},
			} {
				if a := s.call("root", tc.call, fmt.Sprintf(tc.body, list(at, tc.good, tc.bad))); a.Status < 400 || a.Status > 409 {
					t.Errorf("%s, the %d.: %s %.300s", tc.call, at+1, a, a.Body)
				}
			}
		}
		// Nineteen requests of two apps, and a twentieth that fails.
		var many []string
		for i := range 19 {
			many = append(many, "POST /k/v1/records.json", fmt.Sprintf(`{"app":%d,"records":[%s]}`, 1+i%2, list(0, `{}`, `{}`)))
		}
		a := s.call("root", "POST /k/v1/bulkRequest.json", bulkOf(append(many, "PUT /k/v1/record.json", `{"app":2,"id":99999,"record":{}}`)...))
		if a.String() != "404 GAIA_RE01" {
			t.Errorf("a bulk request: %s", a)
		}
		s.play([]step{
			{call: "GET /k/v1/records.json", in: `{"app":1,"totalCount":true,"query":"limit 500"}`, has: []string{`"totalCount":"100"`}, lacks: []string{`"value":"x"`, `"__REVISION__","value":"2"`}},
			{call: "GET /k/v1/records.json?app=2&totalCount=true", has: []string{`"totalCount":"0"`}},
			{call: "GET /api/v1/trash?app=1", has: []string{`"records":[]`}},
		})
	})
}

// Attack cases 55 and 57: nobody is shown what a webhook's target answers, nor a webhook's secret a second time.
func TestTargetsAreNotShown(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.World.User("aiko")
		target := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Kakushi", "kakushi_header")
			w.WriteHeader(http.StatusTeapot)
			_, _ = io.WriteString(w, "kakushi_body")
		}))
		closed := httptest.NewServer(http.NotFoundHandler())
		closed.Close()
		s.define("one", `"title":{"type":"SINGLE_LINE_TEXT","code":"title"}`)
		var secrets []string
		for _, url := range []string{target.URL, closed.URL} {
			out := s.must("root", "POST /api/v1/app/webhooks", fmt.Sprintf(`{"app":1,"url":%q,"events":["ADD_RECORD"]}`, url))
			secrets = append(secrets, out["secret"].(string))
		}
		s.must("root", "POST /k/v1/record.json", `{"app":1}`)
		s.drain()
		target.Close()
		for _, who := range []string{"root", "aiko", "session root"} {
			for _, call := range []string{"GET /api/v1/app/webhooks?app=1", "GET /api/v1/app/webhooks/deliveries?app=1&id=1", "GET /api/v1/app/webhooks/deliveries?app=1&id=2", "GET /api/v1/notifications"} {
				a := s.call(who, call, "")
				for _, word := range append(secrets, "kakushi", "connection refused", "dial tcp", "connect:") {
					if strings.Contains(string(a.Body)+fmt.Sprint(a.Header), word) {
						t.Errorf("%s as %s: %q in %s", call, who, word, a.Body)
					}
				}
				if who == "aiko" && strings.Contains(call, "webhooks") && a.String() != "403 CB_NO02" {
					t.Errorf("%s as aiko: %s", call, a)
				}
			}
		}
		s.play([]step{
			{call: "GET /api/v1/app/webhooks/deliveries?app=1&id=1", has: []string{`"outcome":"answered"`, `"status":"418"`}},
			{call: "GET /api/v1/app/webhooks/deliveries?app=1&id=2", has: []string{`"outcome":"unreachable"`, `"status":null`}},
		})
	})
}

// Attack case 84: actions by whom they are not for, on what has changed, of what is gone; each refusal leaves everything as it
// was, and what was done is in the history.
func TestActionsThatAreRefused(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		newFlow(s)
		s.must("aiko", "POST /k/v1/record.json", bossBen)
		s.must("aiko", "PUT /k/v1/record/status.json", `{"app":1,"id":1,"action":"申請する","assignee":"ben"}`)
		// Nobody sees n but root: a condition that names it is asked all the same.
		s.must("root", "PUT /k/v1/field/acl.json", `{"app":1,"rights":[{"code":"n","entities":[{"accessibility":"WRITE","entity":{"type":"USER","code":"root"}}]}]}`)
		for _, who := range []string{"aiko", "session aiko", "chie", "root"} {
			s.play([]step{act(who, 1, "承認", "").but("403 GAIA_NT01"), act(who, 1, "支払", "").but("400 GAIA_IL03"), stands(1, "上長", "ben")})
		}
		s.play([]step{
			{who: "ben", call: "PUT /k/v1/record/status.json", in: `{"app":1,"id":1,"action":"承認","revision":1}`, want: "409 GAIA_CO02"},
			{who: "nobody", call: "PUT /k/v1/record/status.json", in: `{"app":1,"id":1,"action":"承認"}`, want: "401 CB_AU01"},
			{who: "ben", call: "PUT /k/v1/record/status.json", in: `{"app":1,"id":1,"action":"承認","assignee":"ghost"}`, want: "400 GAIA_SA04"},
			{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"n":{"value":"100"}}}`},
			act("ben", 1, "承認", "").but("400 GAIA_IL03"), // the condition holds for who cannot see it
			{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"n":{"value":"5"}}}`},
			stands(1, "上長", "ben"),
			// Whose turn it is is deleted: it is not everybody's, and a manager passes it on.
			{call: "DELETE /v1/users.json", in: `{"codes":["ben"]}`},
			act("aiko", 1, "承認", "").but("403 GAIA_NT01"),
			act("root", 1, "承認", "").but("403 GAIA_NT01"),
			{who: "aiko", call: "PUT /k/v1/record/assignees.json", in: `{"app":1,"id":1,"assignees":["aiko"]}`, want: "403 CB_NO02"},
			{call: "PUT /k/v1/record/assignees.json", in: `{"app":1,"id":1,"assignees":["chie"]}`},
			act("chie", 1, "承認", ""),
			stands(1, "役員", "chie", "dan"),
			{who: "aiko", call: "GET /api/v1/record/history?app=1&record=1", has: []string{`"name":"承認","from":"上長","to":"役員"`, `"name":"申請する","from":"申請","to":"上長"`}, lacks: []string{`"支払"`}},
		})
	})
}
