package notify_test

import (
	"context"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/job"
	"github.com/engawa/engawa/internal/notify"
	"github.com/engawa/engawa/internal/world"
)

// exec changes the database behind everybody's back.
func (w *site) exec(statement string, args ...any) {
	w.T.Helper()
	w.must(w.DB.Write(w.T.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, statement, args...)
		return err
	}))
}

// count reads a number.
func (w *site) count(query string, args ...any) (n int) {
	w.T.Helper()
	w.must(w.DB.Read(w.T.Context(), func(ctx context.Context, tx *db.Tx) error { return tx.QueryRow(ctx, query, args...).Scan(&n) }))
	return n
}

// emit tells of an event.
func (w *site) emit(kind string, payload any) {
	w.T.Helper()
	w.must(w.DB.Write(w.T.Context(), func(ctx context.Context, tx *db.Tx) error { return job.Emit(ctx, tx, kind, payload) }))
}

// again has the jobs of a kind run once more, as after a crash.
func (w *site) again(kind string) {
	w.T.Helper()
	w.exec(`UPDATE job SET state = 'queued' WHERE kind = ?`, kind)
}

// forget takes all notices away.
func (w *site) forget() {
	w.T.Helper()
	w.exec(`DELETE FROM notification`)
}

// notes is what somebody is told, newest first.
func (w *site) notes(p world.Person) []notify.Notice {
	w.T.Helper()
	list, _, err := w.notices.List(w.T.Context(), p.Actor(), 0)
	w.must(err)
	return list
}

func (w *site) must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}
