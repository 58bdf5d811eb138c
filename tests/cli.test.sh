#!/usr/bin/env bash
# cli.test.sh: how the program is called, and what it says when that goes wrong.
# SPDX-License-Identifier: Apache-2.0
#
# usage: cli.test.sh PROGRAM. Whatever is refused has exit status 2, one line on standard error that
# says what to do, and nothing on standard output.
set -euo pipefail

program=$(realpath "$1")
root=$(realpath "${PE_SOURCE_DIR:-$(dirname "$0")/..}")
good=$root/fixtures/iad/compliant.json
bad=$root/fixtures/iad/realistic.json
ctx=$root/fixtures/ctx/realistic.json
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work"
checks=0
failed=0

complain() {
    echo "cli: FAILED: $*"
    failed=$((failed + 1))
    [ "$failed" -lt 30 ] || { echo "cli: too many failures"; exit 1; }
}

# Runs the program with a limit on time; out, err and status are what came of it.
status=0
run() { # ARGUMENT...
    status=0
    checks=$((checks + 1))
    timeout 60 "$program" "$@" >out 2>err || status=$?
}

one_line() { # WHAT: err is one line of ours
    [ "$(wc -l <err)" -eq 1 ] || complain "$1: not one line on standard error: $(head -c 600 err)"
    grep -q '^policyeval: ' err || complain "$1: not our line on standard error: $(head -c 300 err)"
}

refused() { # WANTED ARGUMENT...: the program must refuse the arguments and say WANTED
    local want=$1
    shift
    run "$@"
    [ "$status" -eq 2 ] || complain "$*: status $status, wanted 2"
    [ ! -s out ] || complain "$*: refused, but wrote to standard output"
    one_line "$*"
    grep -qF -- "$want" err || complain "$*: wanted '$want', got: $(head -c 300 err)"
}

gives() { # STATUS ARGUMENT...: the program must end so, silent on standard error
    local want=$1
    shift
    run "$@"
    [ "$status" -eq "$want" ] || complain "$*: status $status, wanted $want: $(head -c 300 err)"
    [ ! -s err ] || complain "$*: wrote to standard error: $(head -c 300 err)"
}

shows() { # TEXT: standard output has it
    grep -qF -- "$1" out || complain "wanted on standard output: $1"
}

# ---- packs to try things with ----

control() { # ID CHECK: the text of a control with one rule
    cat <<LUA
return {
  title = { en = "Control $1", ja = "管理策 $1" },
  severity = "low", owner = "customer", references = { "none" },
  params = { limit = { type = "integer", default = 5, min = 1, max = 10, unit = "things",
                       doc = { en = "Most things", ja = "上限" }, source = "a test" },
             word = { type = "string", one_of = { "alpha", "beta" }, doc = { en = "A word", ja = "語" } } },
  rules = {
    { id = "flag-is-set", ref = "R1", title = { en = "The flag is set", ja = "フラグ" },
      fix = { en = "Set the flag", ja = "設定" },
      check = function(s) $2 end },
  },
}
LUA
}

make_pack() { # FOLDER ID
    mkdir -p "$1"
    cat >"$1/pack.lua" <<LUA
return { id = "$2", title = { en = "Pack $2", ja = "パック $2" }, edition = "1", version = "0.0.1",
         authors = { "nobody" } }
LUA
    control 1.1 'ensure(s.flag, s, "off")' >"$1/1.1.lua"
    echo 'return record{ { "flag", boolean, required = true, en = "Flag", ja = "旗" } }' >"$1/model.lua"
}

make_pack mine mine
make_pack other other
control 2.2 'ensure(s.flag, s, "off")' >other/2.2.lua
echo '{ "flag": true }' >on.json
echo '{ "flag": false }' >off.json

# ---- commands and options ----

gives 0 version
shows "policyeval 0."
cp out version
gives 0 --version
cmp -s out version || complain "--version is not version"
run
[ "$status" -eq 2 ] || complain "without arguments: status $status"
shows "Commands:"
gives 0 help
cp out overview
for flag in --help -h; do
    gives 0 "$flag"
    cmp -s out overview || complain "$flag is not help"
