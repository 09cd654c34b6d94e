-- Imports of files of people. The file itself is an upload, and gone when this is done.
CREATE TABLE roster_import (
	id         {identity},
	kind       {text} NOT NULL,
	upload     {text} NOT NULL,           -- its temporary key
	loose      INTEGER NOT NULL,          -- more or fewer custom items than there are do no harm
	owner_id   BIGINT NOT NULL,
	created_at {text} NOT NULL,
	done_at    {text},
	problems   TEXT NOT NULL DEFAULT '[]' -- JSON: why nothing was imported
);
CREATE INDEX roster_import_done ON roster_import (done_at);
