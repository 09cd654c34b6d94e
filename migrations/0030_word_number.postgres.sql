-- Words are kept as numbers. The indexes are emptied, and filled when the site is opened: their format is forgotten.
DELETE FROM site_setting WHERE name = 'words.format';
DO $$
DECLARE words TEXT;
BEGIN
	FOR words IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename ~ '^(rec_[0-9]+|file)_words$' LOOP
		EXECUTE format('TRUNCATE %I', words);
		EXECUTE format('ALTER TABLE %I ALTER COLUMN tokens TYPE INTEGER[] USING NULL', words);
	END LOOP;
END $$;
