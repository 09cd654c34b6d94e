package share_test

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/share"
	"github.com/engawa/engawa/internal/world"
)

// site is a world whose records can be shared.
type site struct {
	*world.World
	links *share.Links
}

func each(t *testing.T, body func(t *testing.T, w *site)) {
	t.Helper()
	world.Each(t, func(t *testing.T, w *world.World) { body(t, newSite(w)) })
}

func newSite(w *world.World) *site {
	return &site{w, share.New(w.DB, w.People, w.Records, w.Files, []byte("a secret of the tests, 32 bytes"))}
}

// showing is a link that shows fields and lets everything be done.
func showing(fields ...string) share.Change {
	return share.Change{Fields: &fields, MayComment: new(true), MayDownload: new(true)}
}

func (w *site) share(by world.Person, a *world.App, n id.Record, c share.Change) (share.Link, string) {
	w.T.Helper()
	l, token, err := w.links.Create(w.T.Context(), by.Actor(), a.ID, n, c)
	if err != nil {
		w.T.Fatal(err)
	}
	return l, token
}

// visitor is somebody on an iPhone.
func visitor(token string) share.Visitor {
	return share.Visitor{
		Token: token, Lang: "ja", IP: netip.MustParseAddr("198.51.100.1"),
		Agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
	}
}

// read is what a visitor reads: "title | code=value … | comment …", or the key of the error.
func (w *site) read(v share.Visitor) string {
	w.T.Helper()
	view, err := w.links.Read(w.T.Context(), v)
	if err != nil {
		return world.Outcome(err)
	}
	return show(view)
}

func show(v share.View) string {
	var b strings.Builder
	b.WriteString(v.Title + " |")
	for _, f := range v.Fields {
		fmt.Fprintf(&b, " %s=%s", f.Field.Code, f.Value)
	}
	b.WriteString(" |")
	for _, c := range v.Comments {
		fmt.Fprintf(&b, " %s:%s", c.Name, c.Text)
	}
	return b.String()
}

func want(t testing.TB, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func TestAVisitorSeesTheFieldsChosenAndTheSharedTalk(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko := w.User("aiko")
		deals := w.App("deals", `title text; amount number; cost number; lines table(part text, price number)`)
		n := deals.AddJSON(`{"title":{"value":"棚"},"amount":{"value":"120"},"cost":{"value":"77"},
			"lines":{"value":[{"value":{"part":{"value":"板"},"price":{"value":"3"}}}]}}`)
		aiko.Comment(deals, n, record.Internal, "値引きは内緒")
		aiko.Comment(deals, n, record.Shared, "お見積りです")
		_, token := w.share(aiko, deals, n, showing("lines", "amount"))
		want(t, "page", w.read(visitor(token)),
			`共有された情報 | amount="120" lines=[{"value":{"part":{"type":"SINGLE_LINE_TEXT","value":"板"},"price":{"type":"NUMBER","value":"3"}}}] | aiko:お見積りです`)
		v := visitor(token)
		v.Lang = "en"
		want(t, "in English", strings.Fields(w.read(v))[0], "Shared")
	})
}

func TestWhatIsAddedToTheFormLaterStaysHidden(t *testing.T) {
	w := newSite(world.New(t))
	deals := w.App("deals", `title text; lines table(part text)`)
	n := deals.AddJSON(`{"title":{"value":"棚"},"lines":{"value":[{"value":{"part":{"value":"板"}}}]}}`)
	_, token := w.share(w.Root, deals, n, showing("title", "lines"))
	before := w.read(visitor(token))
	deals.AddFields(`secret text`)
	deals.Edit(func(s *app.Settings, _ *errs.Fields) {
		lines, _ := s.Field("lines")
		s.NextField++
		lines.Fields = append(lines.Fields, &field.Field{ID: s.NextField, Type: field.SingleLineText, Code: "margin", Label: "margin"})
	})
	want(t, "page", w.read(visitor(token)), before)
}

