package webhook_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/webhook"
	"github.com/engawa/engawa/internal/world"
)

func TestWhatIsSent(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		ben, to := w.User("ben"), newTarget(t)
		deals := w.App("商談", `title text`)
		w.hook(w.Root, deals, to.URL)
		n := deals.Add(`title=<desk>`)
		w.Drain()
		got := to.got(t)
		if len(got) != 1 || !strings.HasPrefix(got[0], `{"type":"ADD_RECORD","app":{"id":"1","name":"商談"},"record":{`) ||
			!strings.HasSuffix(got[0], `},"recordTitle":"<desk>","url":"https://aoba.example/k/1/show#record=1"}`) ||
			!strings.Contains(got[0], `"title":{"type":"SINGLE_LINE_TEXT","value":"\u003cdesk>"}`) || !strings.Contains(got[0], `"$id":{"type":"__ID__","value":"1"}`) {
			t.Errorf("added: %s", got)
		}
		w.update(ben, deals, n, `{"title":{"value":"chair"}}`)
		w.Drain()
		got = to.got(t)
		if len(got) != 1 || !strings.HasPrefix(got[0], `{"type":"UPDATE_RECORD","app":{"id":"1","name":"商談"},"record":{`) || !strings.Contains(got[0], `"recordTitle":"chair"`) {
			t.Errorf("updated: %s", got)
		}
		ben.Comment(deals, n, record.Internal, "look", w.Root)
		w.Drain()
		want(t, "comment", strings.Join(to.got(t), "\n"), `{"type":"ADD_RECORD_COMMENT","app":{"id":"1","name":"商談"},"recordId":"1",`+
			`"comment":{"id":"1","text":"look","createdAt":"2026-11-21T09:30:00Z","creator":{"code":"ben","name":"ben"},"mentions":[{"code":"root","type":"USER"}]},`+
			`"url":"https://aoba.example/k/1/show#record=1"}`)
		if err := ben.Set(deals).Delete(t.Context(), []id.Record{n}, nil); err != nil {
			t.Fatal(err)
		}
		w.Drain()
		want(t, "deleted", strings.Join(to.got(t), "\n"), `{"type":"DELETE_RECORD","app":{"id":"1","name":"商談"},"recordId":"1",`+
			`"deletedBy":{"code":"ben","name":"ben"},"deletedAt":"2026-11-21T09:30:00Z"}`)
	})
}

func TestAStatusIsTold(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		to := newTarget(t)
		deals := w.App("deals", `title text`)
		deals.Edit(func(s *app.Settings, p *errs.Fields) {
			err := s.SetProcess(app.ProcessChange{
				Enable:  new(true),
				States:  map[string]app.StateChange{"new": {Assignees: &app.Assignment{Mode: app.One}}, "done": {Index: 1, Assignees: &app.Assignment{Mode: app.One}}},
				Actions: &[]app.ProcessActionChange{{Name: "finish", From: "new", To: "done"}},
			}, p)
			if err != nil {
				p.Add("process", errs.KeyOf(err))
			}
		})
		w.hook(w.Root, deals, to.URL)
		n := deals.Add(`title=desk`)
		w.Drain()
		to.got(t)
		if _, err := w.Root.Set(deals).Act(t.Context(), []record.Step{{ID: n, Action: "finish", Revision: record.AnyRevision}}, false); err != nil {
			t.Fatal(err)
		}
		w.Drain()
		if got := to.got(t); len(got) != 1 || !strings.HasPrefix(got[0], `{"type":"UPDATE_STATUS","app":{"id":"1","name":"deals"},"record":{`) ||
			!strings.Contains(got[0], `"type":"STATUS","value":"done"`) {
			t.Errorf("got %s", got)
		}
	})
}

