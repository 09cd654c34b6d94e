#!/usr/bin/env bash
# Real clients and browser journeys against bin/engawa. Arguments go to Playwright; COUNTS names a folder for the numbers.
. "$(dirname "$0")/lib.sh"

results=$(mktemp "$cache/playwright.XXXXXX.json")
trap 'rm -f "$results"' EXIT
CHROMIUM=$(scripts/chromium.sh)
export CHROMIUM
status=0
(cd e2e && PLAYWRIGHT_JSON_OUTPUT_FILE="$results" npx playwright test --reporter=line,json "$@") || status=1
[ -z "${COUNTS:-}" ] || node -e '
  const { stats, errors } = JSON.parse(require("fs").readFileSync(process.argv[1]));
  console.log(stats.expected + stats.flaky, stats.unexpected + errors.length, stats.skipped);
' "$results" >"$COUNTS/e2e"
exit $status
