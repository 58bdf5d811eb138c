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
