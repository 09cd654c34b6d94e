// Package db is the one room that knows there is a database, and which.
//
// A DB is one site's data: one SQLite file, or one schema of a PostgreSQL server. The rest of the house sees
// transactions and nothing below them: Read gives one consistent snapshot, Write commits everything or nothing, and both
// hand a *Tx to store functions that hold plain SQL with '?' placeholders. What the two databases spell differently is a
// method of Dialect; a store never asks which one it has.
//
// On SQLite one goroutine owns the one connection that writes. It takes whatever writes are waiting, runs them in one
// transaction with a savepoint each, commits once and answers them all (group commit), so that synchronous=FULL costs
// one fsync for many writers. No constraint may be deferred to the commit, for it would fail the neighbours with it.
// Four other connections read, each with its statements prepared once. On PostgreSQL every transaction has a connection
// of its own from a pool, and a Write that meets a serialization failure is run again.
//
// Values: times are TEXT, RFC 3339 in UTC with milliseconds; booleans are INTEGER 0 or 1; ids are BIGINT; JSON is TEXT.
// Arguments and Scan convert time.Time and bool.
//
// This room is not for queries of any domain, and holds no table of its own but goose's version table.
package db

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"
)

// Options says what to open.
type Options struct {
	// URL is "sqlite:/path/to/site.db" (made if missing), "sqlite::memory:" (private to this DB, gone when it is
	// closed) or "postgres://…".
	URL string
	// Schema is the PostgreSQL schema that holds the site, made if missing: a lower-case letter, then letters, digits
	// and '_', 63 at most. SQLite ignores it.
	Schema string
	// ReadOnly opens what is there beside whoever else has it open, to read it: every Write fails.
	ReadOnly bool
	// Clock tells the time for Tx.Now; nil means time.Now.
	Clock func() time.Time
	// ReadWithin is how long a read that is somebody's may take (see Whose); 0 means 30 seconds.
	ReadWithin time.Duration
	// Log receives what nobody waits for, such as a checkpoint that failed; nil means slog.Default.
	Log *slog.Logger
}

// DB is one site's database. It is safe for concurrent use.
type DB struct {
	engine    engine
	clock     func() time.Time
	within    time.Duration
	readers   *shares
	writers   *shares // nil where one writes at a time
	listeners listeners
}

// engine is what a database must do for DB. The *Tx given to a body is over when the call returns.
type engine interface {
	dialect() Dialect
	exclusive() bool
	shares() (reads, writes int) // how many of one asker run at a time; no writes where nobody's run together
	// read runs body in a snapshot; write runs it in a transaction that is durable when write returns nil.
	read(ctx context.Context, body func(*Tx) error) error
	write(ctx context.Context, body func(*Tx) error) error
	// readOne runs body without a transaction; the context that body's statement runs under may be another one.
	readOne(ctx context.Context, body func(context.Context, *Tx) error) error
	prepareIndex(ctx context.Context, x NewIndex) error
	ping(ctx context.Context) error
	migrate(ctx context.Context, m migrations) error
	close() error
}

// Mistakes in the program: what is only read cannot be written to.
var (
	errWriteInRead = errors.New("db: Write inside a Read")
	errReadOnly    = errors.New("db: opened for reading only")
)

// Open opens the database that o names. The caller closes it.
//
// Errors: a file that another process (or another DB of this one) has open, or that is not an Engawa database, is
// refused with a sentence that says so.
func Open(ctx context.Context, o Options) (*DB, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	scheme, rest, _ := strings.Cut(o.URL, ":")
	var (
		e   engine
		err error
	)
	switch scheme {
	case "sqlite":
		e, err = openSQLite(ctx, rest, o)
	case "postgres", "postgresql":
		e, err = openPostgres(ctx, o)
	default:
		err = fmt.Errorf("database address must begin with sqlite: or postgres:, not %q", scheme)
	}
	if err != nil {
		return nil, fmt.Errorf("db: %w", err)
	}
	d := &DB{engine: e, clock: o.Clock, within: cmp.Or(o.ReadWithin, readWithin)}
	reads, writes := e.shares()
	d.readers = sharesOf(reads)
	if writes > 0 {
		d.writers = sharesOf(writes)
	}
	return d, nil
}

// Close waits for running transactions, then gives up every connection. Transactions that come later fail.
func (d *DB) Close() error { return d.engine.close() }

// Dialect returns what this database spells its own way.
func (d *DB) Dialect() Dialect { return d.engine.dialect() }

