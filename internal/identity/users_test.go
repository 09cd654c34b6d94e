package identity_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/db/dbtest"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
)

// sql runs a statement behind the back of the service.
func (w *world) sql(statement string) {
	w.t.Helper()
	must(w.t, w.db.Write(w.t.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, statement)
		return err
	}))
}

func TestEveryProblemOfANewUserIsToldAtOnce(t *testing.T) {
	each(t, func(w *world) {
		err := w.AddUsers(w.t.Context(), w.root, []identity.Change{
			{Code: "a:b", Name: new(" "), Email: new("x\r\nBcc: y"), Locale: new("fr"), Timezone: new("Mars"), Password: new("short"),
				Profile: func(p *identity.Profile) { p.BirthDate, p.URL = "31.12.", "javascript:x" }},
			{Code: "ROOT", Name: new("x"), Password: new("long enough")},
			{Code: "same", Name: new("x"), Password: new("long enough")},
			{Code: "ＳＡＭＥ", Name: new(strings.Repeat("x", 129))},
		})
		want(w.t, "problems", outcome("", err), "validation users[0].code=user.code.invalid users[0].name=user.required "+
			"users[0].email=user.email.invalid users[0].locale=user.locale.invalid users[0].timezone=user.timezone.invalid "+
			"users[0].birthDate=user.date.invalid users[0].url=user.url.invalid users[0].password=user.password.short "+
			"users[1].code=user.code.taken users[3].name=user.tooLong users[3].code=user.code.taken users[3].password=user.required")
		err = w.AddUsers(w.t.Context(), w.root, []identity.Change{
			{Code: "fine", Name: new("x"), Password: new("long enough")},
			{Code: "Root", Name: new("x"), Password: new("long enough")},
		})
		want(w.t, "taken", outcome("", err), "validation users[1].code=user.code.taken")
		want(w.t, "nothing was written", outcome("", errOf(w.User(w.t.Context(), w.root, "fine"))), "user.unknown")
		want(w.t, "reserved", outcome("", w.AddUsers(w.t.Context(), w.root, []identity.Change{
			{Code: "administrator", Name: new("x"), Password: new("long enough")}})), "validation users[0].code=user.code.taken")
	})
}

func errOf[T any](_ T, err error) error { return err }

func TestOnlyAdministratorsManageUsers(t *testing.T) {
	each(t, func(w *world) {
		w.add("aiko")
		token := access.Token(access.TokenInfo{As: access.UserInfo{Admin: true}, Rights: map[id.App]access.Verbs{1: access.All}})
		for _, who := range []access.Actor{{}, w.actor("aiko", "password of aiko"), token, access.LinkHolder(access.LinkInfo{})} {
			for what, err := range map[string]error{
				"add":     w.AddUsers(w.t.Context(), who, nil),
				"update":  w.UpdateUsers(w.t.Context(), who, nil),
				"suspend": w.Suspend(w.t.Context(), who, "root", true),
				"unlock":  w.Unlock(w.t.Context(), who, "root"),
				"delete":  w.DeleteUsers(w.t.Context(), who, []string{"root"}),
				"site":    w.SetSite(w.t.Context(), who, identity.Site{}),
				"rename":  w.RenameUsers(w.t.Context(), who, nil),

				"organizations":        w.AddOrganizations(w.t.Context(), who, nil),
				"update organizations": w.UpdateOrganizations(w.t.Context(), who, nil),
				"rename organizations": w.RenameOrganizations(w.t.Context(), who, nil),
				"delete organizations": w.DeleteOrganizations(w.t.Context(), who, nil),
				"groups":               w.AddGroups(w.t.Context(), who, nil),
				"update groups":        w.UpdateGroups(w.t.Context(), who, nil),
				"rename groups":        w.RenameGroups(w.t.Context(), who, nil),
				"delete groups":        w.DeleteGroups(w.t.Context(), who, nil),
				"titles":               errOf(w.Titles(w.t.Context(), who)),
				"put titles":           w.PutTitles(w.t.Context(), who, nil),
				"places":               w.SetOrganizations(w.t.Context(), who, nil),
				"groups of a user":     w.SetGroups(w.t.Context(), who, nil),
				"users of a group":     w.SetUsersIn(w.t.Context(), who, "everyone", nil),
				"services":             w.SetServices(w.t.Context(), who, nil),
			} {
				want(w.t, who.String()+" "+what, outcome("allowed", err), "auth.forbidden")
			}
		}
	})
}