done
commands=$(sed -n '/^Commands:/,/^$/s/^  \([a-z]*\).*/\1/p' overview)
for command in check list explain lint test mutate schema doc version help; do
    grep -qw "$command" <<<"$commands" || complain "help does not show $command"
    gives 0 help "$command"
    cp out page
    shows "policyeval $command"
    shows "--help"
    for flag in --help -h; do
        gives 0 "$command" "$flag"
        cmp -s out page || complain "$command $flag is not help $command"
    done
    refused "$command: unknown option --unheard-of" "$command" --unheard-of
    refused "did you mean --lang?" "$command" --lnag en
    refused "--lang takes en or ja" "$command" --lang fr
    refused "--lang needs a value" "$command" --lang
done
refused "did you mean the command check?" chek
refused "did you mean the command explain?" explian 9.2.3
refused "did you mean list?" help lsit
refused "list takes no operand" list 9.2.3
refused "version takes no operand" version 1
refused "check: unknown option --onyl (did you mean --only?)" --onyl 9.2.3 "$good"
refused "list: unknown option --expect; policyeval help list shows them" list --expect service=iad
refused "unknown option -x" -x "$good"
refused "--quiet takes no value" --quiet=yes "$good"
gives 0 --quiet "$good"
cp out quiet
for command in "" check; do
    gives 0 ${command:+"$command"} -q "$good"
    cmp -s out quiet || complain "-q is not --quiet: $(cat out)"
done
gives 0 help check
shows "  --quiet, -q "
shows "  --help, -h "
refused "list: unknown option -q" list -q
refused "no format jnit (did you mean junit?)" -o jnit "$good"
refused "no format SARIF (did you mean sarif?)" -o SARIF:out.sarif "$good"
refused "no format docx; there are text, json, csv" -o docx "$good"
refused "--only needs a value" --only= "$good"
refused "--as-of is given twice" --as-of 2026-01-01T00:00:00Z --as-of 2026-01-01T00:00:00Z "$good"
refused "which snapshot?"  check
refused "which snapshot?"  --quiet
refused "--color takes auto, always or never" --color sometimes "$good"
for jobs in 0 -1 x 1x "" 1025 99999999999999999999; do
    refused "--jobs" --jobs "$jobs" "$good"
done
(ulimit -n 256 && "$program" --jobs 1024 --quiet "$good" >out 2>err) ||
    complain "--jobs 1024 where 256 files may be open: $(head -c 300 err)"
refused "standard output is -o json; a file of that name is ./-" -o json:- "$good"
for bytes in 0 -1 x 268435457; do
    refused "--max-bytes takes a whole number" --max-bytes "$bytes" "$good"
done
refused "--evidence" --evidence some "$good"
cp on.json ./-odd.json
gives 0 check --pack mine -- -odd.json
gives 0 --pack=mine ./-odd.json

# ---- selectors and parameters ----

refused "--only 9.2.33 matches no control" --only 9.2.33 "$good"
refused "did you mean flag-is-set?" --pack mine --only flag-is-sett on.json
refused "did you mean flag-is-set?" list --pack mine --skip flag-is-sett
refused "matches no control" --pack mine --only low,nothing-of-this on.json
gives 0 --pack mine --pack other --only 2.2 on.json
refused "matches no control" --pack mine --pack other --only 3.3 on.json
gives 0 list --pack mine --pack other --only 2.2
refused "matches no control" list --pack mine --pack other --only 3.3
refused "has no parameter limt (did you mean limit?)" --pack mine --param limt=3 on.json
refused "has no parameter 2.2.limit" --pack mine --param 2.2.limit=3 on.json
refused "the parameter limit takes a whole number" --pack mine --param limit=many on.json
refused "the parameter limit must be" --pack mine --param limit=11 on.json
refused "did you mean alpha?" --pack mine --param word=alhpa on.json
refused "--param takes NAME=VALUE" --pack mine --param limit on.json
gives 0 --pack mine --param 1.1.limit=3 on.json
shows "1.1 limit = 3 (default 5)"

# ---- snapshots ----

gives 0 "$good"
gives 1 "$bad"
gives 1 check "$bad"
gives 1 "$good" "$bad" "$ctx"
for fixture in "$good" "$bad" "$ctx"; do
    shows "$fixture"
done
gives 1 --jobs 3 --quiet -o text "$good" "$bad" "$ctx"
[ "$(cut -d' ' -f1 out | tr '\n' ' ')" = "PASS FAIL FAIL " ] || complain "order of snapshots: $(cat out)"

