package identity

import (
	"context"
	"fmt"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

// Absence is a time in which a user has a deputy: somebody who takes his turns in processes, in his name. It gives the deputy
// no right but those that rules give to the assignees of a record.
type Absence struct {
	User, Deputy id.User
	From, Until  string // the first and the last day, as 2026-04-01, where User lives
}

// covers reports whether an absence of somebody who lives in zone lasts at an instant.
func (a Absence) covers(at time.Time, zone *time.Location) bool {
	day := at.In(zone).Format(time.DateOnly)
	return a.From <= day && day <= a.Until
}

// Absence returns the absence that a user has noted, past or to come; ok is false when there is none.
func (d Directory) Absence(user id.User) (a Absence, ok bool) {
	a, ok = d.d.absences[user]
	return a, ok
}

// DeputyOf returns who takes a user's turns at an instant, if somebody does who may act.
func (d Directory) DeputyOf(user id.User, at time.Time) (deputy id.User, ok bool) {
	a, ok := d.d.absences[user]
	absent := d.d.byID[user]
	if !ok || absent == nil || absent.deleted || !a.covers(at, absent.zone) {
		return 0, false
	}
	_, ok = d.Account(a.Deputy)
	return a.Deputy, ok
}

// StandsInFor returns those whose deputy a user is at an instant, by id. A deputy's deputy is not among them.
func (d Directory) StandsInFor(user id.User, at time.Time) (list []id.User) {
	for _, absent := range d.d.standsInFor[user] {
		if _, ok := d.DeputyOf(absent, at); ok {
			list = append(list, absent)
		}
	}
	return list
}

// SetDeputy notes who takes the turns of the user who asks, from one day until another; code is his login name, "" ends it.
//
// Errors: Forbidden when who is not a user; Invalid by the paths deputy, from and until.
func (s *Service) SetDeputy(ctx context.Context, who access.Actor, code, from, until string) error {
	me, d, err := s.self(ctx, who)
	if err != nil {
		return err
	}
	a := Absence{User: me.ID, From: from, Until: until}
	if code != "" {
		var p errs.Fields
		deputy := d.byCode[foldCode(code)]
		switch {
		case deputy == nil || !deputy.acts():
			p.Add("deputy", "user.deputy.unknown", errs.Args{"code": code})
		case deputy.ID == me.ID:
			p.Add("deputy", "user.deputy.self")
		default:
			a.Deputy = deputy.ID
		}
		for path, day := range map[string]string{"from": from, "until": until} {
			if _, err := time.Parse(time.DateOnly, day); err != nil {
				p.Add(path, "user.deputy.day")
			}
		}
		if p.Len() == 0 && until < from {
			p.Add("until", "user.deputy.order")
		}
		if err := p.Err(); err != nil {
			return err
		}
	}
	return s.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		s.audit(tx, "deputy named", "user", a.User, "deputy", a.Deputy)
		return saveAbsence(ctx, tx, a)
	})
}

// saveAbsence stores a in the place of the one before; one without a deputy is none.
func saveAbsence(ctx context.Context, tx *db.Tx, a Absence) error {
	_, err := tx.Exec(ctx, `DELETE FROM user_absence WHERE user_id = ?`, a.User)
	if err == nil && a.Deputy != 0 {
		_, err = tx.Exec(ctx, `INSERT INTO user_absence (user_id, deputy_id, first_day, last_day) VALUES (?, ?, ?, ?)`,
			a.User, a.Deputy, a.From, a.Until)
	}
	if err != nil {
		return fmt.Errorf("identity: absence of %d: %w", a.User, err)
	}
	return nil
}

// loadAbsences reads who is away and for whom that is of interest.
func (d *directory) loadAbsences(ctx context.Context, tx *db.Tx) error {
	d.absences, d.standsInFor = map[id.User]Absence{}, map[id.User][]id.User{}
	return db.Each(ctx, tx, func(row db.RowScanner) error {
		var a Absence
		if err := row.Scan(&a.User, &a.Deputy, &a.From, &a.Until); err != nil {
			return err
		}
		d.absences[a.User] = a
		d.standsInFor[a.Deputy] = append(d.standsInFor[a.Deputy], a.User)
		return nil
	}, `SELECT user_id, deputy_id, first_day, last_day FROM user_absence ORDER BY user_id`)
}
