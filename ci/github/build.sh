#!/usr/bin/env bash
# build.sh: builds policyeval beside its sources, for the action (../../action.yml).
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
cd "$(dirname "$0")/../.."

# A job may judge several times.
[ ! -x build/release/policyeval ] || exit 0

# The log is folded; a failure shows below it.
echo "::group::Build policyeval"
CI=true tools/install-packages.sh demo
cmake --preset release -DBUILD_TESTING=OFF
cmake --build --preset release --target policyeval
echo "::endgroup::"
