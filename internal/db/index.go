package db

import "context"

// NewIndex is an index to be made. Its texts come from the program, never from a user.
type NewIndex struct {
	Name string
	On   string // what follows ON: the table, its columns between brackets, and perhaps WHERE
}

// CreateIndex makes an index, if it is not there, in a transaction, in which others who write to the table wait.
func (tx *Tx) CreateIndex(ctx context.Context, x NewIndex) error {
	_, err := tx.Exec(ctx, "CREATE INDEX IF NOT EXISTS "+x.Name+" ON "+x.On)
	return err
}

// PrepareIndex makes an index, if it is not there, while others write to the table. Only PostgreSQL can: on SQLite it does
// nothing. Hence a CreateIndex follows, in the transaction that notes what the index is for.
func (d *DB) PrepareIndex(ctx context.Context, x NewIndex) error {
	return d.engine.prepareIndex(ctx, x)
}

func (s *sqlite) prepareIndex(context.Context, NewIndex) error { return nil }

const indexIsValid = `
	SELECT count(*) > 0 FROM pg_index i
	JOIN pg_class c ON c.oid = i.indexrelid
	JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE n.nspname = $1 AND c.relname = $2 AND i.indisvalid`

// prepareIndex makes the index, or waits for another server that is about it. One that was left half made, by a server that
// ended, is there but of no use: it is made anew.
func (p *postgres) prepareIndex(ctx context.Context, x NewIndex) error {
	var valid bool
	for attempt := 1; ; attempt++ {
		_, err := p.pool.ExecContext(ctx, "CREATE INDEX CONCURRENTLY IF NOT EXISTS "+x.Name+" ON "+x.On)
		if err == nil {
			err = p.pool.QueryRowContext(ctx, indexIsValid, p.schema, x.Name).Scan(&valid)
		}
		if err == nil && valid {
			return nil
		}
		_, undo := p.pool.ExecContext(context.WithoutCancel(ctx), "DROP INDEX CONCURRENTLY IF EXISTS "+x.Name)
		if err == nil {
			err = undo
		}
		if err != nil || attempt == 2 {
			return err
		}
	}
}
