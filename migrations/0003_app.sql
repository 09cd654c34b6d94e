-- Apps and their settings. Settings are one JSON document per environment; the record tables (rec_N) are
-- made and altered when they are deployed.
CREATE TABLE app (
	id               {identity},
	creator_id       BIGINT NOT NULL,
	created_at       {text} NOT NULL,
	modifier_id      BIGINT NOT NULL,
	modified_at      {text} NOT NULL,
	live_revision    BIGINT NOT NULL, -- 0: never deployed
	preview_revision BIGINT NOT NULL,
	deleted_at       {text},
	deleted_by       BIGINT
);

CREATE TABLE app_settings (
	app_id      BIGINT NOT NULL REFERENCES app (id),
	environment {text} NOT NULL, -- live, preview
	revision    BIGINT NOT NULL,
	document    {text} NOT NULL,
	PRIMARY KEY (app_id, environment)
);

-- Every settings document that was ever live.
CREATE TABLE app_revision (
	app_id      BIGINT NOT NULL REFERENCES app (id),
	revision    BIGINT NOT NULL,
	document    {text} NOT NULL,
	deployed_by BIGINT NOT NULL,
	deployed_at {text} NOT NULL,
	PRIMARY KEY (app_id, revision)
);
