package db

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

const (
	maxBatch  = 64                     // writes committed together
	idleAfter = 200 * time.Millisecond // without a write, before the writer tidies its log
)

var (
	errClosed = errors.New("db: closed")
	errExited = errors.New("db: fn ended its goroutine instead of returning")
)

// writer owns the one SQLite connection that writes. One goroutine takes whatever writes wait, up to maxBatch, and
// commits them together; it does not wait for more to come.
type writer struct {
	session *session
	gate    sync.Locker // held during a transaction
	queue   chan *request
	pending []*request    // taken from the queue and not answered; the goroutine's own
	stopped chan struct{} // closed when the goroutine has ended
	idle    func()        // called when no write has come for idleAfter since the last one

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

func startWriter(s *session, gate sync.Locker, idle func()) *writer {
	w := &writer{session: s, gate: gate, idle: idle,
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
	for {
		select {
		case r, ok := <-w.queue:
			if !ok {
				ended = true
				return
			}
			w.gather(r)
			w.settle()
			rest.Reset(idleAfter)
		case <-rest.C:
			w.idle()
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

// settle answers everything pending: in one transaction, unless a write breaks it for the others.
func (w *writer) settle() {
	w.gate.Lock()
	defer w.gate.Unlock()
	for len(w.pending) > 0 {
		w.transaction()
	}
}

// transaction runs the pending writes and commits them together. A write that loses the whole transaction (a full disk,
// a lone write's error) is answered by itself, and the others stay pending for another round.
func (w *writer) transaction() {
	batch := w.pending
	err := w.statement("BEGIN IMMEDIATE")
	if err == nil {
		for _, r := range batch {
			if intact := w.one(r, len(batch) == 1); !intact {
				w.expel(r)
				return
			}
		}
		if err = w.statement("COMMIT"); err != nil {
			_ = w.session.forget() // a statement left running would fail the next commit too
			w.rollback()
		}
	}
	for _, r := range batch {
		if r.err == nil {
			r.err = err
		}
		close(r.done)
	}
	w.pending = nil
}

// one runs a write behind a savepoint, or alone in its transaction. It reports whether the transaction still stands.
func (w *writer) one(r *request, alone bool) (intact bool) {
	returned := false
	defer func() {
		if !returned {
			r.err = errExited
			w.expel(r)
		}
	}()
	r.err = nil
	if !alone {
		r.err = w.statement("SAVEPOINT write")
	}
	if r.err == nil {
		r.err = r.body(&Tx{conn: w.session})
	}
	returned = true
	if alone {
		return r.err == nil
	}
	if r.err != nil && w.statement("ROLLBACK TO write") != nil {
		return false
	}
	if err := w.statement("RELEASE write"); err != nil {
		r.err = errors.Join(r.err, err)
		return false
	}
	return true
}

// expel undoes the transaction, answers r with its error and leaves the others pending.
func (w *writer) expel(r *request) {
	w.rollback()
	w.pending = slices.DeleteFunc(slices.Clone(w.pending), func(p *request) bool { return p == r })
	close(r.done)
}

// rollback leaves no transaction open. If SQLite refuses, either it has ended the transaction by itself, or something is
// still running in it: the second try settles both.
func (w *writer) rollback() {
	if w.statement("ROLLBACK") != nil {
		_ = w.session.forget()
		_ = w.statement("ROLLBACK")
	}
}

func (w *writer) statement(query string) error {
	_, err := w.session.exec(context.Background(), query, nil)
	return err
}
