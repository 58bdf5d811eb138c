#!/usr/bin/env bash
# gate.test.sh: waivers, the gate's options and settings, as the program has them.
# SPDX-License-Identifier: Apache-2.0
#
# usage: gate.test.sh PROGRAM
set -euo pipefail

program=$(realpath "$1")
root=$(realpath "${PE_SOURCE_DIR:-$(dirname "$0")/..}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
while IFS= read -r name; do unset "$name"; done < <(compgen -e POLICYEVAL_ || true)
checks=0
failed=0

complain() {
    echo "gate: FAILED: $*"
    failed=$((failed + 1))
}

status=0
run() { # ARGUMENT...
    status=0
    checks=$((checks + 1))
    timeout 60 "$program" "$@" >out 2>err || status=$?
}

gives() { # STATUS ARGUMENT...
    local want=$1
    shift
    run "$@"
    [ "$status" -eq "$want" ] || complain "$*: status $status, wanted $want: $(head -c 300 err)"
}

refused() { # WANTED ARGUMENT...: status 2, one line on standard error that has WANTED
    local want=$1
    shift
    gives 2 "$@"
    sed -i '/^policyeval: settings of /d' err # which file was read is announced before
    [ ! -s out ] || complain "$*: refused, but wrote to standard output"
    [ "$(wc -l <err)" -eq 1 ] || complain "$*: not one line on standard error: $(head -c 600 err)"
    grep -qF -- "$want" err || complain "$*: wanted '$want', got: $(head -c 300 err)"
}

shows() { # TEXT: standard output has it
    grep -qF -- "$1" out || complain "wanted on standard output: $1; got: $(head -c 900 out)"
}

hides() { # TEXT: standard output has it not
    ! grep -qF -- "$1" out || complain "not wanted on standard output: $1"
}

field() { # JQ WANTED: of the first result
    local got
    got=$(jq -c ".results[0]$1" out)
    [ "$got" = "$2" ] || complain "$1 is $got, wanted $2"
}

# ---- a pack whose rules have every severity, and a snapshot that fails some ----

mkdir p
cat >p/pack.lua <<'LUA'
return { id = "p", title = { en = "P", ja = "P" }, edition = "1", version = "1",
         authors = { "nobody" }, tenant = "/id", as_of = "/as_of" }
LUA
cat >p/model.lua <<'LUA'
return record{
  { "id", text{ min = 1 }, en = "Id", ja = "ID" },
  { "as_of", format"timestamp", en = "Time", ja = "日時" },
  { "low", boolean, en = "Low", ja = "低" },
  { "high", boolean, en = "High", ja = "高" },
}
LUA
cat >p/1.1.lua <<'LUA'
local function is(key)
  return function(s) ensure(s[key], s, "it is off") end
end
return {
  title = { en = "One", ja = "一" }, severity = "high", owner = "customer", references = { "none" },
  rules = {
    { id = "low-is-on", severity = "low", title = { en = "Low", ja = "低" }, check = is("low") },
    { id = "high-is-on", owner = "provider", title = { en = "High", ja = "高" }, check = is("high") },
  },
}
LUA
snapshot() { # FILE LOW HIGH [MORE]
    echo "{\"id\": \"t\", \"as_of\": \"2026-11-20T09:00:00+09:00\", \"low\": $2, \"high\": $3${4:-}}" >"$1"
}
snapshot good.json true true
snapshot low.json false true
snapshot high.json true false
snapshot unknown.json true null
snapshot extra.json true true ', "hihg": true'
gives 0 --pack p good.json
gives 1 --pack p low.json

# ---- severity and owner ----

gives 0 --pack p --fail-on high low.json
shows "outside of it 1 rule did not pass"
shows "low-is-on"
gives 1 --pack p --fail-on low low.json
gives 1 --pack p --fail-on high high.json
gives 1 --pack p --fail-on high unknown.json
gives 1 --pack p --fail-on critical good.json # nothing of that severity passed
gives 0 --pack p --owner provider low.json
gives 1 --pack p --owner provider high.json
gives 1 --pack p --owner customer,provider high.json
gives 0 --pack p --fail-on high --owner provider -o json low.json
field .verdict '"pass"'
field '.gate | [.fail_on, .owners, .ignored, .remarks]' '["high",["provider"],1,[]]'
gives 1 --pack p -o json low.json
field .gate null
refused "--fail-on takes" --pack p --fail-on severe good.json
refused "--owner takes" --pack p --owner me good.json

# ---- age ----

now=2026-11-25T00:00:00Z
gives 0 --pack p --max-age 7d --now $now good.json
gives 1 --pack p --max-age 4d --now $now good.json
shows "too old"
gives 1 --pack p --max-age 4d --now $now --lang ja good.json
shows "古すぎます"
gives 1 --pack p --max-age 7d --now 2026-11-19T00:00:00Z -o json good.json
field '.gate.remarks[0].kind' '"from_the_future"'
# Nothing is worse than in the baseline, and still the gate is closed.
gives 0 --pack p -o json:base.json good.json
gives 0 --pack p --baseline base.json --max-age 7d --now $now good.json
gives 1 --pack p --baseline base.json --max-age 4d --now $now good.json
shows "nothing is worse, but the gate is closed for the reasons above"
rm base.json
refused "--max-age needs --now" --pack p --max-age 7d good.json
refused "give both" --pack p --now $now good.json
refused "leave out --as-of" --pack p --max-age 7d --now $now --as-of $now good.json
refused "an age such as" --pack p --max-age week --now $now good.json

# ---- unknown fields ----

gives 0 --pack p extra.json
gives 1 --pack p --strict-model extra.json
shows "fields that the model does not know"
gives 0 --pack p --strict-model good.json
cp -r p bare
rm bare/model.lua
sed -i 's/id = "p"/id = "bare"/' bare/pack.lua
gives 0 --pack bare extra.json
refused "policyeval: --strict-model: no pack has a model" --pack bare --strict-model extra.json
refused "--strict-model: no pack has a model" config --pack bare --strict-model
echo '{ "strict-model": true }' >policyeval.json
refused 'policyeval.json: line 1, column 3: "strict-model": no pack has a model' --pack bare extra.json
rm policyeval.json
gives 1 --pack bare --pack p --strict-model extra.json
shows "fields that the model does not know"

# ---- waivers ----

waivers() { # FILE MEMBERS...: one waiver, with what is mandatory
    cat >"$1" <<JSON
{ "zone": "Asia/Tokyo",
  "waivers": [
    { "id": "W-1", "control": "1.1", "reason": "being replaced", "owner": "net", "approver": "ciso",
      "expires": "2026-11-20"$2 }
  ] }
JSON
}
waivers w.json ', "rule": "low-is-on"'
gives 1 --pack p --waivers w.json low.json # waived, so the control did not pass
shows "WAIVED  1.1/low-is-on"
shows "FAIL without its waiver"
shows "being replaced (owner net, approved by ciso, until the end of 2026-11-20 Asia/Tokyo)"
shows "1 of 1 in effect"
gives 1 --pack p --waivers w.json --as-of 2026-11-21T00:00:00+09:00 low.json
shows "it expired at the end of 2026-11-20 (Asia/Tokyo)"
hides "WAIVED"
gives 1 --pack p --waivers w.json -o json low.json
field '.controls[0].rules[0] | [.status, .original, .waiver.whole, .waiver.by[0].id, .findings[0].waiver]' \
    '["waived","fail",true,"W-1","W-1"]'
field '.waivers | [.file, .sha256]' "[\"w.json\",\"$(sha256sum <w.json | cut -d' ' -f1)\"]"
field '.waivers.entries[0] | [.state, .findings, .rules, .line]' '["in_effect",1,1,3]'
field '.summary.rules | [.pass, .waived, .fail]' '[1,1,0]'
gives 1 --pack p -o json low.json
field '.waivers' null
field '.controls[0].rules[0].waiver' null

# The report with a waiver is the one without, but for what the waiver changes.
"$program" --pack p -o json low.json >without || true
"$program" --pack p --waivers w.json -o json low.json |
    jq 'del(.results[0].waivers) | del(.results[0].summary)
        | .results[0].controls[0] |= (.status = "fail" | .rules[0] |= (.status = .original
        | del(.original) | .waiver = null | del(.findings[0].waiver)))' >with || true
jq 'del(.results[0].summary)' without >plain
cmp -s plain with || complain "a waiver changed more than it should: $(diff plain with | head -5)"

# With another control that passes, the gate opens.
sed 's/One/Two/; s/low-is-on/other-low/; s/high-is-on/other-high/; s/is("low")/is("high")/' p/1.1.lua >p/1.2.lua
gives 0 --pack p --waivers w.json low.json
gives 1 --pack p low.json
waivers w.json ', "rule": "low-is-on", "scope": { "pointer": "/lo" }'
gives 1 --pack p --waivers w.json low.json
shows "it covers nothing that was found"
waivers w.json ', "rule": "low-is-on", "scope": { "pointer": "/low", "value": false }'
gives 0 --pack p --waivers w.json low.json
waivers w.json ', "rule": "low-is-no"'
gives 1 --pack p --waivers w.json low.json
shows "did you mean low-is-on?"
waivers w.json ', "rule": "high-is-on"'
gives 1 --pack p --waivers w.json unknown.json
waivers w.json ', "control": "1.2"'
refused "w.json: line 4, column" --pack p --waivers w.json low.json # twice the same key
waivers w.json ', "rules": "low-is-on"'
refused 'did you mean "rule"?' --pack p --waivers w.json low.json
refused "cannot" --pack p --waivers nowhere.json low.json
refused "--waivers takes a file" --pack p --waivers - low.json
echo '{"waivers": [' >w.json
refused "w.json: line 2, column 1" --pack p --waivers w.json low.json

# What is claimed, not collected or not looked at is told as without waivers.
tenant=$root/fixtures/iad/realistic.json
told='.results[0] | [.uncollected, .claims, .unread, .unread_total, .problems, .required_basis]'
for basis in attested measured; do
    gives 1 -o json --require-basis $basis "$tenant"
    jq "$told" out >without
    gives 1 -o json --require-basis $basis --waivers "$root/fixtures/waivers.json" "$tenant"
    jq "$told" out >with
    cmp -s without with || complain "waivers changed what is told of claims or data: $(diff without with | head -5)"
    [ "$(jq '.results[0].summary.rules.waived' out)" -gt 0 ] || complain "no rule of $tenant is waived"
done

# A pass that rests on too little is unknown, and only a waiver for that covers it.
only=(--only 5.1.1/customer-policy,9.2.3/portal-allow-list)
tenant=$root/fixtures/iad/compliant.json
basis() { # STATUS-THAT-IS-WAIVED
    cat >w.json <<JSON
{ "waivers": [ { "id": "B-1", "control": "5.1.1", "rule": "customer-policy", "status": "$1", "zone": "UTC",
    "reason": "the auditor has seen the paper", "owner": "o", "approver": "a", "expires": "2099-12-31" } ] }
JSON
}
gives 0 "${only[@]}" "$tenant"
gives 0 "${only[@]}" --require-basis attested "$tenant"
gives 1 "${only[@]}" --require-basis measured "$tenant"
basis fail
gives 1 "${only[@]}" --require-basis measured --waivers w.json "$tenant"
basis unknown
gives 0 "${only[@]}" --require-basis measured --waivers w.json -o json "$tenant"
field '.controls[0].rules[0] | [.status, .original, .basis, .waiver.whole]' '["waived","unknown","attested",true]'
field '.controls[] | .status' $'"waived"\n"pass"'
gives 0 "${only[@]}" --waivers w.json "$tenant" # it passes, so there is nothing to waive
shows "it covers nothing that was found"

# A hostile file of waivers harms no terminal.
printf '{"zone":"UTC","waivers":[{"id":"\\u001b[2J","control":"1.1","rule":"low-is-on","reason":"a\\nPASS \\u202e","owner":"\\u0007","approver":"x","expires":"2026-12-01"}]}' >w.json
gives 0 --pack p --waivers w.json low.json
if LC_ALL=C grep -q $'[\x01-\x09\x0b-\x1f\x7f]\|\xe2\x80\xae' out; then
    complain "the report holds what harms a terminal"
fi
grep -q '^PASS *$' out && complain "a reason broke out of its line"

# ---- settings ----

echo '{ "pack": "p", "fail-on": "high", "quiet": true }' >policyeval.json
gives 0 low.json
grep -qx "policyeval: settings of policyeval.json (sha256:$(sha256sum <policyeval.json | cut -c1-16))" err ||
    complain "the configuration file was not announced: $(cat err)"
[ "$(wc -l <out)" -eq 1 ] || complain "quiet was not taken from the file"
gives 0 -o json low.json
field .config "{\"file\":\"policyeval.json\",\"sha256\":\"$(sha256sum <policyeval.json | cut -d' ' -f1)\"}"
gives 1 --fail-on low low.json               # an option is stronger than the file
POLICYEVAL_FAIL_ON=low gives 1 low.json      # so is the environment
POLICYEVAL_FAIL_ON=low gives 0 --fail-on high low.json # and an option stronger than that
POLICYEVAL_QUIET=false gives 0 low.json
[ "$(wc -l <out)" -gt 1 ] || complain "the environment did not turn quiet off"
gives 1 --no-config --pack p low.json
[ ! -s err ] || complain "--no-config announced something: $(cat err)"
gives 0 config
grep -q '^fail-on  *high  *policyeval.json:1:16$' out || complain "config: $(grep fail-on out)"
POLICYEVAL_REQUIRE_BASIS=measured gives 0 config
grep -q '^require-basis  *measured  *POLICYEVAL_REQUIRE_BASIS$' out || complain "config: $(grep basis out)"
grep -q '^jobs  *-  *default$' out || complain "config: $(grep jobs out)"
POLICYEVAL_FAIL_ON=medium gives 0 config
grep -q '^fail-on  *medium  *POLICYEVAL_FAIL_ON$' out || complain "config: $(grep fail-on out)"
POLICYEVAL_FAIL_ON=medium gives 0 config --fail-on low
grep -q '^fail-on  *low  *--fail-on$' out || complain "config: $(grep fail-on out)"
grep -q '^sandbox\|^waivers\|^o ' out && complain "config shows what no file can set"
gives 0 list
shows "1.1"
gives 0 explain 1.1
for name in sandbox waivers o config now no-config help; do
    echo "{ \"$name\": \"x\" }" >policyeval.json
    refused "policyeval.json: line 1, column 3: \"$name\": a configuration file cannot set this" low.json
done
for name in SANDBOX WAIVERS CONFIG; do
    export "POLICYEVAL_$name=off"
    refused "for the command line only" --no-config --pack p low.json
    unset "POLICYEVAL_$name"
done
printf '{\n  "fail_on": "high" }' >policyeval.json
refused 'policyeval.json: line 2, column 3: "fail_on": there is no such setting (did you mean "fail-on"?)' low.json
POLICYEVAL_FAIL_0N=high refused "did you mean that of --fail-on?" --no-config --pack p low.json
POLICYEVAL_FAILURES=high refused "is no setting; policyeval config shows them" --no-config --pack p low.json
POLICYEVAL_Fail_On=high refused "POLICYEVAL_Fail_On is no setting" --no-config --pack p low.json
POLICYEVAL_FAIL_ON='' gives 0 --no-config --pack p --fail-on high low.json
export "POLICYEVAL_$(printf 'A%.0s' {1..200})=1"
refused "POLICYEVAL_$(printf 'A%.0s' {1..60}) is no setting" --no-config --pack p low.json
unset "POLICYEVAL_$(printf 'A%.0s' {1..200})"
POLICYEVAL_STRICT_MODEL=yes refused "1, true, 0 or false" --no-config --pack p low.json
echo '{ "quiet": "yes" }' >policyeval.json
refused "this is true or false" low.json
echo '{ "fail-on": true }' >policyeval.json
refused "this is neither true nor false, but" low.json
echo '{ "nothing-like-it": 1 }' >policyeval.json
refused "there is no such setting" low.json
echo '{ "fail-on": "" }' >policyeval.json
refused "line 1, column 14" low.json
echo '{ "param": {} }' >policyeval.json
refused "line 1, column 12: expected 1 to 1000 values here" low.json
echo '{ "jobs": [1, 2] }' >policyeval.json
refused "this is one value" low.json
echo '{ "fail-on": null }' >policyeval.json
refused "line 1, column 14" low.json
echo '[]' >policyeval.json
refused "a configuration file is one object" low.json
echo '{ "only": [' >policyeval.json
refused "policyeval.json: line 2, column 1" low.json
refused "give one of them" --config policyeval.json --no-config low.json
refused "nowhere.json" --config nowhere.json low.json
mv policyeval.json elsewhere.json
echo '{ "pack": ["p"], "only": ["1.1/high-is-on"], "jobs": 2, "max-age": "7d" }' >elsewhere.json
POLICYEVAL_NOW=$now gives 0 --config elsewhere.json low.json
echo '{ "$schema": "https://example.com/x", "pack": ["p"], "quiet": false }' >schema.json
gives 1 --config schema.json low.json
POLICYEVAL_PACK=$'\np\n' gives 1 --no-config low.json
POLICYEVAL_PACK=$'p\nnowhere' gives 2 --no-config low.json
POLICYEVAL_PARAM=$'no-equals-sign' gives 2 --no-config --pack p low.json
rm elsewhere.json

# A value that cannot be used is told with its place, by check as by config, which tries them all.
refused_both() { # TEXT: of the setting in policyeval.json
    refused "policyeval.json: line 2, column 2: $1" --pack p low.json
    refused "policyeval.json: line 2, column 2: $1" config --pack p
}
while IFS='|' read -r setting wrong; do
    printf '{\n %s }' "$setting" >policyeval.json
    refused_both "$wrong"
done <<'SETTINGS'
"fail-on": "hihg"|"fail-on": takes low, medium, high or critical
"owner": ["customer", "me"]|"owner": takes provider, customer and shared
"max-age": "7 days"|"max-age": takes an age such as 7d
"as-of": "yesterday"|"as-of": not a timestamp
"expect": {"srvice": "iad"}|"expect": takes service=NAME
"param": {"lmit": 3}|"param": the pack p has no parameter lmit
"require-basis": "meas"|"require-basis": takes attested or measured
"only": ["1.1", "1.11"]|"only": 1.11 matches no control
"skip": "high-is-in"|"skip": high-is-in matches no control
"evidence": "many"|"evidence": (all, none or a number) takes a whole number
"jobs": 0|"jobs": takes a whole number from 1 to 1024
"max-bytes": "1k"|"max-bytes": takes a whole number
"color": "blue"|"color": takes auto, always or never
"lang": "fr"|"lang": takes en or ja
SETTINGS
printf '{\n "pack": "nowhere" }' >policyeval.json
refused 'policyeval.json: line 2, column 2: "pack": cannot open the folder' low.json
refused 'policyeval.json: line 2, column 2: "pack": cannot open the folder' config
printf '{ "only": "nothing" }' >policyeval.json
refused '"only": nothing matches no control' list --pack p
POLICYEVAL_FAIL_ON=hihg refused "the environment's POLICYEVAL_FAIL_ON: takes low" --no-config --pack p low.json
POLICYEVAL_FAIL_ON=hihg refused "the environment's POLICYEVAL_FAIL_ON: takes low" config --no-config
refused "policyeval: --fail-on takes low" --no-config --pack p --fail-on hihg low.json
rm policyeval.json

[ "$failed" -eq 0 ] || exit 1
[ "$checks" -ge 82 ] || { echo "gate: only $checks checks ran"; exit 1; }
echo "gate: ok ($checks runs)"
