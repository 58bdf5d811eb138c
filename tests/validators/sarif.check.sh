#!/usr/bin/env bash
# sarif.check.sh: SARIF 2.1.0 that GitHub's code scanning takes.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
here=$(dirname "$0")
multitool=$NODE_PATH/@microsoft/sarif-multitool-linux/Sarif.Multitool
[ -x "$multitool" ] || chmod u+x "$multitool" # its install script would

node "$here/ajv.cjs" draft4 "$here/../schemas/sarif/sarif-schema-2.1.0.json" "$@"
for file in "$@"; do
    # It ends with 0 whatever it finds: its own log says what it found.
    "$multitool" validate "$file" --rule-kind 'Sarif;Ghas' --output found.sarif --log ForceOverwrite >/dev/null
    jq -r --arg file "$file" '.runs[].results[] | select((.level // "warning") == "error")
        | "\($file): \(.ruleId): \(.message.arguments // .message.text)"' found.sarif >errors
    if [ -s errors ]; then
        cat errors
        exit 1
    fi
    rm -f found.sarif
    # What neither sees, and GitHub refuses or misreads.
    jq -e '[.runs[] | (.tool.driver.rules | map(.id)) as $ids
        | ($ids | length) == ($ids | unique | length),
          (.tool.driver.rules[] | .properties["security-severity"] // "0" | type == "string"),
          (.results[] | ((.kind // "fail") == "fail") and (.message.text // "" | length > 0)
            and ((.locations | length) > 0)
            and all(.locations[].physicalLocation; (.artifactLocation.uri // "" | length > 0
                and (test("^[A-Za-z][A-Za-z0-9+.-]*:|^/") | not)) and .region.startLine >= 1))
        ] | all' "$file" >/dev/null || { echo "$file: GitHub would refuse or misread it" && exit 1; }
done
