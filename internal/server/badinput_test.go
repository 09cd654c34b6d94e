package server

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// Attack case 46: JSON that is none, or that two readers would understand differently, is refused in bounded time.
func TestBadJSON(t *testing.T) {
	s := newTestSite(t)
	s.define("deals", dealForm)
	deep := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	wide := make([]string, 50_000)
	for i := range wide {
		wide[i] = fmt.Sprintf(`"k%d":1`, i)
	}
	const record = `{"app":1,"record":{"title":{"value":%s}}}`
	for _, tc := range []struct{ name, body, want string }{
		{"not JSON", `{"app":1,`, "400 CB_IJ01"},
		{"words", `app=1`, "400 CB_IJ01"},
		{"single quotes", `{'app':1}`, "400 CB_IJ01"},
		{"a comment", `{"app":1/**/}`, "400 CB_IJ01"},
		{"trailing bytes", `{"app":1}x`, "400 CB_IJ01"},
		{"two documents", `{"app":1}{"app":1}`, "400 CB_IJ01"},
		{"a byte order mark", "\ufeff" + `{"app":1}`, "400 CB_IJ01"},
		{"a list", `[]`, "400 CB_IL02"},
		{"a string", `"app"`, "400 CB_IL02"},
		{"a record that is a list", `{"app":1,"record":[]}`, "400 CB_IL02"},
		{"a field that is a string", `{"app":1,"record":{"title":"x"}}`, "400 CB_IL02"},
		{"a key twice", `{"app":1,"app":2}`, "400 CB_IJ01"},
		{"a key twice, once in escapes", `{"app":1,"\u0061pp":2}`, "400 CB_IJ01"},
		{"a key twice, deep inside", `{"app":1,"record":{"title":{"value":"x","value":"y"}}}`, "400 CB_IJ01"},
		{"a key twice among many", `{"app":1,` + strings.Join(wide, ",") + `,"k77":1}`, "400 CB_IJ01"},
		{"many keys", `{"app":1,` + strings.Join(wide, ",") + `}`, "200"},
		{"the same key in two objects", `{"app":1,"record":{"title":{"value":"x"},"n":{"value":"1"}}}`, "200"},
		{"deep", fmt.Sprintf(record, deep(10_000)), "400 CB_IJ01"},
		{"very deep", fmt.Sprintf(record, deep(1_000_000)), "400 CB_IJ01"},
		{"deeper than any request", fmt.Sprintf(record, deep(65)), "400 CB_IJ01"},
		{"nested, as no field is", fmt.Sprintf(record, deep(20)), "400 CB_VA01 record.title.value=文字列で指定してください。"},
		{"half a surrogate pair", fmt.Sprintf(record, `"\ud83d"`), "400 CB_IJ01"},
		{"the other half", fmt.Sprintf(record, `"\ude00 x"`), "400 CB_IJ01"},
		{"halves in the wrong order", fmt.Sprintf(record, `"\ude00\ud83d"`), "400 CB_IJ01"},
		{"a whole pair", fmt.Sprintf(record, `"\ud83d\ude00"`), "200"},
		{"invalid UTF-8", fmt.Sprintf(record, "\"\xff\xfe\""), "400 CB_IJ01"},
		{"overlong UTF-8", fmt.Sprintf(record, "\"\xc0\xaf\""), "400 CB_IJ01"},
		{"a surrogate in UTF-8", fmt.Sprintf(record, "\"\xed\xa0\x80\""), "400 CB_IJ01"},
		{"a raw control character", fmt.Sprintf(record, "\"a\x01b\""), "400 CB_IJ01"},
		{"NUL", fmt.Sprintf(record, `"a\u0000b"`), "400 CB_VA01 record.title.value=使用できない文字が含まれています。"},
		{"a number that is too big", `{"app":1e400}`, "400 CB_VA01 app=整数で指定してください。"},
		{"a fraction", `{"app":1.5}`, "400 CB_VA01 app=整数で指定してください。"},
		{"an id beyond 64 bits", `{"app":9223372036854775808}`, "400 CB_VA01 app=整数で指定してください。"},
		{"an id beyond what floats can tell apart", `{"app":9007199254740993}`, "404 GAIA_AP01"},
		{"an object as an id", `{"app":{}}`, "400 CB_VA01 app=整数で指定してください。"},
		{"1 MB of digits", `{"app":1` + strings.Repeat("0", 1<<20) + `}`, "400 CB_VA01 app=整数で指定してください。"},
		{"Infinity", `{"app":Infinity}`, "400 CB_IJ01"},
	} {
		a := s.call("root", "POST /k/v1/record.json", " "+tc.body)
		if got := a.String(); got != tc.want {
			t.Errorf("%s: got %s, want %s\n%.300s", tc.name, got, tc.want, a.Body)
		}
	}
	if a := s.call("root", "GET /k/v1/record.json", `{"app":9007199254740993,"id":1}`); !strings.Contains(string(a.Body), "9007199254740993") {
		t.Errorf("a big id is not told exactly: %s", a.Body)
	}
}

