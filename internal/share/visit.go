package share

import (
	"context"
	"net/netip"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/i18n"
	"github.com/engawa/engawa/internal/record"
)

// Visitor is what a request says about who comes by a link. Nothing of it is proved but Token and Pass.
type Visitor struct {
	Token string
	Pass  string // what Unlock gave him, if anything
	Key   string // random, kept by his browser, by which he knows his own comments; "" before the first
	Name  string // as he calls himself
	Lang  i18n.Lang
	IP    netip.Addr
	Agent string // what his browser calls itself
}

// mark is how the database knows the visitor's key.
func (v Visitor) mark() string {
	if v.Key == "" {
		return ""
	}
	return digest("visitor " + v.Key)
}

// Visit is a visitor before an open link.
type Visit struct {
	link    Link
	visitor Visitor
	links   *Links
	record  *record.Outside
	found   record.Found
}

// Enter lets a visitor in, and notes whom it turns away because the link is over.
//
// Errors: NotFound "share.gone", the same for every link that does not work; Unauthenticated "share.passwordNeeded".
func (s *Links) Enter(ctx context.Context, v Visitor) (*Visit, error) {
	visit, err := s.find(ctx, v)
	if err != nil {
		return nil, err
	}
	return visit, visit.locked()
}

// find is Enter without the password.
func (s *Links) find(ctx context.Context, v Visitor) (*Visit, error) {
	l, visit, err := s.look(ctx, v)
	if l.ID != 0 && l.State(s.db.Now()) != Active {
		return nil, s.refuse(ctx, l, v, err)
	}
	return visit, err
}

// look finds a link that works by its token, and notes nothing. The link is told even if it does not work any more.
func (s *Links) look(ctx context.Context, v Visitor) (l Link, visit *Visit, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		l, err = linkByToken(ctx, tx, v.Token)
		return err
	})
	if err == nil && l.State(s.db.Now()) != Active {
		err = gone()
	}
	if err != nil {
		return l, nil, err
	}
	visit, err = s.open(ctx, l, v)
	if err == nil && len(visit.record.Fields()) == 0 {
		err = gone() // the publisher has lost sight of all that he had chosen
	}
	return l, visit, err
}

// locked asks for the password, unless the link has none or the visitor's pass is good.
func (v *Visit) locked() error {
	if v.link.HasPassword() && !v.links.holds(v.link, v.visitor.Pass, v.links.db.Now()) {
		return errs.E(errs.Unauthenticated, "share.passwordNeeded")
	}
	return nil
}

// refuse writes into the log that somebody was turned away, and returns why.
func (s *Links) refuse(ctx context.Context, l Link, v Visitor, why error) error {
	if err := s.note(ctx, l, v, Refused); err != nil {
		return err
	}
	return why
}

// open opens the record for a visitor: as its publisher sees it now, narrowed to the link. It is the only way in, for
// visitors and for the staff's preview alike.
//
// Errors: gone, whatever the publisher lacks.
func (s *Links) open(ctx context.Context, l Link, v Visitor) (*Visit, error) {
	publisher, ok, err := s.people.ActAs(ctx, l.CreatedBy)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, gone()
	}
	set, err := s.records.Open(ctx, publisher, l.App)
	if err != nil {
		return nil, unless(err)
	}
	holder := access.LinkHolder(access.LinkInfo{Share: l.ID, Name: v.Name, Lang: v.Lang, Zone: publisher.Zone()})
	visit := &Visit{link: l, visitor: v, links: s}
	if visit.record, err = set.Outside(holder, l.Record, l.Fields...); err == nil {
		visit.found, err = visit.record.Get(ctx)
	}
	return visit, unless(err)
}

// unless turns every refusal into gone, and lets failures of ours pass.
func unless(err error) error {
	if errs.Lasting(err) {
		return gone()
	}
	return err
}

// takesComments reports whether the visitor may write.
func (v *Visit) takesComments() bool { return v.link.MayComment && v.record.TakesComments() }
