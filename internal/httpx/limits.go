package httpx

import (
	"io"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"
)

// maxHeaders is how many header values a request may have; their bytes are limited by the Server.
const maxHeaders = 200

// LimitHeaders refuses requests with too many headers with 431.
func LimitHeaders(refuse Refuse) Layer {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			n := 0
			for _, values := range r.Header {
				n += len(values)
			}
			if n > maxHeaders {
				refuse(w, r, http.StatusRequestHeaderFieldsTooLarge)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// LimitBody refuses a declared body of more than max bytes with 413 and cuts an undeclared one there: reading
// it then gives *http.MaxBytesError.
func LimitBody(max int64, refuse Refuse) Layer {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.ContentLength > max {
				refuse(w, r, http.StatusRequestEntityTooLarge)
				return
			}
			if r.Body != nil && r.Body != http.NoBody {
				r.Body = http.MaxBytesReader(w, r.Body, max)
			}
			next.ServeHTTP(w, r)
		})
	}
}

// Gate lets a number of requests in at a time.
type Gate struct {
	limit   int64
	running atomic.Int64
}

// NewGate returns a gate for limit requests.
func NewGate(limit int) *Gate { return &Gate{limit: int64(limit)} }

// Layer refuses requests beyond the gate's limit with 429. Each answer says the limit and how many run, in
// X-ConcurrencyLimit-Limit and X-ConcurrencyLimit-Running.
// Source: kintone REST API, concurrency limit of a domain.
func (g *Gate) Layer(refuse Refuse) Layer {
	limit := []string{strconv.FormatInt(g.limit, 10)}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			n := g.running.Add(1)
			defer g.running.Add(-1)
			h := w.Header()
			h["X-Concurrencylimit-Limit"] = limit
			h["X-Concurrencylimit-Running"] = []string{strconv.FormatInt(n, 10)}
			if n > g.limit {
				refuse(w, r, http.StatusTooManyRequests)
				return
			}
			p := &passage{ResponseWriter: w, body: r.Body, gate: g}
			if r.Body != nil && r.Body != http.NoBody {
				r.Body = p
			}
			next.ServeHTTP(p, r)
		})
	}
}

// passage is a request inside a gate. While it waits for its client to send or to take bytes it does not count:
// otherwise a hundred clients that stand still, for which nobody needs an account, would keep everybody out.
type passage struct {
	http.ResponseWriter
	body io.ReadCloser
	gate *Gate
}

func (p *passage) Unwrap() http.ResponseWriter { return p.ResponseWriter }

func (p *passage) Write(b []byte) (int, error) {
	p.gate.running.Add(-1)
	defer p.gate.running.Add(1)
	return p.ResponseWriter.Write(b)
}

func (p *passage) Read(b []byte) (int, error) {
	p.gate.running.Add(-1)
	defer p.gate.running.Add(1)
	return p.body.Read(b)
}

func (p *passage) Close() error { return p.body.Close() }

// Patient lets an upload or a download last as long as it moves: instead of the server's limit for the whole
// request, each read and each write gets idle. Use it on few routes.
func Patient(idle time.Duration) Layer {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			p := &patient{ResponseWriter: w, rc: http.NewResponseController(w), idle: idle}
			p.extend()
			if r.Body != nil && r.Body != http.NoBody {
				r.Body = &patientBody{r.Body, p}
			}
			next.ServeHTTP(p, r)
		})
	}
}

// patient moves the deadlines forward. A connection that has none (a test recorder) needs no moving, so the
// error of setting one is nothing to act on.
type patient struct {
	http.ResponseWriter
	rc   *http.ResponseController
	idle time.Duration
	last atomic.Int64 // unix seconds of the last move, to keep system calls rare
}

func (p *patient) Unwrap() http.ResponseWriter { return p.ResponseWriter }

func (p *patient) extend() {
	now := time.Now()
	if p.last.Swap(now.Unix()) == now.Unix() {
		return
	}
	_ = p.rc.SetReadDeadline(now.Add(p.idle))
	_ = p.rc.SetWriteDeadline(now.Add(p.idle))
}

func (p *patient) Write(b []byte) (int, error) {
	p.extend()
	return p.ResponseWriter.Write(b)
}

type patientBody struct {
	io.ReadCloser
	p *patient
}

func (b *patientBody) Read(buf []byte) (int, error) {
	n, err := b.ReadCloser.Read(buf)
	if n > 0 {
		b.p.extend()
	}
	return n, err
}
