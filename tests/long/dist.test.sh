#!/usr/bin/env bash
# dist.test.sh: the release archive is the same bytes from two folders, and what is in it works.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail

root=$(realpath "${PE_SOURCE_DIR:-$(dirname "$0")/../..}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "dist: $*"
    exit 1
}
git -C "$root" rev-parse --git-dir >/dev/null 2>&1 || { echo 'dist: skipped: not a git checkout'; exit 77; }

export SOURCE_DATE_EPOCH=1767225600
sums=()
for place in "$work/one" "$work/another and much longer folder"; do
    git clone -q "$root" "$place"
    (umask "$([ ${#sums[@]} -eq 0 ] && echo 022 || echo 077)" && "$place/tools/dist.sh") \
        >"$work/log" 2>&1 || fail "$(tail -5 "$work/log")"
    archive=("$place"/dist/*.tar.gz)
    sums+=("$(sha256sum <"${archive[0]}")")
    (cd "$place/dist" && sha256sum --check --quiet ./*.sha256) || fail 'the digest beside it is another'
done
[ "${sums[0]}" = "${sums[1]}" ] || fail 'two folders give two archives'

mkdir "$work/use"
tar -xzf "${archive[0]}" -C "$work/use"
cd "$work/use"/policyeval-*
for file in bin/policyeval share/man/man1/policyeval.1 share/doc/policyeval/LICENSE \
    share/bash-completion/completions/policyeval share/policyeval/fixtures/iad/compliant.json; do
    [ -s "$file" ] || fail "the archive has no $file"
done
file -L bin/policyeval 2>/dev/null | grep -q 'dynamically linked' && fail 'the program is not static'
env -i bin/policyeval --quiet share/policyeval/fixtures/iad/compliant.json >/dev/null ||
    fail 'the program in the archive does not judge'
env -i bin/policyeval test share/policyeval/policies/iso27017 \
    --fixtures share/policyeval/fixtures >/dev/null || fail "the pack's tests do not pass from it"
echo "dist: ${sums[0]%% *}, twice"
