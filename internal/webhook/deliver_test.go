package webhook_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/webhook"
	"github.com/engawa/engawa/internal/world"
)

func TestFailuresAreTriedAgain(t *testing.T) {
	eachHooked(t, func(t *testing.T, w *site, deals *world.App, hook webhook.Webhook, to *target) {
		to.answer(http.StatusServiceUnavailable)
		n := deals.Add(`title=desk`)
		w.Drain()
		want(t, "at first", w.log(hook), "ADD_RECORD answered 503 1 again")
		w.Drain()
		want(t, "before its time", w.log(hook), "ADD_RECORD answered 503 1 again")
		deals.Add(`title=other`)
		w.Drain()
		want(t, "one that is refused keeps nobody waiting", w.log(hook), "ADD_RECORD answered 503 1 again, ADD_RECORD answered 503 1 again")
		w.update(w.Root, deals, n, `{"title":{"value":"chair"}}`)
		to.answer(0)
		w.Pass(time.Minute)
		w.Drain()
		want(t, "later", w.log(hook), "ADD_RECORD delivered 200 2, ADD_RECORD delivered 200 2, UPDATE_RECORD delivered 200 1")
		if last := to.heads; last[0].Get("webhook-id") != last[2].Get("webhook-id") || last[0].Get("webhook-timestamp") == last[2].Get("webhook-timestamp") {
			t.Errorf("attempts at one delivery: %v and %v", last[0], last[2])
		}
		if got := to.got(t); !strings.Contains(got[2], `"recordTitle":"chair"`) || !strings.Contains(got[2], "ADD_RECORD") {
			t.Errorf("a record is sent as it is when it is sent: %s", got[2])
		}
		if got := w.now(hook); !got.FailingSince.IsZero() {
			t.Errorf("%+v", got)
		}
	})
}

// The pauses double up to an hour; after twelve attempts it is over.
func TestDeliveriesAreGivenUp(t *testing.T) {
	eachHooked(t, func(t *testing.T, w *site, deals *world.App, hook webhook.Webhook, to *target) {
		to.answer(http.StatusBadRequest)
		deals.Add(``)
		for i := range 20 {
			w.Drain()
			list, _, err := w.hooks.Deliveries(t.Context(), w.Root.Actor(), deals.ID, hook.ID, 0)
			if err != nil || list[0].NextAt.IsZero() {
				break
			}
			ideal := min(15*time.Second<<i, time.Hour)
			if wait := list[0].NextAt.Sub(w.Now()); wait < ideal*4/5 || wait > ideal*6/5 {
				t.Errorf("after attempt %d it waits %s, want about %s", i+1, wait, ideal)
			}
			w.Pass(list[0].NextAt.Sub(w.Now()))
		}
		want(t, "log", w.log(hook), "ADD_RECORD answered 400 12")
	})
}

// A target that does not answer is left alone for a while, and nothing is told of why.
func TestAnUnreachableTargetIsHeld(t *testing.T) {
	eachHooked(t, func(t *testing.T, w *site, deals *world.App, hook webhook.Webhook, to *target) {
		to.Close()
		for range 3 {
			deals.Add(``)
			w.Drain()
		}
		want(t, "log", w.log(hook), "ADD_RECORD unreachable 0 1 again, ADD_RECORD  0 0 again, ADD_RECORD  0 0 again")
		again := newTarget(t)
		w.change(hook, webhook.Change{URL: &again.URL})
		w.Pass(time.Minute)
		w.Drain()
		want(t, "at another address", again.types(t), "ADD_RECORD ADD_RECORD ADD_RECORD")
		deals.Add(``)
		w.change(hook, webhook.Change{URL: &to.URL})
		w.Drain()
		w.change(hook, webhook.Change{Active: new(false)})
		if got := w.log(hook); !strings.HasSuffix(got, "ADD_RECORD inactive 0 1") {
			t.Errorf("switched off, nothing waits: %s", got)
		}
	})
}

// An address that was public when it was written down and is not when it is called is not called.
func TestTheAddressIsLookedAtAgain(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		deals := w.App("deals", `title text`)
		to := newTarget(t)
		to.Config.Handler = http.RedirectHandler("http://169.254.169.254/", http.StatusTemporaryRedirect)
		hook, _ := w.hook(w.Root, deals, to.URL)
		deals.Add(``)
		w.Drain()
		want(t, "log", w.log(hook), "ADD_RECORD refused 0 1")
	})
}

// At most sixty in a minute for an app; the rest is dropped, and the log says how many.
func TestSixtyAMinute(t *testing.T) {
	eachHooked(t, func(t *testing.T, w *site, deals *world.App, hook webhook.Webhook, to *target) {
		for range 64 {
			deals.Add(``)
		}
		w.Drain()
		want(t, "sent", fmt.Sprint(len(to.got(t))), "60")
		if got := w.log(hook); !strings.Contains(got, "ADD_RECORD dropped 0 0 ×4") {
			t.Errorf("log %s", got)
		}
		if _, err := w.hooks.Test(t.Context(), w.Root.Actor(), deals.ID, hook.ID); world.Outcome(err) != "webhook.perMinute" {
			t.Errorf("a test more: %v", err)
		}
		w.Pass(time.Minute)
		deals.Add(``)
		w.Drain()
		want(t, "a minute later", to.types(t), "ADD_RECORD")
	})
}

