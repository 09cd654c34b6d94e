package identity_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/identity"
)

func TestPasswordHeader(t *testing.T) {
	each(t, func(w *world) {
		w.add("aiko")
		for _, tc := range []struct{ code, password, want string }{
			{"aiko", "password of aiko", "aiko"},
			{"AIKO", "password of aiko", "aiko"},
			{"ａｉｋｏ", "password of aiko", "aiko"},
			{"aiko", "wrong", "auth.wrongPassword"},
			{"nobody", "password of aiko", "auth.wrongPassword"},
			{"Administrator", "", "auth.wrongPassword"},
			{"", "", "auth.wrongPassword"},
			{"aiko\x00", "password of aiko", "auth.wrongPassword"},
			{strings.Repeat("長", 300), strings.Repeat("x", 1<<16), "auth.wrongPassword"},
		} {
			want(w.t, tc.code, w.by(header(tc.code, tc.password)), tc.want)
		}
		for _, bad := range []string{"", "no base64", "YQ=="} {
			want(w.t, bad, w.by(identity.Credentials{Password: []string{bad}}), "auth.wrongPassword")
		}
		want(w.t, "nothing", w.by(identity.Credentials{}), "auth.required")
		want(w.t, "in the query", w.by(identity.Credentials{InQuery: true}), "auth.tokenInQuery")
		if strings.Contains(w.log.String(), "password of") || strings.Contains(w.log.String(), "nobody") {
			w.t.Errorf("the log tells what was typed:\n%s", w.log)
		}
	})
}

func TestChangesHoldFromTheNextRequest(t *testing.T) {
	each(t, func(w *world) {
		w.add("aiko")
		aiko := header("aiko", "password of aiko")
		_, session := w.login("aiko", "password of aiko", office)
		state := func() string { return w.by(aiko) + ", " + w.by(cookie(session)) }
		want(w.t, "at first", state(), "aiko, aiko")
		must(w.t, w.Suspend(w.t.Context(), w.root, "aiko", true))
		want(w.t, "suspended", state(), "auth.wrongPassword, auth.required")
		must(w.t, w.Suspend(w.t.Context(), w.root, "aiko", false))
		want(w.t, "restored", state(), "aiko, auth.required")
		must(w.t, w.SetPassword(w.t.Context(), w.root, "aiko", "another one"))
		want(w.t, "new password", state(), "auth.wrongPassword, auth.required")
		must(w.t, w.DeleteUsers(w.t.Context(), w.root, []string{"aiko"}))
		want(w.t, "deleted", w.by(header("aiko", "another one")), "auth.wrongPassword")
		w.add("aiko")
		want(w.t, "the name is free again", w.by(aiko), "aiko")
	})
}

func TestAChangeByAnotherProcessHoldsAtOnce(t *testing.T) {
	each(t, func(w *world) {
		here, there := w.another(true), w.another(true)
		w.add("aiko")
		by := func() string {
			who, _, err := here.Authenticate(w.t.Context(), header("aiko", "password of aiko"))
			return outcome(who.Code(), err)
		}
		want(w.t, "at first", by(), "aiko")
		must(w.t, there.Suspend(w.t.Context(), w.root, "aiko", true))
		want(w.t, "suspended there", by(), "auth.wrongPassword")
	})
}

func TestARequestSeesTheSamePeople(t *testing.T) {
	each(t, func(w *world) {
		here, there := w.another(true), w.another(true)
		w.add("aiko")
		by := func(ctx context.Context) string {
			who, _, err := here.Authenticate(ctx, header("aiko", "password of aiko"))
			return outcome(who.Code(), err)
		}
		request := here.Steady(w.t.Context())
		want(w.t, "at first", by(request), "aiko")
		must(w.t, there.Suspend(w.t.Context(), w.root, "aiko", true))
		want(w.t, "suspended there, in the request", by(request), "aiko")
		want(w.t, "in a later one", by(here.Steady(w.t.Context())), "auth.wrongPassword")
		must(w.t, w.db.Write(request, func(ctx context.Context, tx *db.Tx) error {
			want(w.t, "in a transaction of the request", by(ctx), "auth.wrongPassword")
			return nil
		}))
		must(w.t, here.Suspend(request, w.root, "aiko", false))
		want(w.t, "restored by the request itself", by(request), "aiko")
		must(w.t, here.Suspend(request, w.root, "aiko", true))
		want(w.t, "suspended by the request itself", by(request), "auth.wrongPassword")
	})
}

