package httpx

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// raw sends one request line as it is, so that no client tidies the path, and returns the status.
func raw(t *testing.T, addr, line string) int {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", line)
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	io.Copy(io.Discard, res.Body) //nolint:errcheck // only the status matters
	return res.StatusCode
}

func TestOnlyOneSpellingOfAPathIsServed(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /k/v1/records.json", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("GET /k/{$}", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("GET /file/{name}", func(http.ResponseWriter, *http.Request) {})
	srv := httptest.NewServer(Chain(mux, Canonical(PlainRefuse)))
	defer srv.Close()
	addr := srv.Listener.Addr().String()
	for _, tc := range []struct {
		line string
		want int
	}{
		{"GET /k/v1/records.json", 200},
		{"GET /k/v1/records.json?x=/../login%2f", 200},
		{"GET /k/", 200},
		{"GET http://x/k/v1/records.json", 200},
		{"GET /file/%E8%A6%8B%E7%A9%8D%20%28a%29.pdf", 200},
		{"GET //k//v1/records.json", 404},
		{"GET /k//v1/records.json", 404},
		{"GET /k/./v1/records.json", 404},
		{"GET /x/../k/v1/records.json", 404},
		{"GET /x/%2e%2e/k/v1/records.json", 404},
		{"GET /x/%2E./k/v1/records.json", 404},
		{"GET /k%2fv1/records.json", 404},
		{"GET /k%5cv1/records.json", 404},
		{"GET /k\\v1/records.json", 404},
		{"GET /k;x=1/v1/records.json", 404},
		{"GET /k/v1/records.json;x=1", 404},
		{"GET /k/v1/records.json%3Bx=1", 404},
		{"GET /k/v1/records.json.", 404},
		{"GET /k/v1/records.json%20", 404},
		{"GET /k/v1/records.json/", 404},
		{"GET /k/v1/%72ecords.json", 404},
		{"GET /k/v1/%2572ecords.json", 404},
		{"GET /k/v1/RECORDS.json", 404},
		{"GET /k/v1/records.json%00", 400},
		{"GET /k/v1/records.json%0d%0aX:1", 400},
		{"GET /file/%ff", 400},
		{"GET /file/%c2%85", 400},
		{"GET /file/{name}", 404},
		{"GET http://x//k/v1/records.json", 404},
		{"GET /" + strings.Repeat("a", MaxTarget), 414},
		{"CONNECT x:80", 400},
	} {
		if got := raw(t, addr, tc.line); got != tc.want {
			t.Errorf("%.60s: status %d, want %d", tc.line, got, tc.want)
		}
	}
}

func FuzzCanonical(f *testing.F) {
	f.Add("/k/v1/records.json")
	f.Add("/a/%2e%2e/b")
	f.Fuzz(func(t *testing.T, target string) {
		if !strings.HasPrefix(target, "/") || checkPath(target) != 0 {
			return
		}
		for _, bad := range []string{"//", "/./", "/../", "\x00", "\\", ";", "%2f", "%2F"} {
			if strings.Contains(target, bad) {
				t.Errorf("%q passed", target)
			}
		}
	})
}
