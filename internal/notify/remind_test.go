package notify_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/field"
	"github.com/engawa/engawa/internal/world"
)

// reminds gives an app reminders, in a time zone.
func reminds(a *world.App, zone string, list ...app.Reminder) {
	a.Edit(func(s *app.Settings, p *errs.Fields) {
		if err := s.SetReminders(list, p); err != nil {
			p.Add("list", errs.KeyOf(err))
		}
		s.Notifications.Reminder.Timezone = zone
	})
}

// until lets the world's time go on to an instant, two hours at a time, and all that is due happen.
func (w *site) until(text string) {
	w.T.Helper()
	to, err := time.Parse(time.RFC3339, text)
	if err != nil {
		w.T.Fatal(err)
	}
	w.Drain()
	for w.Now().Before(to) {
		w.Pass(min(2*time.Hour, to.Sub(w.Now())))
		w.Drain()
	}
}

func targets(list ...access.Entity) []app.Target {
	out := make([]app.Target, len(list))
	for i, e := range list {
		out[i] = app.Target{Entity: e}
	}
	return out
}

// The world begins on 2026-11-21 at 09:30 UTC, which is 18:30 in Tokyo.
func TestRemindersByTheDay(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, ben := w.User("aiko"), w.User("ben")
		deals := w.App("deals", `title text; due date; who user`)
		reminds(deals, "Asia/Tokyo",
			app.Reminder{Field: "due", DaysLater: -1, Time: "09:00", Title: "tomorrow", Targets: targets(user("aiko"), fieldEntity("who"))},
			app.Reminder{Field: "due", Time: "18:40", Filter: `title = "open"`, Title: "today", Targets: targets(user("aiko"))},
		)
		deals.AddJSON(`{"title":{"value":"open"},"due":{"value":"2026-11-23"},"who":{"value":[{"code":"ben"}]}}`)
		deals.Add(`title=closed due=2026-11-21`)
		deals.Add(`title=open due=2026-11-22`) // its day before was this morning
		w.until("2026-11-21T23:59:00Z")
		want(t, "before", w.said(aiko), "")
		w.until("2026-11-22T00:00:00Z")
		want(t, "the day before, at nine in Tokyo", w.said(aiko), "reminder @open:tomorrow")
		want(t, "whom the record names", w.kinds(ben), "reminder!")
		w.until("2026-11-22T09:40:00Z")
		want(t, "the day itself", w.said(aiko), "reminder @open:today, reminder @open:tomorrow")
		deals.Add(`title=open due=2026-11-22`)
		w.until("2026-11-22T12:00:00Z")
		want(t, "one whose time is past", w.said(aiko), "reminder @open:today, reminder @open:tomorrow")
		w.edit(w.Root, deals, 1, "title=closed")
		w.until("2026-11-24T12:00:00Z")
		want(t, "one that no longer matches when the time comes", w.kinds(aiko), "reminder! reminder!")
		w.edit(w.Root, deals, 1, "due=2026-11-26")
		w.until("2026-11-26T12:00:00Z")
		want(t, "one with another date", w.said(aiko), "reminder @closed:tomorrow, reminder @open:today, reminder @closed:tomorrow")
	})
}

func TestRemindersByTheHour(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko := w.User("aiko")
		deals := w.App("deals", `title text; at datetime`)
		created := w.system(deals, field.CreatedTime)
		reminds(deals, "",
			app.Reminder{Field: "at", HoursLater: -2, Title: "soon", Targets: targets(user("aiko"))},
			app.Reminder{Field: created, HoursLater: 3, Title: "old", Targets: targets(user("aiko"))},
		)
		deals.Add(`title=a at=2026-11-21T12:00:00Z`)
		deals.Add(`title=b at=2026-11-21T11:00:00Z`) // two hours before that is past
		w.until("2026-11-21T09:59:00Z")
		want(t, "before", w.said(aiko), "")
		w.until("2026-11-21T10:05:00Z")
		want(t, "two hours before", w.said(aiko), "reminder @a:soon")
		w.edit(w.Root, deals, 1, "title=c")
		w.until("2026-11-21T12:29:00Z")
		want(t, "once", w.said(aiko), "reminder @c:soon")
		w.until("2026-11-21T12:35:00Z")
		want(t, "three hours after they were added", w.said(aiko), "reminder @b:old, reminder @c:old, reminder @c:soon")
	})
}

// Days and hours add up; the hours of a date are counted from when its day begins where the reminders are.
func TestRemindersByDaysAndHours(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko := w.User("aiko")
		deals := w.App("deals", `title text; at datetime; due date`)
		reminds(deals, "Asia/Tokyo",
			app.Reminder{Field: "at", DaysLater: 1, HoursLater: -2, Title: "next day", Targets: targets(user("aiko"))},
			app.Reminder{Field: "due", HoursLater: 18, Title: "at six", Targets: targets(user("aiko"))},
			app.Reminder{Field: "due", DaysLater: -1, HoursLater: 20, Title: "evening before", Targets: targets(user("aiko"))},
		)
		deals.Add(`title=a at=2026-11-21T12:00:00Z`)
		deals.Add(`title=b due=2026-11-22`)
		w.until("2026-11-21T10:59:00Z")
		want(t, "before", w.said(aiko), "")
		w.until("2026-11-21T11:05:00Z")
		want(t, "at 20:00 in Tokyo, the day before", w.said(aiko), "reminder @b:evening before")
		w.until("2026-11-22T08:59:00Z")
		want(t, "nothing in between", w.kinds(aiko), "reminder!")
		w.until("2026-11-22T09:05:00Z")
		want(t, "at 18:00 in Tokyo", w.said(aiko), "reminder @b:at six, reminder @b:evening before")
		w.until("2026-11-22T10:05:00Z")
		want(t, "a day after, less two hours", w.said(aiko), "reminder @a:next day, reminder @b:at six, reminder @b:evening before")
		w.until("2026-11-25T00:00:00Z")
		want(t, "once", w.kinds(aiko), "reminder! reminder! reminder!")
	})
}

