package server

import (
	"fmt"
	"testing"
)

// define makes and deploys an app by the API and returns its id. properties are the members of form/fields.json.
func (s *testSite) define(name, properties string) string {
	s.T.Helper()
	app := s.must("root", "POST /k/v1/preview/app.json", fmt.Sprintf(`{"name":%q}`, name))["app"].(string)
	if properties != "" {
		s.must("root", "POST /k/v1/preview/app/form/fields.json", fmt.Sprintf(`{"app":%s,"properties":{%s}}`, app, properties))
	}
	s.deploy(app)
	return app
}

func (s *testSite) deploy(app string) {
	s.T.Helper()
	s.must("root", "POST /k/v1/preview/app/deploy.json", fmt.Sprintf(`{"apps":[{"app":%s}]}`, app))
}

// strictFields is a form in which every rule of rest-behaviour's section on validation can be broken.
const strictFields = `
	"title":{"type":"SINGLE_LINE_TEXT","code":"title","required":true,"maxLength":"5"},
	"code":{"type":"SINGLE_LINE_TEXT","code":"code","unique":true},
	"short":{"type":"SINGLE_LINE_TEXT","code":"short","minLength":"2","defaultValue":"abc"},
	"n":{"type":"NUMBER","code":"n","required":true,"minValue":"1","maxValue":"100","defaultValue":"7"},
	"un":{"type":"NUMBER","code":"un","unique":true},
	"web":{"type":"LINK","code":"web","protocol":"WEB","maxLength":"20"},
	"memo":{"type":"MULTI_LINE_TEXT","code":"memo"},
	"radio":{"type":"RADIO_BUTTON","code":"radio","options":{"a":{"label":"a","index":"0"},"b":{"label":"b","index":"1"}}},
	"drop":{"type":"DROP_DOWN","code":"drop","required":true,"defaultValue":"a","options":{"a":{"label":"a","index":"0"}}},
	"cbx":{"type":"CHECK_BOX","code":"cbx","required":true,"defaultValue":["a"],"options":{"a":{"label":"a","index":"0"},"b":{"label":"b","index":"1"}}},
	"multi":{"type":"MULTI_SELECT","code":"multi","options":{"a":{"label":"a","index":"0"}}},
	"files":{"type":"FILE","code":"files"},
	"who":{"type":"USER_SELECT","code":"who"},
	"items":{"type":"SUBTABLE","code":"items","fields":{
		"part":{"type":"SINGLE_LINE_TEXT","code":"part","required":true},
		"price":{"type":"NUMBER","code":"price"},
		"kinds":{"type":"CHECK_BOX","code":"kinds","options":{"a":{"label":"a","index":"0"},"b":{"label":"b","index":"1"}}}}}`

