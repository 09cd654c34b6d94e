package db

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// pgConn runs statements in a transaction, or each by itself on any connection.
type pgConn struct {
	runner
	*postgres
	under   *sql.Conn // the connection of a transaction that writes
	waiting pgx.Batch // see later
}

// runner is a *sql.Tx or a *sql.DB.
type runner interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func (c *pgConn) exec(ctx context.Context, query string, args []any) (sql.Result, error) {
	if err := c.flush(ctx); err != nil {
		return nil, err
	}
	return c.ExecContext(ctx, c.rebind(query), args...)
}

func (c *pgConn) query(ctx context.Context, query string, args []any) (*sql.Rows, error) {
	if err := c.flush(ctx); err != nil {
		return nil, err
	}
	return c.QueryContext(ctx, c.rebind(query), args...)
}

// planned has the statement parsed anew: the plan of an unnamed one is made for its arguments.
func (c *pgConn) planned(ctx context.Context, query string, args []any) (*sql.Rows, error) {
	return c.query(ctx, query, append([]any{pgx.QueryExecModeCacheDescribe}, args...))
}

// later keeps a statement for flush. What reads has no connection of its own to keep it for.
func (c *pgConn) later(ctx context.Context, query string, args []any) error {
	if c.under == nil {
		_, err := c.exec(ctx, query, args)
		return err
	}
	c.waiting.Queue(c.rebind(query), args...)
	return nil
}

// flush sends all statements that were kept, and waits for their results.
func (c *pgConn) flush(ctx context.Context) error {
	if c.waiting.Len() == 0 {
		return nil
	}
	batch := c.waiting
	c.waiting = pgx.Batch{}
	return c.under.Raw(func(driver any) error {
		return driver.(*stdlib.Conn).Conn().SendBatch(ctx, &batch).Close()
	})
}

func (c *pgConn) discard() { c.waiting = pgx.Batch{} }
