package server

import (
	"fmt"
	"testing"

	"github.com/engawa/engawa/internal/world"
)

// to makes app 1's process lead from 始 to 終, which is assigned in a mode to entities.
func (s *testSite) to(mode, entities string) {
	s.T.Helper()
	s.must("root", statusCall, fmt.Sprintf(`{"app":1,"enable":true,"states":{"始":{"index":0,"assignee":{"type":"ONE","entities":[]}},"終":{"index":1,"assignee":{"type":%q,"entities":[%s]}}},
		"actions":[{"name":"進む","from":"始","to":"終"},{"name":"戻る","from":"終","to":"始"}]}`, mode, entities))
	s.deploy("1")
}

// entityOf is a principal of a process.
func entityOf(kind, code string, subs bool) string {
	return fmt.Sprintf(`{"entity":{"type":%q,"code":%q},"includeSubs":%v}`, kind, code, subs)
}

// Whom a status names is found when a record comes into it: those who may act, each once.
func TestWhoseTurnItIs(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		w := s.World
		aiko, ben, chie, dan := w.User("aiko"), w.User("ben"), w.User("chie"), w.User("dan")
		gone := w.User("gone")
		w.Organization("sales", "", aiko)
		w.Organization("sales-west", "sales", ben, aiko, gone)
		w.Group("choir", chie, dan, gone)
		s.must("root", "PUT /v1/users.json", `{"users":[{"code":"aiko","customItemValues":[{"code":"boss","value":"dan"}]}]}`)
		w.Suspend(gone)
		s.define("flow", `"who":{"type":"USER_SELECT"},"unit":{"type":"ORGANIZATION_SELECT"},"team":{"type":"GROUP_SELECT"}`)
		for i, tc := range []struct {
			entities string
			who      []string
		}{
			{entityOf("ORGANIZATION", "sales", false), []string{"aiko"}},
			{entityOf("ORGANIZATION", "sales", true), []string{"aiko", "ben"}},
			{entityOf("GROUP", "choir", false), []string{"chie", "dan"}},
			{entityOf("GROUP", "choir", false) + "," + entityOf("USER", "aiko", false) + "," + entityOf("USER", "dan", false), []string{"chie", "dan", "aiko"}},
			{`{"entity":{"type":"CREATOR"}}`, []string{"root"}},
			{entityOf("FIELD_ENTITY", "作成者", false), []string{"aiko"}},
			{entityOf("FIELD_ENTITY", "who", false), []string{"ben"}}, // and gone, who is suspended
			{entityOf("FIELD_ENTITY", "unit", true), []string{"aiko", "ben"}},
			{entityOf("FIELD_ENTITY", "team", false), []string{"chie", "dan"}},
			{entityOf("CUSTOM_FIELD", "boss", false), []string{"dan"}}, // of whoever acts
			{entityOf("USER", "gone", false), nil},                     // so anybody may act
		} {
			s.to("ANY", tc.entities)
			s.must("aiko", "POST /k/v1/record.json", `{"app":1,"record":{"who":{"value":[{"code":"ben"},{"code":"gone"}]},"unit":{"value":[{"code":"sales"}]},"team":{"value":[{"code":"choir"}]}}}`)
			s.must("aiko", "PUT /k/v1/record/status.json", fmt.Sprintf(`{"app":1,"id":%d,"action":"進む"}`, i+1))
			list := []answered{}
			for _, code := range tc.who {
				name := code
				if code == "root" {
					name = "青木 愛子"
				}
				list = append(list, answered{code, name})
			}
			s.play([]step{assignedTo(i+1, "終", list)})
		}
		// Those who were assigned stay, whatever becomes of the settings; who is suspended holds the record up.
		s.to("ALL", entityOf("USER", "ben", false)+","+entityOf("USER", "chie", false))
		s.must("aiko", "POST /k/v1/record.json", `{"app":1,"record":{}}`)
		s.must("aiko", "PUT /k/v1/record/status.json", `{"app":1,"id":12,"action":"進む"}`)
		s.to("ANY", entityOf("USER", "dan", false))
		s.must("ben", "PUT /k/v1/record/status.json", `{"app":1,"id":12,"action":"戻る"}`)
		w.Suspend(chie)
		s.play([]step{
			stands(12, "終", "chie"),
			act("dan", 12, "戻る", "").but("403 GAIA_NT01"),
			{call: "PUT /k/v1/record/assignees.json", in: `{"app":1,"id":12,"assignees":["chie"]}`, want: "400 GAIA_IL26"},
			{call: "PUT /k/v1/record/assignees.json", in: `{"app":1,"id":12,"assignees":["dan"]}`},
			act("dan", 12, "戻る", ""),
			stands(12, "始"),
		})
	})
}

type answered struct{ code, name string }

func assignedTo(n int, status string, people []answered) step {
	list := ""
	for i, p := range people {
		if i > 0 {
			list += ","
		}
		list += fmt.Sprintf(`{"code":%q,"name":%q}`, p.code, p.name)
	}
	return step{call: fmt.Sprintf("GET /k/v1/record.json?app=1&id=%d", n),
		has: []string{fmt.Sprintf(`"ステータス":{"type":"STATUS","value":%q}`, status), `"作業者":{"type":"STATUS_ASSIGNEE","value":[` + list + `]}`}}
}

