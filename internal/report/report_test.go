package report_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/report"
	"github.com/engawa/engawa/internal/world"
)

// site is a world with periodic reports, and what was told of them.
type site struct {
	*world.World
	snapshots *report.Snapshots
	told      []string
}

func each(t *testing.T, body func(t *testing.T, s *site)) {
	world.Each(t, func(t *testing.T, w *world.World) {
		s := &site{World: w}
		s.start()
		body(t, s)
	})
}

// start begins to work on the site, as a server does.
func (s *site) start() {
	s.Jobs = job.New(s.DB, job.Config{Pause: time.Millisecond})
	s.snapshots = report.New(s.DB, s.People, s.Apps, s.Records)
	s.snapshots.Register(s.Jobs)
	s.Jobs.Receive("test", func(_ context.Context, _ *db.Tx, events []job.Event) error {
		for _, e := range events {
			s.told = append(s.told, e.Kind)
		}
		return nil
	}, "report.taken", "report.failed")
}

// hourly makes a graph of an app that is kept every hour, saved by root.
func hourly(t *testing.T, a *world.App, groups string) {
	t.Helper()
	a.Edit(func(s *app.Settings, p *errs.Fields) {
		if _, err := s.SetReports(map[string]app.ReportChange{"r": {
			ChartType: "PIE", Groups: []app.ReportGroup{{Code: groups}}, Aggregations: []app.Aggregation{{Type: "COUNT"}}, Sorts: []app.ReportSort{},
			Period: &app.Period{Every: "HOUR", Minute: 40},
		}}, p); err != nil {
			t.Error(err)
		}
	})
}

// list says what somebody sees of report 1: when, and how many records.
func (s *site) list(who world.Person, a *world.App) string {
	s.T.Helper()
	found, _, err := s.snapshots.List(s.T.Context(), who.Actor(), a.ID, 1, 0)
	if err != nil {
		return world.Outcome(err)
	}
	var b strings.Builder
	for _, x := range found {
		got, err := s.snapshots.Get(s.T.Context(), who.Actor(), a.ID, x.ID)
		if err != nil {
			return world.Outcome(err)
		}
		b.WriteString(got.At.Format("15:04") + "=" + strings.Join(got.Data.Total, ",") + " ")
	}
	return strings.TrimSpace(b.String())
}

