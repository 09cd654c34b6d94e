package notify_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/mail"
	"github.com/engawa/engawa/internal/notify"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/share"
	"github.com/engawa/engawa/internal/world"
)

// site is a world whose people are told things.
type site struct {
	*world.World
	notices *notify.Notices
	links   *share.Links
	post    *post
}

// post keeps the mails, or refuses them.
type post struct {
	sent []mail.Message
	err  error
}

func (p *post) Send(_ context.Context, m mail.Message) error {
	if p.err == nil {
		p.sent = append(p.sent, m)
	}
	return p.err
}

func each(t *testing.T, body func(t *testing.T, w *site)) {
	t.Helper()
	world.Each(t, func(t *testing.T, w *world.World) { body(t, newSite(w)) })
}

func newSite(w *world.World) *site {
	s := &site{World: w, post: &post{}}
	s.links = share.New(w.DB, w.People, w.Records, w.Files, []byte("a secret of the tests, 32 bytes"))
	s.notices = notify.New(w.DB, w.People, w.Apps, w.Records, w.Spaces, notify.Options{
		Links: s.links, Sender: s.post, BaseURL: "https://aoba.example", Readable: true,
	})
	s.notices.Register(w.Jobs)
	return s
}

// said is what somebody is told: "kind by@title:text, …", newest first.
func (w *site) said(p world.Person) string {
	w.T.Helper()
	var b strings.Builder
	for _, n := range w.notes(p) {
		fmt.Fprintf(&b, "%s %s@%s:%s, ", n.Kind, n.By, n.Title, n.Text)
	}
	return strings.TrimSuffix(b.String(), ", ")
}

// outsider comments on a record through a new link of somebody.
func (w *site) outsider(by world.Person, a *world.App, n id.Record, name, text string) {
	w.T.Helper()
	_, token, err := w.links.Create(w.T.Context(), by.Actor(), a.ID, n, share.Change{Fields: &[]string{"title"}, MayComment: new(true)})
	if err != nil {
		w.T.Fatal(err)
	}
	v := share.Visitor{Token: token, Name: name, Lang: "ja", IP: netip.MustParseAddr("198.51.100.1")}
	if _, _, err := w.links.Comment(w.T.Context(), v, text); err != nil {
		w.T.Fatal(err)
	}
}

func want(t testing.TB, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func TestWhoIsToldOfAComment(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, ben, chie, dan := w.User("aiko"), w.User("ben"), w.User("chie"), w.User("dan")
		deals := w.App("deals", `title text`)
		n := deals.Add(`title=desk`)
		ben.Comment(deals, n, record.Internal, "first")
		aiko.Comment(deals, n, record.Internal, "second", chie)
		w.outsider(dan, deals, n, "佐藤", "from outside")
		w.Drain()
		want(t, "the creator", w.said(w.Root), "outside 佐藤@desk:from outside, comment aiko@desk:second, comment ben@desk:first")
		want(t, "who commented before", w.said(ben), "outside 佐藤@desk:from outside, comment aiko@desk:second")
		want(t, "who was mentioned", w.said(chie), "mention aiko@desk:second")
		want(t, "the link's publisher", w.said(dan), "outside 佐藤@desk:from outside")
		want(t, "the author of one", w.said(aiko), "outside 佐藤@desk:from outside")
	})
}

func TestNobodyIsToldWhatHeMayNotSee(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, ben := w.User("aiko"), w.User("ben")
		deals := w.App("deals", `title text; secret text hidden-from:ben`)
		deals.Edit(func(s *app.Settings, _ *errs.Fields) { s.TitleField = "secret" })
		deals.Forbid(`title = "board"`, "root", "aiko")
		n, hidden := deals.Add(`title=desk secret=plum`), deals.Add(`title=board secret=pear`)
		aiko.Comment(deals, n, record.Internal, "look", ben)
		aiko.Comment(deals, hidden, record.Internal, "do not look", ben)
		w.Drain()
		want(t, "ben", w.said(ben), "mention aiko@#1:look")
		want(t, "root", w.said(w.Root), "comment aiko@pear:do not look, comment aiko@plum:look")
		for _, m := range w.post.sent {
			if strings.Contains(m.Subject+m.Text, "plum") || strings.Contains(m.Subject+m.Text, "pear") || m.To != "ben@example.com" {
				t.Errorf("mail %+v", m)
			}
		}
		deals.Forbid(`title = "desk"`, "root")
		want(t, "ben, who may no longer see it", w.said(ben), "")
		if n, err := w.notices.Unread(t.Context(), ben.Actor()); err != nil || n != 0 {
			t.Errorf("he has %d unread, %v", n, err)
		}
	})
}

func TestAMailSpeaksTheLanguageOfItsReceiver(t *testing.T) {
	w := newSite(world.New(t))
	aiko, ben, chie := w.User("aiko"), w.User("ben"), w.User("chie")
	w.Change(identity.Change{Code: "ben", Locale: new("en")}, false)
	w.Change(identity.Change{Code: "chie", Email: new("")}, false)
	deals := w.App("商談", `title text`)
	n := deals.Add(`title=desk`)
	aiko.Comment(deals, n, record.Internal, "見てください", ben, w.Root, chie)
	w.Drain()
	if len(w.post.sent) != 1 { // root and chie have no address
		t.Fatalf("sent %+v", w.post.sent)
	}
	m := w.post.sent[0]
	want(t, "subject", m.Subject, "aiko wrote to you: desk")
	for _, part := range []string{"Dear ben", "見てください", "商談", "https://aoba.example/k/1/show#record=1", "株式会社青葉"} {
		if !strings.Contains(m.Text, part) {
			t.Errorf("the mail lacks %q:\n%s", part, m.Text)
		}
	}
}

