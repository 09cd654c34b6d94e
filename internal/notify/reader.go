package notify

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
)

// reader fills in what notices say, as one person sees it. It opens each app once.
type reader struct {
	notices *Notices
	who     access.Actor
	sets    map[id.App]opened
	mails   int // that rules have made for him
}

type opened struct {
	set *record.Set
	err error
}

func (s *Notices) newReader(who access.Actor) *reader {
	return &reader{notices: s, who: who, sets: map[id.App]opened{}}
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
	if n.Thread != 0 {
		return r.fillSaid(ctx, n)
	}
	set, err := r.open(ctx, n.App)
	if err != nil {
		return err
	}
	n.AppName = set.App().Settings.Name
	if n.Record == 0 {
		return r.fillApp(set, n)
	}
	title, err := set.Title(ctx, n.Record)
	if err != nil {
		return err
	}
	n.Title = cut(title, maxTitle)
	if n.comment != 0 {
		c, err := set.Comment(ctx, n.Record, n.comment)
		n.Text, n.By, n.Outside = c.Text, c.Author.Name, c.Outside
		return err
	}
	n.Status = set.StatusName(n.status)
	return r.fillBy(ctx, set, n)
}

// fillSaid looks up what was said in a thread.
func (r *reader) fillSaid(ctx context.Context, n *Notice) error {
	c, in, err := r.notices.spaces.Comment(ctx, r.who, n.Thread, n.comment)
	if err != nil {
		return err
	}
	dir, err := r.notices.people.Directory(ctx)
	author, _ := dir.User(c.Author)
	n.Space, n.Place, n.Title, n.Text, n.By = in.Space, in.SpaceName, cut(in.ThreadName, maxTitle), c.Text, author.Name
	return err
}

// needed is what a reader must be allowed in an app to be told of what is not about one record.
var needed = map[Kind]access.Verbs{Imported: access.View, Webhook: access.Manage, Report: access.View, ReportFailed: access.Manage}

func (r *reader) fillApp(set *record.Set, n *Notice) error {
	if v := needed[n.Kind]; v != 0 && !set.Lens().Can(v) {
		return errs.E(errs.Forbidden, "forbidden")
	}
	n.Title = n.AppName
	if n.Report == 0 {
		return nil
	}
	if n.Kind == Report {
		x, err := set.Report(n.Report)
		n.Title = x.Name
		return err
	}
	if x := set.App().Settings.Report(n.Report); x != nil {
		n.Title = x.Name
	}
	return nil
}

// fillBy says who did it, if the reader may see that in the record.
func (r *reader) fillBy(ctx context.Context, set *record.Set, n *Notice) error {
	says := field.Modifier
	if n.Kind == Added {
		says = field.Creator
	}
	f := set.App().Settings.System(says)
	if f == nil || n.by == 0 {
		return nil
	}
	if shown, err := set.Shows(ctx, n.Record, f); err != nil || !shown {
		return err
	}
	dir, err := r.notices.people.Directory(ctx)
	by, _ := dir.User(n.by)
	n.By = by.Name
	return err
}

// maxTitle is how many characters of a record's title a notice has.
// Source: kintone product behaviour, notifications.
const maxTitle = 27

// cut is text of so many characters at most, and a mark that there is more.
func cut(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

// visible fills in those of list that the reader may see, in order, until most are found.
func (r *reader) visible(ctx context.Context, list []Notice, most int) ([]Notice, error) {
	var out []Notice
	for _, n := range list {
		if len(out) == most {
			break
		}
		err := r.fill(ctx, &n)
		if err != nil && !hidden(err) {
			return nil, err
		}
		if err == nil {
			out = append(out, n)
		}
	}
	return out, nil
}
