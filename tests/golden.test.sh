#!/usr/bin/env bash
# golden.test.sh: what the program prints for the fixtures, byte for byte.
# SPDX-License-Identifier: Apache-2.0
#
# PE_GOLDEN_UPDATE=1 writes the files anew: look at the difference before you commit it.
set -euo pipefail

program=$(realpath "$1")
root=$(realpath "${PE_SOURCE_DIR:-$(dirname "$0")/..}")
golden=$root/tests/golden
cd "$root"
work=$(mktemp)
trap 'rm -f "$work"' EXIT
export LC_ALL=C

failed=0
same() { # NAME WANTED-STATUS, then the arguments of policyeval
    local name=$1 want=$2 status=0
    shift 2
    "$program" "$@" >"$work" || status=$?
    # The digest of a pack changes with every letter of it, which no report is about.
    sed -Ei -e 's/^(  (policies|ポリシーパック) .* sha256:)[0-9a-f]+$/\1(of the pack)/' \
        -e '/"packs": \[/,/\]/s/("sha256": ")[0-9a-f]+/\1(of the pack)/' \
        -e 's/(name="pack.sha256" value=")[0-9a-f]+/\1(of the pack)/' \
        -e '/^- \*\*(policies|ポリシーパック)\*\*/s/`sha256:[0-9a-f]+`/`sha256:(of the pack)`/' "$work"
    if [ "$status" -ne "$want" ]; then
        echo "$name: ended with status $status, not $want"
        failed=1
    elif [ -n "${PE_GOLDEN_UPDATE:-}" ]; then
        cp "$work" "$golden/$name"
    elif ! cmp -s "$golden/$name" "$work"; then
        echo "$name differs:"
        diff "$golden/$name" "$work" | head -n 20 || true
        failed=1
    fi
}
for service in iad ctx; do
    for lang in en ja; do
        same "$service-compliant.$lang.txt" 0 --lang $lang "fixtures/$service/compliant.json"
        same "$service-realistic.$lang.txt" 1 --lang $lang "fixtures/$service/realistic.json"
    done
    same "$service-realistic.json" 1 -o json --evidence 2 --only critical --only 12.1.2 \
        "fixtures/$service/realistic.json"
done
# Formats for other programs, of a small pack: outside validators read these very files.
assess() { # FORMAT LANG EXTENSION
    local name format=$1 extension=$3 options=(--pack tests/assess/pack --lang "$2" -o "$1")
    same "$format-compliant.$extension" 0 "${options[@]}" tests/assess/compliant.json
    for name in realistic hostile; do
        same "$format-$name.$extension" 1 "${options[@]}" "tests/assess/$name.json"
    done
    same "$format-empty.$extension" 1 "${options[@]}" --only 1.1 --skip 1.1 tests/assess/compliant.json
}
assess oscal en en.json
assess oscal ja ja.json
assess intoto en json # the same bytes in every language
assess intoto ja json

# Formats for other programs: of a small pack, so that they can be kept whole.
waived=(--waivers tests/formats/waivers.json --fail-on medium --max-age 7d --now 2026-12-01T00:00:00+09:00
    tests/formats/realistic.json)
small() { # FORMAT EXTENSION LANG
    local case options=(--pack tests/formats/pack --lang "$3" -o "$1")
    same "$1-compliant.$3.$2" 0 "${options[@]}" tests/formats/compliant.json
    for case in realistic hostile; do
        same "$1-$case.$3.$2" 1 "${options[@]}" "tests/formats/$case.json"
    done
    same "$1-empty.$3.$2" 1 "${options[@]}" --only 1.1 --skip 1.1 tests/formats/compliant.json
    same "$1-waived.$3.$2" 1 "${options[@]}" "${waived[@]}"
}
for lang in en ja; do
    small csv csv $lang
    small github txt $lang
    small gitlab json $lang
    small junit xml $lang
    small markdown md $lang
    small sarif sarif $lang
    small tap tap $lang
done
for lang in en ja; do
    same "waived.$lang.txt" 1 --pack tests/formats/pack --lang $lang "${waived[@]}"
    same "oscal-waived.$lang.json" 1 --pack tests/formats/pack --lang $lang -o oscal "${waived[@]}"
done
same intoto-waived.json 1 --pack tests/formats/pack -o intoto "${waived[@]}"
same waived.json 1 --pack tests/formats/pack -o json "${waived[@]}"
same entra.en.txt 1 --lang en --pack fixtures/packs/entra \
    fixtures/entra/ProviderSettingsExport.json
same quiet.txt 1 --quiet fixtures/iad/compliant.json fixtures/ctx/realistic.json
same list.en.txt 0 list --lang en
same list.ja.txt 0 list --lang ja
same explain.ja.txt 0 explain 10.1.1 --lang ja
same help.txt 0 help
same help-check.txt 0 help check
exit $failed
