package server

import (
	"net/http"
	"strings"
	"testing"
)

// oddJSON is JSON that is none, or that two readers would understand differently, round a member that is always there.
func oddJSON(member string) map[string]string {
	deep := strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000)
	return map[string]string{
		"a key twice": `{` + member + `,` + member + `}`, "trailing bytes": `{` + member + `}x`, "two documents": `{` + member + `}{` + member + `}`, "a byte order mark": "\ufeff{" + member + `}`,
		"depth": `{` + member + `,"x":` + deep + `}`, "half a surrogate pair": `{` + member + `,"x":"\ud800"}`, "invalid UTF-8": `{` + member + ",\"x\":\"\xff\"}", "cut": `{` + member, "a comment": `{` + member + `/**/}`,
		"a raw newline": `{` + member + ",\"x\":\"a\nb\"}", "single quotes": `{'x':1,` + member + `}`, "NaN": `{` + member + `,"x":NaN}`, "a trailing comma": `{` + member + `,}`, "in UTF-16": "\xff\xfe{\x00}\x00",
	}
}

// Attack case 46: bad JSON is bad wherever it comes: in a GET, under another method's name, as a member of many, in what sets
// cookies, from programs and from pages. It is refused before anything is done.
func TestBadJSONByEveryRoad(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.World.User("aiko")
		app := s.World.App("one", "title text")
		app.Add("title=a")
		s.token("one", app, "view add edit delete")
		for _, road := range []struct{ call, member, override string }{
			{"GET /k/v1/records.json", `"app":1`, ""}, {"POST /k/v1/records.json", `"app":1`, "GET"}, {"DELETE /k/v1/records.json", `"app":1,"ids":[1]`, ""}, {"POST /k/v1/records.json", `"app":1,"ids":[1]`, "DELETE"},
			{"POST /k/v1/record.json", `"app":1`, ""}, {"PUT /k/v1/record.json", `"app":1,"id":1,"record":{}`, ""}, {"POST /k/v1/bulkRequest.json", `"requests":[{"method":"POST","api":"/k/v1/record.json","payload":{"app":1}}]`, ""},
		} {
			for name, body := range oddJSON(road.member) {
				for _, who := range []string{"aiko", "session aiko", "token one"} {
					r := s.request(who, road.call, body)
					if road.override != "" {
						r.Header.Set("X-HTTP-Method-Override", road.override)
					}
					if got := s.do(r).String(); got != "400 CB_IJ01" {
						t.Errorf("%s (%s) with %s as %s: %s", road.call, road.override, name, who, got)
					}
				}
			}
		}
		for name, body := range oddJSON(`"login":"aiko","password":"password of aiko"`) {
			if a := s.call("nobody", "POST /api/v1/login", body); a.String() != "400 CB_IJ01" || a.Header.Get("Set-Cookie") != "" {
				t.Errorf("login with %s: %s %v", name, a, a.Header)
			}
		}
		for name, body := range oddJSON(`"current":"password of aiko","next":"another password 1"`) {
			if a := s.call("aiko", "PUT /api/v1/me/password", body); a.String() != "400 CB_IJ01" {
				t.Errorf("a new password with %s: %s", name, a)
			}
		}
		s.play([]step{{call: "GET /k/v1/records.json?app=1&totalCount=true", has: []string{`"totalCount":"1"`}, lacks: []string{`"__REVISION__","value":"2"`}}})
	})
}

// Attack case 46: a query string that says one thing twice, in two shapes, or in no encoding is refused too.
func TestBadQueryStrings(t *testing.T) {
	s := newTestSite(t)
	s.World.App("one", "title text").Add("title=a")
	for _, tc := range []struct{ query, want string }{
		{"app=1&app[0]=2", "400 CB_IJ01"}, {"app=1&app%5B0%5D=2", "400 CB_IJ01"}, {"app=%zz", "400 CB_IL02"}, {"app=1;id=2", "400 CB_IL02"}, {"app=%ff", "400 CB_IJ01"}, {"app=1&%ff=1", "400 CB_IJ01"},
		{"fields[-1]=title&app=1", "400 CB_IL02"}, {"fields[99999999]=title&app=1", "400 CB_IL02"}, {"fields[x]=title&app=1", "400 CB_IL02"}, {"fields[0=title&app=1", ""}, {"fields[1000]=title&app=1", ""},
		{"app[]=1", ""}, {"app[0][1]=1", "400 CB_IL02"}, {"app=1e0", "400 CB_VA01 app=整数で指定してください。"}, {"app=0x1", "400 CB_VA01 app=整数で指定してください。"}, {"app=+1", ""}, {"app=１", "400 CB_VA01 app=整数で指定してください。"},
		{"app=1&query=title%00", ""}, {"app=9223372036854775808", "400 CB_VA01 app=整数で指定してください。"}, {"app=1&totalCount=1", "400 CB_VA01 totalCount=trueまたはfalseで指定してください。"},
		{strings.Repeat("a=1&", 1500) + "app=1", "200"}, {"app=1&fields[0]=" + strings.Repeat("x", 7000), "200"},
	} {
		a := s.call("root", "GET /k/v1/records.json?"+tc.query, "")
		if got := a.String(); tc.want != "" && got != tc.want || a.Status >= 500 {
			t.Errorf("%.80s: %s, want %s", tc.query, got, tc.want)
		}
	}
}

