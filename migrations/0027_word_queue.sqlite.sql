-- Entries on their way into the word indexes, the oldest first. FTS5 takes many at a time as quickly as one.
CREATE TABLE word_queue (
	id         INTEGER PRIMARY KEY,
	word_index TEXT NOT NULL,
	row_id     INTEGER NOT NULL,
	tokens     TEXT NOT NULL,
	UNIQUE (word_index, row_id)
);
