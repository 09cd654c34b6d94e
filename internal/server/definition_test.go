package server

import (
	"encoding/json"
	"testing"
)

const (
	fieldsPath  = "/k/v1/preview/app/form/fields.json"
	linkedField = `{"type":"SINGLE_LINE_TEXT","lookup":{"relatedApp":{"app":"1"},"relatedKeyField":"code","fieldMappings":[]}}`
)

// tied makes the app orders, whose fields are tied to the app goods. mia and nao manage orders, aiko reads it; nao sees goods
// without the cost, the others may not see goods.
func tied(s *testSite) {
	for _, name := range []string{"mia", "nao", "aiko"} {
		s.World.User(name)
	}
	s.define("goods", `"code":{"type":"SINGLE_LINE_TEXT","unique":true},"cost":{"type":"NUMBER"}`)
	s.define("orders", `"code":{"type":"SINGLE_LINE_TEXT"},"price":{"type":"NUMBER"},"item":`+linkedField+`,"rows":{"type":"SUBTABLE","fields":{"part":`+linkedField+`,"n":{"type":"NUMBER"}}},
		"dear":{"type":"SINGLE_LINE_TEXT","lookup":{"relatedApp":{"app":"1"},"relatedKeyField":"code","fieldMappings":[{"field":"price","relatedField":"cost"}],"filterCond":"cost > 1",
			"sort":"cost asc","lookupPickerFields":["cost","code"]}},
		"list":{"type":"REFERENCE_TABLE","referenceTable":{"relatedApp":{"app":1},"conditions":[{"field":"price","operator":">","relatedField":"cost"},{"field":"code","operator":"=","relatedField":"code"}],
			"filterCond":"cost > 1","displayFields":["cost","code"],"sort":"cost asc","size":20,"aggregates":[{"field":"cost","function":"SUM"}]}}`)
	user := func(name, rights string) string {
		return `,{"entity":{"type":"USER","code":"` + name + `"},"recordViewable":true` + rights + `}`
	}
	rights := func(app, others string) string {
		return `{"app":` + app + `,"rights":[{"entity":{"type":"CREATOR"},"recordViewable":true,"recordAddable":true,"appEditable":true}` + others + `]}`
	}
	s.must("root", "PUT /k/v1/preview/app/acl.json", rights("1", user("nao", "")))
	s.must("root", "PUT /k/v1/preview/app/acl.json", rights("2", user("mia", `,"appEditable":true`)+user("nao", `,"appEditable":true`)+user("aiko", "")))
	s.must("root", "PUT /k/v1/preview/field/acl.json", `{"app":1,"rights":[{"code":"cost","entities":[{"accessibility":"NONE","entity":{"type":"USER","code":"nao"}},
		{"accessibility":"WRITE","entity":{"type":"GROUP","code":"everyone"}}]}]}`)
	s.deploy("1")
	s.deploy("2")
}

// Source: kintone REST reference, legacy form; only who may view an app is told of it.
func TestFormListTellsOfRelatedApps(t *testing.T) {
	related := func(app string) []string {
		return []string{
			`"code":"item","label":"item","noLabel":false,"relatedApp":` + app + `,`, `"code":"part","label":"part","noLabel":false,"relatedApp":` + app + `,`,
			`"code":"list","label":"list","noLabel":false,"relatedApp":` + app + `,"type":"REFERENCE_TABLE"`, `"code":"dear","label":"dear","noLabel":false,"relatedApp":` + app + `,`,
		}
	}
	scenario(t, tied, []step{
		{call: "GET /k/v1/form.json?app=2", has: related(`"1"`), lacks: []string{`"relatedApp":null`, "referenceTable", "lookup"}},
		{call: "GET /k/v1/preview/form.json?app=2", has: related(`"1"`)},
		{who: "aiko", call: "GET /k/v1/form.json?app=2", has: related("null"), lacks: []string{`"relatedApp":"1"`}},
		{who: "mia", call: "GET /k/v1/preview/form.json?app=2", has: related("null"), lacks: []string{`"relatedApp":"1"`}},
	})
}

