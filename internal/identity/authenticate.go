package identity

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/netip"
	"strings"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/id"
)

// Credentials is everything by which a request may say who asks. See ReadCredentials.
type Credentials struct {
	Password       []string      // values of X-Cybozu-Authorization
	Tokens         []string      // values of X-Cybozu-API-Token
	Bearer         bool          // there is an Authorization: Bearer
	Cookie         string        // of the session
	RequestedWith  string        // X-Requested-With: no form and no link of another site can set it
	CookieAlone    bool          // the route is for pages, pictures and streams, which cannot set headers; reads only
	Write          bool          // the effective method changes something
	CSRF           func() string // what shows that a write comes from our page; asked only for sessions; nil is none
	InQuery        bool          // the address itself holds a token
	Common         bool          // the route belongs to no service: logging in, oneself, the people of the site
	AcceptLanguage string
	IP             netip.Addr
}

// Authenticate returns who asks, and the session if it is one. Password, then API tokens, then bearer tokens, then session: the
// first that is there counts, and if it does not hold the others are not tried. Bearer tokens are those of OAuth clients and of
// the User API; nobody is given one yet, so none holds.
//
// Errors: Unauthenticated "auth.required" without credentials, "auth.wrongPassword", "auth.bearer"; TooMany "auth.locked"; Invalid
// "auth.tokenUnknown", "auth.tokenDuplicate", "auth.tokenTooMany", "auth.tokenInQuery"; Forbidden "auth.csrf",
// "auth.forbidden" for who does not have the service.
// Source: kintone REST API, authentication.
func (s *Service) Authenticate(ctx context.Context, c Credentials) (access.Actor, *Session, error) {
	var actor access.Actor
	var session *Session
	var err error
	switch {
	case c.InQuery:
		err = errs.E(errs.Invalid, "auth.tokenInQuery")
	case len(c.Password) > 0:
		actor, err = s.byPassword(ctx, c)
	case len(c.Tokens) > 0:
		actor, err = s.byTokens(ctx, c)
	case c.Bearer:
		err = errs.E(errs.Unauthenticated, "auth.bearer")
	case c.Cookie != "" && (c.RequestedWith != "" || c.CookieAlone && !c.Write):
		actor, session, err = s.bySession(ctx, c)
	}
	if err != nil {
		return access.Actor{}, nil, err
	}
	if actor.Kind() == access.KindNobody {
		return actor, nil, errs.E(errs.Unauthenticated, "auth.required")
	}
	return actor, session, nil
}

func (s *Service) byPassword(ctx context.Context, c Credentials) (access.Actor, error) {
	d, err := s.directory(ctx)
	if err != nil {
		return access.Actor{}, err
	}
	sum := s.verified.sum(strings.Join(c.Password, ","))
	if a := s.seen(d, sum); a != nil {
		return a.enter(c, d)
	}
	wrong := errs.E(errs.Unauthenticated, "auth.wrongPassword")
	plain, err := base64.StdEncoding.DecodeString(strings.TrimSpace(c.Password[0]))
	code, password, ok := strings.Cut(string(plain), ":")
	if err != nil || !ok || !utf8.Valid(plain) || len(c.Password) > 1 {
		return access.Actor{}, wrong
	}
	free, err := s.slot(ctx)
	if err != nil {
		return access.Actor{}, err
	}
	defer free()
	if a := s.seen(d, sum); a != nil { // a program that starts sends many requests at once; the first has proved it
		return a.enter(c, d)
	}
	a, err := s.prove(ctx, code, password, c.IP)
	if err != nil {
		return access.Actor{}, err
	}
	if a == nil {
		return access.Actor{}, wrong
	}
	s.verified.put(sum, proof{a.ID, a.authVersion})
	return a.enter(c, d)
}

