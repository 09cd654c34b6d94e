package httpx

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// start serves h until the test ends or stop is called; stop returns what Serve returned.
func start(t *testing.T, h http.Handler) (url string, stop func() error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- NewServer(h, slog.New(slog.DiscardHandler)).Serve(ctx, l, 5*time.Second) }()
	return "http://" + l.Addr().String(), func() error { cancel(); return <-done }
}

func TestStopFinishesRequestsAndEndsStreams(t *testing.T) {
	entered, release := make(chan struct{}), make(chan struct{})
	mux := http.NewServeMux()
	mux.HandleFunc("/work", func(w http.ResponseWriter, _ *http.Request) {
		close(entered)
		<-release
		io.WriteString(w, "done")
	})
	mux.HandleFunc("/events", func(w http.ResponseWriter, r *http.Request) {
		s := NewStream(w)
		s.Send("hello", map[string]string{"text": "line\nbreak"})
		s.Serve(r.Context())
	})
	url, stop := start(t, Chain(mux, Observe(slog.New(slog.DiscardHandler), nil, PlainRefuse, nil)))
	events, err := http.Get(url + "/events")
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(events.Body)
	var got []string
	for len(got) < 3 && lines.Scan() {
		if lines.Text() != "" {
			got = append(got, lines.Text())
		}
	}
	if want := `retry: 3000|event: hello|data: {"text":"line\nbreak"}`; strings.Join(got, "|") != want {
		t.Errorf("stream: %s", strings.Join(got, "|"))
	}
	work := make(chan string, 1)
	go func() {
		res, err := http.Get(url + "/work")
		if err != nil {
			work <- err.Error()
			return
		}
		b, _ := io.ReadAll(res.Body)
		work <- string(b)
	}()
	<-entered
	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	for lines.Scan() { // ends only when the server ends the stream
	}
	close(release)
	if got := <-work; got != "done" {
		t.Errorf("request during stop: %s", got)
	}
	if err := <-stopped; err != nil {
		t.Errorf("stop: %v", err)
	}
}

func TestSlowReadersAreCutOff(t *testing.T) {
	s := NewStream(httptest.NewRecorder())
	for range streamBuffer {
		if !s.Send("n", 1) {
			t.Fatal("refused within the buffer")
		}
	}
	for range 2 {
		if s.Send("n", 1) {
			t.Error("accepted beyond the buffer")
		}
	}
	if err := s.Serve(t.Context()); !errors.Is(err, ErrSlowReader) {
		t.Errorf("Serve = %v", err)
	}
}

func TestQuietStreamsBeat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := httptest.NewRecorder()
		s := NewStream(w)
		ctx, cancel := context.WithTimeout(t.Context(), 3*heartbeat+time.Second)
		defer cancel()
		if err := s.Serve(ctx); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(w.Body.String(), ": \n\n"); n != 3 {
			t.Errorf("%d beats in %q", n, w.Body)
		}
	})
}

func TestConnectionsOfOneClientAreLimited(t *testing.T) {
	l := &connLimiter{total: 3, each: 2, open: map[netip.Prefix]int{}}
	a, b := Network(netip.MustParseAddr("1.1.1.1")), Network(netip.MustParseAddr("1.1.1.2"))
	for i, want := range []bool{true, true, false} {
		if got := l.enter(a, false); got != want {
			t.Errorf("connection %d of one client: let in is %v", i+1, got)
		}
	}
	if !l.enter(b, false) || l.enter(b, true) {
		t.Error("three in all are the limit")
	}
	l.leave(a)
	if !l.enter(a, false) {
		t.Error("a closed connection makes room")
	}
}

func TestAPatientUploadOutlivesTheRequestLimit(t *testing.T) {
	var got int64
	h := Patient(10 * time.Second)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got, _ = io.Copy(io.Discard, r.Body)
		io.WriteString(w, "ok")
	}))
	srv := httptest.NewUnstartedServer(h)
	srv.Config.ReadTimeout, srv.Config.WriteTimeout = 300*time.Millisecond, 300*time.Millisecond
	srv.Start()
	defer srv.Close()
	body, send := io.Pipe()
	go func() {
		for range 4 {
			send.Write([]byte("x"))
			time.Sleep(150 * time.Millisecond) // longer in all than the limit: this is the condition under test
		}
		send.Close()
	}()
	res, err := http.Post(srv.URL, "text/plain", body)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != 200 || got != 4 {
		t.Errorf("status %d, %d bytes", res.StatusCode, got)
	}
}
