package db

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

const (
	maxBatch  = 64                     // writes committed together
	idleAfter = 200 * time.Millisecond // without a write, before the writer tidies its log
	busyFor   = 256                    // transactions without such a gap, before it looks after the log all the same
)

var errClosed = errors.New("db: closed")

// writer owns the one SQLite connection that writes. One goroutine takes whatever writes wait, up to maxBatch, and
// commits them together; it does not wait for more to come.
type writer struct {
	session *session
	gate    sync.Locker // held during a transaction
	queue   chan *request
	pending []*request    // taken from the queue and not answered; the goroutine's own
	stopped chan struct{} // closed when the goroutine has ended
	tidy    func(w *writer, busy bool)

	closing sync.RWMutex // held for reading while a request is put into the queue
	closed  bool
}

// request is one write on its way through the writer.
type request struct {
	body  func(*Tx) error
	taken atomic.Bool // by the writer, or by a caller that gave up waiting
	err   error
	done  chan struct{}
}

func startWriter(s *session, gate sync.Locker, tidy func(w *writer, busy bool)) *writer {
	w := &writer{session: s, gate: gate, tidy: tidy,
		queue: make(chan *request, 4*maxBatch), stopped: make(chan struct{})}
	go w.run()
	return w
}

// write runs body in a transaction and returns when it is durable or undone.
func (w *writer) write(ctx context.Context, body func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r := &request{body: body, done: make(chan struct{})}
	if err := w.enqueue(ctx, r); err != nil {
		return err
	}
	select {
	case <-r.done:
		return r.err
	case <-ctx.Done():
		if r.taken.CompareAndSwap(false, true) {
			return ctx.Err()
		}
		<-r.done
		return r.err
	}
}

func (w *writer) enqueue(ctx context.Context, r *request) error {
	w.closing.RLock()
	defer w.closing.RUnlock()
	if w.closed {
		return errClosed
	}
	select {
	case w.queue <- r:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// stop finishes the writes that wait and ends the goroutine.
func (w *writer) stop() {
	w.closing.Lock()
	if !w.closed {
		w.closed = true
		close(w.queue)
	}
	w.closing.Unlock()
	<-w.stopped
}

// run is the writer's goroutine. If a body ends it by runtime.Goexit, another takes its place.
func (w *writer) run() {
	ended := false
	defer func() {
		if ended {
			close(w.stopped)
		} else {
			go w.run()
		}
	}()
	w.settle()
	rest := time.NewTimer(idleAfter)
	defer rest.Stop()
	for busy := 1; ; busy++ {
		select {
		case r, ok := <-w.queue:
			if !ok {
				ended = true
				return
			}
			w.gather(r)
			w.settle()
			rest.Reset(idleAfter)
			if busy%busyFor == 0 {
				w.tidy(w, true)
			}
		case <-rest.C:
			w.tidy(w, false)
			busy = 0
		}
	}
}

// gather makes first and what else waits pending, without those whose callers have given up.
func (w *writer) gather(first *request) {
	for r := first; r != nil; {
		if r.taken.CompareAndSwap(false, true) {
			w.pending = append(w.pending, r)
		}
		r = nil
		if len(w.pending) < maxBatch {
			select {
			case r = <-w.queue: // nil once the queue is closed
			default:
			}
		}
	}
}
