package server

import (
	"fmt"
	"strings"
	"testing"
)

// newRows makes app 1, in which aiko may do everything with record 1, only look at record 2, and does not know of record 3.
// Each has a status whose action anybody may take, a file and a comment of root's.
func newRows(s *testSite) {
	s.World.User("aiko")
	s.define("rows", `"title":{"type":"SINGLE_LINE_TEXT","code":"title"},"no":{"type":"SINGLE_LINE_TEXT","code":"no","unique":true},"docs":{"type":"FILE","code":"docs"},
		"lines":{"type":"SUBTABLE","code":"lines","fields":{"part":{"type":"SINGLE_LINE_TEXT","code":"part"}}}`)
	s.must("root", "PUT /k/v1/preview/app/status.json", `{"app":1,"enable":true,"states":{"new":{"index":0,"assignee":{"type":"ONE","entities":[]}},"done":{"index":1,"assignee":{"type":"ONE","entities":[]}}},
		"actions":[{"name":"finish","from":"new","to":"done"}]}`)
	s.must("root", "PUT /api/v1/preview/app/categories", `{"app":1,"enabled":true,"categories":{"cat":{"name":"cat","index":0,"children":{}}}}`)
	right := func(filter, rights string) string {
		return `{"filterCond":"` + filter + `","entities":[{"entity":{"type":"USER","code":"root"},"viewable":true,"editable":true,"deletable":true},{"entity":{"type":"GROUP","code":"everyone"}` + rights + `}]}`
	}
	s.must("root", "PUT /k/v1/preview/record/acl.json", `{"app":1,"rights":[`+right(`title = \"closed\"`, `,"viewable":false,"editable":false,"deletable":false`)+`,`+right(`title = \"fixed\"`, `,"viewable":true,"editable":false,"deletable":false`)+`]}`)
	s.deploy("1")
	for i, title := range []string{"open", "fixed", "closed"} {
		key := s.upload("root", "a.txt", "text/plain", "x").fileKey()
		s.must("root", "POST /k/v1/record.json", fmt.Sprintf(`{"app":1,"record":{"title":{"value":%q},"no":{"value":"N%d"},"docs":{"value":[{"fileKey":%q}]}}}`, title, i+1, key))
		s.must("root", "POST /k/v1/record/comment.json", fmt.Sprintf(`{"app":1,"record":%d,"comment":{"text":"of root"}}`, i+1))
	}
}

