package transfer_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/engawa/engawa/internal/app"
	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/transfer"
	"github.com/engawa/engawa/internal/world"
)

// numbered is a file whose rows are numbered from 0, and where in it the middle is.
func numbered(rows int) (content string, middle int64) {
	var b strings.Builder
	b.WriteString("番号,文\n")
	for i := range rows {
		fmt.Fprintf(&b, "n%06d,%s%d\n", i, strings.Repeat("あ", 30), i)
	}
	return b.String(), int64(b.Len() / 2)
}

const manyRows = 4000

// complete checks that every row is there, once and in order.
func (s *site) complete(t *testing.T, m *transfer.Import) {
	t.Helper()
	if m.State != transfer.Done || m.Done != manyRows || m.Rejected != 0 {
		t.Fatalf("%s, %d rows, %d rejected, %+v", m.State, m.Done, m.Rejected, m.Error)
	}
	var want strings.Builder
	want.WriteString("番号\n")
	for i := range manyRows {
		fmt.Fprintf(&want, "n%06d\n", i)
	}
	if got := s.csv(m.App, "order by レコード番号 asc", "番号"); got != want.String() {
		t.Errorf("%d lines, want %d, or others", strings.Count(got, "\n"), manyRows+1)
	}
}

// finished counts the events that say an import is over.
func finished(w *world.World) *int {
	n := new(int)
	w.Jobs.Receive("test", func(_ context.Context, _ *db.Tx, events []job.Event) error {
		*n += len(events)
		return nil
	}, "import.finished")
	return n
}

func TestCancelKeepsWhatIsInAndResumeGoesOn(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		events := finished(s.World)
		who := s.Root.Actor()
		content, middle := numbered(manyRows)
		m := s.send(who, "a.csv", content)
		s.begin(who, m, nil)
		s.blobs.when(middle, func() error { return s.Cancel(t.Context(), who, m.ID) })
		s.Drain()
		half := s.now(m.ID)
		if half.State != transfer.Cancelled || half.Done == 0 || half.Done >= manyRows || *events != 0 {
			t.Fatalf("%s, %d rows, %d events, %+v", half.State, half.Done, *events, half.Error)
		}
		if got := strings.Count(s.csv(half.App, "", "番号"), "\n") - 1; got != half.Done {
			t.Errorf("%d records, and %d rows are said to be done", got, half.Done)
		}
		if err := s.Cancel(t.Context(), who, m.ID); world.Outcome(err) != "import.notRunning" {
			t.Errorf("cancelled twice: %v", err)
		}
		if err := s.Resume(t.Context(), who, m.ID); err != nil {
			t.Fatal(err)
		}
		if err := s.Resume(t.Context(), who, m.ID); world.Outcome(err) != "import.notStopped" {
			t.Errorf("resumed twice: %v", err)
		}
		s.Drain()
		s.complete(t, s.now(m.ID))
		if *events != 1 {
			t.Errorf("%d events", *events)
		}
	})
}

func TestWhatPassesByItselfIsTriedAgain(t *testing.T) {
	for name, passing := range map[string]error{
		"an error of the disk":         errors.New("disk"),
		"others were in the way":       errs.E(errs.Busy, "database.busy"),
		"the owner reads much already": errs.E(errs.TooMany, "request.tooMany"),
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, s *site) {
				content, middle := numbered(manyRows)
				m := s.send(s.Root.Actor(), "a.csv", content)
				s.begin(s.Root.Actor(), m, nil)
				s.blobs.when(middle, func() error { return passing })
				s.Drain()
				if half := s.now(m.ID); half.State != transfer.Queued || half.Done == 0 {
					t.Fatalf("%s, %d rows, %+v", half.State, half.Done, half.Error)
				}
				s.Pass(time.Minute)
				s.Drain()
				s.complete(t, s.now(m.ID))
			})
		})
	}
}

func TestTheAppMayChangeMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		content, middle := numbered(manyRows)
		m := s.send(s.Root.Actor(), "a.csv", content)
		s.begin(s.Root.Actor(), m, nil)
		s.blobs.when(middle, func() error {
			return s.edit(s.now(m.ID), func(st *app.Settings, p *errs.Fields) error {
				return st.UpdateFields(map[string]app.Definition{"番号": {"code": []byte(`"no"`)}}, p)
			})
		})
		s.Drain()
		m = s.now(m.ID)
		if f, _ := s.set(m.App).App().Settings.Field("no"); f == nil {
			t.Error("not renamed")
		}
		if m.State != transfer.Done || m.Done != manyRows || m.Rejected != 0 {
			t.Errorf("%s, %d rows, %d rejected, %+v", m.State, m.Done, m.Rejected, m.Error)
		}
	})
}

// edit changes and deploys an import's app.
func (s *site) edit(m *transfer.Import, fn func(*app.Settings, *errs.Fields) error) error {
	ctx, who := s.T.Context(), s.Root.Actor()
	h, err := s.Apps.Open(ctx, who, m.App)
	if err != nil {
		return err
	}
	if _, err := h.Edit(ctx, app.AnyRevision, fn); err != nil {
		return err
	}
	return s.Apps.Deploy(ctx, who, []app.Deployment{{App: m.App, Revision: app.AnyRevision}})
}

func TestWhatAPersonMustMendEndsAnImport(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		ctx := t.Context()
		for _, tc := range []struct {
			want string
			do   func(m *transfer.Import) error
		}{
			{"app.notFound", func(m *transfer.Import) error {
				h, err := s.Apps.Open(ctx, s.Root.Actor(), m.App)
				if err != nil {
					return err
				}
				return h.Delete(ctx)
			}},
			{"import.fieldGone", func(m *transfer.Import) error {
				return s.edit(m, func(st *app.Settings, _ *errs.Fields) error { return st.DeleteFields([]string{"文"}) })
			}},
		} {
			content, middle := numbered(manyRows)
			m := s.send(s.Root.Actor(), "a.csv", content)
			s.begin(s.Root.Actor(), m, nil)
			s.blobs.when(middle, func() error { return tc.do(s.now(m.ID)) })
			s.Drain()
			m = s.now(m.ID)
			if m.State != transfer.Failed || m.Error == nil || m.Error.Key != tc.want {
				t.Errorf("%s, %+v, want %s", m.State, m.Error, tc.want)
			}
		}
	})
}
