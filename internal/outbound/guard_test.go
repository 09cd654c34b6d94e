package outbound_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/outbound"
)

// names answers lookups: each name has answers that are given one after the other, the last one forever.
type names struct {
	mu   sync.Mutex
	list map[string][]string
	ask  int
}

func (n *names) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.ask++
	answers := n.list[host]
	if len(answers) == 0 {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	if len(answers) > 1 {
		n.list[host] = answers[1:]
	}
	var all []netip.Addr
	for s := range strings.FieldsSeq(answers[0]) {
		all = append(all, netip.MustParseAddr(s))
	}
	return all, nil
}

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}

func get(t *testing.T, c *outbound.Client, address string) (*http.Response, error) {
	t.Helper()
	rq, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		return nil, outbound.ErrRefused // not even a request
	}
	answer, err := c.Do(rq)
	if err == nil {
		t.Cleanup(func() { answer.Body.Close() })
	}
	return answer, err
}

// Attack case 51: every spelling of every address that is not public.
func TestAddressesInsideAreRefused(t *testing.T) {
	resolver := &names{list: map[string][]string{
		"localhost": {"127.0.0.1 ::1"}, "0": {"0.0.0.0"}, "127.1": {"127.0.0.1"}, "2130706433": {"127.0.0.1"},
		"inside.example": {"10.1.2.3"}, "alias.example": {"192.168.1.1"}, "127.0.0.1.nip.io": {"127.0.0.1"},
		"mixed.example": {"93.184.215.14 10.0.0.1"}, "mixed6.example": {"93.184.215.14 fd00::1"}, "link.example": {"fe80::1%eth0"},
		"shop.example": {"93.184.215.14"}, "twin.example": {"93.184.215.15"}, "nothing.example": {},
	}}
	c := outbound.New(outbound.Options{Resolver: resolver, Listen: "0.0.0.0:8080", BaseURL: "https://shop.example"})
	for _, host := range []string{
		"127.0.0.1", "127.255.255.254", "localhost", "0", "0.0.0.0", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "017700000001",
		"0177.0.0.1", "127.0.0.0x1", "999999999999", "１２７.０.０.１", "①②⑦.0.0.1", "127。0。0。1", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:0001]",
		"[::127.0.0.1]", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "100.64.0.1", "100.100.100.200", "169.254.169.254", "[fe80::1]",
		"[fe80::1%25eth0]", "[fc00::1]", "[fd00:ec2::254]", "[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::1]", "[2002:7f00:1::]", "[2001::1]", "[2001:db8::1]", "[3fff::1]",
		"[ff02::1]", "[fec0::1]", "[5f00::1]", "192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "255.255.255.255",
		"240.0.0.1", "192.88.99.1", "168.63.129.16", "inside.example", "alias.example", "127.0.0.1.nip.io", "mixed.example", "mixed6.example", "link.example",
	} {
		for _, scheme := range []string{"http://", "https://"} {
			if _, err := get(t, c, scheme+host+"/x"); !errors.Is(err, outbound.ErrRefused) {
				t.Errorf("%s%s: %v", scheme, host, err)
			}
			if err := c.Check(t.Context(), scheme+host+"/x"); !errors.Is(err, outbound.ErrRefused) {
				t.Errorf("%s%s may be written down: %v", scheme, host, err)
			}
		}
	}
	for _, address := range []string{
		"", "shop", "//shop.example/", "ftp://shop.example/", "file:///etc/passwd", "gopher://shop.example/", "javascript:alert(1)", "http:shop.example", "http://",
		"http://user:password@twin.example/", "http:///path", "http://nothing.example/", "http://\x00/", "http://twin.example/" + strings.Repeat("x", outbound.MaxURL),
		"https://shop.example/", "https://SHOP.example:443/", "https://shop.example./", "https://93.184.215.14/", // itself
	} {
		if err := c.Check(t.Context(), address); !errors.Is(err, outbound.ErrRefused) {
			t.Errorf("%.60q may be written down: %v", address, err)
		}
	}
	for _, address := range []string{"https://twin.example/", "http://93.184.215.15:8080/x?y=z", "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/", "http://shop.example:81/"} {
		if err := c.Check(t.Context(), address); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// What an operator allows is reached, and nothing beside it; the server itself never.
func TestAllowedNetworks(t *testing.T) {
	there := httptest.NewServer(http.NotFoundHandler())
	defer there.Close()
	u, err := url.Parse(there.URL)
	if err != nil {
		t.Fatal(err)
	}
	c := outbound.New(outbound.Options{Allow: loopback})
	if answer, err := get(t, c, there.URL); err != nil || answer.StatusCode != http.StatusNotFound {
		t.Errorf("got %v, %v", answer, err)
	}
	for _, address := range []string{"http://127.0.0.2:" + u.Port(), "http://[::1]:" + u.Port(), "http://10.0.0.1/"} {
		if _, err := get(t, c, address); !errors.Is(err, outbound.ErrRefused) {
			t.Errorf("%s: %v", address, err)
		}
	}
	for _, listen := range []string{u.Host, "0.0.0.0:" + u.Port(), ":" + u.Port()} {
		c = outbound.New(outbound.Options{Allow: loopback, Listen: listen})
		if _, err := get(t, c, there.URL); !errors.Is(err, outbound.ErrRefused) {
			t.Errorf("listening on %s it calls itself: %v", listen, err)
		}
	}
}

// Attack case 52: a name that is harmless when it is looked at and leads inside when it is called.
func TestRebinding(t *testing.T) {
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("it was called") }))
	defer inside.Close()
	_, port, _ := net.SplitHostPort(inside.Listener.Addr().String())
	resolver := &names{list: map[string][]string{"rebind.example": {"93.184.215.14", "127.0.0.1"}}}
	c := outbound.New(outbound.Options{Resolver: resolver})
	if err := c.Check(t.Context(), "http://rebind.example:"+port); err != nil {
		t.Fatalf("at first: %v", err)
	}
	if _, err := get(t, c, "http://rebind.example:"+port); !errors.Is(err, outbound.ErrRefused) {
		t.Errorf("later: %v", err)
	}
}

