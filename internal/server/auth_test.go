package server

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// Source: kintone REST behaviour, authentication; the failures and their texts.
func TestAuthentication(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.World.User("aiko")
		one, two := s.World.App("one", "title text"), s.World.App("two", "title text")
		one.Add("title=a")
		two.Add("title=b")
		s.token("one", one, "view")
		s.token("one again", one, "view")
		s.token("two", two, "view add")
		s.token("manage", one, "manage")
		basic := func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
		for _, tc := range []struct {
			name, call, in, password, tokens, bearer, lang string
			want, has                                      string
		}{
			{name: "nothing", call: "GET /k/v1/record.json?app=1&id=1", want: "401 CB_AU01", has: "ログインしてください。"},
			{name: "nothing, in English", call: "GET /k/v1/record.json?app=1&id=1", lang: "en-US,en;q=0.9", want: "401 CB_AU01", has: "Please login."},
			{name: "nothing, and no language", call: "GET /k/v1/record.json?app=1&id=1", lang: "*", want: "401 CB_AU01", has: "ログインしてください。"},
			{name: "nothing, and no such path", call: "GET /k/v1/ghost.json", want: "404 CB_NF01"},
			{name: "wrong password", call: "GET /k/v1/record.json?app=1&id=1", password: basic("aiko:wrong"), want: "401 CB_WA01",
				has: "ユーザーのパスワード認証に失敗しました。「X-Cybozu-Authorization」ヘッダーの値が正しくありません。"},
			{name: "wrong password, in English", call: "GET /k/v1/record.json?app=1&id=1", password: basic("aiko:wrong"), lang: "en", want: "401 CB_WA01",
				has: "Password authentication failed. The value in http header of X-Cybozu-Authorization is not valid."},
			{name: "unknown user", call: "GET /k/v1/record.json?app=1&id=1", password: basic("ghost:wrong"), want: "401 CB_WA01"},
			{name: "not base64", call: "GET /k/v1/record.json?app=1&id=1", password: "aiko:password of aiko", want: "401 CB_WA01"},
			{name: "password", call: "GET /k/v1/record.json?app=1&id=1", password: password("aiko"), want: "200"},
			{name: "password before tokens", call: "GET /k/v1/record.json?app=1&id=1", password: password("aiko"), tokens: "no such token", want: "200"},
			{name: "a wrong password is not made good by a token", call: "GET /k/v1/record.json?app=1&id=1", password: basic("aiko:wrong"), tokens: "one", want: "401 CB_WA01"},
			{name: "token", call: "GET /k/v1/record.json?app=1&id=1", tokens: "one", want: "200"},
			{name: "tokens of two apps", call: "GET /k/v1/record.json?app=2&id=1", tokens: "one, two", want: "200"},
			{name: "unknown token", call: "GET /k/v1/record.json?app=1&id=1", tokens: "no such token", want: "400 GAIA_IA02", has: "指定したAPIトークンは、アプリで生成されたトークンと異なります。"},
			{name: "token of another app", call: "GET /k/v1/record.json?app=1&id=1", tokens: "two", want: "400 GAIA_IA02"},
			{name: "two tokens of one app", call: "GET /k/v1/record.json?app=1&id=1", tokens: "one,one again", want: "400 GAIA_DA03"},
			{name: "ten tokens", call: "GET /k/v1/record.json?app=1&id=1", tokens: "one,two,x,x,x,x,x,x,x,x", want: "400 GAIA_IA02"},
			{name: "a token without the right", call: "POST /k/v1/record.json", in: `{"app":1}`, tokens: "one", want: "403 GAIA_NO01"},
			{name: "a token that may add and view only", call: "DELETE /k/v1/records.json", in: `{"app":2,"ids":[1]}`, tokens: "two", want: "403 GAIA_NO01"},
			{name: "settings with a token to view", call: "GET /k/v1/preview/app/form/fields.json?app=1", tokens: "one", want: "403 GAIA_NO01"},
			{name: "settings with a token to manage", call: "GET /k/v1/preview/app/form/fields.json?app=1", tokens: "manage", want: "200"},
			{name: "records with a token to manage", call: "GET /k/v1/records.json?app=1", tokens: "manage", want: "403 GAIA_NO01"},
			{name: "apps refuse tokens", call: "GET /k/v1/apps.json", tokens: "one", want: "403 GAIA_NO01"},
			{name: "new apps refuse tokens", call: "POST /k/v1/preview/app.json", in: `{"name":"x"}`, tokens: "manage", want: "403 GAIA_NO01"},
			{name: "users refuse tokens", call: "GET /v1/users.json", tokens: "one", want: "403 GAIA_NO01"},
			{name: "settings without the right", call: "GET /k/v1/preview/app/form/fields.json?app=1", password: password("aiko"), want: "403 CB_NO02", has: "権限がありません。"},
			{name: "a bearer token", call: "GET /k/v1/record.json?app=1&id=1", bearer: "bearer x", want: "401 CB_OA01"},
			{name: "password before bearer tokens", call: "GET /k/v1/record.json?app=1&id=1", password: password("aiko"), bearer: "Bearer x", want: "200"},
			{name: "tokens before bearer tokens", call: "GET /k/v1/record.json?app=1&id=1", tokens: "one", bearer: "Bearer x", want: "200"},
			{name: "Basic is for a gate before us", call: "GET /k/v1/record.json?app=1&id=1", tokens: "one", bearer: "Basic eDp5", want: "200"},
			{name: "Basic alone", call: "GET /k/v1/record.json?app=1&id=1", bearer: "Basic eDp5", want: "401 CB_AU01"},
			{name: "a guest path", call: "GET /k/guest/1/v1/record.json?app=1&id=1", password: password("aiko"), want: "403 CB_NO02"},
			{name: "a public path in the query", call: "GET /k/v1/records.json?app=1&x=/login", want: "401 CB_AU01"},
			{name: "a token in the address", call: "GET /k/v1/records.json?app=1&X-Cybozu-API-Token=x", want: "400 CB_IL02"},
		} {
			r := s.request("nobody", tc.call, tc.in)
			if tc.password != "" {
				r.Header.Set("X-Cybozu-Authorization", tc.password)
			}
			if tc.tokens != "" {
				list := strings.Split(tc.tokens, ",")
				for i, name := range list {
					if secret, ok := s.tokens[strings.TrimSpace(name)]; ok {
						list[i] = secret
					}
				}
				r.Header.Set("X-Cybozu-API-Token", strings.Join(list, ","))
			}
			if tc.bearer != "" {
				r.Header.Set("Authorization", tc.bearer)
			}
			if tc.lang != "" {
				r.Header.Set("Accept-Language", tc.lang)
			}
			a := s.do(r)
			if got := a.String(); got != tc.want || !strings.Contains(string(a.Body), tc.has) {
				t.Errorf("%s: got %s, want %s with %s\n%s", tc.name, got, tc.want, tc.has, a.Body)
			}
		}
	})
}

