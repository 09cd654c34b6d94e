-- Fields that a deployment took out of a form: their columns stay until they are purged.
CREATE TABLE field_trash (
	app_id BIGINT NOT NULL REFERENCES app (id),
	field_id BIGINT NOT NULL,
	table_id BIGINT NOT NULL, -- the table that it stood in, which is still there; 0 is none
	document {text} NOT NULL, -- the field as its settings had it
	deleted_by BIGINT NOT NULL,
	deleted_at {text} NOT NULL,
	PRIMARY KEY (app_id, field_id)
);
