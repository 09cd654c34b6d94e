package db

// Dialect is what the two databases spell differently, as pieces of SQL. A store puts them into its statements and so
// need not know which database it talks to. Names and expressions given to it are written as they are: they come from
// the program, never from a user.
type Dialect interface {
	// Name is "sqlite" or "postgres": for logs and for choosing a migration file, not for branching.
	Name() string

	// IdentityColumn is the type and constraints of an id column that numbers itself and never reuses a number.
	IdentityColumn() string
	// TextType is the type of a text column; it compares and sorts by bytes.
	TextType() string
	// NumberType is the type of a decimal column.
	NumberType() string
	// BlobType is the type of a column of bytes.
	BlobType() string

	// Contains is a condition: needle is a part of haystack. It is exact to the byte.
	Contains(haystack, needle string) string
	// Greatest is the greater of two values that are not NULL.
	Greatest(a, b string) string
	// IndexedBy follows a table's name in FROM and pins the access path to an index of that name. PostgreSQL chooses
	// by itself, so it is empty there.
	IndexedBy(index string) string
	// ByID follows a table's name in FROM and keeps the database from all indexes but the primary key. PostgreSQL
	// chooses by itself, so it is empty there.
	ByID() string
	// SortKey is a column of an index that serves orders in which NULL comes first, or last when descending.
	SortKey(column string) string
	// NoIndex is expr, written so that no index on it is used for it. PostgreSQL chooses by itself.
	NoIndex(expr string) string
	// Settled is a condition: nearly all rows of a table are such that an index alone can answer for them. PostgreSQL
	// cannot say that of rows that were written lately.
	Settled(table string) string
	// SkipLocked ends a SELECT whose rows this transaction will change and no other should wait for. SQLite has one
	// writer, so it is empty there.
	SkipLocked() string
	// OneWriter reports that whoever writes waits until the one who is writing has finished, whatever each of them writes.
	OneWriter() bool
	forUpdate() string // see Tx.ForUpdate
	schema() string    // see Tx.Schema: a statement that tells it, or "" where none does
	alone() string     // see Tx.Alone: a statement with a name as argument, or "" where there is nothing to do

	// CreateTokens makes a token index (see tokens.go) of that name.
	CreateTokens(name string) []string
	// PutTokens makes the words of a row these: its id, then the TokensEntry of its words. With QueuesTokens it ends in
	// FROM, and takes row_id and tokens in ascending order.
	PutTokens(name string) string
	// TokensEntry is what an index keeps of words between blanks.
	TokensEntry(words string) any
	// DeleteTokens removes the words of n rows: their ids.
	DeleteTokens(name string, n int) string
	// MatchTokens selects the ids of the rows that hold all words of a TokensArgument.
	MatchTokens(name string) string
	// TokensArgument is the argument of MatchTokens for one or more words.
	TokensArgument(tokens []string) any
	// QueuesTokens reports that many rows are put at about the price of one, so that they had better wait for each other.
	QueuesTokens() bool

	// LongKeys reports that an index takes texts of any length. Where it does not, a row with a longer one cannot be written.
	LongKeys() bool
	// LossyDecimals reports that a decimal column keeps only 15 significant digits.
	LossyDecimals() bool

	columns() string     // see Tx.Tables
	references() string  //
	lastID() string      // see Tx.LastID
	setLastID() []string //
}

type sqliteDialect struct{}

func (sqliteDialect) Name() string           { return "sqlite" }
func (sqliteDialect) IdentityColumn() string { return "INTEGER PRIMARY KEY AUTOINCREMENT" }
func (sqliteDialect) TextType() string       { return "TEXT" }
func (sqliteDialect) NumberType() string     { return "NUMERIC" }
func (sqliteDialect) BlobType() string       { return "BLOB" }

func (sqliteDialect) Contains(haystack, needle string) string {
	return "instr(" + haystack + ", " + needle + ") > 0"
}
func (sqliteDialect) Greatest(a, b string) string   { return "max(" + a + ", " + b + ")" }
func (sqliteDialect) IndexedBy(index string) string { return " INDEXED BY " + index }
func (sqliteDialect) ByID() string                  { return " NOT INDEXED" }
func (sqliteDialect) SortKey(column string) string  { return column }
func (sqliteDialect) NoIndex(expr string) string    { return "+" + expr }
func (sqliteDialect) Settled(string) string         { return "TRUE" }
func (sqliteDialect) SkipLocked() string            { return "" }
func (sqliteDialect) OneWriter() bool               { return true }
func (sqliteDialect) forUpdate() string             { return "" }
func (sqliteDialect) schema() string                { return "PRAGMA schema_version" }
func (sqliteDialect) alone() string                 { return "" }
func (sqliteDialect) LongKeys() bool                { return true }
func (sqliteDialect) LossyDecimals() bool           { return true }

type postgresDialect struct{}

func (postgresDialect) Name() string { return "postgres" }
func (postgresDialect) IdentityColumn() string {
	return "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"
}
func (postgresDialect) TextType() string   { return `TEXT COLLATE "C"` }
func (postgresDialect) NumberType() string { return "NUMERIC" }
func (postgresDialect) BlobType() string   { return "BYTEA" }

func (postgresDialect) Contains(haystack, needle string) string {
	return "strpos(" + haystack + ", " + needle + ") > 0"
}
func (postgresDialect) Greatest(a, b string) string { return "greatest(" + a + ", " + b + ")" }
func (postgresDialect) IndexedBy(string) string     { return "" }
func (postgresDialect) ByID() string                { return "" }
func (postgresDialect) SortKey(column string) string {
	return column + " NULLS FIRST"
}
func (postgresDialect) NoIndex(expr string) string { return expr }
func (postgresDialect) Settled(table string) string {
	return "(SELECT relallvisible >= 0.9 * relpages FROM pg_class WHERE oid = '" + table + "'::regclass)"
}
func (postgresDialect) SkipLocked() string { return " FOR UPDATE SKIP LOCKED" }
func (postgresDialect) OneWriter() bool    { return false }
func (postgresDialect) forUpdate() string  { return " FOR UPDATE" }
func (postgresDialect) schema() string     { return "" }
func (postgresDialect) alone() string {
	return "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '/' || ?::text, 0))"
}
func (postgresDialect) LongKeys() bool      { return false }
func (postgresDialect) LossyDecimals() bool { return false }