// kintone sends no webhooks for requests that hold several records, even if they hold one; of what was not asked for nothing comes.
func TestWhatIsNotSent(t *testing.T) {
	eachHooked(t, func(t *testing.T, w *site, deals *world.App, hook webhook.Webhook, to *target) {
		set, ctx := w.Root.Set(deals), t.Context()
		if _, err := set.Add(ctx, []record.Input{{}}, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := set.Add(ctx, []record.Input{{}, {}}, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := set.Add(record.Together(ctx), []record.Input{{}}, "record"); err != nil {
			t.Fatal(err)
		}
		if _, err := set.Update(ctx, []record.Change{{ID: 1, Record: record.Input{}, Revision: record.AnyRevision}}, false, ""); err != nil {
			t.Fatal(err)
		}
		if err := set.Delete(ctx, []id.Record{1, 2}, nil); err != nil {
			t.Fatal(err)
		}
		w.Drain()
		want(t, "bulk requests", to.types(t), "")
		w.change(hook, webhook.Change{Events: &[]webhook.Event{webhook.RecordDeleted}})
		deals.Delete(deals.Add(``))
		w.Drain()
		want(t, "only deletions", to.types(t), "DELETE_RECORD")
		w.change(hook, webhook.Change{Active: new(false)})
		deals.Delete(deals.Add(``))
		w.Drain()
		want(t, "switched off", to.types(t), "")
		if err := w.hooks.Delete(ctx, w.Root.Actor(), deals.ID, hook.ID); err != nil {
			t.Fatal(err)
		}
		deals.Delete(deals.Add(``))
		w.Drain()
		want(t, "removed", to.types(t), "")
	})
}

// Attack case 8: what is sent is what the owner may see now; when he may not manage the app any more it stops, and says why.
func TestAWebhookSeesWhatItsOwnerSees(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, to := w.User("aiko"), newTarget(t)
		deals := w.App("deals", `title text; secret text hidden-from:aiko; lines table(part text, inside text hidden-from:aiko)`)
		deals.Edit(func(s *app.Settings, _ *errs.Fields) { s.TitleField = "secret" })
		deals.Forbid(`title = "board"`, "root")
		deals.Permit("aiko", access.All)
		hook, _ := w.hook(aiko, deals, to.URL)
		n := deals.AddJSON(`{"title":{"value":"desk"},"secret":{"value":"plum"},"lines":{"value":[{"value":{"part":{"value":"leg"},"inside":{"value":"pear"}}}]}}`)
		w.Root.Comment(deals, n, record.Internal, "fine")
		board := deals.Add(`title=board secret=plum`)
		w.Root.Comment(deals, board, record.Internal, "peach")
		deals.Delete(board)
		w.Drain()
		for _, b := range to.got(t) {
			for _, word := range []string{"plum", "pear", "peach", "board", "secret"} {
				if strings.Contains(b, word) {
					t.Errorf("%s is in %s", word, b)
				}
			}
		}
		want(t, "log", w.log(hook), "ADD_RECORD delivered 200 1, ADD_RECORD_COMMENT delivered 200 1, ADD_RECORD gone 0 1, ADD_RECORD_COMMENT gone 0 1, DELETE_RECORD gone 0 1")
		deals.Edit(func(s *app.Settings, _ *errs.Fields) { s.AppRules = s.AppRules[1:] })
		deals.Add(`title=chair`)
		w.Drain()
		want(t, "without the right to manage", to.types(t), "")
		if got := w.now(hook); got.Active || got.Stopped != webhook.OwnerGone {
			t.Errorf("%+v", got)
		}
		w.change(hook, webhook.Change{Active: new(true)})
		deals.Add(`title=chair secret=plum`)
		w.Drain()
		if got := to.got(t); len(got) != 1 || !strings.Contains(got[0], "plum") {
			t.Errorf("of a new owner: %s", got)
		}
	})
}

func TestASuspendedOwnerStopsIt(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, to := w.User("aiko"), newTarget(t)
		deals := w.App("deals", `title text`)
		deals.Permit("aiko", access.All)
		hook, _ := w.hook(aiko, deals, to.URL)
		w.Suspend(aiko)
		deals.Add(``)
		w.Drain()
		want(t, "sent", to.types(t), "")
		if got := w.now(hook); got.Active || got.Stopped != webhook.OwnerGone {
			t.Errorf("%+v", got)
		}
		want(t, "log", w.log(hook), "ADD_RECORD owner 0 1")
	})
}

// Attack case 57: a receiver knows who sent it, and what was altered or sent before.
func TestSignatures(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		to := newTarget(t)
		deals := w.App("deals", `title text`)
		hook, secret := w.hook(w.Root, deals, to.URL)
		next := func() (http.Header, string) {
			t.Helper()
			deals.Add(``)
			w.Drain()
			i := len(to.bodies) - 1
			return to.heads[i], to.bodies[i]
		}
		h, body := next()
		if !verify(t, secret, h, body) || h.Get("webhook-timestamp") != fmt.Sprint(w.Now().Unix()) || !strings.Contains(body, `"id":"`+h.Get("webhook-id")+`"`) {
			t.Errorf("headers %v", h)
		}
		if verify(t, secret, h, body+" ") {
			t.Error("an altered body is taken")
		}
		old := h.Clone()
		h.Set("webhook-timestamp", fmt.Sprint(w.Now().Unix()+1))
		if verify(t, secret, h, body) {
			t.Error("an altered time is taken")
		}
		rotated, err := w.hooks.Rotate(t.Context(), w.Root.Actor(), deals.ID, hook.ID)
		if err != nil || rotated == secret {
			t.Fatal(rotated, err)
		}
		if h, body = next(); !verify(t, secret, h, body) || !verify(t, rotated, h, body) {
			t.Error("while the secret is being changed both are good")
		}
		w.Pass(24 * time.Hour)
		if h, body = next(); verify(t, secret, h, body) || !verify(t, rotated, h, body) {
			t.Error("after a day only the new one is")
		}
		if h.Get("webhook-id") == old.Get("webhook-id") {
			t.Error("two deliveries have one id")
		}
	})
}

