package server

import (
	"fmt"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/world"
)

const statusCall = "PUT /k/v1/preview/app/status.json"

// Source: kintone REST API, process management settings; kintone REST behaviour, first status.
func TestProcessSettings(t *testing.T) {
	put := func(members string) step { return step{call: statusCall, in: `{"app":1,` + members + `}`} }
	get := step{call: "GET /k/v1/preview/app/status.json?app=1"}
	state := func(name string, index int, more string) string {
		return fmt.Sprintf(`%q:{"index":%d%s}`, name, index, more)
	}
	one := func(entities string) string { return `,"assignee":{"type":"ONE","entities":[` + entities + `]}` }
	deploy := step{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`}
	scenario(t, func(s *testSite) {
		s.World.User("aiko")
		s.define("form", `"title":{"type":"SINGLE_LINE_TEXT"},"n":{"type":"NUMBER"},"who":{"type":"USER_SELECT"}`)
		s.must("root", "POST /k/v1/records.json", `{"app":1,"records":[{},{}]}`)
	}, []step{
		// Never turned on: there is nothing to see of it.
		{call: "GET /k/v1/app/status.json?app=1", has: []string{`{"enable":false,"states":null,"actions":null,"revision":"3"}`}},
		{call: "GET /k/v1/app/form/fields.json?app=1", has: []string{`"ステータス":{"code":"ステータス","enabled":false,"label":"ステータス","type":"STATUS"}`, `"作業者":{"code":"作業者","enabled":false`}},
		{call: "GET /k/v1/record.json?app=1&id=1", lacks: []string{"ステータス", "作業者"}},
		{call: "GET /k/v1/records.json", in: `{"app":1,"query":"ステータス in (\"\")"}`, want: "400 GAIA_IQ11"},
		{call: "PUT /k/v1/record/status.json", in: `{"app":1,"id":1,"action":"x"}`, want: "400 GAIA_ST02", has: []string{"操作に失敗しました。プロセス管理機能が無効化されています。"}},
		{call: "PUT /k/v1/record/assignees.json", in: `{"app":1,"id":1,"assignees":[]}`, want: "400 GAIA_ST02"},
		{call: "GET /api/v1/record/actions?app=1&id=1", want: "400 GAIA_ST02"},

		// Turned on without more.
		put(`"enable":"true"`).with(`{"revision":"4"}`),
		get.with(`"enable":true`, `"未処理":{"name":"未処理","index":"0","assignee":{"type":"ONE","entities":[]}}`,
			`"処理中":{"name":"処理中","index":"1","assignee":{"type":"ONE","entities":[{"entity":{"type":"FIELD_ENTITY","code":"作成者"},"includeSubs":false}]}}`,
			`"actions":[{"name":"処理開始","from":"未処理","to":"処理中","filterCond":"","type":"PRIMARY"},{"name":"完了する","from":"処理中","to":"完了","filterCond":"","type":"PRIMARY"}]`),
		{call: "GET /k/v1/preview/app/views.json?app=1", has: []string{`"（作業者が自分）":{"type":"LIST","builtinType":"ASSIGNEE"`, `"filterCond":"作業者 in (LOGINUSER())"`}},
		{call: "GET /k/v1/record.json?app=1&id=1", lacks: []string{"ステータス"}}, // not before it is deployed
		deploy,
		{call: "GET /k/v1/record.json?app=1&id=1", has: []string{`"ステータス":{"type":"STATUS","value":"未処理"}`, `"作業者":{"type":"STATUS_ASSIGNEE","value":[]}`}},
		{call: "GET /k/v1/app/form/fields.json?app=1", has: []string{`"ステータス":{"code":"ステータス","enabled":true`}},

		// Statuses by name; what is not listed goes, and so do the actions that used it.
		put(`"states":{` + state("未処理", 0, `,"name":"受付"`+one("")) + `,` + state("確認", 1, one(`{"entity":{"type":"CREATOR"}},{"entity":{"type":"USER","code":"aiko"}}`)+`,"assigneeOnlyEdit":true`) + `,` + state("処理中", 2, "") + `}`),
		get.with(`"受付":{"name":"受付","index":"0"`, `"確認":{"name":"確認","index":"1","assignee":{"type":"ONE","entities":[{"entity":{"type":"CREATOR","code":null},"includeSubs":false},{"entity":{"type":"USER","code":"aiko"},"includeSubs":false}]},"assigneeOnlyEdit":true}`,
			`"処理中":{"name":"処理中","index":"2","assignee":{"type":"ONE","entities":[{"entity":{"type":"FIELD_ENTITY","code":"作成者"}`, `"actions":[{"name":"処理開始","from":"受付","to":"処理中"`),
		deploy,
		{call: "GET /k/v1/record.json?app=1&id=1", has: []string{`"value":"受付"`}},
		// One for which nothing is said is assigned to the creator.
		put(`"states":{` + state("受付", 0, "") + `,` + state("確認", 1, "") + `,` + state("処理中", 2, "") + `,` + state("新", 3, "") + `}`),
		get.with(`"新":{"name":"新","index":"3","assignee":{"type":"ONE","entities":[{"entity":{"type":"FIELD_ENTITY","code":"作成者"}`),

		// What is wrong
		put(`"states":{}`).but("400 CB_VA01 states=1個から100個までの範囲で指定してください。"),
		put(`"states":{"受付":{}}`).but("400 CB_VA01 states[受付].index=必須です。"),
		put(`"states":{` + state("受付", 0, "") + `,` + state("別", 1, `,"name":"別名"`) + `}`).but("400 GAIA_IN01"),
		put(`"states":{` + state("確認", 0, "") + `,` + state("受付", 1, "") + `}`).but("400 CB_VA01 states[確認].assignee=最初のステータスの作業者に指定できるのは、レコードの作成者だけです。指定しないこともできます。 states[確認].index=最初のステータスは、置き換えや並べ替えができません。すべてのレコードがここから始まります。名前は変更できます。"),
		put(`"states":{` + state("受付", 0, `,"assignee":{"type":"ANY","entities":[]}`) + `}`).but("400 CB_VA01 states[受付].assignee=最初のステータスの作業者に指定できるのは、レコードの作成者だけです。指定しないこともできます。"),
		put(`"states":{` + state("受付", 0, one(`{"entity":{"type":"FIELD_ENTITY","code":"who"}}`)) + `}`).but("400 CB_VA01 states[受付].assignee=最初のステータスの作業者に指定できるのは、レコードの作成者だけです。指定しないこともできます。"),
		put(`"states":{` + state("受付", 0, `,"name":"確認"`) + `,` + state("確認", 1, "") + `}`).but("400 CB_VA01 states[確認].name=「確認」という名前のステータスがすでにあります。"),
		put(`"states":{` + state(strings.Repeat("長", 65), 0, one("")) + `}`).but("400 CB_VA01 states[" + strings.Repeat("長", 65) + "].name=名前は1文字から64文字までで入力してください。"),
		put(`"states":{` + state("受付", 0, `,"assignee":{"type":"SOME"}`) + `}`).but("400 CB_VA01 states[受付].assignee.entities=必須です。 states[受付].assignee.type=Enum値のいずれかでなければなりません。"),
		put(`"states":{` + state("受付", 0, "") + `,` + state("確認", 1, one(`{"entity":{"type":"USER","code":"ghost"}}`)) + `}`).but("400 GAIA_IL26"),
		put(`"states":{` + state("受付", 0, "") + `,` + state("確認", 1, one(`{"entity":{"type":"FIELD_ENTITY","code":"title"}}`)) + `}`).but("400 GAIA_FC01"),
		put(`"states":{` + state("受付", 0, "") + `,` + state("確認", 1, one(`{"entity":{"type":"CUSTOM_FIELD","code":"boss"}}`)) + `}`).but("400 GAIA_IL26"),
		put(`"actions":[{},{"name":"x","from":"受付","to":"なし","type":"THIRD"},{"name":"y","from":"受付","to":"確認","type":"SECONDARY"}]`).
			but("400 CB_VA01 actions[0].from=必須です。 actions[0].name=必須です。 actions[0].to=必須です。 actions[1].type=Enum値のいずれかでなければなりません。 actions[2].executableUser=必須です。"),
		put(`"actions":[{"name":"x","from":"受付","to":"なし","filterCond":"ghost = 1"},{"name":"x","from":"受付","to":"確認","filterCond":"ステータス = \"受付\""}]`).
			but("400 CB_VA01 actions[0].filterCond=指定されたフィールド（ghost）が見つかりません。 actions[0].to=「なし」という名前のステータスはありません。 actions[1].filterCond=アクションの条件にステータスは使用できません。"),
		put(`"enable":"maybe"`).but("400 CB_VA01 enable=trueまたはfalseで指定してください。"),
		put(`"enable":true,"revision":1`).but("409 GAIA_CO03"),
		{call: "GET /k/v1/app/status.json?app=1&lang=fr", want: "400 CB_VA01 lang=Enum値のいずれかでなければなりません。"},

		// A field that the process depends on is not deleted; a new code is followed.
		put(`"actions":[{"name":"go","from":"受付","to":"確認","filterCond":"n > 1"},{"name":"back","from":"確認","to":"受付","type":"SECONDARY","executableUser":{"entities":[{"entity":{"type":"FIELD_ENTITY","code":"who"}}]}}]`),
		{call: "DELETE /k/v1/preview/app/form/fields.json", in: `{"app":1,"fields":["n"]}`, want: "400 CB_VA01"},
		{call: "DELETE /k/v1/preview/app/form/fields.json", in: `{"app":1,"fields":["who"]}`, want: "400 CB_VA01"},
		{call: "DELETE /k/v1/preview/app/form/fields.json", in: `{"app":1,"fields":["ステータス"]}`, want: "400 GAIA_FC01"},
		{call: "PUT /k/v1/preview/app/form/fields.json", in: `{"app":1,"properties":{"n":{"type":"NUMBER","code":"amount"},"who":{"type":"USER_SELECT","code":"person"},"ステータス":{"type":"STATUS","code":"ステータス","label":"ステータス","enabled":true}}}`},
		get.with(`"filterCond":"amount > 1"`, `"type":"SECONDARY","executableUser":{"entities":[{"entity":{"type":"FIELD_ENTITY","code":"person"},"includeSubs":false}]}`),

		// The built-in list keeps its place and its condition.
		{call: "PUT /k/v1/preview/app/views.json", in: `{"app":1,"views":{"all":{"index":0,"type":"LIST","fields":["title"]}}}`, has: []string{`"（作業者が自分）"`}},
		{call: "PUT /k/v1/preview/app/views.json", in: `{"app":1,"views":{"all":{"index":1,"type":"LIST","fields":["title"]},"（作業者が自分）":{"index":0,"type":"LIST","fields":["title"],"filterCond":"","sort":""}}}`},
		{call: "GET /k/v1/preview/app/views.json?app=1", has: []string{`"name":"（作業者が自分）","fields":["title"],"filterCond":"作業者 in (LOGINUSER())","sort":"","index":"0"`}},

		// A status in which records are cannot go.
		deploy,
		{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"amount":{"value":5}}}`},
		{call: "PUT /k/v1/record/status.json", in: `{"app":1,"id":1,"action":"go","assignee":"aiko"}`},
		put(`"states":{` + state("受付", 0, "") + `}`),
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`, want: "400 CB_VA01", has: []string{"ステータス「確認」のレコードがあるため、削除できません。"}},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}],"revert":true}`},
		{who: "aiko", call: "GET /k/v1/app/status.json?app=1", has: []string{`"enable":true`, `"確認"`}},
		{who: "aiko", call: "GET /k/v1/preview/app/status.json?app=1", want: "403 CB_NO02"},
	})
}

// What permissions say of a status follows its new name, and holds on when process management is turned off.
func TestRulesAboutStatuses(t *testing.T) {
	rule := func(cond string) string {
		return `{"app":1,"rights":[{"filterCond":"` + cond + `","entities":[{"entity":{"type":"USER","code":"aiko"},"viewable":true},{"entity":{"type":"GROUP","code":"everyone"},"viewable":true,"editable":true,"deletable":true}]}]}`
	}
	edit := step{who: "aiko", call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"title":{"value":"x"}}}`}
	deploy := step{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`}
	scenario(t, func(s *testSite) {
		newFlow(s)
		s.must("root", "PUT /k/v1/preview/record/acl.json", rule(`ステータス in (\"上長\", \"役員\")`))
		s.must("root", "PUT /k/v1/preview/app/views.json", `{"app":1,"views":{"mine":{"index":0,"type":"LIST","fields":["title"],"filterCond":"作業者 in (LOGINUSER())"}}}`)
		s.deploy("1")
		s.must("aiko", "POST /k/v1/record.json", bossBen)
	}, []step{
		edit,
		act("aiko", 1, "申請する", "ben"),
		edit.but("403 CB_NO02"),
		// Under another name it is the same status.
		{call: statusCall, in: `{"app":1,"states":{"申請":{"index":0},"上長":{"index":1,"name":"課長"},"役員":{"index":2},"経理":{"index":3},"完了":{"index":4}}}`},
		{call: "GET /k/v1/preview/record/acl.json?app=1", has: []string{`ステータス in (\"課長\", \"役員\")`}},
		deploy,
		stands(1, "課長", "ben"),
		edit.but("403 CB_NO02"),
		// Off: nothing of it is seen, and nothing is opened.
		{call: statusCall, in: `{"app":1,"enable":false}`},
		{call: "GET /k/v1/preview/app/status.json?app=1", has: []string{`"enable":false`, `"課長"`}},
		{call: "PUT /k/v1/preview/record/acl.json", in: rule(`ステータス in (\"課長\")`)}, // as it was read, it may be written
		deploy,
		{call: "GET /k/v1/record.json?app=1&id=1", lacks: []string{"課長", "作業者"}},
		{call: "GET /k/v1/app/views.json?app=1", has: []string{`"mine"`}, lacks: []string{"ASSIGNEE", "LOGINUSER"}},
		{call: "GET /api/v1/record/history?app=1&record=1", lacks: []string{"課長", "上長", "申請"}},
		edit.but("403 CB_NO02"),
		act("ben", 1, "差し戻し", "").but("400 GAIA_ST02"),
		{who: "aiko", call: "POST /k/v1/record.json", in: bossBen},
		// On again: every record stands where it stood. A view has lost its condition.
		{call: statusCall, in: `{"app":1,"enable":true}`},
		deploy,
		stands(1, "課長", "ben"),
		stands(2, "申請"),
		{call: "GET /k/v1/app/views.json?app=1", has: []string{`"ASSIGNEE"`, `"name":"mine","fields":["title"],"filterCond":""`}},
		act("ben", 1, "差し戻し", ""),
		edit,
	})
}

// A status may be closed to all but those whose turn it is.
func TestOnlyAssigneesEdit(t *testing.T) {
	edit := func(who string) step {
		return step{who: who, call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"title":{"value":"x"}}}`}
	}
	scenario(t, func(s *testSite) {
		newFlow(s)
		s.must("root", statusCall, `{"app":1,"states":{"申請":{"index":0},"上長":{"index":1,"assigneeOnlyEdit":true},"役員":{"index":2},"経理":{"index":3},"完了":{"index":4,"assigneeOnlyEdit":true}}}`)
		s.deploy("1")
		s.token("flow", &world.App{ID: 1}, "view edit delete")
		s.must("aiko", "POST /k/v1/record.json", bossBen)
	}, []step{
		edit("aiko"),
		act("aiko", 1, "申請する", "ben"),
		edit("ben"),
		edit("aiko").but("403 CB_NO02"),
		edit("root").but("403 CB_NO02"), // who manages the app can make it his turn, and that is on record
		{who: "aiko", call: "PUT /k/v1/records.json", in: `{"app":1,"upsert":true,"records":[{"id":1,"record":{"n":{"value":"1"}}}]}`, want: "403 CB_NO02"},
		{who: "aiko", call: "DELETE /k/v1/records.json", in: `{"app":1,"ids":[1]}`, want: "403 CB_NO02"},
		{who: "aiko", call: "POST /api/v1/record/revert", in: `{"app":1,"record":1,"revision":1}`, want: "403 CB_NO02"},
		{who: "aiko", call: "GET /k/v1/records.json?app=1&totalCount=true", has: []string{`"totalCount":"1"`}},
		{who: "token flow", call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"n":{"value":"2"}}}`}, // as record permissions do not bind programs
		{call: "PUT /k/v1/record/assignees.json", in: `{"app":1,"id":1,"assignees":["root"]}`},
		edit("root"),
		edit("ben").but("403 CB_NO02"),
		{call: "PUT /k/v1/record/assignees.json", in: `{"app":1,"id":1,"assignees":[]}`}, // everybody's turn
		edit("aiko"),
		// A record permission that hides it hides it still.
		{call: "PUT /k/v1/preview/record/acl.json", in: `{"app":1,"rights":[{"filterCond":"","entities":[{"entity":{"type":"USER","code":"root"},"viewable":true,"editable":true}]}]}`},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`},
		{call: "PUT /k/v1/record/assignees.json", in: `{"app":1,"id":1,"assignees":["ben"]}`},
		{who: "ben", call: "GET /k/v1/record.json?app=1&id=1", want: "404 GAIA_RE01"},
		act("ben", 1, "承認", "").but("404 GAIA_RE01"),
		edit("root").but("403 CB_NO02"),
	})
}
