-- Uploads and attachments. Content is in the blob store under blob_key; an upload that no record
-- takes before expires_at is removed.
CREATE TABLE file (
	id           {identity},
	upload_key   {text} UNIQUE,          -- temporary, one use; NULL once attached
	file_key     {text} NOT NULL UNIQUE, -- permanent, for download
	blob_key     {text} NOT NULL,
	name         {text} NOT NULL,
	content_type {text} NOT NULL,
	size         BIGINT NOT NULL,
	sha256       {text} NOT NULL,
	uploaded_by  BIGINT NOT NULL,
	uploaded_at  {text} NOT NULL,
	expires_at   {text},                 -- NULL once attached
	app_id       BIGINT,                -- where it was attached
	record_id    BIGINT,
	field_id     BIGINT
);
CREATE INDEX file_expires ON file (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX file_record ON file (app_id, record_id);
