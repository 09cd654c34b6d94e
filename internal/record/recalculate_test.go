package record_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/record"
	"github.com/engawa/engawa/internal/world"
)

// goods is an app with n records and no formula.
func goods(t *testing.T, w *world.World, n int) *world.App {
	t.Helper()
	a := w.App("goods", "title text; price number; lines table(amount number)")
	var list []record.Input
	for i := range n {
		list = append(list, input(t, fmt.Sprintf(`{"title":{"value":"item %d"},"price":{"value":"%d"},"lines":{"value":[{"value":{"amount":{"value":"%d"}}}]}}`, i, i, i)))
		if len(list) == record.MaxBulk || i == n-1 {
			if _, err := w.Root.Set(a).Add(t.Context(), list, ""); err != nil {
				t.Fatal(err)
			}
			list = nil
		}
	}
	return a
}

func progress(t *testing.T, who world.Person, a *world.App) string {
	t.Helper()
	r, err := who.Set(a).Recalculation(t.Context())
	if err != nil {
		return world.Outcome(err)
	}
	return fmt.Sprintf("%s %d%% %d/%d changed %d", r.State, r.Percent(), r.Done, r.Total, r.Changed)
}

// Deploying a formula computes what was there before, as nobody's change.
func TestOldRecordsFollowFormulas(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := goods(t, w, 250)
		same(t, "before", progress(t, w.Root, a), "NONE 0% 0/0 changed 0")
		change(t, a, `{"lines":{"fields":{"twice":{"type":"CALC","expression":"amount * 2"}}}}`)
		define(t, a, `{"taxed":{"type":"CALC","expression":"price * 1.1 + SUM(twice)"},"name":{"type":"SINGLE_LINE_TEXT","expression":"\"No.\" & title"}}`)
		same(t, "deployed", w.Root.Query(a, "taxed > 0"), "found 0")
		w.Drain()
		same(t, "computed", progress(t, w.Root, a), "SUCCESS 100% 250/250 changed 250")
		same(t, "a number", w.Root.Query(a, "taxed = 310"), "found 1")
		same(t, "in rows", w.Root.Query(a, "twice in (200)"), "found 1")
		same(t, "words", w.Root.Query(a, `name like "No.item 24"`), "found 11")
		contains(t, "the record", get(t, w.Root, a, 101), `"$revision":{"type":"__REVISION__","value":"1"}`, `"taxed":{"type":"CALC","value":"310"}`)
		same(t, "its history", lines(t, w.Root, a, 101), lines(t, w.Root, a, 102))

		change(t, a, `{"taxed":{"expression":"IF(price >= 240, price, price * 1.1 + SUM(twice))"}}`)
		w.Drain()
		same(t, "only what differs", progress(t, w.Root, a), "SUCCESS 100% 250/250 changed 10")
		change(t, a, `{"name":{"expression":"\"Nr.\" & title"}}`)
		w.Drain()
		same(t, "words that are gone", w.Root.Query(a, `name like "No.item"`), "found 0")
		same(t, "words that came", w.Root.Query(a, `name like "Nr.item" and title like "item 24"`), "found 11")

		change(t, a, `{"price":{"code":"cost"}}`)
		w.Drain()
		same(t, "a renamed field", progress(t, w.Root, a), "SUCCESS 100% 250/250 changed 250")
		ben := w.User("ben")
		same(t, "asked for by a user", world.Outcome(ben.Set(a).Recalculate(t.Context())), "forbidden")
		must(t, world.Outcome(w.Root.Set(a).Recalculate(t.Context())))
		w.Drain()
		same(t, "asked for", progress(t, ben, a), "SUCCESS 100% 250/250 changed 0")
	})
}

// unwell are people who cannot be asked after some times.
type unwell struct {
	app.People
	left atomic.Int64
	then func() error
}

func newUnwell(p app.People, left int64, then func() error) *unwell {
	u := &unwell{People: p, then: then}
	u.left.Store(left)
	return u
}

func (p *unwell) Directory(ctx context.Context) (identity.Directory, error) {
	if p.left.Add(-1) == 0 {
		if err := p.then(); err != nil {
			return identity.Directory{}, err
		}
	}
	return p.People.Directory(ctx)
}

// recalculates runs the jobs with records that meet then before their n-th batch.
func recalculates(t *testing.T, w *world.World, n int64, then func() error) {
	t.Helper()
	jobs := job.New(w.DB, job.Config{Pause: time.Millisecond, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	record.New(w.DB, w.Apps, w.Files, newUnwell(w.People, n, then)).Register(jobs)
	if err := jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// A recalculation that stops in the middle goes on where it stopped.
func TestRecalculationGoesOn(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := goods(t, w, 1200)
		define(t, a, `{"taxed":{"type":"CALC","expression":"price + 1"}}`)
		recalculates(t, w, 2, func() error { return errors.New("disk") })
		if got := progress(t, w.Root, a); !strings.HasPrefix(got, "PROCESSING") || strings.Contains(got, " 0/") {
			t.Fatalf("got %s", got)
		}
		same(t, "half", w.Root.Query(a, "taxed = 1"), "found 1")
		same(t, "the other half", w.Root.Query(a, "taxed = 1200"), "found 0")
		w.Pass(time.Hour)
		w.Drain()
		same(t, "whole", progress(t, w.Root, a), "SUCCESS 100% 1200/1200 changed 1200")
		same(t, "all", w.Root.Query(a, "taxed = 1200"), "found 1")
	})
}

// What people change and deploy meanwhile stands.
func TestChangesDuringARecalculation(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		a := goods(t, w, 1200)
		define(t, a, `{"taxed":{"type":"CALC","expression":"price + 1"}}`)
		recalculates(t, w, 2, func() error {
			change(t, a, `{"taxed":{"expression":"price + 2"}}`)
			must(t, update(t, w.Root, a, 1200, `{"price":{"value":"5000"}}`))
			a.Delete(1199)
			return nil
		})
		w.Drain()
		same(t, "with the later formula", progress(t, w.Root, a), "SUCCESS 100% 1199/1199 changed 1198")
		same(t, "the changed record", w.Root.Query(a, "taxed = 5002"), "found 1")
		same(t, "the first record", w.Root.Query(a, "taxed = 2"), "found 1")
		must(t, restore(t, w.Root, a, 1199))
		same(t, "what was deleted", w.Root.Query(a, "taxed = 1200"), "found 1")

		change(t, a, `{"taxed":{"expression":"price + 3"}}`)
		recalculates(t, w, 2, func() error { // nothing is left to compute
			a.Edit(func(s *app.Settings, _ *errs.Fields) {
				if err := s.DeleteFields([]string{"taxed"}); err != nil {
					t.Error(err)
				}
			})
			return nil
		})
		if got := progress(t, w.Root, a); !strings.HasPrefix(got, "SUCCESS") {
			t.Errorf("without formulas: %s", got)
		}
	})
}
