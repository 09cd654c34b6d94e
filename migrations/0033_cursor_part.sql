-- What a cursor found does not change, only where it stands: its list is written once, in parts, and a fetch reads one or
-- two of them. Cursors live for minutes, so those that are open begin anew.
DROP TABLE record_cursor;
CREATE TABLE record_cursor (
	id         {text} PRIMARY KEY,
	app_id     BIGINT NOT NULL,
	actor      {text} NOT NULL,
	fields     {text} NOT NULL,
	size       BIGINT NOT NULL,
	total      BIGINT NOT NULL,
	position   BIGINT NOT NULL,   -- how many records were fetched
	expires_at {text} NOT NULL
);
CREATE TABLE record_cursor_part (
	cursor_id {text} NOT NULL REFERENCES record_cursor (id) ON DELETE CASCADE,
	part      BIGINT NOT NULL,    -- from 0
	ids       {text} NOT NULL,    -- of as many records as a part has, between commas; see record/cursorlist.go
	PRIMARY KEY (cursor_id, part)
);
