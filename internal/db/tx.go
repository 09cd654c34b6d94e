package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"
	"time"
)

var (
	errTxOver      = errors.New("db: the transaction is over")
	errAloneInRead = errors.New("db: only a Write can be alone")
	// PostgreSQL's protocol gives one result at a time; SQLite is held to the same, so that no store works on one only.
	errRowsOpen = errors.New("db: a statement while rows of the same transaction are open")
	errSecond   = errors.New("db: a second statement in a ReadOne, which has no snapshot")
)

// Tx is one running transaction. It belongs to the goroutine that runs fn and ends with it.
type Tx struct {
	conn        conn
	dialect     Dialect
	now         time.Time
	readOnly    bool
	single      bool  // it is a ReadOne
	asked       bool  // which has run its statement
	depth       int   // savepoints now open
	open        *Rows // the result not closed yet, or nil
	afterCommit []func()
	signals     []string // topics, each once
	over        atomic.Bool
}

// conn runs statements on the connection that carries a transaction.
type conn interface {
	exec(ctx context.Context, query string, args []any) (sql.Result, error)
	query(ctx context.Context, query string, args []any) (*sql.Rows, error)
	planned(ctx context.Context, query string, args []any) (*sql.Rows, error) // see Tx.Planned
	later(ctx context.Context, query string, args []any) error                // see Tx.Later
	flush(ctx context.Context) error                                          // runs what waits
	discard()                                                                 // forgets what waits
}

// Now returns the instant of the transaction, the same at every call: UTC, whole milliseconds.
func (tx *Tx) Now() time.Time { return tx.now }

// Dialect returns what this database spells its own way.
func (tx *Tx) Dialect() Dialect { return tx.dialect }

// ForUpdate ends a SELECT of a row that the transaction is about to change: others who want to do so wait until it is
// over, and then see what it made of the row. In a Read it is empty, and so it is on SQLite, which has one writer.
func (tx *Tx) ForUpdate() string {
	if tx.readOnly {
		return ""
	}
	return tx.dialect.forUpdate()
}

// Alone waits until no other Write is alone by the same name, and keeps others waiting who want to be until this one is
// over. It is for rules about rows that are not there yet, such as how many there may be: what the statements after it
// read is what others have left. In a Read it is an error.
func (tx *Tx) Alone(ctx context.Context, name string) error {
	if tx.readOnly {
		return errAloneInRead
	}
	if lock := tx.dialect.alone(); lock != "" {
		_, err := tx.Exec(ctx, lock, name)
		return err
	}
	return nil
}

// Schema is another number whenever a table or an index is made, changed or dropped. PostgreSQL, which never needs one by
// its name, does not tell: there it is always 0.
func (tx *Tx) Schema(ctx context.Context) (version int64, err error) {
	if ask := tx.dialect.schema(); ask != "" {
		err = tx.QueryRow(ctx, ask).Scan(&version)
	}
	return version, err
}

// AfterCommit runs fn once the transaction is durable, before the caller of Write gets its answer and on that caller's
// goroutine. Functions run in the order they were given, and not at all if their (inner) Write failed. In a Read they
// never run.
func (tx *Tx) AfterCommit(fn func()) { tx.afterCommit = append(tx.afterCommit, fn) }

// Exec runs a statement and returns how many rows it inserted, updated or deleted.
func (tx *Tx) Exec(ctx context.Context, query string, args ...any) (rowsAffected int64, err error) {
	if err := tx.ready(); err != nil {
		return 0, err
	}
	args, err = stored(args)
	if err != nil {
		return 0, err
	}
	res, err := tx.conn.exec(ctx, query, args)
	if err != nil {
		return 0, interrupted(ctx, err)
	}
	return res.RowsAffected()
}

