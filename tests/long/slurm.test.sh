#!/usr/bin/env bash
# slurm.test.sh: 20,000 snapshots in 40 shards on a Slurm of two nodes; filters, a node and the
# controller are killed. Takes a minute.
# SPDX-License-Identifier: Apache-2.0
#
# usage: slurm.test.sh PROGRAM
#
# Needs munged, mungekey, slurmctld, slurmd, sbatch, squeue and scontrol in PATH (or -wlm behind
# their names) and rights to run them: root. PE_SLURM_PLUGINS: where the plugins are, if elsewhere.
# The daemons are this test's own: other ports, other folders; a Slurm of the host is not touched.
set -euo pipefail

program=$(realpath "$1")
root=$(realpath "${PE_SOURCE_DIR:-$(dirname "$0")/../..}")
source "$root/tests/support/night.sh"

tool() { # NAME
    command -v "$1" || command -v "$1-wlm"
}
for name in munged mungekey slurmctld slurmd slurmstepd sbatch squeue scontrol; do
    tool "$name" >/dev/null || { echo "slurm: SKIPPED: $name is not installed"; exit 77; }
done
[ "$(id -u)" -eq 0 ] || { echo "slurm: SKIPPED: it needs to be root"; exit 77; }

work=$(mktemp -d)
chmod 755 "$work"
cd "$work"
pids=()
finish() {
    local pid
    for pid in "${pids[@]}" $(cat slurmd.*.pid 2>/dev/null); do
        kill -9 "$pid" 2>/dev/null || true
    done
    wait 2>/dev/null || true
    cd /
    rm -rf "$work"
}
trap finish EXIT

fail() {
    echo "slurm: FAILED: $*"
    tail -n 5 slurm*.log task-0.log again-0.log 2>/dev/null || true
    exit 1
}

# Where the daemons cannot live (no loopback names, no cgroups as they want them), nothing of ours
# can be tried.
cannot() {
    tail -n 5 ./*.log munge/log 2>/dev/null || true
    echo "slurm: SKIPPED: $*"
    exit 77
}

# ---- a cluster ----

mkdir -p munge state spool.n1 spool.n2
chmod 700 munge
"$(tool mungekey)" --create --keyfile munge/key
"$(tool munged)" --foreground --force --key-file munge/key --socket munge/socket \
    --pid-file munge/pid --log-file munge/log --seed-file munge/seed >munged.log 2>&1 &
pids+=($!)
wait_until 10 test -S munge/socket || cannot "munged does not start"
host=$(uname -n)
port=$((20000 + $$ % 20000))
cat >slurm.conf <<CONF
ClusterName=policyeval
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket,cred_expire=5
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$work/state
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.%n.pid
SlurmdSpoolDir=$work/spool.%n
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
SlurmdTimeout=10
RequeueExit=75
MaxArraySize=1001
${PE_SLURM_PLUGINS:+PluginDir=$PE_SLURM_PLUGINS}
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 1)) CPUs=2 State=UNKNOWN
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 2)) CPUs=2 State=UNKNOWN
PartitionName=all Nodes=n1,n2 Default=YES State=UP OverSubscribe=NO
CONF
export SLURM_CONF=$work/slurm.conf PE_NIGHT=$work
start_controller() {
    "$(tool slurmctld)" -D -f slurm.conf >>ctld.out.log 2>&1 &
    controller=$!
    pids+=("$controller")
}
start_controller
declare -A node
start_node() { # NAME
    "$(tool slurmd)" -D -N "$1" -f slurm.conf -d "$(tool slurmstepd)" >>"$1.out.log" 2>&1 &
    node[$1]=$!
    pids+=("${node[$1]}")
}
start_node n1
start_node n2
idle() {
    [ "$(scontrol show nodes | grep -c 'State=IDLE')" -eq 2 ]
}
wait_until 60 idle || cannot "the nodes do not come up"

# ---- a job array ----

make_night 0.5
export PATH=$work/bin:$PATH
submit() { # NAME OPTION...
    sbatch "${@:2}" --parsable --array=0-39 --mem=0 --output="$work/$1-%a.log" \
        "$root/fleet/slurm/nightly.sbatch" "$work/shards" "$work/results" "${options[@]}" >job
}
submit task
wait_until 60 some_done || fail "no shard is done: $(squeue)"

kill_filters 3
# A node dies with what runs on it, and so does the controller; both come back.
kill -9 "${node[n2]}" "$controller"
sleep 1
start_controller
start_node n2
up() {
    [ "$(scontrol show nodes | grep -cE 'State=(IDLE|ALLOCATED|MIXED)')" -eq 2 ]
}
wait_until 60 up || fail "the nodes do not come back: $(scontrol show nodes)"
scontrol reconfigure # nodes tell now what runs on them, not after minutes
# A controller that was killed may have given a task's number twice. Slurm then drains the node and
# holds the task, until whoever runs the cluster has looked.
over() {
    local left
    left=$(squeue --noheader --array --format=%A) || return 1
    [ -n "$left" ] || return 0
    scontrol update NodeName=n1,n2 State=RESUME
    scontrol release "${left//$'\n'/,}"
    return 1
}
wait_until 180 over || fail "the array does not end: $(squeue)"
if [ "$(done_shards)" -lt 40 ]; then # as the script says: once more for what is missing
    echo "slurm: $(done_shards) of 40 shards after the first array"
    submit again --wait || fail "the second array fails"
fi

# ---- what came of it ----

check_night
[ "$(find results -type f ! -name '*.tmp.*' | wc -l)" -eq 80 ] || fail "other files are left"
echo "slurm: ok (40 shards, 20000 lines; $killed filters, a node and the controller killed)"
