-- What somebody should hear of. It holds ids only: what it says is looked up as its reader, when he reads it.
CREATE TABLE notification (
	id         {identity},
	user_id    BIGINT NOT NULL,
	kind       {text} NOT NULL,            -- mention, comment, outside, import
	app_id     BIGINT NOT NULL,
	record_id  BIGINT NOT NULL DEFAULT 0,
	comment_id BIGINT NOT NULL DEFAULT 0,
	import_id  BIGINT NOT NULL DEFAULT 0,
	created_at {text} NOT NULL,
	read_at    {text}
);
CREATE INDEX notification_user ON notification (user_id, id);
CREATE INDEX notification_unread ON notification (user_id, id) WHERE read_at IS NULL;

-- Mails, as their receiver was meant to see them.
CREATE TABLE mail (
	id         {identity},
	message_id {text} NOT NULL UNIQUE,
	user_id    BIGINT NOT NULL,
	address    {text} NOT NULL,
	name       {text} NOT NULL,
	subject    {text} NOT NULL,
	body       {text} NOT NULL,
	state      {text} NOT NULL,            -- queued, sent, failed
	error      {text} NOT NULL DEFAULT '', -- of the last attempt
	created_at {text} NOT NULL,
	sent_at    {text}
);