// What a manager is shown he can put back, and nothing that he is not shown is lost by it.
func TestDefinitionsArePutBack(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		tied(s)
		get := "GET " + fieldsPath + "?app=2"
		before := s.call("root", get, "")
		for _, who := range []string{"mia", "nao", "root"} {
			var shown struct{ Properties json.RawMessage }
			if err := json.Unmarshal(s.call(who, get, "").Body, &shown); err != nil {
				t.Fatal(err)
			}
			s.play([]step{
				{who: who, call: "PUT " + fieldsPath, in: `{"app":2,"properties":` + string(shown.Properties) + `}`},
				{call: get, has: []string{`"size":"20"`, definitionsIn(t, before)}},
			})
		}
		s.deploy("2")
		s.must("root", "POST /k/v1/record.json", `{"app":1,"record":{"code":{"value":"A"},"cost":{"value":5}}}`)
		s.must("root", "POST /k/v1/record.json", `{"app":2,"record":{"item":{"value":"A"},"dear":{"value":"A"}}}`)

		// What he does change is as he says; of another app nothing is known yet.
		dear := func(members string) string {
			return `{"app":2,"properties":{"dear":{"type":"SINGLE_LINE_TEXT","lookup":{` + members + `}}}}`
		}
		s.play([]step{
			{call: "GET /k/v1/record.json?app=2&id=1", has: []string{`"price":{"type":"NUMBER","value":"5"}`}},
			{who: "nao", call: get, has: []string{`"lookupPickerFields":["code"],"relatedApp":{"app":"1","code":""}`}, lacks: []string{"cost"}},
			{who: "nao", call: "PUT " + fieldsPath, in: dear(`"relatedApp":{"app":"1","code":""},"fieldMappings":[],"lookupPickerFields":[],"filterCond":"code = \"A\"","sort":"code desc"`)},
			{call: get, has: []string{`"fieldMappings":[{"field":"price","relatedField":"cost"}],"filterCond":"code = \"A\"","live":false,"lookupPickerFields":[],`, `"sort":"code desc"`}},
			{call: "PUT " + fieldsPath, in: dear(`"relatedApp":{"app":2}`), want: "400 CB_VA01 properties[dear].lookup.relatedKeyField=必須です。"},
			{call: "PUT " + fieldsPath, in: `{"app":2,"properties":{"list":{"referenceTable":{"relatedApp":{"app":2}}}}}`, want: "400 CB_VA01 properties[list].referenceTable=必須です。"},
			{call: "PUT " + fieldsPath, in: dear(`"relatedApp":{"app":2},"relatedKeyField":"code"`)},
			{call: get, has: []string{`"dear":{"code":"dear","label":"dear","lookup":{"fieldMappings":[],"filterCond":"","live":false,"lookupPickerFields":[],"relatedApp":{"app":"2","code":""},"relatedKeyField":"code"`}},
		})
	})
}

// definitionsIn is what the body says of all fields, without the revision.
func definitionsIn(t *testing.T, a answer) string {
	t.Helper()
	var body struct{ Properties json.RawMessage }
	if err := json.Unmarshal(a.Body, &body); err != nil {
		t.Fatal(err)
	}
	return compact(body.Properties)
}

