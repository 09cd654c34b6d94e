-- The codes of apps, live or being edited: each belongs to one app, in whatever case it is written.
CREATE TABLE app_code (
	folded {text} PRIMARY KEY, -- lower case
	app_id BIGINT NOT NULL REFERENCES app (id)
);
CREATE INDEX app_code_app ON app_code (app_id);
