package notify

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
)

// reader fills in what notices say, as one person sees it. It opens each app once.
type reader struct {
	notices *Notices
	who     access.Actor
	sets    map[id.App]opened
}

type opened struct {
	set *record.Set
	err error
}

func (s *Notices) newReader(who access.Actor) *reader {
	return &reader{s, who, map[id.App]opened{}}
}

func (r *reader) open(ctx context.Context, app id.App) (*record.Set, error) {
	o, known := r.sets[app]
	if !known {
		o.set, o.err = r.notices.records.Open(ctx, r.who, app)
		r.sets[app] = o
	}
	return o.set, o.err
}

// fill looks up what n says.
//
// Errors: NotFound or Forbidden when the reader may not see what it is about, or that is gone.
func (r *reader) fill(ctx context.Context, n *Notice) error {
	set, err := r.open(ctx, n.App)
	if err != nil {
		return err
	}
	n.AppName = set.App().Settings.Name
	if n.Kind == Import {
		n.Title = n.AppName
		return nil
	}
	if n.Title, err = set.Title(ctx, n.Record); err != nil {
		return err
	}
	c, err := set.Comment(ctx, n.Record, n.comment)
	n.Text, n.By, n.Outside = c.Text, c.Author.Name, c.Outside
	return err
}

// visible fills in those of list that the reader may see, in order, until most are found.
func (r *reader) visible(ctx context.Context, list []Notice, most int) ([]Notice, error) {
	var out []Notice
	for _, n := range list {
		if len(out) == most {
			break
		}
		err := r.fill(ctx, &n)
		if err != nil && errs.KindOf(err) == errs.Internal {
			return nil, err
		}
		if err == nil {
			out = append(out, n)
		}
	}
	return out, nil
}