// Exclusive reports whether this process is the only one that can have the data open: so what another process seems to
// be doing was left behind by one that is gone.
func (d *DB) Exclusive() bool { return d.engine.exclusive() }

// Ping reports whether the database answers.
func (d *DB) Ping(ctx context.Context) error { return d.engine.ping(ctx) }

// current is the context key under which fn finds the transaction of one DB; another site's DB has another key.
type current struct{ db *DB }

// joined returns the transaction of d that ctx runs in, or nil.
func (d *DB) joined(ctx context.Context) *Tx {
	if tx, ok := ctx.Value(current{d}).(*Tx); ok && !tx.over.Load() {
		return tx
	}
	return nil
}

// Joins reports whether a Read or Write under ctx would be a part of one that runs.
func (d *DB) Joins(ctx context.Context) bool { return d.joined(ctx) != nil }

// Read runs fn in one snapshot: everything fn asks is answered as of one instant, whatever is written meanwhile.
// Inside a Write it sees that Write's own changes; inside a Read it shares the snapshot. Cancelling ctx interrupts a
// running statement. fn's error is returned as it is.
//
// Errors of reads that are somebody's, by Whose: TooMany when his others left no place in time; TooLarge when fn was not
// done in time.
func (d *DB) Read(ctx context.Context, fn func(ctx context.Context, tx *Tx) error) error {
	if tx := d.joined(ctx); tx != nil {
		return fn(ctx, tx)
	}
	body := func(ctx context.Context) error {
		return d.engine.read(ctx, func(tx *Tx) error {
			defer tx.end()
			d.prepare(tx)
			return fn(context.WithValue(ctx, current{d}, tx), tx)
		})
	}
	if who, ok := ctx.Value(reader{}).(string); ok {
		return d.readOf(ctx, who, body)
	}
	return body(ctx)
}

// ReadOne is Read for fn that runs one statement, which finds what it asks for at once: a row by its key. It needs no
// snapshot, no share of whoever asks, and on SQLite nothing interrupts it, so it costs far less than Read. A second
// statement is an error.
func (d *DB) ReadOne(ctx context.Context, fn func(ctx context.Context, tx *Tx) error) error {
	if tx := d.joined(ctx); tx != nil {
		return fn(ctx, tx)
	}
	return d.engine.readOne(ctx, func(ctx context.Context, tx *Tx) error {
		defer tx.end()
		d.prepare(tx)
		return fn(context.WithValue(ctx, current{d}, tx), tx)
	})
}

// Write runs fn in a transaction: all of it is durable when Write returns nil, none of it when it returns an error.
// Inside a Write it is a savepoint of that one: an error undoes what the inner fn did and is the outer fn's to judge.
// Inside a Read it fails.
//
// Errors: Busy "database.busy" when others were in the way each time (PostgreSQL); else fn's, as it is.
//
// A Write whose ctx ends while it waits is skipped; one that has begun is finished, and fn sees a context that does not
// end. fn may run again after a serialization failure, so it must not keep anything of an earlier run; and since others
// may wait for it, it must not wait for anything but the database. A panic in fn is returned as a *PanicError.
//
// After a statement has failed fn should return: PostgreSQL refuses every further one. To survive an expected failure
// put the statement in a Write of its own inside this one.
func (d *DB) Write(ctx context.Context, fn func(ctx context.Context, tx *Tx) error) error {
	if tx := d.joined(ctx); tx != nil {
		if tx.readOnly {
			return errWriteInRead
		}
		return tx.savepoint(ctx, fn)
	}
	var last *Tx
	lasting := context.WithoutCancel(ctx)
	body := func() error {
		return d.engine.write(ctx, func(tx *Tx) error {
			defer tx.end()
			d.prepare(tx)
			last = tx
			return guard(func() error { return fn(context.WithValue(lasting, current{d}, tx), tx) })
		})
	}
	var err error
	if who, ok := ctx.Value(reader{}).(string); ok && d.writers != nil {
		err = d.writeOf(ctx, who, body)
	} else {
		err = body()
	}
	if err != nil {
		return err
	}
	d.listeners.wake(last.signals)
	for _, after := range last.afterCommit {
		after()
	}
	return nil
}

// Now is the site's clock outside of a transaction: UTC, whole milliseconds.
func (d *DB) Now() time.Time { return d.clock().UTC().Truncate(time.Millisecond) }

// prepare fills in what the engine does not know.
func (d *DB) prepare(tx *Tx) {
	tx.dialect = d.engine.dialect()
	tx.now = d.Now()
}
