#!/usr/bin/env bash
# Go tests: all of them with the race detector on SQLite (the C library) and PostgreSQL,
# then the database layer once more on the SQLite driver written in Go.
# Arguments go to "go test"; COUNTS names a folder for the numbers.
. "$(dirname "$0")/lib.sh"

counts=${COUNTS:-$(mktemp -d "$cache/counts.XXXXXX")}
failed=0
[ $# -gt 0 ] || set -- ./...

if scripts/cc.sh --install; then
  GOTEST_COUNTS=$counts/go CGO_ENABLED=1 \
    scripts/postgres.sh run .cache/bin/gotest -tags sqlite_fts5 -race -timeout 8m "$@" || failed=1
else
  say "no C compiler: running without the race detector and without SQLite's C library"
  GOTEST_COUNTS=$counts/go CGO_ENABLED=0 \
    scripts/postgres.sh run .cache/bin/gotest -timeout 8m "$@" || failed=1
fi
GOTEST_COUNTS=$counts/go-without-cgo CGO_ENABLED=0 .cache/bin/gotest -timeout 4m ./internal/db/... || failed=1

[ -n "${COUNTS:-}" ] || rm -rf "$counts"
exit $failed
