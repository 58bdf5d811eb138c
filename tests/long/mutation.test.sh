#!/usr/bin/env bash
# mutation.test.sh: in no shipped pack does lost data pass, whatever value is lost.
# SPDX-License-Identifier: Apache-2.0
#
# usage: mutation.test.sh PROGRAM
set -euo pipefail

program=$1
root=${PE_SOURCE_DIR:-$(cd "$(dirname "$0")/../.." && pwd)}

check() { # FOLDER, options of mutate
    "$program" mutate "$@" --jobs "$(nproc)" >out || { cat out; exit 1; }
    tail -n 5 out
    # A score of that many lost values shows that something was tried.
    [[ "$(cat out)" =~ lost\ data:\ ([0-9]+),\ ([0-9]+)\ noticed ]]
    [ "${BASH_REMATCH[1]}" -gt 400 ] || { echo 'too little was tried'; exit 1; }
    [ "${BASH_REMATCH[1]}" = "${BASH_REMATCH[2]}" ] || { echo 'lost data passes'; exit 1; }
}
check "$root/policies/iso27017" --fixtures "$root/fixtures"
check "$root/fixtures/packs/entra"
