package world

import (
	"context"
	"time"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
)

// AddComments writes root's comments with texts on a record, which may be in the trash: the first at an instant, the others so
// far apart. They are only stored; nobody hears of them.
func (a *App) AddComments(n id.Record, at time.Time, apart time.Duration, texts ...string) {
	a.w.T.Helper()
	a.w.ok(a.w.DB.Write(a.w.ctx(), func(ctx context.Context, tx *db.Tx) error {
		return db.Chunks(len(texts), 5, func(from, to int) error {
			var args []any
			for i := from; i < to; i++ {
				args = append(args, a.ID, n, a.w.Root.ID, texts[i], at.Add(time.Duration(i)*apart))
			}
			_, err := tx.Exec(ctx, db.Repeat(`
				INSERT INTO record_comment (app_id, record_id, lane, author_id, author, body, mentions, created_at)
				VALUES (?, ?, 'internal', ?, '', ?, '[]', ?)`, to-from), args...)
			return err
		})
	}))
}
