#!/usr/bin/env bash
# sandbox.test.sh: the program closes its workers' walls, says when it cannot, and needs nothing
# from behind them.
# SPDX-License-Identifier: Apache-2.0
#
# usage: sandbox.test.sh PROGRAM
set -euo pipefail

program=$(realpath "$1")
root=$(realpath "${PE_SOURCE_DIR:-$(dirname "$0")/..}")
good=$root/fixtures/iad/compliant.json
bad=$root/fixtures/iad/realistic.json
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
tr -d '\n' <"$bad" >lines # standard input of all
"$program" --ndjson --quiet <lines >lines.results
checks=0
failed=0

complain() {
    echo "sandbox: FAILED: $*"
    failed=$((failed + 1))
    [ "$failed" -lt 30 ] || { echo "sandbox: too many failures"; exit 1; }
}

status=0
run() { # COMMAND...
    status=0
    checks=$((checks + 1))
    timeout 120 "$@" <lines >out 2>err || status=$?
}

said() { # TEXT WHAT: standard error is one line of ours with the text; "": nothing
    if [ -z "$1" ]; then
        [ ! -s err ] || complain "$2: wrote to standard error: $(head -c 300 err)"
    elif [ "$(grep -c '^policyeval: ' err)" -ne 1 ] || ! grep -qF -- "$1" err; then
        complain "$2: wanted one line with '$1' on standard error, got: $(head -c 600 err)"
    fi
}

"$program" check -o json:saved.json "$bad" "$good" || [ $? -eq 1 ]

# What one command does: a name, and its arguments.
commands=(
    "check --cross-check $bad"
    "check --jobs 2 $good $root/fixtures/ctx/compliant.json"
    "check --pack $root/fixtures/packs/entra $root/fixtures/packs/entra/tests/reduced.json"
    "check --ndjson --jobs 2 --pack $root/fixtures/packs/entra"
    "merge lines.results" "convert saved.json" "diff $bad $bad" "check --baseline saved.json $bad $good"
    "list" "explain 9.2.3" "lint" "lint $root/fixtures/packs/entra" "schema"
    "test $root/fixtures/packs/entra --fixtures $root/fixtures"
    "test $root/policies/iso27017 --fixtures $root/fixtures --only 9.2.3"
)

# ---- the option ----

missing=
"$program" version >version
grep -q '^sandbox here: seccomp yes, limits yes, Landlock ' version ||
    complain "this system has no sandbox: $(cat version)"
! grep -q 'Landlock no' version || missing='went on without Landlock'

for line in "${commands[@]}"; do
    read -ra words <<<"$line"
    run "$program" "${words[@]}"
    said "" "$line"
    want=$status
    mv out plain
    run "$program" "${words[@]}" --sandbox=require
    said "" "$line --sandbox=require"
    cmp -s out plain || complain "$line: --sandbox=require changes the result"
    run "$program" "${words[@]}" --sandbox best-effort
    said "$missing" "$line --sandbox best-effort"
    [ "$status" -eq "$want" ] || complain "$line: best-effort changes the status"
    run "$program" "${words[@]}" --sandbox=off
    said "without a sandbox" "$line --sandbox=off"
    [ "$status" -eq "$want" ] || complain "$line: --sandbox=off changes the status"
    cmp -s out plain || complain "$line: --sandbox=off changes the result"
done
for word in on requiree "" OFF; do
    run "$program" "--sandbox=$word" "$good"
    [ "$status" -eq 2 ] || complain "--sandbox=$word: status $status"
    said "--sandbox" "--sandbox=$word"
done
run "$program" --sandbox=off --sandbox=require "$good"
[ "$status" -eq 2 ] || complain "--sandbox twice: status $status"

# malloc may be told to use large pages; that must not be a worker's end.
for kind in 1 2; do
    run env GLIBC_TUNABLES=glibc.malloc.hugetlb=$kind "$program" "$bad"
    [ "$status" -eq 1 ] || complain "with large pages ($kind): status $status: $(cat err)"
done

finish() {
    [ "$failed" -eq 0 ] || { echo "sandbox: $failed of $checks checks failed"; exit 1; }
    echo "sandbox: ok ($checks checks)"
    exit 0
}

