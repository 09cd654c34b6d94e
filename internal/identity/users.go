package identity

import (
	"context"
	"fmt"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
)

// maxPage is how many of a list one call returns or takes.
// Source: cybozu.com User API.
const maxPage = 100

// Filter chooses users, organisations or groups: by IDs or by Codes (not both), or, with neither, all of them. Size is at
// most 100 and 100 when 0.
type Filter struct {
	IDs          []int64
	Codes        []string
	Offset, Size int
}

// check tells what is wrong with f by the paths ids, codes, offset and size.
func (f Filter) check() error {
	var p errs.Fields
	if len(f.IDs) > 0 && len(f.Codes) > 0 {
		p.Add("codes", "user.idsOrCodes")
	}
	for _, list := range []struct {
		path string
		n    int
	}{{"ids", len(f.IDs)}, {"codes", len(f.Codes)}, {"size", f.Size}} {
		if list.n < 0 || list.n > maxPage {
			p.Add(list.path, "user.size", errs.Args{"min": 0, "max": maxPage})
		}
	}
	if f.Offset < 0 {
		p.Add("offset", "user.atLeast", errs.Args{"min": 0})
	}
	return p.Err()
}

func (f Filter) size() int {
	if f.Size == 0 {
		return maxPage
	}
	return f.Size
}

// Users returns users by id. Those that are asked for and do not exist are left out. Of others, whoever does not
// administer the site gets to know what public says.
//
// Errors: Forbidden unless who is a user; Invalid by the paths ids, codes, offset and size.
// Source: cybozu.com User API, which lets every user read this.
func (s *Service) Users(ctx context.Context, who access.Actor, f Filter) ([]User, error) {
	d, err := s.seenBy(ctx, who)
	if err != nil {
		return nil, err
	}
	keys := make([]string, len(f.Codes))
	for i, code := range f.Codes {
		keys[i] = foldCode(code)
	}
	f.Codes = keys
	found, err := pick(f, d.order, func(a *account) (int64, string) { return int64(a.ID), foldCode(a.Code) })
	if err != nil {
		return nil, err
	}
	return s.asSeenBy(ctx, who, found)
}

// seenBy returns the directory for somebody who may look into it: every user, and the product itself.
func (s *Service) seenBy(ctx context.Context, who access.Actor) (*directory, error) {
	if who.Kind() != access.KindUser && !administers(who) {
		return nil, forbidden()
	}
	return s.directory(ctx)
}

// seenUser is seenBy with one user of it.
func (s *Service) seenUser(ctx context.Context, who access.Actor, code string) (*directory, *account, error) {
	d, err := s.seenBy(ctx, who)
	if err != nil {
		return nil, nil, err
	}
	a := d.byCode[foldCode(code)]
	if a == nil || a.builtin {
		return nil, nil, unknownUser(code)
	}
	return d, a, nil
}

// asSeenBy returns the accounts as who may see them.
func (s *Service) asSeenBy(ctx context.Context, who access.Actor, accounts []*account) ([]User, error) {
	if administers(who) {
		return s.withLocks(ctx, accounts)
	}
	users := make([]User, len(accounts))
	for i, a := range accounts {
		if users[i] = a.User; a.ID != who.UserID() {
			users[i] = a.public()
		}
	}
	return users, nil
}

// public is what every user may know of another: what he is called and where he is, not how to reach him.
func (a *account) public() User {
	u := a.User
	u.Email, u.Admin, u.Services = "", false, nil
	u.Profile = Profile{
		SurName: a.Profile.SurName, GivenName: a.Profile.GivenName, SurNameReading: a.Profile.SurNameReading,
		GivenNameReading: a.Profile.GivenNameReading, LocalName: a.Profile.LocalName, LocalNameLocale: a.Profile.LocalNameLocale,
		SortOrder: a.Profile.SortOrder,
	}
	return u
}

// withLocks returns the accounts as users, with what is known about failed logins.
func (s *Service) withLocks(ctx context.Context, accounts []*account) ([]User, error) {
	users := make([]User, len(accounts))
	err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		locks, err := locksAt(ctx, tx, tx.Now())
		for i, a := range accounts {
			users[i] = a.User
			users[i].LockedUntil = locks[foldCode(a.Code)]
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("identity: users: %w", err)
	}
	return users, nil
}

// User returns one user by login name.
//
// Errors: Forbidden unless who is a user; NotFound.
func (s *Service) User(ctx context.Context, who access.Actor, code string) (User, error) {
	found, err := s.Users(ctx, who, Filter{Codes: []string{code}})
	if err != nil {
		return User{}, err
	}
	if len(found) == 0 {
		return User{}, unknownUser(code)
	}
	return found[0], nil
}

func unknownUser(code string) error {
	return errs.E(errs.NotFound, "user.unknown", errs.Args{"code": code})
}
