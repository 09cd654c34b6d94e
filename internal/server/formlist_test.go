package server

import "testing"

// Source: kintone REST API, "Get Form Design Properties".
func TestFormList(t *testing.T) {
	scenario(t, func(s *testSite) {
		s.World.User("aiko")
		s.define("form", `"text":{"type":"SINGLE_LINE_TEXT","code":"text","label":"件名","required":true,"maxLength":"64"},"n":{"type":"NUMBER"},"d":{"type":"DATE","defaultNowValue":true},
			"drop":{"type":"DROP_DOWN","options":{"b":{"label":"b","index":"1"},"a":{"label":"a","index":"0"}}},"box":{"type":"GROUP"},"secret":{"type":"LINK"},
			"rows":{"type":"SUBTABLE","fields":{"part":{"type":"SINGLE_LINE_TEXT","code":"part"}}}`)
		s.must("root", "PUT /k/v1/preview/app/form/layout.json", `{"app":1,"layout":[{"type":"ROW","fields":[{"type":"LABEL","label":"見出し"},{"type":"SPACER","elementId":"here"},{"type":"HR"},{"type":"NUMBER","code":"n"}]},
			{"type":"GROUP","code":"box","layout":[{"type":"ROW","fields":[{"type":"SINGLE_LINE_TEXT","code":"text"}]}]},{"type":"SUBTABLE","code":"rows","fields":[{"type":"SINGLE_LINE_TEXT","code":"part"}]},{"type":"ROW","fields":[{"type":"LINK","code":"secret"}]}]}`)
		s.must("root", "PUT /k/v1/preview/field/acl.json", `{"app":1,"rights":[{"code":"secret","entities":[{"accessibility":"NONE","entity":{"type":"USER","code":"aiko"}}]}]}`)
		s.deploy("1")
	}, []step{
		{call: "GET /k/v1/form.json?app=1", has: []string{
			`{"properties":[{"label":"見出し","type":"LABEL"},{"elementId":"here","type":"SPACER"},{"elementId":"","type":"HR"},{"code":"n","defaultValue":"","digit":false,"displayScale":null,`,
			`},{"code":"text","defaultValue":"","expression":"","hideExpression":false,"label":"件名","maxLength":"64","minLength":null,"noLabel":false,"required":true,"type":"SINGLE_LINE_TEXT","unique":false},{"code":"rows","fields":[{"code":"part",`,
			`"code":"d","defaultExpression":"NOW","defaultValue":""`, `"options":["a","b"]`, `"type":"RECORD_NUMBER"`,
		}, lacks: []string{`"GROUP"`, `"align"`}},
		{who: "aiko", call: "GET /k/v1/form.json?app=1", lacks: []string{"secret"}, has: []string{`"件名"`}},
		{who: "aiko", call: "GET /k/v1/preview/form.json?app=1", want: "403 CB_NO02"},
		{call: "GET /k/v1/preview/form.json?app=1", has: []string{"secret"}},
		{call: "GET /k/v1/form.json", want: "400 CB_VA01 app=必須です。"},
	})
}

