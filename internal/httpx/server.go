package httpx

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// The server's limits. Uploads, downloads and streams move their own deadlines: see Patient and Stream.
const (
	headerWithin   = 10 * time.Second
	requestWithin  = 60 * time.Second
	answerWithin   = 90 * time.Second
	idleFor        = 120 * time.Second
	maxHeaderBytes = 64 << 10
	maxConns       = 8192
	maxConnsOfOne  = 512
)

// Server serves HTTP on one listener and stops gracefully.
type Server struct {
	http *http.Server
	stop chan struct{}
}

type stopKey struct{}

// NewServer returns a server for h with the limits of this package. Errors of connections go to log.
func NewServer(h http.Handler, log *slog.Logger) *Server {
	s := &Server{stop: make(chan struct{})}
	s.http = &http.Server{
		Handler:                      h,
		ReadHeaderTimeout:            headerWithin,
		ReadTimeout:                  requestWithin,
		WriteTimeout:                 answerWithin,
		IdleTimeout:                  idleFor,
		MaxHeaderBytes:               maxHeaderBytes,
		DisableGeneralOptionsHandler: true,
		ErrorLog:                     slog.NewLogLogger(log.Handler(), slog.LevelDebug),
		BaseContext: func(net.Listener) context.Context {
			return context.WithValue(context.Background(), stopKey{}, s.stop)
		},
	}
	return s
}

// stopping is closed when the server that ctx's request came to begins to stop.
func stopping(ctx context.Context) <-chan struct{} {
	stop, _ := ctx.Value(stopKey{}).(chan struct{})
	return stop
}

// Serve answers on l until ctx ends. Then it takes no new connections, ends event streams, lets the other
// requests finish for up to grace and cuts the rest. A stop that was asked for is not an error.
func (s *Server) Serve(ctx context.Context, l net.Listener, grace time.Duration) error {
	failed := make(chan error, 1)
	go func() { failed <- s.http.Serve(limitConns(l, maxConns, maxConnsOfOne)) }()
	select {
	case err := <-failed:
		return fmt.Errorf("httpx: serve %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	close(s.stop)
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	if err := s.http.Shutdown(limit); err != nil {
		s.http.Close() //nolint:errcheck // the listener is closed already, the connections are cut
		if errors.Is(err, context.DeadlineExceeded) {
			return fmt.Errorf("httpx: requests were cut off after %s", grace)
		}
		return fmt.Errorf("httpx: stop: %w", err)
	}
	return nil
}
