-- The words of attached files, normalised for search; a row without any says that they were looked for.
CREATE TABLE file_text (
	file_id   BIGINT PRIMARY KEY,
	app_id    BIGINT NOT NULL,
	record_id BIGINT NOT NULL,
	file_key  {text} NOT NULL, -- as the record's field names the file
	words     {text} NOT NULL
);
CREATE INDEX file_text_record ON file_text (app_id, record_id);
CREATE VIRTUAL TABLE file_words USING fts5(tokens, content='', contentless_delete=1, detail=none, tokenize='ascii');
