-- +goose Up
-- What all records of all apps share. Their values are in rec_N tables of their own.
CREATE TABLE record_change (
	app_id     BIGINT NOT NULL,
	record_id  BIGINT NOT NULL,
	revision   BIGINT NOT NULL,
	kind       TEXT NOT NULL,   -- create, update, revert, restore
	changed_by BIGINT NOT NULL,
	changed_at TEXT NOT NULL,
	changes    TEXT NOT NULL,   -- JSON: the values before, by field id; see record/history.go
	PRIMARY KEY (app_id, record_id, revision)
) WITHOUT ROWID;

CREATE TABLE record_trash (
	app_id     BIGINT NOT NULL,
	record_id  BIGINT NOT NULL,
	title      TEXT NOT NULL,
	content    TEXT NOT NULL,   -- JSON of the columns and rows as they were
	deleted_by BIGINT NOT NULL,
	deleted_at TEXT NOT NULL,
	PRIMARY KEY (app_id, record_id)
);

CREATE TABLE record_comment (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	app_id     BIGINT NOT NULL,
	record_id  BIGINT NOT NULL,
	lane       TEXT NOT NULL,   -- internal, shared
	author_id  BIGINT NOT NULL,  -- 0: somebody outside
	share_id   BIGINT,           -- the record link an outsider wrote through
	author     TEXT NOT NULL,   -- the name an outsider gave
	body       TEXT NOT NULL,
	mentions   TEXT NOT NULL,   -- JSON [{"code":…,"type":…}]
	created_at TEXT NOT NULL
);
CREATE INDEX record_comment_record ON record_comment (app_id, record_id, id);

CREATE TABLE record_cursor (
	id         TEXT PRIMARY KEY,
	app_id     BIGINT NOT NULL,
	actor      TEXT NOT NULL,
	fields     TEXT NOT NULL,
	query      TEXT NOT NULL,
	size       BIGINT NOT NULL,
	ids        TEXT NOT NULL,   -- what is left, between commas
	expires_at TEXT NOT NULL
);