// Later is Exec for a statement of whose result nothing is asked: it runs before the next statement or the end of the
// transaction, whichever comes first, which then tells what went wrong. PostgreSQL gets all that wait at once, without a
// round trip for each.
func (tx *Tx) Later(ctx context.Context, query string, args ...any) error {
	if err := tx.ready(); err != nil {
		return err
	}
	args, err := stored(args)
	if err != nil {
		return err
	}
	return interrupted(ctx, tx.conn.later(ctx, query, args))
}

// Query runs a statement that returns rows. The caller closes them, or reads them to the end, before the next statement.
// Collect, Pluck and Each do so; it is for who borrows RawBytes, or does not want all rows.
func (tx *Tx) Query(ctx context.Context, query string, args ...any) (*Rows, error) {
	return tx.result(ctx, conn.query, query, args)
}

// Planned is Query for a statement whose best plan depends on its arguments: how many rows a condition finds, say.
// PostgreSQL, which after a few runs settles on one plan for all of them, plans it each time.
func (tx *Tx) Planned(ctx context.Context, query string, args ...any) (*Rows, error) {
	return tx.result(ctx, conn.planned, query, args)
}

func (tx *Tx) result(ctx context.Context, run func(conn, context.Context, string, []any) (*sql.Rows, error), query string, args []any) (*Rows, error) {
	if err := tx.ready(); err != nil {
		return nil, err
	}
	args, err := stored(args)
	if err != nil {
		return nil, err
	}
	rows, err := run(tx.conn, ctx, query, args)
	if err != nil {
		return nil, interrupted(ctx, err)
	}
	tx.open = &Rows{rows: rows, tx: tx, ctx: ctx}
	return tx.open, nil
}

// PlannedRow is QueryRow of a Planned statement.
func (tx *Tx) PlannedRow(ctx context.Context, query string, args ...any) *Row {
	rows, err := tx.Planned(ctx, query, args...)
	return &Row{rows: rows, err: err}
}

// QueryRow runs a statement whose first row is wanted; what goes wrong is told by Scan.
func (tx *Tx) QueryRow(ctx context.Context, query string, args ...any) *Row {
	rows, err := tx.Query(ctx, query, args...)
	return &Row{rows: rows, err: err}
}

// ready reports why a statement cannot run now, or nil if it does.
func (tx *Tx) ready() error {
	switch {
	case tx.over.Load():
		return errTxOver
	case tx.open != nil:
		return errRowsOpen
	case tx.single && tx.asked:
		return errSecond
	}
	tx.asked = true
	return nil
}

// savepoint runs fn so that its failure undoes its own changes only.
func (tx *Tx) savepoint(ctx context.Context, fn func(context.Context, *Tx) error) error {
	tx.depth++
	defer func() { tx.depth-- }()
	name := fmt.Sprintf("nested%d", tx.depth)
	if _, err := tx.Exec(ctx, "SAVEPOINT "+name); err != nil {
		return err
	}
	callbacks := len(tx.afterCommit)
	err := fn(ctx, tx)
	if tx.open != nil {
		tx.open.Close()
	}
	if err == nil {
		err = tx.conn.flush(ctx)
	}
	if err != nil {
		tx.conn.discard()
		tx.afterCommit = tx.afterCommit[:callbacks]
		if _, undo := tx.Exec(ctx, "ROLLBACK TO "+name); undo != nil {
			return errors.Join(err, undo)
		}
		if _, undo := tx.Exec(ctx, "RELEASE "+name); undo != nil {
			return errors.Join(err, undo)
		}
		return err
	}
	_, err = tx.Exec(ctx, "RELEASE "+name)
	return err
}

// end closes what fn left open and makes later use of tx an error.
func (tx *Tx) end() {
	if tx.open != nil {
		tx.open.Close()
	}
	tx.over.Store(true)
}

// interrupted returns ctx's own error when err only says that ctx ended. A connection may notice its deadline a moment before
// ctx does.
func interrupted(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if end := ctx.Err(); end != nil {
		return end
	}
	if at, ok := ctx.Deadline(); ok && !time.Now().Before(at) {
		return context.DeadlineExceeded
	}
	return err
}
