#!/usr/bin/env bash
# Go tests: all of them with the race detector on SQLite (the C library) and PostgreSQL,
# then the database layer once more on the SQLite driver written in Go.
# Arguments go to "go test"; COUNTS names a folder for the numbers.
. "$(dirname "$0")/lib.sh"

# With PostgreSQL's address in the environment the store tests use both databases.
[ -n "${ENGAWA_TEST_POSTGRES:-}" ] || exec scripts/postgres.sh run "$0" "$@"

counts=${COUNTS:-$(mktemp -d "$cache/counts.XXXXXX")}
failed=0
[ $# -gt 0 ] || set -- ./...

# gotest NAME ARGUMENTS…: "go test", showing only what failed.
gotest() {
  GOTEST_COUNTS=$counts/$1 .cache/bin/gotest "${@:2}" || failed=1
}

if scripts/cc.sh --install; then
  CGO_ENABLED=1 gotest go -tags sqlite_fts5 -race -timeout 40m "$@"
  CGO_ENABLED=0 gotest go-without-cgo -timeout 4m ./internal/db/...
else
  say "no C compiler: testing without the race detector and without SQLite's C library"
  CGO_ENABLED=0 gotest go -timeout 40m "$@"
fi

[ -n "${COUNTS:-}" ] || rm -rf "$counts"
exit $failed
