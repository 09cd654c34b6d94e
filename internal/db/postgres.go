package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/engawa/engawa/internal/errs"
)

const (
	maxConnections = 16 // of one site to the server; all are kept until nobody has asked for a while
	maxAttempts    = 6  // of a transaction that others get in the way of
)

var schemaName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,62}$`)

// postgres is the engine of one schema on a PostgreSQL server.
type postgres struct {
	pool     *sql.DB
	schema   string
	readOnly bool
	rebinder
}

func openPostgres(ctx context.Context, o Options) (engine, error) {
	if !schemaName.MatchString(o.Schema) {
		return nil, fmt.Errorf("%q cannot be the name of a schema", o.Schema)
	}
	config, err := postgresConfig(o)
	if err != nil {
		return nil, err
	}
	p := &postgres{pool: stdlib.OpenDB(*config), schema: o.Schema, readOnly: o.ReadOnly}
	p.pool.SetMaxOpenConns(maxConnections)
	p.pool.SetMaxIdleConns(maxConnections)
	p.pool.SetConnMaxIdleTime(5 * time.Minute)
	if err := p.createSchema(ctx); err != nil {
		return nil, errors.Join(err, p.pool.Close())
	}
	return p, nil
}

func postgresConfig(o Options) (*pgx.ConnConfig, error) {
	config, err := pgx.ParseConfig(o.URL)
	if err != nil {
		return nil, err
	}
	for name, value := range map[string]string{
		"application_name": "engawa",
		"search_path":      o.Schema,
		"timezone":         "UTC",
		"jit":              "off", // it costs more than our short statements gain
	} {
		config.RuntimeParams[name] = value
	}
	return config, nil
}

// createSchema makes the schema if it is missing. Two servers that start together may both try; the later one of them
// is told of a duplicate, which is as good.
func (p *postgres) createSchema(ctx context.Context) error {
	var exists bool
	err := p.pool.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = $1)", p.schema).Scan(&exists)
	if err != nil || exists {
		return err
	}
	if p.readOnly {
		return fmt.Errorf("the database has no schema %s", p.schema)
	}
	_, err = p.pool.ExecContext(ctx, `CREATE SCHEMA IF NOT EXISTS "`+p.schema+`"`)
	if UniqueViolation(err) {
		return nil
	}
	return err
}

func (p *postgres) dialect() Dialect { return postgresDialect{} }
func (p *postgres) exclusive() bool  { return false }

// shares leaves others some connections when one asker's reads and his writes, which may wait for each other, have all
// that they get.
func (p *postgres) shares() (reads, writes int) { return maxConnections/2 + 1, maxConnections / 4 }

func (p *postgres) read(ctx context.Context, body func(*Tx) error) error {
	return p.retry(ctx, func() error {
		t, err := p.pool.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
		if err != nil {
			return interrupted(ctx, err)
		}
		defer t.Rollback() // nothing to keep
		return body(&Tx{conn: &pgConn{runner: t, postgres: p}, readOnly: true})
	})
}

func (p *postgres) readOne(ctx context.Context, body func(context.Context, *Tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, readWithin) // it waits for who changes a table
	defer cancel()
	return p.retry(ctx, func() error {
		return body(ctx, &Tx{conn: &pgConn{runner: p.pool, postgres: p}, readOnly: true, single: true})
	})
}

func (p *postgres) write(ctx context.Context, body func(*Tx) error) error {
	if p.readOnly {
		return errReadOnly
	}
	return refusal(p.retry(ctx, func() error {
		c, err := p.pool.Conn(ctx) // a wait that may be given up, unlike what follows
		if err != nil {
			return interrupted(ctx, err)
		}
		defer c.Close()
		t, err := c.BeginTx(context.WithoutCancel(ctx), &sql.TxOptions{Isolation: sql.LevelReadCommitted})
		if err != nil {
			return err
		}
		defer t.Rollback() // after a commit it does nothing
		carrier := &pgConn{runner: t, postgres: p, under: c}
		if err := body(&Tx{conn: carrier}); err != nil {
			return err
		}
		if err := carrier.flush(context.WithoutCancel(ctx)); err != nil {
			return err
		}
		return t.Commit()
	}))
}

// retry runs once again while it fails for a reason that a fresh transaction may not meet. For what once says itself to be
// of that kind (see Overtaken), it is believed one time.
func (p *postgres) retry(ctx context.Context, once func() error) error {
	believed := false
	for attempt := 1; ; attempt++ {
		err := once()
		if err == nil || attempt == maxAttempts {
			return err
		}
		switch {
		case passing(err):
		case errors.As(err, new(*overtaken)) && !believed:
			believed = true
		default:
			return err
		}
		pause := time.Duration(rand.Int64N(int64(5*time.Millisecond) << attempt))
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return err
		}
	}
}

// passing reports whether err is a serialization failure, a deadlock, or a prepared statement that outlived a change of
// its tables (which is prepared anew the next time).
func passing(err error) bool {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return false
	}
	return contended(e) || e.Code == "0A000" && strings.Contains(e.Message, "cached plan")
}

// contended reports whether e is a serialization failure or a deadlock.
func contended(e *pgconn.PgError) bool { return e.Code == "40001" || e.Code == "40P01" }

// refusal is err as it is told once there are no more attempts: that others were in the way is nobody's fault.
func refusal(err error) error {
	var e *pgconn.PgError
	if errors.As(err, &e) && contended(e) {
		return errs.E(errs.Busy, "database.busy").With(err)
	}
	return err
}

func (p *postgres) ping(ctx context.Context) error { return p.pool.PingContext(ctx) }
func (p *postgres) close() error                   { return p.pool.Close() }
