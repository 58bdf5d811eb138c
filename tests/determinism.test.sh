#!/usr/bin/env bash
# determinism.test.sh: the same input gives the same bytes, wherever and however it is judged.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail

program=$(realpath "$1")
root=$(realpath "${PE_SOURCE_DIR:-$(dirname "$0")/..}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

snapshots=(iad/compliant.json iad/realistic.json ctx/compliant.json ctx/realistic.json)
cd "$root/fixtures"
want=$("$program" -o json "${snapshots[@]}" | sha256sum || true)
runs=0
same() { # WHAT, then a command whose standard output must have the wanted digest
    local what=$1 got
    shift
    got=$("$@" | sha256sum || true)
    runs=$((runs + 1))
    [ "$got" = "$want" ] || { echo "differs: $what"; exit 1; }
}
for jobs in 1 2 3 4 5 6 7 8; do
    for zone in UTC Asia/Tokyo America/New_York; do
        for locale in C ja_JP.UTF-8 de_DE.UTF-8; do
            same "jobs $jobs, TZ $zone, locale $locale" \
                env TZ=$zone LANG=$locale LC_ALL=$locale "$program" --jobs $jobs -o json \
                "${snapshots[@]}"
        done
    done
done
cp -r iad ctx "$work"
cd "$work"
same 'another working directory' "$program" -o json "${snapshots[@]}"
same 'another umask and COLUMNS' env COLUMNS=40 bash -c 'umask 077; "$@"' - "$program" -o json \
    "${snapshots[@]}"
same 'the pack from its folder' "$program" --pack "$root/policies/iso27017" -o json "${snapshots[@]}" \
    || true
if command -v setarch >/dev/null; then
    same 'without address randomisation' setarch -R "$program" -o json "${snapshots[@]}"
fi
"$program" -o json:"$work/out.json" "${snapshots[@]}" || true
[ "$(sha256sum <"$work/out.json")" = "$want" ] || { echo 'differs: written to a file'; exit 1; }
echo "$((runs + 1)) runs, one digest"
