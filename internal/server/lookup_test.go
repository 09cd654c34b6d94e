package server

import (
	"testing"
)

// Source: kintone REST behaviour, lookup copy; kintone REST reference, form field definitions.
func TestLookupDefinitions(t *testing.T) {
	lookup := func(key, mappings, rest string) string {
		return `{"type":"SINGLE_LINE_TEXT","lookup":{"relatedApp":{"app":"1"},"relatedKeyField":"` + key + `","fieldMappings":[` + mappings + `]` + rest + `}}`
	}
	add := func(code, def string) step {
		return step{call: "POST /k/v1/preview/app/form/fields.json", in: `{"app":2,"properties":{"` + code + `":` + def + `}}`}
	}
	name := `{"field":"name","relatedField":"name"}`
	deploy := step{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":2}]}`}
	fields := "GET /k/v1/app/form/fields.json?app=2"
	scenario(t, func(s *testSite) {
		s.World.User("aiko")
		s.define("goods", `"code":{"type":"SINGLE_LINE_TEXT","unique":true},"name":{"type":"SINGLE_LINE_TEXT"},"price":{"type":"NUMBER"}`)
		s.define("orders", `"name":{"type":"SINGLE_LINE_TEXT"},"price":{"type":"NUMBER"},"lines":{"type":"SUBTABLE","fields":{"part":{"type":"SINGLE_LINE_TEXT"}}}`)
	}, []step{
		add("x", lookup("none", name, "")).but("400 GAIA_FC01"),
		add("x", lookup("code", `{"field":"none","relatedField":"name"}`, "")).but("400 GAIA_FC01"),
		add("x", lookup("code", `{"field":"name","relatedField":"none"}`, "")).but("400 GAIA_FC01"),
		add("x", lookup("code", `{"field":"part","relatedField":"name"}`, "")).but("400 GAIA_FC01"), // stands in a table
		add("x", lookup("code", name, `,"lookupPickerFields":["none"]`)).but("400 GAIA_FC01"),
		add("x", lookup("$id", name, "")).but("400 CB_VA01 properties[x].lookup.relatedKeyField=このフィールドはルックアップのキーにできません。文字列、リンク、数値、日付、またはレコード番号を選んでください。"),
		add("x", lookup("code", name+","+name, "")).but("400 CB_VA01 properties[x].lookup.fieldMappings[1].field=コピー先のフィールドの設定が重複しています。"),
		add("x", lookup("code", `{"field":"price","relatedField":"name"}`, "")).but("400 CB_VA01 properties[x].lookup.fieldMappings[0]=指定したフィールドの組み合わせが正しくありません。"),
		add("x", lookup("code", name, `,"filterCond":"none = 1"`)).but("400 CB_VA01 properties[x].lookup.filterCond=指定されたフィールド（none）が見つかりません。"),
		add("x", lookup("code", name, `,"sort":"none desc"`)).but("400 CB_VA01 properties[x].lookup.sort=指定されたフィールド（none）が見つかりません。"),
		add("x", `{"type":"SINGLE_LINE_TEXT","lookup":{"relatedApp":{"app":"99"},"relatedKeyField":"code"}}`).
			but("400 CB_VA01 properties[x].lookup.relatedApp=指定したアプリがないか、または閲覧権限がありません。"),
		add("x", `{"type":"SINGLE_LINE_TEXT","lookup":{"relatedKeyField":"code"}}`).but("400 CB_VA01 properties[x].lookup.relatedApp=必須です。"),

		// A key that is not unique is told when it is deployed.
		add("bad", lookup("name", "", "")),
		deploy.but("400 GAIA_LO03"),
		{call: "DELETE /k/v1/preview/app/form/fields.json", in: `{"app":2,"fields":["bad"]}`},

		add("item", lookup("code", name+`,{"field":"price","relatedField":"price"}`, `,"lookupPickerFields":["code","price"],"filterCond":"price > \"10\"","sort":"price asc"`)),
		add("twice", lookup("code", name, "")).but("400 CB_VA01 properties[twice].lookup.fieldMappings[0].field=コピー先のフィールドの設定が重複しています。"),
		{call: "GET /k/v1/app/form/fields.json?app=2", lacks: []string{"item"}},
		deploy,
		{call: fields, has: []string{`"item":{"code":"item","label":"item","lookup":{"fieldMappings":[{"field":"name","relatedField":"name"},{"field":"price","relatedField":"price"}],` +
			`"filterCond":"price > \"10\"","live":false,"lookupPickerFields":["code","price"],"relatedApp":{"app":"1","code":""},"relatedKeyField":"code","sort":"price asc"},"noLabel":false,"required":false,"type":"SINGLE_LINE_TEXT"}`}},
		{who: "aiko", call: fields, has: []string{`"relatedKeyField":"code"`}},

		// A field that is renamed is known by its new code; one that is used cannot be deleted.
		{call: "PUT /k/v1/preview/app/form/fields.json", in: `{"app":1,"properties":{"price":{"code":"cost"}}}`},
		{call: "DELETE /k/v1/preview/app/form/fields.json", in: `{"app":1,"fields":["code"]}`, want: "400 GAIA_LO02"},
		{call: "DELETE /k/v1/preview/app/form/fields.json", in: `{"app":1,"fields":["name"]}`, want: "400 GAIA_LO02"},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`},
		{call: fields, has: []string{`"filterCond":"cost > \"10\""`, `{"field":"price","relatedField":"cost"}`, `"sort":"cost asc"`, `"lookupPickerFields":["code","cost"]`}},

		// A key stays unique, unless its lookup goes in the same deployment; duplicates of what is only copied are no matter.
		{call: "PUT /k/v1/preview/app/form/fields.json", in: `{"app":1,"properties":{"code":{"type":"NUMBER"}}}`, want: "400 CB_VA01 properties[code].type=フィールド（code: code）の種類は変更できません。"},
		{call: "PUT /k/v1/preview/app/form/fields.json", in: `{"app":1,"properties":{"name":{"unique":true}}}`},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`},
		{call: "PUT /k/v1/preview/app/form/fields.json", in: `{"app":1,"properties":{"name":{"unique":false}}}`},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`},
		{call: "PUT /k/v1/preview/app/form/fields.json", in: `{"app":1,"properties":{"code":{"unique":false}}}`},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`, want: "400 GAIA_LO03", has: []string{"フィールド（コード: code）は、ルックアップのキーとして使われているため、「値の重複を禁止する」を解除できません。"}},
		{call: "GET /k/v1/preview/app/deploy.json?apps[0]=1", has: []string{`"status":"FAIL"`}},
		deploy, // the other app goes on
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}],"revert":true}`},

		// Who may not see the source learns nothing of it.
		{call: "PUT /k/v1/preview/field/acl.json", in: `{"app":1,"rights":[{"code":"cost","entities":[{"entity":{"type":"USER","code":"aiko"},"accessibility":"NONE"},{"entity":{"type":"GROUP","code":"everyone"},"accessibility":"WRITE"}]}]}`},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`},
		{who: "aiko", call: fields, has: []string{`"fieldMappings":[{"field":"name","relatedField":"name"}]`, `"filterCond":""`, `"sort":"レコード番号 desc"`, `"lookupPickerFields":["code"]`}, lacks: []string{"cost"}},
		{call: "PUT /k/v1/preview/app/acl.json", in: `{"app":1,"rights":[{"entity":{"type":"CREATOR"},"recordViewable":true,"recordAddable":true,"appEditable":true}]}`},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`},
		{who: "aiko", call: fields, has: []string{`"lookup":null`}, lacks: []string{"relatedKeyField"}},
	})
}

// Source: kintone REST behaviour, lookup copy and errors; authentication by several API tokens.
func TestLookupsByTheAPI(t *testing.T) {
	add := func(who, key string) step {
		return step{who: who, call: "POST /k/v1/record.json", in: `{"app":2,"record":{"item":{"value":"` + key + `"},"name":{"value":"mine"}}}`}
	}
	scenario(t, func(s *testSite) {
		goods, orders := s.World.App("goods", "code text unique; name text"), s.World.App("orders", "name text")
		orders.Define(`{"item":{"type":"SINGLE_LINE_TEXT","lookup":{"relatedApp":{"app":1},"relatedKeyField":"code","fieldMappings":[{"field":"name","relatedField":"name"}]}}}`)
		s.must("root", "POST /k/v1/record.json", `{"app":1,"record":{"code":{"value":"A"},"name":{"value":"apple"}}}`)
		s.token("one", orders, "view add edit")
		s.token("source", goods, "view")
		s.tokens["both"] = s.tokens["one"] + "," + s.tokens["source"]
		s.token("blind", goods, "add")
		s.tokens["other"] = s.tokens["one"] + "," + s.tokens["blind"]
	}, []step{
		add("root", "A"),
		{call: "GET /k/v1/record.json?app=2&id=1", has: []string{`"name":{"type":"SINGLE_LINE_TEXT","value":"apple"}`, `"item":{"type":"SINGLE_LINE_TEXT","value":"A"}`}},
		{call: "POST /k/v1/record.json", in: `{"app":2,"record":{"item":{"value":"B"}}}`, want: "400 GAIA_LO04",
			has: []string{`フィールド「item」の値「B」が、ルックアップの参照先のフィールドにないか、またはアプリやフィールドの閲覧権限がありません。`}},
		{call: "POST /k/v1/records.json", in: `{"app":2,"records":[{"item":{"value":"A"}},{"item":{"value":"B"}},{"item":{"value":"C"}}]}`, want: "400 GAIA_LO04", lacks: []string{`"errors"`, "「C」"}},
		{call: "GET /k/v1/records.json?app=2&totalCount=true", has: []string{`"totalCount":"1"`}},
		add("token one", "A").but("400 GAIA_LO04"),
		add("token other", "A").but("400 GAIA_LO04"),
		add("token both", "A"),
		{who: "token both", call: "PUT /k/v1/record.json", in: `{"app":2,"id":2,"record":{"item":{"value":""}}}`},
		{call: "GET /k/v1/record.json?app=2&id=2", has: []string{`"name":{"type":"SINGLE_LINE_TEXT","value":""}`}},
		{call: "POST /api/v1/record/draft", in: `{"app":2,"record":{"item":{"value":"B"}}}`, has: []string{`record.item.value`}},

		// In one request: what was added before is found.
		{call: "POST /k/v1/bulkRequest.json", in: `{"requests":[{"method":"POST","api":"/k/v1/record.json","payload":{"app":1,"record":{"code":{"value":"N"},"name":{"value":"new"}}}},` +
			`{"method":"POST","api":"/k/v1/record.json","payload":{"app":2,"record":{"item":{"value":"N"}}}}]}`},
		{call: "GET /k/v1/record.json?app=2&id=3", has: []string{`"value":"new"`}},
	})
}

// An app's own fields are kept for its own lookups, and go with them.
func TestKeysOfLookups(t *testing.T) {
	fields := "/k/v1/preview/app/form/fields.json"
	deploy := func(apps string) step {
		return step{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[` + apps + `]}`}
	}
	look := func(app, source, mappings string) step {
		return step{call: "POST " + fields, in: `{"app":` + app + `,"properties":{"item":{"type":"SINGLE_LINE_TEXT","lookup":{"relatedApp":{"app":"` + source + `"},"relatedKeyField":"code","fieldMappings":[` + mappings + `]}}}}`}
	}
	loose := step{call: "PUT " + fields, in: `{"app":1,"properties":{"code":{"unique":false}}}`}
	scenario(t, func(s *testSite) {
		s.define("goods", `"code":{"type":"SINGLE_LINE_TEXT","unique":true},"name":{"type":"SINGLE_LINE_TEXT"},"of":{"type":"SINGLE_LINE_TEXT"}`)
		s.define("orders", `"name":{"type":"SINGLE_LINE_TEXT"}`)
	}, []step{
		look("1", "1", `{"field":"of","relatedField":"name"}`),
		{call: "DELETE " + fields, in: `{"app":1,"fields":["code"]}`, want: "400 GAIA_LO02"},
		{call: "DELETE " + fields, in: `{"app":1,"fields":["name"]}`, want: "400 GAIA_LO02"},
		deploy(`{"app":1}`),
		{call: "DELETE " + fields, in: `{"app":1,"fields":["code"]}`, want: "400 GAIA_LO02"},
		loose,
		deploy(`{"app":1}`).but("400 GAIA_LO03"),
		{call: "DELETE " + fields, in: `{"app":1,"fields":["item","code"]}`},
		{call: "POST " + fields, in: `{"app":1,"properties":{"code":{"type":"SINGLE_LINE_TEXT","unique":true}}}`},
		deploy(`{"app":1}`),

		// Several apps at once are seen as they are afterwards.
		look("2", "1", ""),
		deploy(`{"app":2}`),
		loose,
		deploy(`{"app":1}`).but("400 GAIA_LO03"),
		deploy(`{"app":1},{"app":2}`).but("400 GAIA_LO03"),
		{call: "DELETE " + fields, in: `{"app":2,"fields":["item"]}`},
		deploy(`{"app":1}`).but("400 GAIA_LO03"),
		deploy(`{"app":2},{"app":1}`),
		look("2", "1", ""),
		deploy(`{"app":2}`).but("400 GAIA_LO03"),
	})
}
