package notify

import (
	"context"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/record"
)

// finished is the payload of import.finished.
type finished struct {
	Import id.Import `json:"import"`
	App    id.App    `json:"app"`
	By     id.User   `json:"by"`
}

// receive writes the notices and mails that events cause, in the transaction that delivers the events: so each is written
// once, whatever breaks.
func (s *Notices) receive(ctx context.Context, tx *db.Tx, events []job.Event) error {
	for _, ev := range events {
		var err error
		switch ev.Kind {
		case "comment.added":
			var e record.Event
			if err = ev.Decode(&e); err == nil {
				err = s.commented(ctx, tx, e)
			}
		case "import.finished":
			var e finished
			if err = ev.Decode(&e); err == nil {
				err = s.tell(ctx, tx, e.By, Notice{Kind: Import, App: e.App, Import: e.Import})
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// commented tells everybody whom a comment concerns.
func (s *Notices) commented(ctx context.Context, tx *db.Tx, e record.Event) error {
	set, err := s.records.Open(ctx, access.System("find whom a comment concerns"), e.App)
	if err != nil {
		return unlessHidden(err)
	}
	n := e.Records[0]
	c, err := set.Comment(ctx, n, e.Comment)
	if err != nil {
		return unlessHidden(err) // removed in the meantime
	}
	in, err := set.Interest(ctx, n, e.Comment)
	if err != nil {
		return unlessHidden(err)
	}
	told := map[id.User]bool{0: true, e.By: true}
	tell := func(kind Kind, users ...id.User) error {
		for _, u := range users {
			if told[u] {
				continue
			}
			told[u] = true
			if err := s.tell(ctx, tx, u, Notice{Kind: kind, App: e.App, Record: n, comment: e.Comment}); err != nil {
				return err
			}
		}
		return nil
	}
	mentioned, err := s.mentioned(ctx, c)
	if err != nil {
		return err
	}
	if err := tell(Mention, mentioned...); err != nil {
		return err
	}
	if !c.Outside {
		return tell(Comment, append([]id.User{in.Creator}, in.Commenters...)...)
	}
	publisher, err := s.options.Links.Publisher(ctx, e.Share)
	if err != nil && !hidden(err) {
		return err
	}
	return tell(Outside, append([]id.User{publisher, in.Creator, in.Modifier}, in.Commenters...)...)
}

func (s *Notices) mentioned(ctx context.Context, c record.Comment) ([]id.User, error) {
	dir, err := s.people.Directory(ctx)
	if err != nil {
		return nil, err
	}
	var users []id.User
	for _, m := range c.Mentions {
		if p, ok := dir.UserByCode(m.Code); ok && m.Type == "USER" {
			users = append(users, p.ID)
		}
	}
	return users, nil
}

// tell writes a notice, and its mail if it makes one, unless the user may not see what it is about.
func (s *Notices) tell(ctx context.Context, tx *db.Tx, user id.User, n Notice) error {
	who, ok, err := s.people.ActAs(ctx, user)
	if err != nil || !ok {
		return err
	}
	n.user, n.At = user, tx.Now()
	if err := s.newReader(who).fill(ctx, &n); err != nil {
		return unlessHidden(err)
	}
	if err := insertNotice(ctx, tx, &n); err != nil {
		return err
	}
	tx.Signal(Topic(user))
	if n.Kind != Mention && n.Kind != Outside {
		return nil
	}
	return s.post(ctx, tx, who, n)
}

func unlessHidden(err error) error {
	if hidden(err) {
		return nil
	}
	return err
}
