# Shared by the scripts beside it: sourced, never run. Moves to the repository's root.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
cache=$PWD/.cache
mkdir -p "$cache"

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }

# as_root COMMAND…: as it is for root, through sudo for others.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else return 127
  fi
}

# apt_install WHAT-FOR PACKAGE…: installs Debian packages, or fails saying what to install by hand.
# Parts of a test run in parallel, so one at a time; the log is shown only when it failed.
apt_install() {
  local why=$1 log
  shift
  log=$(mktemp "$cache/apt.XXXXXX.log")
  say "installing $* ($why)"
  if ! command -v apt-get >/dev/null; then
    rm -f "$log"
    say "$why needs: $* (Debian's names). There is no apt-get here; please install them."
    return 1
  fi
  if ! (
    flock 9
    export DEBIAN_FRONTEND=noninteractive
    as_root apt-get update -qq &&
      as_root apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
  ) 9>"$cache/apt.lock" >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    say "$why needs: $* (Debian's names). Installing them failed; please install them by hand."
    return 1
  fi
  rm -f "$log"
}
