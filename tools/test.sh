#!/usr/bin/env bash
# test.sh: builds presets and runs the quick tests of each.
# SPDX-License-Identifier: Apache-2.0
#
# usage: tools/test.sh JOBS PRESET...
set -euo pipefail
cd "$(dirname "$0")/.."

jobs=$1
shift
for preset in "$@"; do
    echo "== $preset =="
    cmake --preset "$preset"
    cmake --build --preset "$preset" -j "$jobs"
    ctest --preset "$preset" -j "$jobs"
    # ctest keeps to itself why a test, or a part of one, was skipped.
    grep -i 'skipped' "build/$preset/Testing/Temporary/LastTest.log" || true
done
echo "== all tests passed: $* =="
