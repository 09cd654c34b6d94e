package server

import "testing"

// Source: kintone REST API, permissions.
func TestPermissionLists(t *testing.T) {
	rights := func(path, list string) step {
		return step{call: "PUT " + path, in: `{"app":1,"rights":[` + list + `]}`}
	}
	entity := func(kind, code string) string { return `"entity":{"type":"` + kind + `","code":"` + code + `"}` }
	everyone := entity("GROUP", "everyone")
	scenario(t, func(s *testSite) {
		s.World.User("aiko")
		s.define("deals", `"title":{"type":"SINGLE_LINE_TEXT","code":"title"},"cost":{"type":"NUMBER","code":"cost"},"owner":{"type":"USER_SELECT","code":"owner"},
			"lines":{"type":"SUBTABLE","code":"lines","fields":{"part":{"type":"SINGLE_LINE_TEXT","code":"part"},"who":{"type":"USER_SELECT","code":"who"}}}`)
	}, []step{
		// What needs another right is dropped without it, and everyone comes last.
		rights("/k/v1/preview/app/acl.json", `{`+everyone+`,"recordEditable":true,"recordImportable":true,"recordAddable":true},{`+entity("USER", "AIKO")+`,"recordViewable":true,"recordEditable":true,"includeSubs":true}`),
		{call: "GET /k/v1/preview/app/acl.json?app=1&lang=en", has: []string{
			`"rights":[{"entity":{"type":"USER","code":"aiko"},"includeSubs":false,"appEditable":false,"recordViewable":true,"recordAddable":false,"recordEditable":true,`,
			`{"entity":{"type":"GROUP","code":"everyone"},"includeSubs":false,"appEditable":false,"recordViewable":false,"recordAddable":true,"recordEditable":false,"recordDeletable":false,"recordImportable":true,`}},
		rights("/k/v1/preview/app/acl.json", `{`+entity("USER", "ghost")+`,"recordViewable":true}`).but("400 GAIA_IL26"),
		rights("/k/v1/preview/app/acl.json", `{`+entity("GROUP", "ghost")+`}`).but("400 GAIA_IL26"),
		rights("/k/v1/preview/app/acl.json", `{`+entity("ORGANIZATION", "ghost")+`}`).but("400 GAIA_IL26"),
		rights("/k/v1/preview/app/acl.json", `{`+everyone+`},{`+everyone+`}`).but("400 CB_VA01 rights[1].entity=重複しています。"),
		rights("/k/v1/preview/app/acl.json", `{`+entity("FIELD_ENTITY", "owner")+`}`).but("400 CB_VA01 rights[0].entity.type=Enum値のいずれかでなければなりません。"),

		rights("/k/v1/preview/record/acl.json", `{"filterCond":"cost > 5","entities":[{`+everyone+`,"editable":true},{`+entity("FIELD_ENTITY", "owner")+`,"viewable":true,"editable":true,"includeSubs":true}]}`),
		{call: "GET /k/v1/preview/record/acl.json?app=1&lang=ja", has: []string{`"rights":[{"filterCond":"cost > 5","entities":[{"entity":{"type":"FIELD_ENTITY","code":"owner"},"viewable":true,"editable":true,"deletable":false,"includeSubs":false},{"entity":{"type":"GROUP","code":"everyone"},"viewable":false,"editable":false,"deletable":false,"includeSubs":false}]}]`}},
		rights("/k/v1/preview/record/acl.json", `{"filterCond":"","entities":[{`+entity("FIELD_ENTITY", "ghost")+`}]}`).but("400 GAIA_FC01"),
		rights("/k/v1/preview/record/acl.json", `{"filterCond":"","entities":[{`+entity("FIELD_ENTITY", "title")+`}]}`).but("400 CB_VA01 rights[0].entities[0].entity.code=フィールド（code: title）には、テーブルの外にあるユーザー・組織・グループのフィールドを指定してください。"),
		rights("/k/v1/preview/record/acl.json", `{"filterCond":"","entities":[{`+entity("FIELD_ENTITY", "who")+`}]}`).but("400 CB_VA01 rights[0].entities[0].entity.code=フィールド（code: who）には、テーブルの外にあるユーザー・組織・グループのフィールドを指定してください。"),
		rights("/k/v1/preview/record/acl.json", `{"filterCond":"","entities":[{`+entity("CREATOR", "")+`}]}`).but("400 CB_VA01 rights[0].entities[0].entity.type=Enum値のいずれかでなければなりません。"),
		rights("/k/v1/preview/record/acl.json", `{"filterCond":"ghost = 1","entities":[]}`).but("400 CB_VA01 rights[0].filterCond=指定されたフィールド（ghost）が見つかりません。"),

		rights("/k/v1/preview/field/acl.json", `{"code":"cost","entities":[{"accessibility":"READ",`+everyone+`},{"accessibility":"WRITE",`+everyone+`,"filterCond":"title = \"x\""},{"accessibility":"NONE",`+entity("USER", "aiko")+`}]}`),
		{call: "GET /k/v1/preview/field/acl.json?app=1", has: []string{`[{"accessibility":"NONE","entity":{"type":"USER","code":"aiko"},"includeSubs":false},{"accessibility":"READ",` + everyone + `,"includeSubs":false},{"accessibility":"WRITE",` + everyone + `,"includeSubs":false,"filterCond":"title = \"x\""}]`}},
		rights("/k/v1/preview/field/acl.json", `{"code":"ghost","entities":[]}`).but("400 GAIA_FC01"),
		rights("/k/v1/preview/field/acl.json", `{"code":"cost","entities":[]},{"code":"cost","entities":[]}`).but("400 CB_VA01 rights[1].code=重複しています。"),
		rights("/k/v1/preview/field/acl.json", `{"code":"cost","entities":[{"accessibility":"SOME",`+everyone+`}]}`).but("400 CB_VA01 rights[0].entities[0].accessibility=Enum値のいずれかでなければなりません。"),

		// Live: with everything that waits in preview, at once, unless that is not what the caller saw.
		{call: "POST /k/v1/preview/app/form/fields.json", in: `{"app":1,"properties":{"late":{"type":"NUMBER","code":"late"}}}`},
		{call: "PUT /k/v1/record/acl.json", in: `{"app":1,"revision":3,"rights":[]}`, want: "409 GAIA_CO03"},
		{call: "GET /k/v1/app/form/fields.json?app=1", lacks: []string{`"late"`}},
		rights("/k/v1/app/acl.json", `{`+entity("CREATOR", "")+`,"appEditable":true,"recordViewable":true,"recordAddable":true,"recordEditable":true,"recordDeletable":true},{`+everyone+`,"recordViewable":true,"recordEditable":true}`),
		{call: "GET /k/v1/app/form/fields.json?app=1", has: []string{`"late"`}},
		rights("/k/v1/record/acl.json", `{"filterCond":"cost > 5","entities":[{`+entity("USER", "root")+`,"viewable":true,"editable":true,"deletable":true}]}`),
		rights("/k/v1/field/acl.json", `{"code":"part","entities":[{"accessibility":"WRITE",`+entity("USER", "root")+`}]},{"code":"title","entities":[{"accessibility":"READ",`+everyone+`}]}`),

		{call: "POST /k/v1/records.json", in: `{"app":1,"records":[{"cost":{"value":"1"}},{"cost":{"value":"9"}}]}`},
		{who: "aiko", call: "GET /k/v1/records/acl/evaluate.json?app=1&ids[0]=1", has: []string{`"rights":[{"id":"1","record":{"viewable":true,"editable":true,"deletable":false},"fields":{`,
			`"cost":{"viewable":true,"editable":true}`, `"title":{"viewable":true,"editable":false}`, `"part":{"viewable":false,"editable":false}`, `"lines":{"viewable":true,"editable":true}`}},
		{who: "aiko", call: "GET /k/v1/records/acl/evaluate.json?app=1&ids[0]=1&ids[1]=2", want: "404 GAIA_RE01"},
		{who: "aiko", call: "GET /k/v1/records/acl/evaluate.json?app=1&ids[0]=99", want: "404 GAIA_RE01"},
		{who: "aiko", call: "GET /k/v1/records/acl/evaluate.json?app=1", want: "400 CB_VA01 ids=必須です。"},
		{call: "GET /k/v1/records/acl/evaluate.json?app=1&ids[0]=2&ids[1]=1", has: []string{`"rights":[{"id":"2","record":{"viewable":true,"editable":true,"deletable":true}`, `{"id":"1"`}},
		{who: "aiko", call: "PUT /k/v1/record/acl.json", in: `{"app":1,"rights":[]}`, want: "403 CB_NO02"},

		// What names something deleted says so to managers.
		{call: "DELETE /k/v1/preview/app/form/fields.json", in: `{"app":1,"fields":["cost"]}`},
		{call: "GET /k/v1/preview/record/acl.json?app=1", has: []string{`"lost":true`}},
		{call: "GET /k/v1/record/acl.json?app=1", lacks: []string{`"lost"`}},
	})
}
