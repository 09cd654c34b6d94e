-- Whom a record waits for in a status in which all have to act, and who of them has.
CREATE TABLE record_turn (
	app_id    BIGINT NOT NULL,
	record_id BIGINT NOT NULL,
	user_id   BIGINT NOT NULL,
	position  BIGINT NOT NULL,            -- in the order in which they were named
	action    {text} NOT NULL DEFAULT '', -- what he did, '' while he has not
	done_by   BIGINT NOT NULL DEFAULT 0,  -- he, or his deputy
	done_at   {text},
	PRIMARY KEY (app_id, record_id, user_id)
);
