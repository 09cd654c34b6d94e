// Package share lets people outside see what a record's staff chose to show them: a record link opens one record, some of its
// fields, to whoever holds it, without an account.
//
// What a link shows is what its publisher may see at that moment, narrowed to the link. So when he loses a right or is
// suspended, or the record goes, the page is gone too. Links that are missing, expired, revoked or without a publisher
// cannot be told apart from outside.
package share

import (
	"context"
	"net/netip"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/file"
	"github.com/engawa/engawa/internal/httpx"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/record"
)

// Link is a record link.
type Link struct {
	ID          id.Share
	App         id.App
	Record      id.Record
	Fields      []id.Field // what is shown, columns of tables too: what is added to the form later is not
	Title       string     // "" is the record's
	ExpiresAt   time.Time  // zero is never
	MayComment  bool
	MayDownload bool
	CreatedBy   id.User // the publisher
	CreatedAt   time.Time
	RevokedBy   id.User
	RevokedAt   time.Time

	tokenHash, nonce string
	password         string // PHC string, "" is none
}

// HasPassword reports whether the link asks for one.
func (l Link) HasPassword() bool { return l.password != "" }

// State is whether a link works.
type State string

// The states.
const (
	Active  State = "active"
	Expired State = "expired"
	Revoked State = "revoked"
)

// State is the link's at an instant.
func (l Link) State(now time.Time) State {
	switch {
	case !l.RevokedAt.IsZero():
		return Revoked
	case !l.ExpiresAt.IsZero() && !now.Before(l.ExpiresAt):
		return Expired
	}
	return Active
}

// Links are the record links of a site.
type Links struct {
	db      *db.DB
	people  *identity.Service
	records *record.Records
	files   *file.Files
	secret  []byte

	guesses *httpx.Limiter[netip.Prefix] // passwords tried, by network
	remarks *httpx.Limiter[id.Share]     // comments written, by link
}

// The bounds of what outsiders may do in a row. Each link bounds its own guesses besides: see unlock.go.
const (
	guessEvery, guessBurst   = 10 * time.Second, 30
	remarkEvery, remarkBurst = 10 * time.Second, 20
	maxNetworks, maxLinks    = 1 << 16, 1 << 14
)

// New returns the links kept in d. The secret, of 32 bytes or more, must not be in d; with another one, addresses given
// out before still work but cannot be shown again.
func New(d *db.DB, people *identity.Service, records *record.Records, files *file.Files, secret []byte) *Links {
	return &Links{
		db: d, people: people, records: records, files: files, secret: secret,
		guesses: httpx.NewLimiter[netip.Prefix](guessEvery, guessBurst, maxNetworks, d.Now),
		remarks: httpx.NewLimiter[id.Share](remarkEvery, remarkBurst, maxLinks, d.Now),
	}
}

// gone is the one answer for a link that does not work, for whatever reason.
func gone() error { return errs.E(errs.NotFound, "share.gone") }

// notFound is for staff: a link that is not there, or of a record that they cannot see.
func notFound(n id.Share) error {
	return errs.E(errs.NotFound, "share.notFound", errs.Args{"id": id.String(n)})
}

// tooMany is told to whoever has to.
func tooMany(d time.Duration) error {
	seconds := int((d + time.Second - 1) / time.Second)
	return errs.E(errs.TooMany, "share.wait", errs.Args{"seconds": seconds, "minutes": (seconds + 59) / 60})
}

// topic is signalled when a link, or the talk on it, changes.
func topic(n id.Share) string { return "share." + id.String(n) }

// Publisher is who made a link, for those who tell him what happens on it.
func (s *Links) Publisher(ctx context.Context, n id.Share) (user id.User, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		l, err := linkByID(ctx, tx, n)
		user = l.CreatedBy
		return err
	})
	return user, err
}
