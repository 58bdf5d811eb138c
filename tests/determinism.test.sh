#!/usr/bin/env bash
# determinism.test.sh: the same input gives the same bytes, wherever and however it is judged.
#
# A hundred runs, each with other randomised addresses and with its own mixture of jobs, time zone,
# locale, COLUMNS, working directory, umask, order of the pack's files in their directory, and order
# in which the controls are named. Written files, and runs without randomised addresses, count too.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail

program=$(realpath "$1")
root=$(realpath "${PE_SOURCE_DIR:-$(dirname "$0")/..}")
# A directory of tmpfs lists the newest file first, so there the order is ours to choose.
base=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
trap 'rm -rf "$base"' EXIT

pack=$root/policies/iso27017
snapshots=(iad/realistic.json ctx/realistic.json)
places=("$root/fixtures" "$base/elsewhere" "$base/サーバー 2")
for place in "${places[@]:1}"; do
    mkdir -p "$place"
    cp -r "$root/fixtures/iad" "$root/fixtures/ctx" "$place"
done
copy_pack() { # TO ORDER...: the pack's files, created in the order that the command gives
    local to=$1 file
    shift
    mkdir -p "$to/lib"
    (cd "$pack" && find . -maxdepth 2 -name '*.lua' -not -path './tests/*' | "$@") |
        while read -r file; do cp "$pack/$file" "$to/$file"; done
}
copy_pack "$base/forwards" sort
copy_pack "$base/backwards" sort -r
copy_pack "$base/shuffled" shuf --random-source="$pack/model.lua"
packs=("" "$base/forwards" "$base/backwards" "$base/shuffled")

zones=(UTC Asia/Tokyo America/New_York Pacific/Chatham Etc/GMT+12)
locales=(C C.UTF-8 ja_JP.UTF-8 de_DE.UTF-8 tr_TR.UTF-8)
widths=(20 40 80 100 132 500 x)
masks=(000 022 077 177 027)
mapfile -t controls < <(cd "$pack" && find . -maxdepth 1 -name '*.lua' -not -name pack.lua \
    -not -name model.lua -not -name claims.lua -printf '%f\n' | sed 's/\.lua$//' | sort)

digest() { sha256sum | cut -d' ' -f1; }
want=$(cd "$root/fixtures" && { "$program" -o json "${snapshots[@]}" || true; } | digest)

fail() {
    echo "differs: $*"
    exit 1
}
one_run() { # NUMBER: the lengths of the lists differ, so that a hundred runs mix them
    local i=$1 order=() name
    local place=${places[i % 3]} pack=${packs[i % 4]} options=(-o json --jobs $((1 + i % 8)))
    local run=(env TZ="${zones[i % 5]}" LC_ALL="${locales[i / 5 % 5]}" COLUMNS="${widths[i % 7]}")
    if ((i % 11 == 0)) && setarch -R true 2>/dev/null; then run+=(setarch -R); fi
    [ -z "$pack" ] || options+=(--pack "$pack")
    if ((i % 2)); then
        mapfile -t order < <(printf '%s\n' "${controls[@]}" |
            shuf --random-source=<(yes "$i" 2>/dev/null))
        for name in "${order[@]}"; do options+=(--only "$name"); done
    fi
    (
        umask "${masks[i % 5]}"
        cd "$place"
        exec "${run[@]}" "$program" "${options[@]}" "${snapshots[@]}"
    )
}
for ((i = 0; i < 100; i++)); do
    got=$(one_run "$i" | digest || true)
    [ "$got" = "$want" ] || fail "run $i"
done

cd "${places[1]}"
"$program" -o json:"$base/out.json" "${snapshots[@]}" || true
[ "$(digest <"$base/out.json")" = "$want" ] || fail 'written to a file'
echo "101 runs, one digest"
