#!/usr/bin/env bash
# validators.test.sh: reports, and the schema of the model, pass the validators of others
# (tests/validators/README.md).
# SPDX-License-Identifier: Apache-2.0
#
# Needs Node 20 or later, npm and its registry; skipped, and told, where they are missing, but not in CI.
# PE_VALIDATORS: only these formats, with blanks between.
set -euo pipefail

program=$(realpath "$1")
root=$(realpath "${PE_SOURCE_DIR:-$(dirname "$0")/../..}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$root"
failed=0

complain() {
    echo "validators: $*"
    failed=1
}

# shellcheck source=../support/npm_packages.sh
. "$root/tests/support/npm_packages.sh"

render() { # FORMAT NAME, then the arguments of policyeval
    local format=$1 name=$2 lang status
    shift 2
    for lang in en ja; do
        status=0
        "$program" -o "$format" --lang $lang "$@" >"$work/$format/$name.$lang" || status=$?
        [ "$status" -le 1 ] || complain "$format: $name ended with status $status"
    done
}

render_all() { # FORMAT
    local format=$1 service case small=(--pack tests/formats/pack)
    for service in iad ctx; do
        for case in compliant realistic; do
            render "$format" "$service-$case" "fixtures/$service/$case.json"
        done
    done
    for case in compliant realistic hostile; do
        render "$format" "small-$case" "${small[@]}" "tests/formats/$case.json"
    done
    cp tests/formats/hostile.json "$work/::error::[x](javascript:1)|<b>%0A #\`a\` é.json"
    render "$format" hostile-name "${small[@]}" "$work/::error::[x](javascript:1)|<b>%0A #\`a\` é.json"
    render "$format" several "${small[@]}" tests/formats/{compliant,realistic,hostile}.json
    render "$format" waived "${small[@]}" --waivers tests/formats/waivers.json tests/formats/realistic.json
    render "$format" empty "${small[@]}" --only 1.1 --skip 1.1 tests/formats/compliant.json
}

count=0
for check in tests/validators/*.check.sh; do
    format=$(basename "$check" .check.sh)
    [ -z "${PE_VALIDATORS:-}" ] || [[ " $PE_VALIDATORS " == *" $format "* ]] || continue
    check=$root/$check
    mkdir "$work/$format" "$work/in-$format"
    render_all "$format"
    (cd "$work/in-$format" && "$check" "$work/$format"/*) || complain "$format: a report is not valid (see above)"
    for broken in "$root/tests/validators/broken/$format".*; do
        [ -e "$broken" ] || complain "$format: nothing broken shows that the check can fail"
        ! (cd "$work/in-$format" && "$check" "$broken" >/dev/null 2>&1) ||
            complain "$format: $(basename "$broken") is taken for valid"
    done
    echo "validators: $format: $(find "$work/$format" -type f | wc -l) reports"
    count=$((count + 1))
done

# The schema of the model: ajv judges what tests/schema.test.py judged with Python's validator.
if [ -z "${PE_VALIDATORS:-}" ] || [[ " $PE_VALIDATORS " == *" schema "* ]]; then
    mkdir "$work/schema"
    status=0
    python3 tests/schema.test.py "$program" "$work/schema" || status=$?
    case $status in
    0)
        for name in iso27017 small; do
            cases=$work/schema/$name.cases.ndjson
            node tests/validators/schema.cjs "$work/schema/$name.schema.json" "$cases" || complain "schema: ajv differs"
            sed '1s/"accepted": true/"accepted": false/' "$cases" >"$work/schema/broken"
            ! node tests/validators/schema.cjs "$work/schema/$name.schema.json" "$work/schema/broken" >/dev/null ||
                complain "schema: a wrong verdict is taken for the same"
        done
        ;;
    77) ;; # python3-jsonschema is not installed, which has been told
    *) complain "schema: its own test fails" ;;
    esac
    count=$((count + 1))
fi
[ "$count" -gt 0 ] || complain "no format was checked"
exit $failed
