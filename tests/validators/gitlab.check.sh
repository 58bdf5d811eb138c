#!/usr/bin/env bash
# gitlab.check.sh: a Code Quality report by the schema that GitLab applies to each of its items.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
here=$(dirname "$0")
node "$here/ajv.cjs" draft7 "$here/../schemas/gitlab/codeclimate.json" --items "$@"
# GitLab drops all but one of those with the same fingerprint, and what has another severity.
for file in "$@"; do
    jq -e '(map(.fingerprint) | length == (unique | length)) and
        all(.[]; (.severity | IN("info", "minor", "major", "critical", "blocker")) and .location.path != "")' \
        "$file" >/dev/null || { echo "$file: GitLab would drop entries" && exit 1; }
done
