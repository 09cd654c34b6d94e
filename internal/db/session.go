package db

import (
	"container/list"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strings"
)

// maxStatements is how many prepared statements a SQLite connection keeps, by SQL text; the least used goes first.
const maxStatements = 256

// session is one SQLite connection with its prepared statements. It serves one transaction at a time, and a transaction
// one result at a time, so a statement is never in use twice.
type session struct {
	conn  *sql.Conn
	byUse *list.List // of *statement, most recently used first
	bySQL map[string]*list.Element
	// deaf makes statements ignore the end of a context: interrupting a write would roll back the whole batch, and a
	// context that cannot end is also the cheaper one for the driver.
	deaf bool
}

type statement struct {
	query string
	rows  bool // it returns rows
	*sql.Stmt
}

func newSession(conn *sql.Conn, deaf bool) *session {
	return &session{conn: conn, byUse: list.New(), bySQL: make(map[string]*list.Element), deaf: deaf}
}

func (s *session) exec(ctx context.Context, query string, args []any) (sql.Result, error) {
	st, err := s.prepared(query)
	if err != nil {
		return nil, err
	}
	if st.rows { // the driver would stop at the first and leave the statement, and with it the transaction, open
		return drain(st.QueryContext(s.hearing(ctx), args...))
	}
	return st.ExecContext(s.hearing(ctx), args...)
}

// drain reads rows to the end. They count as affected, which is right for RETURNING.
func drain(rows *sql.Rows, err error) (sql.Result, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		n++
	}
	return driver.RowsAffected(n), rows.Err()
}

func (s *session) query(ctx context.Context, query string, args []any) (*sql.Rows, error) {
	st, err := s.prepared(query)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(s.hearing(ctx), args...)
}

// planned is query: SQLite plans by the statement alone.
func (s *session) planned(ctx context.Context, query string, args []any) (*sql.Rows, error) {
	return s.query(ctx, query, args)
}

// later is exec: nothing is gained by waiting.
func (s *session) later(ctx context.Context, query string, args []any) error {
	_, err := s.exec(ctx, query, args)
	return err
}

func (s *session) flush(context.Context) error { return nil }
func (s *session) discard()                    {}

func (s *session) hearing(ctx context.Context) context.Context {
	if s.deaf {
		return context.Background()
	}
	return ctx
}

// prepared returns the statement for query, preparing it at its first use.
func (s *session) prepared(query string) (*statement, error) {
	if el, ok := s.bySQL[query]; ok {
		s.byUse.MoveToFront(el)
		return el.Value.(*statement), nil
	}
	stmt, err := s.conn.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, err
	}
	if s.byUse.Len() >= maxStatements {
		old := s.byUse.Remove(s.byUse.Back()).(*statement)
		delete(s.bySQL, old.query)
		old.Close()
	}
	st := &statement{query, returnsRows(query), stmt}
	s.bySQL[query] = s.byUse.PushFront(st)
	return st, nil
}

// returnsRows judges by the text whether a statement returns rows, as the drivers do not tell beforehand.
func returnsRows(query string) bool {
	verb, _, _ := strings.Cut(strings.TrimSpace(query), " ")
	switch strings.ToUpper(verb) {
	case "SELECT", "VALUES", "PRAGMA", "EXPLAIN":
		return true
	}
	return strings.Contains(strings.ToUpper(query), "RETURNING")
}

// forget closes all prepared statements, which ends whatever they were in the middle of.
func (s *session) forget() error {
	var errs []error
	for el := s.byUse.Front(); el != nil; el = el.Next() {
		errs = append(errs, el.Value.(*statement).Close())
	}
	s.byUse.Init()
	clear(s.bySQL)
	return errors.Join(errs...)
}

// close gives up the statements and the connection.
func (s *session) close() error { return errors.Join(s.forget(), s.conn.Close()) }
