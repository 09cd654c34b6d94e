package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
)

const (
	// applicationID is in the header of our files ("Engw"), so that a foreign file is not taken for ours.
	applicationID = 0x456e6777
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

// makePrivate makes the database's file, empty, if there is none: SQLite would let the whole machine read it.
func makePrivate(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// keepPrivate does the same for the files beside an open database, which one of the drivers does not by itself.
func keepPrivate(path string) error {
	for _, name := range []string{path + "-wal", path + "-shm"} {
		if err := os.Chmod(name, 0o600); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
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

// tidy moves the log into the database between two writes, so that no write has to. It runs on the writer's goroutine:
// when nobody writes, or now and then while everybody does; then it acts only on a log that has grown too long because
// readers never left it.
func (s *sqlite) tidy(w *writer, busy bool) {
	if s.path == "" {
		return
	}
	log, err := os.Stat(s.path + "-wal")
	long := err == nil && log.Size() > maxLog
	if busy && !long {
		return
	}
	todo := []string{"PRAGMA wal_checkpoint(PASSIVE)"}
	if long {
		todo = []string{"PRAGMA busy_timeout = 10", "PRAGMA wal_checkpoint(TRUNCATE)", commonPragmas[0]}
	}
	for _, q := range todo {
		if err := w.statement(q); err != nil {
			s.log.Warn("checkpoint failed", "file", s.path, "error", err)
		}
	}
}
