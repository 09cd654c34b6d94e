package server

import (
	"strings"
	"testing"
)

// Attack case 8: in the records in which somebody does not see where they stand, or whose turn it is, there is no process for
// her, as there is none where she sees it in no record.
func TestProcessOfMaskedRecords(t *testing.T) {
	refused := func(n string) []step {
		secret := []string{"上長", "役員", "ben", "chie", "dan", "承認"}
		var list []step
		for _, tc := range []struct{ call, in string }{
			{"GET /api/v1/record/actions", `{"app":1,"id":#}`},
			{"PUT /k/v1/record/assignees.json", `{"app":1,"id":#,"assignees":["aiko"]}`},
			{"PUT /k/v1/record/status.json", `{"app":1,"id":#,"action":"取り下げ"}`},
			{"PUT /k/v1/record/status.json", `{"app":1,"id":#,"action":"none"}`},
			{"PUT /k/v1/records/status.json", `{"app":1,"records":[{"id":#,"action":"承認"}]}`},
			{"POST /k/v1/bulkRequest.json", bulkOf("PUT /k/v1/record/status.json", `{"app":1,"id":#,"action":"承認"}`)},
		} {
			list = append(list, step{who: "aiko", call: tc.call, in: strings.ReplaceAll(tc.in, "#", n), want: "403 CB_NO02", lacks: secret})
		}
		return list
	}
	for _, masked := range []string{"ステータス", "作業者"} {
		t.Run(masked, func(t *testing.T) {
			eachSite(t, func(t *testing.T, s *testSite) {
				newFlow(s)
				s.must("root", "PUT /k/v1/preview/app/acl.json", `{"app":1,"rights":[{"entity":{"type":"GROUP","code":"everyone"},"recordViewable":true,"recordAddable":true,"recordEditable":true,"appEditable":true}]}`)
				s.must("root", "PUT /k/v1/preview/field/acl.json", `{"app":1,"rights":[`+openTo(masked, `title = "open"`)+`]}`)
				s.deploy("1")
				for _, title := range []string{"open", "secret"} {
					s.must("aiko", "POST /k/v1/record.json", strings.Replace(bossBen, `"n":`, `"title":{"value":"`+title+`"},"n":`, 1))
				}
				s.play([]step{
					{call: "PUT /k/v1/records/status.json", in: `{"app":1,"records":[{"id":1,"action":"申請する","assignee":"ben"},{"id":2,"action":"申請する","assignee":"ben"}]}`},
					{who: "aiko", call: "GET /api/v1/record/actions?app=1&id=1", has: []string{`"status":"上長"`, `"assignees":[{"code":"ben","name":"ben"}]`, `"取り下げ"`, `"mayAssign":true`}},
				})
				s.play(refused("2"))
				s.play([]step{
					// Nothing of it was done. Who sees it goes on.
					stands(2, "上長", "ben"),
					{call: "PUT /k/v1/record/assignees.json", in: `{"app":1,"id":2,"assignees":["root"]}`},
					act("root", 2, "承認", ""),
				})
				s.play(refused("2"))
				s.play([]step{act("aiko", 1, "取り下げ", ""), stands(1, "申請")})
			})
		})
	}
}

// In whose name somebody acted tells whose turn it was.
func TestHistoryOfMaskedAssignees(t *testing.T) {
	const history = "GET /api/v1/record/history?app=1&record=1"
	scenario(t, func(s *testSite) {
		newFlow(s)
		s.must("root", "PUT /k/v1/preview/field/acl.json", `{"app":1,"rights":[`+openTo("作業者", `title = "open"`)+`]}`)
		s.deploy("1")
		s.must("aiko", "POST /k/v1/record.json", bossBen)
		s.must("root", "PUT /k/v1/record/status.json", `{"app":1,"id":1,"action":"申請する","assignee":"ben"}`)
		s.must("ben", "PUT /api/v1/me/deputy", `{"deputy":"root","from":"2001-01-01","until":"2999-12-31"}`)
		s.must("root", "PUT /k/v1/record/status.json", `{"app":1,"id":1,"action":"承認"}`)
	}, []step{
		{who: "aiko", call: history, has: []string{`"action":{"name":"承認","from":"上長","to":"役員","for":null}`}, lacks: []string{"ben"}},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"title":{"value":"open"}}}`},
		{who: "aiko", call: history, has: []string{`"action":{"name":"承認","from":"上長","to":"役員","for":{"code":"ben","name":"ben"}}`}},
	})
}

// A field that somebody does not see in a record offers her nobody to choose, and she cannot try who is in it: it becomes the
// turn of all whom it names.
func TestCandidatesOfHiddenFields(t *testing.T) {
	const actions = "GET /api/v1/record/actions?app=1&id="
	offered := func(n, people string) step {
		return step{who: "aiko", call: actions + n, has: []string{`{"name":"申請する","to":"上長","type":"PRIMARY","for":null,"last":true,"candidates":[` + people + `]}`}}
	}
	scenario(t, func(s *testSite) {
		newFlow(s)
		s.must("root", "PUT /k/v1/preview/field/acl.json", `{"app":1,"rights":[`+openTo("boss", `title = "open"`)+`]}`)
		s.deploy("1")
		for range 2 {
			s.must("root", "POST /k/v1/record.json", bossBen)
		}
		s.must("root", "POST /k/v1/record.json", `{"app":1,"record":{"title":{"value":"open"},"boss":{"value":[{"code":"ben"}]}}}`)
		s.must("root", "POST /k/v1/record.json", `{"app":1}`)
	}, []step{
		offered("1", ""), offered("4", ""), // whether it names anybody or not
		act("aiko", 1, "申請する", "ben").but("400 GAIA_SA04"),
		act("aiko", 1, "申請する", "eri").but("400 GAIA_SA04"),
		act("aiko", 4, "申請する", "ben").but("400 GAIA_SA04"),
		act("aiko", 1, "申請する", ""),
		stands(1, "上長", "ben", "chie"),
		act("chie", 1, "承認", ""),
		stands(1, "役員", "chie", "dan"),
		act("aiko", 4, "申請する", ""),
		stands(4, "上長"),
		offered("3", `{"code":"ben","name":"ben"}`),
		act("aiko", 3, "申請する", "").but("400 GAIA_SA01"),
		act("aiko", 3, "申請する", "ben"),
		// Beside it, others are offered.
		{call: statusCall, in: `{"app":1,"states":{"申請":{"index":0},"上長":{"index":1,"assignee":{"type":"ONE","entities":[{"entity":{"type":"FIELD_ENTITY","code":"boss"}},{"entity":{"type":"USER","code":"dan"}}]}},"役員":{"index":2},"経理":{"index":3},"完了":{"index":4}}}`},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`},
		offered("2", `{"code":"dan","name":"dan"}`),
		act("aiko", 2, "申請する", "").but("400 GAIA_SA01"),
		act("aiko", 2, "申請する", "ben").but("400 GAIA_IL26"),
		act("aiko", 2, "申請する", "eri").but("400 GAIA_IL26"),
		act("root", 2, "申請する", "ben"),
	})
}
