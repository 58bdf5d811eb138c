#!/usr/bin/env bash
# coverage.sh: runs the quick tests with coverage and prints tables by folder of engine/: lines and
# branches by gcc, conditions (MC/DC) by clang 19 where that is installed.
# SPDX-License-Identifier: Apache-2.0
#
# usage: tools/coverage.sh [JOBS]
set -euo pipefail
cd "$(dirname "$0")/.."

jobs=${1:-$(nproc)}

build() { # PRESET
    cmake --preset "$1"
    cmake --build --preset "$1" -j "$jobs"
}

# Tests that take files, memory or calls away from the program may take them from the writing of
# its counters too, so what those say of themselves counts in the other builds; here they only run.
# Those that run the program many times over the same code would only take long.
starving='^(cli|faults|signals|sandbox|unit\.wall.*)$'
repeating='^(builtin|convert|determinism|isolation|style)$'
run_tests() { # PRESET
    ctest --preset "$1" -j "$jobs" -E "$starving|$repeating"
}
run_starving_tests() { # PRESET
    ctest --preset "$1" -j "$jobs" -R "$starving" --no-tests=error >"build/$1/starving.log" 2>&1 ||
        echo "coverage: of the tests that starve the program, some could not write counters"
}

# Rows of FILE,LINES,COVERED,BRANCHES,TAKEN to a table by folder.
table() { # HEADING
    awk -F, -v heading="$1" '
        function row(name, l, lc, b, bc) {
            printf "%-20s %6d %6.1f%%   %6d %6.1f%%\n", name, l, l ? 100 * lc / l : 0,
                   b, b ? 100 * bc / b : 0
        }
        {
            folder = $1
            sub(/\/[^\/]*$/, "", folder)
            if (!(folder in lines)) order[++n] = folder
            lines[folder] += $2; hit[folder] += $3
            branches[folder] += $4; taken[folder] += $5
            all_l += $2; all_lc += $3; all_b += $4; all_bc += $5
        }
        END {
            printf "%-20s %14s   %15s\n", "folder", "lines", heading
            for (i = 1; i <= n; i++) {
                f = order[i]
                row(f, lines[f], hit[f], branches[f], taken[f])
            }
            row("total", all_l, all_lc, all_b, all_bc)
            exit n == 0
        }'
}

build coverage
find build/coverage -name '*.gcda' -delete
run_tests coverage
run_starving_tests coverage
# An assertion's other branch is a bug that no test should reach; everything else counts, what the
# build generated and what only a failing machine makes too. A process that is killed between two
# counters leaves an arc that was taken -1 times: such a line is told, and counts as not reached.
gcovr --root . --object-directory build/coverage --filter engine/ --gcov-ignore-parse-errors \
    --exclude-branches-by-pattern '^\s*_?(Static_)?assert\(' \
    --csv build/coverage/coverage.csv build/coverage
# filename,line_total,line_covered,line_percent,branch_total,branch_covered,...
sed 1d build/coverage/coverage.csv | cut -d, -f1,2,3,5,6 | table branches

if ! command -v clang-19 >/dev/null || ! command -v llvm-cov-19 >/dev/null; then
    echo "coverage: skipped: conditions (MC/DC) need clang-19 and llvm-19"
    exit 0
fi
build mcdc
rm -rf build/mcdc/profiles
run_tests mcdc
llvm-profdata-19 merge -sparse -o build/mcdc/coverage.profdata build/mcdc/profiles/*.profraw
objects=()
while read -r object; do
    objects+=(-object "$object")
done < <(find build/mcdc/tests -type f -perm -u+x \( -name 'test_*' -o -name 'fuzz_*' \))
llvm-cov-19 export -summary-only -instr-profile build/mcdc/coverage.profdata \
    build/mcdc/policyeval "${objects[@]}" |
    jq -r --arg root "$PWD/" '.data[0].files[] | .filename |= ltrimstr($root)
        | select(.filename | startswith("engine/"))
        | [.filename, .summary.lines.count, .summary.lines.covered, .summary.mcdc.count,
           .summary.mcdc.covered] | map(tostring) | join(",")' | sort | table conditions