// login logs somebody in and returns his cookie, and what his pages send with writes.
func (s *testSite) login(who string) (cookie *http.Cookie, csrf string) {
	s.T.Helper()
	a := s.call("nobody", "POST /api/v1/login", `{"login":"`+who+`","password":"password of `+who+`"}`)
	cookies := (&http.Response{Header: a.Header}).Cookies()
	if a.Status != http.StatusOK || len(cookies) != 1 {
		s.T.Fatalf("login of %s: %s %s", who, a, a.Body)
	}
	r := s.request("nobody", "GET /k/", "")
	r.AddCookie(cookies[0])
	_, rest, ok := strings.Cut(string(s.do(r).Body), `"csrf":"`)
	if !ok {
		s.T.Fatal("the portal's document has no csrf")
	}
	csrf, _, _ = strings.Cut(rest, `"`)
	return cookies[0], csrf
}

// login is somebody's session.
type login struct {
	cookie *http.Cookie
	csrf   string
}

// session is the session of somebody, who logs in at the first time.
func (s *testSite) session(who string) *login {
	s.T.Helper()
	if s.logins[who] == nil {
		cookie, csrf := s.login(who)
		s.logins[who] = &login{cookie, csrf}
	}
	return s.logins[who]
}

// sign makes r a request of the session's pages.
func (l *login) sign(r *http.Request) {
	r.AddCookie(l.cookie)
	r.Header.Set("X-Requested-With", "XMLHttpRequest")
	r.Header.Set("X-Engawa-CSRF", l.csrf)
}

