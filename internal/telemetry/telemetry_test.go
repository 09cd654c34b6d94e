package telemetry

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/httpx"
)

func TestLogsCannotBeForged(t *testing.T) {
	for _, format := range []string{"text", "json"} {
		var out bytes.Buffer
		log := NewLog(&out, format, "info")
		log.Info("login failed", "code", "a\r\nlevel=ERROR msg=forged\x1b[31m\u202e", "Password", "hunter2")
		log.Debug("not seen")
		got := out.String()
		if strings.Count(got, "\n") != 1 || strings.ContainsAny(got, "\r\x1b\u202e") || strings.Contains(got, "hunter2") || strings.Contains(got, "not seen") {
			t.Errorf("%s: %q", format, got)
		}
	}
}

func TestMetricsAreForThisMachineOrATokenHolder(t *testing.T) {
	m := NewMetrics("1.0")
	m.WriteBatch(3)
	m.Job("import", "done")
	m.Gauge("streams", "Open event streams.", func() float64 { return 2 })
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", m.Handler("sesame"))
	h := httpx.Chain(httpx.Routed(mux), httpx.Observe(slog.New(slog.DiscardHandler), nil, httpx.PlainRefuse, m.Request))
	ask := func(peer, token string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", "/metrics", nil)
		r.RemoteAddr = peer
		r.Header.Set("Authorization", token)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	for _, tc := range []struct {
		peer, token string
		want        int
	}{
		{"127.0.0.1:1", "", 200}, {"[::1]:1", "", 200}, {"192.0.2.1:1", "", 404},
		{"192.0.2.1:1", "Bearer sesame", 200}, {"192.0.2.1:1", "Bearer wrong", 404},
	} {
		if w := ask(tc.peer, tc.token); w.Code != tc.want {
			t.Errorf("%s %s: %d, want %d", tc.peer, tc.token, w.Code, tc.want)
		}
	}
	got := ask("127.0.0.1:1", "").Body.String()
	for _, want := range []string{
		`engawa_http_requests_total{route="GET /metrics",status="404"} 2`, "engawa_db_write_batch_size_sum 3",
		`engawa_jobs_total{end="done",kind="import"} 1`, "engawa_streams 2", `engawa_info{version="1.0"} 1`, "go_goroutines",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %s", want)
		}
	}
}
