package identity

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/text"
)

// How long a session lasts.
const (
	sessionIdle  = 3 * 24 * time.Hour  // without a request
	sessionLife  = 30 * 24 * time.Hour // in any case
	sessionTouch = 5 * time.Minute     // how exactly the last request is remembered
	maxAgent     = 200                 // bytes kept of what the browser calls itself
)

// Session is a browser that is logged in.
type Session struct {
	Token     string // the cookie's value; only known when the session begins
	CSRF      string // what writes must show beside the cookie
	User      id.User
	ExpiresAt time.Time // in any case

	hash        string
	agent       string
	authVersion int64
	lastSeen    time.Time
}

// proves reports whether a write comes from a page of ours.
func (s *Session) proves(csrf string) bool {
	return csrf != "" && subtle.ConstantTimeCompare([]byte(csrf), []byte(s.CSRF)) == 1
}

func newSession(a *account, agent string) *Session {
	token := id.Key()
	if len(agent) > maxAgent {
		agent = agent[:maxAgent]
	}
	agent = text.Keep(agent)
	return &Session{Token: token, CSRF: id.Key(), User: a.ID, hash: digest(token), agent: agent, authVersion: a.authVersion}
}

// digest is how the database knows a random secret. It needs no salt and no cost: nobody can guess 256 bits.
func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

const (
	insertSessionRow = `
		INSERT INTO session (token_hash, user_id, auth_version, csrf, user_agent, created_at, last_seen_at, expires_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
	selectSession      = `SELECT user_id, auth_version, csrf, last_seen_at, expires_at FROM session WHERE token_hash = ?`
	touchSession       = `UPDATE session SET last_seen_at = ? WHERE token_hash = ?`
	renewSession       = `UPDATE session SET auth_version = ? WHERE token_hash = ?`
	deleteSession      = `DELETE FROM session WHERE token_hash = ?`
	deleteUserSessions = `DELETE FROM session WHERE user_id = ? AND token_hash <> ?`
	expireSessions     = `DELETE FROM session WHERE expires_at < ?`
)

// insertSession stores a session that begins, and clears away those that are over.
func insertSession(ctx context.Context, tx *db.Tx, s *Session) error {
	now := tx.Now()
	s.ExpiresAt, s.lastSeen = now.Add(sessionLife), now
	if _, err := tx.Exec(ctx, expireSessions, now); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, insertSessionRow, s.hash, s.User, s.authVersion, s.CSRF, s.agent, now, now, s.ExpiresAt)
	return err
}

// sessionOf returns the session that a cookie belongs to, or nil when there is none that still lasts.
func sessionOf(ctx context.Context, tx *db.Tx, cookie string) (*Session, error) {
	s := Session{hash: digest(cookie)}
	err := tx.QueryRow(ctx, selectSession, s.hash).Scan(&s.User, &s.authVersion, &s.CSRF, &s.lastSeen, &s.ExpiresAt)
	switch now := tx.Now(); {
	case err == db.ErrNoRows:
		return nil, nil
	case err != nil:
		return nil, err
	case now.After(s.ExpiresAt), now.Sub(s.lastSeen) > sessionIdle:
		return nil, nil
	}
	return &s, nil
}

// endSessions ends the sessions of a user but the one with the hash except.
func endSessions(ctx context.Context, tx *db.Tx, user id.User, except string) error {
	_, err := tx.Exec(ctx, deleteUserSessions, user, except)
	return err
}

// session returns the session of a cookie and its user, or nil when they do not hold any more.
func (s *Service) session(ctx context.Context, cookie string) (*Session, *account, error) {
	var session *Session
	err := s.db.ReadOne(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		session, err = sessionOf(ctx, tx, cookie)
		return err
	})
	if err != nil || session == nil {
		return nil, nil, err
	}
	d, err := s.directory(ctx)
	if err != nil {
		return nil, nil, err
	}
	a := d.byID[session.User]
	if a == nil || !a.active() || a.authVersion != session.authVersion {
		return nil, nil, nil
	}
	if now := s.clock(); now.Sub(session.lastSeen) > sessionTouch {
		err = s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, touchSession, now, session.hash)
			return err
		})
	}
	return session, a, err
}

// Logout ends a session. Ending one that is over, or nil, is no error.
func (s *Service) Logout(ctx context.Context, session *Session) error {
	if session == nil {
		return nil
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		s.audit(tx, "logout", "user", session.User)
		_, err := tx.Exec(ctx, deleteSession, session.hash)
		return err
	})
}
