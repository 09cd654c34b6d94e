package notify

import (
	"context"
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/space"
)

// kinds are the kinds of notice by which general rules tell of events.
var kinds = map[string]Kind{"record.added": Added, "record.updated": Edited, "record.status": Status}

// happened are the notices of what happened to records.
func (s *Notices) happened(ctx context.Context, set *record.Set, kind string, e record.Event) ([]Notice, error) {
	dir, err := s.people.Directory(ctx)
	if err != nil {
		return nil, err
	}
	st := set.App().Settings
	general := slices.DeleteFunc(slices.Clone(st.GeneralNotices().List), func(n app.GeneralNotice) bool { return !ticks[kind](n) })
	creator := access.Entity{Type: app.FieldEntity, Code: st.System(field.Creator).Code}
	var list []Notice
	for _, n := range e.Records {
		matched := matchedBy(st.Notifications.PerRecord, e.Matched, n)
		asked := append(entities(general), creator)
		for _, r := range matched {
			asked = append(asked, targetEntities(r.Targets)...)
		}
		named, err := set.Named(ctx, n, fieldsOf(asked...))
		if hidden(err) {
			continue // gone in the meantime
		}
		if err != nil {
			return nil, err
		}
		a := newAudience(dir, named)
		said := func(k Kind) Notice { return Notice{Kind: k, App: e.App, Record: n, by: e.By} }
		for _, r := range general {
			a.entity(said(kinds[kind]), r.Entity, r.IncludeSubs)
		}
		for _, r := range matched {
			notice := said(Condition)
			notice.Text, notice.ToMe = r.Title, true
			a.targets(notice, r.Targets)
		}
		for _, m := range e.Moves {
			if m.Record != n {
				continue
			}
			moved := func(k Kind) Notice {
				notice := said(k)
				notice.status = m.To
				return notice
			}
			turn := moved(Assigned)
			turn.ToMe = true
			a.add(turn, s.withDeputies(dir, m.Assigned)...)
			switch {
			case m.From == m.To:
			case m.Final:
				a.entity(moved(Finished), creator, false)
			default:
				a.entity(moved(Progress), creator, false)
			}
		}
		list = append(list, a.but(e.By).notices()...)
	}
	return list, nil
}

// withDeputies are users and who takes their turns now.
func (s *Notices) withDeputies(dir identity.Directory, users []id.User) []id.User {
	list := slices.Clone(users)
	for _, u := range users {
		if deputy, ok := dir.DeputyOf(u, s.db.Now()); ok {
			list = append(list, deputy)
		}
	}
	return list
}

// matchedBy are the rules that a record has come to match, those that are still there.
func matchedBy(rules []app.RecordNotice, matches []record.Match, n id.Record) []app.RecordNotice {
	var list []app.RecordNotice
	for _, m := range matches {
		for _, r := range rules {
			if m.Record == n && slices.Contains(m.Rules, r.Key()) {
				list = append(list, r)
			}
		}
	}
	return list
}

func entities(rules []app.GeneralNotice) []access.Entity {
	list := make([]access.Entity, len(rules))
	for i, r := range rules {
		list[i] = r.Entity
	}
	return list
}

// commented are the notices of a comment.
func (s *Notices) commented(ctx context.Context, set *record.Set, e record.Event) ([]Notice, error) {
	record := e.Records[0]
	c, err := set.Comment(ctx, record, e.Comment)
	if err != nil {
		return nil, err // removed in the meantime
	}
	in, err := set.Interest(ctx, record, e.Comment)
	if err != nil {
		return nil, err
	}
	rules := set.App().Settings.GeneralNotices()
	named, err := set.Named(ctx, record, fieldsOf(entities(rules.List)...))
	if err != nil {
		return nil, err
	}
	dir, err := s.people.Directory(ctx)
	if err != nil {
		return nil, err
	}
	a := newAudience(dir, named)
	n := Notice{Kind: Comment, App: e.App, Record: record, comment: e.Comment, by: e.By}
	for _, r := range rules.List {
		if r.CommentAdded {
			a.entity(n, r.Entity, r.IncludeSubs)
		}
	}
	if rules.NotifyToCommenter {
		a.add(n, in.Commenters...)
	}
	if n.ToMe = true; c.Outside {
		publisher, err := s.options.Links.Publisher(ctx, e.Share)
		if err != nil && !hidden(err) {
			return nil, err
		}
		n.Kind = Outside
		a.add(n, append([]id.User{publisher, in.Creator, in.Modifier}, in.Commenters...)...)
	}
	n.Kind = Mention
	for _, m := range c.Mentions {
		a.add(n, dir.Members(m.Type, m.Code, false)...)
	}
	return a.but(e.By).notices(), nil
}

// mentioned are the notices of something said in a thread, for those whom it names.
func (s *Notices) mentioned(ctx context.Context, e space.Commented) ([]Notice, error) {
	c, _, err := s.spaces.Comment(ctx, access.System("find whom a comment names"), e.Thread, e.Comment)
	if err != nil {
		return nil, err // the space is gone
	}
	dir, err := s.people.Directory(ctx)
	if err != nil {
		return nil, err
	}
	a := newAudience(dir, nil)
	n := Notice{Kind: Mention, Thread: e.Thread, comment: e.Comment, by: c.Author, ToMe: true}
	for _, m := range c.Mentions {
		a.add(n, dir.Members(m.Type, m.Code, false)...)
	}
	return a.but(c.Author).notices(), nil
}

// imported are the notices of a file that was read into an app: for whoever had it read, and by the app's rules.
func (s *Notices) imported(ctx context.Context, e finished) ([]Notice, error) {
	dir, err := s.people.Directory(ctx)
	if err != nil {
		return nil, err
	}
	l, err := s.apps.Current(ctx, e.App)
	if err != nil {
		return nil, err
	}
	a := newAudience(dir, nil)
	for _, r := range l.Settings.GeneralNotices().List {
		if r.FileImported {
			a.entity(Notice{Kind: Imported, App: e.App, by: e.By}, r.Entity, r.IncludeSubs)
		}
	}
	own := Notice{Kind: Import, App: e.App, Import: e.Import, user: e.By, ToMe: true}
	return append(a.but(e.By).notices(), own), nil
}

// managers are the same notice for everybody who manages an app.
func (s *Notices) managers(ctx context.Context, n Notice) ([]Notice, error) {
	dir, err := s.people.Directory(ctx)
	if err != nil {
		return nil, err
	}
	l, err := s.apps.Current(ctx, n.App)
	if err != nil {
		return nil, err
	}
	n.ToMe = true
	a := newAudience(dir, nil)
	for _, u := range dir.Members("GROUP", access.Everyone, false) {
		who, ok, err := s.people.ActAs(ctx, u)
		if err != nil {
			return nil, err
		}
		if ok && s.apps.Lens(who, l, dir).Can(access.Manage) {
			a.add(n, u)
		}
	}
	return a.notices(), nil
}
