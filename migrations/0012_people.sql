-- The organisations, groups and titles of the company. code_key is the code as codes are told apart (width and case
-- folded).
CREATE TABLE organization (
	id                {identity},
	code              {text} NOT NULL,
	code_key          {text} NOT NULL UNIQUE,
	parent_id         BIGINT REFERENCES organization (id), -- NULL at the top
	name              {text} NOT NULL,
	local_name        {text} NOT NULL DEFAULT '',
	local_name_locale {text} NOT NULL DEFAULT '',
	description       {text} NOT NULL DEFAULT '',
	sort_order        BIGINT                               -- NULL comes last, then the older first
);

CREATE TABLE user_group (
	id          {identity},
	code        {text} NOT NULL,
	code_key    {text} NOT NULL UNIQUE,
	name        {text} NOT NULL,
	description {text} NOT NULL DEFAULT '',
	type        {text} NOT NULL,           -- static, dynamic
	builtin     INTEGER NOT NULL DEFAULT 0 -- has no rows of members: everybody, and the administrators
);
INSERT INTO user_group (code, code_key, name, type, builtin) VALUES ('everyone', 'everyone', 'Everyone', 'dynamic', 1);
INSERT INTO user_group (code, code_key, name, type, builtin) VALUES ('Administrators', 'administrators', 'Administrators', 'static', 1);

CREATE TABLE title (
	id          {identity},
	code        {text} NOT NULL,
	code_key    {text} NOT NULL UNIQUE,
	name        {text} NOT NULL,
	description {text} NOT NULL DEFAULT ''
);

-- Who is in what, and as what. place puts the organisations of a user in the order in which they were given.
CREATE TABLE organization_member (
	user_id         BIGINT NOT NULL REFERENCES user_account (id),
	organization_id BIGINT NOT NULL REFERENCES organization (id),
	title_id        BIGINT REFERENCES title (id),
	place           INTEGER NOT NULL,
	PRIMARY KEY (user_id, organization_id)
);
CREATE INDEX organization_member_of ON organization_member (organization_id);
CREATE INDEX organization_member_title ON organization_member (title_id);

CREATE TABLE group_member (
	user_id  BIGINT NOT NULL REFERENCES user_account (id),
	group_id BIGINT NOT NULL REFERENCES user_group (id),
	PRIMARY KEY (user_id, group_id)
);
CREATE INDEX group_member_of ON group_member (group_id);

-- primary_organization is one of the user's own, or NULL. services are the products he may use, between commas.
ALTER TABLE user_account ADD COLUMN primary_organization BIGINT;
ALTER TABLE user_account ADD COLUMN services {text} NOT NULL DEFAULT 'kintone';
