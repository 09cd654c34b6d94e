package server

import (
	"encoding/json"
	"strings"
	"testing"
)

// Source: kintone REST behaviour, values by field type: creator and editor alone say that somebody is gone.
func TestDeletedPeopleAreInNoSelection(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		for _, code := range []string{"aiko", "ben"} {
			s.World.User(code)
		}
		s.must("root", "POST /v1/organizations.json", `{"organizations":[{"code":"head","name":"Head"}]}`)
		s.must("root", "POST /v1/groups.json", `{"groups":[{"code":"choir","name":"Choir"}]}`)
		s.define("deals", `"users":{"type":"USER_SELECT"},"units":{"type":"ORGANIZATION_SELECT"},"groups":{"type":"GROUP_SELECT"},
			"rows":{"type":"SUBTABLE","fields":{"inside":{"type":"USER_SELECT"}}}`)
		chosen := `{"users":{"value":[{"code":"aiko"},{"code":"ben"}]},"units":{"value":[{"code":"head"}]},"groups":{"value":[{"code":"choir"}]},"rows":{"value":[{"value":{"inside":{"value":[{"code":"aiko"}]}}}]}}`
		s.must("aiko", "POST /k/v1/record.json", `{"app":1,"record":{}}`)
		s.must("aiko", "PUT /k/v1/record.json", `{"app":1,"id":1,"record":`+chosen+`}`)
		cursor := s.must("root", "POST /k/v1/records/cursor.json", `{"app":1}`)["id"].(string)
		for call, codes := range map[string]string{"users": "aiko", "organizations": "head", "groups": "choir"} {
			s.must("root", "DELETE /v1/"+call+".json", `{"codes":["`+codes+`"]}`)
		}

		shown := []string{`{"type":"USER_SELECT","value":[{"code":"ben","name":"ben"}]}`, `{"type":"ORGANIZATION_SELECT","value":[]}`, `{"type":"GROUP_SELECT","value":[]}`,
			`"inside":{"type":"USER_SELECT","value":[]}`, `{"type":"CREATOR","value":{"code":"","name":""}}`}
		s.play([]step{
			{call: "GET /k/v1/record.json?app=1&id=1", has: shown},
			{call: "GET /k/v1/records.json?app=1", has: shown},
			{call: "GET /k/v1/records/cursor.json?id=" + cursor, has: shown},
			{call: "GET /api/v1/record/history?app=1&record=1", has: []string{`[{"code":"ben","name":"ben"}]`}, lacks: []string{`[{"code":""`}},
		})
		if file := string(s.call("root", "GET /api/v1/export.csv?app=1", "").Body); !strings.Contains(file, ",ben,,,") || strings.Contains(file, "aiko") {
			t.Errorf("export: %s", file)
		}

		record := s.must("root", "GET /k/v1/record.json?app=1&id=1", "")["record"].(map[string]any)
		for code, v := range record {
			switch typ := v.(map[string]any)["type"].(string); typ {
			case "USER_SELECT", "ORGANIZATION_SELECT", "GROUP_SELECT", "SUBTABLE":
			default:
				delete(record, code) // an update takes no others
			}
		}
		body, err := json.Marshal(map[string]any{"app": 1, "id": 1, "record": record})
		if err != nil {
			t.Fatal(err)
		}
		s.play([]step{
			{call: "PUT /k/v1/record.json", in: string(body)},
			{call: "GET /k/v1/record.json?app=1&id=1", has: shown},
		})
	})
}