func TestTheLastAdministratorStays(t *testing.T) {
	each(t, func(w *world) {
		w.add("aiko")
		ctx := w.t.Context()
		want(w.t, "suspend", outcome("", w.Suspend(ctx, w.root, "root", true)), "user.lastAdmin")
		want(w.t, "demote", outcome("", w.UpdateUsers(ctx, w.root, []identity.Change{{Code: "root", Admin: new(false)}})), "user.lastAdmin")
		want(w.t, "delete", outcome("", w.DeleteUsers(ctx, w.root, []string{"root"})), "user.lastAdmin")
		want(w.t, "still there", w.by(header("root", rootPassword)), "root")
		must(w.t, w.UpdateUsers(ctx, w.root, []identity.Change{{Code: "aiko", Admin: new(true)}}))
		aiko := w.actor("aiko", "password of aiko")
		var wg sync.WaitGroup
		var errs [2]error
		wg.Go(func() { errs[0] = w.Suspend(ctx, w.root, "aiko", true) })
		wg.Go(func() { errs[1] = w.Suspend(ctx, aiko, "root", true) })
		wg.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			w.t.Errorf("two who suspend each other: %v and %v", errs[0], errs[1])
		}
	})
}

func TestUsersInPages(t *testing.T) {
	each(t, func(w *world) {
		w.add("aiko", "ben", "chika")
		codes := func(f identity.Filter) string {
			list, err := w.Users(w.t.Context(), w.root, f)
			got := ""
			for _, u := range list {
				got += u.Code + " "
			}
			return outcome(got, err)
		}
		want(w.t, "all", codes(identity.Filter{}), "root aiko ben chika ")
		want(w.t, "a page", codes(identity.Filter{Offset: 1, Size: 2}), "aiko ben ")
		want(w.t, "beyond", codes(identity.Filter{Offset: 9}), "")
		want(w.t, "codes", codes(identity.Filter{Codes: []string{"BEN", "nobody", "Administrator"}}), "ben ")
		want(w.t, "too much", codes(identity.Filter{Offset: -1, Size: 101}), "validation size=user.size offset=user.atLeast")
	})
}

func TestChangingUsers(t *testing.T) {
	each(t, func(w *world) {
		w.add("aiko", "ben")
		ctx := w.t.Context()
		must(w.t, w.UpdateUsers(ctx, w.root, []identity.Change{{
			Code: "aiko", NewCode: new("a.tanaka"), Name: new("田中 愛子"), Email: new("aiko@example.com"), Locale: new("en"),
			Profile: func(p *identity.Profile) { p.Phone = "03-1234-5678" },
		}}))
		u, err := w.User(ctx, w.root, "A.Tanaka")
		must(w.t, err)
		if u.Name != "田中 愛子" || u.Email != "aiko@example.com" || u.Profile.Phone != "03-1234-5678" || u.Timezone != "Asia/Tokyo" {
			w.t.Errorf("%+v", u)
		}
		want(w.t, "taken", outcome("", w.UpdateUsers(ctx, w.root, []identity.Change{{Code: "ben", NewCode: new("a.tanaka")}})), "validation users[0].newCode=user.code.taken")
		want(w.t, "unknown", outcome("", w.UpdateUsers(ctx, w.root, []identity.Change{{Code: "aiko"}})), "user.unknown")
		want(w.t, "the built-in user", outcome("", w.SetPassword(ctx, w.root, "Administrator", "long enough")), "user.unknown")

		ben := w.actor("ben", "password of ben")
		must(w.t, w.UpdateMe(ctx, ben, identity.Change{Name: new("Ben"), Admin: new(true), NewCode: new("king")}))
		me, err := w.Me(ctx, ben)
		must(w.t, err)
		if me.Name != "Ben" || me.Admin || me.Code != "ben" {
			w.t.Errorf("%+v", me)
		}
		want(w.t, "bad", outcome("", w.UpdateMe(ctx, ben, identity.Change{Timezone: new("x"), Email: new("@")})), "validation email=user.email.invalid timezone=user.timezone.invalid")
		want(w.t, "not a user", outcome("", errOf(w.Me(ctx, access.System("test")))), "auth.forbidden")
	})
}

func TestDirectory(t *testing.T) {
	each(t, func(w *world) {
		w.add("aiko", "ben")
		ctx := w.t.Context()
		before, err := w.Directory(ctx)
		must(w.t, err)
		aiko, _ := before.UserByCode("AIKO")
		must(w.t, w.DeleteUsers(ctx, w.root, []string{"aiko"}))
		must(w.t, w.Suspend(ctx, w.root, "ben", true))
		after, err := w.Directory(ctx)
		must(w.t, err)
		if p, ok := after.User(aiko.ID); !ok || p.Code != "" || p.Name != "" {
			w.t.Errorf("deleted: %+v %v", p, ok)
		}
		if p, ok := after.UserByCode("ben"); !ok || p.Name != "BEN" {
			w.t.Errorf("suspended: %+v %v", p, ok)
		}
		if _, ok := after.UserByCode("aiko"); ok {
			w.t.Error("deleted users have no login name")
		}
		if p, ok := before.User(aiko.ID); !ok || p.Code != "aiko" {
			w.t.Error("a directory is of one revision")
		}
		for code, want := range map[string]bool{"root": true, "ben": false} {
			p, _ := after.UserByCode(code)
			if _, ok, err := w.ActAs(ctx, p.ID); ok != want || err != nil {
				w.t.Errorf("act as %s: %v %v", code, ok, err)
			}
			if _, ok := after.Account(p.ID); ok != want {
				w.t.Errorf("account of %s: %v", code, ok)
			}
		}
	})
}