// What was looked up is what is connected to: names are asked for once in a request.
func TestANameIsLookedUpOnce(t *testing.T) {
	there := httptest.NewServer(http.NotFoundHandler())
	defer there.Close()
	_, port, _ := net.SplitHostPort(there.Listener.Addr().String())
	resolver := &names{list: map[string][]string{"there.example": {"127.0.0.1", "10.0.0.1"}}}
	c := outbound.New(outbound.Options{Resolver: resolver, Allow: loopback})
	if _, err := get(t, c, "http://there.example:"+port); err != nil || resolver.ask != 1 {
		t.Errorf("asked %d times, %v", resolver.ask, err)
	}
}

// Attack case 56: a proxy in the environment would connect in our place, with no guard.
func TestNoProxyFromTheEnvironment(t *testing.T) {
	proxy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the proxy was called") }))
	defer proxy.Close()
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"} {
		t.Setenv(name, proxy.URL)
	}
	c := outbound.New(outbound.Options{Allow: loopback, Resolver: &names{list: map[string][]string{"inside.example": {"10.0.0.1"}}}})
	if _, err := get(t, c, "http://inside.example/"); !errors.Is(err, outbound.ErrRefused) {
		t.Errorf("got %v", err)
	}
}

// Attack case 53.
func TestEveryRedirectIsLookedAt(t *testing.T) {
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("it was called") }))
	defer inside.Close()
	_, port, _ := net.SplitHostPort(inside.Listener.Addr().String())
	hops := 0
	there := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hops++
		to := r.URL.Query().Get("to")
		switch r.URL.Path {
		case "/here":
			io.Copy(w, r.Body)
			return
		case "/around":
			to = "/around"
		}
		status := http.StatusTemporaryRedirect
		if r.URL.Path == "/303" {
			status = http.StatusSeeOther
		}
		w.Header().Set("Location", to)
		w.WriteHeader(status)
	}))
	defer there.Close()
	resolver := &names{list: map[string][]string{"inside.example": {"127.0.0.2"}}}
	c := outbound.New(outbound.Options{Allow: loopback, Resolver: resolver})
	for _, to := range []string{
		"http://inside.example:" + port, "http://127.0.0.2:" + port, "http://[::1]:" + port, "http://169.254.169.254/latest", "file:///etc/passwd", "gopher://127.0.0.1:" + port,
		"ftp://127.0.0.1/", "//2130706433:" + port, "http://user@127.0.0.1:" + port,
	} {
		if _, err := get(t, c, there.URL+"/?to="+url.QueryEscape(to)); !errors.Is(err, outbound.ErrRefused) {
			t.Errorf("%s: %v", to, err)
		}
	}
	hops = 0
	if answer, err := get(t, c, there.URL+"/around"); err != nil || answer.StatusCode != http.StatusTemporaryRedirect || hops != 4 {
		t.Errorf("around and around: %v, %v after %d requests", answer, err, hops)
	}
	post := func(path string) (int, string) {
		t.Helper()
		rq, err := http.NewRequestWithContext(t.Context(), http.MethodPost, there.URL+path, strings.NewReader("news"))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := c.Do(rq)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, string(body)
	}
	if status, body := post("/307?to=/here"); status != http.StatusOK || body != "news" {
		t.Errorf("a redirect that keeps the method: %d %q", status, body)
	}
	if status, _ := post("/303?to=/here"); status != http.StatusSeeOther {
		t.Errorf("a redirect that would lose the body: %d", status)
	}
	safe := httptest.NewTLSServer(http.RedirectHandler(there.URL+"/here", http.StatusTemporaryRedirect))
	defer safe.Close()
	c = outbound.New(outbound.Options{Allow: loopback, Roots: safe.Client().Transport.(*http.Transport).TLSClientConfig})
	if _, err := get(t, c, safe.URL); !errors.Is(err, outbound.ErrRefused) {
		t.Errorf("a redirect that gives up encryption: %v", err)
	}
	c = outbound.New(outbound.Options{Allow: loopback})
	if _, err := get(t, c, safe.URL); err == nil {
		t.Error("a certificate of nobody is taken")
	}
}

