package record

import (
	"context"
	"errors"
	"testing"

	"github.com/engawa/engawa/internal/errs"
)

// Attack case 72: few at a time, nobody alone.
func TestTurnstile(t *testing.T) {
	gate := newTurnstile(2)
	enter := func() func() {
		leave, err := gate.enter(t.Context(), 7)
		if err != nil {
			t.Fatal(err)
		}
		return leave
	}
	first, second := enter(), enter()
	waiting := make(chan error, maxAsking)
	ctx, cancel := context.WithCancel(t.Context())
	for range maxAsking - 2 {
		go func() {
			_, err := gate.enter(ctx, 7)
			waiting <- err
		}()
	}
	for gate.asks(7) < maxAsking { // each notes itself before it waits
		if _, err := gate.enter(cancelled(), 8); !errors.Is(err, context.Canceled) {
			t.Fatalf("while both places are taken: %v", err)
		}
	}
	if _, err := gate.enter(t.Context(), 7); errs.KindOf(err) != errs.TooMany {
		t.Errorf("one more: %v", err)
	}
	first()
	if err := <-waiting; err != nil {
		t.Errorf("when somebody has left: %v", err)
	}
	cancel()
	for range maxAsking - 3 {
		if err := <-waiting; !errors.Is(err, context.Canceled) {
			t.Errorf("who gave up: %v", err)
		}
	}
	second()
	enter()()
}

func (t *turnstile) asks(who int) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := 0
	for u, asked := range t.asking {
		if int(u) == who {
			n = asked
		}
	}
	return n
}

func cancelled() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}
