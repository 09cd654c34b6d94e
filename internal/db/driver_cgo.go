//go:build cgo

package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"net/url"

	"github.com/mattn/go-sqlite3"
)

// openPool opens a SQLite database through the C library. Build with the tag sqlite_fts5, or full text is missing.
func openPool(name string, memory bool) (*sql.DB, error) {
	u := url.URL{Scheme: "file", Path: name, RawQuery: "_mutex=no"} // one goroutine at a time uses a connection
	if memory {
		u.RawQuery += "&vfs=memdb"
	}
	return sql.OpenDB(connector{u.String()}), nil
}

// connector opens connections that have the common settings.
type connector struct{ dsn string }

func (c connector) Driver() driver.Driver { return &sqlite3.SQLiteDriver{} }

func (c connector) Connect(context.Context) (driver.Conn, error) {
	opened, err := c.Driver().Open(c.dsn)
	if err != nil {
		return nil, err
	}
	for _, q := range commonPragmas {
		if _, err := opened.(*sqlite3.SQLiteConn).Exec(q, nil); err != nil {
			return nil, errors.Join(err, opened.Close())
		}
	}
	return opened, nil
}

// uniqueMessage returns SQLite's sentence if err is the violation of a unique key.
func uniqueMessage(err error) (string, bool) {
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return "", false
	}
	unique := e.ExtendedCode == sqlite3.ErrConstraintUnique || e.ExtendedCode == sqlite3.ErrConstraintPrimaryKey
	return e.Error(), unique
}
