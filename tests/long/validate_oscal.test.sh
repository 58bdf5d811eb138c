#!/usr/bin/env bash
# validate_oscal.test.sh: OSCAL reports by NIST's schema, as ajv reads it (format_oscal.test.py reads it
# with Python; ajv also checks dates and references, and patterns as ECMAScript has them).
# SPDX-License-Identifier: Apache-2.0
#
# The packages are those of tests/validators/oscal/package-lock.json; they go to the build folder.
set -euo pipefail

program=$(realpath "$1")
root=$(realpath "${PE_SOURCE_DIR:-$(dirname "$0")/../..}")
modules=${PE_BUILD_DIR:-$root/build}/validators/oscal
schema=$root/tests/schemas/oscal/oscal_assessment-results_schema-1.1.3.json

# shellcheck source=../support/skip.sh
. "$root/tests/support/skip.sh"
command -v node >/dev/null || skip 'node is not installed'
[ "$(node -p 'process.versions.node.split(".")[0] >= 20')" = true ] || skip 'node is older than 20'
command -v npm >/dev/null || skip 'npm is not installed'

if ! cmp -s "$root/tests/validators/oscal/package-lock.json" "$modules/installed"; then
    mkdir -p "$modules"
    cp "$root"/tests/validators/oscal/package*.json "$modules"
    (cd "$modules" && npm ci --fetch-retries=5 --ignore-scripts --no-audit --no-fund >npm.log 2>&1) ||
        skip "npm cannot install what the lock names: $(tail -n 1 "$modules/npm.log")"
    cp "$modules/package-lock.json" "$modules/installed"
fi
check() {
    NODE_PATH=$modules/node_modules node "$root/tests/validators/oscal/check.cjs" "$schema" "$@"
}

cd "$root"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for lang in en ja; do
    for tenant in fixtures/{iad,ctx}/{compliant,realistic}.json; do
        status=0
        "$program" --lang $lang --evidence all -o "oscal:$work/$lang-${tenant//\//-}" "$tenant" || status=$?
        [ "$status" -le 1 ] || { echo "validate_oscal: $tenant: status $status"; exit 1; }
    done
done
"$program" --as-of 2016-12-31T23:59:60.5Z -o "oscal:$work/several.json" fixtures/{iad,ctx}/realistic.json ||
    [ $? -eq 1 ]
check "$work"/*.json "$root"/tests/golden/oscal-*.json

# It would see what is wrong.
for change in 's/"end": "[^"]*"/"end": "2026-11-20T09:00:00"/' 's/"state": "satisfied"/"state": "unknown"/' \
    's/"href": "[^#"]*"/"href": "a b"/' 's/"target-id": "/&9/' 's/"oscal-version": "/& /'; do
    sed "$change" "$root/tests/golden/oscal-compliant.en.json" >"$work/broken.json"
    ! check "$work/broken.json" >"$work/log" || { echo "validate_oscal: $change was accepted"; exit 1; }
    grep -q 'broken.json: ' "$work/log" || { echo "validate_oscal: $change: $(cat "$work/log")"; exit 1; }
done