// Attack case 10: nothing is done with a record outside of the caller's condition, by whatever way, and what is done
// together with it is undone.
func TestRowsOutsideTheConditionStayAsTheyAre(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		newRows(s)
		const first = `{"id":1,"record":{"title":{"value":"moved"}}}`
		for _, who := range []string{"aiko", "session aiko"} {
			for _, n := range []int{2, 3} {
				of := func(format string) string { return strings.ReplaceAll(format, "#", fmt.Sprint(n)) }
				refused := [...]string{2: "403 CB_NO02", 3: "404 GAIA_RE01"}[n]
				for _, tc := range []struct{ call, in, want string }{
					{"PUT /k/v1/record.json", `{"app":1,"id":#,"record":{"title":{"value":"open"}}}`, refused},
					{"PUT /k/v1/record.json", `{"app":1,"id":#,"record":{}}`, refused},
					{"PUT /k/v1/record.json", `{"app":1,"id":#,"revision":77,"record":{}}`, refused},
					{"PUT /k/v1/record.json", `{"app":1,"id":#,"record":{"docs":{"value":[]}}}`, refused},
					{"PUT /k/v1/record.json", `{"app":1,"id":#,"record":{"lines":{"value":[{"value":{"part":{"value":"x"}}}]}}}`, refused},
					{"PUT /k/v1/record.json", `{"app":1,"updateKey":{"field":"no","value":"N#"},"record":{"title":{"value":"open"}}}`, ""},
					{"PUT /k/v1/records.json", `{"app":1,"records":[` + first + `,{"id":#,"record":{"title":{"value":"open"}}}]}`, refused},
					{"PUT /k/v1/records.json", `{"app":1,"upsert":true,"records":[` + first + `,{"updateKey":{"field":"no","value":"N#"},"record":{"title":{"value":"open"}}}]}`, ""},
					{"DELETE /k/v1/records.json", `{"app":1,"ids":[1,#]}`, refused},
					{"DELETE /k/v1/records.json", `{"app":1,"ids":[#],"revisions":[77]}`, refused},
					{"PUT /k/v1/record/status.json", `{"app":1,"id":#,"action":"finish","revision":77}`, [...]string{2: "409 GAIA_CO02", 3: refused}[n]}, // who sees it may act on it
					{"PUT /k/v1/records/status.json", `{"app":1,"records":[{"id":1,"action":"finish"},{"id":#,"action":"none"}]}`, [...]string{2: "400 GAIA_IL03", 3: refused}[n]},
					{"PUT /k/v1/record/assignees.json", `{"app":1,"id":#,"assignees":["aiko"]}`, ""},
					{"POST /api/v1/record/revert", `{"app":1,"record":#,"revision":1}`, ""},
					{"POST /k/v1/bulkRequest.json", bulkOf("PUT /k/v1/record.json", `{"app":1,`+first[1:len(first)-1]+`}`, "POST /k/v1/record.json", `{"app":1}`, "PUT /k/v1/record.json", of(`{"app":1,"id":#,"record":{"title":{"value":"open"}}}`)), refused},
					{"POST /k/v1/bulkRequest.json", bulkOf("PUT /k/v1/record.json", `{"app":1,`+first[1:len(first)-1]+`}`, "DELETE /k/v1/records.json", of(`{"app":1,"ids":[#]}`)), refused},
					{"PUT /api/v1/record/categories", `{"app":1,"id":#,"categories":["cat"]}`, refused},
					{"DELETE /k/v1/record/comment.json", `{"app":1,"record":#,"comment":#}`, ""},
				} {
					if tc.want == "" { // what is told may depend on what is asked for first, but not that it is refused
						if a := s.call(who, tc.call, of(tc.in)); a.Status < 400 || a.Status > 409 {
							t.Errorf("%s %s as %s: %s %s", tc.call, of(tc.in), who, a, a.Body)
						}
						continue
					}
					s.play([]step{{who: who, call: tc.call, in: of(tc.in), want: tc.want}})
				}
			}
			// What is not known of is neither read, nor talked about, nor shared, nor listed.
			s.play([]step{
				{who: who, call: "POST /k/v1/record/comment.json", in: `{"app":1,"record":3,"comment":{"text":"x"}}`, want: "404 GAIA_RE01"},
				{who: who, call: "POST /api/v1/record/comment", in: `{"app":1,"record":3,"comment":{"text":"x","lane":"shared"}}`, want: "404 GAIA_RE01"},
				{who: who, call: "POST /api/v1/share", in: `{"app":1,"record":3,"fields":["title"]}`, want: "404 GAIA_RE01"},
				{who: who, call: "GET /k/v1/records.json?app=1&totalCount=true", has: []string{`"totalCount":"2"`}, lacks: []string{"closed"}},
				{who: who, call: "GET /api/v1/records/count?app=1", has: []string{`"count":2`}},
				{who: who, call: "POST /api/v1/report/data", in: `{"app":1,"report":{"chartType":"PIE","groups":[{"code":"title"}],"aggregations":[{"type":"COUNT"}]}}`, lacks: []string{"closed"}},
			})
			s.play([]step{
				{call: "GET /k/v1/records.json", in: `{"app":1,"query":"order by $id asc","totalCount":true}`,
					has: []string{`"totalCount":"3"`, `"value":"open"`, `"value":"fixed"`, `"value":"closed"`}, lacks: []string{"moved", "done", `"__REVISION__","value":"2"`}},
				{call: "GET /k/v1/record/comments.json?app=1&record=3", has: []string{"of root"}},
				{call: "GET /api/v1/trash?app=1", has: []string{`"records":[]`}},
			})
		}
	})
}

// Attack case 10: a record that a rule takes away while it lies in the trash does not come back by who may not see it, and
// one that its writer would lose is told as the rules say.
func TestTheTrashKeepsToRowRules(t *testing.T) {
	scenario(t, func(s *testSite) {
		newRows(s)
		s.must("root", "DELETE /k/v1/records.json", `{"app":1,"ids":[1,2,3]}`)
	}, []step{
		{who: "aiko", call: "GET /api/v1/trash?app=1", lacks: []string{"closed", "fixed", `"id":"2"`, `"id":"3"`}},
		{who: "aiko", call: "POST /api/v1/trash/restore", in: `{"app":1,"ids":[1,3]}`, want: "404 GAIA_RE01"},
		{who: "session aiko", call: "POST /api/v1/trash/restore", in: `{"app":1,"ids":[3]}`, want: "404 GAIA_RE01"},
		{who: "aiko", call: "POST /api/v1/trash/restore", in: `{"app":1,"ids":[1]}`},
		{call: "GET /k/v1/records.json?app=1&totalCount=true", has: []string{`"totalCount":"1"`}},
	})
}

