#!/usr/bin/env bash
# shard.test.sh: policyeval-shard writes a result whole or not at all, whatever ends policyeval.
# SPDX-License-Identifier: Apache-2.0
#
# usage: shard.test.sh PROGRAM
set -euo pipefail

program=$(realpath "$1")
root=$(realpath "${PE_SOURCE_DIR:-$(dirname "$0")/..}")
shard=$root/fleet/policyeval-shard
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
checks=0
failed=0
unset SLURM_ARRAY_TASK_ID JOB_COMPLETION_INDEX AWS_BATCH_JOB_ARRAY_INDEX

complain() {
    echo "shard: FAILED: $*"
    failed=$((failed + 1))
}

wants() { # STATUS COMMAND...
    local want=$1 status=0
    shift
    checks=$((checks + 1))
    timeout 120 "$@" >out 2>err || status=$?
    [ "$status" -eq "$want" ] || complain "$*: status $status, not $want: $(head -c 600 err)"
}

same() { # FILE FILE WHAT
    checks=$((checks + 1))
    cmp -s "$1" "$2" || complain "$3"
}

# ---- a small pack, and shards ----

mkdir pack shards
cat >pack/pack.lua <<'LUA'
return { id = "small", title = "Small", edition = "1", version = "1", tenant = "/tenant" }
LUA
cat >pack/1.1.lua <<'LUA'
return {
  title = "Small", severity = "low", owner = "customer", references = { "none" },
  rules = { { id = "good", title = "Good", fix = "-", check = function(s)
    ensure(s.good, s, "it is not good")
  end } },
}
LUA
for i in 0 1 2; do
    for j in 1 2 3 4 5 6 7 8 9; do
        echo "{\"tenant\":\"t$i$j\",\"good\":$([ "$j" -lt 7 ] && echo true || echo false)}"
    done >"shards/s$i.ndjson"
done
printf '{"tenant":"last","good":true}' >>shards/s2.ndjson
export POLICYEVAL=$program
options=(-- --pack "$work/pack" --sandbox=require)
for i in 0 1 2; do
    "$program" --ndjson --pack pack <"shards/s$i.ndjson" >"wanted$i"
done

# ---- one file, and the index of a scheduler ----

