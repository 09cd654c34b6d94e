package httpx

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func TestClientIPBelievesOnlyTrustedProxies(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	for _, tc := range []struct {
		name, peer, forwarded string
		trusted               []netip.Prefix
		want                  string
	}{
		{"nobody is trusted by default", "10.0.0.1:5", "1.2.3.4", nil, "10.0.0.1"},
		{"a stranger's header is ignored", "8.8.8.8:5", "1.2.3.4", trusted, "8.8.8.8"},
		{"a proxy's word counts", "10.0.0.1:5", "1.2.3.4", trusted, "1.2.3.4"},
		{"what the client wrote before the proxy does not", "10.0.0.1:5", "6.6.6.6, 1.2.3.4", trusted, "1.2.3.4"},
		{"two proxies", "10.0.0.1:5", "6.6.6.6, 1.2.3.4, 10.2.2.2", trusted, "1.2.3.4"},
		{"nonsense stops the walk", "10.0.0.1:5", "1.2.3.4, x", trusted, "10.0.0.1"},
		{"mapped addresses are IPv4", "[::ffff:10.0.0.1]:5", "::ffff:1.2.3.4", trusted, "1.2.3.4"},
		{"no header", "[::1]:5", "", trusted, "::1"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = tc.peer
		r.Header.Set("X-Forwarded-For", tc.forwarded)
		r.Header.Set("X-Real-IP", "9.9.9.9")
		if got := ClientIP(r, tc.trusted).String(); got != tc.want {
			t.Errorf("%s: %s, want %s", tc.name, got, tc.want)
		}
	}
}

func TestMethodOverride(t *testing.T) {
	h := MethodOverride(PlainRefuse)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Method) }))
	for _, tc := range []struct{ method, header, want string }{
		{"POST", "GET", "GET"}, {"POST", "DELETE", "DELETE"}, {"POST", "PUT", "PUT"}, {"POST", "POST", "POST"},
		{"POST", "get", "Bad Request\n"}, {"POST", "PATCH", "Bad Request\n"}, {"POST", "", "Bad Request\n"},
		{"GET", "DELETE", "GET"}, {"PUT", "GET", "PUT"},
	} {
		r := httptest.NewRequest(tc.method, "/", nil)
		r.Header.Set("X-HTTP-Method-Override", tc.header)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if got := w.Body.String(); got != tc.want {
			t.Errorf("%s with %q: %q, want %q", tc.method, tc.header, got, tc.want)
		}
	}
}

func TestLogNamesTheRouteAndNothingSecret(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(slog.NewTextHandler(&out, nil))
	mux := http.NewServeMux()
	mux.HandleFunc("GET /s/{token}", func(w http.ResponseWriter, r *http.Request) {
		Of(r.Context()).Who = "link 7"
		http.Error(w, "gone", http.StatusNotFound)
	})
	mux.HandleFunc("GET /panic", func(http.ResponseWriter, *http.Request) { panic("boom") })
	var seen []string
	h := Chain(Routed(mux), Observe(log, nil, PlainRefuse, func(x *Exchange, _ time.Duration) {
		seen = append(seen, x.Pattern+" "+http.StatusText(x.Status))
	}))
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/s/verysecret?password=verysecret", nil))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/panic", nil))
	if w.Code != 500 {
		t.Errorf("a panic answers %d", w.Code)
	}
	if got := strings.Join(seen, ", "); got != "GET /s/{token} Not Found, GET /panic Internal Server Error" {
		t.Errorf("observed %s", got)
	}
	for _, want := range []string{`route="GET /s/{token}"`, "status=404", "bytes=5", `who="link 7"`, "boom"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("log lacks %s:\n%s", want, out.String())
		}
	}
	if strings.Contains(out.String(), "verysecret") {
		t.Errorf("log tells a secret:\n%s", out.String())
	}
}

func TestGateRefusesBeyondItsLimit(t *testing.T) {
	release, entered := make(chan struct{}), make(chan struct{})
	h := NewGate(1).Layer(PlainRefuse)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		entered <- struct{}{}
		<-release
	}))
	done := make(chan struct{})
	go func() { h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil)); close(done) }()
	<-entered
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	if w.Code != 429 || w.Header().Get("X-ConcurrencyLimit-Running") != "2" || w.Header().Get("X-ConcurrencyLimit-Limit") != "1" {
		t.Errorf("second request: %d %v", w.Code, w.Header())
	}
	close(release)
	<-done
}

// stuck is a client that neither sends nor takes anything until it is released.
type stuck struct {
	http.ResponseWriter
	waits   chan<- struct{}
	release <-chan struct{}
}

func (s stuck) Read([]byte) (int, error) { s.waits <- struct{}{}; <-s.release; return 0, io.EOF }

func (s stuck) Write(b []byte) (int, error) { s.waits <- struct{}{}; <-s.release; return len(b), nil }

