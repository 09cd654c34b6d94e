// Package pages is the HTML surface: the document of every screen at kintone's addresses. A document is a shell, the
// boot data as JSON and the script of the screens; React takes over inside.
//
// Data comes from the API, also for our own screens: a document holds only who is there and what screen it is.
package pages

import (
	"context"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/httpx"
	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
)

// Parts are what the pages are made of.
type Parts struct {
	People  *identity.Service
	Apps    *app.Apps
	UI      fs.FS // the built files of package web
	Version string
	DevMail bool // mails are kept as files, and administrators may read them
	Log     *slog.Logger
}

// Pages answers for the screens of one site.
type Pages struct {
	Parts
	scripts, styles []string
}

// boot is what a document tells its script; lib/boot.ts has the same type.
type boot struct {
	Lang    i18n.Lang `json:"lang"`
	User    *bootUser `json:"user"`
	CSRF    string    `json:"csrf"`
	Site    bootSite  `json:"site"`
	Page    string    `json:"page"`
	App     *bootApp  `json:"app"`
	Version string    `json:"version"`
	DevMail bool      `json:"devMail"`
}

type bootUser struct {
	ID       string `json:"id"`
	Code     string `json:"code"`
	Name     string `json:"name"`
	Locale   string `json:"locale"`
	Timezone string `json:"timezone"`
	Admin    bool   `json:"admin"`
}

type bootSite struct {
	Name string `json:"name"`
}

type bootApp struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// New reads which files the built screens consist of. Without a build, documents say how to make one.
func New(p Parts) (*Pages, error) {
	pages := &Pages{Parts: p}
	raw, err := fs.ReadFile(p.UI, ".vite/manifest.json")
	if err != nil {
		return pages, nil //nolint:nilerr // not built: told in every document
	}
	var manifest map[string]struct {
		File    string   `json:"file"`
		CSS     []string `json:"css"`
		IsEntry bool     `json:"isEntry"`
	}
	if err := json.Unmarshal(raw, &manifest); err != nil {
		return nil, fmt.Errorf("pages: manifest: %w", err)
	}
	for _, entry := range manifest {
		if entry.IsEntry {
			pages.scripts = append(pages.scripts, "/"+entry.File)
			for _, c := range entry.CSS {
				pages.styles = append(pages.styles, "/"+c)
			}
		}
	}
	return pages, nil
}

// Mount puts every screen into mux.
func (s *Pages) Mount(mux *http.ServeMux) {
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/k/", http.StatusFound) })
	mux.HandleFunc("GET /login", s.login)
	mux.HandleFunc("GET /setup/{secret}", s.setup)
	mux.HandleFunc("GET /s/{token}", s.outside)
	mux.HandleFunc("GET /k/{$}", s.screen("portal"))
	mux.HandleFunc("GET /k/{app}/{$}", s.screen("list"))
	mux.HandleFunc("GET /k/{app}/show", s.screen("show"))
	mux.HandleFunc("GET /k/{app}/edit", s.screen("edit"))
	mux.HandleFunc("GET /k/admin/app/flow", s.screen("designer"))
	mux.HandleFunc("GET /k/create/file", s.screen("import"))
	mux.HandleFunc("GET /admin/users", s.screen("admin"))
	mux.HandleFunc("GET /admin/mails", s.screen("admin"))
	mux.HandleFunc("GET /favicon.ico", icon)
	mux.HandleFunc("GET /", s.notFound)
	assets := httpx.Assets(s.UI)
	mux.HandleFunc("GET /assets/", func(w http.ResponseWriter, r *http.Request) {
		r.SetPathValue("path", strings.TrimPrefix(r.URL.Path, "/"))
		assets.ServeHTTP(w, r)
	})
}

// visitor is who opens a document.
type visitor struct {
	who     access.Actor
	session *identity.Session
	lang    i18n.Lang
	site    identity.Site
	refused bool // known, but without the service
}

func (s *Pages) visitor(r *http.Request) (visitor, error) {
	site, err := s.People.Site(r.Context())
	if err != nil {
		return visitor{}, err
	}
	v := visitor{site: site, lang: chosenLanguage(r, site.Lang)}
	c := identity.ReadCredentials(r)
	c.CookieAlone, c.Password, c.Tokens = true, nil, nil
	c.Common = strings.HasPrefix(r.URL.Path, "/admin/")
	who, session, err := s.People.Authenticate(r.Context(), c)
	if err == nil {
		v.who, v.session, v.lang = who, session, who.Lang()
		httpx.Of(r.Context()).Who = who.String()
	} else if !errs.Lasting(err) {
		return visitor{}, err
	}
	v.refused = errs.KindOf(err) == errs.Forbidden
	return v, nil
}

// chosenLanguage is what somebody without an account chose before, or what his browser asks for.
func chosenLanguage(r *http.Request, site i18n.Lang) i18n.Lang {
	if c, err := r.Cookie("engawa_lang"); err == nil {
		return i18n.Parse(c.Value, site)
	}
	return i18n.Accept(r.Header.Get("Accept-Language"), site)
}

// screen answers with a document for people who are logged in, and leads others to the login page and back.
func (s *Pages) screen(page string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, err := s.visitor(r)
		if err != nil {
			s.broken(w, r, err)
			return
		}
		if v.refused {
			s.write(w, r, v, "notfound", nil, http.StatusForbidden)
			return
		}
		if v.who.Kind() != access.KindUser {
			http.Redirect(w, r, "/login?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusFound)
			return
		}
		found, a, err := s.appOf(r, v.who, page)
		if err != nil {
			s.broken(w, r, err)
			return
		}
		if !found {
			s.write(w, r, v, "notfound", nil, http.StatusNotFound)
			return
		}
		s.write(w, r, v, page, a, http.StatusOK)
	}
}

