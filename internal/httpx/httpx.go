// Package httpx is the outer wall of the HTTP server: layers that every request passes before any code of
// the product sees it. One canonical path, limits of size, number and time, security headers, the client's
// address, the access log, rate limits, event streams and a graceful stop.
//
// It knows nothing of the product: no user, no app, no error code. Where it has to refuse a request it
// calls a handler that it was given.
package httpx

import "net/http"

// Layer wraps a handler in a rule.
type Layer func(http.Handler) http.Handler

// Chain returns h inside layers, the first of them outermost.
func Chain(h http.Handler, layers ...Layer) http.Handler {
	for i := len(layers) - 1; i >= 0; i-- {
		h = layers[i](h)
	}
	return h
}

// Refuse answers a request that breaks a rule of this package with the given status.
type Refuse func(w http.ResponseWriter, r *http.Request, status int)

// PlainRefuse says the name of the status and nothing else.
func PlainRefuse(w http.ResponseWriter, _ *http.Request, status int) {
	http.Error(w, http.StatusText(status), status)
}
