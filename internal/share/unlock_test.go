package share_test

import (
	"net/netip"
	"sync"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/share"
	"github.com/engawa/engawa/internal/world"
)

const password = "k7xm-p2tw-9fhd"

// locked is a link with the password, and what makes it.
func locked(w *site) (share.Link, string) {
	deals := w.App("deals", `title text`)
	c := showing("title")
	c.Password = new(password)
	return w.share(w.Root, deals, deals.Add(`title=desk`), c)
}

// unlock tries a password and says what came of it.
func (w *site) unlock(v share.Visitor, password string) (share.Pass, string) {
	w.T.Helper()
	pass, err := w.links.Unlock(w.T.Context(), v, password)
	return pass, world.Outcome(err)
}

func TestAPasswordOpensALinkForOneBrowser(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		_, token := locked(w)
		v := visitor(token)
		want(t, "before", w.read(v), "share.passwordNeeded")
		_, got := w.unlock(v, "wrong password")
		want(t, "wrong", got, "share.wrongPassword")
		pass, got := w.unlock(v, password)
		want(t, "right", got, "ok")
		v.Pass = pass.Value
		want(t, "with the pass", w.read(v), `desk | title="desk" |`)
		want(t, "without", w.read(visitor(token)), "share.passwordNeeded")
		w.Pass(pass.Life + time.Second)
		want(t, "long after", w.read(v), "share.passwordNeeded")
	})
}

func TestAPassIsForOnePasswordOfOneLink(t *testing.T) {
	w := newSite(world.New(t))
	link, token := locked(w)
	deals := w.App("deals", `title text`)
	c := showing("title")
	c.Password = new(password)
	_, other := w.share(w.Root, deals, deals.Add(`title=chair`), c)
	v := visitor(token)
	pass, _ := w.unlock(v, password)
	v.Pass, v.Token = pass.Value, other
	want(t, "another link", w.read(v), "share.passwordNeeded")
	v.Token, v.Pass = token, pass.Value+"x"
	want(t, "a forged pass", w.read(v), "share.passwordNeeded")
	v.Pass = pass.Value
	want(t, "the pass", w.read(v), `desk | title="desk" |`)
	if err := w.links.Change(t.Context(), w.Root.Actor(), link.ID, share.Change{Password: new("another password")}); err != nil {
		t.Fatal(err)
	}
	want(t, "after the password changed", w.read(v), "share.passwordNeeded")
	if err := w.links.Change(t.Context(), w.Root.Actor(), link.ID, share.Change{Password: new("")}); err != nil {
		t.Fatal(err)
	}
	want(t, "after it was removed", w.read(visitor(token)), `desk | title="desk" |`)
}

func TestGuessingLocksTheLinkForLongerAndLonger(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		_, token := locked(w)
		v := visitor(token)
		guess := func() string {
			_, got := w.unlock(v, "wrong password")
			return got
		}
		for range 5 {
			want(t, "free guess", guess(), "share.wrongPassword")
		}
		want(t, "the sixth", guess(), "share.wait")
		_, got := w.unlock(v, password)
		want(t, "the right one", got, "share.wait")
		w.Pass(30 * time.Second)
		want(t, "after half a minute", guess(), "share.wrongPassword")
		w.Pass(30 * time.Second)
		want(t, "half a minute later", guess(), "share.wait")
		w.Pass(30 * time.Second)
		_, got = w.unlock(v, password)
		want(t, "the right one at last", got, "ok")
		want(t, "and the count is cleared", guess(), "share.wrongPassword")
	})
}

func TestManyGuessesAtOnceDoNotSlipPastTheCount(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		_, token := locked(w)
		var compared sync.Map
		var all sync.WaitGroup
		for i := range 20 {
			all.Go(func() {
				v := visitor(token)
				v.IP = netip.AddrFrom4([4]byte{10, 0, 0, byte(i)})
				if _, got := w.unlock(v, "wrong password"); got == "share.wrongPassword" {
					compared.Store(i, true)
				}
			})
		}
		all.Wait()
		n := 0
		compared.Range(func(any, any) bool { n++; return true })
		if n != 5 {
			t.Errorf("%d of 20 guesses were compared, want 5", n)
		}
	})
}

func TestANetworkThatGuessesAtManyLinksHasToWait(t *testing.T) {
	w := newSite(world.New(t))
	deals := w.App("deals", `title text`)
	c := showing("title")
	c.Password = new(password)
	n := deals.Add(`title=desk`)
	results := map[string]int{}
	for range 35 {
		_, token := w.share(w.Root, deals, n, c)
		_, got := w.unlock(visitor(token), "wrong password")
		results[got]++
	}
	if results["share.wrongPassword"] != 30 || results["share.wait"] != 5 {
		t.Errorf("got %v", results)
	}
}

func TestTheLogSaysWhoCame(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		link, token := locked(w)
		v := visitor(token)
		w.unlock(v, "wrong password")
		pass, _ := w.unlock(v, password)
		v.Pass = pass.Value
		w.read(v)
		w.Pass(time.Minute)
		w.read(v)
		v.IP = netip.MustParseAddr("203.0.113.5")
		w.read(v)
		w.Pass(11 * time.Minute)
		w.read(v)
		list, err := w.links.Accesses(t.Context(), w.Root.Actor(), link.ID)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, a := range list {
			got += string(a.Kind) + " " + a.IP + ", "
		}
		want(t, "log", got, "opened 203.0.113.5, opened 203.0.113.5, opened 198.51.100.1, wrongPassword 198.51.100.1, ")
		want(t, "device", list[0].Device, "iPhone Safari")
		lines, _, err := w.links.Of(t.Context(), w.Root.Actor(), link.App, id.Record(1))
		if err != nil || lines[0].Opens != 3 || !lines[0].LastOpened.Equal(w.Now()) {
			t.Errorf("%+v %v", lines, err)
		}
	})
}
