package server

import (
	"net/http"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/db"
)

// Source: kintone REST behaviour, language selection.
func TestLanguageOfErrors(t *testing.T) {
	s := newTestSite(t)
	for code, locale := range map[string]string{"jun": "ja", "eve": "en", "ann": "auto"} {
		s.must("root", "POST /v1/users.json", `{"users":[{"code":"`+code+`","name":"x","password":"password of `+code+`","locale":"`+locale+`"}]}`)
	}
	app := s.World.App("app", "title text")
	s.token("view", app, "view")
	const ja, en = "指定したレコード", "The specified record"
	for _, tc := range []struct{ who, accept, want string }{
		{"jun", "", ja}, {"jun", "en", ja},
		{"eve", "", en}, {"eve", "ja", en},
		{"ann", "", ja}, {"ann", "en-US,en;q=0.9,ja;q=0.8", en}, {"ann", "fr,ja;q=0.5", ja}, {"ann", "fr", ja}, {"ann", "*", ja}, {"ann", "en;q=0.1,ja;q=0.2", ja},
		{"token view", "", ja}, {"token view", "en", ja},
	} {
		r := s.request(tc.who, "GET /k/v1/record.json?app=1&id=99", "")
		if tc.accept != "" {
			r.Header.Set("Accept-Language", tc.accept)
		}
		if a := s.do(r); !strings.Contains(string(a.Body), tc.want) {
			t.Errorf("%s with %q: %s, want %s", tc.who, tc.accept, a.Body, tc.want)
		}
	}
}

func TestLoggingIn(t *testing.T) {
	s := newTestSite(t)
	aiko := s.World.User("aiko")
	login := func(password string) answer {
		return s.call("nobody", "POST /api/v1/login", `{"login":"aiko","password":"`+password+`"}`)
	}
	if a := login("password of aiko"); a.Status != http.StatusOK || !strings.Contains(string(a.Body), `"code":"aiko"`) || strings.Contains(string(a.Body), "password") {
		t.Errorf("login: %s %s", a, a.Body)
	}
	unknown := s.call("nobody", "POST /api/v1/login", `{"login":"ghost","password":"x"}`)
	wrong := login("wrong")
	if wrong.String() != "401 CB_WA01" || unknown.String() != wrong.String() || wrong.Header.Get("Set-Cookie") != "" {
		t.Errorf("a wrong password: %s; an unknown user: %s", wrong, unknown)
	}
	form := s.request("nobody", "POST /api/v1/login", `{"login":"aiko","password":"password of aiko"}`)
	form.Header.Set("Content-Type", "text/plain")
	if got := s.do(form).String(); got != "400 CB_IL02" {
		t.Errorf("a login by a form of another site: %s", got)
	}
	var a answer
	for range 50 {
		if a = login("wrong"); a.Status == http.StatusTooManyRequests {
			break
		}
	}
	if a.Status != http.StatusTooManyRequests || a.Header.Get("Retry-After") == "" {
		t.Fatalf("after many wrong passwords: %s %v", a, a.Header)
	}
	s.must("root", "POST /api/v1/users/unlock", `{"code":"aiko"}`)
	s.World.Suspend(aiko)
	if got := login("password of aiko"); got.Status == http.StatusOK {
		t.Errorf("a suspended user: %s", got)
	}
}