// Attack case 54: a target that never ends holds nobody up for longer than the time-out, and fills no memory.
func TestEndlessTargets(t *testing.T) {
	stop := make(chan struct{})
	there := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/silent":
			select {
			case <-stop:
			case <-r.Context().Done():
			}
		case "/drip":
			for flush := w.(http.Flusher); r.Context().Err() == nil; flush.Flush() {
				if _, err := w.Write([]byte("x")); err != nil {
					return
				}
			}
		case "/large", "/bomb":
			if r.URL.Path == "/bomb" {
				w.Header().Set("Content-Encoding", "gzip")
			}
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 1<<16)); err != nil {
					return
				}
			}
		case "/headers":
			conn, _, err := w.(http.Hijacker).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			defer conn.Close()
			_, err = conn.Write([]byte("HTTP/1.1 200 OK\r\n"))
			for err == nil {
				_, err = conn.Write([]byte("X-More: " + strings.Repeat("x", 1000) + "\r\n"))
			}
		}
	}))
	defer there.Close()
	defer close(stop)
	c := outbound.New(outbound.Options{Allow: loopback, Timeout: 200 * time.Millisecond, MaxBytes: 1 << 20})
	for _, path := range []string{"/silent", "/headers"} {
		if answer, err := get(t, c, there.URL+path); err == nil {
			t.Errorf("%s answers %d", path, answer.StatusCode)
		}
	}
	for _, path := range []string{"/drip", "/large", "/bomb"} {
		answer, err := get(t, c, there.URL+path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		n, err := io.Copy(io.Discard, answer.Body)
		if err == nil || n > 1<<20 {
			t.Errorf("%s: %d bytes, %v", path, n, err)
		}
		if path != "/drip" && !errors.Is(err, outbound.ErrTooLarge) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
