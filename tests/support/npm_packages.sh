# npm_packages.sh: what package-lock.json of tests/validators names, installed; to be sourced.
# SPDX-License-Identifier: Apache-2.0
#
# Reads $root and sets NODE_PATH. Where there is no Node, npm or registry the test that sources it
# ends as skipped, and says why.
# shellcheck shell=bash

skip_without_npm() { # WHY
    echo "$(basename "$0" .test.sh): SKIPPED: $1"
    exit 77
}

command -v node >/dev/null || skip_without_npm "node is not installed"
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || skip_without_npm "node is older than 20"
command -v npm >/dev/null || skip_without_npm "npm is not installed"

# Once for each lock: what is there is what the lock says. Several tests may want it at a time.
npm_packages=${PE_BUILD_DIR:-$root/build}/tests/validators
npm_lock=$root/tests/validators/package-lock.json
mkdir -p "$npm_packages"
exec 9>"$npm_packages/lock"
flock 9
if ! cmp -s "$npm_lock" "$npm_packages/installed.json"; then
    rm -f "$npm_packages/installed.json"
    cp "$root/tests/validators/package.json" "$npm_lock" "$npm_packages"
    (cd "$npm_packages" && npm ci --ignore-scripts --no-audit --no-fund) >"$npm_packages/npm.log" 2>&1 ||
        { tail -n 5 "$npm_packages/npm.log" && skip_without_npm "npm ci failed"; }
    cp "$npm_lock" "$npm_packages/installed.json"
fi
exec 9>&-
export NODE_PATH=$npm_packages/node_modules
