#!/usr/bin/env bash
# demo.sh: judges the sample tenant, which has mistakes, and explains what was seen.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
cd "$(dirname "$0")/.."

snapshot=fixtures/iad/realistic.json
command=(build/release/policyeval "$snapshot")

echo
echo "\$ ${command[*]}"
status=0
"${command[@]}" || status=$?
if [ "$status" -ne 1 ]; then
    echo "demo: policyeval ended with status $status; 1 was expected, for this tenant has mistakes" >&2
    exit 1
fi
echo
echo "policyeval ended with status 1: the tenant did not pass, as it should not."
echo "Next: build/release/policyeval help, or compare fixtures/iad/compliant.json."
