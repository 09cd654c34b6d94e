package server

import (
	"fmt"
	"strings"
	"testing"
)

// Attack case 83: whatever a permission's condition names may be deleted, turned off or renamed, or is kept from it. Records that
// were closed are closed afterwards.
func TestClosedRecordsStayClosed(t *testing.T) {
	cases := []struct {
		name, condition string
		close           string // what closes record 1, beside its values
		goes            []string
	}{
		{"an option", `stage in ("shut")`, "", []string{`PUT /k/v1/preview/app/form/fields.json {"app":1,"properties":{"stage":{"options":{"open":{"label":"open","index":"0"}}}}}`}},
		{"an option renamed", `stage in ("shut")`, "", []string{`PUT /k/v1/preview/app/form/fields.json {"app":1,"properties":{"stage":{"options":{"open":{"label":"open","index":"0"},"shut":{"label":"closed","index":"1"}}}}}`}},
		{"options that swap their names", `stage in ("shut")`, "", []string{`PUT /k/v1/preview/app/form/fields.json {"app":1,"properties":{"stage":{"options":{"open":{"label":"shut","index":"0"},"shut":{"label":"open","index":"1"}}}}}`}},
		{"an option of what was chosen not to be", `stage not in ("open")`, "", []string{`PUT /k/v1/preview/app/form/fields.json {"app":1,"properties":{"stage":{"options":{"shut":{"label":"shut","index":"0"}}}}}`}},
		{"a field", `title = "shut"`, "", []string{`DELETE /k/v1/preview/app/form/fields.json {"app":1,"fields":["title"]}`}},
		{"one of two fields", `title = "shut" or no = "none"`, "", []string{`DELETE /k/v1/preview/app/form/fields.json {"app":1,"fields":["no"]}`}},
		{"a field that comes again", `title = "shut"`, "", []string{`DELETE /k/v1/preview/app/form/fields.json {"app":1,"fields":["title"]}`, "deploy", `POST /k/v1/preview/app/form/fields.json {"app":1,"properties":{"title":{"type":"SINGLE_LINE_TEXT","code":"title"}}}`}},
		{"a column of a table", `part in ("shut")`, "", []string{`PUT /k/v1/preview/app/form/fields.json {"app":1,"properties":{"rows":{"type":"SUBTABLE","fields":{"other":{"type":"NUMBER","code":"other"}}}}}`, `DELETE /k/v1/preview/app/form/fields.json {"app":1,"fields":["part"]}`}},
		{"a table", `part in ("shut")`, "", []string{`DELETE /k/v1/preview/app/form/fields.json {"app":1,"fields":["rows"]}`}},
		{"a user", `who in ("carl")`, "", []string{`DELETE /v1/users.json {"codes":["carl"]}`}},
		{"a user whose name another one takes", `who in ("carl")`, "", []string{`DELETE /v1/users.json {"codes":["carl"]}`, `POST /v1/users.json {"users":[{"code":"carl","name":"another","password":"password of carl"}]}`}},
		{"a user's login name", `who in ("carl")`, "", []string{`PUT /v1/users/codes.json {"codes":[{"currentCode":"carl","newCode":"karl"}]}`}},
		{"an organisation", `dept in ("head")`, "", []string{`DELETE /v1/organizations.json {"codes":["head"]}`}},
		{"a group", `ring in ("choir")`, "", []string{`DELETE /v1/groups.json {"codes":["choir"]}`}},
		{"a status", `ステータス in ("shut")`, `PUT /k/v1/record/status.json {"app":1,"id":1,"action":"close"}`, []string{`PUT /k/v1/preview/app/status.json {"app":1,"states":{"open":{"name":"open","index":0,"assignee":{"type":"ONE","entities":[]}}},"actions":[]}`}},
		{"a status renamed", `ステータス in ("shut")`, `PUT /k/v1/record/status.json {"app":1,"id":1,"action":"close"}`, []string{`PUT /k/v1/preview/app/status.json {"app":1,"states":{"open":{"name":"open","index":0,"assignee":{"type":"ONE","entities":[]}},"shut":{"name":"closed","index":1,"assignee":{"type":"ONE","entities":[]}}},"actions":[]}`}},
		{"process management", `ステータス in ("shut")`, `PUT /k/v1/record/status.json {"app":1,"id":1,"action":"close"}`, []string{`PUT /k/v1/preview/app/status.json {"app":1,"enable":false}`}},
		{"a category", `カテゴリー in ("shut")`, `PUT /api/v1/record/categories {"app":1,"id":1,"categories":["shut"]}`, []string{`PUT /api/v1/preview/app/categories {"app":1,"categories":{"open":{"name":"open","index":0,"children":{}}}}`}},
		{"a category renamed", `カテゴリー in ("shut")`, `PUT /api/v1/record/categories {"app":1,"id":1,"categories":["shut"]}`, []string{`PUT /api/v1/preview/app/categories {"app":1,"categories":{"open":{"name":"open","index":0,"children":{}},"shut":{"name":"closed","index":1,"children":{}}}}`}},
		{"categories", `カテゴリー in ("shut")`, `PUT /api/v1/record/categories {"app":1,"id":1,"categories":["shut"]}`, []string{`PUT /api/v1/preview/app/categories {"app":1,"enabled":false}`}},
		{"who made the record", `作成者 in ("carl")`, "", []string{`DELETE /v1/users.json {"codes":["carl"]}`}},
	}
	eachSite(t, func(t *testing.T, s *testSite) {
		s.World.User("aiko")
		for i, tc := range cases {
			n := fmt.Sprint(i + 1)
			own := strings.NewReplacer(`"app":1`, `"app":`+n, "carl", "carl"+n, "karl", "karl"+n, "head", "head"+n, "choir", "choir"+n) // an app and people of its own
			call := func(text string) answer {
				method, body, _ := strings.Cut(own.Replace(text), " {")
				return s.call("root", method, "{"+body)
			}
			must := func(text string) {
				t.Helper()
				if a := call(text); a.Status != 200 {
					t.Fatalf("%s: %s: %s %s", tc.name, text, a, a.Body)
				}
			}
			s.World.User("carl" + n)
			s.World.Organization("head"+n, "")
			s.World.Group("choir" + n)
			s.define("rows", `"title":{"type":"SINGLE_LINE_TEXT","code":"title"},"no":{"type":"SINGLE_LINE_TEXT","code":"no"},"stage":{"type":"DROP_DOWN","code":"stage","options":{"open":{"label":"open","index":"0"},"shut":{"label":"shut","index":"1"}}},
				"who":{"type":"USER_SELECT","code":"who"},"dept":{"type":"ORGANIZATION_SELECT","code":"dept"},"ring":{"type":"GROUP_SELECT","code":"ring"},
				"rows":{"type":"SUBTABLE","code":"rows","fields":{"part":{"type":"SINGLE_LINE_TEXT","code":"part"}}}`)
			must(`PUT /k/v1/preview/app/status.json {"app":1,"enable":true,"states":{"open":{"name":"open","index":0,"assignee":{"type":"ONE","entities":[]}},"shut":{"name":"shut","index":1,"assignee":{"type":"ONE","entities":[]}}},"actions":[{"name":"close","from":"open","to":"shut"}]}`)
			must(`PUT /api/v1/preview/app/categories {"app":1,"enabled":true,"categories":{"open":{"name":"open","index":0,"children":{}},"shut":{"name":"shut","index":1,"children":{}}}}`)
			s.deploy(n)
			s.must("carl"+n, "POST /k/v1/record.json", own.Replace(`{"app":1,"record":{"title":{"value":"shut"},"stage":{"value":"shut"},"who":{"value":[{"code":"carl"}]},"dept":{"value":[{"code":"head"}]},"ring":{"value":[{"code":"choir"}]},"rows":{"value":[{"value":{"part":{"value":"shut"}}}]}}}`))
			if tc.close != "" {
				must(tc.close)
			}
			must(fmt.Sprintf(`PUT /k/v1/record/acl.json {"app":1,"rights":[{"filterCond":%q,"entities":[{"entity":{"type":"USER","code":"root"},"viewable":true,"editable":true,"deletable":true},{"entity":{"type":"GROUP","code":"everyone"}}]}]}`, tc.condition))
			closed := func(when string) {
				t.Helper()
				one, all := s.call("aiko", "GET /k/v1/record.json?id=1&app="+n, ""), s.call("aiko", "GET /k/v1/records.json?totalCount=true&app="+n, "")
				if one.String() != "404 GAIA_RE01" || !strings.Contains(string(all.Body), `"totalCount":"0"`) {
					t.Errorf("%s, %s: %s %s", tc.name, when, one, all.Body)
				}
			}
			closed("at first")
			for _, g := range append(tc.goes, "deploy") {
				if g == "deploy" {
					g = `POST /k/v1/preview/app/deploy.json {"apps":[{"app":1}]}`
				}
				if a := call(g); a.Status >= 500 { // what is in use may be kept
					t.Errorf("%s: %s: %s", tc.name, g, a)
				}
				s.drain()
			}
			closed("afterwards")
		}
	})
}

