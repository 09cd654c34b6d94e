package identity

import (
	"context"
	"strings"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/id"
)

// Setup is the first administrator and his company. Locale and Timezone are his and the site's default.
type Setup struct {
	Name, Code, Password string
	Company              string
	Locale, Timezone     string
}

// NeedsSetup reports whether there is no user yet.
func (s *Service) NeedsSetup(ctx context.Context) (bool, error) {
	var n int
	err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		n, err = count(ctx, tx, countUsers)
		return err
	})
	return n == 0, err
}

// NewSetupSecret returns a one-time secret for SetUp, for the operator's eyes only, and makes any earlier one void.
// Only its hash is kept. It is "" when there are users already.
func (s *Service) NewSetupSecret(ctx context.Context) (secret string, err error) {
	err = s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		secret = ""
		n, err := count(ctx, tx, countUsers)
		if err != nil || n > 0 {
			return err
		}
		secret = id.Short(32)
		_, err = tx.Exec(ctx, upsertSetting, settingSetup, digest(secret))
		return err
	})
	return secret, err
}

// CheckSetupSecret reports whether SetUp would take secret.
func (s *Service) CheckSetupSecret(ctx context.Context, secret string) (ok bool, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		var want string
		err := tx.QueryRow(ctx, selectSetting, settingSetup).Scan(&want)
		if err == db.ErrNoRows {
			err = nil
		}
		ok = want != "" && want == digest(secret) // digests: their comparison tells nothing about the secret
		return err
	})
	return ok, err
}

// SetUp makes the first administrator for whoever holds the one-time secret, which is void from then on. Of several at
// the same time one succeeds.
//
// Errors: NotFound "setup.gone" for a secret that is wrong, used or not needed any more; Invalid by the paths name,
// login, password, company, locale and timezone.
func (s *Service) SetUp(ctx context.Context, secret string, in Setup) (User, error) {
	ok, err := s.CheckSetupSecret(ctx, secret)
	if err != nil {
		return User{}, err
	}
	if !ok {
		return User{}, errs.E(errs.NotFound, "setup.gone")
	}
	a, err := s.firstAdmin(ctx, in)
	if err != nil {
		return User{}, err
	}
	err = s.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		used, err := tx.Exec(ctx, deleteSetting, settingSetup, digest(secret))
		if err != nil {
			return err
		}
		n, err := count(ctx, tx, countUsers)
		if err != nil {
			return err
		}
		if used == 0 || n > 0 {
			return errs.E(errs.NotFound, "setup.gone")
		}
		return s.found(ctx, tx, a, in)
	})
	return a.User, err
}

// SetUpUnattended makes the first administrator without a secret, for an operator who gave login name and password in
// the environment. It reports false and does nothing when there are users already.
//
// Errors: as SetUp.
func (s *Service) SetUpUnattended(ctx context.Context, in Setup) (made bool, err error) {
	if needed, err := s.NeedsSetup(ctx); err != nil || !needed {
		return false, err
	}
	a, err := s.firstAdmin(ctx, in)
	if err != nil {
		return false, err
	}
	err = s.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		n, err := count(ctx, tx, countUsers)
		if made = err == nil && n == 0; !made {
			return err
		}
		if _, err := tx.Exec(ctx, clearSetting, settingSetup); err != nil {
			return err
		}
		return s.found(ctx, tx, a, in)
	})
	return made && err == nil, err
}

// firstAdmin checks in and returns the account that it describes.
func (s *Service) firstAdmin(ctx context.Context, in Setup) (*account, error) {
	a := &account{User: User{Code: strings.TrimSpace(in.Code), Name: in.Name, Locale: in.Locale, Timezone: in.Timezone, Valid: true, Admin: true, Services: []string{Product}}}
	var p errs.Fields
	checkCode(&p, "login", a.Code)
	checkText(&p, "name", a.Name, true)
	checkText(&p, "company", in.Company, true)
	checkLocale(&p, "locale", a.Locale, true)
	checkZone(&p, "timezone", a.Timezone)
	if key := checkPassword(in.Password, a.Code); key != "" {
		p.Add("password", key, errs.Args{"min": minPassword, "max": maxPassword})
	}
	if err := p.Err(); err != nil {
		return nil, err
	}
	var err error
	a.hash, err = s.hash(ctx, in.Password)
	return a, err
}

// found stores the first administrator and the site.
func (s *Service) found(ctx context.Context, tx *db.Tx, a *account, in Setup) error {
	if err := s.insertUser(ctx, tx, a, "login"); err != nil {
		return err
	}
	s.audit(tx, "set up", "user", a.ID)
	return saveSite(ctx, tx, Site{Name: in.Company, Lang: i18n.Parse(in.Locale, i18n.Ja), Timezone: in.Timezone})
}
