-- A link by which outsiders read one record. The token itself is not kept: it follows from nonce and a secret that is
-- not in the database; see share/token.go.
CREATE TABLE share_link (
	id            {identity},
	token_hash    {text} NOT NULL UNIQUE,   -- SHA-256 in hex
	nonce         {text} NOT NULL,
	app_id        BIGINT NOT NULL,
	record_id     BIGINT NOT NULL,
	fields        {text} NOT NULL,          -- ids between commas, inner fields of tables too
	title         {text} NOT NULL,          -- '' is that of the record
	password_hash {text} NOT NULL,          -- PHC string; '' asks for none
	failures      INTEGER NOT NULL DEFAULT 0,
	tried_at      {text} NOT NULL DEFAULT '',
	retry_at      {text} NOT NULL DEFAULT '', -- after too many wrong passwords
	expires_at    {text},
	may_comment   INTEGER NOT NULL,
	may_download  INTEGER NOT NULL,
	created_by    BIGINT NOT NULL,          -- the publisher: nothing is shown that he may not see himself
	created_at    {text} NOT NULL,
	revoked_by    BIGINT,
	revoked_at    {text}
);
CREATE INDEX share_link_record ON share_link (app_id, record_id);
CREATE INDEX share_link_publisher ON share_link (created_by, expires_at);

-- Who came by a link and what he did.
CREATE TABLE share_access (
	id         {identity},
	share_id   BIGINT NOT NULL REFERENCES share_link (id),
	at         {text} NOT NULL,
	kind       {text} NOT NULL,            -- opened, wrongPassword, commented, downloaded, refused
	name       {text} NOT NULL,            -- as he called himself
	device     {text} NOT NULL,
	ip         {text} NOT NULL,
	visitor    {text} NOT NULL,            -- SHA-256 of the key that his browser keeps; '' is none
	comment_id BIGINT
);
CREATE INDEX share_access_link ON share_access (share_id, kind, at);