func TestUsersByTheAPI(t *testing.T) {
	scenario(t, func(*testSite) {}, []step{
		{call: "POST /v1/users.json", in: `{"users":[{"code":"aiko","name":"青木","password":"correct horse 1","email":"aiko@example.com","locale":"en","timezone":"Europe/Paris","surName":"青木"},{"code":"ben","name":"Ben","password":"correct horse 1"}]}`, has: []string{`{}`}},
		// Blanks may stand inside a login name, but not around it.
		{call: "POST /v1/users.json", in: `{"users":[{"code":" b","name":"x","password":"correct horse 1"},{"code":"b\u2028c","name":"x","password":"correct horse 1"}]}`,
			want: "400 CB_VA01 users[0].code=ログイン名の前後に空白は使えません。また、「\\ [ ] \" : ; < > , /」を含めることはできません。 users[1].code=ログイン名の前後に空白は使えません。また、「\\ [ ] \" : ; < > , /」を含めることはできません。"},
		{call: "POST /v1/users.json", in: `{"users":[{"code":"b c","name":"x","password":"correct horse 1"}]}`},
		{call: "GET /v1/users.json", in: `{"codes":["b c"]}`, has: []string{`"code":"b c"`}},
		{call: "DELETE /v1/users.json", in: `{"codes":["b c"]}`},
		{call: "PUT /v1/users.json", in: `{"users":[{"code":"aiko","localName":"Aoki","localNameLocale":"zz"}]}`, want: "400 CB_VA01 users[0].localNameLocale=別言語での名前の言語は、ja、en、zh、zh-CN、zh-TW のいずれかで指定してください。"},
		{call: "PUT /v1/users.json", in: `{"users":[{"code":"aiko","localName":"Aoki","localNameLocale":"en"}]}`},
		{call: "GET /v1/users.json", in: `{"codes":["aiko"]}`, has: []string{`"code":"aiko"`, `"valid":true`, `"name":"青木"`, `"surName":"青木"`, `"givenName":null`, `"email":"aiko@example.com"`, `"timezone":"Europe/Paris"`, `"admin":false`}, lacks: []string{"horse", "ben"}},
		{call: "GET /v1/users.json?size=1&offset=1", has: []string{`"code":"aiko"`}, lacks: []string{`"root"`, `"ben"`}},
		{call: "GET /v1/users.json?size=101", want: "400 CB_VA01 size=最大でも100以下です。"},
		{call: "POST /v1/users.json", in: `{"users":[{"code":"new","name":"x","password":"correct horse 1"},{"code":"aiko","name":"x","password":"correct horse 1"}]}`, want: "400 CB_VA01 users[1].code=このログイン名はすでに使われています。"},
		{call: "GET /v1/users.json", in: `{"codes":["new"]}`, has: []string{`{"users":[]}`}}, // all or none
		{call: "PUT /v1/users.json", in: `{"users":[{"code":"ben","valid":false}]}`},
		{call: "GET /v1/users.json", in: `{"codes":["ben"]}`, has: []string{`"valid":false`, `"name":"Ben"`}},
		{call: "DELETE /v1/users.json", in: `{"codes":["ben"]}`},
		{call: "DELETE /v1/users.json", in: `{"codes":["ben"]}`, want: "404 CB_NF01"},
		{call: "GET /api/v1/users/suggest?q=ai", has: []string{`"code":"aiko"`}},
	})
}

// The secret of an empty site makes one administrator, once.
func TestSettingUp(t *testing.T) {
	s := emptyTestSite(t, db.Options{URL: "sqlite::memory:"}, t.TempDir())
	secret, err := s.people.NewSetupSecret(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const form = `"name":"青木 愛子","login":"root","password":"correct horse 1","company":"株式会社青葉","locale":"ja","timezone":"Asia/Tokyo"}`
	s.play([]step{
		{who: "nobody", call: "POST /api/v1/setup", in: `{"secret":"wrong",` + form, want: "404 CB_NF01"},
		{who: "nobody", call: "POST /api/v1/setup", in: `{"secret":"` + secret + `","login":"root"}`, want: "400 CB_VA01 company=必須です。 locale=言語は auto、ja、en のいずれかで指定してください。 name=必須です。 password=パスワードは8文字以上にしてください。 timezone=タイムゾーンは Asia/Tokyo のような名前で指定してください。"},
		{who: "nobody", call: "POST /api/v1/setup", in: `{"secret":"` + secret + `",` + form, has: []string{`"code":"root"`, `"admin":true`}},
		{who: "nobody", call: "POST /api/v1/setup", in: `{"secret":"` + secret + `",` + form, want: "404 CB_NF01"},
	})
}