func TestSuggest(t *testing.T) {
	each(t, func(w *world) {
		w.add("aiko", "ben", "maria")
		must(w.t, w.Suspend(w.t.Context(), w.root, "ben", true))
		must(w.t, w.UpdateUsers(w.t.Context(), w.root, []identity.Change{{Code: "maria", Name: new("伊藤 マリア"),
			Profile: func(p *identity.Profile) { p.SurNameReading = "いとう" }}}))
		for q, expect := range map[string]string{"a": "aiko maria ", "ｉ": "aiko maria ", "ben": "", "いと": "maria ", "藤": "maria ", "": "root aiko "} {
			list, err := w.Suggest(w.t.Context(), w.root, q, 2)
			got := ""
			for _, u := range list {
				got += u.Code + " "
			}
			want(w.t, "suggest "+q, outcome(got, err), expect)
		}
		want(w.t, "tokens", outcome("", errOf(w.Suggest(w.t.Context(), access.System("x"), "", 5))), "auth.forbidden")
	})
}

func TestWhatARolledBackWriteSawIsForgotten(t *testing.T) {
	each(t, func(w *world) {
		undo := errors.New("undo")
		err := w.db.Write(w.t.Context(), func(ctx context.Context, _ *db.Tx) error {
			if err := w.AddUsers(ctx, w.root, []identity.Change{{Code: "ghost", Name: new("x"), Password: new("long enough")}}); err != nil {
				return err
			}
			d, err := w.Directory(ctx) // inside the transaction
			if err != nil {
				return err
			}
			_, _ = d.UserByCode("ghost")
			return undo
		})
		if !errors.Is(err, undo) {
			w.t.Fatal(err)
		}
		w.add("aiko") // takes the same place in the count of revisions
		d, err := w.Directory(w.t.Context())
		must(w.t, err)
		if _, ok := d.UserByCode("ghost"); ok {
			w.t.Error("a user who was never committed is in the directory")
		}
		if _, ok := d.UserByCode("aiko"); !ok {
			w.t.Error("a user who was committed is not")
		}
	})
}

func TestSetUp(t *testing.T) {
	dbtest.EachOptions(t, func(t *testing.T, o db.Options) {
		w := empty(t, o)
		ctx := t.Context()
		in := identity.Setup{Name: "青木", Code: "aoki", Password: "correct horse", Company: "株式会社青葉", Locale: "ja", Timezone: "Asia/Tokyo"}
		void, err := w.NewSetupSecret(ctx)
		must(t, err)
		secret, err := w.NewSetupSecret(ctx)
		must(t, err)
		want(t, "an earlier secret", outcome("", errOf(w.SetUp(ctx, void, in))), "setup.gone")
		want(t, "a guess", outcome("", errOf(w.SetUp(ctx, "", in))), "setup.gone")
		want(t, "bad input", outcome("", errOf(w.SetUp(ctx, secret, identity.Setup{Code: "x", Password: "x"}))),
			"validation name=user.required company=user.required locale=user.locale.invalid timezone=user.timezone.invalid password=user.password.short")
		if ok, err := w.CheckSetupSecret(ctx, secret); !ok || err != nil {
			t.Errorf("bad input used the secret up: %v", err)
		}
		var wg sync.WaitGroup
		var made sync.Map
		for _, code := range []string{"a", "b", "c"} {
			wg.Go(func() {
				mine := in
				mine.Code = code
				if u, err := w.SetUp(ctx, secret, mine); err == nil {
					made.Store(u.Code, true)
				} else if got := outcome("", err); got != "setup.gone" {
					t.Error(got)
				}
			})
		}
		wg.Wait()
		n := 0
		made.Range(func(any, any) bool { n++; return true })
		if n != 1 {
			t.Errorf("%d first administrators", n)
		}
		want(t, "afterwards", outcome("", errOf(w.SetUp(ctx, secret, in))), "setup.gone")
		if secret, err := w.NewSetupSecret(ctx); secret != "" || err != nil {
			t.Errorf("a secret for a site with users: %v", err)
		}
		if made, err := w.SetUpUnattended(ctx, in); made || err != nil {
			t.Errorf("unattended on a site with users: %v %v", made, err)
		}
		site, err := w.Site(ctx)
		must(t, err)
		if site.Name != "株式会社青葉" || site.Lang != "ja" {
			t.Errorf("%+v", site)
		}
	})
}
