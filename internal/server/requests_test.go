package server

import (
	"net/http"
	"strings"
	"testing"
)

// Every way in which clients send parameters. Source: kintone REST behaviour, requests.
func TestWaysToAsk(t *testing.T) {
	s := newTestSite(t)
	s.define("deals", dealForm)
	s.must("root", "POST /k/v1/records.json", `{"app":1,"records":[{"title":{"value":"one"}},{"title":{"value":"two"}}]}`)
	override := func(method string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set("X-HTTP-Method-Override", method) }
	}
	for _, tc := range []struct {
		name, call, in string
		change         func(*http.Request)
		want, has      string
	}{
		{name: "a query string", call: "GET /k/v1/records.json?app=1&fields%5B0%5D=title&fields%5B1%5D=%24id&query=limit%201", want: "200", has: `[{"$id":{"type":"__ID__","value":"2"},"title":{"type":"SINGLE_LINE_TEXT","value":"two"}}]`},
		{name: "brackets as they are", call: "GET /k/v1/records.json?app=1&fields[0]=title&query=limit%201", want: "200", has: `[{"title":{"type":"SINGLE_LINE_TEXT","value":"two"}}]`},
		{name: "empty values are absent", call: "GET /k/v1/records.json?app=1&query=&fields=&totalCount=", want: "200", has: `"totalCount":null`},
		{name: "an empty value of what is required", call: "GET /k/v1/records.json?app=", want: "400 CB_VA01 app=必須です。"},
		{name: "GET with a JSON body", call: "GET /k/v1/records.json", in: `{"app":"1","totalCount":"true","query":"title = \"one\""}`, want: "200", has: `"totalCount":"1"`},
		{name: "POST instead of GET", call: "POST /k/v1/records.json", in: `{"app":1,"totalCount":true}`, change: override("GET"), want: "200", has: `"totalCount":"2"`},
		{name: "POST instead of PUT", call: "POST /k/v1/record.json", in: `{"app":1,"id":1,"record":{}}`, change: override("PUT"), want: "200", has: `{"revision":"2"}`},
		{name: "POST instead of DELETE", call: "POST /k/v1/records.json", in: `{"app":1,"ids":[99]}`, change: override("DELETE"), want: "404 GAIA_RE01"},
		{name: "an override of another method means nothing", call: "GET /k/v1/record.json?app=1&id=1", change: override("DELETE"), want: "200"},
		{name: "an override in small letters", call: "POST /k/v1/records.json", in: `{"app":1}`, change: override("get"), want: "400 CB_IL02"},
		{name: "an override with a method that is none", call: "POST /k/v1/records.json", in: `{"app":1}`, change: override("PATCH"), want: "400 CB_IL02"},
		{name: "a method that the path has not", call: "PATCH /k/v1/record.json", in: `{"app":1}`, want: "404 CB_NF01"},
		{name: "no content type", call: "POST /k/v1/record.json", in: `{"app":1}`, change: func(r *http.Request) { r.Header.Del("Content-Type") }, want: "200"},
		{name: "a charset", call: "POST /k/v1/record.json", in: `{"app":1}`, change: func(r *http.Request) { r.Header.Set("Content-Type", "application/json; charset=utf-8") }, want: "200"},
		{name: "booleans as text", call: "GET /k/v1/records.json?app=1&totalCount=yes", want: "400 CB_VA01 totalCount=trueまたはfalseで指定してください。"},
	} {
		r := s.request("root", tc.call, tc.in)
		if tc.change != nil {
			tc.change(r)
		}
		a := s.do(r)
		if got := a.String(); got != tc.want || !strings.Contains(compact(a.Body), tc.has) {
			t.Errorf("%s: got %s, want %s with %s\n%.500s", tc.name, got, tc.want, tc.has, a.Body)
		}
	}
}

// Source: kintone REST behaviour, error body and headers.
func TestShapeOfErrors(t *testing.T) {
	s := newTestSite(t)
	a := s.call("root", "GET /k/v1/records.json", `{}`)
	if got := a.Header.Get("X-Cybozu-Error"); got != "CB_VA01" {
		t.Errorf("X-Cybozu-Error: %q", got)
	}
	if got := a.Header.Get("Content-Type"); got != "application/json;charset=utf-8" {
		t.Errorf("Content-Type: %q", got)
	}
	body := string(a.Body)
	for _, member := range []string{`"code":"CB_VA01"`, `"id":"`, `"message":"`, `"errors":{"app":{"messages":["`} {
		if !strings.Contains(body, member) {
			t.Errorf("no %s in %s", member, body)
		}
	}
	if a := s.call("root", "GET /k/v1/app.json?id=9", ""); strings.Contains(string(a.Body), "errors") {
		t.Errorf("errors beside another code than CB_VA01: %s", a.Body)
	}
	ok := s.call("root", "GET /k/v1/apps.json", "")
	if ok.Header.Get("X-ConcurrencyLimit-Limit") != "100" || ok.Header.Get("X-ConcurrencyLimit-Running") != "1" {
		t.Errorf("concurrency headers: %v", ok.Header)
	}
}

