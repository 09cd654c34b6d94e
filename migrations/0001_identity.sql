-- Who may come in. code_key is the login name as it is compared (width and case folded), NULL once deleted, so that
-- the name can be given again. auth_version changes whenever what was proved before no longer counts.
CREATE TABLE user_account (
	id            {identity},
	code          {text} NOT NULL,
	code_key      {text} UNIQUE,
	name          {text} NOT NULL,
	email         {text} NOT NULL DEFAULT '',
	locale        {text} NOT NULL,            -- auto, ja, en
	timezone      {text} NOT NULL,            -- IANA name
	valid         INTEGER NOT NULL,
	admin         INTEGER NOT NULL,
	builtin       INTEGER NOT NULL DEFAULT 0, -- belongs to the product; cannot log in
	password_hash {text} NOT NULL DEFAULT '', -- PHC string; '' cannot log in
	auth_version  BIGINT NOT NULL DEFAULT 1,
	profile       TEXT NOT NULL DEFAULT '{}', -- JSON: the other fields of the User API
	created_at    {text} NOT NULL,
	updated_at    {text} NOT NULL,
	deleted_at    {text}
);

-- Whom programs with API tokens act as.
INSERT INTO user_account (code, code_key, name, locale, timezone, valid, admin, builtin, created_at, updated_at)
VALUES ('Administrator', 'administrator', 'Administrator', 'auto', 'Asia/Tokyo', 1, 0, 1,
	'2000-01-01T00:00:00.000Z', '2000-01-01T00:00:00.000Z');

-- A browser that is logged in. The cookie itself is not kept, only its SHA-256 in hex.
CREATE TABLE session (
	token_hash   {text} PRIMARY KEY,
	user_id      BIGINT NOT NULL REFERENCES user_account (id),
	auth_version BIGINT NOT NULL,
	csrf         {text} NOT NULL,
	user_agent   {text} NOT NULL,
	created_at   {text} NOT NULL,
	last_seen_at {text} NOT NULL,
	expires_at   {text} NOT NULL
);
CREATE INDEX session_owner ON session (user_id);
CREATE INDEX session_expires ON session (expires_at);

-- Failed logins by login name, whether or not there is such a user.
CREATE TABLE login_failure (
	code_key     {text} PRIMARY KEY,
	failures     INTEGER NOT NULL,
	last_at      {text} NOT NULL,
	locked_until {text} NOT NULL
);
CREATE INDEX login_failure_last ON login_failure (last_at);

-- Where a user has logged in from: a lock that strangers cause does not hold there.
CREATE TABLE known_network (
	user_id BIGINT NOT NULL REFERENCES user_account (id),
	network {text} NOT NULL,
	last_at {text} NOT NULL,
	PRIMARY KEY (user_id, network)
);

-- The keys of programs, per app. rights are the bits of access.Verbs.
CREATE TABLE api_token (
	id         {identity},
	app_id     BIGINT NOT NULL,
	token_hash {text} NOT NULL UNIQUE,
	note       {text} NOT NULL,
	rights     INTEGER NOT NULL,
	created_by BIGINT NOT NULL,
	created_at {text} NOT NULL
);
CREATE INDEX api_token_app ON api_token (app_id);

-- What holds for the whole site, as JSON. 'identity.revision' counts the changes of users and tokens.
CREATE TABLE site_setting (
	name  {text} PRIMARY KEY,
	value {text} NOT NULL
);
INSERT INTO site_setting (name, value) VALUES ('identity.revision', '1');