func (s stuck) Close() error { return nil }

func TestClientsThatStandStillKeepNobodyOut(t *testing.T) {
	waits, release := make(chan struct{}), make(chan struct{})
	h := NewGate(1).Layer(PlainRefuse)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		_, _ = io.WriteString(w, "done")
	}))
	slow := stuck{httptest.NewRecorder(), waits, release}
	done := make(chan struct{})
	go func() {
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("POST", "/", slow))
		done <- struct{}{}
	}()
	go func() { h.ServeHTTP(slow, httptest.NewRequest("GET", "/", nil)); done <- struct{}{} }()
	<-waits
	<-waits
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	if w.Code != 200 || w.Header().Get("X-ConcurrencyLimit-Running") != "1" {
		t.Errorf("beside one that sends slowly and one that reads slowly: %d %v", w.Code, w.Header())
	}
	close(release)
	<-done
	<-done
}

func TestBodiesAndHeadersAreLimited(t *testing.T) {
	var failed error
	h := Chain(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { _, failed = io.ReadAll(r.Body) }),
		LimitHeaders(PlainRefuse), LimitBody(10, PlainRefuse))
	r := httptest.NewRequest("POST", "/", strings.NewReader("12345678901"))
	w := httptest.NewRecorder()
	if h.ServeHTTP(w, r); w.Code != 413 {
		t.Errorf("declared length: %d", w.Code)
	}
	r = httptest.NewRequest("POST", "/", strings.NewReader("12345678901"))
	r.ContentLength = -1
	if h.ServeHTTP(httptest.NewRecorder(), r); failed == nil {
		t.Error("an undeclared body of 11 bytes was read to its end")
	}
	r = httptest.NewRequest("GET", "/", nil)
	for range 201 {
		r.Header.Add("X", "1")
	}
	w = httptest.NewRecorder()
	if h.ServeHTTP(w, r); w.Code != 431 {
		t.Errorf("201 headers: %d", w.Code)
	}
}

func TestPagesGetAFreshNonceAndEverythingElseCannotRun(t *testing.T) {
	page := Secure(true)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { Document(w, r.URL.Path == "/s") }))
	get := func(path string) http.Header {
		w := httptest.NewRecorder()
		page.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		return w.Header()
	}
	a, b := get("/"), get("/s")
	if a.Get("Content-Security-Policy") == b.Get("Content-Security-Policy") {
		t.Error("nonce repeated")
	}
	for _, want := range []string{"frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "script-src 'self' 'nonce-"} {
		if !strings.Contains(a.Get("Content-Security-Policy"), want) {
			t.Errorf("CSP lacks %s", want)
		}
	}
	if a.Get("Referrer-Policy") != "same-origin" || b.Get("Referrer-Policy") != "no-referrer" || a.Get("Strict-Transport-Security") == "" {
		t.Errorf("headers %v", a)
	}
	w := httptest.NewRecorder()
	Secure(false)(http.NotFoundHandler()).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	if h := w.Header(); !strings.HasPrefix(h.Get("Content-Security-Policy"), "default-src 'none'") || h.Get("Strict-Transport-Security") != "" || h.Get("Cache-Control") != "no-store" {
		t.Errorf("plain answer: %v", h)
	}
}

func TestAssets(t *testing.T) {
	mux := http.NewServeMux()
	mux.Handle("GET /static/{path...}", Assets(fstest.MapFS{
		"assets/a-1f.js":    {Data: []byte("plain")},
		"assets/a-1f.js.gz": {Data: []byte("gz")},
		"favicon.svg":       {Data: []byte("<svg/>")},
	}))
	get := func(path, encoding, tag string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", path, nil)
		r.Header.Set("Accept-Encoding", encoding)
		r.Header.Set("If-None-Match", tag)
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, r)
		return w
	}
	if w := get("/static/assets/a-1f.js", "br, gzip", ""); w.Body.String() != "gz" || w.Header().Get("Content-Encoding") != "gzip" ||
		!strings.Contains(w.Header().Get("Cache-Control"), "immutable") || w.Header().Get("Content-Type") != "text/javascript; charset=utf-8" {
		t.Errorf("%v %s", w.Header(), w.Body)
	}
	if w := get("/static/assets/a-1f.js", "", ""); w.Body.String() != "plain" {
		t.Errorf("without gzip: %s", w.Body)
	}
	first := get("/static/favicon.svg", "", "")
	if w := get("/static/favicon.svg", "", first.Header().Get("ETag")); w.Code != 304 || first.Code != 200 {
		t.Errorf("asked again: %d", w.Code)
	}
	for _, path := range []string{"/static/assets/a-1f.js.gz", "/static/nothing", "/static/"} {
		if w := get(path, "gzip", ""); w.Code != 404 {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}
