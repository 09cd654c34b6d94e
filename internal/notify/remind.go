package notify

import (
	"context"
	"strconv"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/record"
)

// remindJob is the kind of the jobs that tell of records whose time has come: one for each app that has reminders, which queues
// itself for the next time. When one fails it is tried again for ever: it stands for all that come.
const (
	remindJob      = "notify.remind"
	remindAttempts = 1 << 30
)

// catchUp is how far back a server that was down tells of times that it missed.
const catchUp = 7 * 24 * time.Hour

// reminded is the payload of a remindJob.
type reminded struct {
	App id.App `json:"app"`
}

// timings are the reminders of an app. Those whose field is gone are left out.
func timings(l *app.Live, dir identity.Directory) []timing {
	rules := l.Settings.Notifications.Reminder
	zone, err := time.LoadLocation(rules.Timezone)
	if rules.Timezone == "" || err != nil {
		zone = dir.Site().Zone()
	}
	var list []timing
	for _, r := range rules.List {
		if f, _ := l.Settings.Field(r.Field); f != nil {
			list = append(list, timing{r, f.Type, zone})
		}
	}
	return list
}

// schedule takes up reminders as apps go live with them: what is past by then is past.
func (s *Notices) schedule(ctx context.Context, tx *db.Tx, events []job.Event) error {
	for _, ev := range events {
		var e app.DeployedEvent
		if err := ev.Decode(&e); err != nil {
			return err
		}
		l, err := s.apps.Live(ctx, tx, e.App)
		if hidden(err) {
			continue
		}
		if err != nil {
			return err
		}
		dir, err := s.people.Directory(ctx)
		if err != nil {
			return err
		}
		if err := rewind(ctx, tx, e.App, timings(l, dir), ev.At); err != nil {
			return err
		}
	}
	return nil
}

// rewind makes the marks of an app fit its reminders, new ones from an instant on, and queues the app's job for what comes next.
func rewind(ctx context.Context, tx *db.Tx, a id.App, list []timing, from time.Time) error {
	marks, err := readMarks(ctx, tx, a)
	if err != nil {
		return err
	}
	stale := marks.clone()
	var next time.Time
	for _, t := range list {
		rule := t.rule()
		delete(stale, rule)
		mark, known := marks[rule]
		if !known {
			mark = from
			if err := setMark(ctx, tx, a, rule, mark); err != nil {
				return err
			}
		}
		if at := t.next(mark); next.IsZero() || at.Before(next) {
			next = at
		}
	}
	for rule := range stale {
		if err := dropMark(ctx, tx, a, rule); err != nil {
			return err
		}
	}
	if next.IsZero() {
		return nil
	}
	_, err = job.Enqueue(ctx, tx, remindJob, reminded{a}, job.Options{RunAt: next, Key: id.String(a), MaxAttempts: remindAttempts})
	return err
}

// remind tells of an app's records whose time has come since the marks, and moves those on.
func (s *Notices) remind(ctx context.Context, _ *job.Job, r reminded) error {
	until := s.db.Now().Truncate(time.Minute)
	set, err := s.records.Open(ctx, access.System("remind of records"), r.App)
	if err != nil {
		return unlessHidden(err) // the app is gone
	}
	dir, err := s.people.Directory(ctx)
	if err != nil {
		return err
	}
	var marks marks
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		marks, err = readMarks(ctx, tx, r.App)
		return err
	})
	if err != nil {
		return err
	}
	list := timings(set.App(), dir)
	for _, t := range list {
		mark, known := marks[t.rule()]
		if !known || !mark.Before(until) {
			continue
		}
		if oldest := until.Add(-catchUp); mark.Before(oldest) {
			mark = oldest
		}
		for _, m := range t.moments(mark, until) {
			if err := s.remindAt(ctx, set, dir, t, m); err != nil {
				return err
			}
		}
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		for _, t := range list {
			if mark, known := marks[t.rule()]; known && mark.Before(until) {
				if err := setMark(ctx, tx, r.App, t.rule(), until); err != nil {
					return err
				}
			}
		}
		return rewind(ctx, tx, r.App, list, until)
	})
}

// remindPage is how many records are looked at together.
const remindPage = 100

// remindAt tells of the records of one moment, those that the reminder's condition finds now.
func (s *Notices) remindAt(ctx context.Context, set *record.Set, dir identity.Directory, t timing, m moment) error {
	condition := m.condition
	if t.Filter != "" {
		condition = "(" + t.Filter + ") and " + condition
	}
	var after id.Record
	for {
		page, err := set.Matching(ctx, condition, t.zone, after, remindPage)
		if err != nil {
			return unlessHidden(err) // a condition on what is gone finds nothing
		}
		var list []Notice
		for _, n := range page {
			after = n
			named, err := set.Named(ctx, n, fieldsOf(targetEntities(t.Targets)...))
			if hidden(err) {
				continue // gone in the meantime
			}
			if err != nil {
				return err
			}
			a := newAudience(dir, named)
			a.targets(Notice{Kind: Reminder, App: set.App().ID, Record: n, Text: t.Title, ToMe: true}, t.Targets)
			list = append(list, a.notices()...)
		}
		for i, n := range list {
			list[i].once = "r" + t.rule() + ":" + strconv.FormatInt(m.at.Unix(), 36) + ":" + id.String(n.App) + ":" + id.String(n.Record) + ":" + id.String(n.user)
		}
		if err := s.tell(ctx, list); err != nil {
			return err
		}
		if len(page) < remindPage {
			return nil
		}
	}
}

func targetEntities(list []app.Target) []access.Entity {
	out := make([]access.Entity, len(list))
	for i, t := range list {
		out[i] = t.Entity
	}
	return out
}
