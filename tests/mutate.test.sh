#!/usr/bin/env bash
# mutate.test.sh: mutation tests find the holes of a pack that has two, and no others.
# SPDX-License-Identifier: Apache-2.0
#
# usage: mutate.test.sh PROGRAM
set -euo pipefail

program=$(realpath "$1")
root=$(realpath "${PE_SOURCE_DIR:-$(dirname "$0")/..}")
pack=$root/tests/mutation/pack
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
failed=0

complain() {
    echo "mutate: FAILED: $*"
    failed=$((failed + 1))
}

ends() { # STATUS ARGUMENT...: out and err are what came of it
    local want=$1 status=0
    shift
    "$program" mutate "$@" >out 2>err || status=$?
    [ "$status" -eq "$want" ] || complain "mutate $*: status $status, wanted $want: $(cat err)"
}

same() { # FILE WHAT
    diff -u "$1" out || complain "$2"
}

# ---- what survives, and nothing else ----

cat >expected <<'OUT'
doors

Changes that no rule noticed
  doors | base.json | /doors | an element more, lock "mechanical"
      read by doors-locked, locks-tested
  doors | base.json | /doors/*/lock | "digital" -> "mechanical"
      read by locks-tested (2 times)
  doors | base.json | /guard/left | "2026-11-19" -> "2026-11-21"
      read by guard-there
  doors | case a test of last week | /doors/1/tested | "2026-11-13" -> a day earlier or later
      read by locks-tested
  doors | case an alarm that is wanted, and on | /alarm/kind | "bell" -> "lamp"
      read by alarm-on

63 mutants, 57 noticed: 90.47%
  other values: 19, 13 noticed
  lost data: 44, 44 noticed
not counted: 5 optional reads, of which 4 may be gone unnoticed
OUT
ends 0 "$pack"
same expected "the survivors of the pack"
[ ! -s err ] || complain "progress is for terminals: $(cat err)"
for jobs in 2 3 50; do
    ends 0 "$pack" --jobs "$jobs"
    same expected "--jobs $jobs says something else"
done
ends 0 "$pack" --only doors/guard-there
grep -q 'read by guard-there' out || complain "--only doors/guard-there: $(cat out)"
! grep -q 'locks-tested' out || complain "--only runs other rules: $(cat out)"
ends 0 "$pack" --only doors-locked
grep -q '^  lost data: \([0-9]*\), \1 noticed' out || complain "--only doors-locked: $(cat out)"

# ---- those that are known ----

cat >known <<'KNOWN'
# survivors that nobody need notice
doors | * | /doors | an element more, lock "mechanical" | mechanical locks are locks
doors | * | /doors/*/lock | * -> "mechanical" | the same

doors | * | /guard/left | * | somebody who leaves later is still there
* | case a test of * | /doors/*/tested | * | a test of last week is not at the limit
doors | case an alarm * | /alarm/kind | * | a lamp wakes nobody, but it can be seen
KNOWN
ends 0 "$pack" --known known
! grep -q ' | ' out || complain "known survivors are listed: $(cat out)"
grep -q '^  known: 6, explained by 5 lines; without them 100.00%$' out || complain "--known: $(cat out)"
sed 3d known >fewer
ends 1 "$pack" --known fewer
[ "$(grep -c ' | ' out)" -eq 1 ] || complain "one new survivor: $(cat out)"
grep -qF 'doors | base.json | /doors/*/lock | "digital" -> "mechanical"' out ||
    complain "which one is new: $(cat out)"
echo 'doors | base.json | /doors/*/locked | true -> false | it is noticed now' >>known
ends 1 "$pack" --known known
grep -qF '8: doors | base.json | /doors/*/locked | true -> false' out ||
    complain "one that survives no longer: $(cat out)"
echo 'doors | base.json | /doors/0/lock | null' >bad
ends 2 "$pack" --known bad
grep -q 'bad:1: a known survivor is' err || complain "a line without a reason: $(cat err)"
ends 2 "$pack" --known nowhere
sed '/it is noticed now/d; s/^doors/  doors  /; s/$/\r/' known >blanks # as an editor of Windows leaves it
printf '   \r\n   # an afterthought\r\n' >>blanks
ends 0 "$pack" --known blanks
grep -q '^  known: 6, explained by 5 lines; without them 100.00%$' out || complain "blanks: $(cat out)"
for line in 'doors' 'doors | base.json' 'doors | base.json | /doors' 'doors | b | /d | null |   '; do
    echo "$line" >bad
    ends 2 "$pack" --known bad
    grep -q 'bad:1: a known survivor is' err || complain "the line '$line': $(cat err)"
done
printf 'doors | * | * | * | a\0b\n' >bad
ends 2 "$pack" --known bad
grep -q 'bad holds a NUL' err || complain "a NUL: $(cat err)"
: >none
ends 1 "$pack" --known none
[ "$(grep -c ' | ' out)" -eq 5 ] || complain "a file that explains nothing: $(cat out)"

# ---- the score ----

sed '/it is noticed now/d' known >all
ends 0 "$pack" --known all --min-score 100
ends 0 "$pack" --min-score 90.47
ends 1 "$pack" --min-score 90.48
grep -q '90.47% of the mutants were noticed, less than 90.48%' err || complain "$(cat err)"
echo 'doors | * | /doors** | * | a last step of two stars is all below' >pattern
echo 'doors | * | /doors/** | * -> "mech*" | and one is any text' >>pattern
ends 1 "$pack" --known pattern
echo 'doors | * | /doors/** | * | all of it' >pattern
ends 1 "$pack" --known pattern --min-score 95
grep -q '^  known: 3, explained by 1 line; without them 95.00%$' out || complain "$(cat out)"
ends 2 "$pack" --min-score 101
ends 2 "$pack" --min-score x
ends 2 "$pack" --min-score -1
ends 2 "$pack" --min-score 9x

# ---- formats, and packs that have nothing to change ----

ends 0 "$pack" -o json:all.json -o text
same expected "text beside JSON"
ends 0 "$pack" -o json
cmp -s out all.json || complain "JSON in a file is other JSON"
grep -qF '"schema": "urn:policyeval:mutation:1"' out || complain "JSON: $(head -c 300 out)"
[ "$(grep -c '"pointer"' out)" -eq 10 ] || complain "JSON lists all: $(grep -c '"pointer"' out)"
ends 2 "$pack" -o tap
ends 2 "$pack" --only nothing
ends 2 "$pack" -o json:nowhere/all.json
cp -r "$pack" apart && mkdir shelf && mv apart/tests/base.json shelf
ends 2 apart
ends 0 apart --fixtures shelf
grep -q '^63 mutants, 57 noticed: 90.47%$' out || complain "a base of --fixtures: $(cat out)"
ends 2 apart --fixtures nowhere
cp -r "$pack" empty && rm -r empty/tests
ends 2 empty
grep -q 'has no tests' err || complain "a pack without tests: $(cat err)"
mkdir empty/tests
echo '{ "as_of": "2026-11-20T09:00:00Z" }' >empty/tests/base.json
echo 'return { base = "base.json", { "nothing is there", expect = {} } }' >empty/tests/doors.lua
ends 2 empty
grep -q 'no mutant was tried' err || complain "a pack that passes nowhere: $(cat err)"

[ "$failed" -eq 0 ] || { echo "mutate: $failed checks failed"; exit 1; }
echo "mutate: ok"
