-- The status that a record had come to when somebody was told of it; where it stands later is another matter.
ALTER TABLE notification ADD COLUMN status_id BIGINT NOT NULL DEFAULT 0;