func TestTheTitleIsTheLinksOrThatOfAFieldThatIsShown(t *testing.T) {
	w := newSite(world.New(t))
	deals := w.App("deals", `title text; amount number`)
	n := deals.Add(`title=棚 amount=1`)
	for _, tc := range []struct {
		change share.Change
		want   string
	}{
		{showing("title"), "棚"},
		{showing("amount"), "共有された情報"},
		{share.Change{Title: new(" お見\r\n積り\u202e "), Fields: &[]string{"amount"}}, "お見 積り"},
	} {
		_, token := w.share(w.Root, deals, n, tc.change)
		title, _, _ := strings.Cut(w.read(visitor(token)), " |")
		want(t, "title", title, tc.want)
	}
}

func TestOnlyUsersShareAndOnlyWhatTheySee(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko := w.User("aiko")
		deals := w.App("deals", `title text; cost number hidden-from:aiko`)
		n := deals.Add(`title=desk cost=90`)
		create := func(c share.Change) string {
			_, _, err := w.links.Create(t.Context(), aiko.Actor(), deals.ID, n, c)
			return world.Outcome(err)
		}
		want(t, "hidden", create(showing("title", "cost")), "validation fields[1]=share.unknownField")
		want(t, "nothing", create(showing()), "validation fields=share.noFields")
		want(t, "past", create(share.Change{Fields: &[]string{"title"}, ExpiresAt: new(world.Began)}), "validation expiresAt=share.past")
		want(t, "short password", create(share.Change{Fields: &[]string{"title"}, Password: new("abc")}), "validation password=share.passwordLength")
		_, _, err := w.links.Create(t.Context(), aiko.Actor(), deals.ID, n+1, showing("title"))
		want(t, "no such record", world.Outcome(err), "record.notFound")
	})
}

func TestALinkDiesWithItsPublishersRights(t *testing.T) {
	for what, lose := range map[string]func(w *site, aiko world.Person, deals *world.App, n id.Record, link share.Link){
		"revoked": func(w *site, aiko world.Person, _ *world.App, _ id.Record, l share.Link) {
			if err := w.links.Revoke(w.T.Context(), aiko.Actor(), l.ID); err != nil {
				w.T.Fatal(err)
			}
		},
		"expired":        func(w *site, _ world.Person, _ *world.App, _ id.Record, _ share.Link) { w.Pass(time.Hour) },
		"suspended":      func(w *site, aiko world.Person, _ *world.App, _ id.Record, _ share.Link) { w.Suspend(aiko) },
		"record deleted": func(_ *site, _ world.Person, deals *world.App, n id.Record, _ share.Link) { deals.Delete(n) },
		"field hidden": func(_ *site, _ world.Person, deals *world.App, _ id.Record, _ share.Link) {
			deals.Hide("title", "aiko")
		},
		"record forbidden": func(_ *site, _ world.Person, deals *world.App, _ id.Record, _ share.Link) {
			deals.Forbid(`title = "desk"`)
		},
	} {
		t.Run(what, func(t *testing.T) {
			w := newSite(world.New(t))
			aiko := w.User("aiko")
			deals := w.App("deals", `title text`)
			n := deals.Add(`title=desk`)
			c := showing("title")
			c.ExpiresAt = new(world.Began.Add(time.Hour))
			link, token := w.share(aiko, deals, n, c)
			want(t, "before", w.read(visitor(token)), `desk | title="desk" |`)
			lose(w, aiko, deals, n, link)
			want(t, "after", w.read(visitor(token)), "share.gone")
			want(t, "a token nobody made", w.read(visitor("x")), "share.gone")
		})
	}
}

func TestAFieldThatThePublisherLosesIsLeftOut(t *testing.T) {
	w := newSite(world.New(t))
	aiko := w.User("aiko")
	deals := w.App("deals", `title text; amount number`)
	_, token := w.share(aiko, deals, deals.Add(`title=desk amount=5`), showing("title", "amount"))
	deals.Hide("amount", "aiko")
	want(t, "page", w.read(visitor(token)), `desk | title="desk" |`)
}

