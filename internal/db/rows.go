package db

import (
	"context"
	"database/sql"
	"errors"
)

// ErrNoRows is what Row.Scan returns when the statement gave no row.
var ErrNoRows = sql.ErrNoRows

// Rows is the result of a Query, read forward once.
type Rows struct {
	rows *sql.Rows
	tx   *Tx
	ctx  context.Context
}

// Next moves to the next row; false means the end or an error, which Err tells apart. It closes the rows at the end.
func (r *Rows) Next() bool {
	if r.rows.Next() {
		return true
	}
	r.Close()
	return false
}

// Scan copies the columns of the current row to dest, in order. Besides what database/sql converts it reads a stored
// time into *time.Time. A *RawBytes is valid until the next call of Next, Scan or Close.
func (r *Rows) Scan(dest ...any) error { return r.rows.Scan(scanned(dest)...) }

// Columns returns the names of the columns.
func (r *Rows) Columns() ([]string, error) { return r.rows.Columns() }

// Err returns what ended the iteration early, or nil.
func (r *Rows) Err() error {
	if err := r.rows.Err(); err != nil {
		return interrupted(r.ctx, err)
	}
	return nil
}

// Close ends the iteration. It may be called more than once.
func (r *Rows) Close() error {
	if r.tx.open == r {
		r.tx.open = nil
	}
	return r.rows.Close()
}

// Row is the first row of a statement.
type Row struct {
	rows *Rows
	err  error
}

// Scan copies the columns of the row to dest, as Rows.Scan does but for *RawBytes, which would not outlive the call.
// It returns ErrNoRows when there is no row.
func (r *Row) Scan(dest ...any) error {
	if r.err != nil {
		return r.err
	}
	defer r.rows.Close()
	for _, d := range dest {
		if _, raw := d.(*RawBytes); raw {
			return errors.New("db: RawBytes in the Scan of a single row")
		}
	}
	if !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return err
		}
		return ErrNoRows
	}
	if err := r.rows.Scan(dest...); err != nil {
		return err
	}
	return r.rows.Close()
}
