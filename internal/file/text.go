package file

import (
	"context"
	"errors"
	"fmt"

	"github.com/engawa/engawa/internal/db"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/text"
	"github.com/engawa/engawa/internal/words"
)

// Words is the index of the words of all files, by file.
const Words = words.Index("file_words")

// Unread returns the files attached to some records of an app whose words nobody has looked for yet.
func (s *Files) Unread(ctx context.Context, tx *db.Tx, app id.App, records []id.Record) ([]id.File, error) {
	if len(records) == 0 {
		return nil, nil
	}
	list, err := db.Pluck[id.File](ctx, tx, `
		SELECT id FROM file WHERE app_id = ? AND record_id IN (`+db.Marks(len(records))+`)
		AND NOT EXISTS (SELECT 1 FROM file_text WHERE file_id = file.id) ORDER BY id`, append([]any{app}, db.Args(records)...)...)
	if err != nil {
		return nil, fmt.Errorf("file: unread of app %d: %w", app, err)
	}
	return list, nil
}

// Attached returns an attached file; ok is false when there is none with that id.
func (s *Files) Attached(ctx context.Context, file id.File) (f File, ok bool, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		f, err = scan(tx.QueryRow(ctx, "SELECT "+columns+" FROM file WHERE id = ? AND app_id IS NOT NULL", file))
		if errors.Is(err, db.ErrNoRows) {
			return nil
		}
		ok = err == nil
		return err
	})
	return f, ok, err
}

// SetWords keeps the words of an attached file, "" when it has none, in place of those it had. Queries for its field
// find the record by them from then on.
func (s *Files) SetWords(ctx context.Context, f File, read string) error {
	read = text.Normalise(read)
	tokens := string(text.AppendTokens(nil, read))
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `
			INSERT INTO file_text (file_id, app_id, record_id, file_key, words) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (file_id) DO UPDATE SET words = excluded.words`, f.ID, f.App, f.Record, f.Key, read)
		if err == nil {
			err = Words.Put(ctx, tx, []words.Entry{{Row: int64(f.ID), Tokens: tokens}})
		}
		if err != nil {
			return fmt.Errorf("file: words of %d: %w", f.ID, err)
		}
		return nil
	})
}

// IndexWords makes the index over the words of all files anew.
func (s *Files) IndexWords(ctx context.Context) error {
	if err := s.db.Write(ctx, Words.Remake); err != nil {
		return err
	}
	var last id.File
	for more := true; more; {
		err := s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
			list, err := wordsAfter(ctx, tx, last)
			if more = len(list) > 0; err != nil || !more {
				return err
			}
			entries := make([]words.Entry, len(list))
			for i, w := range list {
				entries[i] = words.Entry{Row: int64(w.file), Tokens: string(text.AppendTokens(nil, w.words))}
			}
			if err := Words.Put(ctx, tx, entries); err != nil {
				return err
			}
			last = list[len(list)-1].file
			return nil
		})
		if err != nil {
			return fmt.Errorf("file: index words: %w", err)
		}
	}
	return nil
}

// fileWords are the words of a file, normalised.
type fileWords struct {
	file  id.File
	words string
}

func wordsAfter(ctx context.Context, tx *db.Tx, last id.File) ([]fileWords, error) {
	return db.Collect(ctx, tx, func(w *fileWords, row db.RowScanner) error {
		return row.Scan(&w.file, &w.words)
	}, `SELECT file_id, words FROM file_text WHERE file_id > ? ORDER BY file_id LIMIT 50`, last)
}
