-- The latest recalculation of an app's old records. The job says whether it goes on; it is finished when finished_at is set.
CREATE TABLE recalculation (
	app_id      BIGINT PRIMARY KEY REFERENCES app (id),
	job_id      BIGINT NOT NULL,
	total       BIGINT NOT NULL, -- records when it began; 0: not begun
	done        BIGINT NOT NULL, -- records looked at
	changed     BIGINT NOT NULL, -- records that got other values
	asked_at    {text} NOT NULL,
	finished_at {text}
);
