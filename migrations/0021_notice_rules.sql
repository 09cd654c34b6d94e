-- Notices by an app's rules. Kinds besides those that were: added, edited, status, condition, reminder, imported, webhook.
ALTER TABLE notification ADD COLUMN to_me INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notification ADD COLUMN by_id BIGINT NOT NULL DEFAULT 0; -- who caused it; of comments their author is looked up
ALTER TABLE notification ADD COLUMN text {text} NOT NULL DEFAULT '';  -- the title that a rule gives; never a record's value
ALTER TABLE notification ADD COLUMN once {text};                      -- what it is about: it is told once, however often a job runs
UPDATE notification SET to_me = 1 WHERE kind IN ('mention', 'outside');
CREATE UNIQUE INDEX notification_once ON notification (once);

-- How far a reminder's times have been told of: what is before that is past, also for records that change later.
CREATE TABLE notification_reminder (
	app_id BIGINT NOT NULL,
	rule   {text} NOT NULL,
	until  {text} NOT NULL,
	PRIMARY KEY (app_id, rule)
);
