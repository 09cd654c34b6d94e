package server

import "testing"

// Parts of an app have names in other languages, which are shown to whoever asks for them; everything goes by the names in the
// app's own language, but that an action of the process may be taken by the name that somebody reads.
// Source: kintone REST API, the parameter lang; kintone product behaviour, names per language.
func TestNamesInOtherLanguages(t *testing.T) {
	scenario(t, func(s *testSite) {
		s.World.User("aiko")
		s.must("root", "PUT /v1/users.json", `{"users":[{"code":"aiko","locale":"en"}]}`)
		s.define("受注", `"title":{"type":"SINGLE_LINE_TEXT","code":"title","label":"件名"},"rows":{"type":"SUBTABLE","code":"rows","label":"明細","fields":{"part":{"type":"SINGLE_LINE_TEXT","code":"part","label":"部品"}}}`)
		s.must("root", "PUT /k/v1/preview/app/views.json", `{"app":1,"views":{"一覧":{"index":0,"type":"LIST","fields":["title"]},"盤":{"index":1,"type":"LIST","fields":["title"]}}}`)
		s.must("root", "PUT /k/v1/preview/app/status.json", `{"app":1,"enable":true,"states":{"未着手":{"index":0,"assignee":{"type":"ONE","entities":[]}},"完了":{"index":1,"assignee":{"type":"ONE","entities":[]}}},"actions":[{"name":"終える","from":"未着手","to":"完了"}]}`)
		s.must("root", "PUT /k/v1/preview/app/reports.json", `{"app":1,"reports":{"件数":{"index":0,"name":"件数","chartType":"PIE","groups":[{"code":"title"}],"aggregations":[{"type":"COUNT"}],"sorts":[]}}}`)
		s.must("root", "PUT /k/v1/preview/app/actions.json", `{"app":1,"actions":{"写す":{"index":0,"name":"写す","destApp":{"app":1},"mappings":[],"entities":[]}}}`)
		s.must("root", "PUT /api/v1/app/names", `{"app":1,"names":{"app":{"en":"Orders","zh":"订单"},"fields":{"title":{"en":"Subject"},"rows":{"en":"Lines"},"part":{"en":"Part"}},"views":{"一覧":{"en":"All"}},
			"reports":{"件数":{"en":"Count"}},"actions":{"写す":{"en":"Copy"}},"states":{"未着手":{"en":"New"},"完了":{"en":"Done"}},"processActions":{"終える":{"en":"Finish"}}}}`)
		s.deploy("1")
		s.must("aiko", "POST /k/v1/record.json", `{"app":1,"record":{"title":{"value":"A"}}}`)
		s.must("aiko", "POST /k/v1/record.json", `{"app":1,"record":{"title":{"value":"B"}}}`)
	}, []step{
		{call: "GET /k/v1/app/settings.json?app=1", has: []string{`"name":"受注"`}},
		{call: "GET /k/v1/app/settings.json?app=1&lang=en", has: []string{`"name":"Orders"`}},
		{call: "GET /k/v1/app/settings.json?app=1&lang=zh", has: []string{`"name":"订单"`}},
		{call: "GET /k/v1/app/settings.json?app=1&lang=es", has: []string{`"name":"受注"`}},
		{call: "GET /k/v1/app/settings.json?app=1&lang=user", has: []string{`"name":"受注"`}},
		{call: "GET /k/v1/app/settings.json?app=1&lang=user", who: "aiko", has: []string{`"name":"Orders"`}},
		{call: "GET /k/v1/app/settings.json?app=1&lang=default", who: "aiko", has: []string{`"name":"受注"`}},
		{call: "GET /k/v1/apps.json?name=order", who: "aiko", has: []string{`"name":"受注"`}},
		{call: "GET /k/v1/apps.json?name=order", has: []string{`"apps":[]`}}, // who reads Japanese
		{call: "GET /k/v1/app/form/fields.json?app=1&lang=en", who: "aiko", has: []string{`"label":"Subject"`, `"label":"Lines"`, `"label":"Part"`, `"title":{`}, lacks: []string{"件名", "明細", "部品"}},
		{call: "GET /k/v1/preview/app/form/fields.json?app=1&lang=zh", has: []string{`"label":"件名"`}},
		{call: "GET /k/v1/app/views.json?app=1&lang=en", who: "aiko", has: []string{`"All":{"type":"LIST"`, `"name":"All"`, `"盤":`}, lacks: []string{"一覧"}},
		{call: "GET /k/v1/app/reports.json?app=1&lang=en", who: "aiko", has: []string{`"Count":{`, `"name":"Count"`}, lacks: []string{"件数"}},
		{call: "GET /k/v1/app/actions.json?app=1&lang=en", has: []string{`"Copy":{`, `"name":"Copy"`}},
		{call: "GET /k/v1/app/status.json?app=1&lang=en", who: "aiko", has: []string{`"New":{"name":"New"`, `"name":"Finish","from":"New","to":"Done"`}, lacks: []string{"未着手"}},
		{call: "PUT /k/v1/record/status.json", who: "aiko", in: `{"app":1,"id":1,"action":"Finish"}`, has: []string{`"revision":"3"`}},
		{call: "PUT /k/v1/record/status.json", in: `{"app":1,"id":2,"action":"Finish"}`, want: "400 GAIA_IL03"}, // who reads Japanese
		{call: "PUT /k/v1/record/status.json", who: "aiko", in: `{"app":1,"id":2,"action":"終える"}`, has: []string{`"revision":"3"`}},
		{call: "GET /k/v1/record.json?app=1&id=1", who: "aiko", has: []string{`"value":"完了"`}},

		// They go with what they name.
		{call: "PUT /k/v1/preview/app/views.json", in: `{"app":1,"views":{"一覧":{"index":0,"type":"CALENDAR","name":"全件"}}}`},
		{call: "PUT /k/v1/preview/app/form/fields.json", in: `{"app":1,"properties":{"title":{"code":"subject","label":"題"}}}`},
		{call: "PUT /k/v1/preview/app/status.json", in: `{"app":1,"states":{"未着手":{"index":0,"name":"新規","assignee":{"type":"ONE","entities":[]}},"完了":{"index":1,"assignee":{"type":"ONE","entities":[]}}},"actions":[{"name":"終える","from":"新規","to":"完了"}]}`},
		{call: "PUT /k/v1/preview/app/actions.json", in: `{"app":1,"actions":{}}`},
		{call: "GET /api/v1/app/names?app=1", has: []string{`"names":{"app":{"en":"Orders","zh":"订单"},"fields":{"part":{"en":"Part"},"rows":{"en":"Lines"},"subject":{"en":"Subject"}},"views":{"全件":{"en":"All"}},"reports":{"件数":{"en":"Count"}},"actions":{},` +
			`"states":{"完了":{"en":"Done"},"新規":{"en":"New"}},"processActions":{"終える":{"en":"Finish"}}}`}},
		{call: "PUT /api/v1/app/names", in: `{"app":1,"names":{"app":{"en":""},"fields":{"subject":{"en":"","zh":"题"}}}}`},
		{call: "GET /api/v1/app/names?app=1", has: []string{`"names":{"app":{"zh":"订单"},`, `"subject":{"zh":"题"}`}},

		// Two would be called the same.
		{call: "PUT /k/v1/preview/app/status.json", in: `{"app":1,"states":{"新規":{"index":0,"assignee":{"type":"ONE","entities":[]}},"完了":{"index":1,"assignee":{"type":"ONE","entities":[]}},"Done":{"index":2,"assignee":{"type":"ONE","entities":[]}}}}`},
		{call: "GET /k/v1/preview/app/status.json?app=1&lang=en", has: []string{`"新規":{`, `"完了":{`, `"Done":{`}},

		// What cannot be
		{call: "PUT /api/v1/app/names", in: `{"app":1}`, want: "400 CB_VA01 names=必須です。"},
		{call: "PUT /api/v1/app/names", in: `{"app":1,"names":{"app":{"fr":"Commandes"},"views":{"none":{"en":"x"}},"states":{"新規":{"en":"Newest"}}}}`,
			want: "400 CB_VA01 app.fr=Enum値のいずれかでなければなりません。 states[Done].en=「Done」という名前が重複しています。 views[none]=「none」という名前のものはありません。"},
		{call: "PUT /api/v1/app/names", in: `{"app":1,"names":{},"revision":1}`, want: "409 GAIA_CO03"},
		{call: "PUT /api/v1/app/names", who: "aiko", in: `{"app":1,"names":{}}`, want: "403 CB_NO02"},
	})
}
