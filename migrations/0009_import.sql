-- Files that became, or may become, apps. The file itself is in the blob store under blob_key until the import is
-- forgotten. state is preview, started (then the job says how it goes), done, cancelled or failed.
CREATE TABLE import (
	id          {identity},
	user_id     BIGINT NOT NULL,
	file_name   {text} NOT NULL,
	blob_key    {text} NOT NULL,
	size        BIGINT NOT NULL,
	asked       TEXT NOT NULL,              -- JSON of sheet.Options: what a person corrected
	preview     TEXT NOT NULL,              -- JSON of sheet.Preview: how the file is read, and what was seen of it
	columns     TEXT NOT NULL DEFAULT '[]', -- JSON: the columns chosen, with their fields once there are any
	notices     TEXT NOT NULL DEFAULT '[]', -- JSON: what was decided on the way
	state       {text} NOT NULL,
	app_name    {text} NOT NULL,
	app_id      BIGINT NOT NULL DEFAULT 0,  -- 0: not made yet
	job_id      BIGINT NOT NULL DEFAULT 0,
	rows_total  BIGINT NOT NULL,
	rows_exact  INTEGER NOT NULL,           -- rows_total was counted, not estimated
	rows_done   BIGINT NOT NULL DEFAULT 0,  -- taken or rejected: the next one's index
	rejected    BIGINT NOT NULL DEFAULT 0,
	error       TEXT NOT NULL DEFAULT '',   -- JSON: key and args of why it failed
	created_at  {text} NOT NULL,
	started_at  {text},
	finished_at {text}
);
CREATE INDEX import_user ON import (user_id, id);

-- The first rows that were not taken, and why.
CREATE TABLE import_reject (
	import_id BIGINT NOT NULL REFERENCES import (id),
	row_index BIGINT NOT NULL,
	line      BIGINT NOT NULL,
	problems  TEXT NOT NULL, -- JSON
	PRIMARY KEY (import_id, row_index)
);
