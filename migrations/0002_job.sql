-- What has been written and not been told to its receivers yet. A row lives from the commit of the write to that of
-- its delivery, usually a few milliseconds.
CREATE TABLE outbox (
	id         {identity},
	kind       {text} NOT NULL,
	payload    TEXT NOT NULL,
	created_at {text} NOT NULL
);

-- Work to be done outside a request. state is queued, running, done, failed or cancelled; progress is done of total.
CREATE TABLE job (
	id           {identity},
	kind         {text} NOT NULL,
	unique_key   {text},
	payload      TEXT NOT NULL,
	checkpoint   TEXT NOT NULL DEFAULT '',
	state        {text} NOT NULL,
	done         BIGINT NOT NULL DEFAULT 0,
	total        BIGINT NOT NULL DEFAULT 0,
	attempts     INTEGER NOT NULL DEFAULT 0,
	max_attempts INTEGER NOT NULL,
	run_at       {text} NOT NULL,
	lease_until  {text},
	holder       {text},
	error        TEXT NOT NULL DEFAULT '',
	created_at   {text} NOT NULL,
	finished_at  {text}
);
CREATE INDEX job_due ON job (run_at, id) WHERE state = 'queued';
CREATE INDEX job_leased ON job (lease_until) WHERE state = 'running';
CREATE INDEX job_finished ON job (finished_at) WHERE finished_at IS NOT NULL;
CREATE UNIQUE INDEX job_unique ON job (kind, unique_key) WHERE state = 'queued';
