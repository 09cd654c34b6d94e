package identity

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/engawa/engawa/internal/httpx"
)

// The names that travel over HTTP.
const (
	cookieName       = "engawa_session"
	secureCookieName = "__Host-engawa_session" // browsers take this one over https only, for this host only
	csrfHeader       = "X-Engawa-Csrf"
	csrfParameter    = "__REQUEST_TOKEN__"
)

// ReadCredentials collects what r says about who asks. The token that shows where a write comes from is looked for in
// the header X-Engawa-CSRF and the query; a surface that reads bodies may put another function into CSRF.
func ReadCredentials(r *http.Request) Credentials {
	c := Credentials{
		Password:      r.Header["X-Cybozu-Authorization"],
		Tokens:        r.Header["X-Cybozu-Api-Token"],
		Bearer:        slices.ContainsFunc(r.Header["Authorization"], bearer),
		RequestedWith: r.Header.Get("X-Requested-With"),
		Write:         r.Method != http.MethodGet && r.Method != http.MethodHead,
		// Secrets in addresses end up in logs and histories. None is ever read there, so to look for the usual names is
		// only to tell the sender.
		InQuery:        strings.Contains(r.URL.RawQuery, "X-Cybozu-A") || strings.Contains(r.URL.RawQuery, "access_token="),
		AcceptLanguage: r.Header.Get("Accept-Language"),
		IP:             httpx.Of(r.Context()).IP,
	}
	for _, name := range [...]string{secureCookieName, cookieName} {
		if cookie, err := r.Cookie(name); err == nil && c.Cookie == "" {
			c.Cookie = cookie.Value
		}
	}
	c.CSRF = func() string {
		if v := r.Header.Get(csrfHeader); v != "" {
			return v
		}
		return r.URL.Query().Get(csrfParameter)
	}
	return c
}

// bearer tells bearer tokens from what a gate before us may have asked for, such as Basic.
func bearer(authorization string) bool {
	scheme, _, _ := strings.Cut(strings.TrimSpace(authorization), " ")
	return strings.EqualFold(scheme, "Bearer")
}

// Cookie returns the cookie that makes a browser hold session, or forget any when session is nil. secure is whether
// the site is reached by https.
func Cookie(session *Session, secure bool) *http.Cookie {
	c := &http.Cookie{Name: cookieName, Path: "/", HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode, MaxAge: -1}
	if secure {
		c.Name = secureCookieName
	}
	if session != nil {
		c.Value = session.Token
		c.MaxAge = int(sessionLife / time.Second)
	}
	return c
}
