package notify_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/mail"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// matches gives an app rules on conditions.
func matches(a *world.App, list ...app.RecordNotice) {
	a.Edit(func(s *app.Settings, p *errs.Fields) {
		if err := s.SetRecordNotices(list, p); err != nil {
			p.Add("list", errs.KeyOf(err))
		}
	})
}

// letters are the subjects of the mails to somebody, oldest first.
func (w *site) letters(to world.Person) string {
	var list []string
	for _, m := range w.post.sent {
		if m.To == to.Code+"@example.com" {
			list = append(list, m.Subject)
		}
	}
	return strings.Join(list, ", ")
}

func TestRulesThatTellSomebodyHimselfMakeMails(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, ben, chie := w.User("aiko"), w.User("ben"), w.User("chie")
		w.Change(identity.Change{Code: "ben", Locale: new("en")}, false)
		deals := w.App("商談", `title text; n number; due date; who user`)
		tells(deals,
			app.GeneralNotice{Entity: fieldEntity("who"), RecordAdded: true, RecordEdited: true},
			app.GeneralNotice{Entity: group(access.Everyone), RecordAdded: true, RecordEdited: true},
		)
		matches(deals, app.RecordNotice{Filter: "n > 5", Title: "大口", Targets: targets(user("aiko"))}, app.RecordNotice{Filter: "n > 7", Targets: targets(user("aiko"))})
		reminds(deals, "Asia/Tokyo", app.Reminder{Field: "due", Time: "09:00", Title: "期日", Targets: targets(user("aiko"))})
		deals.AddJSON(`{"title":{"value":"desk"},"due":{"value":"2026-11-23"},"who":{"value":[{"code":"ben"}]}}`)
		w.Drain()
		w.edit(w.Root, deals, 1, "n=6")
		w.Drain()
		w.until("2026-11-23T00:00:00Z")
		want(t, "whom a field names", w.letters(ben), "desk: A record was added., desk: A record was changed.")
		want(t, "of a condition and a reminder", w.letters(aiko), "desk: 大口, desk: 期日")
		want(t, "one of everybody", w.letters(chie), "")
		for _, part := range []string{"大口", "商談", "https://aoba.example/k/1/show#record=1", "株式会社青葉"} {
			i := slices.IndexFunc(w.post.sent, func(m mail.Message) bool { return m.Subject == "desk: 大口" })
			if i < 0 || !strings.Contains(w.post.sent[i].Text, part) {
				t.Errorf("no %q in %+v", part, w.post.sent)
			}
		}
	})
}

// Nobody is mailed what he may not see, nor a hidden title.
func TestMailsOfRulesTellNobodyWhatHeMayNotSee(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, ben := w.User("aiko"), w.User("ben")
		deals := w.App("deals", `title text; secret text hidden-from:aiko`)
		deals.Edit(func(s *app.Settings, _ *errs.Fields) { s.TitleField = "secret" })
		deals.Forbid(`title = "board"`, "root")
		matches(deals, app.RecordNotice{Filter: `title != ""`, Title: "seen", Targets: targets(user("aiko"), user("ben"))})
		w.Suspend(ben)
		deals.Add(`title=desk secret=plum`)
		deals.Add(`title=board secret=pear`)
		w.edit(w.Root, deals, 1, "title=")
		w.edit(aiko, deals, 1, "title=again") // her own doing
		w.Drain()
		want(t, "aiko", w.letters(aiko), "#1: seen")
		want(t, "suspended", w.letters(ben), "")
	})
}

func TestManyRecordsMakeFewMails(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko := w.User("aiko")
		deals := w.App("deals", `title text`)
		matches(deals, app.RecordNotice{Filter: `title != ""`, Title: "new", Targets: targets(user("aiko"))})
		list := make([]record.Input, 25)
		for i := range list {
			list[i] = record.Input{"title": {Value: []byte(fmt.Sprintf(`"deal %d"`, i))}}
		}
		if _, err := w.Root.Set(deals).Add(t.Context(), list, "records"); err != nil {
			t.Fatal(err)
		}
		w.Drain()
		want(t, "notices", fmt.Sprint(strings.Count(w.said(aiko), "condition")), "25")
		want(t, "mails", fmt.Sprint(len(w.post.sent)), "10")
		w.again("notify.tell")
		w.Drain()
		want(t, "mails of a job that runs twice", fmt.Sprint(len(w.post.sent)), "10")
	})
}
