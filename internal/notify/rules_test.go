package notify_test

import (
	"strings"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/notify"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

func user(code string) access.Entity        { return access.Entity{Type: "USER", Code: code} }
func group(code string) access.Entity       { return access.Entity{Type: "GROUP", Code: code} }
func fieldEntity(code string) access.Entity { return access.Entity{Type: app.FieldEntity, Code: code} }

// tells gives an app general rules.
func tells(a *world.App, list ...app.GeneralNotice) {
	a.Edit(func(s *app.Settings, p *errs.Fields) {
		if err := s.SetGeneralNotices(app.GeneralNotices{List: list}); err != nil {
			p.Add("list", errs.KeyOf(err))
		}
	})
}

// system is the code of an app's field of a system type.
func (w *site) system(a *world.App, t field.Type) string {
	return w.Root.Set(a).App().Settings.System(t).Code
}

func (w *site) edit(by world.Person, a *world.App, n id.Record, values string) {
	w.T.Helper()
	in := record.Input{}
	for pair := range strings.FieldsSeq(values) {
		code, value, _ := strings.Cut(pair, "=")
		in[code] = record.InputValue{Value: field.AppendString(nil, value)}
	}
	if _, err := by.Set(a).Update(w.T.Context(), []record.Change{{ID: n, Record: in, Revision: record.AnyRevision}}, false, "record"); err != nil {
		w.T.Fatal(err)
	}
}

// kinds are the kinds of what somebody is told, newest first, to-me ones with a "!".
func (w *site) kinds(p world.Person) string {
	w.T.Helper()
	var out []string
	for _, n := range w.notes(p) {
		kind := string(n.Kind)
		if n.ToMe {
			kind += "!"
		}
		out = append(out, kind)
	}
	return strings.Join(out, " ")
}

func TestGeneralRules(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, ben, chie, dan := w.User("aiko"), w.User("ben"), w.User("chie"), w.User("dan")
		deals := w.App("deals", `title text; who user`)
		tells(deals,
			app.GeneralNotice{Entity: user("aiko"), RecordAdded: true},
			app.GeneralNotice{Entity: group(access.Everyone), RecordEdited: true},
			app.GeneralNotice{Entity: fieldEntity("who"), RecordEdited: true, CommentAdded: true},
			app.GeneralNotice{Entity: fieldEntity(w.system(deals, field.Creator)), CommentAdded: true},
		)
		n := deals.AddJSON(`{"title":{"value":"desk"},"who":{"value":[{"code":"ben"}]}}`)
		w.Drain()
		want(t, "added", w.said(aiko), "added 青木 愛子@desk:")
		want(t, "others", w.kinds(ben)+w.kinds(chie)+w.kinds(w.Root), "")
		w.edit(chie, deals, n, "title=chair")
		w.Drain()
		want(t, "edited", w.said(aiko), "edited chie@chair:, added 青木 愛子@chair:")
		want(t, "named by a field, it is meant for him", w.kinds(ben), "edited!")
		want(t, "one of everyone", w.kinds(dan), "edited")
		want(t, "who did it", w.kinds(chie), "")
		dan.Comment(deals, n, record.Internal, "look")
		w.Drain()
		want(t, "the creator", w.kinds(w.Root), "comment! edited")
		want(t, "named by a field", w.kinds(ben), "comment! edited!")
		want(t, "nobody's rule", w.kinds(aiko), "edited added")
		ben.Comment(deals, n, record.Internal, "again", aiko)
		w.Drain()
		want(t, "mentioned", w.kinds(aiko), "mention! edited added")
		want(t, "commented before, but no rule says so", w.kinds(dan), "edited")
	})
}

func TestUnitsAreToldByTheirMembers(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, ben := w.User("aiko"), w.User("ben")
		ctx, root := t.Context(), w.Root.Actor()
		for _, o := range []identity.OrganizationChange{{Code: "sales", Name: new("Sales")}, {Code: "tokyo", Name: new("Tokyo"), ParentCode: new("sales")}} {
			if err := w.People.AddOrganizations(ctx, root, []identity.OrganizationChange{o}); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.People.SetOrganizations(ctx, root, []identity.Placement{{Code: "ben", Places: []identity.Place{{Organization: "tokyo"}}}}); err != nil {
			t.Fatal(err)
		}
		deals := w.App("deals", `title text`)
		rule := app.GeneralNotice{Entity: access.Entity{Type: "ORGANIZATION", Code: "sales"}, RecordAdded: true}
		tells(deals, rule)
		deals.Add(`title=desk`)
		w.Drain()
		want(t, "of an organisation below", w.kinds(ben), "")
		rule.IncludeSubs = true
		tells(deals, rule)
		deals.Add(`title=desk`)
		w.Drain()
		want(t, "with those below", w.kinds(ben), "added")
		want(t, "of none", w.kinds(aiko), "")
		c := record.Comment{Lane: record.Internal, Text: "all", Mentions: []record.Mention{{Code: "tokyo", Type: "ORGANIZATION"}}}
		if _, err := w.Root.Set(deals).AddComment(ctx, 1, c); err != nil {
			t.Fatal(err)
		}
		w.Drain()
		want(t, "mentioned by his organisation", w.kinds(ben), "mention! added")
	})
}

