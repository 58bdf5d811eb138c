# npm_packages.sh: what package-lock.json of tests/validators names, installed; to be sourced.
# SPDX-License-Identifier: Apache-2.0
#
# Reads $root and sets NODE_PATH. Where there is no Node, npm or registry the test that sources it
# ends as skipped, and says why (in CI it fails).
# shellcheck shell=bash

# shellcheck source=skip.sh
. "$root/tests/support/skip.sh"

command -v node >/dev/null || skip "node is not installed"
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || skip "node is older than 20"
command -v npm >/dev/null || skip "npm is not installed"

# Once for each lock: what is there is what the lock says. Several tests may want it at a time.
npm_packages=${PE_BUILD_DIR:-$root/build}/tests/validators
npm_lock=$root/tests/validators/package-lock.json
mkdir -p "$npm_packages"
exec 9>"$npm_packages/lock"
flock 9
if ! cmp -s "$npm_lock" "$npm_packages/installed.json"; then
    rm -f "$npm_packages/installed.json"
    cp "$root/tests/validators/package.json" "$npm_lock" "$npm_packages"
    (cd "$npm_packages" && npm ci --fetch-retries=5 --ignore-scripts --no-audit --no-fund) >"$npm_packages/npm.log" 2>&1 ||
        { tail -n 5 "$npm_packages/npm.log" && skip "npm ci failed"; }
    cp "$npm_lock" "$npm_packages/installed.json"
fi
exec 9>&-
export NODE_PATH=$npm_packages/node_modules
