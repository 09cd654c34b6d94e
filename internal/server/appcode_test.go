package server

import (
	"strings"
	"testing"
)

// Source: kintone query language, record numbers; kintone product behaviour, app code.
func TestAppCode(t *testing.T) {
	put := func(app, code string) step {
		return step{call: "PUT /api/v1/app/code", in: `{"app":` + app + `,"code":"` + code + `"}`}
	}
	deploy := step{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`}
	get := "GET /k/v1/record.json?app=1&id=1"
	query := func(q string) string { return "GET /k/v1/records.json?app=1&query=" + q }
	number := `"type":"RECORD_NUMBER","value":"SALES-1"`
	scenario(t, func(s *testSite) {
		s.World.User("aiko")
		s.define("one", `"no":{"type":"SINGLE_LINE_TEXT"}`)
		s.define("two", `"no":{"type":"SINGLE_LINE_TEXT"}`)
		s.must("root", "POST /k/v1/records.json", `{"app":1,"records":[{},{}]}`)
	}, []step{
		put("1", "SALES").with(`{"revision":"4"}`),
		{call: "GET /api/v1/app/code?app=1", has: []string{`{"code":"SALES","revision":"4"}`}},
		{call: get, lacks: []string{"SALES"}}, // not before it is deployed
		{call: "GET /k/v1/app.json?id=1", has: []string{`"code":""`}},
		deploy,
		{call: get, has: []string{number, `"$id":{"type":"__ID__","value":"1"}`}},
		{call: "GET /k/v1/app.json?id=1", has: []string{`"code":"SALES"`}},
		{call: "GET /k/v1/apps.json?codes[0]=SALES", has: []string{`"appId":"1"`}, lacks: []string{`"appId":"2"`}},
		{call: "GET /k/v1/apps.json?codes[0]=sales", has: []string{`{"apps":[]}`}},
		{call: "GET /k/v1/apps.json?codes[0]=" + strings.Repeat("x", 65), want: "400 CB_VA01 codes[0]=1文字から64文字までで入力してください。"},

		// The number is found with and without the code, by $id without.
		{call: query("レコード番号=%22SALES-1%22"), has: []string{number}, lacks: []string{"SALES-2"}},
		{call: query("レコード番号=1"), has: []string{number}, lacks: []string{"SALES-2"}},
		{call: query("レコード番号+in+(%22SALES-1%22,%222%22)"), has: []string{"SALES-1", "SALES-2"}},
		{call: query("レコード番号>%22SALES-1%22"), has: []string{"SALES-2"}, lacks: []string{"SALES-1"}},
		{call: query("レコード番号=%22OTHER-1%22"), want: "400 GAIA_IQ09"},
		{call: query("$id=%22SALES-1%22"), want: "400 GAIA_IQ09"},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"updateKey":{"field":"レコード番号","value":"SALES-1"},"record":{"no":{"value":"x"}}}`, has: []string{`{"revision":"2"}`}},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"updateKey":{"field":"レコード番号","value":"1"},"record":{"no":{"value":"y"}}}`, has: []string{`{"revision":"3"}`}},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"updateKey":{"field":"レコード番号","value":"OTHER-1"},"record":{}}`, want: "404 GAIA_RE20"},
		{call: "GET /api/v1/export.csv?app=1", has: []string{"SALES-2"}},

		// One app's alone, in preview too, and free again once it is given up.
		put("2", "sales").but("400 CB_VA01 code=アプリコード「sales」はほかのアプリで使われています。"),
		put("2", "a b").but("400 CB_VA01 code=半角英数字と「-」「_」で、64文字以内で入力してください。先頭は英数字です。"),
		{call: "PUT /api/v1/app/code", in: `{"app":1}`, want: "400 CB_VA01 code=必須です。"},
		{call: "PUT /api/v1/app/code", in: `{"app":1,"code":"X","revision":1}`, want: "409 GAIA_CO03"},
		put("1", "X"),
		put("2", "SALES").but("400 CB_VA01 code=アプリコード「SALES」はほかのアプリで使われています。"), // still live
		put("2", "X").but("400 CB_VA01 code=アプリコード「X」はほかのアプリで使われています。"),
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}],"revert":true}`},
		{call: "GET /api/v1/app/code?app=1", has: []string{`"code":"SALES"`}},
		put("2", "X"),
		put("1", ""),
		deploy,
		{call: get, has: []string{`"type":"RECORD_NUMBER","value":"1"`}},
		put("2", "SALES"),
		{who: "aiko", call: "PUT /api/v1/app/code", in: `{"app":1,"code":"Y"}`, want: "403 CB_NO02"},
		{call: "DELETE /api/v1/app?app=2"},
		put("1", "SALES"),
	})
}
