package words

import (
	"context"
	"errors"
	"fmt"

	"github.com/engawa/engawa/internal/db"
)

// Format numbers the ways in which texts were cut into tokens, and tokens kept. Whoever changes text.Normalise, text.Tokens
// or package db's tokens so that an index of old entries misses what it should find adds 1: all indexes are then made anew
// when a site is opened.
//
//	1  pairs of characters
//	2  triples of Latin letters and digits, too
//	3  FTS5 has other numbers for rows; of HTML what stands together
const Format = 3

// setting is the row of site_setting that keeps the Format of the indexes.
const setting = "words.format"

// Outdated reports whether the site's indexes are of another Format.
func Outdated(ctx context.Context, tx *db.Tx) (bool, error) {
	var format int
	err := tx.QueryRow(ctx, `SELECT CAST(value AS BIGINT) FROM site_setting WHERE name = ?`, setting).Scan(&format)
	if errors.Is(err, db.ErrNoRows) {
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("words: format: %w", err)
	}
	return format != Format, nil
}

// SetCurrent notes that the site's indexes are of this Format.
func SetCurrent(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Exec(ctx, `INSERT INTO site_setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
		setting, fmt.Sprint(Format))
	if err != nil {
		return fmt.Errorf("words: format: %w", err)
	}
	return nil
}