// Source: kintone REST API, "Get Apps Statistics".
func TestAppStatistics(t *testing.T) {
	scenario(t, func(s *testSite) {
		s.World.User("aiko")
		s.define("one", `"no":{"type":"SINGLE_LINE_TEXT"},"rows":{"type":"SUBTABLE","fields":{"part":{"type":"NUMBER"}}},"file":{"type":"FILE"}`)
		s.must("aiko", "POST /k/v1/preview/app.json", `{"name":"draft"}`)
		s.define("two", "")
		s.must("root", "PUT /k/v1/preview/app/settings.json", `{"app":3,"name":"changed"}`)
		key := s.upload("root", "a.txt", "text/plain", "12345").fileKey()
		s.must("root", "POST /k/v1/records.json", `{"app":1,"records":[{},{"file":{"value":[{"fileKey":"`+key+`"}]}}]}`)
	}, []step{
		{call: "GET /k/v1/apps/statistics.json", has: []string{
			`{"id":"1","name":"one","space":null,"appGroup":"Public","status":"ACTIVATED","recordUpdatedAt":"`, `"recordCount":"2","fieldCount":"4","dailyRequestCount":"2","storageUsage":"5","customized":false,"creator":{"code":"root"`,
			`"id":"2","name":"draft","space":null,"appGroup":"Public","status":"NOT_ACTIVATED"`, `"id":"3","name":"two","space":null,"appGroup":"Public","status":"CHANGED"`}},
		{call: "GET /k/v1/apps/statistics.json?offset=1&limit=1", has: []string{`"id":"2"`}, lacks: []string{`"id":"1"`, `"id":"3"`}},
		{call: "GET /k/v1/apps/statistics.json?offset=9", has: []string{`{"apps":[]}`}},
		{call: "GET /k/v1/apps/statistics.json?limit=101&offset=-1", want: "400 CB_VA01 limit=最大でも100以下です。 offset=最小でも0以上です。"},
		{who: "aiko", call: "GET /k/v1/apps/statistics.json", want: "403 CB_NO02"},
	})
}

// Source: kintone REST API, deploy: one failure cancels the others, and the status says so until the next time.
func TestDeployStatus(t *testing.T) {
	status := "GET /k/v1/preview/app/deploy.json?apps%5B0%5D=1&apps%5B1%5D=2&apps%5B2%5D=3"
	deploy := "POST /k/v1/preview/app/deploy.json"
	scenario(t, func(s *testSite) {
		for _, name := range []string{"one", "two", "three"} {
			s.define(name, `"no":{"type":"SINGLE_LINE_TEXT"}`)
		}
		s.must("root", "POST /k/v1/records.json", `{"app":2,"records":[{"no":{"value":"same"}},{"no":{"value":"same"}}]}`)
		s.must("root", "PUT /k/v1/preview/app/form/fields.json", `{"app":2,"properties":{"no":{"type":"SINGLE_LINE_TEXT","unique":true}}}`)
		s.must("root", "PUT /k/v1/preview/app/settings.json", `{"app":1,"name":"renamed"}`)
	}, []step{
		{call: status, has: []string{`{"apps":[{"app":"1","status":"SUCCESS"},{"app":"2","status":"SUCCESS"},{"app":"3","status":"SUCCESS"}]}`}},
		{call: deploy, in: `{"apps":[{"app":1},{"app":2},{"app":3}]}`, want: "400 CB_VA01"},
		{call: status, has: []string{`{"apps":[{"app":"1","status":"CANCEL"},{"app":"2","status":"FAIL"},{"app":"3","status":"CANCEL"}]}`}},
		{call: "GET /k/v1/app.json?id=1", has: []string{`"name":"one"`}},
		{call: deploy, in: `{"apps":[{"app":1,"revision":1},{"app":3}]}`, want: "409 GAIA_CO03"}, // refused: nothing was tried
		{call: status, has: []string{`{"app":"3","status":"CANCEL"}`}},
		{call: deploy, in: `{"apps":[{"app":1},{"app":3}]}`},
		{call: status, has: []string{`{"apps":[{"app":"1","status":"SUCCESS"},{"app":"2","status":"FAIL"},{"app":"3","status":"SUCCESS"}]}`}},
		{call: deploy, in: `{"apps":[{"app":2}],"revert":true}`},
		{call: status, has: []string{`{"app":"2","status":"SUCCESS"}`}},
		{call: deploy, in: `{"apps":[{"app":1},{"app":"1"}]}`, want: "400 CB_VA01 apps[1].app=アプリのidが重複しています。"},
		{call: deploy, in: `{"apps":[]}`, want: "400 CB_VA01 apps=必須です。"},
		{call: deploy, in: `{"apps":[{}],"revert":"maybe"}`, want: "400 CB_VA01 apps[0].app=必須です。 revert=trueまたはfalseで指定してください。"},
	})
}