// A first status that names the creator is his from the start, however the record comes in.
func TestTheFirstTurnIsTheCreators(t *testing.T) {
	scenario(t, func(s *testSite) {
		s.World.User("aiko")
		s.define("flow", `"title":{"type":"SINGLE_LINE_TEXT"}`)
		s.must("root", statusCall, `{"app":1,"enable":true,"states":{"始":{"index":0},"終":{"index":1,"assignee":{"type":"ONE","entities":[]}}},"actions":[{"name":"進む","from":"始","to":"終"},{"name":"戻る","from":"終","to":"始"}]}`)
		s.deploy("1")
		s.token("flow", &world.App{ID: 1}, "view add edit")
	}, []step{
		{who: "aiko", call: "POST /k/v1/record.json", in: `{"app":1,"record":{}}`},
		stands(1, "始", "aiko"),
		act("root", 1, "進む", "").but("403 GAIA_NT01"),
		act("aiko", 1, "進む", ""),
		act("aiko", 1, "戻る", "").but("400 GAIA_SA01"),
		act("aiko", 1, "戻る", "root").but("400 GAIA_IL26"),
		act("aiko", 1, "戻る", "aiko"),
		// A program is nobody's assignee; what it adds is for everybody.
		{who: "token flow", call: "POST /k/v1/record.json", in: `{"app":1,"record":{}}`},
		stands(2, "始"),
		act("token flow", 2, "進む", ""),
		act("token flow", 1, "進む", "").but("403 GAIA_NT01"),
		// A status that was deleted while its records were in the trash: they begin again.
		{call: "DELETE /k/v1/records.json", in: `{"app":1,"ids":[2]}`},
		{call: statusCall, in: `{"app":1,"states":{"始":{"index":0,"assignee":{"type":"ONE","entities":[]}},"間":{"index":1,"assignee":{"type":"ONE","entities":[]}}},"actions":[{"name":"進む","from":"始","to":"間"}]}`},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`},
		{call: "POST /api/v1/trash/restore", in: `{"app":1,"ids":[2]}`},
		stands(2, "始"),
		act("aiko", 2, "進む", ""),
		stands(2, "間"),
	})
}

// Where records stand may be hidden like any field: then there is no process for its reader.
func TestHiddenStatus(t *testing.T) {
	hide := func(code string) string {
		return fmt.Sprintf(`{"code":%q,"entities":[{"accessibility":"NONE","entity":{"type":"USER","code":"aiko"}},{"accessibility":"WRITE","entity":{"type":"GROUP","code":"everyone"}}]}`, code)
	}
	scenario(t, func(s *testSite) {
		newFlow(s)
		s.must("root", "PUT /k/v1/preview/field/acl.json", `{"app":1,"rights":[`+hide("ステータス")+`,`+hide("boss")+`]}`)
		s.deploy("1")
		s.must("root", "POST /k/v1/record.json", bossBen)
		s.must("root", "PUT /k/v1/record/status.json", `{"app":1,"id":1,"action":"申請する","assignee":"ben"}`)
	}, []step{
		{who: "aiko", call: "GET /k/v1/record.json?app=1&id=1", lacks: []string{"上長", "ステータス"}},
		{who: "aiko", call: "GET /k/v1/app/status.json?app=1", has: []string{`"enable":true,"states":null,"actions":null`}},
		{who: "aiko", call: "GET /api/v1/record/history?app=1&record=1", has: []string{`"kind":"status"`}, lacks: []string{"上長", "申請する"}},
		{who: "aiko", call: "GET /k/v1/records.json", in: `{"app":1,"query":"ステータス in (\"上長\")"}`, want: "400 GAIA_IQ11"},
		{who: "aiko", call: "GET /api/v1/record/actions?app=1&id=1", want: "403 CB_NO02"},
		act("aiko", 1, "取り下げ", "").but("403 CB_NO02"),
		// Others may see it, but not the field that names whose turn it is: ben has no rule against him.
		{who: "ben", call: "GET /k/v1/app/status.json?app=1", has: []string{`"code":"boss"`}},
		act("ben", 1, "承認", ""),
	})
}

// In English, as kintone says it.
func TestProcessInEnglish(t *testing.T) {
	scenario(t, func(s *testSite) {
		s.World.User("aiko")
		s.must("root", "PUT /v1/users.json", `{"users":[{"code":"aiko","locale":"en"},{"code":"root","locale":"en"}]}`)
		s.define("flow", `"title":{"type":"SINGLE_LINE_TEXT"}`)
		s.must("root", statusCall, `{"app":1,"enable":true}`)
		s.deploy("1")
		s.must("root", "POST /k/v1/record.json", `{"app":1}`)
	}, []step{
		{call: "GET /k/v1/app/form/fields.json?app=1", has: []string{`"Status":{"code":"Status","enabled":true,"label":"Status","type":"STATUS"}`, `"Assignee":{"code":"Assignee"`}},
		{call: "GET /k/v1/app/views.json?app=1", has: []string{`"(Assigned to me)"`, `"filterCond":"Assignee in (LOGINUSER())"`}},
		act("root", 1, "Start", "").but("400 GAIA_SA01").with("Assignee is required."),
		act("root", 1, "Start", "ghost").but("400 GAIA_IL26").with("The specified user (code：ghost) not found."),
		act("root", 1, "Start", "root"),
		act("aiko", 1, "Complete", "").but("403 GAIA_NT01").with("Only Assignee can change the status."),
		act("root", 1, "Complete", "root").but("400 GAIA_SA04").with("Failed to update status. Assignee cannot be specified by the action."),
		act("root", 1, "Start", "").but("400 GAIA_IL03").with("Failed to update the status. The settings or the status itself may have been changed by someone."),
		act("root", 1, "Complete", ""),
		{call: statusCall, in: `{"app":1,"enable":false}`},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`},
		act("root", 1, "Start", "").but("400 GAIA_ST02").with("Your request failed. The process management feature has been disabled."),
	})
}
