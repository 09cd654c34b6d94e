-- What the lookups and related records of live settings use of other apps (or of their own): found from their side.
CREATE TABLE app_link (
	app_id BIGINT NOT NULL REFERENCES app (id),
	field_id BIGINT NOT NULL, -- the lookup, or the list of related records
	source_app_id BIGINT NOT NULL,
	source_field_id BIGINT NOT NULL,
	live BIGINT NOT NULL, -- 1: a lookup that follows its source
	PRIMARY KEY (app_id, field_id, source_field_id)
);
CREATE INDEX app_link_source ON app_link (source_app_id, source_field_id);