func TestAPITokens(t *testing.T) {
	each(t, func(w *world) {
		_, first, err := w.AddToken(w.t.Context(), w.root, 7, "stock", access.View|access.Add)
		must(w.t, err)
		_, same, err := w.AddToken(w.t.Context(), w.root, 7, "", access.View)
		must(w.t, err)
		other, second, err := w.AddToken(w.t.Context(), w.root, 8, "", access.Manage)
		must(w.t, err)
		tokens := func(headers ...string) string { return w.by(identity.Credentials{Tokens: headers}) }
		want(w.t, "one", tokens(first), "Administrator")
		want(w.t, "two in a list", tokens(first+", "+second), "Administrator")
		want(w.t, "two headers", tokens(first, second), "Administrator")
		want(w.t, "one app twice", tokens(first+","+same), "auth.tokenDuplicate")
		want(w.t, "unknown", tokens(strings.ToLower(first)+"x"), "auth.tokenUnknown")
		want(w.t, "empty", tokens(""), "auth.tokenUnknown")
		want(w.t, "ten", tokens(first+strings.Repeat(","+second, 9)), "auth.tokenDuplicate")
		want(w.t, "the password comes first", w.by(identity.Credentials{Tokens: []string{first}, Password: []string{"x"}}), "auth.wrongPassword")

		who, _, err := w.Authenticate(w.t.Context(), identity.Credentials{Tokens: []string{first + "," + second}})
		must(w.t, err)
		if who.Kind() != access.KindToken || who.TokenRights(7) != access.View|access.Add || who.TokenRights(8) != access.Manage || who.TokenRights(9) != 0 || who.Admin() {
			w.t.Errorf("rights %b %b %b", who.TokenRights(7), who.TokenRights(8), who.TokenRights(9))
		}
		must(w.t, w.DeleteToken(w.t.Context(), w.root, 8, other.ID))
		want(w.t, "deleted", tokens(second), "auth.tokenUnknown")
		want(w.t, "another app's", outcome("", w.DeleteToken(w.t.Context(), w.root, 8, other.ID)), "token.unknown")
		list, err := w.Tokens(w.t.Context(), 7)
		must(w.t, err)
		if len(list) != 2 || list[0].Note != "stock" {
			w.t.Errorf("tokens %+v", list)
		}
	})
}

func TestSessions(t *testing.T) {
	each(t, func(w *world) {
		who, session := w.login("root", rootPassword, office)
		want(w.t, "login", who, "root")
		want(w.t, "read", w.by(cookie(session)), "root")
		alone := cookie(session)
		alone.RequestedWith = ""
		want(w.t, "without X-Requested-With", w.by(alone), "auth.required")
		alone.CookieAlone = true
		want(w.t, "a page", w.by(alone), "root")
		alone.Write, alone.CSRF = true, func() string { return session.CSRF }
		want(w.t, "a write as a page", w.by(alone), "auth.required")
		want(w.t, "write", w.by(write(session, session.CSRF)), "root")
		want(w.t, "write without token", w.by(write(session, "")), "auth.csrf")
		want(w.t, "write with another token", w.by(write(session, session.CSRF+"x")), "auth.csrf")
		_, again := w.login("root", rootPassword, office)
		if again.Token == session.Token || again.CSRF == session.CSRF {
			w.t.Error("a login reuses a session")
		}
		must(w.t, w.Logout(w.t.Context(), session))
		want(w.t, "logged out", w.by(cookie(session)), "auth.required")
		want(w.t, "the other session", w.by(cookie(again)), "root")
	})
}

