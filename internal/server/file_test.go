package server

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"
	"testing"
)

// upload sends a file by the API and returns its answer.
func (s *testSite) upload(who, name, contentType, content string) answer {
	s.T.Helper()
	return s.do(s.uploadRequest(who, "POST /k/v1/file.json", name, contentType, content))
}

// uploadRequest is a request with one file, in the part "file".
func (s *testSite) uploadRequest(who, call, name, contentType, content string) *http.Request {
	s.T.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {fmt.Sprintf(`form-data; name="file"; filename="%s"`, strings.ReplaceAll(name, `"`, `\"`))}, "Content-Type": {contentType},
	})
	if err != nil {
		s.T.Fatal(err)
	}
	_, _ = part.Write([]byte(content)) // into memory
	_ = form.Close()
	r := s.request(who, call, body.String())
	r.Header.Set("Content-Type", form.FormDataContentType())
	return r
}

// fileKey is the key in an answer, "" when there is none.
func (a answer) fileKey() string {
	_, rest, _ := strings.Cut(string(a.Body), `"fileKey":"`)
	key, _, _ := strings.Cut(rest, `"`)
	return key
}

// Source: kintone REST behaviour, files; attack cases 58 to 60.
func TestFiles(t *testing.T) {
	eachSite(t, func(t *testing.T, s *testSite) {
		s.World.User("aiko")
		s.World.App("docs", "title text; files file; more file; lines table(scan file)")
		want := func(what, got, want string) {
			t.Helper()
			if got != want {
				t.Errorf("%s: got %s, want %s", what, got, want)
			}
		}
		temporary := s.upload("aiko", "見積書.txt", "text/plain", "見積 1,000円").fileKey()
		if temporary == "" {
			t.Fatal("no key")
		}
		want("a temporary key opens nothing", s.call("aiko", "GET /k/v1/file.json?fileKey="+temporary, "").String(), "404 GAIA_BL01")
		want("somebody else's upload", s.call("root", "POST /k/v1/record.json", `{"app":1,"record":{"files":{"value":[{"fileKey":"`+temporary+`"}]}}}`).String(), "404 GAIA_BL01")
		s.must("aiko", "POST /k/v1/record.json", `{"app":1,"record":{"files":{"value":[{"fileKey":"`+temporary+`"}]}}}`)
		want("an upload used twice", s.call("aiko", "POST /k/v1/record.json", `{"app":1,"record":{"files":{"value":[{"fileKey":"`+temporary+`"}]}}}`).String(), "404 GAIA_BL01")
		twice := s.upload("aiko", "a.txt", "text/plain", "a").fileKey()
		want("an upload in two fields", s.call("aiko", "POST /k/v1/record.json", `{"app":1,"record":{"files":{"value":[{"fileKey":"`+twice+`"}]},"more":{"value":[{"fileKey":"`+twice+`"}]}}}`).String(), "404 GAIA_BL01")

		record := s.call("aiko", "GET /k/v1/record.json?app=1&id=1", "")
		permanent := record.fileKey()
		if permanent == "" || permanent == temporary || !strings.Contains(string(record.Body), `"name":"見積書.txt","contentType":"text/plain","size":"15"`) {
			t.Fatalf("record %s", record.Body)
		}
		file := s.call("aiko", "GET /k/v1/file.json?fileKey="+permanent, "")
		want("the content", string(file.Body), "見積 1,000円")
		for name, value := range map[string]string{
			"Content-Type": "text/plain", "X-Content-Type-Options": "nosniff",
			"Content-Disposition":     `attachment; filename="___.txt"; filename*=UTF-8''%E8%A6%8B%E7%A9%8D%E6%9B%B8.txt`,
			"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
		} {
			want(name, file.Header.Get(name), value)
		}
		want("no key", s.call("aiko", "GET /k/v1/file.json", "").String(), "400 CB_VA01 fileKey=必須です。")
		want("a key that is none", s.call("aiko", "GET /k/v1/file.json?fileKey=none", "").String(), "404 GAIA_BL01")
		want("nobody", s.call("nobody", "GET /k/v1/file.json?fileKey="+permanent, "").String(), "401 CB_AU01")

		// Updating: what is sent back by its permanent key stays, the rest goes; it stays in its own field and record.
		second := s.upload("aiko", "b.txt", "text/plain", "b").fileKey()
		s.must("aiko", "PUT /k/v1/record.json", `{"app":1,"id":1,"record":{"files":{"value":[{"fileKey":"`+permanent+`"},{"fileKey":"`+second+`"}]}}}`)
		want("a permanent key in another field", s.call("aiko", "PUT /k/v1/record.json", `{"app":1,"id":1,"record":{"more":{"value":[{"fileKey":"`+permanent+`"}]}}}`).String(), "404 GAIA_BL01")
		want("a permanent key in another record", s.call("aiko", "POST /k/v1/record.json", `{"app":1,"record":{"files":{"value":[{"fileKey":"`+permanent+`"}]}}}`).String(), "404 GAIA_BL01")
		s.must("aiko", "PUT /k/v1/record.json", `{"app":1,"id":1,"record":{"files":{"value":[]}}}`)
		want("a file that was taken out, for who reads its history", string(s.call("aiko", "GET /k/v1/file.json?fileKey="+permanent, "").Body), "見積 1,000円")

		// In a table, and gone with the record.
		third := s.upload("aiko", "c.txt", "text/plain", "c").fileKey()
		s.must("aiko", "PUT /k/v1/record.json", `{"app":1,"id":1,"record":{"lines":{"value":[{"value":{"scan":{"value":[{"fileKey":"`+third+`"}]}}}]}}}`)
		scan := s.call("aiko", "GET /k/v1/record.json?app=1&id=1", "").fileKey()
		want("a file in a table", string(s.call("aiko", "GET /k/v1/file.json?fileKey="+scan, "").Body), "c")
		s.must("aiko", "DELETE /k/v1/records.json", `{"app":1,"ids":[1]}`)
		want("a file of a deleted record", s.call("aiko", "GET /k/v1/file.json?fileKey="+scan, "").String(), "404 GAIA_BL01")
		s.must("aiko", "POST /api/v1/trash/restore", `{"app":1,"ids":[1]}`)
		want("a file of a record that is back", string(s.call("aiko", "GET /k/v1/file.json?fileKey="+scan, "").Body), "c")
	})
}

