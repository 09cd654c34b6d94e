package server

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/engawa/engawa/internal/httpx"
)

// readyWithin is how long the database may take to answer for the site to be ready.
const readyWithin = 2 * time.Second

func (s *Server) mountHealth(mux *http.ServeMux) {
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "ok\n") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), readyWithin)
		defer cancel()
		if err := s.db.Ping(ctx); err != nil {
			plain(w, http.StatusServiceUnavailable, "the database does not answer\n")
			return
		}
		plain(w, http.StatusOK, "ready\n")
	})
	mux.Handle("GET /metrics", s.metrics.Handler(s.config.MetricsToken))
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text)) // the client is gone: nobody to tell
}

// onlyAPI applies a layer to the API, and not to screens, health and streams that last.
func onlyAPI(layer httpx.Layer) httpx.Layer {
	return func(next http.Handler) http.Handler {
		limited := layer(next)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if isAPI(r.URL.Path) && !strings.HasSuffix(r.URL.Path, "/events") {
				limited.ServeHTTP(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// isAPI reports whether a path belongs to programs: JSON in and out, also in errors.
func isAPI(path string) bool {
	for _, prefix := range []string{"/k/v1/", "/k/guest/", "/v1/", "/api/"} {
		if strings.HasPrefix(path, prefix) {
			return true
		}
	}
	return false
}
