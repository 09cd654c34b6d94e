package share

import (
	"context"
	"net/netip"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
)

// Kind is what somebody did who came by a link.
type Kind string

// The kinds. Refused is for a link that is over, and for too many tries.
const (
	Opened        Kind = "opened"
	WrongPassword Kind = "wrongPassword"
	Commented     Kind = "commented"
	Downloaded    Kind = "downloaded"
	Refused       Kind = "refused"
)

// Access is one line of a link's log.
type Access struct {
	At           time.Time
	Kind         Kind
	Name, Device string
	IP           string
}

// once is how long the same thing done again from the same device and network counts as one.
const once = 10 * time.Minute

// note writes a line into a link's log, unless it says what another one said a moment ago.
func (s *Links) note(ctx context.Context, l Link, v Visitor, kind Kind) error {
	known := false
	since := s.db.Now().Add(-once)
	err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		known, err = noted(ctx, tx, l.ID, v, kind, since)
		return err
	})
	if err != nil || known {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return insertAccess(ctx, tx, l.ID, v, kind, 0) })
}

func noted(ctx context.Context, tx *db.Tx, n id.Share, v Visitor, kind Kind, since time.Time) (bool, error) {
	if kind == WrongPassword || kind == Commented {
		return false, nil // each counts
	}
	var known bool
	err := tx.QueryRow(ctx, `
		SELECT count(*) > 0 FROM share_access WHERE share_id = ? AND kind = ? AND at > ? AND device = ? AND ip = ?`,
		n, string(kind), since, device(v.Agent), address(v.IP)).Scan(&known)
	return known, wrap(err)
}

func insertAccess(ctx context.Context, tx *db.Tx, n id.Share, v Visitor, kind Kind, comment id.Comment) error {
	var of any
	if comment != 0 {
		of = comment
	}
	_, err := tx.Exec(ctx, `
		INSERT INTO share_access (share_id, at, kind, name, device, ip, visitor, comment_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		n, tx.Now(), string(kind), v.Name, device(v.Agent), address(v.IP), v.mark(), of)
	return wrap(err)
}

func address(ip netip.Addr) string {
	if !ip.IsValid() {
		return ""
	}
	return ip.String()
}

// ownComments are the comments that a visitor wrote on a link.
func ownComments(ctx context.Context, tx *db.Tx, n id.Share, mark string) (map[id.Comment]bool, error) {
	own := map[id.Comment]bool{}
	if mark == "" {
		return own, nil
	}
	comments, err := db.Pluck[id.Comment](ctx, tx,
		`SELECT comment_id FROM share_access WHERE share_id = ? AND kind = 'commented' AND visitor = ?`, n, mark)
	for _, c := range comments {
		own[c] = true
	}
	return own, wrap(err)
}

// Accesses returns who came by a link, newest first.
//
// Errors: NotFound when who cannot see the record.
func (s *Links) Accesses(ctx context.Context, who access.Actor, n id.Share) (list []Access, err error) {
	if _, _, err := s.link(ctx, who, n); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		list, err = db.Collect(ctx, tx, func(a *Access, row db.RowScanner) error {
			return row.Scan(&a.At, &a.Kind, &a.Name, &a.Device, &a.IP)
		}, `SELECT at, kind, name, device, ip FROM share_access WHERE share_id = ? ORDER BY id DESC LIMIT ?`, n, maxLines)
		return wrap(err)
	})
	return list, err
}
