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

const (
	// applicationID is in the header of our files ("Engw"), so that a foreign file is not taken for ours.
	applicationID = 0x456e6777
	readers       = 4
	// maxLog is the size in bytes at which the write-ahead log is cut back even if readers must be waited for.
	maxLog = 64 << 20
)

// Settings of a connection. The writer's cache holds 64 MiB at most; a reader's less, for a commit empties it anyway.
var (
	commonPragmas = []string{
		"PRAGMA busy_timeout = 5000",
		"PRAGMA foreign_keys = ON",
		"PRAGMA synchronous = FULL",
		"PRAGMA temp_store = MEMORY",
		"PRAGMA wal_autocheckpoint = 10000",
		fmt.Sprintf("PRAGMA journal_size_limit = %d", maxLog),
	}
	writerPragmas = []string{"PRAGMA cache_size = -65536"}
	readerPragmas = []string{"PRAGMA cache_size = -8192", "PRAGMA query_only = ON"}
)

// sqlite is the engine of one SQLite file.
type sqlite struct {
	path    string // empty in memory
	log     *slog.Logger
	pool    *sql.DB // gives the connections; every one we keep is pinned in a session
	writer  *writer
	readers chan *session // free ones; nil stands for one not opened yet
	gate    gate
	lock    *os.File
	closed  atomic.Bool
}

// gate keeps readers and the writer apart where the database does not.
type gate interface {
	sync.Locker
	RLock()
	RUnlock()
}

// noGate is for files: the write-ahead log lets readers and the writer work side by side.
type noGate struct{}

func (noGate) Lock()    {}
func (noGate) Unlock()  {}
func (noGate) RLock()   {}
func (noGate) RUnlock() {}

var memories atomic.Int64 // numbers the databases in memory

func openSQLite(ctx context.Context, path string, log *slog.Logger) (_ engine, err error) {
	s := &sqlite{log: log, gate: noGate{}, readers: make(chan *session, readers)}
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
		if s.lock, err = lockFile(name + ".lock"); err != nil {
			return nil, fmt.Errorf("%s is in use by another process (its lock is %s.lock): %w", path, path, err)
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
	s.writer = startWriter(first, s.gate, s.tidy)
	for range readers {
		s.readers <- nil
	}
	return s, nil
}

// claim makes sure the file is ours, marking it if it is new, and turns on the write-ahead log.
func (s *sqlite) claim(ctx context.Context, c *sql.Conn) error {
	var id, version int
	if err := c.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return fmt.Errorf("%s: %w", s.path, err)
	}
	if id == applicationID {
		return nil
	}
	if err := c.QueryRowContext(ctx, "PRAGMA schema_version").Scan(&version); err != nil {
		return fmt.Errorf("%s: %w", s.path, err)
	}
	if id != 0 || version != 0 {
		return fmt.Errorf("%s is a SQLite file, but not an Engawa database", s.path)
	}
	mode := "WAL"
	if s.path == "" {
		mode = "MEMORY"
	}
	for _, q := range []string{"PRAGMA journal_mode = " + mode, fmt.Sprintf("PRAGMA application_id = %d", applicationID)} {
		if _, err := c.ExecContext(ctx, q); err != nil {
			return fmt.Errorf("%s: %w", s.path, err)
		}
	}
	return nil
}

// session opens a connection that is ours until it is closed.
func (s *sqlite) session(ctx context.Context, pragmas []string, deaf bool) (*session, error) {
	c, err := s.pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	for _, q := range pragmas {
		if _, err := c.ExecContext(ctx, q); err != nil {
			return nil, errors.Join(fmt.Errorf("%s: %w", q, err), c.Close())
		}
	}
	return newSession(c, deaf), nil
}

func (s *sqlite) dialect() Dialect { return sqliteDialect{} }
func (s *sqlite) exclusive() bool  { return true }

func (s *sqlite) write(ctx context.Context, body func(*Tx) error) error {
	return s.writer.write(ctx, body)
}

// read takes a free reader, opening it at its first use.
func (s *sqlite) read(ctx context.Context, body func(*Tx) error) error {
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
	quiet := context.Background()
	if _, err := c.exec(quiet, "BEGIN", nil); err != nil {
		return err
	}
	defer c.exec(quiet, "ROLLBACK", nil) // nothing to keep; runs after a panic too
	return body(&Tx{conn: c, readOnly: true})
}

func (s *sqlite) ping(ctx context.Context) error {
	return s.read(ctx, func(tx *Tx) error {
		_, err := tx.Exec(ctx, "SELECT 1")
		return err
	})
}

// tidy moves the log into the database while nobody writes, so that no write has to. It runs between writes.
func (s *sqlite) tidy() {
	if s.path == "" {
		return
	}
	for _, q := range s.checkpoint() {
		if err := s.writer.statement(q); err != nil {
			s.log.Warn("checkpoint failed", "file", s.path, "error", err)
		}
	}
}

// checkpoint returns the statements that tidy runs. A log that has grown too long is emptied, which waits a little for
// readers to leave it; else only what needs no waiting is done.
func (s *sqlite) checkpoint() []string {
	if log, err := os.Stat(s.path + "-wal"); err != nil || log.Size() <= maxLog {
		return []string{"PRAGMA wal_checkpoint(PASSIVE)"}
	}
	return []string{"PRAGMA busy_timeout = 100", "PRAGMA wal_checkpoint(TRUNCATE)", commonPragmas[0]}
}

// close ends the writer after what waits for it, and each reader after its transaction.
func (s *sqlite) close() error {
	if s.closed.Swap(true) {
		return nil
	}
	var errs []error
	if s.writer != nil {
		for range readers {
			if c := <-s.readers; c != nil {
				errs = append(errs, c.close())
			}
		}
		close(s.readers)
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
