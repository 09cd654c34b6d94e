package identity

import (
	"context"
	"net/netip"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
)

// Me returns the account of the user who asks.
//
// Errors: Forbidden when who is not a user.
func (s *Service) Me(ctx context.Context, who access.Actor) (User, error) {
	a, _, err := s.self(ctx, who)
	if err != nil {
		return User{}, err
	}
	return a.User, nil
}

func (s *Service) self(ctx context.Context, who access.Actor) (*account, *directory, error) {
	d, err := s.directory(ctx)
	if err != nil {
		return nil, nil, err
	}
	a := d.byID[who.UserID()]
	if who.Kind() != access.KindUser || a == nil || !a.active() {
		return nil, nil, forbidden()
	}
	return a, d, nil
}

// UpdateMe changes what a user may change of himself: Name, Email, Locale and Timezone. The rest of c is ignored.
//
// Errors: Forbidden when who is not a user; Invalid by the paths name, email, locale and timezone.
func (s *Service) UpdateMe(ctx context.Context, who access.Actor, c Change) error {
	a, _, err := s.self(ctx, who)
	if err != nil {
		return err
	}
	c = Change{Name: c.Name, Email: c.Email, Locale: c.Locale, Timezone: c.Timezone}
	draft := *a
	c.apply(&draft)
	var p errs.Fields
	draft.check(&p, "")
	if err := p.Err(); err != nil {
		return err
	}
	return s.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		now, err := accountByCode(ctx, tx, a.Code)
		if err != nil {
			return err
		}
		if now == nil || now.ID != a.ID {
			return forbidden() // renamed or deleted a moment ago
		}
		c.apply(now)
		return save(ctx, tx, now)
	})
}

// ChangePassword gives the user who asks a new password. His other sessions end, session goes on; it is nil when he
// asked without one. Wrong tries count as failed logins.
//
// Errors: Forbidden when who is not a user; Invalid by the paths current and next; TooMany.
func (s *Service) ChangePassword(ctx context.Context, who access.Actor, session *Session, ip netip.Addr, current, next string) error {
	a, _, err := s.self(ctx, who)
	if err != nil {
		return err
	}
	var p errs.Fields
	if key := checkPassword(next, a.Code); key != "" {
		p.Add("next", key, errs.Args{"min": minPassword, "max": maxPassword})
	}
	if ok, err := s.knows(ctx, a, current, ip); err != nil {
		return err
	} else if !ok {
		p.Add("current", "user.password.wrong")
	}
	if err := p.Err(); err != nil {
		return err
	}
	hash, err := s.hash(ctx, next)
	if err != nil {
		return err
	}
	return s.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		now, err := accountByCode(ctx, tx, a.Code)
		if err != nil {
			return err
		}
		if now == nil || now.ID != a.ID || now.authVersion != a.authVersion {
			return forbidden() // something changed a moment ago: this proof does not count any more
		}
		now.hash = hash
		now.authVersion++
		if err := save(ctx, tx, now); err != nil {
			return err
		}
		s.audit(tx, "password changed", "user", a.ID)
		return keepSession(ctx, tx, now, session)
	})
}

// knows reports whether the user behind a knows its password.
func (s *Service) knows(ctx context.Context, a *account, password string, ip netip.Addr) (bool, error) {
	free, err := s.slot(ctx)
	if err != nil {
		return false, err
	}
	defer free()
	proved, err := s.prove(ctx, a.Code, password, ip)
	return proved != nil, err
}

// keepSession ends the sessions of a but this one, which goes on under a's new version.
func keepSession(ctx context.Context, tx *db.Tx, a *account, session *Session) error {
	if session == nil {
		return endSessions(ctx, tx, a.ID, "")
	}
	if err := endSessions(ctx, tx, a.ID, session.hash); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, renewSession, a.authVersion, session.hash)
	return err
}
