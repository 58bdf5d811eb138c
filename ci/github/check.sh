#!/usr/bin/env bash
# check.sh: judges snapshots within GitHub Actions: annotations in the log, a page in the job's
# summary, the files that were asked for. Ends with policyeval's own status.
# SPDX-License-Identifier: Apache-2.0
#
# Reads the action's inputs from PE_SNAPSHOTS, PE_PACKS, PE_OUTPUTS, PE_LANGUAGE, PE_OPTIONS and
# PE_PROGRAM (../../action.yml). Nothing of them is ever part of a command's text.
set -euo pipefail

program=${PE_PROGRAM:-$(dirname "$0")/../../build/release/policyeval}
arguments=()
snapshots=()

# Calls a function for each line that is not blank, without the blanks at its ends.
each_line() { # FUNCTION TEXT
    local line
    while IFS= read -r line; do
        line=${line#"${line%%[![:space:]]*}"}
        line=${line%"${line##*[![:space:]]}"}
        [ -z "$line" ] || "$1" "$line"
    done <<<"$2"
}

# A pattern that nothing matches stays as it is, and policyeval says that there is no such file.
add_snapshot() {
    local found=()
    [ -e "$1" ] || mapfile -t found < <(compgen -G "$1" | LC_ALL=C sort)
    [ "${#found[@]}" -gt 0 ] || found=("$1")
    snapshots+=("${found[@]}")
}
add_pack() { arguments+=(--pack "$1"); }
add_output() { arguments+=(-o "$1"); }
add_option() { arguments+=("$1"); }

each_line add_snapshot "${PE_SNAPSHOTS:-}"
each_line add_pack "${PE_PACKS:-}"
each_line add_output "${PE_OUTPUTS:-}"
each_line add_option "${PE_OPTIONS:-}"
arguments+=(--lang "${PE_LANGUAGE:-en}")

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
"$program" check "${arguments[@]}" -o github -o "markdown:$work/summary.md" \
    -- ${snapshots[@]+"${snapshots[@]}"} || status=$?
[ ! -e "$work/summary.md" ] || cat "$work/summary.md" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
echo "status=$status" >>"${GITHUB_OUTPUT:-/dev/null}"
exit "$status"
