package server

import (
	"strings"
	"testing"
)

// Attack case 8: the history tells who made a record and when, and who changed it and when, to those who see the fields that
// tell it, in the records in which they do.
func TestHistoryTellsWhoAndWhenToWhoMaySee(t *testing.T) {
	const history = "GET /api/v1/record/history?app=1&record=1"
	const hidden = `title = "nothing has this title"`
	line := func(revision, at, by, kind string) string {
		if by != "" {
			by = `"by":{"code":"` + by + `","name":"` + by + `"},`
		}
		return `{"revision":"` + revision + `",` + at + by + `"kind":"` + kind + `"`
	}
	scenario(t, func(s *testSite) {
		newFlow(s)
		s.must("ben", "POST /k/v1/record.json", `{"app":1,"record":{"title":{"value":"secret"}}}`)
		s.must("dan", "PUT /k/v1/record.json", `{"app":1,"id":1,"record":{"n":{"value":"1"}}}`)
		s.must("chie", "PUT /k/v1/record.json", `{"app":1,"id":1,"record":{"n":{"value":"2"}}}`)
	}, []step{
		{who: "aiko", call: history, has: []string{`"by":{"code":"ben"`, `"by":{"code":"dan"`, `"by":{"code":"chie"`, `"at":"20`}},
		hiding(openTo("作成者", hidden)),
		{who: "aiko", call: history, has: []string{`"by":{"code":"dan"`, `"by":{"code":"chie"`}, lacks: []string{"ben"}},
		hiding(openTo("更新者", hidden)),
		{who: "aiko", call: history, has: []string{`"by":{"code":"ben"`, `"at":"20`}, lacks: []string{"dan", "chie"}},
		hiding(onlyRoot("作成者"), onlyRoot("更新者")),
		{who: "aiko", call: history, has: []string{`{"revision":"3","at":"20`}, lacks: []string{"ben", "dan", "chie", `"by"`}},
		hiding(onlyRoot("作成日時")),
		{who: "aiko", call: history, has: []string{`{"revision":"3","at":"20`, line("1", "", "ben", "create")}},
		hiding(openTo("作成日時", hidden), openTo("更新日時", `title = "open"`)),
		{who: "aiko", call: history, has: []string{line("3", "", "chie", "update"), line("2", "", "dan", "update"), line("1", "", "ben", "create")}, lacks: []string{`"at"`}},
		hiding(onlyRoot("作成者"), onlyRoot("更新者"), onlyRoot("作成日時"), onlyRoot("更新日時")),
		{who: "aiko", call: history, has: []string{line("3", "", "", "update"), `"old":"1","new":"2"`, line("1", "", "", "create")}},
		// By a condition it is decided as the record is now.
		hiding(openTo("更新者", `title = "open"`), openTo("更新日時", `title = "open"`)),
		{who: "aiko", call: history, has: []string{line("2", "", "", "update")}},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"title":{"value":"open"}}}`},
		{who: "aiko", call: history, has: []string{`{"revision":"2","at":"20`, `"by":{"code":"dan"`}},
	})
}

// hiding makes these the permissions of fields of app 1.
func hiding(rights ...string) step {
	return step{call: "PUT /k/v1/field/acl.json", in: `{"app":1,"rights":[` + strings.Join(rights, ",") + `]}`}
}

// An action changes its record: who took it and when is told to who may know that of the record.
func TestProgressTellsWhoAndWhenToWhoMaySee(t *testing.T) {
	const actions = "GET /api/v1/record/actions?app=1&id=1"
	told := func(by, at string) step {
		return step{who: "aiko", call: actions, has: []string{`"user":{"code":"dan","name":"dan"},"action":"承認","by":` + by + `,"at":` + at}}
	}
	scenario(t, func(s *testSite) {
		newFlow(s)
		s.must("root", "POST /k/v1/record.json", bossBen)
		s.must("root", "PUT /k/v1/record/status.json", `{"app":1,"id":1,"action":"申請する","assignee":"ben"}`)
		s.must("ben", "PUT /k/v1/record/status.json", `{"app":1,"id":1,"action":"承認"}`)
		s.must("dan", "PUT /k/v1/record/status.json", `{"app":1,"id":1,"action":"承認"}`)
	}, []step{
		told(`{"code":"dan","name":"dan"}`, `"20`),
		hiding(openTo("更新者", `title = "open"`)),
		told("null", `"20`),
		hiding(onlyRoot("更新日時")),
		told(`{"code":"dan","name":"dan"}`, "null"),
	})
}

// A notice says by whom a record was made or changed to who sees that in this record.
func TestNoticesOfMaskedCreators(t *testing.T) {
	const inbox = "GET /api/v1/notifications"
	scenario(t, func(s *testSite) {
		newFlow(s)
		s.must("root", "PUT /k/v1/preview/app/notifications/general.json", `{"app":1,"notifications":[{"entity":{"type":"USER","code":"aiko"},"recordAdded":true,"recordEdited":true}]}`)
		s.deploy("1")
		for _, title := range []string{"open", "secret"} {
			s.must("ben", "POST /k/v1/record.json", `{"app":1,"record":{"title":{"value":"`+title+`"}}}`)
		}
		s.must("chie", "PUT /k/v1/records.json", `{"app":1,"records":[{"id":1,"record":{"n":{"value":"1"}}},{"id":2,"record":{"n":{"value":"1"}}}]}`)
		s.drain()
	}, []step{
		{who: "aiko", call: inbox, has: []string{`"title":"open"`, `"title":"secret"`, `"by":{"name":"chie"`}},
		hiding(openTo("作成者", `title = "none"`), openTo("更新者", `title = "none"`)),
		{who: "aiko", call: inbox, has: []string{`"title":"open"`, `"title":"secret"`}, lacks: []string{"ben", "chie"}},
		hiding(onlyRoot("作成者"), openTo("更新者", `title = "open"`)),
		{who: "aiko", call: inbox, has: []string{`"title":"secret"`, `"by":{"name":"chie"`}, lacks: []string{"ben"}},
	})
}
