package notify_test

import (
	"context"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/job"
)

type work = func(ctx context.Context, tx *db.Tx) error

// count reads a number.
func count(n *int, query string, args ...any) work {
	return func(ctx context.Context, tx *db.Tx) error { return tx.QueryRow(ctx, query, args...).Scan(n) }
}

// emit tells of an event.
func emit(kind string, payload any) work {
	return func(ctx context.Context, tx *db.Tx) error { return job.Emit(ctx, tx, kind, payload) }
}

// again has the jobs of a kind run once more, as after a crash.
func again(kind string) work {
	return func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE job SET state = 'queued' WHERE kind = ?`, kind)
		return err
	}
}

// forget takes all notices away.
func (w *site) forget() {
	w.T.Helper()
	err := w.DB.Write(w.T.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM notification`)
		return err
	})
	if err != nil {
		w.T.Fatal(err)
	}
}
