package server

import (
	"strings"
	"testing"
)

// Source: kintone REST reference, form field definitions.
func TestFormFields(t *testing.T) {
	options := `"options":{"a":{"label":"a","index":"0"},"b":{"label":"b","index":"1"}}`
	add := func(properties string) (string, string) {
		return "POST /k/v1/preview/app/form/fields.json", `{"app":1,"properties":{` + properties + `}}`
	}
	refused := func(want, properties string) step {
		call, in := add(properties)
		return step{call: call, in: in, want: want}
	}
	put := func(properties string) step {
		return step{call: "PUT /k/v1/preview/app/form/fields.json", in: `{"app":1,"properties":{` + properties + `}}`}
	}
	deploy := step{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`}
	preview := "GET /k/v1/preview/app/form/fields.json?app=1"
	enum, required := "=Enum値のいずれかでなければなりません。", "=必須です。"
	scenario(t, func(s *testSite) { s.define("form", "") }, []step{
		{call: "GET /k/v1/app/form/fields.json?app=1", has: []string{`"レコード番号":{"code":"レコード番号","label":"レコード番号","noLabel":false,"type":"RECORD_NUMBER"}`, `"revision":"2"`}},
		{call: "POST /k/v1/preview/app/form/fields.json", in: `{"app":1,"revision":2,"properties":{"text":{"type":"SINGLE_LINE_TEXT","code":"text","label":"件名"},"n":{"type":"NUMBER"},"radio":{"type":"RADIO_BUTTON",` + options + `},"cbx":{"type":"CHECK_BOX",` + options + `},"file":{"type":"FILE"}}}`, has: []string{`{"revision":"3"}`}},
		{call: "GET /k/v1/app/form/fields.json?app=1", lacks: []string{`"text"`}}, // not before it is deployed
		{call: preview, has: []string{
			`"text":{"code":"text","defaultValue":"","expression":"","hideExpression":false,"label":"件名","maxLength":"","minLength":"","noLabel":false,"required":false,"type":"SINGLE_LINE_TEXT","unique":false}`,
			`"n":{"code":"n","defaultValue":"","digit":false,"displayScale":"","label":"n","maxValue":"","minValue":"","noLabel":false,"required":false,"type":"NUMBER","unique":false,"unit":"","unitPosition":"BEFORE"}`,
			`"radio":{"align":"HORIZONTAL","code":"radio","defaultValue":"a","label":"radio","noLabel":false,"options":{"a":{"index":"0","label":"a"},"b":{"index":"1","label":"b"}},"required":true,"type":"RADIO_BUTTON"}`}},
		deploy,
		{call: "GET /k/v1/app/form/fields.json?app=1", has: []string{`"text"`, `"revision":"3"`}},
		{call: "POST /k/v1/preview/app/form/fields.json", in: `{"app":1,"revision":2,"properties":{"x":{"type":"NUMBER"}}}`, want: "409 GAIA_CO03"},

		{call: "POST /k/v1/preview/app/form/fields.json", in: `{"app":1}`, want: "400 CB_VA01 properties" + required},
		refused("400 CB_VA01 properties[x].type"+required, `"x":{"label":"x"}`),
		refused("400 CB_VA01 properties[x].type"+enum, `"x":{"type":"MAGIC"}`),
		refused("400 CB_VA01 properties[x].type"+enum, `"x":{"type":"CREATOR"}`),
		refused("400 CB_VA01 properties[x].options"+required, `"x":{"type":"DROP_DOWN"}`),
		refused("400 CB_VA01 properties[x].align"+enum, `"x":{"type":"CHECK_BOX","align":"DIAGONAL",`+options+`}`),
		refused("400 CB_VA01 properties[t].fields[in].type"+enum, `"t":{"type":"SUBTABLE","fields":{"in":{"type":"SUBTABLE"}}}`),

		// Unknown codes, and what all apps have
		{call: "PUT /k/v1/preview/app/form/fields.json", in: `{"app":1,"properties":{"ghost":{"type":"NUMBER"}}}`, want: "400 GAIA_FC01", has: []string{"指定されたフィールド（code: ghost）が見つかりません。"}},
		{call: "DELETE /k/v1/preview/app/form/fields.json", in: `{"app":1,"fields":["ghost"]}`, want: "400 GAIA_FC01"},
		{call: "DELETE /k/v1/preview/app/form/fields.json", in: `{"app":1,"fields":["作成者"]}`, want: "400 GAIA_FC01"},
		put(`"作成者":{"type":"CREATOR","code":"author","label":"書いた人"}`),
		{call: preview, has: []string{`"author":{"code":"author","label":"書いた人"`}},

		// unique where it does not belong is dropped without a word; a changed option keeps its place in records.
		{call: "POST /k/v1/preview/app/form/fields.json", in: `{"app":1,"properties":{"drop":{"type":"DROP_DOWN","unique":true,` + options + `},"t":{"type":"SUBTABLE","fields":{"in":{"type":"NUMBER","unique":true}}}}}`},
		{call: preview, lacks: []string{`"unique":true`}},
		deploy,
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"drop":{"value":"a"},"cbx":{"value":["a","b"]}}}`},
		put(`"drop":{"type":"DROP_DOWN","options":{"a":{"label":"first","index":"1"},"new":{"label":"new","index":"0"}}},"cbx":{"type":"CHECK_BOX","options":{"b":{"label":"b","index":"0"}}}`),
		deploy,
		{call: "GET /k/v1/record.json?app=1&id=1", has: []string{`"drop":{"type":"DROP_DOWN","value":"first"}`, `"cbx":{"type":"CHECK_BOX","value":["b"]}`}},
		{call: "GET /k/v1/records.json?app=1&query=drop%20in%20(%22first%22)", has: []string{`"$id"`}},
		{call: "GET /k/v1/records.json?app=1&query=drop%20in%20(%22a%22)", want: "400 GAIA_IQ10"},

		// A new code is followed wherever the old one stood.
		{call: "PUT /k/v1/preview/app/views.json", in: `{"app":1,"views":{"v":{"index":0,"type":"LIST","fields":["text","n"],"filterCond":"text = \"x\"","sort":"n asc"}}}`},
		put(`"text":{"type":"SINGLE_LINE_TEXT","code":"subject"}`),
		{call: "GET /k/v1/preview/app/views.json?app=1", has: []string{`"fields":["subject","n"]`, `"filterCond":"subject = \"x\""`}},
		{call: "GET /k/v1/preview/app/form/layout.json?app=1", has: []string{`"code":"subject"`}, lacks: []string{`"code":"text"`}},
		put(`"subject":{"type":"NUMBER"}`).but("400 CB_VA01 properties[subject].type=フィールド（code: subject）の種類は変更できません。"),
		{call: "DELETE /k/v1/preview/app/form/fields.json", in: `{"app":1,"fields":["subject"]}`},
		{call: "GET /k/v1/preview/app/views.json?app=1", has: []string{`"fields":["n"]`, `"filterCond":""`}},
		deploy,
		{call: "GET /k/v1/record.json?app=1&id=1", lacks: []string{"subject"}},

		// Discarding
		put(`"n":{"type":"NUMBER","label":"不要"}`),
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}],"revert":true}`},
		{call: preview, lacks: []string{"不要"}},
	})
}

// but is the step with another outcome.
func (st step) but(want string) step {
	st.want = want
	return st
}

// Source: kintone REST behaviour, layout messages.
func TestLayout(t *testing.T) {
	put := func(rows string) step {
		return step{call: "PUT /k/v1/preview/app/form/layout.json", in: `{"app":1,"layout":[` + rows + `]}`}
	}
	row := `{"type":"ROW","fields":[{"type":"SINGLE_LINE_TEXT","code":"text","size":{"width":"200"}},{"type":"LABEL","label":"<b>見出し</b><script>x</script>"},{"type":"SPACER","elementId":"here"},{"type":"HR"}]}`
	table := `{"type":"SUBTABLE","code":"rows","fields":[{"type":"NUMBER","code":"price","size":{"width":"160"}},{"type":"SINGLE_LINE_TEXT","code":"part","size":{"width":"160"}}]}`
	group := `{"type":"GROUP","code":"box","layout":[{"type":"ROW","fields":[{"type":"NUMBER","code":"n","size":{"width":"160"}}]}]}`
	scenario(t, func(s *testSite) {
		s.define("form", `"text":{"type":"SINGLE_LINE_TEXT","code":"text"},"n":{"type":"NUMBER","code":"n"},"box":{"type":"GROUP","code":"box"},
			"rows":{"type":"SUBTABLE","code":"rows","fields":{"part":{"type":"SINGLE_LINE_TEXT","code":"part"},"price":{"type":"NUMBER","code":"price"}}}`)
	}, []step{
		put(row + "," + table + "," + group),
		{call: "GET /k/v1/preview/app/form/layout.json?app=1", has: []string{`"size":{"width":"200"}`, `見出し`, `"elementId":"here"`, table, group}, lacks: []string{"<script"}},
		put(`{"type":"ROW","fields":[{"type":"NUMBER","code":"text"}]}`).but("400 CB_VA01 layout[0].fields[0].type=フォームを更新できませんでした。フィールド（code: text）の種類がtypeの値と一致していません。"),
		put(`{"type":"ROW","fields":[{"type":"NUMBER","code":"ghost"},{"type":"NUMBER","code":"spirit"}]}`).but("400 CB_VA01 layout[0].fields[0].code=フォームを更新できませんでした。フィールド（code: ghost）が見つかりません。 layout[0].fields[1].code=フォームを更新できませんでした。フィールド（code: spirit）が見つかりません。"),
		put(`{"type":"SUBTABLE","code":"rows","fields":[{"type":"NUMBER","code":"price"}]}`).but("400 CB_VA01 layout[0].fields=フォームを更新できませんでした。テーブル（rows）の形式が正しくありません。フィールドが足りないか、テーブルにないフィールドが指定されています。"),
		put(`{"type":"ROW","fields":[{"type":"NUMBER","code":"n"},{"type":"NUMBER","code":"n"}]}`).but("400 CB_VA01 layout[0].fields[1].code=フォームを更新できませんでした。フィールド（code: n）が2か所に配置されています。"),
		put(`{"type":"HEAP"}`).but("400 CB_VA01 layout[0].type=Enum値のいずれかでなければなりません。"),
		{call: "PUT /k/v1/preview/app/form/layout.json", in: `{"app":1}`, want: "400 CB_VA01 layout=必須です。"},
	})
}

// Source: kintone REST reference, views and general settings.
func TestViewsAndGeneralSettings(t *testing.T) {
	put := func(views string) step {
		return step{call: "PUT /k/v1/preview/app/views.json", in: `{"app":1,"views":{` + views + `}}`}
	}
	general := func(members string) step {
		return step{call: "PUT /k/v1/preview/app/settings.json", in: `{"app":1,` + members + `}`}
	}
	scenario(t, func(s *testSite) {
		s.World.User("aiko")
		s.define("form", dealForm)
		s.must("root", "PUT /k/v1/preview/app/acl.json", `{"app":1,"rights":[{"entity":{"type":"USER","code":"aiko"},"appEditable":true,"recordViewable":true}]}`)
		s.deploy("1")
	}, []step{
		put(`"all":{"index":1,"type":"LIST","name":"all","fields":["title","n"],"sort":"n desc, $id asc"},"one":{"index":"0","type":"LIST","fields":["title"],"filterCond":"n > 1"}`).
			with(`"views":{"all":{"id":"`, `"one":{"id":"`),
		{call: "GET /k/v1/preview/app/views.json?app=1", has: []string{`"index":"0"`, `"filterCond":"n > 1"`, `"sort":"n desc, $id asc"`}},
		put(`"all":{"index":0,"type":"LIST","name":"renamed","fields":[]}`).with(`{"renamed":{"id":"`), // and "one" is gone
		{call: "GET /k/v1/preview/app/views.json?app=1", lacks: []string{`"one"`, `"all"`}},
		put(`"new":{"index":0,"type":"LIST","name":"other"}`).but("400 GAIA_IN01"),
		put(`"new":{"type":"LIST"}`).but("400 CB_VA01 views[new].index=必須です。"),
		put(`"new":{"index":0}`).but("400 CB_VA01 views[new].type=必須です。"),
		put(`"new":{"index":0,"type":"HEAP"}`).but("400 CB_VA01 views[new].type=Enum値のいずれかでなければなりません。"),
		put(`"new":{"index":0,"type":"LIST","filterCond":"ghost = 1","fields":["spirit"],"sort":"title up"}`).
			but("400 CB_VA01 views[new].fields[0]=指定されたフィールド（spirit）が見つかりません。 views[new].filterCond=指定されたフィールド（ghost）が見つかりません。 views[new].sort=クエリ記法が間違っています。"),
		put(`"new":{"index":0,"type":"LIST","fields":[],"filterCond":"n = 1 limit 5"}`).but("400 CB_VA01 views[new].filterCond=クエリ記法が間違っています。"),
		put(`"html":{"index":0,"type":"CUSTOM","html":"<p>"}`).by("aiko").but("403 CB_NO02"),

		general(`"name":"案件","description":"<b>よい</b><script>x</script>","theme":"BLUE","icon":{"type":"PRESET","key":"APP1"},"titleField":{"selectionMode":"MANUAL","code":"no"},"enableBulkDeletion":"true","firstMonthOfFiscalYear":1`),
		{call: "GET /k/v1/preview/app/settings.json?app=1", has: []string{`"name":"案件"`, `"theme":"BLUE"`, `"icon":{"type":"PRESET","key":"APP1"}`, `"titleField":{"selectionMode":"MANUAL","code":"no"}`, `"enableBulkDeletion":true`,
			`"numberPrecision":{"digits":"16","decimalPlaces":"4","roundingMode":"HALF_EVEN"}`, `"firstMonthOfFiscalYear":"1"`}, lacks: []string{"<script"}},
		general(`"theme":"PINK","icon":{"key":"x"},"name":"","titleField":{},"enableComments":"maybe","numberPrecision":{"digits":31}`).
			but("400 CB_VA01 enableComments=trueまたはfalseで指定してください。 icon.type=必須です。 name=名前は1文字から64文字までで入力してください。 numberPrecision.digits=最大でも30以下です。 theme=Enum値のいずれかでなければなりません。 titleField.selectionMode=必須です。"),
		general(`"description":"` + strings.Repeat("x", 10001) + `"`).but("400 CB_VA01 description=0文字から10,000文字までで入力してください。"),
		{call: "GET /k/v1/app/settings.json?app=1", has: []string{`"name":"form"`}}, // not before it is deployed
	})
}

// Source: kintone REST API, "Update Views": no token where there is a custom view.
func TestTokensSetUpNoCustomViews(t *testing.T) {
	put := func(views string) step {
		return step{call: "PUT /k/v1/preview/app/views.json", in: `{"app":1,"views":{` + views + `}}`}.by("token settings")
	}
	list, custom := `"all":{"index":0,"type":"LIST","fields":[]}`, `"html":{"index":1,"type":"CUSTOM","html":"<p>"}`
	scenario(t, func(s *testSite) {
		s.token("settings", s.World.App("form", "title text"), "view manage")
	}, []step{
		put(list),
		put(custom).but("403 GAIA_NO01"),
		put(list + "," + custom).by("root"),
		put(list).but("403 GAIA_NO01"), // which would delete the other one
	})
}

func (st step) with(has ...string) step {
	st.has = has
	return st
}

func (st step) by(who string) step {
	st.who = who
	return st
}

// Source: kintone REST API, deploy.
func TestDeploy(t *testing.T) {
	add := step{call: "POST /k/v1/preview/app/form/fields.json", in: `{"app":1,"properties":{"x":{"type":"NUMBER"}}}`}
	scenario(t, func(s *testSite) {
		s.World.User("aiko")
		s.must("root", "POST /k/v1/preview/app.json", `{"name":"draft"}`)
		s.define("two", `"no":{"type":"SINGLE_LINE_TEXT","code":"no"}`)
		s.must("root", "POST /k/v1/records.json", `{"app":2,"records":[{"no":{"value":"same"}},{"no":{"value":"same"}}]}`)
	}, []step{
		{call: "GET /k/v1/app.json?id=1", want: "404 GAIA_AP01"},
		{who: "aiko", call: "GET /k/v1/preview/app/form/fields.json?app=1", want: "404 GAIA_AP01"},
		{call: "GET /k/v1/records.json?app=1", want: "404 GAIA_AP01"},
		{call: "GET /k/v1/apps.json", lacks: []string{"draft"}},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}],"revert":true}`}, // of what was never deployed: nothing
		{call: "GET /k/v1/app.json?id=1", want: "404 GAIA_AP01"},
		add,
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1,"revision":2}]}`, want: "409 GAIA_CO03"},
		{who: "aiko", call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`, want: "404 GAIA_AP01"},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1,"revision":3}]}`, has: []string{`{}`}},
		{call: "GET /k/v1/preview/app/deploy.json?apps%5B0%5D=1", has: []string{`{"apps":[{"app":"1","status":"SUCCESS"}]}`}},
		{call: "GET /k/v1/app.json?id=1", has: []string{`"appId":"1","code":"","name":"draft"`, `"spaceId":null,"threadId":null`, `"creator":{"code":"root"`}},
		{who: "aiko", call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`, want: "403 CB_NO02"},
		{who: "aiko", call: "GET /k/v1/apps.json?name=DRA", has: []string{`"name":"draft"`}, lacks: []string{`"two"`}},

		// Values that are there twice cannot be prohibited; then no app of the request is deployed.
		{call: "PUT /k/v1/preview/app/form/fields.json", in: `{"app":2,"properties":{"no":{"type":"SINGLE_LINE_TEXT","unique":true}}}`},
		{call: "PUT /k/v1/preview/app/settings.json", in: `{"app":1,"name":"renamed"}`},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1},{"app":2}]}`, want: "400 CB_VA01"},
		{call: "GET /k/v1/app.json?id=1", has: []string{`"name":"draft"`}},
		{call: "DELETE /k/v1/records.json", in: `{"app":2,"ids":[2]}`},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1},{"app":2}]}`},
		{call: "POST /k/v1/record.json", in: `{"app":2,"record":{"no":{"value":"same"}}}`, want: "400 CB_VA01 record.no.value=値がほかのレコードと重複しています。"},

		// An app in the trash is there for nobody.
		{who: "aiko", call: "DELETE /api/v1/app?app=2", want: "403 CB_NO02"},
		{call: "DELETE /api/v1/app?app=2", has: []string{`{}`}},
		{call: "GET /k/v1/records.json?app=2", want: "404 GAIA_AP01"},
		{call: "GET /k/v1/app.json?id=2", want: "404 GAIA_AP01"},
		{call: "POST /k/v1/record.json", in: `{"app":2}`, want: "404 GAIA_AP01"},
	})
}
