package api

import (
	"context"
	"io"
	"mime"
	"net/http"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/httpx"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
)

// MeOut is a user as his own screens know him.
type MeOut struct {
	ID       string `json:"id"`
	Code     string `json:"code"`
	Name     string `json:"name"`
	Email    string `json:"email"`
	Locale   string `json:"locale"`
	Timezone string `json:"timezone"`
	Admin    bool   `json:"admin"`
}

// ShowMe is u as his own screens know him.
func ShowMe(u identity.User) MeOut {
	return MeOut{id.String(u.ID), u.Code, u.Name, u.Email, u.Locale, u.Timezone, u.Admin}
}

type loginIn struct {
	Login    string `json:"login"`
	Password string `json:"password"`
}

type userOut struct {
	User MeOut `json:"user"`
}

// smallBody bounds the JSON of a streaming handler that takes some.
const smallBody = 64 << 10

// readJSON reads the body of a handler that sets cookies and so cannot be a plain route. A form of another site cannot
// send this content type.
func readJSON(rq Request, in any) error {
	if t, _, err := mime.ParseMediaType(rq.R.Header.Get("Content-Type")); err != nil || t != "application/json" {
		return errs.E(errs.Invalid, "request.contentType")
	}
	b, err := io.ReadAll(http.MaxBytesReader(rq.W, rq.R.Body, smallBody))
	if err != nil {
		return errs.E(errs.TooLarge, "request.tooLarge")
	}
	return decode(b, in)
}

// login answers POST /api/v1/login.
func (a *API) login(ctx context.Context, rq Request) error {
	var in loginIn
	if err := readJSON(rq, &in); err != nil {
		return err
	}
	return a.startSession(ctx, rq, in.Login, in.Password)
}

// startSession logs somebody in, and answers who he is.
func (a *API) startSession(ctx context.Context, rq Request, code, password string) error {
	user, session, err := a.people.Login(ctx, identity.Login{
		Code: code, Password: password, IP: httpx.Of(ctx).IP, UserAgent: rq.R.UserAgent(),
	})
	if err != nil {
		return err
	}
	http.SetCookie(rq.W, identity.Cookie(session, a.secure))
	return writeJSON(rq.W, userOut{ShowMe(user)})
}

// logout answers POST /api/v1/logout. Who does not show a session, as a page of another site cannot, loses none.
func (a *API) logout(ctx context.Context, rq Request) error {
	if rq.Session == nil {
		return writeJSON(rq.W, none{})
	}
	if err := a.people.Logout(ctx, rq.Session); err != nil {
		return err
	}
	http.SetCookie(rq.W, identity.Cookie(nil, a.secure))
	return writeJSON(rq.W, none{})
}

type setUpIn struct {
	Secret   string `json:"secret"`
	Name     string `json:"name"`
	Login    string `json:"login"`
	Password string `json:"password"`
	Company  string `json:"company"`
	Locale   string `json:"locale"`
	Timezone string `json:"timezone"`
}

// setUp answers POST /api/v1/setup: the first administrator of an empty site, once, and logs him in.
func (a *API) setUp(ctx context.Context, rq Request) error {
	var in setUpIn
	if err := readJSON(rq, &in); err != nil {
		return err
	}
	_, err := a.people.SetUp(ctx, in.Secret, identity.Setup{
		Name: in.Name, Code: in.Login, Password: in.Password, Company: in.Company, Locale: in.Locale, Timezone: in.Timezone,
	})
	if err != nil {
		return err
	}
	return a.startSession(ctx, rq, in.Login, in.Password)
}

// getMe answers GET /api/v1/me.
func (a *API) getMe(ctx context.Context, who access.Actor, _ none) (MeOut, error) {
	u, err := a.people.Me(ctx, who)
	return ShowMe(u), err
}

type putMeIn struct {
	Name     *string `json:"name"`
	Email    *string `json:"email"`
	Locale   *string `json:"locale"`
	Timezone *string `json:"timezone"`
}

// putMe answers PUT /api/v1/me.
func (a *API) putMe(ctx context.Context, who access.Actor, in putMeIn) (MeOut, error) {
	err := a.people.UpdateMe(ctx, who, identity.Change{Name: in.Name, Email: in.Email, Locale: in.Locale, Timezone: in.Timezone})
	if err != nil {
		return MeOut{}, err
	}
	return a.getMe(ctx, who, none{})
}

// putPassword answers PUT /api/v1/me/password.
func (a *API) putPassword(ctx context.Context, rq Request) error {
	var in struct {
		Current string `json:"current"`
		Next    string `json:"next"`
	}
	if err := readJSON(rq, &in); err != nil {
		return err
	}
	if err := a.people.ChangePassword(ctx, rq.Who, rq.Session, httpx.Of(ctx).IP, in.Current, in.Next); err != nil {
		return err
	}
	return writeJSON(rq.W, none{})
}
