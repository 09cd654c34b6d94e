package notify_test

import (
	"context"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/space"
	"github.com/engawa/engawa/internal/world"
)

// room makes a space with the members given, the first of which administers it, and returns it with its thread.
func (w *site) room(name string, private bool, members ...world.Person) space.Space {
	w.T.Helper()
	ctx, owner := w.T.Context(), members[0].Actor()
	n, err := w.Spaces.Create(ctx, owner, name)
	w.must(err)
	w.admit(n, members...)
	w.must(w.Spaces.Edit(ctx, owner, n, func(sp *space.Space, _ *errs.Fields) { sp.Private = private }))
	sp, err := w.Spaces.Get(ctx, owner, n)
	w.must(err)
	return sp
}

// admit replaces the members of a space.
func (w *site) admit(n id.Space, members ...world.Person) {
	w.T.Helper()
	list := make([]space.Entity, len(members))
	for i, m := range members {
		list[i] = space.Entity{Kind: "USER", Code: m.Code, Admin: i == 0}
	}
	w.must(w.Spaces.SetMembers(w.T.Context(), members[0].Actor(), n, list))
}

// say says something in a space, to those named as "TYPE code".
func (w *site) say(by world.Person, in space.Space, text string, to ...string) {
	w.T.Helper()
	c := space.Comment{Text: text}
	for _, name := range to {
		kind, code, _ := strings.Cut(name, " ")
		c.Mentions = append(c.Mentions, space.Mention{Code: code, Type: kind})
	}
	_, err := w.Spaces.AddComment(w.T.Context(), by.Actor(), in.ID, in.DefaultThread, c)
	w.must(err)
	w.Drain()
}

func TestWhoIsToldOfACommentInAThread(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, ben, chie, dan, eri := w.User("aiko"), w.User("ben"), w.User("chie"), w.User("dan"), w.User("eri")
		w.Organization("sales", "", chie, aiko)
		w.Group("cooks", ben, eri)
		sales := w.room("営業部", false, aiko, dan)
		w.say(aiko, sales, "look", "USER ben", "ORGANIZATION sales", "GROUP cooks")
		want(t, "the user, named twice", w.said(ben), "mention aiko@営業部:look")
		want(t, "who is in the organisation", w.said(chie), "mention aiko@営業部:look")
		want(t, "who is in the group", w.said(eri), "mention aiko@営業部:look")
		want(t, "the author", w.said(aiko), "")
		want(t, "a member who is not meant", w.said(dan), "")
		want(t, "mails", w.mails(), "eri@example.com sent, chie@example.com sent, ben@example.com sent")
		m := w.post.sent[0]
		for _, part := range []string{"look", "営業部", "https://aoba.example/k/#/space/1/thread/1"} {
			if !strings.Contains(m.Text, part) {
				t.Errorf("the mail lacks %q:\n%s", part, m.Text)
			}
		}
		w.say(aiko, sales, "and now nobody")
		w.again("notify.tell")
		w.Drain()
		want(t, "told once", w.said(ben), "mention aiko@営業部:look")
		if n := w.notes(ben)[0]; n.App != 0 || n.Space != sales.ID || n.Thread != sales.DefaultThread || !n.ToMe || n.Path() != "/k/#/space/1/thread/1" {
			t.Errorf("%+v", n)
		}
	})
}

func TestWhoMayNotSeeASpaceHearsNothingOfIt(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, ben, chie := w.User("aiko"), w.User("ben"), w.User("chie")
		board := w.room("役員会", true, aiko, chie)
		w.say(aiko, board, "the plan", "USER ben", "USER chie", "GROUP everyone")
		want(t, "who is not in it", w.said(ben), "")
		want(t, "a member", w.said(chie), "mention aiko@役員会:the plan")
		want(t, "who administers the site", w.said(w.Root), "mention aiko@役員会:the plan")
		want(t, "mails", w.mails(), "chie@example.com sent")
		w.admit(board.ID, aiko, ben)
		want(t, "who came later was not told", w.said(ben), "")
		want(t, "who went", w.said(chie), "")
		if n, err := w.notices.Unread(t.Context(), chie.Actor()); err != nil || n != 0 {
			t.Errorf("%d unread, %v", n, err)
		}
	})
}

func TestNoticesOfASpaceGoWithIt(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, ben := w.User("aiko"), w.User("ben")
		sales := w.room("営業部", false, aiko)
		w.say(aiko, sales, "look", "USER ben")
		want(t, "before", w.said(ben), "mention aiko@営業部:look")
		nothing := func(context.Context) error { return nil }
		w.must(w.Spaces.Delete(t.Context(), aiko.Actor(), sales.ID, nothing))
		w.again("notify.tell")
		w.Drain()
		want(t, "after", w.said(ben), "")
	})
}