// enter returns a as who asks.
//
// Errors: Forbidden for a service that a does not have.
func (a *account) enter(c Credentials, d *directory) (access.Actor, error) {
	if !c.Common && !a.uses() {
		return access.Actor{}, forbidden()
	}
	return a.actor(language(c, d)), nil
}

// seen returns whom a password header has proved to be, if that still holds.
func (s *Service) seen(d *directory, sum [sha256.Size]byte) *account {
	p, ok := s.verified.get(sum)
	if !ok {
		return nil
	}
	if a := d.byID[p.user]; a != nil && a.active() && a.authVersion == p.version {
		return a
	}
	return nil
}

func (s *Service) byTokens(ctx context.Context, c Credentials) (access.Actor, error) {
	d, err := s.directory(ctx)
	if err != nil {
		return access.Actor{}, err
	}
	rights := map[id.App]access.Verbs{}
	n := 0
	for _, header := range c.Tokens {
		for secret := range strings.SplitSeq(header, ",") {
			if n++; n > maxTokensPerRequest {
				return access.Actor{}, errs.E(errs.Invalid, "auth.tokenTooMany", errs.Args{"max": maxTokensPerRequest})
			}
			t, ok := d.tokens[digest(strings.TrimSpace(secret))]
			if !ok {
				return access.Actor{}, errs.E(errs.Invalid, "auth.tokenUnknown")
			}
			if _, again := rights[t.App]; again {
				return access.Actor{}, errs.E(errs.Invalid, "auth.tokenDuplicate")
			}
			rights[t.App] = t.Rights
		}
	}
	return access.Token(access.TokenInfo{As: d.builtin.info(d.site.Lang), Rights: rights}), nil
}

func (s *Service) bySession(ctx context.Context, c Credentials) (access.Actor, *Session, error) {
	session, a, err := s.session(ctx, c.Cookie)
	if err != nil || session == nil {
		return access.Actor{}, nil, err
	}
	if c.Write && (c.CSRF == nil || !session.proves(c.CSRF())) {
		return access.Actor{}, nil, errs.E(errs.Forbidden, "auth.csrf")
	}
	d, err := s.directory(ctx)
	if err != nil {
		return access.Actor{}, nil, err
	}
	who, err := a.enter(c, d)
	return who, session, err
}

// language is what a user reads who follows the browser.
func language(c Credentials, d *directory) i18n.Lang {
	return i18n.Accept(c.AcceptLanguage, d.site.Lang)
}

// ActAsAdministrator is ActAs for work on the people of the site, which belongs to no service: ok is false unless the user
// administers the site.
func (s *Service) ActAsAdministrator(ctx context.Context, user id.User) (who access.Actor, ok bool, err error) {
	d, err := s.directory(ctx)
	if err != nil {
		return who, false, err
	}
	a := d.byID[user]
	if a == nil || !a.active() || !a.Admin {
		return who, false, nil
	}
	return a.actor(d.site.Lang), true, nil
}

// ActAsGiver returns a user as who asks, for what goes on to be given to others under his rights until it is taken back or he
// loses them: a suspended one too, and the account that programs write as, which is in no group. ok is false when he was
// deleted.
func (s *Service) ActAsGiver(ctx context.Context, user id.User) (who access.Actor, ok bool, err error) {
	d, err := s.directory(ctx)
	if err != nil {
		return who, false, err
	}
	a := d.byID[user]
	if a == nil || a.deleted {
		return who, false, nil
	}
	return a.actor(d.site.Lang), true, nil
}

// ActAs returns a user as who asks, for work that is done later in that user's name and under his rights: a notice to
// him, a link he made. ok is false when he may not act any more.
func (s *Service) ActAs(ctx context.Context, user id.User) (who access.Actor, ok bool, err error) {
	d, err := s.directory(ctx)
	if err != nil {
		return who, false, err
	}
	a := d.byID[user]
	if a == nil || !a.acts() {
		return who, false, nil
	}
	return a.actor(d.site.Lang), true, nil
}
