-- Spaces: where people talk in threads and keep apps together.
CREATE TABLE space (
	id             {identity},
	name           {text} NOT NULL,
	is_private     INTEGER NOT NULL DEFAULT 0,
	fixed_member   INTEGER NOT NULL DEFAULT 0,
	multi_thread   INTEGER NOT NULL DEFAULT 0,
	admins_create  INTEGER NOT NULL DEFAULT 0, -- only administrators make apps in it
	hidden         {text} NOT NULL DEFAULT '', -- parts of its page that are not shown, between commas
	body           {text} NOT NULL DEFAULT '', -- clean HTML, of a space with several threads
	default_thread BIGINT NOT NULL DEFAULT 0,
	creator_id     BIGINT NOT NULL,
	created_at     {text} NOT NULL,
	modifier_id    BIGINT NOT NULL,
	modified_at    {text} NOT NULL,
	deleted_at     {text}                      -- NULL while it is there
);
-- Who is in a space: a user, or an organisation or group whose members are.
CREATE TABLE space_member (
	space_id BIGINT NOT NULL,
	kind     {text} NOT NULL, -- USER, ORGANIZATION, GROUP
	unit_id  BIGINT NOT NULL,
	is_admin INTEGER NOT NULL,
	subs     INTEGER NOT NULL, -- of an ORGANIZATION: those below it too
	position BIGINT NOT NULL,
	PRIMARY KEY (space_id, kind, unit_id)
);
CREATE TABLE thread (
	id          {identity},
	space_id    BIGINT NOT NULL,
	name        {text} NOT NULL, -- of the only thread of a space it is the space's
	body        {text} NOT NULL DEFAULT '', -- clean HTML
	creator_id  BIGINT NOT NULL,
	created_at  {text} NOT NULL,
	modified_at {text} NOT NULL
);
CREATE INDEX thread_space ON thread (space_id);
CREATE TABLE thread_comment (
	id         {identity},
	thread_id  BIGINT NOT NULL,
	author_id  BIGINT NOT NULL,
	text       {text} NOT NULL,
	mentions   {text} NOT NULL, -- JSON
	created_at {text} NOT NULL
);
CREATE INDEX thread_comment_thread ON thread_comment (thread_id, id);
ALTER TABLE app ADD COLUMN space_id BIGINT;
ALTER TABLE app ADD COLUMN thread_id BIGINT;
ALTER TABLE app ADD COLUMN wall BIGINT NOT NULL DEFAULT 0; -- rises whenever who may know of the app's space may be others
