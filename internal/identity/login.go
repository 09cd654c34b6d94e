package identity

import (
	"context"
	"fmt"
	"net/netip"
	"strings"
	"unicode/utf8"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
)

// Login is what somebody typed into the login page.
type Login struct {
	Code, Password string
	IP             netip.Addr
	UserAgent      string
}

// Login begins a session of its own for whoever knows the password.
//
// Errors: Unauthenticated "auth.wrongLogin" whatever is wrong; TooMany "auth.locked" with seconds and minutes to wait.
func (s *Service) Login(ctx context.Context, l Login) (User, *Session, error) {
	free, err := s.slot(ctx)
	if err != nil {
		return User{}, nil, err
	}
	defer free()
	a, err := s.prove(ctx, l.Code, l.Password, l.IP)
	if err != nil {
		return User{}, nil, err
	}
	if a == nil {
		return User{}, nil, errs.E(errs.Unauthenticated, "auth.wrongLogin")
	}
	session, err := s.begin(ctx, a, l)
	return a.User, session, err
}

// prove returns the account that a login name and password belong to, or nil. Whether there is such a user, whether
// he may log in and which of the two is wrong cannot be told from the answer or from the time it takes. The caller holds
// a hashing slot.
//
// Errors: TooMany when it was tried too often.
func (s *Service) prove(ctx context.Context, code, password string, ip netip.Addr) (*account, error) {
	d, err := s.directory(ctx)
	if err != nil {
		return nil, err
	}
	code = strings.TrimSpace(strings.ToValidUTF8(code, "?"))
	if utf8.RuneCountInString(code) > maxCode {
		code = digest(code) // nobody's; bounded because it is remembered
	}
	key := strings.ReplaceAll(foldCode(code), "\x00", "?") // databases do not take NUL
	a := d.byCode[key]
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error { return s.mayTry(ctx, tx, key, a, ip) })
	if err != nil {
		return nil, err
	}
	hash := ""
	if a != nil && a.active() {
		hash = a.hash
	}
	ok, err := s.matches(password, hash)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, s.failed(ctx, key, a, ip)
	}
	return a, nil
}

// begin stores a new session of a.
func (s *Service) begin(ctx context.Context, a *account, l Login) (*Session, error) {
	session := newSession(a, l.UserAgent)
	err := s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := s.succeeded(ctx, tx, a, l.IP); err != nil {
			return err
		}
		s.audit(tx, "login", "user", a.ID, "ip", l.IP.String())
		return insertSession(ctx, tx, session)
	})
	if err != nil {
		return nil, fmt.Errorf("identity: login: %w", err)
	}
	return session, nil
}