// appOf returns the app that an address names, if the visitor may open it. An app that he may not is not there.
func (s *Pages) appOf(r *http.Request, who access.Actor, page string) (found bool, a *bootApp, err error) {
	name := r.PathValue("app")
	if page == "designer" {
		if name = r.URL.Query().Get("app"); name == "" {
			return true, nil, nil // a new one
		}
	}
	if name == "" {
		return true, nil, nil
	}
	n, ok := id.Parse[id.App](name)
	if !ok {
		return false, nil, nil
	}
	summary, err := s.summary(r.Context(), who, n)
	if err != nil {
		if !errs.Lasting(err) {
			return false, nil, err
		}
		return false, nil, nil
	}
	return true, &bootApp{id.String(n), summary.Name}, nil
}

func (s *Pages) summary(ctx context.Context, who access.Actor, n id.App) (app.Summary, error) {
	h, err := s.Apps.Open(ctx, who, n)
	if err != nil {
		return app.Summary{}, err
	}
	return h.Summary(ctx)
}

func (s *Pages) login(w http.ResponseWriter, r *http.Request) {
	v, err := s.visitor(r)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	if v.who.Kind() == access.KindUser {
		http.Redirect(w, r, localPath(r.URL.Query().Get("next")), http.StatusFound)
		return
	}
	s.write(w, r, v, "login", nil, http.StatusOK)
}

// localPath is where to go after the login: an address of this site, or home.
func localPath(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") ||
		strings.ContainsAny(next, "\\\r\n\t") || strings.HasPrefix(u.Path, "//") || strings.HasPrefix(u.Path, "/login") {
		return "/k/"
	}
	return u.RequestURI()
}

func (s *Pages) setup(w http.ResponseWriter, r *http.Request) {
	v, err := s.visitor(r)
	ok := false
	if err == nil {
		ok, err = s.People.CheckSetupSecret(r.Context(), r.PathValue("secret"))
	}
	switch {
	case err != nil:
		s.broken(w, r, err)
	case !ok:
		s.write(w, r, visitor{lang: v.lang}, "notfound", nil, http.StatusNotFound)
	default:
		s.write(w, r, visitor{lang: v.lang}, "setup", nil, http.StatusOK)
	}
}

// outside answers with the document for outsiders: it says nothing about the link, not even whether there is one.
func (s *Pages) outside(w http.ResponseWriter, r *http.Request) {
	site, err := s.People.Site(r.Context())
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.write(w, r, visitor{lang: chosenLanguage(r, site.Lang)}, "shared", nil, http.StatusOK)
}

func (s *Pages) notFound(w http.ResponseWriter, r *http.Request) {
	v, err := s.visitor(r)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	s.write(w, r, v, "notfound", nil, http.StatusNotFound)
}

// broken tells of a failure of ours; what it was is for the log.
func (s *Pages) broken(w http.ResponseWriter, r *http.Request, err error) {
	x := httpx.Of(r.Context())
	s.Log.ErrorContext(r.Context(), "page failed", "id", x.ID(), "error", err)
	http.Error(w, i18n.T(i18n.Accept(r.Header.Get("Accept-Language"), i18n.Ja), "internal", map[string]any{"id": x.ID()}), http.StatusInternalServerError)
}

func (s *Pages) write(w http.ResponseWriter, r *http.Request, v visitor, page string, a *bootApp, status int) {
	b := boot{Lang: v.lang, Site: bootSite{v.site.Name}, Page: page, App: a, Version: s.Version, DevMail: s.DevMail}
	if v.who.Kind() == access.KindUser {
		u, err := s.People.Me(r.Context(), v.who)
		if err != nil {
			s.broken(w, r, err)
			return
		}
		b.User = &bootUser{id.String(u.ID), u.Code, u.Name, u.Locale, u.Timezone, u.Admin}
		b.CSRF = v.session.CSRF
	}
	data, err := json.Marshal(b) // escapes < and >, so it can stand in a script element
	if err != nil {
		s.broken(w, r, err)
		return
	}
	nonce := httpx.Document(w, page == "shared" || page == "setup")
	w.WriteHeader(status)
	_ = document.Execute(w, map[string]any{ // the client is gone: nobody to tell
		"Lang": v.lang, "Title": title(v.site.Name), "Boot": template.JS(data), "Nonce": nonce, "Scripts": s.scripts, "Styles": s.styles,
	})
}

func title(company string) string {
	if company == "" {
		return "Engawa"
	}
	return company + " - Engawa"
}

var document = template.Must(template.New("document").Parse(`<!doctype html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{.Title}}</title>
<link rel="icon" type="image/svg+xml" href="/favicon.ico">
{{range .Styles}}<link rel="stylesheet" href="{{.}}">
{{end}}{{range .Scripts}}<script type="module" nonce="{{$.Nonce}}" src="{{.}}"></script>
{{end}}</head>
<body>
<div id="root"></div>
{{if not .Scripts}}<p>The screens are not built: run “make build”.</p>
{{end}}<noscript><p>この画面には JavaScript が必要です。This screen needs JavaScript.</p></noscript>
<script type="application/json" id="boot">{{.Boot}}</script>
</body>
</html>
`))
