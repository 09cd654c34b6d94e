package server

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// plum is in everything that an outsider must not see.
const plum = "PLUM4711"

// orchard is a site with a record that is full of what outsiders must not see, and a link to what they may.
type orchard struct {
	*testSite
	app       *world.App
	record    id.Record
	fields    string // that are shared
	token     string
	share     string // number of the link
	secretKey string // of a file that is not shown
	openKey   string
}

func newOrchard(t testing.TB, s *testSite, more string) *orchard {
	w := s.World
	aiko := w.User("aiko")
	w.User("staff" + strings.ToLower(plum))
	a := w.App("deals", `title text; cost text; stage dropdown(open|`+plum+`); owner user; open file; closed file;
		hidden text hidden-from:aiko; lines table(part text, margin text hidden-from:aiko)`)
	o := &orchard{testSite: s, app: a, fields: `"title","stage","owner","open","lines"`}
	o.record = a.AddJSON(fmt.Sprintf(`{"title":{"value":"desk"},"cost":{"value":%[1]q},"stage":{"value":"open"},"hidden":{"value":%[1]q},
		"owner":{"value":[{"code":"staff%[2]s"}]},
		"open":{"value":[{"fileKey":%[3]q}]},"closed":{"value":[{"fileKey":%[4]q}]},
		"lines":{"value":[{"value":{"part":{"value":"leg"},"margin":{"value":%[1]q}}}]}}`,
		plum, strings.ToLower(plum), w.Upload("open.txt", "open"), w.Upload(plum+".txt", plum)))
	other := a.AddJSON(`{"title":{"value":"` + plum + `"}}`)
	a.Update(o.record, record.Input{"title": {Value: json.RawMessage(`"table ` + plum + `"`)}})
	a.Update(o.record, record.Input{"title": {Value: json.RawMessage(`"desk"`)}})
	aiko.Comment(a, o.record, record.Internal, plum, w.Root)
	aiko.Comment(a, other, record.Shared, plum)
	aiko.Comment(a, o.record, record.Shared, "hello")
	w.Change(identity.Change{Code: "staff" + strings.ToLower(plum), Name: new("Staff")}, false) // of whom only the login name is secret
	o.openKey, o.secretKey = w.FileKey(a, o.record, "open"), w.FileKey(a, o.record, "closed")
	made := s.must("aiko", "POST /api/v1/share", fmt.Sprintf(`{"app":%d,"record":%d,"fields":[%s],"mayComment":true,"mayDownload":true%s}`,
		a.ID, o.record, o.fields, more))
	o.share = made["id"].(string)
	o.token = made["url"].(string)[strings.LastIndex(made["url"].(string), "/")+1:]
	return o
}

func TestNoByteOfWhatIsNotSharedIsSentOutside(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		o := newOrchard(t, s, "")
		server := httptest.NewServer(s.handler)
		defer server.Close()
		stream := o.listen(t, server.URL)
		var sent strings.Builder
		call := func(call, body string, status int) string {
			a := s.call("nobody", call, body)
			if a.Status != status {
				t.Errorf("%s: %s %s", call, a, a.Body)
			}
			for name, values := range a.Header {
				fmt.Fprintln(&sent, name, values)
			}
			sent.Write(a.Body)
			return string(a.Body)
		}
		at := "token=" + o.token
		call("GET /s/"+o.token, "", 200)
		page := call("GET /api/v1/shared?"+at, "", 200)
		for _, word := range []string{"desk", "leg", "hello", "株式会社青葉", "open.txt"} {
			if !strings.Contains(page, word) {
				t.Errorf("the page lacks %q: %s", word, page)
			}
		}
		call("POST /api/v1/shared/unlock", `{"token":"`+o.token+`","password":"x"}`, 200)
		call("POST /api/v1/shared/comment", `{"token":"`+o.token+`","name":"佐藤","text":"thanks"}`, 200)
		call("POST /api/v1/shared/comment", `{"token":"`+o.token+`","name":"","text":""}`, 400)
		call("GET /api/v1/shared/file?"+at+"&fileKey="+o.openKey, "", 200)
		call("GET /api/v1/shared/file?"+at+"&size=250&fileKey="+o.openKey, "", 200)
		call("GET /api/v1/shared/file?"+at+"&fileKey="+o.secretKey, "", 404)
		call("GET /api/v1/shared/file?"+at+"&fileKey="+url.QueryEscape("../"+o.secretKey), "", 404)
		o.expect(t, stream, "comment")
		s.World.As("aiko").Comment(o.app, o.record, record.Internal, plum)
		s.must("aiko", "POST /api/v1/share/revoke", `{"id":"`+o.share+`"}`)
		sent.WriteString(o.expect(t, stream, "closed"))
		call("GET /api/v1/shared?"+at, "", 404)
		call("GET /api/v1/shared/events?"+at, "", 404)
		if i := strings.Index(strings.ToUpper(sent.String()), plum); i >= 0 {
			t.Errorf("sent outside: …%s…", sent.String()[max(0, i-200):min(i+100, sent.Len())])
		}
	})
}

// listen opens the stream of a link's page.
func (o *orchard) listen(t testing.TB, address string) *bufio.Scanner {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "GET", address+"/api/v1/shared/events?token="+o.token, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	if answer.StatusCode != 200 {
		t.Fatal(answer.Status)
	}
	lines := bufio.NewScanner(answer.Body)
	if !lines.Scan() { // the first line comes once somebody listens
		t.Fatal(lines.Err())
	}
	return lines
}

