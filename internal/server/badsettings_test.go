package server

import "testing"

// Source: kintone REST reference, form field definitions, layout, views and general settings.
func TestSettingsThatMakeNoSense(t *testing.T) {
	fields := func(properties, want string) step {
		return step{call: "POST /k/v1/preview/app/form/fields.json", in: `{"app":1,"properties":{` + properties + `}}`, want: "400 CB_VA01 " + want}
	}
	put := func(what, list, members, want string) step {
		return step{call: "PUT /k/v1/preview/app/" + what + ".json", in: `{"app":1,"` + list + `":` + members + `}`, want: "400 CB_VA01 " + want}
	}
	layout := func(rows, want string) step { return put("form/layout", "layout", "["+rows+"]", want) }
	views := func(members, want string) step { return put("views", "views", "{"+members+"}", want) }
	options := `"options":{"a":{"label":"a","index":"0"},"b":{"label":"b","index":"1"}}`
	required, boolean, wrong := "必須です。", "trueまたはfalseで指定してください。", "の種類はここでは使えません。"
	refused := "初期値が、フィールド自身の制限に合っていません。"
	scenario(t, func(s *testSite) {
		s.define("form", `"text":{"type":"SINGLE_LINE_TEXT"},"d":{"type":"DATE"},"box":{"type":"GROUP"},"t":{"type":"SUBTABLE","fields":{"in":{"type":"NUMBER"}}},"file":{"type":"FILE"},
			"drop":{"type":"DROP_DOWN","defaultValue":"a",`+options+`}`)
	}, []step{
		fields(`"x":{"type":"DROP_DOWN","defaultValue":"z",`+options+`}`, `properties[x].defaultValue="z"は選択肢にありません。`),
		fields(`"x":{"type":"DROP_DOWN","options":{"a":{"label":"a"}}}`, "properties[x].options[a].index="+required),
		fields(`"x":{"type":"SINGLE_LINE_TEXT","maxLength":"5","defaultValue":"too long"}`, "properties[x].defaultValue="+refused),
		fields(`"x":{"type":"NUMBER","minValue":"5","defaultValue":"1"}`, "properties[x].defaultValue="+refused),
		fields(`"x":{"type":"LINK","defaultValue":"javascript:x"}`, "properties[x].defaultValue="+refused),
		fields(`"x":{"type":"NUMBER","required":"maybe","unique":2,"displayScale":"11","maxValue":"much"}`,
			"properties[x].displayScale=最大でも10以下です。 properties[x].maxValue=数字でなければなりません。 properties[x].required="+boolean+" properties[x].unique="+boolean),
		fields(`"x":{"type":"SINGLE_LINE_TEXT","minLength":"-1","maxLength":"long"}`, "properties[x].maxLength=整数で指定してください。 properties[x].minLength=最小でも0以上です。"),
		fields(`"x":{"type":"USER_SELECT","defaultValue":[{"type":"FUNCTION","code":"LOGINUSER()"},{"type":"USER","code":"nobody"}],"entities":[{"type":"GROUP","code":"none"}]}`,
			"properties[x].defaultValue[1].code=指定したユーザー（code：nobody）が見つかりません。 properties[x].entities[0].code=指定したグループ（code：none）が見つかりません。"),

		// A renamed option takes the default along, whichever name the request says.
		{call: "PUT /k/v1/preview/app/form/fields.json", in: `{"app":1,"properties":{"drop":{"type":"DROP_DOWN","options":{"a":{"label":"first","index":"0"}}}}}`},
		{call: "GET /k/v1/preview/app/form/fields.json?app=1", has: []string{`"defaultValue":"first"`}},
		{call: "PUT /k/v1/preview/app/form/fields.json", in: `{"app":1,"properties":{"drop":{"type":"DROP_DOWN","defaultValue":"first","options":{"first":{"label":"a","index":"0"}}}}}`},
		{call: "GET /k/v1/preview/app/form/fields.json?app=1", has: []string{`"defaultValue":"a"`}},

		layout(`{"fields":[]},{"type":"GROUP"},{"type":"ROW","fields":[{"code":"text"},{"type":"SINGLE_LINE_TEXT"}]}`,
			"layout[0].type="+required+" layout[1].code="+required+" layout[2].fields[0].type="+required+" layout[2].fields[1].code="+required),
		layout(`{"type":"ROW","fields":[{"type":"SINGLE_LINE_TEXT","code":"text","size":{"width":"wide","height":-1}}]}`,
			"layout[0].fields[0].size.height=整数で指定してください。 layout[0].fields[0].size.width=整数で指定してください。"),
		{call: "PUT /k/v1/preview/app/form/layout.json", in: `{"app":1,"layout":[{"type":"ROW","fields":[{"type":"SINGLE_LINE_TEXT","code":"text","size":{"width":200}}]},{"type":"ROW"},{"type":"GROUP","code":"box"}]}`},
		{call: "GET /k/v1/preview/app/form/layout.json?app=1", has: []string{
			`"layout":[{"type":"ROW","fields":[{"type":"SINGLE_LINE_TEXT","code":"text","size":{"width":"200"}}]},{"type":"ROW","fields":[]},{"type":"GROUP","code":"box","layout":[]}]`}},

		views(`"v":{"index":0,"type":"LIST"}`, "views[v].fields="+required),
		views(`"v":{"index":0,"type":"CALENDAR","date":"text","title":"file"}`, "views[v].date=フィールド（code: text）"+wrong+" views[v].title=フィールド（code: file）"+wrong),
		views(`"v":{"index":0,"type":"CUSTOM","device":"TOASTER"}`, "views[v].device=Enum値のいずれかでなければなりません。"),
		views(`"v":{"index":0,"type":"LIST","fields":["text","box"]}`, "views[v].fields[1]=指定されたフィールド（box）が見つかりません。"),
		{call: "PUT /k/v1/preview/app/views.json", in: `{"app":1,"views":{"v":{"index":0,"type":"LIST","fields":[]},"h":{"index":1,"type":"CUSTOM"}}}`},
		{call: "GET /k/v1/preview/app/views.json?app=1", has: []string{`"fields":[]`, `"html":"","pager":true`}},

		put("settings", "titleField", `{"selectionMode":"MANUAL"}`, "titleField.code="+required),
		put("settings", "titleField", `{"selectionMode":"MANUAL","code":"t"}`, "titleField.code=フィールド（code: t）"+wrong),
		put("settings", "numberPrecision", `{"digits":3,"decimalPlaces":10}`, "numberPrecision.decimalPlaces=最大でも3以下です。"),
		put("settings", "name", `" "`, "name=名前は1文字から64文字までで入力してください。"),
	})
}