status=0
"$program" --pack mine - <on.json >out 2>err || status=$?
[ "$status" -eq 0 ] || complain "- does not read standard input: $(cat err)"
shows "(standard input)"
status=0
"$program" --pack mine - <&- >out 2>err || status=$?
[ "$status" -eq 2 ] || complain "closed standard input: status $status"
one_line "closed standard input"

# Of a pack in one language that is said once; of a rule that was forgotten, for that rule.
mkdir mono
echo 'return { id = "mono", version = "1", title = "Mono" }' >mono/pack.lua
mono() { # TITLE: of the second of three rules
    printf 'return { title = "T", severity = "low", owner = "customer", references = { "x" }, rules = {\n' >mono/1.1.lua
    for title in '"A"' "$1" '"C"'; do
        echo "  { id = \"r$((++number))\", title = $title, fix = \"x\", check = function(s) ensure(s.a, s) end },"
    done >>mono/1.1.lua
    echo '} }' >>mono/1.1.lua
}
number=0
mono '"B"'
gives 0 lint mono
shows "pack.lua: warning: no rule has its title in both languages"
[ "$(grep -c 'title' out)" -eq 1 ] || complain "one language is told more than once: $(cat out)"
number=0
mono '{ en = "B", ja = "ビー" }'
gives 0 lint mono
shows "1.1/r1: warning: its title has one language only"
shows "1.1/r3: warning: its title has one language only"
[ "$(grep -c 'title' out)" -eq 2 ] || complain "what has two languages is told: $(cat out)"

# The command that a report proposes works as it stands, whatever the pack's folder is called.
policyeval() { "$program" "$@"; }
for pack in mine "it's a \$pack; x/mine" "~"; do
    mkdir -p "$pack"
    [ "$pack" = mine ] || cp -r mine/. "$pack"
    run --pack "$pack" off.json
    eval "$(grep '^    policyeval explain ' out)" >explained || complain "what is proposed for $pack: $(tail -n 3 out)"
    grep -q '^1.1 ' explained || complain "what is proposed for $pack explains: $(head -n 1 explained)"
done
run -o json:saved.json --pack mine off.json
run convert saved.json
shows "run policyeval explain 1.1 with --pack and the folder of the pack mine"
run convert --pack "not there" saved.json
shows "policyeval explain 1.1 --pack 'not there'"
run "$bad"
shows "run policyeval explain "
! grep -q -e '--pack' out || complain "the built-in pack needs no --pack"

mkfifo pipe
mkdir folder
refused "it is a folder" folder
refused "it is a pipe; use -" pipe
refused "use -" /dev/null
refused "cannot read 'missing.json': No such file" missing.json
refused "cannot read" "$good" missing.json
refused "larger than the limit of 10 bytes" --max-bytes 10 on.json
refused "cannot read" $'\e[31mred\n.json'
! grep -q $'\e' err || complain "a sequence for the terminal came through"

not_json() { # WANTED BYTES: refused with the place, and without a word of the input
    printf "$2" >input.json
    refused "$1" --pack mine input.json
    ! grep -q SECRET err || complain "the input is quoted: $(cat err)"
}
not_json 'input.json: line 1, column 1:' ''
not_json 'input.json: line 1, column 1:' 'SECRET'
not_json 'input.json: line 2, column 3:' '{\n  SECRET: 1}'
not_json 'input.json: line 1, column 1' '{"flag": true}\0'
not_json 'input.json: line 1, column 5:' '{"fl\0ag": true}'
not_json 'input.json: line 1, column 1' '{"flag": true} SECRET'
not_json 'input.json: line 1, column 1' '{"flag": "\xff"}'
not_json 'input.json: line 1, column 1' '{"flag": true, "flag": true}'
refused "input.json:" --pack mine on.json input.json
gives 0 --pack mine --cross-check on.json
gives 1 --pack mine off.json
printf '[]' >list.json
gives 1 --pack mine list.json

# ---- profile and time ----

gives 0 --expect service=iad "$good"
gives 0 --expect service=iad,option=mfa_option --expect option=admin_console "$good"
refused "expected the service ctx" --expect service=ctx "$good"
refused "expected the option no_such" --expect service=iad,option=no_such "$good"
refused "--expect takes service=NAME" --expect servic=iad "$good"
refused "expected the service ctx" --expect service=ctx --pack mine on.json
for time in yesterday 2026-11-20 2026-11-20T09:00:00 2026-13-20T09:00:00Z 1700000000; do
    refused "--as-of" --as-of "$time" "$good"
