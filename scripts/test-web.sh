#!/usr/bin/env bash
# Unit tests of the web UI. COUNTS names a folder for the numbers.
. "$(dirname "$0")/lib.sh"

results=$(mktemp "$cache/vitest.XXXXXX.json")
trap 'rm -f "$results"' EXIT
status=0
(cd web && npx vitest run --silent=passed-only --reporter=dot --reporter=json --outputFile.json="$results") || status=1
[ -z "${COUNTS:-}" ] || node -e '
  const r = JSON.parse(require("fs").readFileSync(process.argv[1]));
  const dead = r.testResults.filter((f) => f.status === "failed" && f.assertionResults.length === 0).length;
  console.log(r.numPassedTests, r.numFailedTests + dead, r.numPendingTests + r.numTodoTests);
' "$results" >"$COUNTS/web"
exit $status