// Attack case 46, the wrong content type, and 71, bodies.
func TestBadBodies(t *testing.T) {
	s := newTestSite(t)
	s.define("deals", dealForm)
	for _, contentType := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml"} {
		r := s.request("root", "POST /k/v1/record.json", `{"app":1}`)
		r.Header.Set("Content-Type", contentType)
		if got := s.do(r).String(); got != "400 CB_IL02" {
			t.Errorf("%s: %s", contentType, got)
		}
	}
	for name, length := range map[string]int64{"declared": 1 << 30, "not declared": -1} {
		body := &endless{limit: 1 << 30}
		r := s.request("root", "POST /k/v1/record.json", "{}")
		r.Body, r.ContentLength = io.NopCloser(body), length
		if got := s.do(r); got.Status != http.StatusRequestEntityTooLarge {
			t.Errorf("1 GB, %s: %s", name, got)
		}
		if body.read > 64<<20 {
			t.Errorf("1 GB, %s: %d bytes were read", name, body.read)
		}
	}
	body := &endless{limit: 1 << 30}
	r := s.request("nobody", "POST /k/v1/record.json", "{}")
	r.Body, r.ContentLength = io.NopCloser(body), -1
	if got := s.do(r).String(); got != "401 CB_AU01" || body.read > 0 {
		t.Errorf("1 GB of nobody: %s, %d bytes were read", got, body.read)
	}
	r = s.request("root", "GET /k/v1/apps.json", "")
	for i := range 1000 {
		r.Header.Add("X-Extra", fmt.Sprint(i))
	}
	if got := s.do(r); got.Status != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("1,000 headers: %s", got)
	}
	long := s.call("root", "GET /k/v1/records.json?app=1&query="+strings.Repeat("x", 9000), "")
	if long.Status != http.StatusRequestURITooLong {
		t.Errorf("a long address: %s", long)
	}
	bad := s.request("root", "POST /k/v1/records.json", `{"app":1}`)
	bad.Header.Set("X-HTTP-Method-Override", "BREW")
	for _, a := range []answer{long, s.do(bad), s.call("root", "GET /k/v1/%2e%2e/app.json", "")} {
		if a.Status < 400 || a.Header.Get("X-ConcurrencyLimit-Limit") != "100" || a.Header.Get("X-ConcurrencyLimit-Running") != "1" {
			t.Errorf("refused early: %s, headers %v", a, a.Header)
		}
	}
}

// endless is a body that goes on and on.
type endless struct{ limit, read int }

func (e *endless) Read(b []byte) (int, error) {
	if e.read >= e.limit {
		return 0, io.EOF
	}
	e.read += len(b)
	for i := range b {
		b[i] = ' '
	}
	return len(b), nil
}

// Attack cases 2 to 5: there is one way to write a path, and no way around a check.
func TestOddPaths(t *testing.T) {
	s := newTestSite(t)
	s.World.App("one", "title text").Add("title=secret")
	const q = "?app=1&id=1"
	for _, path := range []string{
		"//k/v1/record.json" + q, "/k//v1/record.json" + q, "/k/./v1/record.json" + q, "/k/x/../v1/record.json" + q, "/%2e%2e/k/v1/record.json" + q,
		"/k/v1%2frecord.json" + q, "/k/v1/record.json;x=1" + q, "/k/v1/record.json." + q, "/k/v1/record.json/" + q, "/K/V1/RECORD.JSON" + q, "/k/v1/record.json%00" + q,
		`/k\v1\record.json` + q, "/k/v1/%72ecord.json" + q, "/k/v1/record.json%20" + q, "/login/../k/v1/record.json" + q, "/k/v1/:key" + q, "/k/v1/{id}" + q, "/k/v1/*" + q,
	} {
		for _, who := range []string{"nobody", "root"} {
			r := s.request(who, "GET /k/v1/record.json"+q, "")
			r.RequestURI = path
			r.URL.Path, r.URL.RawPath = strings.ReplaceAll(strings.Split(path, "?")[0], "%2f", "/"), strings.Split(path, "?")[0]
			a := s.do(r)
			if a.Status < 400 || a.Status >= 500 || strings.Contains(string(a.Body), "secret") {
				t.Errorf("%s as %s: %s %s", path, who, a, a.Body)
			}
		}
	}
	for _, path := range []string{"/k/v1/record.json?x=/login&app=1&id=1", "/k/v1/record.json?app=1&id=1&/healthz", "/k/v1/records.json?/api/v1/login"} {
		if got := s.call("nobody", "GET "+path, "").String(); got != "401 CB_AU01" {
			t.Errorf("%s: %s", path, got)
		}
	}
}
