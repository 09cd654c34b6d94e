#!/usr/bin/env bash
# A throw-away PostgreSQL server for the tests, on a free port of 127.0.0.1.
#
#   postgres.sh run COMMAND…   runs COMMAND with ENGAWA_TEST_POSTGRES naming a server of its own
#   postgres.sh start          starts one and prints its URL
#   postgres.sh stop           stops the one that start started
#
# Installs PostgreSQL if the machine has none. It never touches another server, nor its data.
. "$(dirname "$0")/lib.sh"
state=$cache/postgres

# Says 0 on return: in a trap, a bare return would say how the script was ending.
find_bin() {
  local found
  for found in "${POSTGRES_BIN:-}" /usr/lib/postgresql/*/bin /usr/local/bin /usr/local/pgsql/bin /opt/homebrew/bin /usr/bin; do
    [ -x "$found/postgres" ] && [ -x "$found/initdb" ] && printf "%s\n" "$found" && return 0
  done
  return 1
}

# Debian's package makes and starts a cluster when it is installed. Nobody asked for that one.
install_postgres() {
  apt_install "the PostgreSQL tests" postgresql-common || return 1
  as_root sed -i 's/^#\? *create_main_cluster *=.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
  apt_install "the PostgreSQL tests" postgresql
}

# The server refuses to be root: then everything of it belongs to the user postgres.
as_owner() {
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

# start_in STATE: starts a server, prints its URL and leaves its folder's name in STATE.
start_in() {
  local bin dir port url
  find_bin >/dev/null || install_postgres || exit 1
  bin=$(find_bin) || die "PostgreSQL was installed but its programs were not found; set POSTGRES_BIN"
  if [ "$(id -u)" = 0 ] && ! id postgres >/dev/null 2>&1; then
    useradd --system --no-create-home --shell /usr/sbin/nologin postgres
  fi
  dir=$(as_owner mktemp -d "${TMPDIR:-/tmp}/engawa-postgres.XXXXXX")
  printf '%s\n' "$dir" >"$1"
  as_owner "$bin/initdb" -D "$dir/data" -U engawa -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir.log" 2>&1 ||
    { cat "$dir.log" >&2; die "initdb failed"; }
  for _ in 1 2 3 4 5 6 7 8; do
    port=$((20000 + RANDOM))
    # Nothing here has to survive a crash, so nothing waits for a disk.
    if as_owner "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -s -w -t 60 -o "-c listen_addresses=127.0.0.1 -p $port \
      -c unix_socket_directories=$dir -c max_connections=300 -c shared_buffers=64MB -c fsync=off \
      -c synchronous_commit=off -c full_page_writes=off" start >"$dir.log" 2>&1 </dev/null; then
      rm -f "$dir.log"
      as_owner "$bin/createdb" -h 127.0.0.1 -p "$port" -U engawa engawa >&2
      printf 'postgres://engawa@127.0.0.1:%s/engawa?sslmode=disable\n' "$port"
      return
    fi
  done
  cat "$dir.log" >&2
  as_owner cat "$dir/log" >&2 || true
  die "PostgreSQL did not start"
}

# stop_in STATE: stops that server, by the process id in its own folder, and removes the folder.
stop_in() {
  local bin dir
  [ -f "$1" ] || return 0
  dir=$(cat "$1")
  bin=$(find_bin)
  as_owner "$bin/pg_ctl" -D "$dir/data" -s -m immediate stop >/dev/null 2>&1 || true
  as_owner rm -rf "$dir" || true # initdb may still be at work in it when the caller was interrupted
  rm -f "$1" "$dir.log"
}

case "${1:-}" in
start)
  [ ! -f "$state" ] || die "already started; 'scripts/postgres.sh stop' first"
  start_in "$state"
  ;;
stop) stop_in "$state" ;;
run)
  shift
  if [ -z "${ENGAWA_TEST_POSTGRES:-}" ]; then
    mine=$(mktemp "$cache/postgres.XXXXXX")
    trap 'stop_in "$mine"' EXIT
    trap '[ -z "${child:-}" ] || kill "$child" 2>/dev/null; exit 130' INT TERM HUP
    ENGAWA_TEST_POSTGRES=$(start_in "$mine")
    export ENGAWA_TEST_POSTGRES
  fi
  # In the background, because a trap waits for a command in the foreground.
  "$@" <&0 &
  child=$!
  wait "$child"
  ;;
*)
  say "usage: scripts/postgres.sh start | stop | run COMMAND…"
  exit 2
  ;;
esac