done
gives 0 --pack mine --as-of 2030-01-01T00:00:00Z on.json
shows "2030-01-01T00:00:00Z (given by --as-of)"

# ---- reports ----

refused "-o: there is no format jsno" -o jsno "$good"
refused "-o: there is no format" -o "$(printf 'x%.0s' {1..100})" "$good"
refused "needs a file" -o json: "$good"
refused "only one report can go to standard output" -o json -o text "$good"
refused "two reports go to x" -o json:x -o text:x "$good"

# Every format at once, and as many reports as there are places for; one more is refused.
refused "there are text, json" -o docx "$good"
formats=$(sed 's/.*there are //; s/,//g' err)
outputs=()
for format in $formats; do outputs+=(-o "$format:every.$format"); done
run "${outputs[@]}" "$good"
[ "$status" -eq 0 ] && [ ! -s err ] || complain "every format at once: status $status: $(head -c 300 err)"
[ "${#outputs[@]}" -ge 24 ] || complain "not every format was asked for: $formats"
for format in $formats; do [ -s "every.$format" ] || complain "every format at once: no $format"; done
outputs=()
for number in $(seq 16); do outputs+=(-o "tap:many.$number"); done
run "${outputs[@]}" "$good"
[ "$status" -eq 0 ] && [ -s many.16 ] || complain "16 reports at once: status $status: $(head -c 300 err)"
rm -f many.*
refused "-o is given 17 times; at most 16 reports are written at once" -o tap:many.17 "${outputs[@]}" "$good"
[ ! -e many.1 ] || complain "a report was written though another was refused"
[ ! -e x ] || complain "a refused report was written"
refused "cannot write '/nonexistent/x'" -o json:/nonexistent/x "$good"
gives 1 --pack mine -o json:report.json -o text off.json
shows "FAIL  off.json"
gives 1 --pack mine -o json off.json
cmp -s out report.json || complain "a report differs in a file"

# Whole or not at all: what is there stays when the new one cannot be written, and nothing is left.
printf 'old' >kept.json
status=0
(trap '' XFSZ && ulimit -f 1 && "$program" --pack mine -o json:kept.json off.json >out 2>err) ||
    status=$?
[ "$status" -eq 2 ] || complain "file size limit: status $status"
one_line "file size limit"
[ "$(cat kept.json)" = old ] || complain "a report was written in part"
refused "cannot write 'folder'" --pack mine -o json:folder on.json
mkdir locked
printf 'old' >locked/report.json
chmod 555 locked
as_nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
[ "$(id -u)" -eq 0 ] || as_nobody=()
chmod 755 .
if ${as_nobody[@]+"${as_nobody[@]}"} test -x "$program" 2>/dev/null; then
    status=0
    ${as_nobody[@]+"${as_nobody[@]}"} "$program" --pack mine -o json:locked/report.json on.json \
        >out 2>err || status=$?
    [ "$status" -eq 2 ] || complain "a folder without permission: status $status"
    one_line "a folder without permission"
    grep -qF "cannot write 'locked/report.json': Permission denied" err || complain "$(cat err)"
    [ "$(cat locked/report.json)" = old ] || complain "a report was written in part"
else
    echo "cli: SKIPPED: root may write to a folder without permission"
fi
[ -z "$(find . -name '*.part*')" ] || complain "left behind: $(find . -name '*.part*')"

# A report goes through what is no plain file, and nothing takes its place.
run --pack mine -o json on.json
cp out want.json
touch there.json
ln -s there.json link.json
gives 0 --pack mine -o json:link.json on.json
{ [ -L link.json ] && cmp -s want.json there.json; } || complain 'a report replaced a symbolic link'
mkfifo report.fifo
timeout 60 cat report.fifo >through.json &
gives 0 --pack mine -o json:report.fifo on.json
wait $!
{ [ -p report.fifo ] && cmp -s want.json through.json; } || complain 'a report replaced a FIFO'
gives 0 --pack mine -o json:/dev/stdout on.json
cmp -s want.json out || complain 'a report for /dev/stdout is not there'
if [ -c /dev/null ] && [ "$(id -u)" -ne 0 ]; then # not by root: if it failed, the system would too
    gives 0 --pack mine -o json:/dev/null on.json
