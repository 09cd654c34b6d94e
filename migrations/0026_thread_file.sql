-- Files that are said in threads: they belong to the thread, whose space says who may have them.
ALTER TABLE file ADD COLUMN thread_id BIGINT;
ALTER TABLE thread_comment ADD COLUMN files {text} NOT NULL DEFAULT '[]'; -- JSON
