package identity

import (
	"context"
	"net/netip"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/httpx"
	"github.com/engawa/engawa/internal/id"
)

// Too many wrong passwords for one login name lock it: 30 seconds after the fifth in a row, twice as long after each
// further one, at most 15 minutes. An unknown login name is locked just the same, so that a lock tells nothing about
// who exists. And because anybody can cause a lock, it does not hold for networks from which the user has logged in
// before (they have a small allowance of their own instead), so that nobody can keep a user out of his own office.
const (
	freeFailures = 4
	firstLock    = 30 * time.Second
	longestLock  = 15 * time.Minute
	forgetAfter  = time.Hour // without a further failure
	maxFailures  = 20_000    // login names remembered
	maxNetworks  = 20        // remembered per user
)

// knownTry counts the failures of a user from one of his own networks.
type knownTry struct {
	user    id.User
	network netip.Prefix
}

const (
	selectFailure = `SELECT locked_until FROM login_failure WHERE code_key = ?`
	addFailure    = `
		INSERT INTO login_failure (code_key, failures, last_at, locked_until) VALUES (?, 1, ?, ?)
		ON CONFLICT (code_key) DO UPDATE SET last_at = excluded.last_at,
			failures = CASE WHEN login_failure.last_at < ? THEN 1 ELSE login_failure.failures + 1 END
		RETURNING failures`
	lockFailure    = `UPDATE login_failure SET locked_until = ? WHERE code_key = ?`
	deleteFailure  = `DELETE FROM login_failure WHERE code_key = ?`
	countFailures  = `SELECT COUNT(*) FROM login_failure`
	expireFailures = `DELETE FROM login_failure WHERE last_at < ?`
	selectLocks    = `SELECT code_key, locked_until FROM login_failure WHERE locked_until > ?`
	selectNetwork  = `SELECT 1 FROM known_network WHERE user_id = ? AND network = ?`
	upsertNetwork  = `
		INSERT INTO known_network (user_id, network, last_at) VALUES (?, ?, ?)
		ON CONFLICT (user_id, network) DO UPDATE SET last_at = excluded.last_at`
	trimNetworks = `
		DELETE FROM known_network WHERE user_id = ? AND network NOT IN (
			SELECT network FROM known_network WHERE user_id = ? ORDER BY last_at DESC, network LIMIT ?)`
)

// locked is told to whoever must wait.
func locked(wait time.Duration) error {
	seconds := int((wait + time.Second - 1) / time.Second)
	return errs.E(errs.TooMany, "auth.locked", errs.Args{"seconds": seconds, "minutes": (seconds + 59) / 60, "retryAfter": seconds})
}

// lockLength returns how long a login name is locked after a number of failures in a row.
func lockLength(failures int) time.Duration {
	if failures <= freeFailures {
		return 0
	}
	return min(firstLock<<min(failures-freeFailures-1, 10), longestLock)
}

// mayTry fails with TooMany when a login has to wait: of anybody on a network with many failures, of a login name
// that is locked. a is the account, or nil when there is none of that name.
func (s *Service) mayTry(ctx context.Context, tx *db.Tx, key string, a *account, ip netip.Addr) error {
	network := httpx.Network(ip)
	if a != nil { // first, so that whoever floods a network with wrong guesses keeps nobody out who is at home there
		var one int
		err := tx.QueryRow(ctx, selectNetwork, a.ID, network.String()).Scan(&one)
		if err == nil {
			if wait := s.known.Wait(knownTry{a.ID, network}); wait > 0 {
				return locked(wait)
			}
			return nil
		}
		if err != db.ErrNoRows {
			return err
		}
	}
	if wait := s.failures.Wait(network); wait > 0 {
		return locked(wait)
	}
	var until time.Time
	err := tx.QueryRow(ctx, selectFailure, key).Scan(&until)
	if err == db.ErrNoRows {
		return nil
	}
	if wait := until.Sub(tx.Now()); err == nil && wait > 0 {
		err = locked(wait)
	}
	return err
}

// failed counts a wrong password.
func (s *Service) failed(ctx context.Context, key string, a *account, ip netip.Addr) error {
	network := httpx.Network(ip)
	s.failures.Add(network)
	if a != nil {
		s.known.Add(knownTry{a.ID, network})
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		now := tx.Now()
		var n int
		if err := tx.QueryRow(ctx, addFailure, key, now, now, now.Add(-forgetAfter)).Scan(&n); err != nil {
			return err
		}
		user := id.User(0)
		if a != nil {
			user = a.ID
		}
		s.audit(tx, "login failed", "user", user, "ip", ip.String(), "failures", n)
		if n == 1 {
			return makeRoom(ctx, tx)
		}
		_, err := tx.Exec(ctx, lockFailure, now.Add(lockLength(n)), key)
		return err
	})
}

// makeRoom drops what is long ago, and with very many login names in use also what is a minute old.
func makeRoom(ctx context.Context, tx *db.Tx) error {
	if _, err := tx.Exec(ctx, expireFailures, tx.Now().Add(-forgetAfter)); err != nil {
		return err
	}
	n, err := count(ctx, tx, countFailures)
	if err == nil && n >= maxFailures {
		_, err = tx.Exec(ctx, expireFailures, tx.Now().Add(-time.Minute))
	}
	return err
}

// succeeded forgets the failures of a user and remembers where he is.
func (s *Service) succeeded(ctx context.Context, tx *db.Tx, a *account, ip netip.Addr) error {
	network := httpx.Network(ip)
	s.known.Forget(knownTry{a.ID, network})
	if err := forgetFailures(ctx, tx, foldCode(a.Code)); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, upsertNetwork, a.ID, network.String(), tx.Now()); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, trimNetworks, a.ID, a.ID, maxNetworks)
	return err
}

func forgetFailures(ctx context.Context, tx *db.Tx, key string) error {
	_, err := tx.Exec(ctx, deleteFailure, key)
	return err
}

// locksAt returns until when login names are locked.
func locksAt(ctx context.Context, tx *db.Tx, now time.Time) (map[string]time.Time, error) {
	locks := map[string]time.Time{}
	err := db.Each(ctx, tx, func(row db.RowScanner) error {
		var key string
		var until time.Time
		err := row.Scan(&key, &until)
		locks[key] = until
		return err
	}, selectLocks, now)
	return locks, err
}