fi
refused "cannot write '/dev/full'" --pack mine -o json:/dev/full on.json
refused "cannot write '.'" --pack mine -o json:. on.json

# Nothing is lost without a word, whatever the command.
unwritable() { # ARGUMENT...
    local target
    for target in /dev/full closed; do
        checks=$((checks + 1))
        status=0
        if [ "$target" = closed ]; then
            timeout 60 "$program" "$@" >&- 2>err || status=$?
        else
            timeout 60 "$program" "$@" >"$target" 2>err || status=$?
        fi
        [ "$status" -eq 2 ] || complain "$*, standard output $target: status $status"
        one_line "$*, standard output $target"
        grep -q 'cannot write to standard output' err || complain "$*: $(cat err)"
    done
}
unwritable --pack mine on.json
unwritable --pack mine -o json on.json
unwritable list
unwritable explain 9.2.3
unwritable lint mine
unwritable schema mine
unwritable version
unwritable help
status=0
"$program" --nonsense >out 2>&- || status=$?
[ "$status" -eq 2 ] || complain "standard error closed: status $status"

# ---- list and explain ----

gives 0 list
shows "9.2.3"
gives 0 list --pack mine --pack other --lang ja
shows "管理策 2 件、判定ルール 2 件"
# Titles stand in one column, whatever the width of what is before them.
columns=$(sed -n 's/^\(  [1-9].*\)管理策 .*/\1/p' out | LC_ALL=C.UTF-8 awk '{
    wide = $0; n = gsub(/[^ -~]/, "", wide); print length($0) + n }' | sort -u | wc -l)
[ "$columns" -eq 1 ] || complain "the list is ragged: $(cat out)"
gives 0 explain --pack mine 1.1
for text in "Control 1.1" "管理策 1.1" "limit = 5 things" "at least 1, at most 10, default 5" \
    "Most things" "source: a test" "one of alpha | beta" "no default" "flag-is-set" \
    "fix: Set the flag" "severity: low, responsible: customer"; do
    shows "$text"
done
cp out whole
gives 0 explain --pack mine A.1.1
cmp -s out whole || complain "A.1.1 is not 1.1"
for rule in R1 flag-is-set; do
    gives 0 explain --pack mine "1.1/$rule"
    cmp -s out whole || complain "1.1/$rule is not explained"
done
gives 0 explain --pack mine --param limit=7 --lang ja 1.1
shows "limit = 7 things"
shows "7"
shows "対処方法：設定"
refused "there is no control" explain "$(printf 'x%.0s' {1..300})"
for spelling in 9.2.3 A.9.2.3 27017:9.2.3; do
    gives 0 explain "$spelling"
    shows "9.2.3  "
done
gives 0 explain CLD9.5.1
shows "CLD.9.5.1  "
refused "there is no control 9.2.33 (did you mean 9.2.3?)" explain 9.2.33
refused "there is no control flag-is-set, but a rule: did you mean 1.1/flag-is-set?" explain --pack mine flag-is-set
refused "there is no rule flag-is-sett (did you mean flag-is-set?)" explain --pack mine 1.1/flag-is-sett
refused "there is no rule" explain --pack mine 1.1/
refused "there is no rule other; policyeval explain 1.1 shows its rules" explain --pack mine 1.1/other
refused "name one control" explain
refused "name one control" explain 9.2.3 10.1.1
refused "has no parameter" explain --param unheard_of=1 9.2.3

# ---- lint and schema ----

gives 0 lint
gives 0 lint mine
shows "pack mine 0.0.1: 1 control, 1 rule, "
gives 0 lint --pack mine --lang ja
shows "ポリシーパック mine 0.0.1"
refused "one pack at a time" lint --pack mine other
refused "one pack at a time" schema mine other
refused "one pack at a time" test --pack mine --pack other
refused "'missing'" lint missing
cp -r mine broken
control 1.1 'ensure(s.flag, s, "off"' >broken/1.1.lua
refused "broken/1.1.lua:10:" lint broken
refused "broken/1.1.lua:10:" --pack broken on.json
refused "broken/1.1.lua:10:" list --pack broken
refused "broken/1.1.lua:10:" schema broken
control 1.1 'ensure(s.flagg, s, "off") enusre(s.flag, s, "off")' >broken/1.1.lua
refused "enusre" lint broken
rm mine/model.lua
gives 0 lint mine
shows "model.lua: warning: "
refused "the pack mine has no model.lua" schema mine
gives 0 schema
shows '"$schema": "https://json-schema.org/draft/2020-12/schema"'

