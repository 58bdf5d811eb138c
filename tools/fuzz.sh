#!/usr/bin/env bash
# fuzz.sh: builds the fuzzers and runs each for some seconds from its corpus.
# SPDX-License-Identifier: Apache-2.0
#
# usage: tools/fuzz.sh [JOBS [SECONDS [NAME...]]]
#
# What is new is kept in build/fuzz/corpus/NAME, what crashes in build/fuzz/found/; a crash that
# was repaired belongs in tests/fuzz/corpus/NAME, where every build's tests run it.
set -euo pipefail
cd "$(dirname "$0")/.."

jobs=${1:-$(nproc)}
seconds=${2:-60}
[ $# -le 2 ] || only=" ${*:3} "

cmake --preset fuzz
cmake --build --preset fuzz -j "$jobs" --target fuzzers
mkdir -p build/fuzz/found

count=0
for fuzzer in build/fuzz/tests/fuzz/fuzz_*; do
    [ -x "$fuzzer" ] || continue
    name=${fuzzer##*/fuzz_}
    [[ "${only:- $name }" == *" $name "* ]] || continue
    corpora=("build/fuzz/corpus/$name")
    mkdir -p "${corpora[0]}"
    [ ! -d "tests/fuzz/corpus/$name" ] || corpora+=("tests/fuzz/corpus/$name")
    options=()
    [ ! -f "tests/fuzz/$name.dict" ] || options+=("-dict=tests/fuzz/$name.dict")
    echo "== fuzz $name for $seconds s =="
    "$fuzzer" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -print_final_stats=1 \
        -verbosity=0 -artifact_prefix="build/fuzz/found/$name-" \
        ${options[@]+"${options[@]}"} "${corpora[@]}"
    count=$((count + 1))
done
if [ "$count" -eq 0 ]; then
    echo "fuzz: there was no fuzzer to run" >&2
    exit 1
fi
echo "== $count fuzzers found nothing =="
