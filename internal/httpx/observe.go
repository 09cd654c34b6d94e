package httpx

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime/debug"
	"time"
)

// slow is how long a request may take before the log mentions it without being asked.
const slow = time.Second

// Observe starts the exchange of each request and ends it: it finds the client's address (see ClientIP),
// catches panics, calls done, and writes the access log. It is the outermost layer.
//
// The log line names the route's pattern, never the address asked for: queries, tokens in paths and values
// stay out of it. Failures of ours are errors, slow answers and refusals are told, the rest is at debug level.
func Observe(log *slog.Logger, trusted []netip.Prefix, refuse Refuse, done func(*Exchange, time.Duration)) Layer {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			x := &Exchange{Method: r.Method, IP: ClientIP(r, trusted), Started: time.Now()}
			r = r.WithContext(context.WithValue(r.Context(), exchangeKey{}, x))
			rec := &recorder{ResponseWriter: w, x: x}
			defer func() {
				cause := recover()
				if cause != nil && cause != http.ErrAbortHandler {
					log.Error("panic", "id", x.ID(), "route", x.Pattern, "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
					if x.Status == 0 {
						refuse(rec, r, http.StatusInternalServerError)
						cause = nil
					} else {
						cause = http.ErrAbortHandler // half an answer is out: cut the connection so that it is seen as broken
					}
				}
				took := time.Since(x.Started)
				if done != nil {
					done(x, took)
				}
				x.log(r.Context(), log, took)
				if cause != nil {
					panic(cause)
				}
			}()
			next.ServeHTTP(rec, r)
		})
	}
}

func (x *Exchange) log(ctx context.Context, log *slog.Logger, took time.Duration) {
	level := slog.LevelDebug
	switch {
	case x.Status >= 500:
		level = slog.LevelError
	case x.Status >= 400 || took >= slow:
		level = slog.LevelInfo
	}
	if !log.Enabled(ctx, level) {
		return
	}
	log.LogAttrs(ctx, level, "request",
		slog.String("id", x.ID()), slog.String("method", x.Method), slog.String("route", x.Pattern),
		slog.Int("status", x.Status), slog.Int64("bytes", x.Bytes), slog.Duration("took", took),
		slog.String("ip", x.IP.String()), slog.String("who", x.Who))
}

// recorder notes status and size. http.ResponseController reaches the real writer through Unwrap.
type recorder struct {
	http.ResponseWriter
	x *Exchange
}

func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func (r *recorder) WriteHeader(status int) {
	if r.x.Status == 0 && status >= 200 {
		r.x.Status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.x.Status == 0 {
		r.x.Status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.x.Bytes += int64(n)
	return n, err
}

// ReadFrom keeps the server's way of sending a file without copying it through this process.
func (r *recorder) ReadFrom(src io.Reader) (int64, error) {
	if r.x.Status == 0 {
		r.x.Status = http.StatusOK
	}
	n, err := io.Copy(r.ResponseWriter, src)
	r.x.Bytes += n
	return n, err
}
