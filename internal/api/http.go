package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/httpx"
	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
)

// Request is what a streaming handler gets: it reads and writes HTTP itself, because it is not JSON.
type Request struct {
	W       http.ResponseWriter
	R       *http.Request
	Who     access.Actor
	Session *identity.Session // nil unless the request came with one
	Lang    i18n.Lang
}

// streamer answers a request that is not JSON: a file, a picture, a stream, a login that sets a cookie.
type streamer func(ctx context.Context, rq Request) error

// stream makes a Route of a handler that speaks HTTP itself.
func stream(method, path string, handle streamer) Route {
	return Route{Method: method, Path: path, stream: handle}
}

// maxBody bounds a JSON body, in bytes: 100 records of 500 fields are far below it.
const maxBody = 32 << 20

// buffers are reused between requests; a few large answers must not stay in memory.
var buffers = sync.Pool{New: func() any { b := make([]byte, 0, 16<<10); return &b }}

const keepBuffer = 1 << 20

// Mount puts every route into mux.
func (a *API) Mount(mux *http.ServeMux) {
	for _, r := range a.Routes() {
		mux.Handle(r.Method+" "+r.Path, a.handler(r))
	}
	mux.Handle("/k/guest/{space}/", a.handler(Route{call: a.guestPath}))
	for _, prefix := range []string{"/k/v1/", "/v1/", "/api/"} {
		mux.Handle(prefix, a.handler(Route{Open: true, call: unknownPath}))
	}
}

func unknownPath(context.Context, access.Actor, []byte) (any, error) {
	return nil, errs.E(errs.NotFound, "request.unknownPath")
}

// guestPath answers for apps in guest spaces, of which there are none: no app is in the space that the path names.
func (a *API) guestPath(context.Context, access.Actor, []byte) (any, error) {
	return nil, errs.E(errs.Forbidden, "forbidden")
}

func (a *API) handler(r Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, rq *http.Request) {
		ctx := rq.Context()
		if r.stream == nil {
			ctx = a.people.Steady(ctx)
		}
		lang := i18n.Accept(rq.Header.Get("Accept-Language"), a.lang)
		// Nobody's body is read before it is known who sends it.
		read := sync.OnceValues(func() ([]byte, error) { return readBody(r, rq) })
		who, session, err := a.authenticate(ctx, rq, r, read)
		if who.Kind() == access.KindUser || who.Kind() == access.KindToken {
			lang = who.Lang()
		}
		if err != nil && !r.Open { // whoever logs in may still have an old session's cookie
			a.fail(w, rq, lang, err)
			return
		}
		x := httpx.Of(ctx)
		x.Who = who.String()
		asks := asker(who, x)
		if !r.Lasting {
			if !a.crowd.Enter(asks) {
				a.fail(w, rq, lang, errs.E(errs.TooMany, "request.tooMany"))
				return
			}
			defer a.crowd.Leave(asks)
		}
		ctx = db.Whose(ctx, asks)
		body, err := read()
		if err != nil {
			a.fail(w, rq, lang, err)
			return
		}
		if r.stream != nil {
			if err := r.stream(ctx, Request{w, rq, who, session, lang}); err != nil {
				a.fail(w, rq, lang, err)
			}
			return
		}
		a.answer(ctx, w, rq, r, who, lang, body)
	})
}

// maxAsking is how many requests one asker has answered at a time: half of what the site answers, so that others are
// always let in.
const maxAsking = 50

// asker is who shares what there is with others: a user, the tokens of some apps, a network of strangers.
func asker(who access.Actor, x *httpx.Exchange) string {
	switch who.Kind() {
	case access.KindUser:
		return x.Who
	case access.KindToken:
		apps := who.TokenApps()
		slices.Sort(apps)
		return fmt.Sprint(x.Who, apps)
	}
	return httpx.Network(x.IP).String()
}

func (a *API) answer(ctx context.Context, w http.ResponseWriter, rq *http.Request, r Route, who access.Actor, lang i18n.Lang, body []byte) {
	out, err := r.call(ctx, who, body)
	if err != nil {
		a.fail(w, rq, lang, err)
		return
	}
	a.count(ctx, r)
	buf := buffers.Get().(*[]byte)
	defer func() {
		if cap(*buf) <= keepBuffer {
			buffers.Put(buf)
		}
	}()
	if *buf, err = encode((*buf)[:0], out); err != nil {
		a.fail(w, rq, lang, err)
		return
	}
	w.Header()["Content-Type"] = jsonType
	_, _ = w.Write(*buf) // the client is gone: nobody to tell
}

// count notes a call of kintone's API by the apps that it was about.
func (a *API) count(ctx context.Context, r Route) {
	if !strings.HasPrefix(r.Path, "/k/") {
		return
	}
	for _, app := range httpx.Of(ctx).Apps {
		a.usage.Count(id.App(app))
	}
}

