package server

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
)

// Attack cases 34 and 35: what stands in a query is a value or a known field, never SQL.
func TestQueriesAreNotSQL(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.define("deals", dealForm+`,"select":{"type":"SINGLE_LINE_TEXT","code":"select"},"order":{"type":"NUMBER","code":"order"}`)
		odd := `'; DROP TABLE rec_1; -- " \ % _ “quotes” ＝`
		body, err := json.Marshal(map[string]any{"app": 1, "record": map[string]any{"title": map[string]any{"value": odd}, "select": map[string]any{"value": "x"}, "order": map[string]any{"value": "1"}}})
		if err != nil {
			t.Fatal(err)
		}
		s.must("root", "POST /k/v1/record.json", string(body))
		ask := func(q string) answer {
			body, _ := json.Marshal(map[string]any{"app": 1, "query": q, "totalCount": true})
			return s.call("root", "GET /k/v1/records.json", string(body))
		}
		escaped := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(odd)
		for _, tc := range []struct{ query, want string }{
			{`title = "` + escaped + `"`, `"totalCount":"1"`},
			{`title like "` + escaped + `"`, `"totalCount":"1"`},
			{`title like "DROP TABLE"`, `"totalCount":"1"`},
			{`title like "%"`, ""}, // one character: as documented, not as a wildcard for everything
			{`title like "%%"`, `"totalCount":"0"`},
			{`title like "__"`, `"totalCount":"0"`},
			{`title = "x" or 1 = 1`, "400"},
			{`title = "x"; DROP TABLE rec_1`, "400"},
			{`title = "x" -- "`, "400"},
			{`title = "x" /* */`, "400"},
			{`title = 'x'`, "400"},
			{`title = “x”`, "400"},
			{`title ＝ "x"`, "400"},
			{"title = \"a\x00b\"", ""},
			{`select = "x" order by order desc`, `"totalCount":"1"`},
			{`order by id;drop asc`, "400"},
			{`order by "title" asc`, "400"},
			{`f_6 = "x"`, "400"},
			{`rec_1.title = "x"`, "400"},
			{`r.id = 1`, "400"},
			{`order by f_6 asc`, "400"},
			{strings.Repeat("(", 1000) + `title = "x"` + strings.Repeat(")", 1000), ""},
			{strings.Repeat("(", 100_000), "400"},
			{`title = "x"` + strings.Repeat(` or title = "x"`, 100_000), ""},
			{`title = "` + strings.Repeat("x", 1<<20) + `"`, ""},
			{`title in ("x"` + strings.Repeat(`,"y"`, 100_000) + `)`, ""},
			{`order by ` + strings.Repeat("title asc, ", 10_000) + "n asc", ""},
		} {
			a := ask(tc.query)
			switch {
			case a.Status >= 500 || tc.want == "400" && a.Status != 400:
				t.Errorf("%.60s: %s %.300s", tc.query, a, a.Body)
			case tc.want != "" && tc.want != "400" && !strings.Contains(string(a.Body), tc.want):
				t.Errorf("%.60s: %s, want %s in %.300s", tc.query, a, tc.want, a.Body)
			}
		}
		for _, q := range []string{`title like "%"`, `n = "1) or (1=1"`, `n > "1; select 1"`} {
			a := s.call("root", "GET /k/v1/records.json?app=1&query="+url.QueryEscape(q), "")
			if a.Status >= 500 {
				t.Errorf("%s: %s", q, a)
			}
		}
		if a := ask(""); !strings.Contains(string(a.Body), `"totalCount":"1"`) {
			t.Errorf("afterwards: %s", a.Body)
		}
	})
}

