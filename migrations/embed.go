// Package migrations holds the tables of a site, as numbered files that go forward only: one per domain, then one per
// change. db.DB.Migrate applies them.
//
// A file serves SQLite and PostgreSQL alike. Types that differ are holes: {identity} for an id column that numbers
// itself, {text} for text that is compared or sorted, {number} for decimals, {blob} for bytes. What cannot be said in
// common is two files, NAME.sqlite.sql and NAME.postgres.sql.
package migrations

import "embed"

// FS holds the files.
//
//go:embed *.sql
var FS embed.FS