// expect reads a stream until an event, and returns all it read.
func (o *orchard) expect(t testing.TB, lines *bufio.Scanner, event string) string {
	t.Helper()
	var read strings.Builder
	for lines.Scan() {
		fmt.Fprintln(&read, lines.Text())
		if lines.Text() == "event: "+event {
			return read.String()
		}
	}
	t.Fatalf("the stream ended without %q: %s %v", event, &read, lines.Err())
	return ""
}

var requestID = regexp.MustCompile(`"id":"[A-Za-z0-9]{20}"`)

func TestLinksThatDoNotWorkCannotBeToldApart(t *testing.T) {
	ends := map[string]func(o *orchard){
		"revoked": func(o *orchard) { o.must("aiko", "POST /api/v1/share/revoke", `{"id":"`+o.share+`"}`) },
		"deleted": func(o *orchard) { o.app.Delete(o.record) },
		"suspended": func(o *orchard) {
			o.must("root", "PUT /api/v1/users/suspend", `{"code":"aiko","suspended":true}`)
		},
		"expired": func(o *orchard) {
			soon := time.Now().Add(200 * time.Millisecond).UTC().Format(time.RFC3339Nano)
			o.must("aiko", "PUT /api/v1/share", `{"id":"`+o.share+`","expiresAt":"`+soon+`"}`)
			for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); {
				if o.call("nobody", "GET /api/v1/shared?token="+o.token, "").Status == 404 {
					return
				}
			}
		},
		"made up": func(o *orchard) { o.token = strings.Repeat("A", len(o.token)) },
		"empty":   func(o *orchard) { o.token = "" },
	}
	bodies := map[string]string{}
	for what, end := range ends {
		o := newOrchard(t, newTestSite(t), `,"password":"correct horse"`)
		if a := o.call("nobody", "GET /api/v1/shared?token="+o.token, ""); a.Status != 401 || a.Header.Get("X-Engawa-Error") != "share.passwordNeeded" ||
			strings.Contains(string(a.Body), "desk") {
			t.Fatalf("before: %s %s", a, a.Body)
		}
		end(o)
		for _, call := range []string{"GET /api/v1/shared?token=%s", "GET /api/v1/shared/file?token=%s&fileKey=x", "GET /api/v1/shared/events?token=%s"} {
			a := o.call("nobody", fmt.Sprintf(call, o.token), "")
			a.Header.Del("X-ConcurrencyLimit-Running")
			body := fmt.Sprint(a.Status, a.Header, requestID.ReplaceAllString(string(a.Body), ""))
			if a.Status != 404 || bodies[call] != "" && bodies[call] != body {
				t.Errorf("%s, %s: %s\nelsewhere: %s", call, what, body, bodies[call])
			}
			bodies[call] = body
		}
	}
}

func TestGuessingAPasswordMeetsTooManyRequests(t *testing.T) {
	o := newOrchard(t, newTestSite(t), `,"password":"correct horse"`)
	unlock := func(password string) answer {
		return o.call("nobody", "POST /api/v1/shared/unlock", fmt.Sprintf(`{"token":%q,"password":%q}`, o.token, password))
	}
	for range 4 {
		if a := unlock("wrong"); a.Status != 401 || a.Header.Get("Set-Cookie") != "" {
			t.Fatalf("wrong: %s", a)
		}
	}
	right := unlock("correct horse")
	cookie := right.Header.Get("Set-Cookie")
	for _, part := range []string{"engawa_pass_", "HttpOnly", "SameSite=Strict", "Path=/api/v1/shared"} {
		if right.Status != 200 || !strings.Contains(cookie, part) || strings.Contains(cookie, o.token) {
			t.Fatalf("right: %s %s", right, cookie)
		}
	}
	r := o.request("nobody", "GET /api/v1/shared?token="+o.token, "")
	r.Header.Set("Cookie", strings.Split(cookie, ";")[0])
	if a := o.do(r); a.Status != 200 {
		t.Errorf("with the cookie: %s", a)
	}
	for range 5 {
		unlock("wrong")
	}
	if a := unlock("correct horse"); a.Status != 429 || a.Header.Get("Retry-After") == "" || a.Header.Get("Set-Cookie") != "" {
		t.Errorf("after five wrong ones: %s %v", a, a.Header)
	}
}

func TestANameFromOutsideAddsNoHeaderToMails(t *testing.T) {
	o := newOrchard(t, newTestSite(t), "")
	name, _ := json.Marshal("佐藤\r\nBcc: evil@example.com\r\n\r\nbody")
	o.must("nobody", "POST /api/v1/shared/comment", fmt.Sprintf(`{"token":%q,"name":%s,"text":"thanks"}`, o.token, name))
	o.drain()
	files, err := filepath.Glob(filepath.Join(o.config.Data, outbox, "*.eml"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		head, _, _ := strings.Cut(string(text), "\r\n\r\n")
		if regexp.MustCompile(`(?mi)^bcc`).MatchString(head) || !strings.Contains(head, "To: ") {
			t.Errorf("%s:\n%s", file, head)
		}
	}
}
