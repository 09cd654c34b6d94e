package db

import "context"

// RowScanner is a Row, or the current one of Rows: what reads a T from it serves QueryRow and Collect alike.
type RowScanner interface{ Scan(dest ...any) error }

// Collect runs a statement and returns what scan reads from each of its rows, in their order; nil when there are none.
// A method func (x *T) scan(row RowScanner) error is passed as (*T).scan.
//
// Errors: as they come from the database, or from scan, which ends the reading.
func Collect[T any](ctx context.Context, tx *Tx, scan func(x *T, row RowScanner) error, query string, args ...any) ([]T, error) {
	var list []T
	err := Each(ctx, tx, func(row RowScanner) error {
		var x T
		if err := scan(&x, row); err != nil {
			return err
		}
		list = append(list, x)
		return nil
	}, query, args...)
	if err != nil {
		return nil, err
	}
	return list, nil
}

// Pluck is Collect for a statement with a single column.
func Pluck[T any](ctx context.Context, tx *Tx, query string, args ...any) ([]T, error) {
	return Collect(ctx, tx, func(x *T, row RowScanner) error { return row.Scan(x) }, query, args...)
}

// Each runs a statement and calls fn for each of its rows, in their order. The result is open while it does: fn runs no
// statements of its own.
//
// Errors: as they come from the database, or from fn, which ends the reading.
func Each(ctx context.Context, tx *Tx, fn func(row RowScanner) error, query string, args ...any) error {
	rows, err := tx.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
