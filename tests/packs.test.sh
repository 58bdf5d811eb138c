#!/usr/bin/env bash
# packs.test.sh: the packs' own tests pass, what they must cover is covered, and lint has nothing to say.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail

program=$1
root=${PE_SOURCE_DIR:-$(cd "$(dirname "$0")/.." && pwd)}

check() { # FOLDER WARNINGS, options of test
    local pack=$1 warnings=$2 report
    shift 2
    "$program" lint "$pack" | tail -n 1 | grep ", $warnings\$"
    report=$("$program" test "$pack" "$@") || { echo "$report"; exit 1; }
    tail -n 1 <<<"$report"
    [[ "$report" =~ rules\ covered\ ([0-9]+)\ of\ ([0-9]+) ]]
    [ "${BASH_REMATCH[1]}" = "${BASH_REMATCH[2]}" ] || { echo 'a rule is not covered'; exit 1; }
}
check "$root/policies/iso27017" "0 warnings" --fixtures "$root/fixtures" --min-coverage 100 # rules, lines, fields
check "$root/fixtures/packs/entra" "1 warning" # it has no model

# A rule that asks for two parts of a statement says once that the statement does not count.
findings=$(sed 's/"reviewed_at": "20[0-9-]*/"reviewed_at": "2020-01-01/' "$root/fixtures/iad/compliant.json" |
    "$program" --pack "$root/policies/iso27017" --only 14.1.1 - | grep -c '^    - attestations\[') || true
[ "$findings" = 4 ] || { echo "14.1.1 has four rules and lists $findings statements"; exit 1; }
