package server

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// rewrite writes settings of app 1 as they are read, and returns what was read then.
func (s *testSite) rewrite(setting string) string {
	s.T.Helper()
	path := "/k/v1/preview/" + setting + ".json"
	in := s.must("root", "GET "+path+"?app=1", "")
	delete(in, "revision")
	in["app"] = 1
	body, err := json.Marshal(in)
	if err != nil {
		s.T.Fatal(err)
	}
	if a := s.call("root", "PUT "+path, string(body)); a.Status != 200 {
		s.T.Errorf("%s, written as it was read: %s", setting, a)
	}
	return compact(s.call("root", "GET "+path+"?app=1", "").Body)
}

// Source: kintone product behaviour, turning process management off.
func TestSettingsOfAProcessTurnedOffAreWrittenAsRead(t *testing.T) {
	targets := `"targets":[{"entity":{"type":"FIELD_ENTITY","code":"作業者"}},{"entity":{"type":"FIELD_ENTITY","code":"boss"}}]`
	titled := func(title, filter string) string {
		return fmt.Sprintf(`{"filterCond":%q,"title":%q,%s}`, filter, title, targets)
	}
	reminder := func(title, filter string) string {
		return `{"timing":{"code":"更新日時","daysLater":1,"time":"09:00"},` + titled(title, filter)[1:]
	}
	report := func(index int, group, filter string) string {
		return fmt.Sprintf(`{"index":%d,"chartType":"PIE","groups":[{"code":%q}],"aggregations":[{"type":"COUNT"}],"filterCond":%q,"sorts":[]}`, index, group, filter)
	}
	action := func(index int, filter string) string {
		return fmt.Sprintf(`{"index":%d,"destApp":{"app":1},"mappings":[],"entities":[],"filterCond":%q}`, index, filter)
	}
	const done, mine = `ステータス = "完了"`, `作業者 in (LOGINUSER())`
	settings := []struct {
		name, in   string
		has, lacks []string // once the process is off
	}{
		{"app/views", `"views":{
			"list":{"index":0,"type":"LIST","fields":["title","ステータス"],"filterCond":` + quoted(done) + `,"sort":"更新日時 asc"},
			"days":{"index":1,"type":"CALENDAR","date":"更新日時","title":"ステータス"}}`,
			[]string{`"fields":["title"],"filterCond":"","sort":"更新日時 asc"`, `"date":"更新日時","title":"レコード番号"`}, []string{"ステータス"}},
		{"app/reports", `"reports":{"kept":` + report(0, "title", "n > 1") + `,"by":` + report(1, "ステータス", "") + `,"of":` + report(2, "title", done) + `}`,
			[]string{`"kept"`}, []string{`"by"`, `"of"`}},
		{"app/actions", `"actions":{"kept":` + action(0, "n > 1") + `,"gone":` + action(1, mine) + `}`,
			[]string{`"kept"`}, []string{`"gone"`}},
		{"app/notifications/general", `"notifications":[{"entity":{"type":"FIELD_ENTITY","code":"作業者"},"recordEdited":true},{"entity":{"type":"FIELD_ENTITY","code":"boss"},"recordEdited":true}]`,
			[]string{`"boss"`}, []string{"作業者"}},
		{"app/notifications/perRecord", `"notifications":[` + titled("kept", "n > 1") + `,` + titled("gone", done) + `,` + titled("mine", mine) + `]`,
			[]string{`{"filterCond":"n > 1","title":"kept","targets":[{"entity":{"type":"FIELD_ENTITY","code":"boss"},"includeSubs":false}]}`}, []string{"gone", "mine", "作業者"}},
		{"app/notifications/reminder", `"notifications":[` + reminder("kept", "n > 1") + `,` + reminder("gone", done) + `]`,
			[]string{`"title":"kept","targets":[{"entity":{"type":"FIELD_ENTITY","code":"boss"},"includeSubs":false}]`}, []string{"gone", "作業者"}},
		// What permits something holds on, and so do the rules of the process itself.
		{"record/acl", `"rights":[{"filterCond":` + quoted(done) + `,"entities":[{"entity":{"type":"FIELD_ENTITY","code":"作業者"},"viewable":true}]}]`,
			[]string{quoted(done), "作業者"}, nil},
		{"field/acl", `"rights":[{"code":"ステータス","entities":[{"entity":{"type":"FIELD_ENTITY","code":"作業者"},"accessibility":"READ"}]}]`,
			[]string{"ステータス", "作業者"}, nil},
		{"app/status", `"actions":[{"name":"申請する","from":"申請","to":"上長","filterCond":` + quoted(mine) + `},
			{"name":"取り下げ","from":"上長","to":"申請","type":"SECONDARY","executableUser":{"entities":[{"entity":{"type":"FIELD_ENTITY","code":"作業者"}}]}}]`,
			[]string{quoted(mine), `{"entity":{"type":"FIELD_ENTITY","code":"作業者"},"includeSubs":false}`}, nil},
	}
	eachSite(t, func(t *testing.T, s *testSite) {
		newFlow(s)
		for _, x := range settings {
			s.must("root", "PUT /k/v1/preview/"+x.name+".json", `{"app":1,`+x.in+`}`)
		}
		s.must("root", statusCall, `{"app":1,"enable":false}`)
		s.deploy("1")
		for _, x := range settings {
			got := s.rewrite(x.name)
			for _, text := range x.has {
				if !strings.Contains(got, text) {
					t.Errorf("%s: no %s in\n%s", x.name, text, got)
				}
			}
			for _, text := range x.lacks {
				if strings.Contains(got, text) {
					t.Errorf("%s: %s in\n%s", x.name, text, got)
				}
			}
		}
		s.deploy("1")
		s.must("root", statusCall, `{"app":1,"enable":true}`)
		s.deploy("1")
	})
}

// A rule that names categories goes when these are turned off.
func TestSettingsOfCategoriesTurnedOff(t *testing.T) {
	notices := "PUT /k/v1/preview/app/notifications/perRecord.json"
	eachSite(t, func(t *testing.T, s *testSite) {
		s.define("stock", `"title":{"type":"SINGLE_LINE_TEXT"}`)
		s.must("root", categoriesCall, `{"app":1,"enabled":true,"categories":{"desk":{"index":0}}}`)
		s.must("root", notices, `{"app":1,"notifications":[{"filterCond":"カテゴリー in (\"desk\")","title":"filed","targets":[]},{"filterCond":"","title":"kept","targets":[]}]}`)
		s.must("root", categoriesCall, `{"app":1,"enabled":false}`)
		if got := s.rewrite("app/notifications/perRecord"); strings.Contains(got, "filed") || !strings.Contains(got, "kept") {
			t.Errorf("notices: %s", got)
		}
	})
}

// quoted is text as JSON.
func quoted(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err) // a text
	}
	return string(b)
}
