package db

import "strings"

// A token index finds rows by words: one row per id, holding the distinct words of that row between blanks.
// SQLite keeps it in FTS5 without content or positions (the smallest and fastest form, docs/performance.md). PostgreSQL
// keeps numbers that stand for the words in an array under GIN, which compares them in half the time it takes for texts;
// where two words have one number a row is found that should not be, once in billions. Package words writes and asks them.

// Ids are multiplied for FTS5. It keeps the rowids of deleted entries in hash tables, whose slots are the rowids' own
// lowest digits: rows deleted one after another fill slots side by side, and whoever looks for a row that was not deleted
// walks through all of them. Computing 100,000 records anew spent three quarters of its time there. With a small odd factor
// there are gaps everywhere, and the differences of ids, which are what an entry keeps, still fit in a byte.
const toRowID, fromRowID = " * 11", " / 11"

func (sqliteDialect) CreateTokens(name string) []string {
	return []string{
		"CREATE VIRTUAL TABLE " + name + " USING fts5(tokens, content='', contentless_delete=1, detail=none, tokenize='ascii')",
		"INSERT INTO " + name + " (" + name + ", rank) VALUES ('automerge', 8)",       // a fifth less work than with 4, searches as quick
		"INSERT INTO " + name + " (" + name + ", rank) VALUES ('hashsize', 16777216)", // bytes: some hundred entries make one segment, not several
	}
}

func (sqliteDialect) PutTokens(name string) string {
	return "INSERT OR REPLACE INTO " + name + " (rowid, tokens) SELECT row_id" + toRowID + ", tokens FROM "
}

func (sqliteDialect) DeleteTokens(name string, n int) string {
	return "DELETE FROM " + name + " WHERE rowid IN (?" + toRowID + strings.Repeat(", ?"+toRowID, n-1) + ")"
}

func (sqliteDialect) MatchTokens(name string) string {
	return "SELECT rowid" + fromRowID + " FROM " + name + " WHERE " + name + " MATCH ?"
}

func (sqliteDialect) TokensEntry(words string) any { return words }

func (sqliteDialect) TokensArgument(tokens []string) any { return strings.Join(tokens, " AND ") }

func (sqliteDialect) QueuesTokens() bool { return true }

func (postgresDialect) CreateTokens(name string) []string {
	return []string{
		"CREATE TABLE " + name + " (id BIGINT PRIMARY KEY, tokens INTEGER[] NOT NULL)",
		"CREATE INDEX " + name + "_tokens ON " + name + " USING GIN (tokens)",
	}
}

func (postgresDialect) PutTokens(name string) string {
	return "INSERT INTO " + name + " (id, tokens) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET tokens = excluded.tokens"
}

func (postgresDialect) DeleteTokens(name string, n int) string {
	return "DELETE FROM " + name + " WHERE id IN (" + Marks(n) + ")"
}

func (postgresDialect) MatchTokens(name string) string {
	return "SELECT id FROM " + name + " WHERE tokens @> ?"
}

func (postgresDialect) TokensEntry(words string) any {
	numbers := make([]int32, 0, len(words)/6)
	for word := range strings.SplitSeq(words, " ") {
		if word != "" {
			numbers = append(numbers, wordNumber(word))
		}
	}
	return numbers
}

func (postgresDialect) TokensArgument(tokens []string) any {
	numbers := make([]int32, len(tokens))
	for i, t := range tokens {
		numbers[i] = wordNumber(t)
	}
	return numbers
}

// wordNumber is the FNV-1a of a word.
func wordNumber(word string) int32 {
	h := uint32(2166136261)
	for i := range len(word) {
		h = (h ^ uint32(word[i])) * 16777619
	}
	return int32(h)
}

func (postgresDialect) QueuesTokens() bool { return false }