// What would run in a browser is only ever downloaded, and names do no harm.
func TestFilesDoNotRun(t *testing.T) {
	s := newTestSite(t)
	s.World.App("docs", "files file")
	for i, tc := range []struct{ name, contentType, content, wantName string }{
		{"x.html", "text/html", "<script>alert(1)</script>", "x.html"},
		{"x.svg", "image/svg+xml", "<svg onload=alert(1)>", "x.svg"},
		{"../../etc/passwd", "text/plain", "x", "passwd"},
		{`..\\..\\boot.ini`, "text/plain", "x", "boot.ini"},
		{"a\u202Egnp.exe", "text/plain", "x", "agnp.exe"},
		{strings.Repeat("長", 1000) + ".txt", "text/plain", "x", ""},
	} {
		key := s.upload("root", tc.name, tc.contentType, tc.content).fileKey()
		s.must("root", "POST /k/v1/record.json", `{"app":1,"record":{"files":{"value":[{"fileKey":"`+key+`"}]}}}`)
		record := s.call("root", fmt.Sprintf("GET /k/v1/record.json?app=1&id=%d", i+1), "")
		if tc.wantName != "" && !strings.Contains(string(record.Body), `"name":"`+tc.wantName+`"`) {
			t.Errorf("%q: %s", tc.name, record.Body)
		}
		a := s.call("root", "GET /k/v1/file.json?inline&fileKey="+record.fileKey(), "")
		runs := strings.HasPrefix(tc.contentType, "text/html") || strings.Contains(tc.contentType, "svg")
		if d := a.Header.Get("Content-Disposition"); runs && !strings.HasPrefix(d, "attachment") || strings.ContainsAny(d, "\r\n") {
			t.Errorf("%q: disposition %q", tc.name, d)
		}
		if !strings.Contains(a.Header.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("%q: policy %q", tc.name, a.Header.Get("Content-Security-Policy"))
		}
	}
	if a := s.call("root", "POST /k/v1/file.json", `{}`); a.Status != http.StatusBadRequest {
		t.Errorf("an upload that is no form: %s", a)
	}
}
