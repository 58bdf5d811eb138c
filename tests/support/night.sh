# night.sh: 20,000 snapshots in 40 shards, for tests of engines that share them out; to be sourced by
# a test that has set program, root, work and fail.
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154

wait_until() { # SECONDS COMMAND...
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.2
    done
}

# In the working folder: shards, a pack, and in bin/ a policyeval that pauses after every 100 lines,
# so that it can be killed.
make_night() { # PAUSE
    local i
    mkdir bin pack shards
    ln -s "$root/fleet/policyeval-shard" bin/
    cat >bin/policyeval <<SH
#!/bin/sh
awk '{ print } NR % 100 == 0 { fflush(); system("sleep $1") }' | "$program" "\$@"
SH
    chmod +x bin/policyeval
    cat >pack/pack.lua <<'LUA'
return { id = "small", title = "Small", edition = "1", version = "1", tenant = "/tenant" }
LUA
    cat >pack/1.1.lua <<'LUA'
return {
  title = "Small", severity = "low", owner = "customer", references = { "none" },
  rules = { { id = "ports", title = "Ports", fix = "-", check = function(s)
    for _, host in ipairs(s.hosts) do ensure(host.port ~= 23, host, "it offers telnet") end
  end } },
}
LUA
    for i in $(seq -w 0 39); do
        awk -v shard="$i" 'BEGIN {
            for (i = 0; i < 500; i++) {
                printf "{\"tenant\":\"t%s-%d\",\"hosts\":[", shard, i
                for (j = 0; j < 20; j++)
                    printf "%s{\"id\":\"h%d\",\"port\":%d}", j ? "," : "", j, (i + j) % 97
                print "]}"
            }
        }' >"shards/s$i.ndjson"
    done
    options=(--quiet --pack "$work/pack")
}

done_shards() {
    find results -name '*.done' 2>/dev/null | wc -l
}
some_done() {
    [ "$(done_shards)" -ge 3 ]
}

# Filters of this test and no others: by the variable PE_NIGHT that they have from it.
killed=0
kill_filter() {
    local process
    for process in /proc/[0-9]*; do
        if [ "$(readlink "$process/exe" 2>/dev/null)" = "$program" ] &&
            grep -qxzF "PE_NIGHT=$work" "$process/environ" 2>/dev/null &&
            kill -9 "${process#/proc/}" 2>/dev/null; then
            killed=$((killed + 1))
            return 0
        fi
    done
    return 1
}
kill_filters() { # NUMBER
    local i
    for ((i = 0; i < $1; i++)); do
        wait_until 20 kill_filter || fail "there is no filter to kill"
    done
}

# Every line is there once, and what one process says of it.
check_night() {
    [ "$(done_shards)" -eq 40 ] || fail "$(done_shards) of 40 shards are done"
    cat shards/*.ndjson | "$program" --ndjson "${options[@]}" | sed 's/"line":[0-9]*/"line":0/' >wanted
    cat results/*.ndjson | sed 's/"line":[0-9]*/"line":0/' >got
    cmp wanted got || fail "other results than of one process"
    [ "$(wc -l <got)" -eq 20000 ] || fail "$(wc -l <got) lines of 20000"
    "$program" merge --lang en results/*.ndjson >report
    grep -q '^20000 tenants: ' report || fail "merge: $(head -n 1 report)"
}