func TestOnlyTheLatestDeliveriesAreKept(t *testing.T) {
	eachHooked(t, func(t *testing.T, w *site, deals *world.App, hook webhook.Webhook, to *target) {
		deals.Add(``)
		w.Drain()
		err := w.DB.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			for range 8 { // 256 of them
				_, err := tx.Exec(ctx, `
					INSERT INTO webhook_delivery (webhook_id, app_id, uuid, event, state, outcome, created_at)
					SELECT webhook_id, app_id, uuid, event, state, outcome, created_at FROM webhook_delivery`)
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		w.Pass(time.Minute)
		deals.Add(``)
		w.Drain()
		kept, before := 0, id.Delivery(0)
		for more := true; more; {
			var list []webhook.Delivery
			var err error
			if list, more, err = w.hooks.Deliveries(t.Context(), w.Root.Actor(), deals.ID, hook.ID, before); err != nil {
				t.Fatal(err)
			}
			kept += len(list)
			before = list[len(list)-1].ID
		}
		want(t, "kept", fmt.Sprint(kept), "200")
	})
}

// After days of failures a webhook is stopped, and whoever listens hears of it.
func TestALongFailureStopsIt(t *testing.T) {
	eachHooked(t, func(t *testing.T, w *site, deals *world.App, hook webhook.Webhook, to *target) {
		var stopped []string
		w.Jobs.Receive("test", job.Each(func(_ context.Context, _ *db.Tx, s webhook.Stopped) error {
			stopped = append(stopped, fmt.Sprint(s))
			return nil
		}), "webhook.stopped")
		to.answer(http.StatusInternalServerError)
		for range 9 {
			deals.Add(``)
			w.Drain()
			w.Pass(8 * time.Hour)
		}
		if got := w.now(hook); !got.Active || got.FailingSince.IsZero() {
			t.Errorf("within three days: %+v", got)
		}
		deals.Add(``)
		w.Drain()
		if got := w.now(hook); got.Active || got.Stopped != webhook.Failing {
			t.Errorf("after three days: %+v", got)
		}
		want(t, "told", strings.Join(stopped, ", "), fmt.Sprint(webhook.Stopped{App: deals.ID, Webhook: hook.ID, Reason: webhook.Failing}))
		to.answer(0)
		w.change(hook, webhook.Change{Active: new(true)})
		to.got(t)
		deals.Add(``)
		w.Drain()
		want(t, "switched on again", to.types(t), "ADD_RECORD")
	})
}

func TestByHand(t *testing.T) {
	eachHooked(t, func(t *testing.T, w *site, deals *world.App, hook webhook.Webhook, to *target) {
		ctx, root := t.Context(), w.Root.Actor()
		w.change(hook, webhook.Change{Active: new(false)})
		if _, err := w.hooks.Test(ctx, root, deals.ID, hook.ID); err != nil {
			t.Fatal(err)
		}
		w.Drain()
		want(t, "a test", strings.Join(to.got(t), ""), `{"type":"TEST","app":{"id":"1","name":"deals"},"url":"https://aoba.example/k/1/"}`)
		to.answer(http.StatusTeapot)
		if _, err := w.hooks.Test(ctx, root, deals.ID, hook.ID); err != nil {
			t.Fatal(err)
		}
		w.Drain()
		want(t, "log", w.log(hook), "TEST delivered 200 1, TEST answered 418 1")
		if got := w.now(hook); !got.FailingSince.IsZero() {
			t.Errorf("a test that fails counts: %+v", got)
		}
		to.answer(0)
		w.change(hook, webhook.Change{Active: new(true)})
		n := deals.Add(`title=desk`)
		w.Drain()
		w.update(w.Root, deals, n, `{"title":{"value":"chair"}}`)
		w.Drain()
		to.got(t)
		list, _, err := w.hooks.Deliveries(ctx, root, deals.ID, hook.ID, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.hooks.Redeliver(ctx, root, deals.ID, list[1].ID); err != nil {
			t.Fatal(err)
		}
		w.Drain()
		heads := to.heads[len(to.heads)-3:]
		if got := to.got(t); len(got) != 1 || !strings.Contains(got[0], `"type":"ADD_RECORD"`) || !strings.Contains(got[0], "chair") ||
			heads[0].Get("webhook-id") != heads[2].Get("webhook-id") {
			t.Errorf("sent again: %s, %v", got, heads)
		}
	})
}

// Attack case 54: a target that hangs keeps nobody else's deliveries waiting, nor other work.
func TestASlowTargetKeepsNobodyWaiting(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		slow, quick := newTarget(t), newTarget(t)
		slow.hang = make(chan struct{})
		bad, good := w.App("bad", `title text`), w.App("good", `title text`)
		hook, _ := w.hook(w.Root, bad, slow.URL)
		w.hook(w.Root, good, quick.URL)
		for range 30 {
			bad.Add(``)
		}
		good.Add(``)
		other := make(chan struct{}, 1)
		w.Jobs.Work("other", func(context.Context, *job.Job) error {
			other <- struct{}{}
			return nil
		})
		if err := w.DB.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			_, err := job.Enqueue(ctx, tx, "other", nil, job.Options{})
			return err
		}); err != nil {
			t.Fatal(err)
		}
		w.Drain() // one by one: it would take ten seconds if each were waited for
		<-other
		want(t, "the other one", quick.types(t), "ADD_RECORD")
		if got := w.log(hook); strings.Count(got, "unreachable") != 1 {
			t.Errorf("more than one attempt was made: %s", got)
		}
		close(slow.hang)
	})
}