// Attack case 46: uploads that are no uploads, or several, or cut, are refused; a part's name does not choose a path.
func TestBadUploads(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.World.User("aiko")
		part := func(head, content string) string {
			return "--b\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + content + "\r\n"
		}
		const good = `name="file"; filename="a.txt"`
		for _, tc := range []struct{ name, contentType, body, want string }{
			{"JSON", "application/json", `{"file":"x"}`, "400 CB_IL02"},
			{"a form", "application/x-www-form-urlencoded", "file=x", "400 CB_IL02"},
			{"nothing", "multipart/form-data; boundary=b", "", "400 CB_VA01 file=必須です。"},
			{"no boundary", "multipart/form-data", part(good, "x") + "--b--", "400 CB_IL02"},
			{"another boundary", "multipart/form-data; boundary=c", part(good, "x") + "--b--", "400 CB_VA01 file=必須です。"},
			{"a boundary that is too long", "multipart/form-data; boundary=" + strings.Repeat("b", 100), part(good, "x") + "--b--", ""},
			{"no end", "multipart/form-data; boundary=b", part(good, "x"), "400 CB_IL02"},
			{"cut inside a head", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-da", "400 CB_VA01 file=必須です。"},
			{"another part", "multipart/form-data; boundary=b", part(`name="other"; filename="a.txt"`, "x") + "--b--", "400 CB_VA01 file=必須です。"},
			{"a value instead of a file", "multipart/form-data; boundary=b", part(`name="file"`, "x") + "--b--", "400 CB_VA01 file=必須です。"},
			{"10⁴ parts", "multipart/form-data; boundary=b", strings.Repeat(part(`name="x"`, "y"), 10_000) + "--b--", ""},
			{"a head of 1 MB", "multipart/form-data; boundary=b", part(good+"\r\nX-Long: "+strings.Repeat("x", 1<<20), "x") + "--b--", ""},
			{"10⁵ heads", "multipart/form-data; boundary=b", part(good+strings.Repeat("\r\nX: y", 100_000), "x") + "--b--", "400 CB_IL02"},
			{"a mixed part", "multipart/mixed; boundary=b", part(good, "x") + "--b--", ""},
			{"two files", "multipart/form-data; boundary=b", part(good, "first") + part(good, "second") + "--b--", "200"},
		} {
			for _, who := range []string{"aiko", "session aiko"} {
				r := s.request(who, "POST /k/v1/file.json", tc.body)
				r.Header.Set("Content-Type", tc.contentType)
				if a := s.do(r); tc.want != "" && a.String() != tc.want || a.Status >= 500 {
					t.Errorf("%s as %s: %s %s, want %s", tc.name, who, a, a.Body, tc.want)
				}
			}
		}
		if got := s.do(s.uploadRequest("nobody", "POST /k/v1/file.json", "a.txt", "text/plain", "x")); got.Status != http.StatusUnauthorized {
			t.Errorf("nobody: %s", got)
		}
	})
}

// Attack case 46: numbers stay what they are, to the last digit, and ids never become another's.
func TestBigNumbersStayExact(t *testing.T) {
	scenario(t, func(s *testSite) {
		s.define("one", `"n":{"type":"NUMBER","code":"n"},"no":{"type":"NUMBER","code":"no","unique":true}`)
		s.must("root", `PUT /k/v1/preview/app/settings.json`, `{"app":1,"numberPrecision":{"digits":30,"decimalPlaces":10,"roundingMode":"HALF_EVEN"}}`)
		s.deploy("1")
	}, []step{
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"n":{"value":9007199254740993},"no":{"value":"9007199254740993"}}}`},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"n":{"value":0.1},"no":{"value":9007199254740992}}}`},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"no":{"value":9007199254740993}}}`, want: "400 CB_VA01 record.no.value=値がほかのレコードと重複しています。"},
		{call: "POST /k/v1/record.json", in: `{"app":1,"record":{"n":{"value":1e400}}}`, want: "400 CB_VA01 record[n].value=数字でなければなりません。"},
		{call: "GET /k/v1/record.json?app=1&id=1", has: []string{`"value":"9007199254740993"`}},
		{call: "GET /k/v1/records.json", in: `{"app":1,"query":"n = 9007199254740993","totalCount":true}`, has: []string{`"totalCount":"1"`}},
		{call: "GET /k/v1/records.json", in: `{"app":1,"query":"n = 9007199254740992","totalCount":true}`, has: []string{`"totalCount":"0"`}},
		{call: "POST /api/v1/report/data", in: `{"app":1,"report":{"chartType":"PIE","aggregations":[{"type":"SUM","code":"n"}]}}`, has: []string{"9007199254740993.1"}},
		{call: "GET /k/v1/record.json?app=1&id=9007199254740993", want: "404 GAIA_RE01", has: []string{"9007199254740993"}},
		{call: "GET /k/v1/record.json?app=1&id=18446744073709551617", want: "400 CB_VA01 id=整数で指定してください。"}, // 1, when cut to 64 bits
		{call: "GET /k/v1/record.json?app=4294967297&id=1", want: "404 GAIA_AP01"},                         // 1, when cut to 32 bits
	})
}
