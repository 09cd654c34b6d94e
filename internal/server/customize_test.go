package server

import (
	"strings"
	"testing"
)

// Source: kintone REST reference, customisation; attack case 48.
func TestCustomization(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.World.User("aiko")
		s.World.User("boss")
		s.World.User("stranger")
		s.define("app", "")
		s.must("root", "PUT /k/v1/preview/app/acl.json", `{"app":1,"rights":[{"entity":{"type":"USER","code":"aiko"},"recordViewable":true},{"entity":{"type":"USER","code":"boss"},"appEditable":true,"recordViewable":true}]}`)
		s.deploy("1")
		s.tokens["manage"] = s.must("root", "POST /api/v1/app/tokens", `{"app":1,"rights":{"view":true,"manage":true}}`)["token"].(string)
		s.deploy("1")
		upload := func(name, kind string) string { return s.upload("root", name, kind, "alert(1)").fileKey() }
		put := func(members string) step {
			return step{call: "PUT /k/v1/preview/app/customize.json", in: `{"app":1,` + members + `}`}
		}
		file := func(key string) string { return `{"type":"FILE","file":{"fileKey":"` + key + `"}}` }
		get := "GET /k/v1/preview/app/customize.json?app=1"
		one, two, others := upload("a.js", "text/javascript"), upload("b.css", "text/css"), s.upload("boss", "c.js", "text/javascript", "x").fileKey()
		deploy := step{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`}
		s.play([]step{
			{call: get, has: []string{`"scope":"ALL","desktop":{"js":[],"css":[]},"mobile":{"js":[],"css":[]}`}},
			put(`"scope":"ALL","desktop":{"js":[{"type":"URL","url":"https://cdn.example/a.js"},` + file(one) + `],"css":[` + file(two) + `]}`),
			{call: get, has: []string{`"js":[{"type":"URL","url":"https://cdn.example/a.js"},{"type":"FILE","file":{"fileKey":"`, `"name":"a.js","contentType":"text/javascript","size":"8"}`, `"name":"b.css"`}},
			put(`"mobile":{"js":[` + file(one) + `]}`).but("404 GAIA_BL01"),    // used up
			put(`"mobile":{"js":[` + file(others) + `]}`).but("404 GAIA_BL01"), // somebody else's
			put(`"scope":"SOME","desktop":{"js":[{"type":"URL"},{"type":"HTML"},{},{"type":"FILE"}]}`).
				but("400 CB_VA01 desktop.js[0].url=必須です。 desktop.js[1].type=Enum値のいずれかでなければなりません。 desktop.js[2].type=必須です。 desktop.js[3].file.fileKey=必須です。 scope=Enum値のいずれかでなければなりません。"),
			put(`"desktop":{"js":[` + strings.TrimSuffix(strings.Repeat(`{"type":"URL","url":"https://a.example/"},`, 31), ",") + `]}`).but("400 CB_VA01 desktop.js=0個から30個までの範囲で指定してください。"),
			put(`"scope":"NONE"`).by("boss").but("403 CB_NO02"), // scripts run with everybody's rights
			put(`"scope":"NONE"`).by("token manage").but("403 GAIA_NO01"),
		})
		for _, url := range []string{"http://a.example/a.js", "javascript:alert(1)", "data:text/javascript,alert(1)", "//a.example/a.js", "https:///a.js", "https://me:pw@a.example/", "a.js", "https://a.example/" + strings.Repeat("x", 2000)} {
			s.play([]step{put(`"desktop":{"js":[{"type":"URL","url":"` + url + `"}]}`).but("400 CB_VA01 desktop.js[0].url=https://で始まるURLを入力してください。")})
		}
		key := s.call("root", get, "").fileKey()
		file1 := "GET /k/v1/file.json?fileKey=" + key
		s.play([]step{
			{call: file1, has: []string{"alert(1)"}},
			{who: "boss", call: file1, has: []string{"alert(1)"}}, // a manager reads what is edited
			{who: "aiko", call: file1, want: "404 GAIA_BL01"},     // not before it is deployed
			{who: "boss", call: get},
			{who: "aiko", call: "GET /k/v1/app/customize.json?app=1", want: "403 CB_NO02"},
			deploy,
			{who: "aiko", call: file1, has: []string{"alert(1)"}},
			{who: "stranger", call: file1, want: "404 GAIA_BL01"},
			put(`"scope":"ADMIN","desktop":{"js":[` + file(key) + `],"css":[]}`), // what is there may stay
			deploy,
			{call: get, has: []string{`"scope":"ADMIN"`, `"css":[]`, key}},
			{who: "aiko", call: file1, want: "404 GAIA_BL01"},
			{who: "boss", call: file1},
			put(`"desktop":{"js":[]}`),
			deploy,
			{call: file1, want: "404 GAIA_BL01"},
		})
	})
}

// Source: kintone REST reference, general settings.
func TestAppIcon(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.World.User("aiko")
		s.define("app", "")
		put := func(icon string) step {
			return step{call: "PUT /k/v1/preview/app/settings.json", in: `{"app":1,"icon":{` + icon + `}}`}
		}
		picture, script := s.upload("root", "a.png", "image/png", "PNG").fileKey(), s.upload("root", "a.html", "text/html", "<script>").fileKey()
		s.play([]step{
			put(`"type":"FILE"`).but("400 CB_VA01 icon.file.fileKey=必須です。"),
			put(`"type":"FILE","file":{"fileKey":"none"}`).but("404 GAIA_BL01"),
			put(`"type":"FILE","file":{"fileKey":"` + script + `"}`).but("400 CB_VA01 icon.file.fileKey=画像（PNG、JPEG、GIF、WebP）を指定してください。"),
			put(`"type":"PRESET","key":"APP91"`).but("400 CB_VA01 icon.key=Enum値のいずれかでなければなりません。"),
			put(`"type":"PRESET"`).but("400 CB_VA01 icon.key=必須です。"),
			put(`"type":"FILE","file":{"fileKey":"` + picture + `"}`),
			{call: "GET /k/v1/preview/app/settings.json?app=1", has: []string{`"icon":{"type":"FILE","file":{"fileKey":"`, `"name":"a.png","contentType":"image/png","size":"3"}`}},
		})
		key := s.call("root", "GET /k/v1/preview/app/settings.json?app=1", "").fileKey()
		s.play([]step{
			put(`"type":"FILE","file":{"fileKey":"` + key + `"}`),
			{who: "aiko", call: "GET /k/v1/file.json?fileKey=" + key, want: "404 GAIA_BL01"},
			{call: "POST /k/v1/preview/app/deploy.json", in: `{"apps":[{"app":1}]}`},
			{who: "aiko", call: "GET /k/v1/file.json?fileKey=" + key, has: []string{"PNG"}},
		})
	})
}
