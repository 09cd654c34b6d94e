package share

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
)

// Whoever may see a record may share what he sees of it; programs with tokens may not. He learns of every link of the
// record, but of its fields only those that he sees. The address of a link, changing it and revoking it are for those
// who could have made it: its publisher, and whoever sees all that it shows. An app's managers may revoke any.

// desk is a user at a record that has links.
type desk struct {
	set     *record.Set
	visible bool // he may see the record; if not, he manages the app
}

// desk returns a user at a record that he may see or whose app he manages.
//
// Errors: Forbidden, also for who is not a user; NotFound.
func (s *Links) desk(ctx context.Context, who access.Actor, app id.App, n id.Record) (desk, error) {
	if who.Kind() != access.KindUser {
		return desk{}, errs.E(errs.Forbidden, "share.usersOnly")
	}
	set, err := s.records.Open(ctx, who, app)
	if err != nil {
		return desk{}, err
	}
	_, err = set.Title(ctx, n)
	if err != nil && (!errs.Lasting(err) || !set.Lens().Can(access.Manage)) {
		return desk{}, err
	}
	return desk{set, err == nil}, nil
}

// sees reports whether the user could have made l.
func (d desk) sees(l Link) bool {
	return l.CreatedBy == d.set.Actor().UserID() || d.visible && seesAll(l.Fields, d.set.App().Settings.Form, d.set.Lens())
}

// manages reports whether he manages the app.
func (d desk) manages() bool { return d.set.Lens().Can(access.Manage) }

// Create makes a link to a record and returns it with its token.
//
// Errors: Forbidden and NotFound when who may not see the record, or is not a user; Invalid by the paths title, fields[i],
// password, expiresAt.
func (s *Links) Create(ctx context.Context, who access.Actor, app id.App, n id.Record, c Change) (Link, string, error) {
	l := Link{App: app, Record: n, CreatedBy: who.UserID(), nonce: id.Key()}
	d, err := s.desk(ctx, who, app, n)
	if err != nil {
		return Link{}, "", err
	}
	if !d.visible {
		return Link{}, "", errs.E(errs.Forbidden, "forbidden")
	}
	var p errs.Fields
	c.apply(&l, d.set.Lens(), s.db.Now(), &p)
	if len(l.Fields) == 0 && p.Len() == 0 {
		p.Add("fields", "share.noFields")
	}
	if err := p.Err(); err != nil {
		return Link{}, "", err
	}
	if l.password, err = s.hash(ctx, c); err != nil {
		return Link{}, "", err
	}
	token := s.token(l.nonce)
	l.tokenHash = digest(token)
	err = s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return insertLink(ctx, tx, &l) })
	return l, token, err
}

// hash returns the hash of c's password, "" when it has none, or one that apply refuses.
func (s *Links) hash(ctx context.Context, c Change) (string, error) {
	if c.Password == nil || *c.Password == "" || len(*c.Password) > maxPassword {
		return "", nil
	}
	return s.people.HashPassword(ctx, *c.Password)
}

// Change changes a link; pages that show it follow at once.
//
// Errors: NotFound when who cannot see the record; Forbidden when he cannot see all that the link shows; Conflict when it
// is revoked; Invalid as for Create.
func (s *Links) Change(ctx context.Context, who access.Actor, n id.Share, c Change) error {
	d, l, err := s.link(ctx, who, n)
	if err != nil {
		return err
	}
	if !d.sees(l) {
		return errs.E(errs.Forbidden, "share.notYours")
	}
	hash, err := s.hash(ctx, c)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		l, err := linkByID(ctx, tx, n)
		if err != nil {
			return err
		}
		if l.State(tx.Now()) == Revoked {
			return errs.E(errs.Conflict, "share.revoked")
		}
		var p errs.Fields
		c.apply(&l, d.set.Lens(), tx.Now(), &p)
		if len(l.Fields) == 0 && p.Len() == 0 {
			p.Add("fields", "share.noFields")
		}
		if err := p.Err(); err != nil {
			return err
		}
		if c.Password != nil {
			l.password = hash
		}
		tx.Signal(topic(n))
		return updateLink(ctx, tx, l)
	})
}

// link returns a link with who may know of it, at its record.
//
// Errors: NotFound.
func (s *Links) link(ctx context.Context, who access.Actor, n id.Share) (desk, Link, error) {
	var l Link
	err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		l, err = linkByID(ctx, tx, n)
		return err
	})
	if err != nil {
		return desk{}, l, err
	}
	d, err := s.desk(ctx, who, l.App, l.Record)
	if errs.Lasting(err) {
		err = notFound(n)
	}
	return d, l, err
}

// Revoke ends a link for good: open pages close at once. Revoking one that is revoked is no error.
//
// Errors: NotFound when who cannot see the record; Forbidden when he cannot see all that the link shows and does not
// manage the app.
func (s *Links) Revoke(ctx context.Context, who access.Actor, n id.Share) error {
	d, l, err := s.link(ctx, who, n)
	if err != nil {
		return err
	}
	if !d.sees(l) && !d.manages() {
		return errs.E(errs.Forbidden, "share.notYours")
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		tx.Signal(topic(n))
		_, err := tx.Exec(ctx, `UPDATE share_link SET revoked_at = ?, revoked_by = ? WHERE id = ? AND revoked_at IS NULL`,
			tx.Now(), who.UserID(), n)
		return wrap(err)
	})
}

// Token returns the secret part of a link's address, to be copied or drawn again.
//
// Errors: NotFound when who cannot see the record or all that the link shows, and when it was made under another secret.
func (s *Links) Token(ctx context.Context, who access.Actor, n id.Share) (string, error) {
	d, l, err := s.link(ctx, who, n)
	if err != nil {
		return "", err
	}
	if t := s.tokenFor(d, l); t != "" {
		return t, nil
	}
	return "", notFound(n)
}

// tokenFor is a link's token if the user may have it, else "".
func (s *Links) tokenFor(d desk, l Link) string {
	if t := s.token(l.nonce); d.sees(l) && digest(t) == l.tokenHash {
		return t
	}
	return ""
}