// Attack case 83: what other settings name may go as well. They show less afterwards or say what is wrong, and never show more.
func TestSettingsShowNoMoreWhenSomethingGoes(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.World.User("aiko")
		s.define("source", `"no":{"type":"SINGLE_LINE_TEXT","code":"no","unique":true},"kind":{"type":"DROP_DOWN","code":"kind","options":{"public":{"label":"public","index":"0"},"secret":{"label":"secret","index":"1"}}},"name":{"type":"SINGLE_LINE_TEXT","code":"name"}`)
		for i, kind := range []string{"public", "secret"} {
			s.must("root", "POST /k/v1/record.json", fmt.Sprintf(`{"app":1,"record":{"no":{"value":"N%d"},"kind":{"value":%q},"name":{"value":"same"}}}`, i+1, kind))
		}
		s.define("tied", `"name":{"type":"SINGLE_LINE_TEXT","code":"name"},"copy":{"type":"SINGLE_LINE_TEXT","code":"copy"},
			"look":{"type":"SINGLE_LINE_TEXT","code":"look","lookup":{"relatedApp":{"app":"1"},"relatedKeyField":"no","fieldMappings":[{"field":"copy","relatedField":"name"}],"lookupPickerFields":["name"],"filterCond":"kind in (\"public\")","sort":""}},
			"rel":{"type":"REFERENCE_TABLE","code":"rel","referenceTable":{"relatedApp":{"app":"1"},"condition":{"field":"name","relatedField":"name"},"filterCond":"kind in (\"public\")","displayFields":["no"],"sort":"kind asc"}}`)
		s.must("root", "POST /k/v1/record.json", `{"app":2,"record":{"name":{"value":"same"}}}`)
		shows := func(when string) {
			t.Helper()
			for _, call := range []string{"GET /api/v1/lookup/candidates?app=2&field=look", "GET /api/v1/record/related?app=2&id=1&field=rel"} {
				a := s.call("aiko", call, "")
				if a.Status >= 500 || strings.Contains(string(a.Body), `"N2"`) || a.Status == 200 && strings.Contains(string(a.Body), `"totalCount":"2"`) {
					t.Errorf("%s: %s: %s %s", when, call, a, a.Body)
				}
			}
			for _, q := range []string{`rel.no in ("N2")`, `rel.$id = 2`} {
				a := s.call("aiko", "GET /k/v1/records.json", fmt.Sprintf(`{"app":2,"query":%q}`, q))
				if a.Status >= 500 || strings.Contains(string(a.Body), `"same"`) {
					t.Errorf("%s: %s: %s %s", when, q, a, a.Body)
				}
			}
		}
		shows("at first")
		s.play([]step{{who: "aiko", call: "GET /api/v1/record/related?app=2&id=1&field=rel", has: []string{`"N1"`, `"totalCount":"1"`}}})
		s.must("root", "PUT /k/v1/preview/app/form/fields.json", `{"app":1,"properties":{"kind":{"options":{"public":{"label":"open","index":"0"},"secret":{"label":"secret","index":"1"}}}}}`)
		s.deploy("1")
		s.drain()
		shows("with an option renamed")
		s.must("root", "PUT /k/v1/preview/app/form/fields.json", `{"app":1,"properties":{"kind":{"options":{"secret":{"label":"secret","index":"1"}}}}}`)
		s.deploy("1")
		s.drain()
		shows("with an option deleted")
		s.must("root", "DELETE /k/v1/preview/app/form/fields.json", `{"app":1,"fields":["kind"]}`)
		a := s.call("root", "POST /k/v1/preview/app/deploy.json", `{"apps":[{"app":1}]}`)
		s.drain()
		shows("with its field deleted, deploying said " + a.String())
		s.call("root", "DELETE /api/v1/app", `{"app":1}`)
		s.drain()
		shows("with the app deleted")
		s.play([]step{{who: "aiko", call: "GET /k/v1/record.json?app=2&id=1", has: []string{`"same"`}}})
	})
}
