#!/usr/bin/env bash
# builtin.test.sh: the pack that was prepared when the program was built is the pack of the folder.
#
# What it declares comes from constants and its code was compiled before; loaded from its folder,
# every file is read, compiled, checked and run. Whatever both say has to be the same bytes.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail

program=$(realpath "$1")
root=$(realpath "${PE_SOURCE_DIR:-$(dirname "$0")/..}")
folder=$root/policies/iso27017
base=$(mktemp -d)
trap 'rm -rf "$base"' EXIT
cd "$root/fixtures"
count=0
want='exit status [01]'

# The exit status is part of what is said. Messages name a pack as it was given.
say() { # OUTPUT ARGUMENT...
    local status=0
    "$program" "${@:2}" >"$1" 2>&1 || status=$?
    echo "exit status $status" >>"$1"
    sed -i "s,$folder/,iso27017/,g; s,$folder,iso27017,g" "$1"
    # A command that is proposed names the folder, on a line of its own.
    sed -Ezi -e 's/see what ([^ ]+) checks, (why, and how to fix it):\n    policyeval explain \1 --pack iso27017/run policyeval explain \1 to see what it checks, \2/g' \
        -e 's/次のコマンドで、([^ ]+) の(確認内容・根拠・対処方法を参照してください)\n    policyeval explain \1 --pack iso27017/policyeval explain \1 を実行し、\2/g' "$1"
}
same() { # COMMAND ARGUMENT...: with the pack by name, then by folder
    say "$base/built-in" "$1" --pack iso27017 "${@:2}"
    say "$base/folder" "$1" --pack "$folder" "${@:2}"
    count=$((count + 1))
    [[ $(tail -n 1 "$base/folder") =~ ^$want$ ]] || { # not what was meant to be compared
        echo "builtin: $*: wanted $want"
        tail -n 5 "$base/folder"
        exit 1
    }
    cmp -s "$base/built-in" "$base/folder" && return
    echo "builtin: $* differs:"
    diff "$base/folder" "$base/built-in" | head -20
    exit 1
}

for lang in en ja; do
    same list --lang "$lang"
    same list --lang "$lang" --matrix
    same list --lang "$lang" --claims
    same doc --lang "$lang"
done
same list --claims -o json
same list --matrix -o json
same lint
same schema
mapfile -t controls < <(cd "$folder" && printf '%s\n' *.lua | sed 's/\.lua$//' |
    grep -vxE 'pack|model|claims')
[ "${#controls[@]}" -ge 40 ]
for control in "${controls[@]}"; do
    same explain "$control"
    same explain --lang ja "$control"
done

for snapshot in iad/realistic.json iad/compliant.json ctx/realistic.json ctx/compliant.json; do
    same check -o json --evidence all "$snapshot"
    same check --lang ja "$snapshot"
done
# Every control alone: none needs what another one loaded, and none is loaded for another.
for control in "${controls[@]}"; do
    same check -o json --only "$control" iad/realistic.json
done
same check -o json --param max_addresses=1 --param 9.2.3.max_addresses=2 iad/realistic.json
same check -o json --skip high iad/realistic.json ctx/realistic.json
want='exit status 2'
same check --param max_adresses=1 iad/realistic.json
same check --param max_addresses=none iad/realistic.json
same check --only nonsense iad/realistic.json

# Without --pack, too, and nothing is left out of the comparison: not the digest of the pack either.
"$program" -o json iad/realistic.json >"$base/built-in" || true
"$program" -o json --pack "$folder" iad/realistic.json >"$base/folder" || true
cmp "$base/built-in" "$base/folder"
grep -q '"sha256"' "$base/built-in"
echo "builtin: ok ($count comparisons)"
