-- Where programs of others are told of what happens to an app's records. The secret that signs what is sent is not kept: it
-- follows from nonce and a secret that is not in the database; see webhook/secret.go.
CREATE TABLE webhook (
	id            {identity},
	app_id        BIGINT NOT NULL,
	url           {text} NOT NULL,
	description   {text} NOT NULL,
	events        {text} NOT NULL,          -- types between commas
	active        INTEGER NOT NULL,
	stopped       {text} NOT NULL DEFAULT '', -- why the server switched it off: failing, owner
	owner_id      BIGINT NOT NULL,          -- who saved it last: nothing is sent that he may not see himself
	nonce         {text} NOT NULL,
	old_nonce     {text} NOT NULL DEFAULT '', -- of the secret before
	rotated_at    {text},
	failures      INTEGER NOT NULL DEFAULT 0, -- since the last success
	failing_since {text},
	held_until    {text},                   -- it does not answer: nothing is sent before
	created_at    {text} NOT NULL,
	updated_at    {text} NOT NULL
);
CREATE INDEX webhook_app ON webhook (app_id);

-- What is sent, and how that went. It holds ids only: what is sent is looked up as the webhook's owner, when it is sent.
CREATE TABLE webhook_delivery (
	id          {identity},
	webhook_id  BIGINT NOT NULL,
	app_id      BIGINT NOT NULL,
	uuid        {text} NOT NULL,            -- the same for all attempts, and when somebody sends it again
	event       {text} NOT NULL,
	record_id   BIGINT NOT NULL DEFAULT 0,
	comment_id  BIGINT NOT NULL DEFAULT 0,
	by_hand     INTEGER NOT NULL DEFAULT 0,
	state       {text} NOT NULL,            -- queued, sending, done
	outcome     {text} NOT NULL DEFAULT '', -- of the last attempt
	attempts    INTEGER NOT NULL DEFAULT 0,
	times       INTEGER NOT NULL DEFAULT 1, -- how many events a dropped one stands for
	status      INTEGER NOT NULL DEFAULT 0, -- that the target answered last; 0 is none
	duration_ms BIGINT NOT NULL DEFAULT 0,  -- of an attempt that was answered
	next_at     {text},                     -- of one that is queued; of one that is being sent, when it is given up for lost
	tried_at    {text},
	created_at  {text} NOT NULL
);
CREATE INDEX webhook_delivery_log ON webhook_delivery (webhook_id, id);
CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook_id, next_at) WHERE state <> 'done';
CREATE INDEX webhook_delivery_rate ON webhook_delivery (app_id, created_at);
