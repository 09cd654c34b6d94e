package db

import "strings"

// A token index finds rows by words: one row per id, holding the distinct words of that row between blanks.
// Words are ASCII letters and digits. SQLite keeps it in FTS5 without content or positions (the smallest and
// fastest form, docs/performance.md), PostgreSQL in an array under GIN. Package words writes and asks them.

func (sqliteDialect) CreateTokens(name string) []string {
	return []string{
		"CREATE VIRTUAL TABLE " + name + " USING fts5(tokens, content='', contentless_delete=1, detail=none, tokenize='ascii')",
		"INSERT INTO " + name + " (" + name + ", rank) VALUES ('automerge', 8)", // a fifth less work than with 4, searches as quick
	}
}

func (sqliteDialect) PutTokens(name string) string {
	return "INSERT OR REPLACE INTO " + name + " (rowid, tokens) VALUES (?, ?)"
}

func (sqliteDialect) DeleteTokens(name string, n int) string {
	return "DELETE FROM " + name + " WHERE rowid IN (?" + strings.Repeat(", ?", n-1) + ")"
}

func (sqliteDialect) MatchTokens(name string) string {
	return "SELECT rowid FROM " + name + " WHERE " + name + " MATCH ?"
}

func (sqliteDialect) TokensArgument(tokens []string) string { return strings.Join(tokens, " AND ") }

func (sqliteDialect) QueuesTokens() bool { return true }

func (postgresDialect) CreateTokens(name string) []string {
	return []string{
		"CREATE TABLE " + name + " (id BIGINT PRIMARY KEY, tokens TEXT[] NOT NULL)",
		"CREATE INDEX " + name + "_tokens ON " + name + " USING GIN (tokens)",
	}
}

func (postgresDialect) PutTokens(name string) string {
	return "INSERT INTO " + name + " (id, tokens) VALUES (?, string_to_array(?, ' ')) ON CONFLICT (id) DO UPDATE SET tokens = excluded.tokens"
}

func (postgresDialect) DeleteTokens(name string, n int) string {
	return "DELETE FROM " + name + " WHERE id IN (?" + strings.Repeat(", ?", n-1) + ")"
}

func (postgresDialect) MatchTokens(name string) string {
	return "SELECT id FROM " + name + " WHERE tokens @> string_to_array(?, ' ')"
}

func (postgresDialect) TokensArgument(tokens []string) string { return strings.Join(tokens, " ") }

func (postgresDialect) QueuesTokens() bool { return false }
