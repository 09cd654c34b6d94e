package share

import (
	"context"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
)

// Line is a link as staff see it.
type Line struct {
	Link
	State      State
	Codes      []string // of the fields that the reader may see himself, in form order
	Publisher  field.Person
	Token      string // "" unless the reader may give the address out
	Opens      int
	LastOpened time.Time
	Comments   int
}

// maxLines is how many links of one record are listed, and how many accesses of one link.
const maxLines = 200

// Of returns the links of a record, newest first, and whether who may make more.
//
// Errors: Forbidden and NotFound when who may not see the record.
func (s *Links) Of(ctx context.Context, who access.Actor, app id.App, n id.Record) (list []Line, canShare bool, err error) {
	d, err := s.desk(ctx, who, app, n)
	if err != nil {
		return nil, false, err
	}
	people, err := s.people.Directory(ctx)
	if err != nil {
		return nil, false, err
	}
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		list, err = readLines(ctx, tx, app, n)
		for i := range list {
			l := &list[i]
			l.State = l.Link.State(tx.Now())
			l.Codes = codes(l.Fields, d.set.Lens())
			l.Publisher, _ = people.User(l.CreatedBy)
			l.Token = s.tokenFor(d, l.Link)
		}
		return err
	})
	return list, d.visible, err
}

func readLines(ctx context.Context, tx *db.Tx, app id.App, n id.Record) ([]Line, error) {
	list, err := db.Collect(ctx, tx, func(l *Line, row db.RowScanner) error {
		var last db.NullTime
		err := l.Link.scan(row, &l.Opens, &last, &l.Comments)
		l.LastOpened = last.Time
		return err
	}, `SELECT `+linkColumns+`,
			(SELECT count(*) FROM share_access a WHERE a.share_id = l.id AND a.kind = 'opened'),
			(SELECT max(at) FROM share_access a WHERE a.share_id = l.id AND a.kind = 'opened'),
			(SELECT count(*) FROM share_access a WHERE a.share_id = l.id AND a.kind = 'commented')
		FROM share_link l WHERE l.app_id = ? AND l.record_id = ? ORDER BY l.id DESC LIMIT ?`, app, n, maxLines)
	return list, wrap(err)
}

// Ending is a link that will expire soon.
type Ending struct {
	Link
	RecordTitle string
}

// Expiring returns who's own links that expire within a time, the first to go first, at most 200. Those whose record he
// cannot see any more are left out: they do not work.
func (s *Links) Expiring(ctx context.Context, who access.Actor, within time.Duration) (list []Ending, err error) {
	if who.Kind() != access.KindUser {
		return nil, errs.E(errs.Forbidden, "share.usersOnly")
	}
	var links []Link
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		links, err = db.Collect(ctx, tx, func(l *Link, row db.RowScanner) error { return l.scan(row) },
			`SELECT `+linkColumns+` FROM share_link l
			WHERE l.created_by = ? AND l.expires_at > ? AND l.expires_at <= ? AND l.revoked_at IS NULL
			ORDER BY l.expires_at, l.id LIMIT ?`, who.UserID(), tx.Now(), tx.Now().Add(within), maxLines)
		return wrap(err)
	})
	for _, l := range links {
		title, err := s.recordTitle(ctx, who, l)
		if err != nil && !errs.Lasting(err) {
			return nil, err
		}
		if err == nil {
			list = append(list, Ending{l, title})
		}
	}
	return list, err
}

func (s *Links) recordTitle(ctx context.Context, who access.Actor, l Link) (string, error) {
	set, err := s.records.Open(ctx, who, l.App)
	if err != nil {
		return "", err
	}
	return set.Title(ctx, l.Record)
}
