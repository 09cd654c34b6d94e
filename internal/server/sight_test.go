package server

import (
	"fmt"
	"testing"
)

// hiddenProblem is all that is told of what is wrong with a value that somebody cannot see.
const hiddenProblem = "400 CB_VA01 record=閲覧できない項目の入力内容に問題があるため保存できません。アプリの管理者にご確認ください。"

// onlyRoot is a field permission that leaves a field to root, openTo one that shows it to everybody in the records that a
// condition finds.
func onlyRoot(code string) string {
	return fmt.Sprintf(`{"code":%q,"entities":[{"accessibility":"WRITE","entity":{"type":"USER","code":"root"}}]}`, code)
}

func openTo(code, filter string) string {
	return fmt.Sprintf(`{"code":%q,"entities":[{"accessibility":"WRITE","entity":{"type":"USER","code":"root"}},{"accessibility":"WRITE","entity":{"type":"GROUP","code":"everyone"},"filterCond":%q}]}`, code, filter)
}

// Attack case 8: what is wrong with columns that somebody cannot see tells him neither their names nor of their values, nor how
// many of them there are.
func TestProblemsOfHiddenColumns(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.World.User("aiko")
		s.define("tables", `"t":{"type":"SINGLE_LINE_TEXT"},"tb":{"type":"SUBTABLE","code":"tb","fields":{
			"x":{"type":"SINGLE_LINE_TEXT","code":"x","maxLength":"3"},"zm":{"type":"NUMBER","code":"zm"},"zd":{"type":"NUMBER","code":"zd"},"zo":{"type":"NUMBER","code":"zo"}}}`)
		s.must("root", "PUT /k/v1/preview/field/acl.json", `{"app":1,"rights":[`+onlyRoot("zo")+`,`+onlyRoot("zd")+`,`+openTo("zm", `t = "open"`)+`]}`)
		s.deploy("1")
		for _, title := range []string{"open", "secret"} {
			s.must("root", "POST /k/v1/record.json", `{"app":1,"record":{"t":{"value":"`+title+`"},"tb":{"value":[{"value":{"zm":{"value":"777"},"zd":{"value":"888"},"zo":{"value":"999"}}}]}}}`)
		}
		limits := func(columns string) {
			s.must("root", "PUT /k/v1/preview/app/form/fields.json", `{"app":1,"properties":{"tb":{"type":"SUBTABLE","code":"tb","fields":{`+columns+`}}}}`)
			s.deploy("1")
		}
		many := `{"app":1,"record":{"tb":{"value":[{"value":{"x":{"value":"a"}}},{"value":{"x":{"value":"b"}}}]}}}`
		limits(`"zo":{"type":"NUMBER","code":"zo","required":true},"zd":{"type":"NUMBER","code":"zd","required":true}`)
		secret := []string{"zo", "zd", "zm", "必須", "777", "888", "999", "500", "tb"}
		drafted := []string{`"errors":{"record":{"messages":["閲覧できない項目の入力内容に問題があるため保存できません。アプリの管理者にご確認ください。"]}}`}
		s.play([]step{
			{who: "aiko", call: "POST /k/v1/record.json", in: many, want: hiddenProblem, lacks: secret},
			{who: "aiko", call: "POST /k/v1/records.json", in: `{"app":1,"records":[{"tb":{"value":[{"value":{}}]}}]}`, want: "400 CB_VA01 records[0]" + hiddenProblem[len("400 CB_VA01 record"):], lacks: secret},
			{who: "aiko", call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,` + many[len(`{"app":1,`):], want: hiddenProblem, lacks: secret},
			{who: "aiko", call: "POST /api/v1/record/draft", in: many, has: drafted, lacks: secret[:7]},
		})
		// The limits of values that are there. Of what somebody sees he is told where it is.
		limits(`"zo":{"type":"NUMBER","code":"zo","required":false,"maxValue":"500"},"zd":{"type":"NUMBER","code":"zd","required":false,"maxValue":"500"}`)
		touch := func(n int) string { return fmt.Sprintf(`{"app":1,"id":%d,"record":{}}`, n) }
		s.play([]step{
			{who: "aiko", call: "PUT /k/v1/record.json", in: touch(1), want: hiddenProblem, lacks: secret},
			{who: "aiko", call: "POST /api/v1/record/draft", in: touch(1), has: drafted, lacks: secret[:7]},
			{who: "root", call: "PUT /k/v1/record.json", in: touch(1), want: "400 CB_VA01 record.tb.value[0].value.zd.value=500以下である必要があります。 record.tb.value[0].value.zo.value=500以下である必要があります。"},
		})
		limits(`"zo":{"type":"NUMBER","code":"zo","maxValue":""},"zd":{"type":"NUMBER","code":"zd","maxValue":""},"zm":{"type":"NUMBER","code":"zm","maxValue":"500"}`)
		s.play([]step{
			{who: "aiko", call: "PUT /k/v1/record.json", in: touch(1), want: "400 CB_VA01 record.tb.value[0].value.zm.value=500以下である必要があります。"},
			{who: "aiko", call: "PUT /k/v1/record.json", in: touch(2), want: hiddenProblem, lacks: secret},
			{who: "aiko", call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"tb":{"value":[{"id":"1","value":{"zm":{"value":"5"},"x":{"value":"long"}}}]}}}`, want: "400 CB_VA01 record.tb.value[0].value.x.value=4文字より短くなければなりません。"},
			{who: "aiko", call: "PUT /k/v1/record.json", in: `{"app":1,"id":1,"record":{"tb":{"value":[{"id":"1","value":{"zm":{"value":"5"}}}]}}}`},
		})
	})
}
