-- +goose Up
-- The thread of a space, of notices about what was said there; their app is 0.
ALTER TABLE notification ADD COLUMN thread_id BIGINT NOT NULL DEFAULT 0;
