package server

import (
	"strings"
	"testing"
)

// Source: kintone REST behaviour, comments.
func TestComments(t *testing.T) {
	ten := `{"code":"aiko","type":"USER"}` + strings.Repeat(`,{"code":"aiko","type":"USER"}`, 10)
	scenario(t, func(s *testSite) {
		aiko := s.World.User("aiko")
		a := s.World.App("deals", "title text")
		n := a.Add("title=one")
		for range 11 {
			aiko.Comment(a, n, "internal", "more")
		}
	}, []step{
		{call: "POST /k/v1/record/comment.json", in: `{"app":1,"record":1,"comment":{"text":"確認お願いします","mentions":[{"code":"aiko","type":"USER"}]}}`, has: []string{`{"id":"12"}`}},
		{call: "GET /k/v1/record/comments.json?app=1&record=1&limit=2", has: []string{
			`"id":"12","text":"aiko \n確認お願いします ",`, `"creator":{"code":"root","name":"青木 愛子"},"mentions":[{"code":"aiko","type":"USER"}]`, `"older":true,"newer":false`}},
		{call: "GET /k/v1/record/comments.json?app=1&record=1", has: []string{`"id":"3"`, `"older":true,"newer":false`}, lacks: []string{`"id":"2"`}},
		{call: "GET /k/v1/record/comments.json?app=1&record=1&order=asc&offset=10", has: []string{`"id":"11"`, `"older":true,"newer":false`}},
		{call: "GET /k/v1/record/comments.json?app=1&record=99", want: "404 GAIA_RE01"},
		{call: "POST /k/v1/record/comment.json", in: `{"app":1,"record":1}`, want: "400 CB_VA01 comment=必須です。"},
		{call: "POST /k/v1/record/comment.json", in: `{"app":1,"record":1,"comment":{"text":" "}}`, want: "400 CB_VA01 comment.text=必須です。"},
		{call: "POST /k/v1/record/comment.json", in: `{"app":1,"record":1,"comment":{"text":"x","mentions":[{"type":"USER"},{"code":"aiko","type":"ROBOT"},{"code":"aiko"}]}}`,
			want: "400 CB_VA01 comment.mentions[0].code=必須です。 comment.mentions[1].type=Enum値のいずれかでなければなりません。 comment.mentions[2].type=必須です。"},
		{call: "POST /k/v1/record/comment.json", in: `{"app":1,"record":1,"comment":{"text":"x","mentions":[{"code":"aiko","type":"GROUP"}]}}`, want: "400 GAIA_IL26"},
		{call: "POST /k/v1/record/comment.json", in: `{"app":1,"record":1,"comment":{"text":"x","mentions":[{"code":"ghost","type":"USER"}]}}`, want: "400 GAIA_IL26"},
		{call: "POST /k/v1/record/comment.json", in: `{"app":1,"record":1,"comment":{"text":"x","mentions":[` + ten + `]}}`, want: "400 CB_VA01 comment.mentions=0個から10個までの範囲で指定してください。"},
		{call: "POST /k/v1/record/comment.json", in: `{"app":1,"record":1,"comment":{"text":"` + strings.Repeat("x", 65536) + `"}}`, want: "400 CB_VA01 comment.text=コメントは1文字から65,535文字までで入力してください。"},
		{call: "POST /k/v1/record/comment.json", in: `{"app":1,"record":99,"comment":{"text":"x"}}`, want: "404 GAIA_RE01"},
		{call: "DELETE /k/v1/record/comment.json", in: `{"app":1,"record":1,"comment":99}`, want: "400 GAIA_RE02"},
		{call: "DELETE /k/v1/record/comment.json", in: `{"app":1,"record":1,"comment":1}`, want: "403 GAIA_RE03"},
		{who: "aiko", call: "DELETE /k/v1/record/comment.json?app=1&record=1&comment=1", has: []string{`{}`}},

		// The lane has to be said, and says who reads it.
		{call: "POST /api/v1/record/comment", in: `{"app":1,"record":1,"comment":{"text":"x"}}`, want: "400 CB_VA01 comment.lane=Enum値のいずれかでなければなりません。"},
		{call: "POST /api/v1/record/comment", in: `{"app":1,"record":1,"comment":{"text":"to the customer","lane":"shared"}}`, has: []string{`{"id":"13"}`}},
		{call: "GET /api/v1/record/comments?app=1&record=1", has: []string{`"id":"13","lane":"shared","text":"to the customer"`, `"id":"12","lane":"internal"`, `"author":{"code":"root","name":"青木 愛子","outside":false}`, `"mine":true`}},

		{call: "PUT /k/v1/preview/app/settings.json", in: `{"app":1,"enableComments":false}`},
		{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`},
		{call: "POST /k/v1/record/comment.json", in: `{"app":1,"record":1,"comment":{"text":"x"}}`, want: "400 GAIA_RE12"},
		{call: "GET /k/v1/record/comments.json?app=1&record=1", want: "400 GAIA_RE12"},
	})
}

// kintone puts the names of those mentioned before what a program writes, and gives programs names without "@", also of comments
// that were written on the screen, which has them where they were typed.
func TestCommentsNameThoseTheyMention(t *testing.T) {
	scenario(t, func(s *testSite) {
		s.World.User("aiko")
		s.World.Organization("sales", "")
		s.World.Group("safety")
		s.World.App("deals", "title text").Add("title=one")
	}, []step{
		{call: "POST /k/v1/record/comment.json", in: `{"app":1,"record":1,"comment":{"text":"please look","mentions":[{"code":"aiko","type":"USER"},{"code":"sales","type":"ORGANIZATION"},{"code":"safety","type":"GROUP"}]}}`},
		{call: "POST /api/v1/record/comment", in: `{"app":1,"record":1,"comment":{"text":"what does @aiko say? a@b","lane":"internal","mentions":[{"code":"aiko","type":"USER"}]}}`},
		{call: "GET /api/v1/record/comments?app=1&record=1", has: []string{`"text":"@aiko @sales @safety \nplease look"`, `"text":"what does @aiko say? a@b"`}},
		{call: "GET /k/v1/record/comments.json?app=1&record=1", has: []string{`"text":"aiko sales safety \nplease look "`, `"text":"what does aiko say? a@b "`}},
	})
}

// Source: kintone REST behaviour, cursors.
func TestCursors(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.World.User("aiko")
		a := s.World.App("deals", "title text; secret text")
		for range 3 {
			a.Add("title=one secret=two")
		}
		open := s.must("aiko", "POST /k/v1/records/cursor.json", `{"app":1,"query":"order by $id asc","fields":["$id"],"size":2}`)
		id := open["id"].(string)
		if open["totalCount"] != "3" {
			t.Errorf("totalCount %v", open["totalCount"])
		}
		a.Add("title=late")
		s.play([]step{
			{who: "root", call: "GET /k/v1/records/cursor.json?id=" + id, want: "404 GAIA_CU01"},
			{who: "aiko", call: "GET /k/v1/records/cursor.json?id=" + id, has: []string{`{"records":[{"$id":{"type":"__ID__","value":"1"}},{"$id":{"type":"__ID__","value":"2"}}],"next":true}`}},
			{who: "aiko", call: "GET /k/v1/records/cursor.json?id=" + id, has: []string{`{"records":[{"$id":{"type":"__ID__","value":"3"}}],"next":false}`}},
			{who: "aiko", call: "GET /k/v1/records/cursor.json?id=" + id, want: "404 GAIA_CU01"},
			{who: "aiko", call: "DELETE /k/v1/records/cursor.json?id=" + id, want: "404 GAIA_CU01"},
			{who: "aiko", call: "GET /k/v1/records/cursor.json", want: "400 CB_VA01 id=必須です。"},
			{who: "aiko", call: "POST /k/v1/records/cursor.json", in: `{"app":1,"query":"limit 5"}`, want: "400 CB_VA01 query=カーソルのqueryには、limitとoffsetを指定できません。"},
		})
		for range 10 {
			id = s.must("aiko", "POST /k/v1/records/cursor.json", `{"app":1}`)["id"].(string)
		}
		s.play([]step{
			{who: "aiko", call: "POST /k/v1/records/cursor.json", in: `{"app":1}`, want: "429 GAIA_TM12"},
			{who: "aiko", call: "DELETE /k/v1/records/cursor.json", in: `{"id":"` + id + `"}`, has: []string{`{}`}},
		})
		// An open cursor shows what its owner may see when he fetches, not when he opened it.
		id = s.must("aiko", "POST /k/v1/records/cursor.json", `{"app":1,"query":"order by $id asc"}`)["id"].(string)
		a.Hide("secret", "aiko")
		a.Forbid("$id = 1", "root")
		s.play([]step{{who: "aiko", call: "GET /k/v1/records/cursor.json?id=" + id, has: []string{`"value":"one"`}, lacks: []string{`"value":"two"`, `"__ID__","value":"1"`}}})
	})
}
