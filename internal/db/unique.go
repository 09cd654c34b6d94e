package db

import (
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// UniqueViolation reports whether err comes from a row that would repeat a unique key.
func UniqueViolation(err error) bool {
	_, ok := violated(err)
	return ok
}

// UniqueKey names the key that UniqueViolation found: "member.login", "form.app_id,form.code", or the name of the index
// if it is not one of plain columns. It is empty for other errors.
func UniqueKey(err error) string {
	key, _ := violated(err)
	return key
}

func violated(err error) (key string, ok bool) {
	if err == nil {
		return "", false
	}
	if message, ok := uniqueMessage(err); ok {
		// "UNIQUE constraint failed: form.app_id, form.code" or "UNIQUE constraint failed: index 'name'", after
		// whatever the driver puts before it
		key := message[strings.LastIndex(message, ": ")+2:]
		if index, found := strings.CutPrefix(key, "index '"); found {
			return strings.TrimSuffix(index, "'"), true
		}
		return strings.ReplaceAll(key, ", ", ","), true
	}
	var pg *pgconn.PgError
	if !errors.As(err, &pg) || pg.Code != "23505" {
		return "", false
	}
	// "Key (app_id, code)=(1, x) already exists.", in the server's language
	_, columns, _ := strings.Cut(pg.Detail, "(")
	columns, _, found := strings.Cut(columns, ")=(")
	if !found || strings.Contains(columns, "(") {
		return pg.ConstraintName, true
	}
	names := strings.Split(columns, ", ")
	for i, name := range names {
		names[i] = pg.TableName + "." + strings.Trim(name, `"`)
	}
	return strings.Join(names, ","), true
}