func TestNothingInternalLeavesInValues(t *testing.T) {
	w := newSite(world.New(t))
	w.User("aiko")
	deals := w.App("deals", `title text; owner user; papers file`)
	n := deals.AddJSON(`{"title":{"value":"desk"},"owner":{"value":[{"code":"aiko"}]},"papers":{"value":[{"fileKey":"` + w.Upload("a.txt", "hello") + `"}]}}`)
	c := showing("owner", "papers", "作成者")
	c.MayDownload = new(false)
	_, token := w.share(w.Root, deals, n, c)
	view, err := w.links.Read(t.Context(), visitor(token))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range view.Fields {
		var all any
		if err := json.Unmarshal(f.Value, &all); err != nil {
			t.Fatal(err)
		}
		s := string(f.Value)
		if strings.Contains(s, `"aiko","name"`) || strings.Contains(s, "root") || f.Field.Code == "papers" && !strings.Contains(s, `"fileKey":""`) {
			t.Errorf("%s: %s", f.Field.Code, s)
		}
	}
}

func TestColleaguesHandleOnlyLinksThatShowWhatTheySee(t *testing.T) {
	w := newSite(world.New(t))
	aiko, ben := w.User("aiko"), w.User("ben")
	deals := w.App("deals", `title text; cost number hidden-from:ben`)
	n := deals.Add(`title=desk cost=90`)
	open, _ := w.share(aiko, deals, n, showing("title"))
	secret, _ := w.share(aiko, deals, n, showing("title", "cost"))
	list, canShare, err := w.links.Of(t.Context(), ben.Actor(), deals.ID, n)
	if err != nil || !canShare || len(list) != 2 {
		t.Fatal(list, canShare, err)
	}
	if list[0].ID != secret.ID || list[0].Token != "" || len(list[0].Codes) != 1 || list[1].Token == "" {
		t.Errorf("ben is told %+v", list)
	}
	revoke := func(who world.Person, l share.Link) string {
		return world.Outcome(w.links.Revoke(t.Context(), who.Actor(), l.ID))
	}
	want(t, "ben, what he does not see", revoke(ben, secret), "share.notYours")
	want(t, "ben, what he sees", revoke(ben, open), "ok")
	want(t, "a manager", revoke(w.Root, secret), "ok")
	_, err = w.links.Token(t.Context(), ben.Actor(), secret.ID)
	want(t, "its address", world.Outcome(err), "share.notFound")
}

func TestThePreviewIsWhatVisitorsGet(t *testing.T) {
	w := newSite(world.New(t))
	aiko := w.User("aiko")
	deals := w.App("deals", `title text; amount number`)
	n := deals.Add(`title=desk amount=5`)
	aiko.Comment(deals, n, record.Shared, "hello")
	c := showing("title", "amount")
	c.Password = new("a password")
	before, err := w.links.Preview(t.Context(), aiko.Actor(), 0, deals.ID, n, c)
	if err != nil {
		t.Fatal(err)
	}
	c.Password = nil
	_, token := w.share(aiko, deals, n, c)
	want(t, "page", w.read(visitor(token)), show(before))
}

func TestAnotherSecretOpensOldLinksButCannotShowTheirAddress(t *testing.T) {
	w := newSite(world.New(t))
	deals := w.App("deals", `title text`)
	n := deals.Add(`title=desk`)
	l, token := w.share(w.Root, deals, n, showing("title"))
	w.links = share.New(w.DB, w.People, w.Records, w.Files, []byte("another secret of the tests, 32 b"))
	want(t, "page", w.read(visitor(token)), `desk | title="desk" |`)
	if _, err := w.links.Token(t.Context(), w.Root.Actor(), l.ID); errs.KindOf(err) != errs.NotFound {
		t.Errorf("address: %v", err)
	}
}