// Attack case 17: what adding refuses, every other way to write refuses as well.
func TestEveryWayToWriteChecks(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.define("strict", strictFields)
		s.must("root", "POST /k/v1/record.json", `{"app":1,"record":{"title":{"value":"one"},"code":{"value":"K1"}}}`)
		s.must("root", "POST /k/v1/record.json", `{"app":1,"record":{"title":{"value":"two"},"code":{"value":"K2"}}}`)
		ways := []string{
			"POST /k/v1/record.json {\"app\":1,\"record\":%s}", "PUT /k/v1/record.json {\"app\":1,\"id\":2,\"record\":%s}",
			"POST /k/v1/records.json {\"app\":1,\"records\":[%s]}", "PUT /k/v1/records.json {\"app\":1,\"records\":[{\"id\":2,\"record\":%s}]}",
			"PUT /k/v1/records.json {\"app\":1,\"upsert\":true,\"records\":[{\"updateKey\":{\"field\":\"code\",\"value\":\"K2\"},\"record\":%s}]}",
			"PUT /k/v1/records.json {\"app\":1,\"upsert\":true,\"records\":[{\"updateKey\":{\"field\":\"code\",\"value\":\"new\"},\"record\":%s}]}",
			"POST /k/v1/bulkRequest.json {\"requests\":[{\"method\":\"POST\",\"api\":\"/k/v1/record.json\",\"payload\":{\"app\":1,\"record\":%s}}]}",
		}
		for _, bad := range []string{
			`{"title":{"value":""}}`, `{"title":{"value":"toolong"}}`, `{"title":{"value":"ok"},"n":{"value":"101"}}`, `{"title":{"value":"ok"},"n":{"value":"x"}}`,
			`{"title":{"value":"ok"},"drop":{"value":"z"}}`, `{"title":{"value":"ok"},"cbx":{"value":["z"]}}`, `{"title":{"value":"ok"},"cbx":{"value":"a"}}`,
			`{"title":{"value":"ok"},"web":{"value":"javascript:alert(1)"}}`, `{"title":{"value":"ok"},"who":{"value":[{"code":"ghost"}]}}`,
			`{"title":{"value":"ok"},"files":{"value":[{"fileKey":"ghost"}]}}`, `{"title":{"value":"ok"},"items":{"value":[{"value":{"part":{"value":""}}}]}}`,
			`{"title":{"value":{}}}`, `{"title":{"value":"a\u0000"}}`,
		} {
			for _, way := range ways {
				method, rest, _ := strings.Cut(way, " ")
				path, format, _ := strings.Cut(rest, " ")
				if a := s.call("root", method+" "+path, fmt.Sprintf(format, bad)); a.Status != 400 && a.Status != 404 {
					t.Errorf("%s %s with %s: %s", method, path, bad, a)
				}
			}
			a := s.call("root", "POST /api/v1/record/draft", `{"app":1,"id":2,"record":`+bad+`}`)
			if strings.Contains(string(a.Body), `"errors":{}`) {
				t.Errorf("the draft of %s: %s %s", bad, a, a.Body)
			}
		}
		s.play([]step{
			{call: "GET /k/v1/record.json?app=1&id=2", has: []string{`"__REVISION__","value":"1"`}},
			{call: "GET /k/v1/records.json?app=1&totalCount=true", has: []string{`"totalCount":"2"`}},
		})
	})
}

