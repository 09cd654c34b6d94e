package db

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/engawa/engawa/internal/errs"
)

// readWithin is how long a read that is somebody's may take unless Options say otherwise, waiting for its turn included.
const readWithin = 30 * time.Second

// reader is the context key under which Read finds whose reads these are.
type reader struct{}

// Whose says whose the reads and writes under the context returned are. Nobody gets all of a database's readers, nor, where
// several write at a time, all the places where they do: what he asks beyond his share waits for what he asked before, while
// others are answered. A read that takes too long ends. What is nobody's, of jobs and of the server itself, knows no limits.
func Whose(ctx context.Context, who string) context.Context {
	return context.WithValue(ctx, reader{}, who)
}

// Nobodys makes reads under somebody's context the server's own: whether what it keeps in memory is still right is not what
// he asks, and what is kept waits for no share of his.
func Nobodys(ctx context.Context) context.Context {
	return context.WithValue(ctx, reader{}, nil)
}

// shares counts who reads, or who writes. The zero value is not of use: each must be set.
type shares struct {
	each int // of one asker at a time

	mu   sync.Mutex
	held map[string]share
}

// share is what one asker has; there is none for who asks nothing.
type share struct {
	running int
	waiting []chan struct{} // in their order; closed when it is their turn
}

func sharesOf(each int) *shares { return &shares{each: each, held: map[string]share{}} }

// enter waits until it is the turn of who; leave says that he is done.
//
// Errors: ctx's own when it ends before.
func (s *shares) enter(ctx context.Context, who string) error {
	s.mu.Lock()
	h := s.held[who]
	if h.running < s.each {
		h.running++
		s.held[who] = h
		s.mu.Unlock()
		return nil
	}
	turn := make(chan struct{})
	h.waiting = append(h.waiting, turn)
	s.held[who] = h
	s.mu.Unlock()
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
		s.giveUp(who, turn)
		return ctx.Err()
	}
}

// giveUp takes turn out of the queue, or passes it on when it has just come.
func (s *shares) giveUp(who string, turn chan struct{}) {
	s.mu.Lock()
	h := s.held[who]
	i := slices.Index(h.waiting, turn)
	if i >= 0 {
		h.waiting = slices.Delete(h.waiting, i, i+1)
		s.held[who] = h
	}
	s.mu.Unlock()
	if i < 0 {
		s.leave(who)
	}
}

func (s *shares) leave(who string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.held[who]
	switch {
	case len(h.waiting) > 0: // whoever waits takes the place
		close(h.waiting[0])
		h.waiting = h.waiting[1:]
	case h.running == 1:
		delete(s.held, who)
		return
	default:
		h.running--
	}
	s.held[who] = h
}

// readOf runs body for who, in his share and in time.
//
// Errors: TooMany when it was not his turn in time; TooLarge when body was not done in time.
func (d *DB) readOf(ctx context.Context, who string, body func(ctx context.Context) error) error {
	limited, cancel := context.WithTimeout(ctx, d.within)
	defer cancel()
	if err := d.readers.enter(limited, who); err != nil {
		return late(ctx, limited, err, errs.TooMany, "request.tooMany")
	}
	defer d.readers.leave(who)
	return late(ctx, limited, body(limited), errs.TooLarge, "request.tooSlow")
}

// writeOf runs body for who in his share, however long it takes.
//
// Errors: TooMany when it was not his turn in time.
func (d *DB) writeOf(ctx context.Context, who string, body func() error) error {
	limited, cancel := context.WithTimeout(ctx, d.within)
	defer cancel()
	if err := d.writers.enter(limited, who); err != nil {
		return late(ctx, limited, err, errs.TooMany, "request.tooMany")
	}
	defer d.writers.leave(who)
	return body()
}

// late is err as it is told when limited ended and not its parent, the caller's. A deadline may be noticed a moment before
// its context ends.
func late(caller, limited context.Context, err error, kind errs.Kind, key string) error {
	ours, _ := limited.Deadline()
	callers, has := caller.Deadline()
	if errors.Is(err, context.DeadlineExceeded) && caller.Err() == nil && (!has || ours.Before(callers)) {
		return errs.E(kind, key).With(err)
	}
	return err
}
