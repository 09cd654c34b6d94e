-- The history of records: a line for every revision.
CREATE TABLE record_change (
	app_id     BIGINT NOT NULL,
	record_id  BIGINT NOT NULL,
	revision   BIGINT NOT NULL,
	kind       TEXT COLLATE "C" NOT NULL,   -- create, update, revert, restore
	changed_by BIGINT NOT NULL,
	changed_at TEXT COLLATE "C" NOT NULL,
	changes    TEXT COLLATE "C" NOT NULL,   -- JSON: the values before, by field id; see record/history.go
	PRIMARY KEY (app_id, record_id, revision)
);