// Attack case 18: properties that are not for the caller to set are ignored or refused, never applied.
func TestMassAssignment(t *testing.T) {
	scenario(t, func(s *testSite) {
		s.World.User("aiko")
		s.World.App("one", "title text").Add("title=a")
	}, []step{
		{who: "aiko", call: "POST /k/v1/record.json", in: `{"app":1,"id":500,"revision":77,"record":{"title":{"value":"x","type":"NUMBER"},"$id":{"value":"500"},"$revision":{"value":"9"},"レコード番号":{"value":"500"}}}`, has: []string{`{"id":"2","revision":"1"}`}},
		{who: "aiko", call: "PUT /k/v1/record.json", in: `{"app":1,"id":2,"record":{"$id":{"value":"500"},"$revision":{"value":"9"},"レコード番号":{"value":"500"}}}`, has: []string{`{"revision":"2"}`}},
		{who: "aiko", call: "POST /k/v1/record.json", in: `{"app":1,"record":{"作成者":{"value":{"code":"root"}}}}`, want: "403 GAIA_BF02"},
		{who: "aiko", call: "POST /k/v1/record.json", in: `{"app":1,"record":{"作成日時":{"value":"2020-01-01T00:00:00Z"}}}`, want: "403 GAIA_BF02"},
		{who: "aiko", call: "PUT /api/v1/me", in: `{"name":"Aiko","admin":true,"code":"root","id":"1","valid":false}`, has: []string{`"code":"aiko"`, `"admin":false`}},
		{who: "aiko", call: "PUT /v1/users.json", in: `{"users":[{"code":"aiko","admin":true}]}`, want: "403 CB_NO02"},
		{who: "aiko", call: "GET /api/v1/me", in: `{"admin":true,"user":"root"}`, has: []string{`"code":"aiko"`, `"admin":false`}},
		{who: "aiko", call: "POST /k/v1/preview/app.json", in: `{"name":"x","app":1,"creator":{"code":"root"},"revision":"9"}`, has: []string{`{"app":"2","revision":"2"}`}},
		{who: "aiko", call: "POST /k/v1/record/comment.json", in: `{"app":1,"record":1,"comment":{"text":"x","id":"99","lane":"shared","creator":{"code":"root"}}}`},
		{who: "root", call: "GET /api/v1/record/comments?app=1&record=1", has: []string{`"lane":"internal"`, `"code":"aiko"`}},
		{who: "aiko", call: "POST /api/v1/share", in: `{"app":1,"record":1,"fields":["title"],"id":"99","token":"guessed","url":"/s/guessed","createdBy":{"code":"root"},"opens":5}`, has: []string{`"id":"1"`}, lacks: []string{"guessed"}},
		{who: "root", call: "GET /api/v1/shares?app=1&record=1", has: []string{`"createdBy":{"code":"aiko"`, `"opens":0`}},
		{who: "root", call: "POST /api/v1/app/tokens", in: `{"app":1,"id":"99","token":"guessed","note":"n","rights":{"view":true,"admin":true},"user":"root"}`, has: []string{`"id":"1"`}, lacks: []string{"guessed"}},
		{who: "root", call: "POST /api/v1/app/webhooks", in: `{"app":1,"id":"99","url":"http://127.0.0.1:9/","events":["ADD_RECORD"],"owner":{"code":"aiko"},"secret":"guessed","stopped":"x","failingSince":"x"}`, has: []string{`"id":"1"`}, lacks: []string{"guessed"}},
		{who: "root", call: "GET /api/v1/app/webhooks?app=1", has: []string{`"owner":{"code":"root"`, `"stopped":"","owner"`}},
		{who: "root", call: "PUT /k/v1/preview/app/settings.json", in: `{"app":1,"id":"9","creator":{"code":"aiko"},"spaceId":"5","deployed":"x","name":"renamed"}`},
		{who: "root", call: "GET /k/v1/app.json?id=1", has: []string{`"creator":{"code":"root"`, `"spaceId":null`}},
		{who: "root", call: "POST /k/v1/preview/app/form/fields.json", in: `{"app":1,"properties":{"extra":{"type":"NUMBER","id":"1","column":"id","system":true}}}`},
		{who: "root", call: "POST /k/v1/preview/app/form/fields.json", in: `{"app":1,"properties":{"who":{"type":"CREATOR"}}}`, want: "400 CB_VA01 properties[who].type=Enum値のいずれかでなければなりません。"},
	})
}

