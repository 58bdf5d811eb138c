#!/usr/bin/env bash
# html.test.sh: the HTML report in a real browser, and before outside validators.
# SPDX-License-Identifier: Apache-2.0
#
# axe-core, html-validate and vnu come by tests/validators/html/package-lock.json into the build
# folder. PE_SHOTS=FOLDER keeps pictures of the pages and what is printed: look at them after a
# change of the style sheet.
set -euo pipefail

program=$(realpath "$1")
root=$(realpath "${PE_SOURCE_DIR:-$(dirname "$0")/../..}")
validators=$root/tests/validators/html
installed=${PE_BUILD_DIR:-$root/build}/validators-html

# shellcheck source=../support/skip.sh
. "$root/tests/support/skip.sh"
for tool in node npm; do
    command -v "$tool" >/dev/null || skip "$tool is not installed"
done
node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' ||
    skip 'Node.js is older than 20'
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
    skip 'no Chromium is installed'
mkdir -p "$installed"
if ! cmp -s "$validators/package-lock.json" "$installed/package-lock.json"; then
    cp "$validators/package.json" "$installed/"
    (cd "$installed" && cp "$validators/package-lock.json" new.json && cp new.json package-lock.json &&
        npm ci --fetch-retries=5 --ignore-scripts --no-audit --no-fund --loglevel=error) ||
        { rm -f "$installed/package-lock.json"; skip 'npm could not install the validators'; }
fi

cd "$root"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
page() { # NAME WANTED-STATUS, then the arguments of policyeval
    local name=$1 want=$2 status=0
    shift 2
    "$program" -o "html:$work/$name.html" "$@" || status=$?
    [ "$status" -eq "$want" ] || { echo "html: $name ended with status $status"; exit 1; }
}
page compliant 0 --lang en fixtures/iad/compliant.json
page realistic 1 --lang ja fixtures/ctx/realistic.json
page several 1 --only 9.2.3,14.1.1 fixtures/*/{compliant,realistic}.json
page nothing 1 --only 9.4.1/session-channels --lang ja fixtures/iad/compliant.json
for string in '"><script>alert(1)</script><img src=x onerror=alert(1)>' "$(printf 'w%.0s' {1..800})"; do
    python3 "$root/tests/format_html.test.py" "$program" "$string" >"$work/hostile-${#string}.html"
done
page selected 0 --only 10.1.1 --param max_addresses=8192 --only 9.2.3 fixtures/iad/compliant.json

"$installed/node_modules/.bin/html-validate" --config "$validators/.htmlvalidate.json" "$work"/*.html
if command -v java >/dev/null; then
    java -jar "$installed/node_modules/vnu-jar/build/dist/vnu.jar" --errors-only "$work"/*.html
else
    [ "${CI:-}" != true ] || skip 'java is not installed, which vnu wants'
    echo 'html: vnu SKIPPED: java is not installed'
fi

# They do find what is wrong.
sed 's/<h2 /<h7 /' "$work/nothing.html" >"$work/broken.html"
! "$installed/node_modules/.bin/html-validate" --config "$validators/.htmlvalidate.json" \
    "$work/broken.html" >/dev/null || { echo 'html: html-validate finds nothing'; exit 1; }
sed 's/--soft: #566070/--soft: #cccccc/' "$work/nothing.html" >"$work/pale.html"
export NODE_PATH=$installed/node_modules
! node "$validators/look.cjs" "$chromium" "$work/pale.html" >"$work/log" 2>&1 ||
    { echo 'html: axe-core finds nothing'; exit 1; }
grep -q 'color-contrast' "$work/log" || { cat "$work/log"; exit 1; }
rm "$work"/{broken,pale}.html

node "$validators/look.cjs" "$chromium" ${PE_SHOTS:+--shots "$PE_SHOTS"} "$work"/*.html
