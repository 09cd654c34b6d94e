-- The rhythms of periodic reports, and their next beats.
CREATE TABLE report_schedule (
	app_id    BIGINT NOT NULL,
	report_id BIGINT NOT NULL,
	rhythm    {text} NOT NULL, -- another one when the beats are at other times
	next_at   {text} NOT NULL,
	PRIMARY KEY (app_id, report_id)
);

-- What graphs came to at their beats.
CREATE TABLE report_snapshot (
	id        {identity},
	app_id    BIGINT NOT NULL,
	report_id BIGINT NOT NULL,
	due_at    {text} NOT NULL,
	taken_at  {text} NOT NULL,
	taken_by  BIGINT NOT NULL,
	fields    {text} NOT NULL, -- ids of the fields it was reckoned from, between commas
	rules     {text} NOT NULL, -- a mark of the permissions of whom it was reckoned as
	data      TEXT NOT NULL,   -- as the API tells it
	UNIQUE (app_id, report_id, due_at)
);