func TestAMailIsTriedAgainUnderTheSameID(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, ben := w.User("aiko"), w.User("ben")
		deals := w.App("deals", `title text`)
		w.post.err = errors.New("the mail server is away")
		aiko.Comment(deals, deals.Add(`title=desk`), record.Internal, "look", ben)
		w.Drain()
		want(t, "state", w.mails(), "ben@example.com queued")
		w.post.err = nil
		w.Pass(24 * time.Hour)
		w.Drain()
		want(t, "state", w.mails(), "ben@example.com sent")
		if len(w.post.sent) != 1 || w.post.sent[0].ID == "" {
			t.Errorf("sent %+v", w.post.sent)
		}
		w.post.err = mail.ErrAddress
		aiko.Comment(deals, deals.Add(`title=chair`), record.Internal, "look", ben)
		w.Drain()
		want(t, "state", w.mails(), "ben@example.com failed, ben@example.com sent")
	})
}

// mails is what the administrator sees of the mails, newest first.
func (w *site) mails() string {
	w.T.Helper()
	list, err := w.notices.Mails(w.T.Context(), w.Root.Actor())
	if err != nil {
		w.T.Fatal(err)
	}
	var words []string
	for _, m := range list {
		words = append(words, m.To+" "+string(m.State))
	}
	return strings.Join(words, ", ")
}

func TestAReceiverThatFailsLeavesNothingBehindAndIsAskedAgain(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, ben := w.User("aiko"), w.User("ben")
		deals := w.App("deals", `title text`)
		broken := errors.New("broken")
		w.Jobs.Receive("after notify", func(context.Context, *db.Tx, []job.Event) error { return broken }, "comment.added")
		aiko.Comment(deals, deals.Add(`title=desk`), record.Internal, "look", ben)
		if err := w.Jobs.Drain(t.Context()); !errors.Is(err, broken) {
			t.Fatal(err)
		}
		want(t, "before", w.said(ben)+w.mails(), "")
		broken = nil
		w.Drain()
		want(t, "after", w.said(ben)+" "+w.mails(), "mention aiko@desk:look ben@example.com sent")
	})
}

func TestOnlyAdministratorsReadMailsAndOnlyWithoutAMailServer(t *testing.T) {
	w := newSite(world.New(t))
	aiko, ben := w.User("aiko"), w.User("ben")
	deals := w.App("deals", `title text`)
	aiko.Comment(deals, deals.Add(`title=desk`), record.Internal, "look", ben)
	w.Drain()
	_, err := w.notices.Mails(t.Context(), ben.Actor())
	want(t, "the list for a user", world.Outcome(err), "forbidden")
	_, err = w.notices.Mail(t.Context(), ben.Actor(), 1)
	want(t, "a mail for a user", world.Outcome(err), "forbidden")
	m, err := w.notices.Mail(t.Context(), w.Root.Actor(), 1)
	if err != nil || !strings.Contains(m.Text, "look") {
		t.Errorf("%+v %v", m, err)
	}
	m, err = notify.New(w.DB, w.People, w.Apps, w.Records, w.Spaces, notify.Options{}).Mail(t.Context(), w.Root.Actor(), 1)
	if err != nil || m.Text != "" {
		t.Errorf("with a mail server: %+v %v", m, err)
	}
}

func TestReadingAndPaging(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko := w.User("aiko")
		deals := w.App("deals", `title text`)
		n := deals.Add(`title=desk`)
		for i := range notify.Page + 5 {
			aiko.Comment(deals, n, record.Internal, fmt.Sprint("number ", i))
		}
		w.Drain()
		ctx, root := t.Context(), w.Root.Actor()
		first, more, err := w.notices.List(ctx, root, 0)
		if err != nil || len(first) != notify.Page || !more || first[0].Text != "number 34" {
			t.Fatalf("%d, more %v, %v", len(first), more, err)
		}
		rest, more, err := w.notices.List(ctx, root, first[len(first)-1].ID)
		if err != nil || len(rest) != 5 || more {
			t.Errorf("%d, more %v, %v", len(rest), more, err)
		}
		unread := func() int {
			n, err := w.notices.Unread(ctx, root)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		mark := func(who world.Person, list ...id.Notification) {
			if err := w.notices.Mark(ctx, who.Actor(), list); err != nil {
				t.Fatal(err)
			}
		}
		mark(aiko, first[0].ID)
		if n := unread(); n != notify.Page+5 {
			t.Errorf("somebody else marked mine: %d unread", n)
		}
		mark(w.Root, first[0].ID, first[1].ID)
		if n := unread(); n != notify.Page+3 {
			t.Errorf("%d unread after two were read", n)
		}
		mark(w.Root)
		if n := unread(); n != 0 {
			t.Errorf("%d unread after all were read", n)
		}
	})
}

func TestTheEndOfAnImportIsToldToItsOwner(t *testing.T) {
	w := newSite(world.New(t))
	deals := w.App("deals", `title text`)
	w.emit("import.finished", map[string]any{"import": 7, "app": deals.ID, "by": w.Root.ID})
	w.Drain()
	if list := w.notes(w.Root); len(list) != 1 || list[0].Title != "deals" || list[0].Path() != "/k/create/file?import=7" {
		t.Errorf("%+v", list)
	}
}
