-- How many calls an app was asked in, by day.
CREATE TABLE app_usage (
	app_id BIGINT NOT NULL,
	day    {text} NOT NULL, -- of UTC, as 2026-11-21
	calls  BIGINT NOT NULL,
	PRIMARY KEY (app_id, day)
);
