package main

import (
	"database/sql"
	"errors"
	"strings"
	"sync"
	"time"

	_ "github.com/mattn/go-sqlite3"
)

// columns are the deal's fields as they are stored, in the order of their place in a row after the system ones.
var columns = []string{"title", "company", "amount", "due", "meet", "stage", "tags", "done", "email", "phone", "memo", "owner"}

const schema = `
	CREATE TABLE deal (
		id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL,
		title TEXT, company TEXT, amount INTEGER, due TEXT, meet TEXT, stage TEXT,
		tags TEXT, done TEXT, email TEXT, phone TEXT, memo TEXT, owner TEXT
	);
	CREATE INDEX deal_due ON deal (due)`

// selected is what an answer needs of a row, and all of it.
var selected = "id, revision, created, updated, " + strings.Join(columns, ", ")

var insert = "INSERT INTO deal (revision, created, updated, " + strings.Join(columns, ", ") + ") VALUES (1, ?, ?" +
	strings.Repeat(", ?", len(columns)) + ")"

const update = "UPDATE deal SET revision = revision + 1, updated = ?, amount = ?, stage = ? WHERE id = ? RETURNING revision"

// maxGroup is how many writes are committed together at most.
const maxGroup = 256

// store is one SQLite file with one writer and four readers.
type store struct {
	readers, writer  *sql.DB
	writes           chan write
	closed           chan struct{}
	adding, changing *sql.Stmt
	queries          sync.Map // statements prepared on the readers, by text: *sql.Stmt
}

// write is one waiting write: do runs inside the group's transaction, done gets the outcome once it is durable.
type write struct {
	do   func(*sql.Tx) error
	done chan error
}

func openStore(path string) (*store, error) {
	const options = "?_journal_mode=WAL&_synchronous=FULL&_busy_timeout=10000&_cache_size=-65536"
	writer, err := sql.Open("sqlite3", path+options)
	if err != nil {
		return nil, err
	}
	writer.SetMaxOpenConns(1)
	if _, err := writer.Exec(schema); err != nil {
		return nil, err
	}
	readers, err := sql.Open("sqlite3", path+options+"&_query_only=true")
	if err != nil {
		return nil, err
	}
	readers.SetMaxOpenConns(4)
	readers.SetMaxIdleConns(4)
	s := &store{readers: readers, writer: writer, writes: make(chan write, maxGroup), closed: make(chan struct{})}
	if s.adding, err = writer.Prepare(insert); err != nil {
		return nil, err
	}
	if s.changing, err = writer.Prepare(update); err != nil {
		return nil, err
	}
	go s.commit()
	return s, nil
}

// close waits for the writes that are under way.
func (s *store) close() error {
	close(s.writes)
	<-s.closed
	return errors.Join(s.readers.Close(), s.writer.Close())
}

// write runs do and returns when it is on the disk. A do that fails must not have changed anything.
func (s *store) write(do func(*sql.Tx) error) error {
	w := write{do, make(chan error, 1)}
	s.writes <- w
	return <-w.done
}

// commit takes the writes that wait, runs them in one transaction and answers them all.
func (s *store) commit() {
	defer close(s.closed)
	for first := range s.writes {
		group := []write{first}
		for len(group) < maxGroup && len(s.writes) > 0 {
			group = append(group, <-s.writes)
		}
		outcomes := make([]error, len(group))
		tx, err := s.writer.Begin()
		if err == nil {
			for i, w := range group {
				outcomes[i] = w.do(tx)
			}
			err = tx.Commit()
		}
		for i, w := range group {
			w.done <- errors.Join(outcomes[i], err)
		}
	}
}

// query runs a statement on a reader, prepared the first time.
func (s *store) query(text string, args ...any) (*sql.Rows, error) {
	known, ok := s.queries.Load(text)
	if !ok {
		made, err := s.readers.Prepare(text)
		if err != nil {
			return nil, err
		}
		known, _ = s.queries.LoadOrStore(text, made)
	}
	return known.(*sql.Stmt).Query(args...)
}

// now is the present minute, as records store it.
func now() string { return time.Now().UTC().Format("2006-01-02T15:04:00Z") }
