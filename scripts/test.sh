#!/usr/bin/env bash
# Runs everything, quietly: a line for each part as it ends, the whole log of a part that failed,
# and one line of totals. Go and web run side by side; what needs a quiet machine runs after them.
. "$(dirname "$0")/lib.sh"

logs=$cache/logs
COUNTS=$cache/counts
export COUNTS NO_COLOR=1
rm -rf "$logs" "$COUNTS"
mkdir -p "$logs" "$COUNTS"

# part NAME COMMAND…: a part that fails without having counted its tests counts as one failure.
part() {
  local name=$1 began=$SECONDS status=0
  shift
  "$@" >"$logs/$name" 2>&1 </dev/null || status=$?
  if [ $status = 0 ]; then
    printf 'ok    %-10s %4d s\n' "$name" $((SECONDS - began))
    return
  fi
  printf '0 1 0\n' >"$COUNTS/failed-$name"
  { printf 'FAIL  %-10s %4d s\n' "$name" $((SECONDS - began)); sed 's/^/      /' "$logs/$name"; } >"$logs/$name.failed"
  cat "$logs/$name.failed"
}

go_parts() {
  part lint-go make lint-go
  part test-go make test-go
}

web_parts() {
  part lint-web make lint-web
  part test-web make test-web
  part lint-e2e make lint-e2e
  part build make build
}

# The fetching of what both sides need, once and first.
scripts/cc.sh --install || say "no C compiler: the race detector is left out"
make -s web/dist/.gitkeep
go_parts &
web_parts &
wait
if [ -f "$COUNTS/failed-build" ]; then
  part test-e2e sh -c 'echo "not run: the build failed"; exit 1'
else
  part test-e2e make test-e2e
fi

# A part that counted its failures is not counted again.
for name in go web e2e; do
  ! grep -qsE '^[0-9]+ [1-9]' "$COUNTS/$name"* || rm -f "$COUNTS/failed-test-$name"
done
cat "$COUNTS"/* | awk '
  { passed += $1; failed += $2; skipped += $3 }
  END {
    printf "%d passed, %d failed", passed, failed
    if (skipped) printf ", %d skipped", skipped
    print ""
    exit failed > 0
  }'