// Source: kintone REST behaviour, requests (null is absent); kintone REST reference, form field definitions; OpenAPI, form fields.
func TestDefinitionsWithNull(t *testing.T) {
	add := func(def, want string) step {
		return step{call: "POST " + fieldsPath, in: `{"app":2,"properties":{` + def + `}}`, want: want}
	}
	put := func(def string) step {
		return step{call: "PUT " + fieldsPath, in: `{"app":2,"properties":{` + def + `}}`}
	}
	list := func(size string) step {
		return put(`"list":{"type":"REFERENCE_TABLE","referenceTable":{"size":` + size + `}}`)
	}
	options := `"options":{"a":{"label":"a","index":"0"}}`
	scenario(t, tied, []step{
		add(`"no":{"type":"NUMBER","code":null,"label":null,"noLabel":null,"required":null,"unique":null,"digit":null,"lookup":null,"unit":null,"minValue":null,"defaultValue":null},
			"t":{"type":"SINGLE_LINE_TEXT","hideExpression":null,"expression":null},"d":{"type":"DATE","defaultNowValue":true},"g":{"type":"GROUP","openGroup":null},
			"u":{"type":"USER_SELECT","entities":null,"defaultValue":null},"c":{"type":"DROP_DOWN","required":true,"defaultValue":"a",`+options+`}`, "200"),
		{call: "GET " + fieldsPath + "?app=2", has: []string{
			`"no":{"code":"no","defaultValue":"","digit":false,"displayScale":"","label":"no","maxValue":"","minValue":"","noLabel":false,"required":false,"type":"NUMBER","unique":false,"unit":"","unitPosition":"BEFORE"}`}},
		// In a change null leaves what is.
		put(`"d":{"defaultNowValue":null,"label":null,"code":null,"type":null},"c":{"required":null,"options":null,"defaultValue":null},"rows":{"fields":null}`),
		{call: "GET " + fieldsPath + "?app=2", has: []string{`"defaultNowValue":true`, `"defaultValue":"a"`, `"options":{"a":{"index":"0","label":"a"}},"required":true`, `"code":"part"`}},
		add(`"r":{"type":"REFERENCE_TABLE","referenceTable":null}`, "400 CB_VA01 properties[r].referenceTable=必須です。"),
		add(`"x":{"type":null}`, "400 CB_VA01 properties[x].type=必須です。"),
		add(`"x":null`, "400 CB_VA01 properties[x].type=必須です。"),
		add(`"x":[]`, "400 CB_VA01 properties=オブジェクトで指定してください。"),

		list("30"),
		{call: "GET " + fieldsPath + "?app=2", has: []string{`"size":"30"`}},
		list(`"10"`),
		list("null"),
		{call: "GET " + fieldsPath + "?app=2", has: []string{`"size":"10"`}},
		list("7").but("400 CB_VA01 properties[list].referenceTable.size=Enum値のいずれかでなければなりません。"),
		list("true").but("400 CB_VA01 properties[list].referenceTable.size=Enum値のいずれかでなければなりません。"),
		list(`{"rows":5}`).but("400 CB_VA01 properties[list].referenceTable.size=Enum値のいずれかでなければなりません。"),
		put(`"list":{"referenceTable":5}`).but("400 CB_VA01 properties[list].referenceTable=オブジェクトで指定してください。"),
	})
}

// Source: kintone REST behaviour, defaults.
func TestDefaultsThatStandForTheCaller(t *testing.T) {
	add := func(typ, function, want string) step {
		def := `"` + typ + function[:1] + `":{"type":"` + typ + `","defaultValue":[{"type":"FUNCTION","code":"` + function + `"}]}`
		return step{call: "POST " + fieldsPath, in: `{"app":1,"properties":{` + def + `}}`, want: want}
	}
	const login, primary = "LOGINUSER()", "PRIMARY_ORGANIZATION()"
	scenario(t, func(s *testSite) { s.define("form", `"t":{"type":"SINGLE_LINE_TEXT"}`) }, []step{
		add("USER_SELECT", login, "200"),
		add("ORGANIZATION_SELECT", primary, "200"),
		{call: "GET " + fieldsPath + "?app=1", has: []string{`[{"type":"FUNCTION","code":"LOGINUSER()"}]`, `[{"type":"FUNCTION","code":"PRIMARY_ORGANIZATION()"}]`}},
		add("USER_SELECT", primary, "400 CB_VA01 properties[USER_SELECTP].defaultValue[0].code=指定したユーザー（code：PRIMARY_ORGANIZATION()）が見つかりません。"),
		add("ORGANIZATION_SELECT", login, "400 CB_VA01 properties[ORGANIZATION_SELECTL].defaultValue[0].code=指定した組織（code：LOGINUSER()）が見つかりません。"),
		add("GROUP_SELECT", login, "400 CB_VA01 properties[GROUP_SELECTL].defaultValue[0].code=指定したグループ（code：LOGINUSER()）が見つかりません。"),
		add("GROUP_SELECT", primary, "400 CB_VA01 properties[GROUP_SELECTP].defaultValue[0].code=指定したグループ（code：PRIMARY_ORGANIZATION()）が見つかりません。"),
	})
}