// Source: kintone REST behaviour, validation on write; the texts in both languages.
func TestValidation(t *testing.T) {
	scenario(t, func(s *testSite) {
		s.define("strict", strictFields)
		s.must("root", "POST /v1/users.json", `{"users":[{"code":"ben","name":"Ben","password":"password of ben","locale":"en"}]}`)
		s.must("root", "POST /k/v1/record.json", `{"app":1,"record":{"title":{"value":"one"},"code":{"value":"K1"},"un":{"value":"1.50"}}}`)
	}, []step{
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"title":{"value":""}}}`, want: "400 CB_VA01 record.title.value=必須です。",
			has: []string{`"message":"入力内容が正しくありません。"`}},
		{who: "ben", call: "POST /k/v1/record.json", in: `{"app":1,"record":{"title":{"value":""}}}`, want: "400 CB_VA01 record.title.value=Required.",
			has: []string{`"message":"Missing or invalid input."`}},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{}}`, want: "400 CB_VA01 record.title.value=必須です。"},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"title":{"value":"sixsix"}}}`, want: "400 CB_VA01 record.title.value=6文字より短くなければなりません。"},
		{who: "ben", call: "POST /k/v1/record.json", in: `{"app":1,"record":{"title":{"value":"sixsix"}}}`, want: "400 CB_VA01 record.title.value=Enter less than 6 characters."},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"title":{"value":"ok"},"short":{"value":""}}}`, want: "400 CB_VA01 record.short.value=1文字より長くなければなりません。"},
		{who: "ben", call: "POST /k/v1/record.json", in: `{"app":1,"record":{"title":{"value":"ok"},"short":{"value":"x"}}}`, want: "400 CB_VA01 record.short.value=Enter more than 1 characters."},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"title":{"value":"ok"},"n":{"value":"101"}}}`, want: "400 CB_VA01 record.n.value=100以下である必要があります。"},
		{who: "ben", call: "POST /k/v1/record.json", in: `{"app":1,"record":{"title":{"value":"ok"},"n":{"value":"0"}}}`, want: "400 CB_VA01 record.n.value=The value must be 1 or more."},
		{who: "ben", call: "POST /k/v1/record.json", in: `{"app":1,"record":{"title":{"value":"ok"},"n":{"value":"12abc"}}}`,
			want: "400 CB_VA01 record.n.value=Required. record[n].value=Only numbers are allowed."},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"title":{"value":"ok"},"radio":{"value":"z"},"drop":{"value":"z"}}}`,
			want: `400 CB_VA01 record.drop.value="z"は選択肢にありません。|必須です。 record.radio.value="z"は選択肢にありません。`},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"title":{"value":"ok"},"cbx":{"value":["z"]},"multi":{"value":["a","y"]}}}`,
			want: `400 CB_VA01 record.cbx.values=必須です。 record.cbx.values[0].value="z"は選択肢にありません。 record.multi.values[1].value="y"は選択肢にありません。`},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"title":{"value":"ok"},"web":{"value":"javascript:alert(1)"}}}`,
			want: "400 CB_VA01 record.web.value=URLの形式が正しくありません。http:// または https:// で始まるアドレスを入力してください。"},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"title":{"value":"ok"},"web":{"value":"javascript:alert('long')"}}}`,
			want: "400 CB_VA01 record.web.value=URLの形式が正しくありません。http:// または https:// で始まるアドレスを入力してください。|21文字より短くなければなりません。"},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"title":{"value":"ok"},"radio":{"value":""}}}`, has: []string{`"revision":"1"`}},

		// Rows of tables are told by their place; a number that is none passes there as empty.
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"title":{"value":"ok"},"items":{"value":[{"value":{"part":{"value":""},"kinds":{"value":["a","x"]}}}]}}}`,
			want: `400 CB_VA01 record.items.value[0].value.kinds.values[1].value="x"は選択肢にありません。 record.items.value[0].value.part.value=必須です。`},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"title":{"value":"tbl"},"items":{"value":[{"value":{"part":{"value":"p"},"price":{"value":"12abc"}}}]}}}`,
			has: []string{`{"id":"3","revision":"1"}`}},
		{call: "GET /k/v1/record.json?app=1&id=3", has: []string{`"price":{"type":"NUMBER","value":""}`}},

		// Unique values, among the other problems, in other records and in the same request.
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"title":{"value":"toolong"},"code":{"value":"K1"},"un":{"value":"1.5"}}}`,
			want: "400 CB_VA01 record.code.value=値がほかのレコードと重複しています。 record.title.value=6文字より短くなければなりません。 record.un.value=値がほかのレコードと重複しています。"},
		{who: "ben", call: "PUT /k/v1/record.json", in: `{"app":1,"id":2,"record":{"title":{"value":"toolong"},"code":{"value":"K1"}}}`,
			want: "400 CB_VA01 record.code.value=This value already exists in another record. record.title.value=Enter less than 6 characters."},
		{call: "POST /k/v1/records.json", in: `{"app":1,"records":[{"title":{"value":"a"},"code":{"value":"K2"}},{"title":{"value":"b"},"code":{"value":"K2"}}]}`,
			want: "400 CB_VA01 records[1].code.value=値がほかのレコードと重複しています。"},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"code":{"value":"K1"}}}`, has: []string{`{"revision":"2"}`}},
		{call: "POST /k/v1/records.json", in: `{"app":1,"records":[{"title":{"value":"e1"},"code":{"value":""}},{"title":{"value":"e2"},"code":{"value":""}}]}`,
			has: []string{`"ids":["4","5"]`}},

		// Bulk: every record's problems, by its index and without an inner ".record".
		{call: "POST /k/v1/records.json", in: `{"app":1,"records":[{"title":{"value":"ok"}},{"title":{"value":""}},{"title":{"value":"ok"},"n":{"value":"x"}}]}`,
			want: "400 CB_VA01 records[1].title.value=必須です。 records[2].n.value=必須です。 records[2][n].value=数字でなければなりません。"},
		{call: "PUT /k/v1/records.json", in: `{"app":1,"records":[{"id":1,"record":{"title":{"value":""}}},{"id":2,"record":{"n":{"value":"0"}}},{"id":3,"record":{"title":{"value":"ok"}}}]}`,
			want: "400 CB_VA01 records[0].title.value=必須です。 records[1].n.value=1以上である必要があります。"},
		{call: "GET /k/v1/record.json?app=1&id=3", has: []string{`"tbl"`}},

		// What is required now is asked of old records, too, also when the update does not mention it.
		{call: "PUT /k/v1/preview/app/form/fields.json", in: `{"app":1,"properties":{"memo":{"type":"MULTI_LINE_TEXT","required":true}}}`},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`},
		{call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"n":{"value":"8"}}}`, want: "400 CB_VA01 record.memo.value=必須です。"},

		// The draft of a form is told the same, and nothing is kept.
		{call: "POST /api/v1/record/draft", in: `{"app":1,"record":{"title":{"value":"toolong"},"code":{"value":"K1"},"memo":{"value":"x"}}}`,
			has: []string{`"record.code.value"`, `"record.title.value"`}},
		{call: "POST /api/v1/record/draft", in: `{"app":1,"id":1,"record":{"memo":{"value":"x"}}}`, has: []string{`{"errors":{},"record":{}}`}},
		{call: "GET /k/v1/records.json?app=1&totalCount=true&query=limit%201", has: []string{`"totalCount":"5"`}},
	})
}
