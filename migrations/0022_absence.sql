-- Who takes whose turns in processes, and when.
CREATE TABLE user_absence (
	user_id   BIGINT PRIMARY KEY,
	deputy_id BIGINT NOT NULL,
	first_day {text} NOT NULL, -- as 2026-04-01, where the user lives
	last_day  {text} NOT NULL
);
