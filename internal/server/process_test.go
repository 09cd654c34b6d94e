package server

import (
	"fmt"
	"testing"
)

// flow is a process with every mode: 申請 -> 上長 (ONE of a field's) -> 役員 (ALL) -> 経理 (ANY) -> 完了.
const flow = `"enable":true,"states":{
	"申請":{"name":"申請","index":0,"assignee":{"type":"ONE","entities":[]}},
	"上長":{"name":"上長","index":1,"assignee":{"type":"ONE","entities":[{"entity":{"type":"FIELD_ENTITY","code":"boss"}}]}},
	"役員":{"name":"役員","index":2,"assignee":{"type":"ALL","entities":[{"entity":{"type":"USER","code":"chie"}},{"entity":{"type":"USER","code":"dan"}},{"entity":{"type":"USER","code":"chie"}}]}},
	"経理":{"name":"経理","index":"3","assignee":{"type":"ANY","entities":[{"entity":{"type":"USER","code":"eri"}},{"entity":{"type":"USER","code":"ben"}}]}},
	"完了":{"name":"完了","index":4,"assignee":{"type":"ONE","entities":[]}}},
	"actions":[
	{"name":"申請する","from":"申請","to":"上長"},
	{"name":"承認","from":"上長","to":"役員","filterCond":"n < 100"},
	{"name":"差し戻し","from":"上長","to":"申請"},
	{"name":"取り下げ","from":"上長","to":"申請","type":"SECONDARY","executableUser":{"entities":[{"entity":{"type":"FIELD_ENTITY","code":"作成者"}}]}},
	{"name":"承認","from":"役員","to":"経理"},
	{"name":"支払","from":"経理","to":"完了"}]`

// newFlow makes app 1 with a process, and people.
func newFlow(s *testSite) {
	for _, code := range []string{"aiko", "ben", "chie", "dan", "eri"} {
		s.World.User(code)
	}
	s.define("flow", `"title":{"type":"SINGLE_LINE_TEXT"},"n":{"type":"NUMBER"},"boss":{"type":"USER_SELECT"}`)
	s.must("root", "PUT /k/v1/preview/app/status.json", `{"app":1,`+flow+`}`)
	s.deploy("1")
}

// act takes an action on a record of app 1.
func act(who string, n int, action, assignee string) step {
	return step{who: who, call: "PUT /k/v1/record/status.json", in: fmt.Sprintf(`{"app":1,"id":%d,"action":%q,"assignee":%q}`, n, action, assignee)}
}

// stands says where a record of app 1 stands, and whose turn it is.
func stands(n int, status string, assignees ...string) step {
	list := ""
	for i, code := range assignees {
		if i > 0 {
			list += ","
		}
		list += fmt.Sprintf(`{"code":%q,"name":%q}`, code, code)
	}
	return step{call: fmt.Sprintf("GET /k/v1/record.json?app=1&id=%d", n),
		has: []string{fmt.Sprintf(`"ステータス":{"type":"STATUS","value":%q}`, status), `"作業者":{"type":"STATUS_ASSIGNEE","value":[` + list + `]}`}}
}

const bossBen = `{"app":1,"record":{"boss":{"value":[{"code":"ben"},{"code":"chie"}]},"n":{"value":5}}}`

