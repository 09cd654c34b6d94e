-- What all records of all apps share. Their values are in rec_N tables of their own.
CREATE TABLE record_trash (
	app_id     BIGINT NOT NULL,
	record_id  BIGINT NOT NULL,
	title      {text} NOT NULL,
	content    {text} NOT NULL,   -- JSON of the columns and rows as they were
	deleted_by BIGINT NOT NULL,
	deleted_at {text} NOT NULL,
	PRIMARY KEY (app_id, record_id)
);

CREATE TABLE record_comment (
	id         {identity},
	app_id     BIGINT NOT NULL,
	record_id  BIGINT NOT NULL,
	lane       {text} NOT NULL,   -- internal, shared
	author_id  BIGINT NOT NULL,  -- 0: somebody outside
	share_id   BIGINT,           -- the record link an outsider wrote through
	author     {text} NOT NULL,   -- the name an outsider gave
	body       {text} NOT NULL,
	mentions   {text} NOT NULL,   -- JSON [{"code":…,"type":…}]
	created_at {text} NOT NULL
);
CREATE INDEX record_comment_record ON record_comment (app_id, record_id, id);

CREATE TABLE record_cursor (
	id         {text} PRIMARY KEY,
	app_id     BIGINT NOT NULL,
	actor      {text} NOT NULL,
	fields     {text} NOT NULL,
	query      {text} NOT NULL,
	size       BIGINT NOT NULL,
	ids        {text} NOT NULL,   -- what is left, between commas
	expires_at {text} NOT NULL
);