// Attack case 9: a field that may only be read is not written, by whatever way.
func TestReadOnlyFields(t *testing.T) {
	scenario(t, func(s *testSite) {
		s.World.User("aiko")
		s.define("one", dealForm+`,"lines":{"type":"SUBTABLE","code":"lines","fields":{"part":{"type":"SINGLE_LINE_TEXT","code":"part"},"price":{"type":"NUMBER","code":"price","defaultValue":"5"}}}`)
		s.must("root", "PUT /k/v1/preview/field/acl.json", `{"app":1,"rights":[`+readOnlyFor("n")+`,`+readOnlyFor("price")+`,`+readOnlyFor("no")+`]}`)
		s.deploy("1")
		s.must("root", "POST /k/v1/record.json", `{"app":1,"record":{"title":{"value":"a"},"n":{"value":"1"},"no":{"value":"K1"},"lines":{"value":[{"value":{"part":{"value":"p"},"price":{"value":"7"}}}]}}}`)
		s.must("root", "PUT /k/v1/record.json", `{"app":1,"id":1,"record":{"title":{"value":"b"},"n":{"value":"2"},"lines":{"value":[{"id":"1","value":{"part":{"value":"q"},"price":{"value":"8"}}}]}}}`)
	}, []step{
		{who: "aiko", call: "POST /k/v1/record.json", in: `{"app":1,"record":{"n":{"value":"9"}}}`, want: "403 GAIA_FU01", has: []string{"フィールド「n」の編集権限がありません。"}},
		{who: "aiko", call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"n":{"value":"9"}}}`, want: "403 GAIA_FU01"},
		{who: "aiko", call: "POST /k/v1/records.json", in: `{"app":1,"records":[{},{"n":{"value":"9"}}]}`, want: "403 GAIA_FU01"},
		{who: "aiko", call: "PUT /k/v1/records.json", in: `{"app":1,"upsert":true,"records":[{"updateKey":{"field":"no","value":"K9"},"record":{}}]}`, want: "403 GAIA_FU01"},
		{who: "aiko", call: "PUT /k/v1/records.json", in: `{"app":1,"records":[{"updateKey":{"field":"no","value":"K1"},"record":{"title":{"value":"c"}}}]}`},
		{who: "aiko", call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"lines":{"value":[{"id":"1","value":{"price":{"value":"9"}}}]}}}`, want: "403 GAIA_FU01"},
		{who: "aiko", call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"lines":{"value":[{"value":{"part":{"value":"x"},"price":{"value":"9"}}}]}}}`, want: "403 GAIA_FU01"},
		{who: "aiko", call: "POST /k/v1/bulkRequest.json", in: bulkOf("PUT /k/v1/record.json", `{"app":1,"id":1,"record":{"n":{"value":"9"}}}`), want: "403 GAIA_FU01"},
		{who: "aiko", call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"lines":{"value":[{"id":"1","value":{"part":{"value":"r"}}},{"value":{"part":{"value":"new"}}}]}}}`},
		{call: "GET /k/v1/record.json?app=1&id=1", has: []string{`"n":{"type":"NUMBER","value":"2"}`, `"part":{"type":"SINGLE_LINE_TEXT","value":"r"},"price":{"type":"NUMBER","value":"8"}`, `"value":"new"},"price":{"type":"NUMBER","value":"5"}`}},
		// Going back restores what she may write and nothing else.
		{who: "aiko", call: "POST /api/v1/record/revert", in: `{"app":1,"record":1,"revision":1}`},
		{call: "GET /k/v1/record.json?app=1&id=1", has: []string{`"title":{"type":"SINGLE_LINE_TEXT","value":"a"}`, `"n":{"type":"NUMBER","value":"2"}`, `"part":{"type":"SINGLE_LINE_TEXT","value":"p"},"price":{"type":"NUMBER","value":"8"}`}},
	})
}

// readOnlyFor is the field permission that only root may write.
func readOnlyFor(code string) string {
	return fmt.Sprintf(`{"code":%q,"entities":[{"accessibility":"WRITE","entity":{"type":"USER","code":"root"}},{"accessibility":"READ","entity":{"type":"GROUP","code":"everyone"}}]}`, code)
}
