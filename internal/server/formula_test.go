package server

import (
	"fmt"
	"strings"
	"testing"
)

// A formula that is wrong is refused when the app is deployed, with the label of its field and the reason in the
// reader's language; a wrong format when the field is added.
// Source: kintone REST behaviour, calculation errors.
func TestFormulasAtDeploy(t *testing.T) {
	calc := func(code, expression string) string {
		return fmt.Sprintf(`{"app":1,"properties":{%q:{"type":"CALC","code":%q,"label":"合計","expression":%q}}}`, code, code, expression)
	}
	const add, put = "POST /k/v1/preview/app/form/fields.json", "PUT /k/v1/preview/app/form/fields.json"
	const deploy, deployed = "POST /k/v1/preview/app/deploy.json", `{"apps":[{"app":1}]}`
	refused := func(expression, reason string) []step {
		return []step{
			{call: put, in: calc("total", expression)},
			{call: deploy, in: deployed, want: "400 GAIA_IL01", has: []string{`"message":"フィールド「合計」の計算式が正しくありません。(エラーの内容：` + reason + `)"`}, lacks: []string{`"errors"`}},
		}
	}
	steps := []step{
		{call: add, in: `{"app":1,"properties":{"x":{"type":"CALC","expression":"1","format":"PERCENT"}}}`,
			want: "400 CB_VA01 properties[x].format=Enum値のいずれかでなければなりません。"},
		{call: add, in: `{"app":1,"properties":{"x":{"type":"CALC"}}}`, want: "400 CB_VA01 properties[x].expression=必須です。"},
		{call: add, in: calc("x", strings.Repeat("1+", 500_000)+"1"), want: "400 CB_VA01 properties[x].expression=10,000文字以内で入力してください。"},
		{call: add, in: calc("total", "1")},
		{call: "GET /k/v1/preview/app/form/fields.json?app=1", has: []string{
			`"total":{"code":"total","displayScale":"","expression":"1","format":"NUMBER","hideExpression":false,"label":"合計","noLabel":false,"required":false,"type":"CALC","unit":"","unitPosition":"BEFORE"}`}},
	}
	for _, tc := range [][2]string{
		{"gone * 2", "計算式に含まれるフィールドコード（gone）が存在しません。"},
		{"VLOOKUP(n)", "VLOOKUP関数は使用できません。"},
		{"n +", "計算式の文法が正しくありません。"},
		{"total + 1", "フィールドの参照が循環しています。"},
		{"IF(n = 1, 2)", "IF関数には3個の引数が必要です。"},
		{"AND(n = 1)", "AND関数には2個以上の引数が必要です。"},
		{"NOT(n = 1, n = 2)", "NOT関数に指定できる引数は1個までです。"},
		{"n＋1", "全角記号「＋」が入力されています。半角記号「+」を入力してください。"},
		{"memo & n", "計算式で利用できないフィールドタイプ(MULTI_LINE_TEXT)が指定されています。"},
		{"title * 2", "演算子「*」とデータ型の組み合わせが正しくありません。"},
		{"SUM(title)", "SUM関数と引数のデータ型の組み合わせが正しくありません。"},
		{"price * 2", "配列型の値に対して適切な関数が利用されていません。"},
	} {
		steps = append(steps, refused(tc[0], tc[1])...)
	}
	steps = append(steps,
		step{call: put, in: calc("total", "SUM(price) * n")},
		step{call: deploy, in: deployed},
		step{call: "DELETE /k/v1/preview/app/form/fields.json", in: `{"app":1,"fields":["n"]}`},
		step{call: deploy, in: deployed, want: "400 GAIA_IL01", has: []string{`（n）が存在しません。`}},
		step{call: deploy, in: `{"apps":[{"app":1}],"revert":true}`},
		step{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"n":{"value":"2"},"total":{"value":"oops"},"lines":{"value":[{"value":{"price":{"value":"3"}}}]}}}`},
		step{call: "GET /k/v1/records.json?app=1&query=total%20%3D%206", has: []string{`"total":{"type":"CALC","value":"6"}`}},
		step{call: "POST /api/v1/record/draft", in: `{"app":1,"id":1,"record":{"n":{"value":"5"}}}`, has: []string{`{"errors":{},"record":{"total":{"type":"CALC","value":"15"}}}`}},
	)
	scenario(t, func(s *testSite) {
		s.define("orders", `"n":{"type":"NUMBER"},"title":{"type":"SINGLE_LINE_TEXT"},"memo":{"type":"MULTI_LINE_TEXT"},
			"lines":{"type":"SUBTABLE","fields":{"price":{"type":"NUMBER"}}}`)
	}, steps)
}

// The reason is in the reader's language as well.
func TestFormulaReasonsInEnglish(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.define("orders", `"n":{"type":"NUMBER"}`)
		s.must("root", "POST /k/v1/preview/app/form/fields.json", `{"app":1,"properties":{"total":{"type":"CALC","code":"total","label":"Total","expression":"n + gone"}}}`)
		s.must("root", "PUT /api/v1/me", `{"locale":"en"}`)
		a := s.call("root", "POST /k/v1/preview/app/deploy.json", `{"apps":[{"app":1}]}`)
		want := `The formula of the field \"Total\" is not correct. (Details: The field code (gone) in the formula does not exist.)`
		if !strings.Contains(string(a.Body), want) {
			t.Errorf("got %s", a.Body)
		}
	})
}

// A lookup whose key is a link cannot be used, though it reads as text.
func TestFormulaOverALinkedKey(t *testing.T) {
	scenario(t, func(s *testSite) {
		s.define("sites", `"url":{"type":"LINK","protocol":"WEB","unique":true},"name":{"type":"SINGLE_LINE_TEXT","unique":true}`)
		s.define("visits", `"site":{"type":"SINGLE_LINE_TEXT","lookup":{"relatedApp":{"app":1},"relatedKeyField":"url"}},
			"who":{"type":"SINGLE_LINE_TEXT","lookup":{"relatedApp":{"app":1},"relatedKeyField":"name"}}`)
	}, []step{
		{call: "POST /k/v1/preview/app/form/fields.json", in: `{"app":2,"properties":{"t":{"type":"SINGLE_LINE_TEXT","code":"t","label":"見出し","expression":"who & \"!\""}}}`},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":2}]}`},
		{call: "PUT /k/v1/preview/app/form/fields.json", in: `{"app":2,"properties":{"t":{"type":"SINGLE_LINE_TEXT","expression":"site & \"!\""}}}`},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":2}]}`, want: "400 GAIA_IL01",
			has: []string{`フィールド「見出し」の計算式が正しくありません。(エラーの内容：計算式で利用できないフィールドタイプ(LINK)が指定されています。)`}},
	})
}
