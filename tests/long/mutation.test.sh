#!/usr/bin/env bash
# mutation.test.sh: no shipped pack lets lost data pass, and every other survivor is explained.
# SPDX-License-Identifier: Apache-2.0
#
# usage: mutation.test.sh PROGRAM
set -euo pipefail

program=$1
root=${PE_SOURCE_DIR:-$(cd "$(dirname "$0")/../.." && pwd)}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

check() { # OPTIONAL FOLDER, options of mutate: so many optional reads, no more and no fewer
    local optional=$1
    shift
    "$program" mutate "$@" --jobs "$(nproc)" >"$work/out" || { cat "$work/out"; exit 1; }
    tail -n 8 "$work/out"
    # A score of that many lost values shows that something was tried.
    [[ "$(cat "$work/out")" =~ lost\ data:\ ([0-9]+),\ ([0-9]+)\ noticed ]]
    [ "${BASH_REMATCH[1]}" -gt 400 ] || { echo 'too little was tried'; exit 1; }
    [ "${BASH_REMATCH[1]}" = "${BASH_REMATCH[2]}" ] || { echo 'lost data passes'; exit 1; }
    # Each is a way to pass by saying nothing: a new one is looked at, and then the number is changed.
    grep -q "^not counted: $optional optional reads," "$work/out" || { echo "not $optional optional reads"; exit 1; }
    ! grep -q '^not tried' "$work/out" || { echo 'a rule passes nowhere, so that nothing was tried on it'; exit 1; }
}
check 2692 "$root/policies/iso27017" --fixtures "$root/fixtures" \
    --known "$root/tests/mutation/iso27017.known" --min-score 97
check 63 "$root/fixtures/packs/entra" --known "$root/tests/mutation/entra.known" --min-score 97
