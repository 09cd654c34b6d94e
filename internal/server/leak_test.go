package server

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// Nothing that somebody may not see is in any byte of any answer to him, whatever he asks, beyond the words that he said
// himself.
func TestNothingLeaks(t *testing.T) {
	eachLeakSite(t, func(t *testing.T, s *leakSite) {
		samples := s.samples()
		known := map[string]bool{}
		for _, r := range s.routeList() {
			call := r.Method + " " + r.Path
			known[call] = true
			if len(samples[call]) == 0 {
				t.Errorf("%s has no sample: add one to leak_sample_test.go", call)
			}
		}
		for call := range samples {
			if !known[call] {
				t.Errorf("a sample for %s, which is no route", call)
			}
		}
		s.testThePlant(samples)
		for _, who := range []struct {
			name   string
			secret *regexp.Regexp
		}{{"nobody", internalWord}, {"token other", internalWord}, {"aiko", hiddenWord}, {"session aiko", hiddenWord}} {
			for _, r := range s.routeList() {
				call := r.Method + " " + r.Path
				for _, sample := range samples[call] {
					s.search(who.name, call, sample, who.secret)
				}
			}
			for _, path := range []string{"/", "/login", "/k/", "/k/1/", "/k/2/", "/k/4/", "/k/1/show", "/k/1/edit", "/k/admin/app/flow?app=1", "/k/admin/app/flow?app=2", "/k/create/file", "/admin/users",
				"/admin/mails", "/s/none", "/s/" + s.links["narrow"], "/s/" + s.links["wide"], "/s/" + s.links["closed"], "/setup/none", "/healthz", "/readyz", "/k/v1/none.json", "/api/none"} {
				s.search(who.name, "GET "+path, "", who.secret)
			}
			s.drain() // what they did may tell them something, too
			for _, call := range []string{"GET /api/v1/notifications", "GET /api/v1/portal"} {
				s.search(who.name, call, "{}", who.secret)
			}
		}
		// What was tried has changed nothing that could not be seen.
		s.play([]step{
			{call: "GET /k/v1/record.json?app=1&id=1", has: []string{`"kakushi_later"`, `"8675309421"`, `"kakushi_option"`, `kakushi_attachment`, `kakushi_row_later`}},
			{call: "GET /k/v1/record.json?app=1&id=2", has: []string{`"kakushi_title"`, `"kakushi_value_2"`, `"__REVISION__","value":"1"`}},
			{call: "GET /k/v1/record.json?app=2&id=1", has: []string{`"kakushi_v"`, `"__REVISION__","value":"1"`}},
			{call: "GET /k/v1/records.json?app=2&totalCount=true", has: []string{`"totalCount":"1"`}},
		})
	})
}

// testThePlant makes sure that there is something to find: root finds it.
func (s *leakSite) testThePlant(samples map[string][]string) {
	s.T.Helper()
	for _, call := range []string{
		"GET /k/v1/record.json", "GET /k/v1/records.json", "GET /k/v1/record/comments.json", "GET /k/v1/file.json", "GET /api/v1/record/history", "GET /api/v1/record/comments",
		"GET /api/v1/trash", "GET /k/v1/app/form/fields.json", "GET /k/v1/preview/app/form/fields.json", "GET /k/v1/app/form/layout.json", "GET /k/v1/app/views.json",
		"GET /k/v1/app/settings.json", "GET /k/v1/app/status.json", "GET /k/v1/field/acl.json", "GET /k/v1/record/acl.json", "GET /k/v1/app.json", "GET /k/v1/apps.json", "GET /api/v1/app", "GET /api/v1/app/tokens", "GET /api/v1/app/webhooks",
		"GET /v1/users.json", "GET /api/v1/portal", "GET /api/v1/shares", "GET /api/v1/imports", "GET /api/v1/import", "GET /api/v1/export.csv", "POST /api/v1/share/preview",
		"GET /api/v1/app/fields/trash", "GET /api/v1/record/related", "GET /api/v1/lookup/candidates", "GET /k/v1/app/reports.json", "GET /api/v1/report/data", "POST /api/v1/report/data",
	} {
		found := false
		for _, sample := range samples[call] {
			path, body := call, sample
			if strings.HasPrefix(sample, "?") {
				path, body = call+sample, ""
			}
			found = found || hiddenWord.Match(s.call("root", path, body).Body)
		}
		if !found {
			s.T.Errorf("%s as root: nothing hidden in any answer, so this test proves nothing about it", call)
		}
	}
}

