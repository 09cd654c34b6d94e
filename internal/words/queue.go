package words

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/engawa/engawa/internal/db"
)

// FTS5 makes a segment of all it was given when a transaction ends, and also when another statement of the transaction
// sets a savepoint of its own, which every INSERT of several rows does. Hence one INSERT takes all there is from the queue.
const (
	waiting = "words.waiting"        // is signalled when entries are put into the queue
	atOnce  = 256                    // entries that are moved in one transaction: some 10 ms, for which others wait
	volume  = 512 << 10              // of tokens that are moved in one transaction, or one entry with more
	pause   = 250 * time.Millisecond // between two times, so that more of them come together

	larger    = 16   // entries of a write that looks how long the queue is
	longQueue = 4096 // is so long that such a write shortens it: searches look through all of it
)

// queue is the INSERT into the queue.
func (x Index) queue() string {
	return "INSERT OR REPLACE INTO word_queue (word_index, row_id, tokens) VALUES ('" + string(x) + "', ?, ?)"
}

// queued is a SELECT of the ids of the rows that wait.
func (x Index) queued() string {
	return "SELECT row_id FROM word_queue WHERE word_index = '" + string(x) + "'"
}

// unqueue takes rows out of the queue.
func (x Index) unqueue(ctx context.Context, tx *db.Tx, rows []any) error {
	_, err := tx.Exec(ctx, "DELETE FROM word_queue WHERE word_index = '"+string(x)+"' AND row_id IN ("+db.Marks(len(rows))+")", rows...)
	return err
}

// shorten moves the oldest entries of a long queue, more than the n that were just put.
func shorten(ctx context.Context, tx *db.Tx, n int) error {
	var length int
	err := tx.QueryRow(ctx, `SELECT coalesce((SELECT max(id) FROM word_queue) - (SELECT min(id) FROM word_queue), 0)`).Scan(&length)
	if err == nil && length >= longQueue {
		_, err = settle(ctx, tx, max(2*atOnce, 2*int64(n)))
	}
	return err
}

// Keep moves what waits in the queue into the indexes, until ctx ends. What waits then is moved at the next start.
func Keep(ctx context.Context, d *db.DB, log *slog.Logger) {
	signals, stop := d.Listen(waiting)
	defer stop()
	for {
		if err := Settle(ctx, d); err != nil && ctx.Err() == nil {
			log.Error("words wait for their index", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
		select {
		case <-ctx.Done():
			return
		case <-signals:
		}
	}
}

// Settle moves all that waits in the queue into the indexes.
func Settle(ctx context.Context, d *db.DB) error {
	if !d.Dialect().QueuesTokens() {
		return nil
	}
	for more := true; more; {
		err := d.Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
			more, err = settle(ctx, tx, atOnce)
			return err
		})
		if err != nil {
			return fmt.Errorf("words: queue: %w", err)
		}
	}
	return nil
}

// oldest is the last of the entries that are moved next, of so many bytes and so many at most, and whether there are as many:
// few are not worth a transaction of their own, and wait for others.
const oldest = `
	SELECT coalesce(max(CASE WHEN bytes <= ? OR n = 1 THEN id END), 0), coalesce(max(bytes) > ? OR max(n) = ?, 0) FROM (
		SELECT id, sum(octet_length(tokens)) OVER (ORDER BY id) AS bytes, row_number() OVER (ORDER BY id) AS n
		FROM (SELECT id, tokens FROM word_queue ORDER BY id LIMIT ?)
	)`

// settle moves the oldest entries, most at most, and reports whether there may be more.
func settle(ctx context.Context, tx *db.Tx, most int64) (more bool, err error) {
	var last int64
	bytes := volume * max(1, most/atOnce)
	if err := tx.QueryRow(ctx, oldest, bytes, bytes, most, most).Scan(&last, &more); err != nil || last == 0 {
		return false, err
	}
	indexes, err := indexesOf(ctx, tx, last)
	if err != nil {
		return false, err
	}
	for _, x := range indexes {
		_, err := tx.Exec(ctx, tx.Dialect().PutTokens(string(x))+"word_queue WHERE id <= ? AND word_index = ? ORDER BY row_id", last, string(x))
		if err != nil {
			return false, fmt.Errorf("%s: %w", x, err)
		}
	}
	_, err = tx.Exec(ctx, "DELETE FROM word_queue WHERE id <= ?", last)
	return more, err
}

// indexesOf returns the indexes that entries of the queue up to last belong to.
func indexesOf(ctx context.Context, tx *db.Tx, last int64) ([]Index, error) {
	return db.Pluck[Index](ctx, tx, "SELECT DISTINCT word_index FROM word_queue WHERE id <= ?", last)
}