func TestRemindersOfADateAndTimeByTheDay(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko := w.User("aiko")
		deals := w.App("deals", `title text; at datetime`)
		reminds(deals, "Asia/Tokyo", app.Reminder{Field: "at", DaysLater: 1, Time: "00:00", Title: "x", Targets: targets(user("aiko"))})
		deals.Add(`title=early at=2026-11-22T14:59:00Z`) // 22nd, 23:59
		deals.Add(`title=late at=2026-11-22T15:00:00Z`)  // 23rd, 00:00
		w.until("2026-11-22T15:00:00Z")
		want(t, "on the 23rd in Tokyo", w.said(aiko), "reminder @early:x")
		w.until("2026-11-23T15:00:00Z")
		want(t, "on the 24th", w.said(aiko), "reminder @late:x, reminder @early:x")
	})
}

// A server that was down tells of what it missed, of each time once, and not of what was long ago.
func TestRemindersAfterAPause(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko := w.User("aiko")
		deals := w.App("deals", `title text; due date`)
		reminds(deals, "UTC", app.Reminder{Field: "due", Time: "09:00", Title: "x", Targets: targets(user("aiko"))})
		for _, day := range []int{22, 24, 30} {
			deals.Add(fmt.Sprintf(`title=%d due=2026-11-%d`, day, day))
		}
		w.Drain()
		w.Pass(9 * 24 * time.Hour)
		w.Drain()
		want(t, "after nine days", w.said(aiko), "reminder @30:x, reminder @24:x")
		w.exec(`UPDATE notification_reminder SET until = ?`, world.Began) // as if its last write had been lost
		w.exec(`DELETE FROM job WHERE kind = 'notify.remind' AND state = 'queued'`)
		w.again("notify.remind")
		w.Drain()
		want(t, "after the job ran again", w.said(aiko), "reminder @30:x, reminder @24:x")
	})
}

// Reminders that are taken away are silent, new ones begin with the deployment; what nobody may see is not told.
func TestRemindersFollowTheSettings(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko, ben := w.User("aiko"), w.User("ben")
		deals := w.App("deals", `title text; due date; secret text hidden-from:ben`)
		deals.Forbid(`title = "board"`, "root", "aiko")
		deals.Edit(func(s *app.Settings, _ *errs.Fields) { s.TitleField = "secret" })
		r := app.Reminder{Field: "due", Time: "09:00", Title: "x", Targets: targets(user("aiko"), user("ben"))}
		reminds(deals, "UTC", r)
		for day := 22; day <= 25; day++ {
			deals.Add(fmt.Sprintf(`title=desk secret=plum%d due=2026-11-%d`, day, day))
		}
		deals.Add(`title=board secret=pear due=2026-11-22`)
		w.until("2026-11-22T10:00:00Z")
		want(t, "who may see all", w.said(aiko), "reminder @pear:x, reminder @plum22:x")
		want(t, "who may not", w.said(ben), "reminder @#1:x")
		reminds(deals, "UTC")
		w.until("2026-11-23T10:00:00Z")
		want(t, "none", w.kinds(aiko), "reminder! reminder!")
		r.Targets = r.Targets[1:]
		reminds(deals, "UTC", r)
		w.until("2026-11-24T10:00:00Z")
		want(t, "others are told", w.kinds(aiko)+" "+w.kinds(ben), "reminder! reminder! reminder! reminder!")
		h, err := w.Apps.Open(t.Context(), w.Root.Actor(), deals.ID)
		if err != nil {
			t.Fatal(err)
		}
		if err := h.Delete(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.until("2026-11-25T10:00:00Z")
		if n := w.count(`SELECT count(*) FROM job WHERE kind = 'notify.remind' AND state <> 'done'`); n != 0 {
			t.Errorf("of an app that is gone %d jobs are left", n)
		}
	})
}

// Many records at one time are all told of.
func TestManyReminders(t *testing.T) {
	each(t, func(t *testing.T, w *site) {
		aiko := w.User("aiko")
		deals := w.App("deals", `title text; due date`)
		reminds(deals, "UTC", app.Reminder{Field: "due", Time: "09:00", Targets: targets(user("aiko"))})
		for i := range 130 {
			deals.Add(fmt.Sprintf(`title=%d due=2026-11-22`, i))
		}
		w.Drain()
		w.Pass(24 * time.Hour)
		w.Drain()
		if n := w.count(`SELECT count(*) FROM notification WHERE user_id = ? AND kind = 'reminder'`, aiko.ID); n != 130 {
			t.Errorf("%d of 130", n)
		}
		if strings.Contains(w.said(aiko), "@:") {
			t.Error("without a title")
		}
	})
}