// told is what evaluating permissions tells of a field that cannot be seen: its code, as kintone does.
var told = regexp.MustCompile(`"\w+":\{"viewable":false,"editable":false\}`)

// search calls as somebody and looks for secrets in the answer.
func (s *leakSite) search(who, call, sample string, secret *regexp.Regexp) {
	s.T.Helper()
	said, body := call+" "+sample, sample
	if strings.HasPrefix(sample, "?") {
		call, body = call+sample, ""
	}
	ctx, cancel := s.T.Context(), context.CancelFunc(func() {})
	if strings.HasSuffix(strings.Split(call, "?")[0], "/events") {
		ctx, cancel = context.WithTimeout(ctx, 50*time.Millisecond) // these answers last
	}
	defer cancel()
	a := s.do(s.request(who, call, body).WithContext(ctx))
	if strings.HasSuffix(call, "/logout") {
		clear(s.logins)
	}
	if a.Status >= http.StatusInternalServerError {
		s.T.Errorf("%s %s as %s: %d %s", call, sample, who, a.Status, a.Body)
	}
	a.Body = told.ReplaceAll(a.Body, nil)
	for _, found := range secret.FindAllString(string(a.Body)+"\n"+fmt.Sprint(a.Header), -1) {
		if !slices.Contains(secret.FindAllString(said, -1), found) {
			s.T.Errorf("%s %s as %s: %q is in the answer, %d\n%.400s", call, sample, who, found, a.Status, around(string(a.Body), found))
		}
	}
}

func around(text, word string) string {
	i := max(strings.Index(text, word), 0)
	return text[max(0, i-150):min(len(text), i+150)]
}

// What is hidden is answered as what does not exist: same status, same words, but for the name that was asked for.
func TestHiddenIsLikeMissing(t *testing.T) {
	eachLeakSite(t, func(t *testing.T, s *leakSite) {
		s.alike("aiko", []twin{
			{"GET /k/v1/records.json", `{"app":1,"query":"NAME = 1"}`, "kakushi_number", "ghost"},
			{"GET /k/v1/records.json", `{"app":1,"query":"NAME like \"x\""}`, "kakushi_field", "ghost"},
			{"GET /k/v1/records.json", `{"app":1,"query":"order by NAME asc"}`, "kakushi_field", "ghost"},
			{"GET /k/v1/records.json", `{"app":1,"query":"NAME in (\"x\")"}`, "kakushi_part", "ghost"},
			{"GET /k/v1/records.json", `{"app":1,"query":"NAME in (\"x\")"}`, "kakushi_stage", "ghost"},
			{"GET /k/v1/records.json", `{"app":1,"query":"lines.NAME in (\"x\")"}`, "kakushi_part", "ghost"},
			{"GET /k/v1/records.json", `{"app":1,"query":"NAME = 1"}`, "kakushi_rows", "ghost"},
			{"POST /api/v1/report/data", `{"app":1,"report":{"chartType":"PIE","groups":[{"code":"NAME"}],"aggregations":[{"type":"COUNT"}]}}`, "kakushi_field", "ghost"},
			{"POST /api/v1/report/data", `{"app":1,"report":{"chartType":"PIE","aggregations":[{"type":"SUM","code":"NAME"}]}}`, "kakushi_number", "ghost"},
			{"POST /api/v1/report/data", `{"app":1,"report":{"chartType":"PIE","aggregations":[{"type":"COUNT"}],"filterCond":"NAME = 1"}}`, "kakushi_number", "ghost"},
			{"GET /api/v1/report/data", `{"app":1,"id":NAME}`, "2", "99"},
			{"GET /k/v1/records.json", `{"app":1,"fields":["$id","NAME"]}`, "kakushi_field", "ghost"},
			{"GET /k/v1/records.json", `{"app":1,"query":"$id = NAME","totalCount":true}`, "2", "99"},
			{"GET /api/v1/records/count", `{"app":1,"query":"NAME = 1"}`, "kakushi_number", "ghost"},
			{"GET /api/v1/record/neighbours", `{"app":1,"record":NAME}`, "2", "99"},
			{"GET /k/v1/record.json", `{"app":1,"id":NAME}`, "2", "99"},
			{"GET /k/v1/record/comments.json", `{"app":1,"record":NAME}`, "2", "99"},
			{"GET /api/v1/record/history", `{"app":1,"record":NAME}`, "2", "99"},
			{"POST /api/v1/record/revert", `{"app":1,"record":NAME,"revision":1}`, "2", "99"},
			{"PUT /k/v1/record.json", `{"app":1,"id":NAME,"record":{}}`, "2", "99"},
			{"PUT /k/v1/record.json", `{"app":1,"id":NAME,"revision":5,"record":{"title":{"value":[]}}}`, "2", "99"},
			{"PUT /k/v1/record.json", `{"app":1,"updateKey":{"field":"no","value":"NAME"},"record":{}}`, "N-closed", "ghost"},
			{"PUT /k/v1/record.json", `{"app":1,"updateKey":{"field":"NAME","value":"x"},"record":{}}`, "kakushi_field", "ghost"},
			{"PUT /k/v1/record.json", `{"app":1,"id":1,"record":{"NAME":{"value":"none of its values"}}}`, "kakushi_number", "ghost"},
			{"PUT /k/v1/record.json", `{"app":1,"id":1,"record":{"NAME":{"value":"none of its values"}}}`, "kakushi_stage", "ghost"},
			{"PUT /k/v1/record.json", `{"app":1,"id":1,"record":{"NAME":{"value":[{"fileKey":"none"}]}}}`, "kakushi_docs", "ghost"},
			{"POST /k/v1/record.json", `{"app":1,"record":{"NAME":{"value":"x"}}}`, "kakushi_link", "ghost"},
			{"DELETE /k/v1/records.json", `{"app":1,"ids":[NAME]}`, "2", "99"},
			{"POST /api/v1/trash/restore", `{"app":1,"ids":[NAME]}`, "3", "99"},
			{"POST /api/v1/record/draft", `{"app":1,"id":NAME,"record":{}}`, "2", "99"},
			{"GET /k/v1/file.json", `?fileKey=NAME`, s.files["visible kakushi_docs"], "ghost"},
			{"GET /k/v1/file.json", `?fileKey=NAME`, s.files["visible lines"], "ghost"},
			{"GET /k/v1/file.json", `?fileKey=NAME`, s.files["closed docs"], "ghost"},
			{"GET /k/v1/file.json", `?fileKey=NAME`, s.files["app 2"], "ghost"},
			{"GET /k/v1/file.json", `?fileKey=NAME`, s.files["thread"], "ghost"},
			{"GET /api/v1/thumbnail", `?size=150&fileKey=NAME`, s.files["closed docs"], "ghost"},
			{"GET /k/v1/records/cursor.json", `{"id":"NAME"}`, s.cursor, "ghost"},
			{"GET /api/v1/shares", `{"app":1,"record":NAME}`, "2", "99"},
			{"GET /api/v1/share/accesses", `{"id":NAME}`, s.shares["closed"], "99"},
			{"POST /api/v1/share", `{"app":1,"record":1,"fields":["NAME"]}`, "kakushi_field", "ghost"},
			{"GET /api/v1/import", `{"id":NAME}`, s.imp, "99"},
			{"GET /api/v1/shared", `?token=NAME`, s.links["closed"] + "x", "ghost"},
		})
	})
}