// Attack case 9: a field that may not be written is not written by its label, by the copies of a lookup, by a default, or
// by what comes with another right, whatever the credential.
func TestFieldsThatMayNotBeWritten(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.World.User("aiko")
		s.define("goods", `"code":{"type":"SINGLE_LINE_TEXT","code":"code","unique":true},"price":{"type":"NUMBER","code":"price"}`)
		s.must("root", "POST /k/v1/record.json", `{"app":1,"record":{"code":{"value":"A"},"price":{"value":"77"}}}`)
		s.define("orders", `"title":{"type":"SINGLE_LINE_TEXT","code":"title"},"limit_":{"type":"NUMBER","code":"limit_","label":"Limit","defaultValue":"5"},"price":{"type":"NUMBER","code":"price"},"docs":{"type":"FILE","code":"docs"},
			"no":{"type":"SINGLE_LINE_TEXT","code":"no","unique":true},
			"rows":{"type":"SUBTABLE","code":"rows","fields":{"part":{"type":"SINGLE_LINE_TEXT","code":"part"},"each":{"type":"NUMBER","code":"each"},"scan":{"type":"FILE","code":"scan"}}},
			"item":{"type":"SINGLE_LINE_TEXT","code":"item","lookup":{"relatedApp":{"app":"1"},"relatedKeyField":"code","fieldMappings":[{"field":"price","relatedField":"price"}],"lookupPickerFields":[],"filterCond":"","sort":""}}`)
		s.must("root", "PUT /k/v1/preview/field/acl.json", `{"app":2,"rights":[`+readOnlyFor("limit_")+`,`+readOnlyFor("price")+`,`+readOnlyFor("docs")+`,`+readOnlyFor("each")+`,`+readOnlyFor("scan")+`]}`)
		s.deploy("2")
		key := func(who string) string { return s.upload(who, "a.txt", "text/plain", "x").fileKey() }
		s.must("root", "POST /k/v1/record.json", `{"app":2,"record":{"limit_":{"value":"1"},"no":{"value":"N1"},"docs":{"value":[{"fileKey":"`+key("root")+`"}]},"rows":{"value":[{"value":{"part":{"value":"p"},"each":{"value":"2"}}}]}}}`)
		before := string(s.call("root", "GET /k/v1/record.json?app=2&id=1", "").Body)
		for _, who := range []string{"aiko", "session aiko"} {
			for _, tc := range []struct{ record, want string }{
				{`{"limit_":{"value":"9"}}`, "403 GAIA_FU01"},
				{`{"limit_":{"value":""}}`, "403 GAIA_FU01"},
				{`{"limit_":{"value":null}}`, "403 GAIA_FU01"},
				{`{"limit_":{}}`, ""},
				{`{"docs":{"value":[]}}`, "403 GAIA_FU01"},
				{`{"docs":{"value":[{"fileKey":"` + key("aiko") + `"}]}}`, "403 GAIA_FU01"},
				{`{"item":{"value":"A"}}`, "403 GAIA_FU01"},
				{`{"rows":{"value":[{"id":"1","value":{"each":{"value":"9"}}}]}}`, "403 GAIA_FU01"},
				{`{"rows":{"value":[{"id":"1","value":{"scan":{"value":[{"fileKey":"` + key("aiko") + `"}]}}}]}}`, "403 GAIA_FU01"},
			} {
				for _, way := range []struct{ call, format string }{
					{"PUT /k/v1/record.json", `{"app":2,"id":1,"record":%s}`},
					{"PUT /k/v1/record.json", `{"app":2,"updateKey":{"field":"no","value":"N1"},"record":%s}`},
					{"PUT /k/v1/records.json", `{"app":2,"records":[{"id":1,"record":%s}]}`},
					{"PUT /k/v1/records.json", `{"app":2,"upsert":true,"records":[{"updateKey":{"field":"no","value":"N1"},"record":%s}]}`},
					{"PUT /k/v1/records.json", `{"app":2,"upsert":true,"records":[{"updateKey":{"field":"no","value":"N2"},"record":%s}]}`},
					{"POST /k/v1/record.json", `{"app":2,"record":%s}`},
					{"POST /k/v1/records.json", `{"app":2,"records":[{},%s]}`},
					{"POST /k/v1/bulkRequest.json", `{"requests":[{"method":"PUT","api":"/k/v1/record.json","payload":{"app":2,"id":1,"record":%s}}]}`},
				} {
					if got := s.call(who, way.call, fmt.Sprintf(way.format, tc.record)); tc.want != "" && got.String() != tc.want {
						t.Errorf("%s with %s as %s: %s %s", way.call, tc.record, who, got, got.Body)
					}
				}
			}
			// By its label it is no field; what she adds has the default.
			for _, label := range []string{"Limit", "LIMIT_", " limit_", "limit_ ", "rows.each", "f_6", "$limit_"} {
				s.call(who, "PUT /k/v1/record.json", fmt.Sprintf(`{"app":2,"id":1,"record":{%q:{"value":"9"}}}`, label))
			}
			out := s.must(who, "POST /k/v1/record.json", `{"app":2}`)
			s.play([]step{{call: fmt.Sprintf("GET /k/v1/record.json?app=2&id=%s", out["id"]), has: []string{`"limit_":{"type":"NUMBER","value":"5"}`}}})
		}
		after := string(s.call("root", "GET /k/v1/record.json?app=2&id=1", "").Body)
		for _, part := range []string{`"limit_":{"type":"NUMBER","value":"1"}`, `"each":{"type":"NUMBER","value":"2"}`} {
			if !strings.Contains(compact([]byte(before)), part) || !strings.Contains(compact([]byte(after)), part) {
				t.Errorf("before %s\nafter %s\nwant %s in both", before, after, part)
			}
		}
	})
}
