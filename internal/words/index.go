// Package words finds rows by parts of their text. Each row of a table has an entry in a word index: the tokens of its
// text (package text). PostgreSQL keeps numbers that stand for them in an array under GIN. SQLite keeps them in FTS5, whose every transaction
// costs about as much for one entry as for many: there, entries wait in a queue in which searches look too, and are moved
// into FTS5 many at a time (Keep).
package words

import (
	"context"
	"fmt"

	"github.com/engawa/engawa/internal/db"
)

// Index is the word index of a table. Names come from the program, never from a user.
type Index string

// Entry is the text of a row, as the index keeps it.
type Entry struct {
	Row    int64
	Tokens string // distinct, a blank between them; "" when the row has none
}

// Create returns the statements that make the index.
func (x Index) Create(d db.Dialect) []string { return d.CreateTokens(string(x)) }

// Remake makes the index anew, without entries.
func (x Index) Remake(ctx context.Context, tx *db.Tx) error {
	for _, sql := range append([]string{"DROP TABLE " + string(x)}, x.Create(tx.Dialect())...) {
		if _, err := tx.Exec(ctx, sql); err != nil {
			return fmt.Errorf("words: make %s anew: %w", x, err)
		}
	}
	return nil
}

// Match is a SELECT of the ids of the rows that hold all the tokens, of which there is at least one. It may select others,
// too: those whose words were changed a moment ago.
func (x Index) Match(d db.Dialect, tokens []string) (sql string, args []any) {
	sql, args = d.MatchTokens(string(x)), []any{d.TokensArgument(tokens)}
	if d.QueuesTokens() {
		sql += " UNION ALL " + x.queued()
	}
	return sql, args
}

// Put makes the entries of rows these, whatever they were. No row comes twice.
func (x Index) Put(ctx context.Context, tx *db.Tx, entries []Entry) error {
	var into string
	queued := tx.Dialect().QueuesTokens()
	if queued {
		into = x.queue()
		tx.Signal(waiting)
	} else {
		into = tx.Dialect().PutTokens(string(x))
	}
	err := db.Chunks(len(entries), 2, func(from, to int) error {
		args := make([]any, 0, 2*(to-from))
		for _, e := range entries[from:to] {
			args = append(args, e.Row, tx.Dialect().TokensEntry(e.Tokens))
		}
		return tx.Later(ctx, db.Repeat(into, to-from), args...)
	})
	if err == nil && queued && len(entries) >= larger {
		err = shorten(ctx, tx, len(entries))
	}
	if err != nil {
		return fmt.Errorf("words: %s: %w", x, err)
	}
	return nil
}

// Forget removes the entries of rows that are no more.
func (x Index) Forget(ctx context.Context, tx *db.Tx, rows ...int64) error {
	err := db.Chunks(len(rows), 1, func(from, to int) error {
		args := make([]any, 0, to-from)
		for _, n := range rows[from:to] {
			args = append(args, n)
		}
		_, err := tx.Exec(ctx, tx.Dialect().DeleteTokens(string(x), len(args)), args...)
		if err == nil && tx.Dialect().QueuesTokens() {
			err = x.unqueue(ctx, tx, args)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("words: %s: %w", x, err)
	}
	return nil
}
