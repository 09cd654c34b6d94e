//go:build !cgo

package db

import (
	"database/sql"
	"errors"
	"net/url"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/ext/fts5"
	_ "github.com/ncruces/go-sqlite3/vfs/memdb" // the place of databases in memory
)

// openPool opens a SQLite database through the library in Go, for builds without a C compiler.
func openPool(name string, memory bool) (*sql.DB, error) {
	u := url.URL{Scheme: "file", Path: name}
	if memory {
		u.RawQuery = "vfs=memdb"
	}
	return driver.Open(u.String(), func(c *sqlite3.Conn) error {
		if err := fts5.Register(c); err != nil {
			return err
		}
		for _, q := range commonPragmas {
			if err := c.Exec(q); err != nil {
				return err
			}
		}
		return nil
	})
}

// uniqueMessage returns SQLite's sentence if err is the violation of a unique key.
func uniqueMessage(err error) (string, bool) {
	var e *sqlite3.Error
	if !errors.As(err, &e) {
		return "", false
	}
	code := e.ExtendedCode()
	return e.Error(), code == sqlite3.CONSTRAINT_UNIQUE || code == sqlite3.CONSTRAINT_PRIMARYKEY
}