func TestSessionsEnd(t *testing.T) {
	each(t, func(w *world) {
		_, session := w.login("root", rootPassword, office)
		w.pass(2 * 24 * time.Hour)
		want(w.t, "used within the idle time", w.by(cookie(session)), "root")
		w.pass(2 * 24 * time.Hour)
		want(w.t, "again", w.by(cookie(session)), "root")
		w.pass(3*24*time.Hour + time.Minute)
		want(w.t, "idle too long", w.by(cookie(session)), "auth.required")
		_, session = w.login("root", rootPassword, office)
		for range 14 {
			w.pass(2 * 24 * time.Hour)
			want(w.t, "in use", w.by(cookie(session)), "root")
		}
		w.pass(2*24*time.Hour + time.Minute)
		want(w.t, "after thirty days", w.by(cookie(session)), "auth.required")
	})
}

func TestOwnPassword(t *testing.T) {
	each(t, func(w *world) {
		w.add("aiko")
		_, here := w.login("aiko", "password of aiko", office)
		_, there := w.login("aiko", "password of aiko", office)
		aiko, session, err := w.Authenticate(w.t.Context(), cookie(here))
		must(w.t, err)
		ip := header("", "").IP
		change := func(current, next string) string {
			return outcome("done", w.ChangePassword(w.t.Context(), aiko, session, ip, current, next))
		}
		want(w.t, "all problems at once", change("wrong", "short"), "validation next=user.password.short current=user.password.wrong")
		want(w.t, "the login name", change("password of aiko", "AIKO"), "validation next=user.password.short")
		want(w.t, "right", change("password of aiko", "a new password"), "done")
		want(w.t, "this session goes on", w.by(cookie(here)), "aiko")
		want(w.t, "the other is over", w.by(cookie(there)), "auth.required")
		want(w.t, "the old password", w.by(header("aiko", "password of aiko")), "auth.wrongPassword")
		want(w.t, "the new one", w.by(header("aiko", "a new password")), "aiko")
	})
}

func TestCredentialsOfARequest(t *testing.T) {
	r := httptest.NewRequest("PUT", "/k/v1/record.json?__REQUEST_TOKEN__=c", nil)
	r.Header.Add("X-Cybozu-API-Token", "a")
	r.Header.Add("X-Cybozu-API-Token", "b,c")
	session := &identity.Session{Token: "secret"}
	r.AddCookie(identity.Cookie(session, true))
	c := identity.ReadCredentials(r)
	if len(c.Tokens) != 2 || c.Cookie != "secret" || !c.Write || c.CSRF() != "c" || c.InQuery {
		t.Errorf("%+v", c)
	}
	r = httptest.NewRequest("GET", "/k/v1/record.json?X-Cybozu-API-Token=a", nil)
	if c := identity.ReadCredentials(r); !c.InQuery || c.Write || c.Tokens != nil {
		t.Errorf("%+v", c)
	}
	if got := identity.Cookie(session, true); got.Name != "__Host-engawa_session" || !got.Secure || !got.HttpOnly || got.SameSite != http.SameSiteLaxMode || got.Path != "/" {
		t.Errorf("%v", got)
	}
	if got := identity.Cookie(nil, false); got.MaxAge != -1 || got.Value != "" || got.Secure {
		t.Errorf("%v", got)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// BenchmarkPasswordHeader is what each request of a program costs that sends its password each time.
func BenchmarkPasswordHeader(b *testing.B) {
	w := empty(b, db.Options{URL: "sqlite::memory:"})
	w.setUp()
	c := header("root", rootPassword)
	for b.Loop() {
		if got := w.by(c); got != "root" {
			b.Fatal(got)
		}
	}
}
