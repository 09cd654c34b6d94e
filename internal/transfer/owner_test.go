package transfer_test

import (
	"testing"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/identity"
	"github.com/engawa/engawa/internal/transfer"
	"github.com/engawa/engawa/internal/world"
)

func TestAnImportOfSomebodyElseDoesNotExist(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		ctx := t.Context()
		aiko, ben := s.User("aiko"), s.User("ben")
		m := s.send(aiko.Actor(), "a.csv", "a\n1\n")
		s.begin(aiko.Actor(), m, nil)
		for name, act := range map[string]func(who access.Actor) error{
			"get":     func(who access.Actor) error { _, err := s.Get(ctx, who, m.ID); return err },
			"rejects": func(who access.Actor) error { _, err := s.Rejects(ctx, who, m.ID, 0, 10); return err },
			"read":    func(who access.Actor) error { _, err := s.Read(ctx, who, m.ID, transfer.Reading{}); return err },
			"start":   func(who access.Actor) error { return s.Start(ctx, who, m.ID, "x", nil) },
			"cancel":  func(who access.Actor) error { return s.Cancel(ctx, who, m.ID) },
			"resume":  func(who access.Actor) error { return s.Resume(ctx, who, m.ID) },
		} {
			if got := world.Outcome(act(ben.Actor())); got != "import.notFound" {
				t.Errorf("%s by another: %s", name, got)
			}
			if got := world.Outcome(act(access.Actor{})); got != "import.notFound" && got != "forbidden" {
				t.Errorf("%s by nobody: %s", name, got)
			}
		}
		for who, want := range map[world.Person]int{aiko: 1, ben: 0, s.Root: 0} {
			list, err := s.List(ctx, who.Actor())
			running, err2 := s.Running(ctx, who.Actor())
			if err != nil || err2 != nil || len(list) != want || len(running) != want {
				t.Errorf("%s lists %d and %d running, want %d; %v, %v", who.Code, len(list), len(running), want, err, err2)
			}
		}
		if m := s.now(m.ID); m.State != transfer.Queued {
			t.Errorf("an administrator sees it %s", m.State)
		}
		s.Drain()
		if running, err := s.Running(ctx, aiko.Actor()); err != nil || len(running) > 0 {
			t.Errorf("%d running, %v", len(running), err)
		}
	})
}

func TestAnImportWorksInTheNameOfItsOwner(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		ctx := t.Context()
		aiko := s.User("aiko")
		content, middle := numbered(manyRows)
		m := s.send(aiko.Actor(), "a.csv", content)
		s.begin(aiko.Actor(), m, nil)
		s.blobs.when(middle, func() error { return s.People.Suspend(ctx, s.Root.Actor(), "aiko", true) })
		s.Drain()
		half := s.now(m.ID)
		if half.State != transfer.Failed || half.Error == nil || half.Error.Key != "import.ownerGone" {
			t.Fatalf("%s, %+v", half.State, half.Error)
		}
		s.Change(identity.Change{Code: "aiko", Valid: new(true)}, false)
		if err := s.Resume(ctx, aiko.Actor(), m.ID); err != nil {
			t.Fatal(err)
		}
		s.Drain()
		s.complete(t, s.now(m.ID))
		if live := s.set(half.App).App(); live.Creator != aiko.ID {
			t.Errorf("the app is user %d's", live.Creator)
		}
	})
}

func TestProgramsDoNotImport(t *testing.T) {
	s := newSite(world.New(t))
	if _, err := s.Imports.Upload(t.Context(), access.Token(access.TokenInfo{}), "a.csv", nil); world.Outcome(err) != "forbidden" {
		t.Errorf("got %v", err)
	}
}