# ---- what workers ask the system for ----

export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0" # which cannot be traced
if ! command -v strace >/dev/null || ! strace -ff -o trace true 2>/dev/null; then
    [ "${CI:-}" != true ] || complain "strace is not installed, or cannot trace"
    echo "sandbox: SKIPPED: strace is not there or cannot trace: system calls are not watched"
    finish
fi

calls='brk|mmap|munmap|mremap|madvise|write|clock_gettime|time|rt_sigreturn|exit_group|exit'
if grep -qs '^PE_SANITIZE:[A-Z]*=.' "${PE_BUILD_DIR:-.}/CMakeCache.txt"; then
    echo "sandbox: a sanitized build: its workers have a wider filter"
    calls="$calls|mprotect|sigaltstack|rt_sigprocmask|rt_sigaction|futex|sched_yield|getpid|gettid"
fi

# A file a process: of those that close their walls, the calls after that. Where there is more than
# one snapshot or line, a worker reads from a pipe what comes next. One that has said all
# may be killed by its parent before it leaves; killed while strace looks, the call that did not
# return has no name, or that of another process.
workers=0
watch() { # ARGUMENT...
    local trace count=0 allowed=$calls
    case "$*" in *--ndjson* | merge* | *--jobs* | *--baseline*) allowed="$calls|read" ;; esac
    rm -f trace.*
    run strace -ff -o trace "$program" "$@"
    for trace in trace.*; do
        grep -q '^seccomp(SECCOMP_SET_MODE_FILTER.* = 0$' "$trace" || continue
        count=$((count + 1))
        sed '1,/^seccomp(SECCOMP_SET_MODE_FILTER.* = 0$/d' "$trace" >after
        if [ "$(tail -n 1 after)" = '+++ killed by SIGKILL +++' ]; then
            sed -i -E '/( = \?|<unfinished \.\.\.>)$/d' after
        fi
        ! grep -vE "^($allowed)\(|^\+\+\+ (exited with 0|killed by SIGKILL) \+\+\+" after ||
            complain "$*: a worker asked for what it should not (see above)"
        ! grep -E 'PROT_EXEC|MAP_SHARED' after || complain "$*: a worker mapped this (see above)"
    done
    [ "$count" -ge 1 ] || complain "$*: no worker closed its walls"
    workers=$((workers + count))
}
for line in "${commands[@]}"; do
    read -ra words <<<"$line"
    watch "${words[@]}"
done
# One for each command, as one judges all snapshots; one more where there are two jobs, three more
# for diff, which first asks what its files are, and one more for the baseline.
[ "$workers" -eq $((${#commands[@]} + 1 + 3 + 1)) ] || complain "$workers workers were watched"
echo '{ "fail-on": "low" }' >settings.json
workers=0
watch --config settings.json --waivers "$root/fixtures/waivers.json" "$bad"
[ "$workers" -eq 3 ] || complain "$workers workers read settings, waivers and a snapshot"

# ---- a system that lacks something ----

without() { # CALL ARGUMENT...: the program where that call fails
    local call=$1
    shift
    run strace -f -o /dev/null -e "inject=$call:error=ENOSYS" "$program" "$@"
}
without seccomp "$good"
[ "$status" -eq 2 ] || complain "without seccomp: status $status"
[ ! -s out ] || complain "without seccomp: wrote to standard output"
said "cannot close the sandbox: seccomp: " "without seccomp"
for line in list "explain 9.2.3" lint schema "test $root/fixtures/packs/entra"; do
    read -ra words <<<"$line"
    without seccomp "${words[@]}"
    [ "$status" -eq 2 ] || complain "$line without seccomp: status $status"
done
without seccomp --sandbox=best-effort "$good"
[ "$status" -eq 0 ] || complain "best effort without seccomp: status $status"
said "went on without seccomp" "best effort without seccomp"
without seccomp version
grep -q 'seccomp no' out || complain "version does not tell that there is no seccomp: $(cat out)"
without landlock_restrict_self "$good"
[ "$status" -eq 0 ] || complain "without Landlock: status $status"
said "" "without Landlock"
without landlock_restrict_self --sandbox=best-effort "$good"
said "went on without Landlock" "best effort without Landlock"

finish
