// Package outbound sends requests to addresses that users have written: webhooks, and whatever else leaves the site
// because somebody typed where to. Its Client reaches the public internet and nothing else, so that nobody can use the
// server to look into the network it stands in.
//
// The guard is in the dialer: what counts is the address that is connected to, whatever its spelling, however its name was
// resolved, and by whichever redirect it was reached. It is on unless the operator has allowed a network by name.
package outbound

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"time"
)

// ErrRefused is in the chain of every error about an address that may not be reached. ErrTooLarge is what reading a body
// returns once it is longer than Options.MaxBytes.
var (
	ErrRefused  = errors.New("outbound: the address may not be reached")
	ErrTooLarge = errors.New("outbound: the answer is too large")
)

// Options are the bounds of a Client; the zero value is for production.
type Options struct {
	// Allow are networks that may be reached although they are not public.
	Allow []netip.Prefix
	// Listen is where this server listens, host:port, and BaseURL what it is called from outside: it never calls itself.
	Listen, BaseURL string
	// Resolver finds the addresses of names; nil is the system's.
	Resolver Resolver
	// Timeout bounds a request from the first lookup to the last byte read; 0 means 15 seconds.
	Timeout time.Duration
	// MaxBytes is how much of an answer can be read; 0 means 1 MiB.
	MaxBytes int64
	// Roots verifies the certificates of others; nil means the system's authorities.
	Roots *tls.Config
}

// The bounds of one request besides.
const (
	maxRedirects    = 3
	maxHeaderBytes  = 32 << 10
	connectWithin   = 5 * time.Second // each address of a name
	defaultTimeout  = 15 * time.Second
	defaultMaxBytes = 1 << 20
)

// Resolver finds the addresses of a name; net.Resolver is one.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// Client sends requests to public addresses.
type Client struct {
	http     http.Client
	guard    guard
	maxBytes int64
}

// New returns a Client. It takes no proxy from the environment, keeps no connection and expands no compression.
func New(o Options) *Client {
	if o.Resolver == nil {
		o.Resolver = net.DefaultResolver
	}
	if o.Timeout == 0 {
		o.Timeout = defaultTimeout
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = defaultMaxBytes
	}
	c := &Client{guard: newGuard(o), maxBytes: o.MaxBytes}
	c.http = http.Client{
		Timeout:       o.Timeout,
		CheckRedirect: c.redirect,
		Transport: &http.Transport{
			Proxy:                  nil,
			DialContext:            c.guard.dial,
			DisableKeepAlives:      true,
			DisableCompression:     true,
			MaxResponseHeaderBytes: maxHeaderBytes,
			TLSClientConfig:        o.Roots,
			TLSHandshakeTimeout:    connectWithin,
			ResponseHeaderTimeout:  o.Timeout,
		},
	}
	return c
}

// Do sends a request and returns the answer, whose body ends with ErrTooLarge when it is too long. A redirect is followed
// three times at most, each address being looked at anew, and only if the method stays; any other redirect is the answer.
// The caller closes the body.
//
// Errors: ErrRefused; everything else that can go wrong on the way, of which the texts are for the log: they would tell
// what answers where.
func (c *Client) Do(rq *http.Request) (*http.Response, error) {
	if err := c.guard.shape(rq.URL); err != nil {
		return nil, err
	}
	answer, err := c.http.Do(rq)
	if err != nil {
		return nil, fmt.Errorf("outbound: %w", err)
	}
	answer.Body = &capped{answer.Body, c.maxBytes}
	return answer, nil
}

// redirect looks at where an answer sends us, before the dialer does.
func (c *Client) redirect(rq *http.Request, via []*http.Request) error {
	last := via[len(via)-1]
	switch {
	case last.URL.Scheme == "https" && rq.URL.Scheme != "https":
		return fmt.Errorf("%w: it would no longer be encrypted", ErrRefused)
	case len(via) > maxRedirects || rq.Method != last.Method:
		return http.ErrUseLastResponse
	}
	return c.guard.shape(rq.URL)
}

// capped ends a body that is too long.
type capped struct {
	io.ReadCloser
	left int64
}

func (c *capped) Read(p []byte) (int, error) {
	if c.left < 0 {
		return 0, ErrTooLarge
	}
	if int64(len(p)) > c.left+1 {
		p = p[:c.left+1]
	}
	n, err := c.ReadCloser.Read(p)
	if c.left -= int64(n); c.left < 0 {
		return n - 1, ErrTooLarge
	}
	return n, err
}
