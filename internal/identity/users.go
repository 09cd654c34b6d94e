package identity

import (
	"context"
	"fmt"
	"strings"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

// The limits of lists.
// Source: cybozu.com User API.
const (
	maxPage    = 100
	maxSuggest = 50
)

// Filter chooses users: by IDs or by Codes (not both), or, with neither, all of them. Size is at most 100 and
// 100 when 0.
type Filter struct {
	IDs          []id.User
	Codes        []string
	Offset, Size int
}

// Users returns users by id. Those that are asked for and do not exist are left out.
//
// Errors: Forbidden unless who administers the site; Invalid by the paths ids, codes, offset and size.
func (s *Service) Users(ctx context.Context, who access.Actor, f Filter) ([]User, error) {
	if !administers(who) {
		return nil, forbidden()
	}
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
	if err := p.Err(); err != nil {
		return nil, err
	}
	if f.Size == 0 {
		f.Size = maxPage
	}
	d, err := s.directory(ctx)
	if err != nil {
		return nil, err
	}
	found := d.find(f)
	found = found[min(f.Offset, len(found)):]
	found = found[:min(f.Size, len(found))]
	return s.withLocks(ctx, found)
}

// find returns the accounts that f names, in no page yet.
func (d *directory) find(f Filter) []*account {
	if len(f.IDs) == 0 && len(f.Codes) == 0 {
		return d.order
	}
	var found []*account
	for _, user := range f.IDs {
		if a := d.byID[user]; a != nil && !a.deleted && !a.builtin {
			found = append(found, a)
		}
	}
	for _, code := range f.Codes {
		if a := d.byCode[foldCode(code)]; a != nil && !a.builtin {
			found = append(found, a)
		}
	}
	return found
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
// Errors: Forbidden unless who administers the site; NotFound.
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

// Suggest returns at most limit (1 to 50) active users whose name, reading or login name contains q, case and width
// aside: those that begin with q first, then by id. Any user may ask; only ID, Code and Name are filled in.
func (s *Service) Suggest(ctx context.Context, who access.Actor, q string, limit int) ([]User, error) {
	if who.Kind() != access.KindUser {
		return nil, forbidden()
	}
	d, err := s.directory(ctx)
	if err != nil {
		return nil, err
	}
	limit = min(max(limit, 1), maxSuggest)
	q = foldCode(strings.TrimSpace(q))
	var first, then []User
	for _, a := range d.order {
		if !a.active() {
			continue
		}
		u := User{ID: a.ID, Code: a.Code, Name: a.Name}
		name, code := foldCode(a.Name), foldCode(a.Code)
		reading := foldCode(a.Profile.SurNameReading + a.Profile.GivenNameReading)
		switch {
		case strings.HasPrefix(name, q), strings.HasPrefix(code, q), q != "" && strings.HasPrefix(reading, q):
			if first = append(first, u); len(first) == limit {
				return first, nil
			}
		case strings.Contains(name, q), strings.Contains(code, q), strings.Contains(reading, q):
			then = append(then, u)
		}
	}
	first = append(first, then...)
	return first[:min(limit, len(first))], nil
}
