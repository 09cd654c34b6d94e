package identity

import (
	"context"
	"fmt"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

// Change is what to set of a user; nil leaves it as it is, and gives the default in a new one: locale auto, the
// site's time zone, valid, not an administrator, with the product as his only service.
type Change struct {
	Code     string  // whom; the login name of a new user
	NewCode  *string // renames
	Name     *string
	Email    *string
	Locale   *string
	Timezone *string
	Valid    *bool
	Admin    *bool
	Password *string
	Primary  *id.Organization // one of his own, 0 is none
	Profile  func(*Profile)

	NoPassword bool // a new user who cannot log in until he is given a password

	hash string // of Password, once it is known
}

// apply sets on a what c says. Whatever was proved with the old password or before a suspension no longer counts.
func (c *Change) apply(a *account) {
	set(&a.Code, c.NewCode)
	set(&a.Name, c.Name)
	set(&a.Email, c.Email)
	set(&a.Locale, c.Locale)
	set(&a.Timezone, c.Timezone)
	set(&a.Admin, c.Admin)
	if c.Valid != nil && *c.Valid != a.Valid || c.Password != nil || c.NewCode != nil {
		a.authVersion++
	}
	set(&a.Valid, c.Valid)
	set(&a.Primary, c.Primary)
	if c.Profile != nil {
		c.Profile(&a.Profile)
	}
}

// codePath is where the login name stands that the user is to have.
func (c *Change) codePath() string {
	if c.NewCode != nil {
		return "newCode"
	}
	return "code"
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

// AddUsers adds users, all of them or none.
//
// Errors: Forbidden unless who administers the site; Invalid by paths such as users[0].code.
func (s *Service) AddUsers(ctx context.Context, who access.Actor, list []Change) error {
	if !administers(who) {
		return forbidden()
	}
	d, err := s.directory(ctx)
	if err != nil {
		return err
	}
	accounts := make([]*account, len(list))
	for i := range list {
		accounts[i] = newAccount(&list[i], d.site)
	}
	if err := s.prepare(ctx, d, list, accounts); err != nil {
		return err
	}
	return s.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		for i, a := range accounts {
			if a.Primary != 0 {
				var p errs.Fields
				p.Add(at("users", i)+".primaryOrganization", "user.primary")
				return p.Err()
			}
			if err := s.insertUser(ctx, tx, a, fmt.Sprintf("users[%d].code", i)); err != nil {
				return err
			}
			s.audit(tx, "user added", "user", a.ID, "admin", a.Admin, "by", who.String())
		}
		return nil
	})
}

func newAccount(c *Change, site Site) *account {
	a := &account{User: User{Code: c.Code, Locale: "auto", Timezone: site.Timezone, Valid: true, Services: []string{Product}}}
	c.apply(a)
	a.authVersion = 1
	return a
}

// insertUser stores a, in a savepoint so that a login name that is taken can be told at path.
func (s *Service) insertUser(ctx context.Context, tx *db.Tx, a *account, path string) error {
	err := s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return insert(ctx, tx, a) })
	return taken(err, path)
}

// taken turns a login name that somebody else has into a problem at path.
func taken(err error, path string) error {
	if !db.UniqueViolation(err) {
		return err
	}
	var p errs.Fields
	p.Add(path, "user.code.taken")
	return p.Err()
}

// prepare checks accounts as they would become and hashes new passwords, outside any transaction because that takes
// tens of milliseconds each.
func (s *Service) prepare(ctx context.Context, d *directory, list []Change, accounts []*account) error {
	var p errs.Fields
	seen := map[string]bool{}
	for i, a := range accounts {
		path := fmt.Sprintf("users[%d].", i)
		a.check(&p, path)
		key := foldCode(a.Code)
		if other := d.byCode[key]; key != "" && (seen[key] || other != nil && other.ID != a.ID) {
			p.Add(path+list[i].codePath(), "user.code.taken")
		}
		seen[key] = true
		if c := list[i]; c.Password != nil {
			if key := checkPassword(*c.Password, a.Code); key != "" {
				p.Add(path+"password", key, errs.Args{"min": minPassword, "max": maxPassword})
			}
		} else if a.ID == 0 && !c.NoPassword {
			p.Add(path+"password", "user.required")
		}
	}
	if err := p.Err(); err != nil {
		return err
	}
	for i, c := range list {
		if c.Password == nil {
			continue
		}
		var err error
		if accounts[i].hash = c.hash; c.hash != "" {
			continue
		}
		if accounts[i].hash, err = s.hash(ctx, *c.Password); err != nil {
			return err
		}
	}
	return nil
}

// Hash hashes the password of c, so that what follows need not take the time: tens of milliseconds. For use before a
// transaction in which many users are changed. What is wrong with the password is told there.
func (s *Service) Hash(ctx context.Context, c *Change) (err error) {
	if c.Password != nil && checkPassword(*c.Password, c.Code) == "" {
		c.hash, err = s.hash(ctx, *c.Password)
	}
	return err
}
