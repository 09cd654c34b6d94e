package record

import (
	"context"
	"sync"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
)

// turnstile lets few through at a time: those who read a whole table must not keep everybody else from the database's
// connections, and nobody may fill the queue alone.
type turnstile struct {
	places chan struct{}
	mu     sync.Mutex
	asking map[id.User]int
}

// maxAsking is how many reports one actor may wait for at a time: as many as a page of graphs shows.
const maxAsking = 12

func newTurnstile(places int) *turnstile {
	return &turnstile{places: make(chan struct{}, places), asking: map[id.User]int{}}
}

// enter waits for a place, which leave gives back.
//
// Errors: TooMany when who waits for too many already; ctx's own when it ends.
func (t *turnstile) enter(ctx context.Context, who id.User) (leave func(), err error) {
	t.mu.Lock()
	if t.asking[who] >= maxAsking {
		t.mu.Unlock()
		return nil, errs.E(errs.TooMany, "request.tooMany")
	}
	t.asking[who]++
	t.mu.Unlock()
	gone := func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if t.asking[who]--; t.asking[who] == 0 {
			delete(t.asking, who)
		}
	}
	select {
	case t.places <- struct{}{}:
		return func() { <-t.places; gone() }, nil
	case <-ctx.Done():
		gone()
		return nil, ctx.Err()
	}
}
