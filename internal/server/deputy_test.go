package server

import "testing"

// A deputy takes turns in the name of who is away, sees what he might see anyway, and the history tells.
func TestDeputies(t *testing.T) {
	name := func(who, deputy, from, until string) step {
		return step{who: who, call: "PUT /api/v1/me/deputy", in: `{"deputy":"` + deputy + `","from":"` + from + `","until":"` + until + `"}`}
	}
	mine := step{who: "eri", call: "GET /k/v1/records.json", in: `{"app":1,"query":"作業者 in (LOGINUSER())","totalCount":true}`}
	edit := step{who: "eri", call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"title":{"value":"x"}}}`}
	scenario(t, func(s *testSite) {
		newFlow(s)
		s.must("root", statusCall, `{"app":1,"states":{"申請":{"index":0},"上長":{"index":1,"assigneeOnlyEdit":true},"役員":{"index":2},"経理":{"index":3},"完了":{"index":4}}}`)
		s.deploy("1")
		for range 2 {
			s.must("aiko", "POST /k/v1/record.json", bossBen)
		}
		s.must("aiko", "PUT /k/v1/record/status.json", `{"app":1,"id":1,"action":"申請する","assignee":"ben"}`)
	}, []step{
		name("ben", "ghost", "2026", "").but("400 CB_VA01 deputy=代理になれるユーザー「ghost」が見つかりません。 from=日付は 2026-04-01 のように入力してください。 until=日付は 2026-04-01 のように入力してください。"),
		name("ben", "ben", "2001-01-01", "2001-01-01").but("400 CB_VA01 deputy=代理には自分以外のユーザーを指定してください。"),
		name("ben", "eri", "2001-01-02", "2001-01-01").but("400 CB_VA01 until=終了日は開始日以降にしてください。"),
		act("eri", 1, "承認", "").but("403 GAIA_NT01"),
		// Not before, not after.
		name("ben", "eri", "2001-01-01", "2001-01-31").with(`{"deputy":{"code":"eri","name":"eri"},"from":"2001-01-01","until":"2001-01-31","for":[]}`),
		act("eri", 1, "承認", "").but("403 GAIA_NT01"),
		mine.with(`"totalCount":"0"`),
		edit.but("403 CB_NO02"),
		name("ben", "eri", "2001-01-01", "2999-12-31"),
		{who: "eri", call: "GET /api/v1/me/deputy", has: []string{`{"deputy":null,"from":"","until":"","for":[{"user":{"code":"ben","name":"ben"},"from":"2001-01-01","until":"2999-12-31"}]}`}},
		mine.with(`"totalCount":"1"`),
		edit,
		{who: "eri", call: "GET /api/v1/record/actions?app=1&id=1", has: []string{`{"name":"承認","to":"役員","type":"PRIMARY","for":{"code":"ben","name":"ben"},"last":true,"candidates":[]}`, `"mayAssign":true`}},
		// A deputy's deputy is none.
		name("eri", "dan", "2001-01-01", "2999-12-31"),
		act("dan", 1, "承認", "").but("403 GAIA_NT01"),
		act("eri", 1, "承認", ""),
		{who: "aiko", call: "GET /api/v1/record/history?app=1&record=1", has: []string{`"by":{"code":"eri","name":"eri"},"kind":"status"`, `"action":{"name":"承認","from":"上長","to":"役員","for":{"code":"ben","name":"ben"}}`}},
		// One person may act for himself and for another, each once.
		name("chie", "dan", "2001-01-01", "2999-12-31"),
		act("dan", 1, "承認", ""),
		stands(1, "役員", "chie"),
		act("dan", 1, "承認", ""),
		stands(1, "経理", "eri", "ben"),
		name("ben", "", "", "").with(`{"deputy":null,"from":"","until":"","for":[]}`),
		act("aiko", 2, "申請する", "ben"),
		act("eri", 2, "差し戻し", "").but("403 GAIA_NT01"),
	})
}
