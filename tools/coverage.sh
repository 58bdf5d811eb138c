#!/usr/bin/env bash
# coverage.sh: runs the quick tests with gcc's coverage and prints a table by folder of engine/.
# SPDX-License-Identifier: Apache-2.0
#
# usage: tools/coverage.sh [JOBS]
set -euo pipefail
cd "$(dirname "$0")/.."

jobs=${1:-$(nproc)}
build=build/coverage

cmake --preset coverage
cmake --build --preset coverage -j "$jobs"
find "$build" -name '*.gcda' -delete
# Not the tests that take files, memory or calls away from the program, which writing the counters
# needs too, nor those that only run it many times.
ctest --preset coverage -j "$jobs" \
    -E '^(cli|faults|signals|sandbox|determinism|isolation|style|unit\.wall.*)$'

# What the build generated, and branches that only out-of-memory and the compiler make, count too:
# the table is a measure, not a goal.
gcovr --root . --object-directory "$build" --filter engine/ --csv "$build/coverage.csv" "$build"

# filename,line_total,line_covered,line_percent,branch_total,branch_covered,...
awk -F, '
    function row(name, l, lc, b, bc) {
        printf "%-20s %6d %6.1f%%   %6d %6.1f%%\n", name, l, l ? 100 * lc / l : 0,
               b, b ? 100 * bc / b : 0
    }
    NR > 1 {
        folder = $1
        sub(/\/[^\/]*$/, "", folder)
        if (!(folder in lines)) order[++n] = folder
        lines[folder] += $2; hit[folder] += $3
        branches[folder] += $5; taken[folder] += $6
        all_l += $2; all_lc += $3; all_b += $5; all_bc += $6
    }
    END {
        printf "%-20s %14s   %15s\n", "folder", "lines", "branches"
        for (i = 1; i <= n; i++) {
            f = order[i]
            row(f, lines[f], hit[f], branches[f], taken[f])
        }
        row("total", all_l, all_lc, all_b, all_bc)
        exit n == 0
    }' "$build/coverage.csv"
