package db

import (
	"context"
	"errors"
	"slices"
)

var errExited = errors.New("db: fn ended its goroutine instead of returning")

// settle answers everything pending: in one transaction, unless a write breaks it for the others.
func (w *writer) settle() {
	if len(w.pending) == 0 {
		return // whoever waits at the gate keeps new readers waiting behind him
	}
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
