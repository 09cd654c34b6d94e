-- The indexes that were made because queries asked for them; record/internal/table chooses among them.
CREATE TABLE record_index (
	app_id  BIGINT NOT NULL,
	name    {text} NOT NULL,
	fields  {text} NOT NULL, -- field ids between commas: the one sorted by, then those filtered by
	made_at {text} NOT NULL,
	PRIMARY KEY (app_id, name)
);
