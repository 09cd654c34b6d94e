-- How an app's last deployment went: SUCCESS, FAIL, or CANCEL when it was another app of the same request that failed.
ALTER TABLE app ADD COLUMN deploy_status {text} NOT NULL DEFAULT 'SUCCESS';
