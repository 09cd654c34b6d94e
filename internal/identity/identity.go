// Package identity knows who is who: users and their passwords, the organisations and groups they are in, sessions of
// browsers, API tokens of programs, the first administrator, and the site's own name and language. Authenticate turns credentials into an access.Actor.
//
// What an actor may do is not decided here (access), except what concerns users themselves.
//
// Everything that requests ask again and again is answered from a directory in memory that carries the revision it was
// made from; any change of users or tokens makes a new one, so that suspending somebody holds from the next request on.
package identity

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/netip"
	"sync/atomic"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/httpx"
)

// Options say how a Service works. The zero value serves one process on its own.
type Options struct {
	// Shared says that other processes write to the same database (db.DB.Exclusive is false), so that the directory's
	// revision must be compared at each request.
	Shared bool
	// HashMemory is what a password costs to hash, in KiB; 0 is the recommended 19 MiB. Tests take less.
	HashMemory uint32
	// Clock tells the time; nil is time.Now.
	Clock func() time.Time
	// Log takes the audit lines; nil is slog.Default.
	Log *slog.Logger
}

// Service is the people of one site. It is safe for concurrent use.
type Service struct {
	db     *db.DB
	shared bool
	clock  func() time.Time
	log    *slog.Logger

	dir     atomic.Pointer[directory]
	wanted  atomic.Int64  // the last revision that this process knows to be committed
	loading chan struct{} // held by whoever reads the directory

	referrers []Referrer

	verified *verified
	memory   uint32        // per password being hashed, in KiB
	dummy    string        // hash that costs as much as any and that no password matches
	hashing  chan struct{} // a slot per password being hashed
	failures *httpx.Limiter[netip.Prefix]
	known    *httpx.Limiter[knownTry]
}

// New returns the people whose accounts are in d, whose tables must be there.
func New(ctx context.Context, d *db.DB, o Options) (*Service, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.HashMemory == 0 {
		o.HashMemory = argonMemory
	}
	var key [32]byte
	rand.Read(key[:]) //nolint:errcheck // crypto/rand.Read never returns an error
	s := &Service{
		db: d, shared: o.Shared, clock: o.Clock, log: o.Log,
		loading:  make(chan struct{}, 1),
		verified: newVerified(key[:]),
		memory:   o.HashMemory,
		dummy:    phc(o.HashMemory, make([]byte, saltLength), make([]byte, hashLength)),
		hashing:  make(chan struct{}, hashSlots),
		failures: httpx.NewLimiter[netip.Prefix](10*time.Second, 30, 1<<16, o.Clock),
		known:    httpx.NewLimiter[knownTry](30*time.Second, 5, 1<<14, o.Clock),
	}
	err := d.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		n, err := revision(ctx, tx)
		s.wanted.Store(n)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("identity: %w", err)
	}
	return s, nil
}

// administers reports whether who may manage users: a site administrator, or the product itself.
func administers(who access.Actor) bool { return who.Admin() || who.Kind() == access.KindSystem }

// audit notes a change that concerns the safety of accounts, once it is in the database. Values are ids and
// addresses, never secrets or what people typed.
func (s *Service) audit(tx *db.Tx, event string, args ...any) {
	tx.AfterCommit(func() { s.note(event, args...) })
}

// note is audit for what changes nothing.
func (s *Service) note(event string, args ...any) {
	s.log.Info("audit", append([]any{"event", event}, args...)...)
}
