#!/usr/bin/env bash
# markdown.check.sh: Markdown without what linters complain about.
# SPDX-License-Identifier: Apache-2.0
#
# Lines may be long (MD013), and two snapshots have headings alike (MD024).
set -euo pipefail
cat >.markdownlint.json <<'CONFIG'
{ "default": true, "MD013": false, "MD024": { "siblings_only": true } }
CONFIG
mkdir -p pages
for file in "$@"; do
    rm -f pages/*
    cp -- "$file" pages/page.md
    node "$NODE_PATH/markdownlint-cli2/markdownlint-cli2-bin.mjs" pages/page.md >log 2>&1 ||
        { echo "$file:" && grep -F pages/page.md log && exit 1; }
done