# ---- test ----

refused "has no tests" test
refused "has no tests" test mine
mkdir other/tests
cp on.json off.json other/tests/
cat >other/tests/1.1.lua <<'LUA'
return { base = "on.json",
  { "nothing changes", expect = {} },
  { "the flag is off", set = { flag = false }, expect = { ["flag-is-set"] = "fail" }, blame = "/flag" },
}
LUA
gives 0 test other
shows "2 tests, 2 passed, 0 failed"
shows "rules covered 1 of 2 (50.00%)"
shows "not covered: 2.2.lua:8  2.2/flag-is-set"
gives 0 test other --only 1.1
shows "rules covered 1 of 1 (100.00%)"
gives 0 test other --coverage
cp out covered
shows "lines covered 12 of 24 (50.00%)"
shows "not covered: 2.2.lua:1-12"
shows "fields covered 1 of 1 (100.00%)"
for jobs in 2 3 7; do
    gives 0 test other --coverage --jobs "$jobs"
    cmp -s out covered || complain "test --jobs $jobs says something else"
done
gives 0 test other --min-coverage rules=50,fields=100
run test other --min-coverage rules=51
[ "$status" -eq 1 ] || complain "--min-coverage rules=51: status $status, wanted 1"
one_line "--min-coverage rules=51"
grep -qF "cover 50.00% of the rules, less than 51%" err || complain "--min-coverage: $(cat err)"
run test other --min-coverage 100
[ "$status" -eq 1 ] || complain "--min-coverage 100: status $status, wanted 1"
refused "--min-coverage" test other --min-coverage 101
refused "rules, lines or fields" test other --min-coverage branches=1
refused "no format html; there are text, junit, tap" test other -o html
gives 0 test other -o tap
shows "TAP version 13"
shows "1..2"
shows "ok 2 - 1.1: the flag is off"
shows "# rules covered: 1 of 2 (50.00%)"
gives 0 test other -o junit:suite.xml -o text
shows "2 tests, 2 passed"
grep -qF '<testcase classname="other.1.1" name="nothing changes" time="0"/>' suite.xml ||
    complain "JUnit: $(cat suite.xml)"
refused "without tests" test other --only 2.2
cat >other/tests/2.2.lua <<'LUA'
return { base = "off.json",
  { "a wrong expectation", set = { flag = true }, expect = { ["flag-is-set"] = "unknown" } },
}
LUA
gives 1 test other
shows "failed: a wrong expectation"
shows "3 tests, 2 passed, 1 failed"
shows "rules covered 2 of 2 (100.00%)"
cat >other/tests/2.2.lua <<'LUA'
return { base = "off.json",
  { "odd <&\"> # SKIP \\ \27[31m", set = { flag = true }, expect = { ["flag-is-set"] = "unknown" } },
}
LUA
gives 1 test other -o tap
shows 'not ok 3 - 2.2: odd <&"> \# SKIP \\ \\u{001B}[31m'
shows '  message: "flag-is-set: expected unknown, got pass"'
gives 1 test other -o junit
shows 'name="odd &lt;&amp;&quot;&gt; # SKIP'
shows '<failure type="fail" message="flag-is-set: expected unknown, got pass"/>'
if command -v xmllint >/dev/null; then
    for schema in jenkins-junit-10 windyroad-JUnit; do
        xmllint --nonet --noout --schema "$root/tests/schemas/junit/$schema.xsd" out suite.xml 2>err ||
            complain "JUnit: $(head -n 3 err)"
    done
fi
mv other/tests/off.json folder/
refused "off.json" test other
gives 1 test other --fixtures folder
shows "3 tests, 2 passed, 1 failed"
refused "'missing'" test other --fixtures missing
unwritable test other --only 1.1 --fixtures folder

[ "$failed" -eq 0 ] || { echo "cli: $failed of $checks checks failed"; exit 1; }
echo "cli: ok ($checks checks)"
