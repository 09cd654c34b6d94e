package identity

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
)

// UpdateUsers changes users, all of them or none.
//
// Errors: Forbidden unless who administers the site; NotFound; Invalid by paths such as users[0].name; Conflict when
// no active administrator would be left.
func (s *Service) UpdateUsers(ctx context.Context, who access.Actor, list []Change) error {
	if !administers(who) {
		return forbidden()
	}
	d, err := s.directory(ctx)
	if err != nil {
		return err
	}
	// Checked first on what the directory says, so that every problem is told and passwords are hashed outside the
	// transaction; then applied to what the table says.
	drafts := make([]*account, len(list))
	for i := range list {
		now := d.byCode[foldCode(list[i].Code)]
		if now == nil || now.builtin {
			return unknownUser(list[i].Code)
		}
		draft := *now
		list[i].apply(&draft)
		drafts[i] = &draft
	}
	if err := s.prepare(ctx, d, list, drafts); err != nil {
		return err
	}
	return s.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		for i := range list {
			if err := s.updateUser(ctx, tx, who, &list[i], drafts[i].hash, at("users", i)); err != nil {
				return err
			}
		}
		return keepAnAdmin(ctx, tx)
	})
}

func (s *Service) updateUser(ctx context.Context, tx *db.Tx, who access.Actor, c *Change, hash, path string) error {
	a, err := accountByCode(ctx, tx, c.Code)
	if err != nil {
		return err
	}
	if a == nil {
		return unknownUser(c.Code)
	}
	before := *a
	c.apply(a)
	if c.Password != nil {
		a.hash = hash
	}
	if c.Primary != nil && a.Primary != 0 {
		if err := checkPrimary(ctx, tx, a, path+".primaryOrganization"); err != nil {
			return err
		}
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return save(ctx, tx, a) })
	if err != nil {
		return taken(err, path+".newCode")
	}
	if err := s.recode(ctx, tx, KindUser, map[string]string{before.Code: a.Code}); err != nil {
		return err
	}
	if a.authVersion != before.authVersion {
		if err := endSessions(ctx, tx, a.ID, ""); err != nil {
			return err
		}
	}
	s.audit(tx, "user changed", "user", a.ID, "valid", a.Valid, "admin", a.Admin,
		"password", c.Password != nil, "by", who.String())
	return nil
}

// checkPrimary refuses a primary organisation that is not one of the user's own.
func checkPrimary(ctx context.Context, tx *db.Tx, a *account, path string) error {
	var n int
	if err := tx.QueryRow(ctx, countPlaces, a.ID, a.Primary).Scan(&n); err != nil || n > 0 {
		return err
	}
	var p errs.Fields
	p.Add(path, "user.primary")
	return p.Err()
}

// keepAnAdmin fails when nobody is left who could undo a mistake.
func keepAnAdmin(ctx context.Context, tx *db.Tx) error {
	n, err := count(ctx, tx, countAdmins)
	if err == nil && n == 0 {
		err = errs.E(errs.Conflict, "user.lastAdmin")
	}
	return err
}

// Suspend stops a user from acting from the next request on, or lets him act again.
//
// Errors: as UpdateUsers.
func (s *Service) Suspend(ctx context.Context, who access.Actor, code string, suspended bool) error {
	return s.UpdateUsers(ctx, who, []Change{{Code: code, Valid: new(!suspended)}})
}

// SetPassword gives a user a new password and ends his sessions.
//
// Errors: as UpdateUsers, at users[0].password.
func (s *Service) SetPassword(ctx context.Context, who access.Actor, code, password string) error {
	return s.UpdateUsers(ctx, who, []Change{{Code: code, Password: &password}})
}

// Unlock forgets a user's failed logins.
//
// Errors: Forbidden unless who administers the site; NotFound.
func (s *Service) Unlock(ctx context.Context, who access.Actor, code string) error {
	if !administers(who) {
		return forbidden()
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		a, err := accountByCode(ctx, tx, code)
		if err != nil {
			return err
		}
		if a == nil {
			return unknownUser(code)
		}
		s.audit(tx, "user unlocked", "user", a.ID, "by", who.String())
		return forgetFailures(ctx, tx, foldCode(code))
	})
}

// DeleteUsers makes users part of the past: they cannot log in and are found by id only, without code
// and name; what they wrote stays. Settings that name them forget them, so that nobody who gets the same login name later
// steps into their place. All of them or none.
//
// Errors: Forbidden unless who administers the site; NotFound; Conflict when no active administrator would be left.
func (s *Service) DeleteUsers(ctx context.Context, who access.Actor, codes []string) error {
	if !administers(who) {
		return forbidden()
	}
	return s.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		for _, code := range codes {
			a, err := accountByCode(ctx, tx, code)
			if err != nil {
				return err
			}
			if a == nil {
				return unknownUser(code)
			}
			if err := remove(ctx, tx, a.ID); err != nil {
				return err
			}
			if err := endSessions(ctx, tx, a.ID, ""); err != nil {
				return err
			}
			if err := s.recode(ctx, tx, KindUser, map[string]string{a.Code: goneUser(a.ID)}); err != nil {
				return err
			}
			s.audit(tx, "user deleted", "user", a.ID, "by", who.String())
		}
		return keepAnAdmin(ctx, tx)
	})
}