wants 0 "$shard" shards/s0.ndjson r0 "${options[@]}"
same r0 wanted0 "one file"
wants 0 "$shard" -n 1 shards results "${options[@]}"
same results/s1.ndjson wanted1 "-n 1"
wants 0 env JOB_COMPLETION_INDEX=2 "$shard" shards results "${options[@]}"
same results/s2.ndjson wanted2 "JOB_COMPLETION_INDEX, and a last line without its end"
wants 0 env SLURM_ARRAY_TASK_ID=0 "$shard" shards results "${options[@]}"
same results/s0.ndjson wanted0 "SLURM_ARRAY_TASK_ID"
rm -r results
wants 0 env AWS_BATCH_JOB_ARRAY_INDEX=1 "$shard" shards results "${options[@]}"
same results/s1.ndjson wanted1 "AWS_BATCH_JOB_ARRAY_INDEX"
[ "$(ls results)" = "s1.ndjson
s1.ndjson.done" ] || complain "other files are left: $(ls results)"
: >empty.ndjson
wants 0 "$shard" empty.ndjson r.empty "${options[@]}"
same r.empty empty.ndjson "an empty shard has an empty result"

# ---- what is done, and what is not any more ----

before=$(stat -c %i:%Y r0)
wants 0 "$shard" shards/s0.ndjson r0 "${options[@]}"
grep -q 'is done' err || complain "what is done is done again"
[ "$before" = "$(stat -c %i:%Y r0)" ] || complain "what is done was written again"
echo >>r0
wants 0 "$shard" shards/s0.ndjson r0 "${options[@]}"
same r0 wanted0 "a result that was changed is made again"
wants 64 "$shard" shards/s0.ndjson r0 "${options[@]}" --skip no-such-thing
wants 0 "$shard" shards/s0.ndjson r0 "${options[@]}" --quiet
"$program" --ndjson --pack pack --quiet <shards/s0.ndjson >quiet0
same r0 quiet0 "another form is made again"
wants 0 "$shard" shards/s0.ndjson r0 "${options[@]}" --jobs 2 --quiet
grep -q 'is done' err || complain "with another number of jobs what is done is done again"
wants 0 "$shard" shards/s0.ndjson r0 "${options[@]}" --max-line 28
grep -q 'longer than 28 bytes' r0 || complain "with another limit it is not made again"
wants 0 "$shard" shards/s0.ndjson r0 "${options[@]}" -q --jobs=2
same r0 quiet0 "a short option makes another form too"
cp shards/s0.ndjson changed.ndjson
wants 0 "$shard" changed.ndjson r1 "${options[@]}"
echo '{"tenant":"new","good":true}' >>changed.ndjson
wants 0 "$shard" changed.ndjson r1 "${options[@]}"
[ "$(wc -l <r1)" -eq 10 ] || complain "a shard that was changed is not judged again"

# ---- what does not help, and what may ----

wants 64 "$shard"
wants 0 "$shard" --help
[ -s out ] && [ ! -s err ] || complain "--help does not print the usage"
wants 64 "$shard" shards results "${options[@]}"
wants 64 "$shard" -n x shards results "${options[@]}"
wants 66 "$shard" -n 3 shards results "${options[@]}"
wants 66 "$shard" none.ndjson r2 "${options[@]}"
wants 78 "$shard" shards/s0.ndjson r2 -- --pack none
wants 64 "$shard" shards/s0.ndjson r2 -- --no-such-option
[ ! -e r2 ] || complain "a result of nothing"
wants 75 env POLICYEVAL="$work/none" "$shard" shards/s0.ndjson r2 "${options[@]}"
! ls ./*.tmp.* 2>/dev/null || complain "temporary files are left"

# ---- lines that end the program ----

# Dies before it answers a line that has the word; every line before it is answered.
cat >fragile <<'SH'
#!/usr/bin/env bash
set -u
echo x >>"$RUNS"
lines=$(cat; echo .)
lines=${lines%.}
good=$(awk -v word="$WORD" 'index($0, word) { exit } { print }' <<<"${lines%$'\n'}")
if [ "$good" = "${lines%$'\n'}" ]; then
    printf %s "$lines" | "$REAL" "$@"
    exit
fi
[ -z "$good" ] || printf '%s\n' "$good" | "$REAL" "$@"
printf '{"schema":"half a line'
kill -"$SIGNAL" $$
SH
chmod +x fragile
export REAL=$program RUNS=$work/runs SIGNAL=SEGV
fragile() { # STATUS WORD RESULT
    : >runs
    wants "$1" env WORD="$2" POLICYEVAL="$work/fragile" "$shard" shards/s0.ndjson "$3" "${options[@]}"
}

lines_but() { # FILE LINE...: the file without these lines
    local file=$1 line
    shift
    for line in "$@"; do set -- "$@" -e "${line}d"; shift; done
    sed "$@" "$file"
}

fragile 0 t05 r5
lines_but r5 5 >got
lines_but wanted0 5 >wanted
same got wanted "the other lines of a shard that has one that crashes"
sed -n 5p r5 | grep -q '"line":5,.*"verdict":"error".*status 139' || complain "line 5: $(sed -n 5p r5)"
digest=$(sed -n 5p shards/s0.ndjson | tr -d '\n' | sha256sum)
sed -n 5p r5 | grep -q "\"sha256\":\"${digest%% *}\"" || complain "the digest of line 5"
[ "$(wc -l <runs)" -le 6 ] || complain "$(wc -l <runs) runs for one line that crashes"
fragile 0 t01 r6
lines_but r6 1 >got
lines_but wanted0 1 >wanted
same got wanted "a crash at the first line"
fragile 0 t09 r7
lines_but r7 9 >got
lines_but wanted0 9 >wanted
same got wanted "a crash at the last line"
fragile 75 tenant r8 # every line: it is not the lines' fault
[ ! -e r8 ] || complain "a result though every line crashes"
SIGNAL=TERM
fragile 143 t05 r9
[ ! -e r9 ] || complain "a result though it was ended"

# Killed at random: the result is the same.
cat >mortal <<'SH'
#!/usr/bin/env bash
"$REAL" "$@" <&0 &
[ -e "$WORK/spared" ] || { [ ! -e "$WORK/once" ] || { touch "$WORK/spared"; kill -9 $! $$; }; }
touch "$WORK/once"
wait $!
SH
chmod +x mortal
wants 0 env WORK="$work" POLICYEVAL="$work/mortal" "$shard" shards/s0.ndjson r10 "${options[@]}"
same r10 wanted0 "killed once, the result is the same"

# ---- told to end ----

# Its input never comes, and never ends: descriptor 9 is a writer that writes nothing.
mkfifo never
exec 9<>never
cat >endless <<'SH'
#!/usr/bin/env bash
case " $* " in *" --expect-policies "*) ;; *) exec "$REAL" "$@" ;; esac
"$REAL" "$@" <"$WORK/never" 9>&- &
trap 'kill $!; exit 143' TERM
wait
SH
chmod +x endless
WORK=$work POLICYEVAL=$work/endless "$shard" shards/s0.ndjson r11 "${options[@]}" 2>err 9>&- &
pid=$!
for _ in $(seq 100); do
    ! ls r11.tmp.* >/dev/null 2>&1 || break
    sleep 0.05
done
sleep 0.3
kill -TERM "$pid"
status=0
wait "$pid" || status=$?
checks=$((checks + 1))
[ "$status" -eq 143 ] || complain "SIGTERM: status $status"
! ls r11* 2>/dev/null || complain "SIGTERM: files are left"
exec 9>&-

# ---- what is shipped beside it ----

if command -v shellcheck >/dev/null; then
    shellcheck "$shard" "$root/fleet/slurm/nightly.sbatch" || complain "shellcheck complains"
else
    echo "shard: SKIPPED: shellcheck is not installed"
fi
mkdir bin
ln -s "$shard" "$program" bin/
wants 64 bash "$root/fleet/slurm/nightly.sbatch" shards
wants 0 env PATH="$work/bin:$PATH" SLURM_ARRAY_TASK_ID=1 SLURM_CPUS_PER_TASK=2 \
    bash "$root/fleet/slurm/nightly.sbatch" shards slurm --pack "$work/pack"
same slurm/s1.ndjson wanted1 "the script of Slurm"

[ "$failed" -eq 0 ] || { echo "shard: $failed of $checks checks failed"; exit 1; }
echo "shard: ok ($checks checks)"