// Source: kintone REST behaviour, status actions; kintone product behaviour, process management.
func TestProcess(t *testing.T) {
	scenario(t, newFlow, []step{
		{who: "aiko", call: "POST /k/v1/record.json", in: bossBen, has: []string{`{"id":"1","revision":"1"}`}},
		stands(1, "申請"),
		// Nobody is assigned, so anybody may act; one of the field's has to be chosen.
		act("aiko", 1, "申請する", "").but("400 GAIA_SA01").with("作業者を指定してください。"),
		act("aiko", 1, "申請する", "nobody").but("400 GAIA_IL26").with("指定したユーザー（code：nobody）が見つかりません。"),
		act("aiko", 1, "申請する", "eri").but("400 GAIA_IL26"),
		act("aiko", 1, "申請", "ben").but("400 GAIA_IL03").with("ステータスの変更に失敗しました。ほかのユーザーがステータス、またはステータスの設定を変更した可能性があります。"),
		act("aiko", 1, "支払", "").but("400 GAIA_IL03"),
		act("aiko", 1, "申請する", "ben").with(`{"revision":"3"}`),
		stands(1, "上長", "ben"),
		// Only the assignee goes on, where nobody may be chosen.
		act("chie", 1, "承認", "").but("403 GAIA_NT01").with("ステータスを変更できるのは作業者だけです。"),
		act("root", 1, "承認", "").but("403 GAIA_NT01"),
		act("ben", 1, "承認", "chie").but("400 GAIA_SA04").with("このアクションでは作業者を指定できません。"),
		{who: "ben", call: "PUT /k/v1/record/status.json", in: `{"app":1,"id":1,"action":"承認","revision":1}`, want: "409 GAIA_CO02"},
		// An action whose condition does not hold is not there.
		{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"n":{"value":"100"}}}`, has: []string{`{"revision":"4"}`}},
		act("ben", 1, "承認", "").but("400 GAIA_IL03"),
		{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"n":{"value":"99"}}}`},
		act("ben", 1, "承認", "").with(`{"revision":"7"}`),
		// All of them have to act, each once.
		stands(1, "役員", "chie", "dan"),
		act("dan", 1, "承認", "").with(`{"revision":"9"}`),
		stands(1, "役員", "chie"),
		act("dan", 1, "承認", "").but("403 GAIA_NT01"),
		{who: "aiko", call: "GET /api/v1/record/actions?app=1&id=1", has: []string{
			`"status":"役員"`, `"mode":"ALL"`, `"progress":[{"user":{"code":"chie","name":"chie"},"action":"","by":null,"at":null},{"user":{"code":"dan","name":"dan"},"action":"承認","by":{"code":"dan","name":"dan"},"at":"20`,
			`"actions":[]`, `"mayAssign":false`}},
		{who: "chie", call: "GET /api/v1/record/actions?app=1&id=1", has: []string{
			`"actions":[{"name":"承認","to":"経理","type":"PRIMARY","for":null,"last":true,"candidates":[]}]`, `"mayAssign":true`, `"assignees":[{"code":"chie","name":"chie"}]`}},
		act("chie", 1, "承認", ""),
		// Any of them: the first wins.
		stands(1, "経理", "eri", "ben"),
		act("ben", 1, "支払", ""),
		stands(1, "完了"),
		act("eri", 1, "支払", "").but("400 GAIA_IL03"),
		{who: "aiko", call: "GET /api/v1/record/history?app=1&record=1", has: []string{
			`"revision":"13"`, `"kind":"status","changes":[{"code":"ステータス","label":"ステータス","type":"STATUS","old":"経理","new":"完了"}`,
			`"action":{"name":"支払","from":"経理","to":"完了","for":null}`, `"action":{"name":"承認","from":"役員","to":"役員","for":null}`}},

		// Back to the start, and by others than the assignee.
		{who: "aiko", call: "POST /k/v1/record.json", in: bossBen},
		act("aiko", 2, "申請する", "ben"),
		{who: "aiko", call: "GET /api/v1/record/actions?app=1&id=2", has: []string{`"actions":[{"name":"取り下げ","to":"申請","type":"SECONDARY","for":null,"last":true,"candidates":[]}]`}},
		act("ben", 2, "取り下げ", "").but("403 GAIA_NT01"),
		act("aiko", 2, "取り下げ", ""),
		stands(2, "申請"),
		act("ben", 2, "申請する", "chie"),
		act("chie", 2, "差し戻し", ""),
		stands(2, "申請"),
		// Nobody to choose from: it is everybody's turn, and nobody may be named.
		{who: "aiko", call: "POST /k/v1/record.json", in: `{"app":1,"record":{}}`},
		act("aiko", 3, "申請する", "ben").but("400 GAIA_SA04"),
		act("aiko", 3, "申請する", ""),
		stands(3, "上長"),
		act("eri", 3, "差し戻し", ""),

		// What records.json finds, and what it does not take.
		{call: `GET /k/v1/records.json?app=1&query=%E3%82%B9%E3%83%86%E3%83%BC%E3%82%BF%E3%82%B9%20%3D%20%22%E5%AE%8C%E4%BA%86%22&totalCount=true`, has: []string{`"totalCount":"1"`}},
		{call: "GET /k/v1/records.json", in: `{"app":1,"query":"ステータス in (\"申請\") order by ステータス desc, $id asc","totalCount":true}`, has: []string{`"totalCount":"2"`}},
		{call: "GET /k/v1/records.json", in: `{"app":1,"query":"order by ステータス desc limit 1"}`, has: []string{`"value":"完了"`}},
		{call: "GET /k/v1/records.json", in: `{"app":1,"query":"ステータス = \"なし\""}`, want: "400 GAIA_IQ10"},
		{call: "GET /k/v1/records.json", in: `{"app":1,"query":"ステータス like \"申請\""}`, want: "400 GAIA_IQ03"},
		{call: "GET /k/v1/records.json", in: `{"app":1,"query":"作業者 = \"ben\""}`, want: "400 GAIA_IQ03"},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"ステータス":{"value":"完了"}}}`, want: "400 GAIA_UN10", has: []string{"STATUS"}},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"ステータス":{"value":"申請"}}}`, want: "400 GAIA_UN10"},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"作業者":{"value":[]}}}`, want: "400 GAIA_UN10", has: []string{"STATUS_ASSIGNEE"}},

		// The trash and old revisions leave it alone.
		act("aiko", 2, "申請する", "ben"),
		{call: "DELETE /k/v1/records.json", in: `{"app":1,"ids":[2]}`},
		{call: "POST /api/v1/trash/restore", in: `{"app":1,"ids":[2]}`},
		stands(2, "上長", "ben"),
		{call: "POST /api/v1/record/revert", in: `{"app":1,"record":2,"revision":1}`},
		stands(2, "上長", "ben"),

		{call: "PUT /k/v1/record/status.json", in: `{"app":1}`, want: "400 CB_VA01 action=必須です。 id=必須です。"},
		{call: "PUT /k/v1/record/status.json", in: `{"app":1,"id":99,"action":"x"}`, want: "404 GAIA_RE01"},
		{call: "GET /api/v1/record/actions?app=1&id=99", want: "404 GAIA_RE01"},
	})
}

// Source: kintone REST API, "Update Multiple Records' Statuses", "Update Assignees", "Bulk Request".
func TestProcessInBulk(t *testing.T) {
	many := `{"app":1,"records":[{"id":1,"action":"申請する"}`
	for range 100 {
		many += `,{"id":1,"action":"申請する"}`
	}
	scenario(t, func(s *testSite) {
		newFlow(s)
		for range 3 {
			s.must("aiko", "POST /k/v1/record.json", bossBen)
		}
	}, []step{
		{who: "aiko", call: "PUT /k/v1/records/status.json", in: `{"app":1,"records":[{"id":1,"action":"申請する","assignee":"ben"},{"id":2,"action":"申請する","assignee":"chie","revision":1}]}`,
			has: []string{`{"records":[{"id":"1","revision":"3"},{"id":"2","revision":"3"}]}`}},
		// All or nothing.
		{who: "ben", call: "PUT /k/v1/records/status.json", in: `{"app":1,"records":[{"id":1,"action":"差し戻し"},{"id":2,"action":"差し戻し"}]}`, want: "403 GAIA_NT01"},
		stands(1, "上長", "ben"),
		{call: "PUT /k/v1/records/status.json", in: many + `]}`, want: "400 CB_VA01 records=一度に100件までのレコードを更新できます。"},
		{call: "PUT /k/v1/records/status.json", in: `{"app":1,"records":[{"id":1},{"action":"x"}]}`, want: "400 CB_VA01 records[0].action=必須です。 records[1].id=必須です。"},
		{call: "PUT /k/v1/records/status.json", in: `{"app":1}`, want: "400 CB_VA01 records=必須です。"},

		// Whose turn it is: for those whose turn it is, and for managers.
		{who: "aiko", call: "PUT /k/v1/record/assignees.json", in: `{"app":1,"id":1,"assignees":["aiko"]}`, want: "403 CB_NO02"},
		{who: "ben", call: "PUT /k/v1/record/assignees.json", in: `{"app":1,"id":1,"assignees":["eri","dan","eri"],"revision":3}`, has: []string{`{"revision":"4"}`}},
		stands(1, "上長", "eri", "dan"),
		{call: "PUT /k/v1/record/assignees.json", in: `{"app":1,"id":1,"assignees":["ghost"]}`, want: "400 GAIA_IL26"},
		{call: "PUT /k/v1/record/assignees.json", in: `{"app":1,"id":1,"assignees":["ben"],"revision":3}`, want: "409 GAIA_CO02"},
		{call: "PUT /k/v1/record/assignees.json", in: `{"app":1,"id":1,"assignees":[]}`, has: []string{`{"revision":"5"}`}},
		stands(1, "上長"),
		{call: "PUT /k/v1/record/assignees.json", in: `{"app":1,"id":1}`, want: "400 CB_VA01 assignees=必須です。"},
		{who: "aiko", call: "GET /api/v1/record/history?app=1&record=1", has: []string{`"kind":"assignees","changes":[{"code":"作業者"`}},

		// In a bulkRequest, together or not at all.
		{who: "root", call: "POST /k/v1/bulkRequest.json", in: bulkOf("PUT /k/v1/record/assignees.json", `{"app":1,"id":2,"assignees":["root"]}`,
			"PUT /k/v1/record/status.json", `{"app":1,"id":2,"action":"差し戻し"}`, "PUT /k/v1/records/status.json", `{"app":1,"records":[{"id":2,"action":"申請する","assignee":"ben"}]}`),
			has: []string{`{"results":[{"revision":"4"},{"revision":"6"},{"records":[{"id":"2","revision":"8"}]}]}`}},
		{who: "root", call: "POST /k/v1/bulkRequest.json", in: bulkOf("PUT /k/v1/record/assignees.json", `{"app":1,"id":2,"assignees":["root"]}`, "PUT /k/v1/record/status.json", `{"app":1,"id":2,"action":"支払"}`),
			want: "400 GAIA_IL03"},
		stands(2, "上長", "ben"),
	})
}

// Attack case 84: whoever acts at once with others, one of them wins.
func TestOneOfManyActionsWins(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		newFlow(s)
		s.must("aiko", "POST /k/v1/record.json", bossBen)
		got := s.together(8, func(int) answer {
			return s.call("aiko", "PUT /k/v1/record/status.json", `{"app":1,"id":1,"action":"申請する","assignee":"ben"}`)
		})
		if got["200"] != 1 || got["400 GAIA_IL03"] != 7 {
			t.Errorf("double clicks: %v", got)
		}
		got = s.together(8, func(i int) answer {
			action := [...]string{"承認", "差し戻し"}[i%2]
			return s.call("ben", "PUT /k/v1/record/status.json", fmt.Sprintf(`{"app":1,"id":1,"action":%q,"revision":3}`, action))
		})
		if got["200"] != 1 || got["409 GAIA_CO02"] != 7 {
			t.Errorf("different actions: %v", got)
		}
		s.must("root", "POST /k/v1/record.json", bossBen)
		s.must("root", "PUT /k/v1/record/status.json", `{"app":1,"id":2,"action":"申請する","assignee":"ben"}`)
		s.must("ben", "PUT /k/v1/record/status.json", `{"app":1,"id":2,"action":"承認"}`)
		got = s.together(8, func(i int) answer {
			return s.call([...]string{"chie", "dan"}[i%2], "PUT /k/v1/record/status.json", `{"app":1,"id":2,"action":"承認"}`)
		})
		if got["200"] != 2 { // each of them once, and the second moves it
			t.Errorf("all: %v", got)
		}
		s.play([]step{stands(2, "経理", "eri", "ben"), {call: "GET /k/v1/record.json?app=1&id=2", has: []string{`"__REVISION__","value":"9"`}}})
	})
}
