package share

import (
	"context"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
)

// News is what happened on a link.
type News string

// The news. After Closed there is no more.
const (
	Said   News = "comment" // or unsaid
	Closed News = "closed"
)

// lookEvery is how often an open page's right to be open is checked, beside at each signal: what ends it may also be a
// change of the publisher's rights, the time, or another server's doing.
const lookEvery = time.Second

// Watch tells a visitor what happens on a link, until ctx ends, the link is closed, tell returns false, or he has to give
// the password again. A failure to look is not news: the next look is a second later.
func (s *Links) Watch(ctx context.Context, v Visitor, tell func(News) bool) {
	var l Link
	err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		l, err = linkByToken(ctx, tx, v.Token)
		return err
	})
	if err != nil {
		return
	}
	signals, stop := s.db.Listen(topic(l.ID))
	defer stop()
	every := time.NewTicker(lookEvery)
	defer every.Stop()
	var heard *[2]int64
	for {
		talk, err := s.talk(ctx, v)
		switch {
		case errs.KeyOf(err) == "share.gone":
			tell(Closed)
			return
		case errs.KeyOf(err) == "share.passwordNeeded":
			return
		case err != nil:
		case heard != nil && talk != *heard && !tell(Said):
			return
		default:
			heard = &talk
		}
		select {
		case <-ctx.Done():
			return
		case <-signals:
		case <-every.C:
		}
	}
}

// talk is a mark of the comments as they are now, for a visitor who may still read them. All that it looks at is one
// snapshot, because many pages may look every second.
func (s *Links) talk(ctx context.Context, v Visitor) (mark [2]int64, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, _ *db.Tx) error {
		_, visit, err := s.look(ctx, v)
		if err == nil {
			err = visit.locked()
		}
		if err != nil {
			return err
		}
		mark, err = visit.record.Talk(ctx)
		return err
	})
	return mark, err
}