// What the database holds does not tell a secret.
func TestSecretsAreNotKept(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		to := newTarget(t)
		deals := w.App("deals", `title text`)
		hook, secret := w.hook(w.Root, deals, to.URL)
		if strings.Contains(fmt.Sprintf("%+v", w.now(hook)), strings.TrimPrefix(secret, "whsec_")) {
			t.Error("the secret is in the list")
		}
		err := w.DB.Read(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			var n int
			if err := tx.QueryRow(ctx, `SELECT count(*) FROM webhook WHERE nonce = ? OR nonce = ?`, secret, strings.TrimPrefix(secret, "whsec_")).Scan(&n); err != nil {
				return err
			}
			if n != 0 {
				t.Error("the secret is in the database")
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestWhoMayManageWebhooks(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko := w.User("aiko")
		deals, others := w.App("deals", `title text`), w.App("others", `title text`)
		hook, _ := w.hook(w.Root, deals, "http://127.0.0.1:9/")
		ctx, root := t.Context(), w.Root.Actor()
		c := webhook.Change{URL: new("http://127.0.0.1:9/"), Events: &all}
		outcomes := func(who world.Person, a id.App) string {
			_, err := w.hooks.List(ctx, who.Actor(), a)
			_, _, err2 := w.hooks.Add(ctx, who.Actor(), a, c)
			_, err3 := w.hooks.Rotate(ctx, who.Actor(), a, hook.ID)
			_, err4 := w.hooks.Test(ctx, who.Actor(), a, hook.ID)
			_, _, err5 := w.hooks.Deliveries(ctx, who.Actor(), a, hook.ID, 0)
			_, err6 := w.hooks.Redeliver(ctx, who.Actor(), a, 1)
			var list []string
			for _, err := range []error{err, err2, w.hooks.Update(ctx, who.Actor(), a, hook.ID, c), err3, err4, err5, err6, w.hooks.Delete(ctx, who.Actor(), a, hook.ID)} {
				list = append(list, world.Outcome(err))
			}
			return strings.Join(list, " ")
		}
		want(t, "who may not", outcomes(aiko, deals.ID), strings.TrimSpace(strings.Repeat("forbidden ", 8)))
		want(t, "by way of another app", outcomes(w.Root, others.ID), "ok ok webhook.notFound webhook.notFound webhook.notFound webhook.notFound webhook.deliveryNotFound webhook.notFound")
		for range webhook.MaxPerApp - 1 {
			w.hook(w.Root, deals, "http://127.0.0.1:9/")
		}
		_, _, err := w.hooks.Add(ctx, root, deals.ID, c)
		want(t, "the eleventh", world.Outcome(err), "webhook.tooMany")
	})
}

func TestBadInput(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		deals := w.App("deals", `title text`)
		for _, tc := range []struct {
			c    webhook.Change
			want string
		}{
			{webhook.Change{}, "validation url=param.required events=param.required"},
			{webhook.Change{URL: new(""), Events: &[]webhook.Event{}}, "validation url=param.required events=param.required"},
			{webhook.Change{URL: new("http://169.254.169.254/latest"), Events: &all}, "validation url=webhook.address"},
			{webhook.Change{URL: new("http://[::ffff:10.0.0.1]/"), Events: &all}, "validation url=webhook.address"},
			{webhook.Change{URL: new("http://127.0.0.1:1/"), Events: &all}, "validation url=webhook.address"}, // itself
			{webhook.Change{URL: new("ftp://127.0.0.1/"), Events: &all}, "validation url=webhook.address"},
			{webhook.Change{URL: new("http://127.0.0.1:9/"), Events: &[]webhook.Event{"ADD_RECORD", "TEST", "x"}, Description: new(strings.Repeat("x", 501))},
				"validation description=param.length events[1]=param.enum events[2]=param.enum"},
		} {
			_, _, err := w.hooks.Add(t.Context(), w.Root.Actor(), deals.ID, tc.c)
			want(t, fmt.Sprintf("%+v", tc.c), world.Outcome(err), tc.want)
		}
	})
}

func TestNoMoreThanTenAtOnceEither(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		deals := w.App("deals", "title text")
		var all sync.WaitGroup
		var refused atomic.Int32
		for range webhook.MaxPerApp + 5 {
			all.Go(func() {
				_, _, err := w.hooks.Add(t.Context(), w.Root.Actor(), deals.ID, webhook.Change{URL: new("http://127.0.0.1:9/"), Events: &[]webhook.Event{"ADD_RECORD"}})
				switch errs.KeyOf(err) {
				case "webhook.tooMany":
					refused.Add(1)
				case "":
					if err != nil {
						t.Error(err)
					}
				default:
					t.Error(err)
				}
			})
		}
		all.Wait()
		list, err := w.hooks.List(t.Context(), w.Root.Actor(), deals.ID)
		if len(list) != webhook.MaxPerApp || refused.Load() != 5 || err != nil {
			t.Errorf("%d webhooks, %d refused, %v", len(list), refused.Load(), err)
		}
	})
}
