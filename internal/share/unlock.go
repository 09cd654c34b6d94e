package share

import (
	"context"
	"errors"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/httpx"
	"github.com/engawa/engawa/internal/id"
)

// Wrong passwords lock a link: for 30 seconds after the fifth in a row, twice as long after each further one, at most 15
// minutes. That is not a way to keep the right visitor out for long, because only who has the link can try, and a
// browser that is in stays in.
const (
	freeGuesses = 4
	firstLock   = 30 * time.Second
	longestLock = 15 * time.Minute
	forgetAfter = time.Hour
)

func lockLength(guesses int) time.Duration {
	if guesses <= freeGuesses {
		return 0
	}
	return min(firstLock<<min(guesses-freeGuesses-1, 10), longestLock)
}

// Unlock gives a visitor a pass for the password of a link. A link without a password needs none: the pass is empty.
//
// Errors: gone; Unauthenticated "share.wrongPassword"; TooMany.
func (s *Links) Unlock(ctx context.Context, v Visitor, password string) (Pass, error) {
	visit, err := s.find(ctx, v)
	if err != nil || !visit.link.HasPassword() {
		return Pass{}, err
	}
	l := visit.link
	if d := s.guesses.Take(httpx.Network(v.IP)); d > 0 {
		return Pass{}, s.refuse(ctx, l, v, tooMany(d))
	}
	// The guess counts before it is compared, so that many at once do not slip past the count.
	if err := s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return countGuess(ctx, tx, l.ID) }); err != nil {
		if errs.KindOf(err) == errs.TooMany {
			return Pass{}, s.refuse(ctx, l, v, err)
		}
		return Pass{}, err
	}
	right, err := s.people.MatchPassword(ctx, password, l.password)
	if err != nil {
		return Pass{}, err
	}
	if !right {
		if err := s.note(ctx, l, v, WrongPassword); err != nil {
			return Pass{}, err
		}
		return Pass{}, errs.E(errs.Unauthenticated, "share.wrongPassword")
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE share_link SET failures = 0, retry_at = '' WHERE id = ?`, l.ID)
		return wrap(err)
	})
	return s.newPass(l, s.db.Now()), err
}

// countGuess counts a guess at a link's password.
//
// Errors: TooMany while the link is locked; then nothing is counted.
func countGuess(ctx context.Context, tx *db.Tx, n id.Share) error {
	now := tx.Now()
	var guesses int
	err := tx.QueryRow(ctx, `
		UPDATE share_link SET failures = CASE WHEN tried_at < ? THEN 1 ELSE failures + 1 END, tried_at = ?
		WHERE id = ? AND retry_at <= ? RETURNING failures`,
		now.Add(-forgetAfter), now, n, now).Scan(&guesses)
	if errors.Is(err, db.ErrNoRows) {
		var until time.Time
		if err := tx.QueryRow(ctx, `SELECT retry_at FROM share_link WHERE id = ?`, n).Scan(&until); err != nil {
			return wrap(err)
		}
		return tooMany(until.Sub(now))
	}
	if d := lockLength(guesses); err == nil && d > 0 {
		_, err = tx.Exec(ctx, `UPDATE share_link SET retry_at = ? WHERE id = ?`, now.Add(d), n)
	}
	return wrap(err)
}