// A session needs a header that no other site can set, and, to write, what only our pages know.
func TestSessions(t *testing.T) {
	s := newTestSite(t)
	s.World.User("aiko")
	s.World.App("one", "title text").Add("title=a")
	cookie, csrf := s.login("aiko")
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" {
		t.Errorf("cookie %s", cookie)
	}
	ask := func(call, in string, headers ...string) string {
		r := s.request("nobody", call, in)
		r.AddCookie(cookie)
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		return s.do(r).String()
	}
	for _, tc := range []struct {
		name, call, in string
		headers        []string
		want           string
	}{
		{"the cookie alone", "GET /k/v1/records.json?app=1", "", nil, "401 CB_AU01"},
		{"with the header", "GET /k/v1/records.json?app=1", "", []string{"X-Requested-With", "XMLHttpRequest"}, "200"},
		{"a write without proof", "POST /k/v1/record.json", `{"app":1}`, []string{"X-Requested-With", "XMLHttpRequest"}, "403 CB_CR01"},
		{"a write with a wrong proof", "POST /k/v1/record.json", `{"app":1,"__REQUEST_TOKEN__":"x"}`, []string{"X-Requested-With", "XMLHttpRequest"}, "403 CB_CR01"},
		{"a write with proof in a header", "POST /k/v1/record.json", `{"app":1}`, []string{"X-Requested-With", "x", "X-Engawa-CSRF", csrf}, "200"},
		{"a write with proof in the JSON", "POST /k/v1/record.json", `{"app":1,"__REQUEST_TOKEN__":"` + csrf + `"}`, []string{"X-Requested-With", "x"}, "200"},
		{"a write dressed as a form", "POST /k/v1/record.json", `{"app":1,"__REQUEST_TOKEN__":"` + csrf + `"}`, []string{"Content-Type", "text/plain"}, "401 CB_AU01"},
		{"an override to write", "POST /k/v1/records.json", `{"app":1,"ids":[1]}`, []string{"X-Requested-With", "x", "X-HTTP-Method-Override", "DELETE"}, "403 CB_CR01"},
		{"a file by a link of the page", "GET /k/v1/file.json?fileKey=none", "", nil, "404 GAIA_BL01"},
		{"logging out without proof", "POST /api/v1/logout", `{}`, []string{"X-Requested-With", "x"}, "200"},
		{"after that the session still lasts", "GET /k/v1/records.json?app=1", "", []string{"X-Requested-With", "x"}, "200"},
		{"logging out", "POST /api/v1/logout", `{}`, []string{"X-Requested-With", "x", "X-Engawa-CSRF", csrf}, "200"},
		{"afterwards", "GET /k/v1/records.json?app=1", "", []string{"X-Requested-With", "x"}, "401 CB_AU01"},
	} {
		if got := ask(tc.call, tc.in, tc.headers...); got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.name, got, tc.want)
		}
	}
}

// What changes about somebody holds from his next request on.
func TestRightsAreThoseOfNow(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		aiko := s.World.User("aiko")
		one := s.World.App("one", "title text")
		one.Add("title=a")
		s.token("one", one, "view")
		get := func(who string) string { return s.call(who, "GET /k/v1/record.json?app=1&id=1", "").String() }
		if get("aiko") != "200" || get("token one") != "200" {
			t.Fatal("nobody may see the record")
		}
		var list struct{ Tokens []struct{ ID string } }
		if err := json.Unmarshal(s.call("root", "GET /api/v1/app/tokens?app=1", "").Body, &list); err != nil || len(list.Tokens) != 1 {
			t.Fatal(err, list)
		}
		s.must("root", "DELETE /api/v1/app/tokens", `{"app":1,"id":`+list.Tokens[0].ID+`}`)
		if got := get("token one"); got != "400 GAIA_IA02" {
			t.Errorf("a deleted token: %s", got)
		}
		one.Forbid(`title = "a"`, "root")
		if got := get("aiko"); got != "404 GAIA_RE01" {
			t.Errorf("after a rule hides the record: %s", got)
		}
		s.World.Suspend(aiko)
		if got := get("aiko"); got != "401 CB_WA01" {
			t.Errorf("a suspended user: %s", got)
		}
	})
}