func same(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func TestBeats(t *testing.T) {
	each(t, func(t *testing.T, s *site) { // it is 9:30
		a := s.App("deals", "title text")
		a.Add("title=one")
		hourly(t, a, "title")
		s.Drain()
		same(t, "before the first beat", s.list(s.Root, a), "")
		s.Pass(10 * time.Minute)
		s.Drain()
		same(t, "at the first beat", s.list(s.Root, a), "09:40=1")
		s.Drain()
		same(t, "once", s.list(s.Root, a), "09:40=1")
		a.Add("title=two")
		s.Pass(time.Hour)
		s.start() // another server takes over
		s.Drain()
		same(t, "at the second beat", s.list(s.Root, a), "10:40=2 09:40=1")
		s.Pass(5 * time.Hour)
		s.Drain()
		same(t, "after hours without a server", s.list(s.Root, a), "11:40=2 10:40=2 09:40=1")
		s.Pass(10 * time.Minute)
		s.Drain()
		s.Pass(50 * time.Minute)
		s.Drain()
		same(t, "and on", s.list(s.Root, a), "16:40=2 11:40=2 10:40=2 09:40=1")
		same(t, "what was told", strings.Join(s.told, " "), strings.TrimSpace(strings.Repeat("report.taken ", 4)))

		a.Edit(func(st *app.Settings, p *errs.Fields) { // another rhythm: at ten past
			if _, err := st.SetReports(map[string]app.ReportChange{"r": {ChartType: "PIE", Period: &app.Period{Every: "HOUR", Minute: 10}}}, p); err != nil {
				t.Error(err)
			}
		})
		s.Drain()
		s.Pass(time.Hour)
		s.Drain()
		if got := s.list(s.Root, a); !strings.HasPrefix(got, "17:10=2 16:40=2 ") {
			t.Errorf("by another rhythm: %s", got)
		}
		a.Edit(func(st *app.Settings, p *errs.Fields) {
			if _, err := st.SetReports(map[string]app.ReportChange{"r": {ChartType: "PIE", Active: new(false)}}, p); err != nil {
				t.Error(err)
			}
		})
		s.Drain()
		s.Pass(3 * time.Hour)
		s.Drain()
		if got := s.list(s.Root, a); !strings.HasPrefix(got, "17:10=2 16:40=2 ") {
			t.Errorf("when switched off: %s", got)
		}
		a.Edit(func(st *app.Settings, p *errs.Fields) {
			if _, err := st.SetReports(map[string]app.ReportChange{}, p); err != nil {
				t.Error(err)
			}
		})
		s.Drain()
		same(t, "when deleted", s.list(s.Root, a), "report.notFound")
		_, err := s.snapshots.Get(t.Context(), s.Root.Actor(), a.ID, 1)
		same(t, "its snapshots", world.Outcome(err), "report.snapshotNotFound")
	})
}

// Nobody learns from a snapshot what he could not have reckoned himself.
func TestWhoSeesASnapshot(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		aiko, ben := s.User("aiko"), s.User("ben")
		a := s.App("deals", "title text; secret number")
		a.Add("title=open secret=1")
		a.Add("title=closed secret=2")
		hourly(t, a, "title")
		s.Drain()
		s.Pass(10 * time.Minute)
		s.Drain()
		same(t, "who sees all", s.list(aiko, a), "09:40=2")

		a.Forbid(`title in ("closed")`, "ben")
		same(t, "who sees fewer records", s.list(aiko, a), "")
		same(t, "who sees all of them, whatever they hold", s.list(ben, a), "09:40=2")
		same(t, "who saved it, under other rules than now", s.list(s.Root, a), "")
		_, err := s.snapshots.Get(t.Context(), aiko.Actor(), a.ID, 1)
		same(t, "by its number", world.Outcome(err), "report.snapshotNotFound")
		s.Drain()
		s.Pass(time.Hour)
		s.Drain()
		same(t, "who saved it, under the rules of now", s.list(s.Root, a), "10:40=1")
		same(t, "others", s.list(aiko, a), "")

		a.Edit(func(st *app.Settings, _ *errs.Fields) { st.RecordRules = nil })
		same(t, "without rules again", s.list(aiko, a), "10:40=1 09:40=2")
		a.Hide("title", "aiko")
		same(t, "without one of its fields", s.list(aiko, a), "report.notFound")
		_, err = s.snapshots.Get(t.Context(), aiko.Actor(), a.ID, 1)
		same(t, "by its number, too", world.Outcome(err), "report.snapshotNotFound")

		a.Edit(func(st *app.Settings, _ *errs.Fields) { // the name moves to another field, which she sees
			st.FieldRules = nil
			st.Reports[0].Groups[0].Code = "secret"
			st.FieldRules = append(st.FieldRules, app.FieldRule{Code: "title", Entities: []access.FieldRight{{Entity: access.Entity{Type: "USER", Code: "root"}, Accessibility: "WRITE"}}})
		})
		same(t, "of a field that the graph had then", s.list(aiko, a), "")
		same(t, "for who sees it", s.list(s.Root, a), "10:40=1 09:40=2")
	})
}

func TestWhoSavedItIsGone(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		aiko := s.User("aiko")
		a := s.App("deals", "title text")
		a.Add("title=one")
		hourly(t, a, "title")
		a.Edit(func(st *app.Settings, _ *errs.Fields) { st.Reports[0].By = aiko.ID })
		s.Drain()
		s.Suspend(aiko)
		s.Pass(10 * time.Minute)
		s.Drain()
		same(t, "snapshots", s.list(s.Root, a), "")
		same(t, "what was told", strings.Join(s.told, " "), "report.failed")
		a.Edit(func(st *app.Settings, _ *errs.Fields) { st.Reports[0].By = id.User(s.Root.ID) })
		s.Drain()
		s.Pass(time.Hour)
		s.Drain()
		same(t, "after somebody else has saved it", s.list(s.Root, a), "10:40=1")
	})
}
