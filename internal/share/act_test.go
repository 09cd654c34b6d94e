package share_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/share"
	"github.com/engawa/engawa/internal/world"
)

// say writes a comment and returns its number, the visitor's key, and what came of it.
func (w *site) say(v share.Visitor, name, text string) (id.Comment, string, string) {
	w.T.Helper()
	v.Name = name
	n, key, err := w.links.Comment(w.T.Context(), v, text)
	return n, key, world.Outcome(err)
}

func TestAVisitorAnswersInTheSharedLane(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		deals := w.App("deals", `title text`)
		n := deals.Add(`title=desk`)
		link, token := w.share(w.Root, deals, n, showing("title"))
		v := visitor(token)
		_, key, got := w.say(v, " 佐藤\r\nBcc: x@example.com\u202e ", "ありがとう")
		want(t, "comment", got, "ok")
		comments, _, err := w.Root.Set(deals).Comments(t.Context(), n, false, 0, 10)
		if err != nil || len(comments) != 1 {
			t.Fatal(comments, err)
		}
		c := comments[0]
		if c.Lane != record.Shared || !c.Outside || c.Share != link.ID || c.Author.Name != "佐藤 Bcc: x@example.com" {
			t.Errorf("staff see %+v", c)
		}
		v.Key = key
		view, err := w.links.Read(t.Context(), v)
		if err != nil || len(view.Comments) != 1 || !view.Comments[0].Mine || view.Comments[0].Company {
			t.Errorf("its writer sees %+v %v", view.Comments, err)
		}
		view, err = w.links.Read(t.Context(), visitor(token))
		if err != nil || view.Comments[0].Mine {
			t.Errorf("another holder of the link sees %+v %v", view.Comments, err)
		}
	})
}

func TestWhatVisitorsMayNotWrite(t *testing.T) {
	w := newSite(world.New(t))
	deals := w.App("deals", `title text`)
	n := deals.Add(`title=desk`)
	_, token := w.share(w.Root, deals, n, showing("title"))
	silent := showing("title")
	silent.MayComment = new(false)
	_, mute := w.share(w.Root, deals, n, silent)
	for _, tc := range []struct{ token, name, text, want string }{
		{token, "", "hello", "validation name=param.required"},
		{token, "\u200b", " \n", "validation name=param.required text=param.required"},
		{token, strings.Repeat("あ", 51), strings.Repeat("い", 5001), "validation name=share.length text=share.length"},
		{mute, "佐藤", "hello", "share.noComments"},
		{"nobody's", "佐藤", "hello", "share.gone"},
	} {
		_, _, got := w.say(visitor(tc.token), tc.name, tc.text)
		want(t, tc.text, got, tc.want)
	}
	results := map[string]int{}
	for range 22 {
		_, _, got := w.say(visitor(token), "佐藤", "hello")
		results[got]++
	}
	if results["ok"] != 20 || results["share.wait"] != 2 {
		t.Errorf("a flood of comments: %v", results)
	}
}

func TestFilesAreOnlyThoseInFieldsThatAreShown(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		deals := w.App("deals", `title text; open file; secret file; lines table(paper file)`)
		put := func() id.Record {
			return deals.AddJSON(`{"open":{"value":[{"fileKey":"` + w.Upload("a.txt", "open") + `"}]},"secret":{"value":[{"fileKey":"` +
				w.Upload("b.txt", "secret") + `"}]},"lines":{"value":[{"value":{"paper":{"value":[{"fileKey":"` + w.Upload("c.txt", "row") + `"}]}}}]}}`)
		}
		n, other := put(), put()
		link, token := w.share(w.Root, deals, n, showing("open", "lines"))
		closed := showing("open")
		closed.MayDownload = new(false)
		_, shut := w.share(w.Root, deals, n, closed)
		key := func(n id.Record, code string) string { return w.FileKey(deals, n, code) }
		for _, tc := range []struct{ what, token, key, want string }{
			{"shown", token, key(n, "open"), "ok"},
			{"in a table", token, key(n, "paper"), "ok"},
			{"not shown", token, key(n, "secret"), "file.notFound"},
			{"of another record", token, key(other, "open"), "file.notFound"},
			{"not to be downloaded", shut, key(n, "open"), "file.notFound"},
			{"of nothing", token, "x", "file.notFound"},
			{"without a link", "x", key(n, "open"), "share.gone"},
		} {
			f, err := w.links.File(t.Context(), visitor(tc.token), tc.key, false)
			want(t, tc.what, world.Outcome(err), tc.want)
			if err == nil && f.Key != tc.key {
				t.Errorf("%s: got file %s", tc.what, f.Name)
			}
		}
		list, err := w.links.Accesses(t.Context(), w.Root.Actor(), link.ID)
		if err != nil || len(list) != 1 || list[0].Kind != share.Downloaded {
			t.Errorf("log %+v %v", list, err)
		}
	})
}

func TestAnOpenPageHearsOfCommentsAndOfItsEnd(t *testing.T) {
	for what, end := range map[string]func(w *site, l share.Link){
		"revoked": func(w *site, l share.Link) {
			if err := w.links.Revoke(w.T.Context(), w.Root.Actor(), l.ID); err != nil {
				w.T.Error(err)
			}
		},
		"expired":   func(w *site, _ share.Link) { w.Pass(time.Hour) },
		"suspended": func(w *site, l share.Link) { w.Suspend(w.ByID(l.CreatedBy)) },
	} {
		t.Run(what, func(t *testing.T) {
			w := newSite(world.New(t))
			aiko := w.User("aiko")
			deals := w.App("deals", `title text`)
			n := deals.Add(`title=desk`)
			c := showing("title")
			c.ExpiresAt = new(world.Began.Add(time.Hour))
			link, token := w.share(aiko, deals, n, c)
			news := make(chan share.News)
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			go func() {
				defer close(news)
				w.links.Watch(ctx, visitor(token), func(n share.News) bool {
					news <- n
					return true
				})
			}()
			aiko.Comment(deals, n, record.Internal, "not for outside")
			w.waitForListener(ctx, link, aiko, deals, n, news)
			end(w, link)
			var last share.News
			for last = range news { // it may have heard more of what was said
				continue
			}
			want(t, "last", string(last), string(share.Closed))
		})
	}
}

// waitForListener says something in the shared lane until the page hears it: it may not have been listening before.
func (w *site) waitForListener(ctx context.Context, l share.Link, by world.Person, a *world.App, n id.Record, news <-chan share.News) {
	w.T.Helper()
	for {
		by.Comment(a, n, record.Shared, "for you")
		select {
		case got := <-news:
			want(w.T, "news", string(got), string(share.Said))
			return
		case <-time.After(100 * time.Millisecond):
		case <-ctx.Done():
			w.T.Fatal("nothing heard of", l.ID)
		}
	}
}