var jsonType = []string{"application/json;charset=utf-8"}

// readBody returns the request's parameters as JSON, from its body or else its query string.
func readBody(r Route, rq *http.Request) ([]byte, error) {
	if r.stream != nil {
		return nil, plainQuery(rq.URL.RawQuery)
	}
	if len(rq.URL.RawQuery) > 0 {
		values, err := httpQuery(rq.URL.RawQuery)
		if err != nil {
			return nil, err
		}
		if rq.ContentLength == 0 || rq.Method == http.MethodGet && rq.ContentLength < 0 {
			return queryJSON(values)
		}
	}
	if rq.ContentLength == 0 {
		return nil, nil
	}
	if ct := rq.Header.Get("Content-Type"); ct != "" && !strings.HasPrefix(ct, "application/json") && rq.Method != http.MethodGet {
		return nil, errs.E(errs.Invalid, "request.contentType")
	}
	if rq.ContentLength > maxBody {
		return nil, errs.E(errs.TooLarge, "request.tooLarge")
	}
	b, err := io.ReadAll(http.MaxBytesReader(nil, rq.Body, maxBody))
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return nil, errs.E(errs.TooLarge, "request.tooLarge")
	}
	if err != nil {
		return nil, errs.E(errs.Invalid, "request.cut").With(err)
	}
	return b, nil
}

// authenticate finds out who asks. For sessions, a write must show that it comes from our own page, by a header or,
// as kintone's clients do, inside the JSON.
func (a *API) authenticate(ctx context.Context, rq *http.Request, r Route, read func() ([]byte, error)) (access.Actor, *identity.Session, error) {
	c := identity.ReadCredentials(rq)
	c.CookieAlone, c.Common = r.stream != nil, r.Common
	fromHeader := c.CSRF
	c.CSRF = func() string {
		if t := fromHeader(); t != "" {
			return t
		}
		var in struct {
			Token string `json:"__REQUEST_TOKEN__"`
		}
		if body, err := read(); err == nil {
			_ = decode(body, &in)
		}
		return in.Token
	}
	who, session, err := a.people.Authenticate(ctx, c)
	if err == nil && r.Common && !r.Open && who.Kind() == access.KindToken {
		err = usersOnly(who) // a token is its app's; people are none of its business
	}
	return who, session, err
}

// fail answers with an error in kintone's shape. What is our fault is logged in full and told in one sentence.
func (a *API) fail(w http.ResponseWriter, rq *http.Request, lang i18n.Lang, err error) {
	x := httpx.Of(rq.Context())
	if errors.Is(err, context.Canceled) && rq.Context().Err() != nil {
		return // nobody listens any more
	}
	p := problem(lang, err, x.ID())
	if p.Status >= http.StatusInternalServerError {
		a.log.LogAttrs(rq.Context(), slog.LevelError, "request failed", slog.String("id", p.ID), slog.String("who", x.Who), slog.Any("error", err))
	}
	var bulk *bulkFailure
	if errors.As(err, &bulk) {
		bulk.write(w, p)
		return
	}
	p.write(w)
}

// plainQuery checks a query string that a streamer reads itself: what is not text names nothing. Where it is read as JSON,
// decode says so.
func plainQuery(raw string) error {
	v, err := httpQuery(raw)
	if err != nil {
		return err
	}
	for key, values := range v {
		if !utf8.ValidString(key) || slices.ContainsFunc(values, func(s string) bool { return !utf8.ValidString(s) }) {
			return errs.E(errs.Invalid, "request.illegal")
		}
	}
	return nil
}

// httpQuery parses a query string; a malformed one is the caller's mistake.
func httpQuery(raw string) (url.Values, error) {
	v, err := url.ParseQuery(raw)
	if err != nil {
		return nil, errs.E(errs.Invalid, "request.illegal").With(err)
	}
	return v, nil
}

// Refuse answers what the outer wall does not let in, in the API's shape.
func (a *API) Refuse(w http.ResponseWriter, rq *http.Request, status int) {
	kinds := map[int]*errs.Error{
		http.StatusTooManyRequests:             errs.E(errs.TooMany, "request.tooMany"),
		http.StatusRequestEntityTooLarge:       errs.E(errs.TooLarge, "request.tooLarge"),
		http.StatusRequestHeaderFieldsTooLarge: errs.E(errs.TooLarge, "request.tooLarge"),
		http.StatusNotFound:                    errs.E(errs.NotFound, "request.unknownPath"),
		http.StatusInternalServerError:         errs.E(errs.Internal, "internal"),
	}
	e := kinds[status]
	if e == nil {
		e = errs.E(errs.Invalid, "request.illegal")
	}
	p := problem(i18n.Accept(rq.Header.Get("Accept-Language"), a.lang), e, httpx.Of(rq.Context()).ID())
	p.Status = status
	p.write(w)
}