// Source: kintone REST behaviour, parameter messages; every problem of a request in one answer.
func TestParameters(t *testing.T) {
	scenario(t, func(s *testSite) {
		s.define("deals", dealForm)
		s.must("root", "POST /v1/users.json", `{"users":[{"code":"ben","name":"Ben","password":"password of ben","locale":"en"}]}`)
	}, []step{
		{call: "GET /k/v1/record.json", want: "400 CB_VA01 app=必須です。 id=必須です。"},
		{who: "ben", call: "GET /k/v1/record.json?app=0&id=x", want: "400 CB_VA01 app=must be greater than or equal to 1 id=Enter an integer value."},
		{call: "GET /k/v1/record.json?app=0&id=1", want: "400 CB_VA01 app=最小でも1以上です。"},
		{call: "GET /k/v1/record.json?app=99999999999999999999&id=1.5", want: "400 CB_VA01 app=整数で指定してください。 id=整数で指定してください。"},
		{who: "ben", call: "GET /k/v1/apps.json?limit=101&offset=-1", want: "400 CB_VA01 limit=must be less than or equal to 100 offset=must be greater than or equal to 0"},
		{who: "ben", call: "GET /k/v1/apps.json?offset=2147483648", want: "400 CB_VA01 offset=must be less than or equal to 2,147,483,647"},
		{who: "ben", call: "GET /k/v1/record/comments.json?app=1&record=1&limit=11&order=up", want: "400 CB_VA01 limit=must be less than or equal to 10 order=must be one of the enum value"},
		{call: "GET /k/v1/app/form/fields.json?app=1&lang=xx", want: "400 CB_VA01 lang=Enum値のいずれかでなければなりません。"},
		{who: "ben", call: "POST /k/v1/records/cursor.json", in: `{"app":1,"size":501}`, want: "400 CB_VA01 size=must be less than or equal to 500"},
		{call: "POST /k/v1/bulkRequest.json", in: `{}`, want: "400 CB_VA01 requests=必須です。"},
		{call: "POST /k/v1/preview/app.json", in: `{}`, want: "400 CB_VA01 name=必須です。"},
		{who: "ben", call: "POST /k/v1/preview/app.json", in: `{"name":"x","space":1}`, want: "400 CB_VA01 thread=Thread parameter is required to create an app in space."},
		{who: "ben", call: "POST /k/v1/preview/app.json", in: `{"name":"` + strings.Repeat("x", 65) + `"}`, want: "400 CB_VA01 name=Name must be between 1 and 64 characters."},
		{who: "root", call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1},{"app":1}]}`, want: "400 CB_VA01 apps[1].app=アプリのidが重複しています。"},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{}]}`, want: "400 CB_VA01 apps[0].app=必須です。"},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1,"revision":"x"}],"revert":"maybe"}`, want: "400 CB_VA01 apps[0].revision=整数で指定してください。 revert=trueまたはfalseで指定してください。"},
		{call: "DELETE /k/v1/preview/app/form/fields.json", in: `{"app":1,"fields":[]}`, want: "400 CB_VA01 fields=1個から100個までの範囲で指定してください。"},

		// Queries
		{call: "GET /k/v1/records.json?app=1&query=title%20%3D%20%27x%27", want: "400 CB_VA01 query=クエリ記法が間違っています。"},
		{who: "ben", call: "GET /k/v1/records.json?app=1&query=title%20%3D", want: "400 CB_VA01 query=unsupported query format"},
		{call: "GET /k/v1/records.json?app=1&query=limit%20501", want: "400 GAIA_QU01", has: []string{"limit には 500 以下の値を指定してください。"}},
		{call: "GET /k/v1/records.json?app=1&query=offset%2010001", want: "400 GAIA_QU02", has: []string{"offset には 10,000 以下の値を指定してください。"}},
		{call: "GET /k/v1/records.json?app=1&query=ghost%20%3D%201", want: "400 GAIA_IQ11", has: []string{"指定されたフィールド（ghost）が見つかりません。"}},
		{call: "GET /k/v1/records.json?app=1&query=title%20%3E%201", want: "400 GAIA_IQ03", has: []string{"titleフィールドのフィールドタイプには演算子>を使用できません。"}},
		{call: "GET /k/v1/records.json?app=1&query=order%20by%20ghost%20asc", want: "400 GAIA_IQ11"},
	})
}
