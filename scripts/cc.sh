#!/usr/bin/env bash
# Says whether cgo can be used: exits 0 when there is a C compiler, and with --install gets one first.
# Without it Engawa builds all the same, on the SQLite driver written in Go; only the race detector is lost.
. "$(dirname "$0")/lib.sh"

have_cc() { command -v "$(go env CC | cut -d' ' -f1)" >/dev/null; }

have_cc && exit 0
[ "${1:-}" = --install ] || exit 1
apt_install "the race detector" gcc libc6-dev && have_cc
