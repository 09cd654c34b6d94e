package server

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/api"
	"github.com/engawa/engawa/internal/config"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/telemetry"
	"github.com/engawa/engawa/internal/world"
	"github.com/engawa/engawa/migrations"
)

// testSite is a server as main builds it, called in process. Its world sets things up behind the API's back; what is
// tested goes through call.
type testSite struct {
	*Server
	T       testing.TB
	World   *world.World
	handler http.Handler
	tokens  map[string]string // by the name a test gives them
	logins  map[string]*login // by login name
}

// newTestSite returns the site of the company 株式会社青葉, whose administrator is root, on an empty database in memory.
func newTestSite(t testing.TB) *testSite {
	t.Helper()
	return buildTestSite(t, db.Options{URL: "sqlite::memory:"})
}

// eachSite runs body on the kinds of database that a company may run.
func eachSite(t *testing.T, body func(t *testing.T, s *testSite)) {
	t.Helper()
	dbtest.EachLasting(t, func(t *testing.T, o db.Options) { body(t, buildTestSite(t, o)) })
}

func buildTestSite(t testing.TB, o db.Options) *testSite {
	t.Helper()
	return buildTestSiteIn(t, o, t.TempDir())
}

// buildTestSiteIn is buildTestSite in a data folder of the caller's.
func buildTestSiteIn(t testing.TB, o db.Options, data string) *testSite {
	t.Helper()
	s := emptyTestSite(t, o, data)
	_, err := s.people.SetUpUnattended(t.Context(), identity.Setup{
		Name: "青木 愛子", Code: "root", Password: "password of root", Company: "株式会社青葉", Locale: "ja", Timezone: "Asia/Tokyo",
	})
	if err != nil {
		t.Fatal(err)
	}
	s.World = world.On(t, s.db, s.people, s.pages.Apps, s.records, s.files)
	return s
}

// emptyTestSite is a site before its first administrator, or one that is there; it has no world.
func emptyTestSite(t testing.TB, o db.Options, data string) *testSite {
	t.Helper()
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	o.Log = log
	d := dbtest.OpenOptions(t, migrations.FS, o)
	s := &Server{
		config: config.Config{Data: data, BaseURL: "http://127.0.0.1", MailFrom: "engawa@example.com", OutboundAllow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}},
		log:    log, db: d, metrics: telemetry.NewMetrics("test"), jobs: job.New(d, job.Config{Log: log}), hashMemory: 64,
	}
	if err := s.build(t.Context()); err != nil {
		t.Fatal(err)
	}
	return &testSite{Server: s, T: t, handler: s.Handler(), tokens: map[string]string{}, logins: map[string]*login{}}
}

// answer is what a call got.
type answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// request makes a request of somebody: a user by login name (his password is "password of NAME"), "session NAME" for one
// who has logged in, "token NAME", or "nobody". call is a method and a path; a body that begins with "{" or "[" is JSON.
func (s *testSite) request(who, call, body string) *http.Request {
	s.T.Helper()
	method, path, ok := strings.Cut(call, " ")
	if !ok {
		s.T.Fatalf("call %q: want a method and a path", call)
	}
	r := httptest.NewRequestWithContext(s.T.Context(), method, path, strings.NewReader(body))
	r.RequestURI = path
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	kind, name, _ := strings.Cut(who, " ")
	switch {
	case kind == "token":
		r.Header.Set("X-Cybozu-API-Token", s.tokens[name])
	case kind == "session":
		s.session(name).sign(r)
	case kind == "Bearer":
		r.Header.Set("Authorization", who)
	case who != "nobody":
		r.Header.Set("X-Cybozu-Authorization", password(who))
	}
	return r
}

func password(login string) string {
	return base64.StdEncoding.EncodeToString([]byte(login + ":password of " + login))
}

// call sends a request and returns its answer.
func (s *testSite) call(who, call, body string) answer {
	s.T.Helper()
	return s.do(s.request(who, call, body))
}

func (s *testSite) do(r *http.Request) answer {
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return answer{w.Code, w.Header(), w.Body.Bytes()}
}

// must calls and ends the test unless it went well; it returns the answer's JSON.
func (s *testSite) must(who, call, body string) map[string]any {
	s.T.Helper()
	a := s.call(who, call, body)
	if a.Status != http.StatusOK {
		s.T.Fatalf("%s as %s: %s", call, who, a)
	}
	var out map[string]any
	if err := json.Unmarshal(a.Body, &out); err != nil {
		s.T.Fatalf("%s as %s: %v in %s", call, who, err, a.Body)
	}
	return out
}

// token makes an API token of an app, called "token NAME" from then on.
func (s *testSite) token(name string, app *world.App, rights string) {
	s.T.Helper()
	var members []string
	for _, r := range strings.Fields(rights) {
		members = append(members, fmt.Sprintf("%q:true", r))
	}
	out := s.must("root", "POST /api/v1/app/tokens", fmt.Sprintf(`{"app":%d,"note":"","rights":{%s}}`, app.ID, strings.Join(members, ",")))
	s.tokens[name] = out["token"].(string)
}

// String is the answer in a line: "200" or the status with kintone's code and the problems by path, as in
// "400 CB_VA01 app=必須です。 id=必須です。".
func (a answer) String() string {
	line := fmt.Sprint(a.Status)
	var p struct {
		Code    string
		Errors  map[string]struct{ Messages []string }
		Results []json.RawMessage
	}
	if a.Status == http.StatusOK || json.Unmarshal(a.Body, &p) != nil {
		return line
	}
	for _, r := range p.Results { // of a bulkRequest: the one that failed
		if string(r) != "{}" && json.Unmarshal(r, &p) != nil {
			return line + " " + string(a.Body)
		}
	}
	line += " " + p.Code
	paths := make([]string, 0, len(p.Errors))
	for path, e := range p.Errors {
		paths = append(paths, " "+path+"="+strings.Join(e.Messages, "|"))
	}
	slices.Sort(paths)
	return line + strings.Join(paths, "")
}

// compact is JSON without its blanks and needless escapes, so that it can be compared with what a test says.
func compact(b []byte) string {
	var out bytes.Buffer
	if json.Compact(&out, b) != nil {
		return string(b)
	}
	return strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(out.String())
}

// routeList is the API's surface.
func (s *testSite) routeList() []api.Route { return s.api.Routes() }

// drain does what jobs and events ask for.
func (s *testSite) drain() {
	s.T.Helper()
	if err := s.jobs.Drain(context.Background()); err != nil {
		s.T.Fatal(err)
	}
}