// twin is a call that names what is hidden, or what is missing, where NAME stands.
type twin struct{ call, sample, hidden, missing string }

var newIDs = regexp.MustCompile(`"(revision|id)":"\d+"`)

// alike fails for calls that tell somebody what is hidden from what is missing.
func (s *leakSite) alike(who string, list []twin) {
	s.T.Helper()
	for _, tc := range list {
		if tc.hidden == "" {
			s.T.Fatalf("%s %s: nothing is hidden", tc.call, tc.sample)
		}
		ask := func(name string) string {
			call, body := tc.call, strings.ReplaceAll(tc.sample, "NAME", name)
			if strings.HasPrefix(body, "?") {
				call, body = call+body, ""
			}
			a := s.call(who, call, body)
			text := requestID.ReplaceAllString(string(a.Body), "")
			if a.Status == http.StatusOK {
				text = newIDs.ReplaceAllString(text, "")
			}
			return fmt.Sprint(a.Status, " ", wholly(name).ReplaceAllString(text, "NAME"))
		}
		if hidden, missing := ask(tc.hidden), ask(tc.missing); hidden != missing {
			s.T.Errorf("%s %s:\n hidden %s\nmissing %s", tc.call, tc.sample, hidden, missing)
		}
	}
}

// wholly finds name where it is no part of a longer word. Random keys may begin or end with a dash, at which there is no edge of
// a word to look for.
func wholly(name string) *regexp.Regexp {
	edge := func(c byte) string {
		if c == '-' {
			return ""
		}
		return `\b`
	}
	return regexp.MustCompile(edge(name[0]) + regexp.QuoteMeta(name) + edge(name[len(name)-1]))
}
