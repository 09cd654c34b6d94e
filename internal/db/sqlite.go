package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
)

const readers = 4 // connections that read

// sqlite is the engine of one SQLite file.
type sqlite struct {
	path    string // empty in memory
	log     *slog.Logger
	pool    *sql.DB       // gives the connections; every one we keep is pinned in a session
	writer  *writer       // nil when it is only read
	readers chan *session // free ones; nil stands for one not opened yet
	reading bool          // readers has been filled
	gate    gate
	lock    *os.File
	closed  atomic.Bool
}

// errLocked is why a file that is open elsewhere is not opened.
var errLocked = errors.New("in use by another process, which holds the lock file beside it")

var memories atomic.Int64 // numbers the databases in memory

func openSQLite(ctx context.Context, path string, o Options) (_ engine, err error) {
	s := &sqlite{log: o.Log, gate: noGate{}, readers: make(chan *session, readers)}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	name := fmt.Sprintf("/engawa-%d", memories.Add(1))
	if path == ":memory:" {
		s.gate = &sync.RWMutex{} // a database in memory has no log beside it
	} else {
		if path == "" {
			return nil, errors.New("sqlite: the address names no file")
		}
		if name, err = filepath.Abs(path); err != nil {
			return nil, err
		}
		s.path = name
		if o.ReadOnly {
			return s, s.openReader(ctx)
		}
		if s.lock, err = lockFile(name + ".lock"); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		if err := makePrivate(name); err != nil {
			return nil, err
		}
	}
	if s.pool, err = openPool(name, s.path == ""); err != nil {
		return nil, err
	}
	s.pool.SetMaxIdleConns(0) // what a session or a migration gives back is closed
	first, err := s.session(ctx, writerPragmas, true)
	if err != nil {
		return nil, err
	}
	if err := s.claim(ctx, first.conn); err != nil {
		return nil, errors.Join(err, first.close())
	}
	if s.path != "" {
		if err := keepPrivate(s.path); err != nil {
			return nil, errors.Join(err, first.close())
		}
	}
	s.writer = startWriter(first, s.gate, s.tidy)
	s.admit(nil)
	return s, nil
}

// openReader makes s one that only reads what is there, whoever writes to it meanwhile.
func (s *sqlite) openReader(ctx context.Context) error {
	if _, err := os.Stat(s.path); err != nil {
		return err
	}
	var err error
	if s.pool, err = openPool(s.path, false); err != nil {
		return err
	}
	s.pool.SetMaxIdleConns(0)
	first, err := s.session(ctx, readerPragmas, false)
	if err != nil {
		return err
	}
	var id int
	if err = first.conn.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err == nil && id != applicationID {
		err = fmt.Errorf("%s is not an Engawa database", s.path)
	}
	if err != nil {
		return errors.Join(err, first.close())
	}
	s.admit(first)
	return nil
}

// admit lets readers in, of which first is open already unless it is nil.
func (s *sqlite) admit(first *session) {
	s.readers <- first
	for range readers - 1 {
		s.readers <- nil
	}
	s.reading = true
}

func (s *sqlite) dialect() Dialect { return sqliteDialect{} }
func (s *sqlite) exclusive() bool  { return true }

// shares leaves others one reader.
func (s *sqlite) shares() (reads, writes int) { return readers - 1, 0 }

func (s *sqlite) write(ctx context.Context, body func(*Tx) error) error {
	if s.writer == nil {
		return errReadOnly
	}
	return s.writer.write(ctx, body)
}

func (s *sqlite) read(ctx context.Context, body func(*Tx) error) error {
	return s.withReader(ctx, func(c *session) error {
		quiet := context.Background()
		if _, err := c.exec(quiet, "BEGIN", nil); err != nil {
			return err
		}
		defer c.exec(quiet, "ROLLBACK", nil) // nothing to keep; runs after a panic too
		return body(&Tx{conn: c, readOnly: true})
	})
}

func (s *sqlite) readOne(ctx context.Context, body func(context.Context, *Tx) error) error {
	return s.withReader(ctx, func(c *session) error {
		// Listening for the end of a context costs the drivers more than a statement of microseconds.
		return body(context.WithoutCancel(ctx), &Tx{conn: c, readOnly: true, single: true})
	})
}

// withReader runs use with a free reader, which is opened at its first use.
func (s *sqlite) withReader(ctx context.Context, use func(*session) error) error {
	var (
		c    *session
		open bool
	)
	select {
	case c, open = <-s.readers:
	case <-ctx.Done():
		return ctx.Err()
	}
	if !open {
		return errClosed
	}
	defer func() { s.readers <- c }()
	if c == nil {
		opened, err := s.session(context.WithoutCancel(ctx), readerPragmas, false)
		if err != nil {
			return err
		}
		c = opened
	}
	s.gate.RLock()
	defer s.gate.RUnlock()
	return use(c)
}

func (s *sqlite) ping(ctx context.Context) error {
	return s.read(ctx, func(tx *Tx) error {
		_, err := tx.Exec(ctx, "SELECT 1")
		return err
	})
}

// close ends the writer after what waits for it, and each reader after its transaction.
func (s *sqlite) close() error {
	if s.closed.Swap(true) {
		return nil
	}
	var errs []error
	if s.reading {
		for range readers {
			if c := <-s.readers; c != nil {
				errs = append(errs, c.close())
			}
		}
		close(s.readers)
	}
	if s.writer != nil {
		s.writer.stop()
		errs = append(errs, s.writer.session.close())
	}
	if s.pool != nil {
		errs = append(errs, s.pool.Close())
	}
	if s.lock != nil {
		errs = append(errs, s.lock.Close())
	}
	return errors.Join(errs...)
}