// Checklist 14 and 5: nobody is told of records he may not see, nor is a hidden field told by its record's title or by who is in it.
func TestRulesTellNobodyWhatHeMayNotSee(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, ben := w.User("aiko"), w.User("ben")
		deals := w.App("deals", `title text; secret text hidden-from:aiko`)
		modifier := w.system(deals, field.Modifier)
		deals.Edit(func(s *app.Settings, _ *errs.Fields) { s.TitleField = "secret" })
		deals.Hide(modifier, "aiko")
		deals.Forbid(`title = "board"`, "root")
		tells(deals, app.GeneralNotice{Entity: group(access.Everyone), RecordAdded: true, RecordEdited: true})
		n := deals.Add(`title=desk secret=plum`)
		deals.Add(`title=board secret=pear`)
		w.edit(w.Root, deals, n, "title=chair")
		w.Suspend(ben)
		w.Drain()
		want(t, "aiko", w.said(aiko), "edited @#1:, added 青木 愛子@#1:")
		if n := w.count(`SELECT count(*) FROM notification WHERE user_id = ?`, ben.ID); n != 0 {
			t.Errorf("a suspended user has %d notices", n)
		}
		deals.Forbid(`title = "chair"`, "root")
		want(t, "after she lost the right", w.said(aiko), "")
	})
}

// An event is told of once, however often its job runs.
func TestNobodyIsToldTwice(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko := w.User("aiko")
		deals := w.App("deals", `title text`)
		tells(deals, app.GeneralNotice{Entity: user("aiko"), RecordAdded: true})
		deals.Add(`title=desk`)
		w.Drain()
		w.again("notify.tell")
		w.Drain()
		want(t, "aiko", w.kinds(aiko), "added")
	})
}

func TestAFileThatWasReadIsToldOf(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, ben := w.User("aiko"), w.User("ben")
		deals := w.App("deals", `title text`)
		tells(deals, app.GeneralNotice{Entity: group(access.Everyone), FileImported: true, RecordAdded: true})
		w.emit("import.finished", map[string]any{"import": 7, "app": deals.ID, "by": aiko.ID})
		w.Drain()
		want(t, "who read it", w.said(aiko), "import @deals:")
		want(t, "others", w.said(ben), "imported @deals:")
	})
}

func TestManagersHearOfAStoppedWebhook(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, ben := w.User("aiko"), w.User("ben")
		deals := w.App("deals", `title text`)
		deals.Permit("aiko", access.Manage)
		w.emit("webhook.stopped", map[string]any{"app": deals.ID, "webhook": 1, "reason": "failing"})
		w.Drain()
		want(t, "one who manages the app", w.said(aiko), "webhook @deals:")
		want(t, "one who does not", w.said(ben), "")
		if n := w.notes(aiko)[0]; n.Path() != "/k/admin/app/flow?app=1#section=webhooks" || n.Kind != notify.Webhook {
			t.Errorf("%+v", n)
		}
		deals.Edit(func(s *app.Settings, _ *errs.Fields) { s.AppRules = s.AppRules[1:] })
		want(t, "when she no longer does", w.said(aiko), "")
	})
}

func TestOldNoticesAreForgotten(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko := w.User("aiko")
		deals := w.App("deals", `title text`)
		tells(deals, app.GeneralNotice{Entity: user("aiko"), RecordAdded: true})
		deals.Add(`title=old`)
		w.Drain()
		w.Pass(69 * 24 * time.Hour)
		deals.Add(`title=new`)
		w.Drain()
		want(t, "after 69 days", w.kinds(aiko), "added added")
		w.Pass(2 * 24 * time.Hour)
		w.Drain()
		want(t, "after 71", w.said(aiko), "added 青木 愛子@new:")
	})
}

func TestLongTitlesAreCut(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko := w.User("aiko")
		deals := w.App("deals", `title text`)
		tells(deals, app.GeneralNotice{Entity: user("aiko"), RecordAdded: true})
		deals.Add(`title=` + strings.Repeat("あ", 28))
		w.Drain()
		want(t, "aiko", w.said(aiko), "added 青木 愛子@"+strings.Repeat("あ", 27)+"…:")
	})
}

func TestPeriodicReportsAreTold(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, ben := w.User("aiko"), w.User("ben")
		deals := w.App("deals", `title text; secret text`)
		deals.Permit("ben", access.Manage)
		deals.Edit(func(s *app.Settings, _ *errs.Fields) {
			s.Reports = []app.Report{{ID: 1, Name: "by title", ChartType: "PIE", Groups: []app.ReportGroup{{Code: "title"}}, Aggregations: []app.Aggregation{{Type: "COUNT"}}}}
		})
		for _, kind := range []string{"report.taken", "report.failed"} {
			w.emit(kind, map[string]any{"app": deals.ID, "report": 1, "by": aiko.ID})
		}
		w.Drain()
		want(t, "who saved it", w.said(aiko), "report @by title:")
		want(t, "who manages the app", w.said(ben), "reportFailed @by title:")
		want(t, "where it leads", w.notes(aiko)[0].Path(), "/k/1/?report=1")
		deals.Hide("title", "aiko")
		want(t, "when she may not know of it any more", w.said(aiko), "")
	})
}
