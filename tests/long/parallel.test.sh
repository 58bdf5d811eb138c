#!/usr/bin/env bash
# parallel.test.sh: 20,000 snapshots in 40 shards by GNU parallel on two hosts; filters are killed, and
# one host goes away. Takes half a minute.
# SPDX-License-Identifier: Apache-2.0
#
# usage: parallel.test.sh PROGRAM
#
# The hosts are two sshd of this test's own, on loopback, with keys of its own; a sshd of the host is
# not touched. Needs parallel, ssh, sshd and rights to run it: root.
set -euo pipefail

program=$(realpath "$1")
root=$(realpath "${PE_SOURCE_DIR:-$(dirname "$0")/../..}")
source "$root/tests/support/night.sh"
export PATH=$PATH:/usr/sbin
for name in parallel ssh sshd ssh-keygen; do
    command -v "$name" >/dev/null || { echo "parallel: SKIPPED: $name is not installed"; exit 77; }
done
[ "$(id -u)" -eq 0 ] || { echo "parallel: SKIPPED: it needs to be root"; exit 77; }

work=$(mktemp -d)
cd "$work"
made_folder=
[ -d /run/sshd ] || { mkdir /run/sshd && made_folder=1; }
declare -A host=()
night=
with_children() { # PID: it and all below it
    local child children=()
    echo "$1"
    read -ra children 2>/dev/null <"/proc/$1/task/$1/children" || true
    for child in ${children[@]+"${children[@]}"}; do
        with_children "$child"
    done
}
kill_tree() { # PID
    local pid
    for pid in $(with_children "$1"); do
        kill -9 "$pid" 2>/dev/null || true
    done
}
finish() {
    local pid
    for pid in $night "${host[@]}"; do
        kill_tree "$pid"
    done
    wait 2>/dev/null || true
    [ -z "$made_folder" ] || rmdir /run/sshd 2>/dev/null || true
    cd /
    rm -rf "$work"
}
trap finish EXIT

fail() {
    echo "parallel: FAILED: $*"
    tail -n 5 ./*.log 2>/dev/null || true
    exit 1
}

# ---- two hosts ----

ssh-keygen -q -t ed25519 -N '' -f key
port=$((20000 + $$ % 20000))
for name in n1 n2; do
    port=$((port + 1))
    ssh-keygen -q -t ed25519 -N '' -f "$name.key"
    cat >"$name.conf" <<CONF
ListenAddress 127.0.0.1
Port $port
HostKey $work/$name.key
PidFile none
AuthorizedKeysFile $work/key.pub
StrictModes no
UsePAM no
PermitRootLogin yes
MaxStartups 100
CONF
    cat >>ssh.conf <<CONF
Host $name
HostName 127.0.0.1
Port $port
User root
IdentityFile $work/key
IdentitiesOnly yes
StrictHostKeyChecking no
UserKnownHostsFile $work/known
LogLevel ERROR
CONF
    "$(command -v sshd)" -D -e -f "$name.conf" >"$name.log" 2>&1 &
    host[$name]=$!
done
for name in n1 n2; do
    wait_until 20 ssh -F ssh.conf "$name" true || fail "there is no host $name"
done

# ---- a night ----

make_night 0.2
(
    # where ssh has no answer, the shard is tried again, on the other host if there is one
    seq 0 39 | PARALLEL_HOME=$work parallel --retries 10 --joblog jobs.log \
        --sshlogin "2/ssh -F $work/ssh.conf n1" --sshlogin "2/ssh -F $work/ssh.conf n2" \
        env POLICYEVAL="$work/bin/policyeval" PE_NIGHT="$work" \
        "$root/fleet/policyeval-shard" -n '{}' "$work/shards" "$work/results" -- "${options[@]}"
) >night.log 2>&1 &
night=$!
wait_until 60 some_done || fail "no shard is done"

kill_filters 5
kill_tree "${host[n2]}" # with what runs there
unset 'host[n2]'
status=0
wait "$night" || status=$?
night=
[ "$status" -eq 0 ] || fail "parallel ended with $status"

check_night
echo "parallel: ok (40 shards, 20000 lines; $killed filters and a host killed)"
