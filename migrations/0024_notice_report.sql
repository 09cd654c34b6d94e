-- Notices of periodic reports: kinds report and reportFailed.
ALTER TABLE notification ADD COLUMN report_id BIGINT NOT NULL DEFAULT 0;
