#!/usr/bin/env bash
# tap.check.sh: TAP as tap-parser, strict, and Perl's prove read it.
# SPDX-License-Identifier: Apache-2.0
#
# Both end with 1 where a test failed, so what they say is read instead.
set -euo pipefail
for file in "$@"; do
    # A plan that is not kept goes unnoticed when a test failed: hence the count.
    node "$NODE_PATH/tap-parser/bin/cmd.cjs" --strict --json <"$file" >events.json 2>errors || true
    jq -e '[.[] | select(.[0] == "complete") | .[1]] | length == 1 and all(.[];
        .count == .plan.end and (.failures | map(select(.tapError != null)) | length) == 0)' \
        events.json >/dev/null || { echo "$file: tap-parser:" && cat errors && exit 1; }
    jq -e '[.[] | select(.[0] == "extra")] | length == 0' events.json >/dev/null ||
        { echo "$file: lines that are no TAP" && exit 1; }
    # Diagnostics that are no YAML would be text to it.
    jq -e '[.[] | select(.[0] == "assert") | .[1] | select(.ok | not)] | all(.[]; .diag.message | type == "string")' \
        events.json >/dev/null || { echo "$file: diagnostics without a message" && exit 1; }
    if command -v prove >/dev/null; then
        prove --exec cat "$file" >proved 2>&1 || true
        ! grep -E 'Parse errors|No plan|Dubious|Unparseable' proved || { echo "$file: prove complains" && exit 1; }
    else
        echo "tap: SKIPPED: prove is not installed"
    fi
done
