-- The comments of an app in the order in which a search looks at them, so that it begins where the page before ended.
CREATE INDEX record_comment_time ON record_comment (app_id, created_at, record_id, id);
