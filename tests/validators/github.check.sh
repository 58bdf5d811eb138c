#!/usr/bin/env bash
# github.check.sh: workflow commands are those that @actions/core writes.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
node "$(dirname "$0")/github.mjs" "$@"
