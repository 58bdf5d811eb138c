#!/usr/bin/env bash
# style.test.sh: the layout of the sources, and what must not be in them.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail

cd "${PE_SOURCE_DIR:-$(dirname "$0")/..}"
failed=0

complain() {
    echo "style: $*"
    failed=1
}

# Runs a tool that a developer may lack, but CI must have.
with_tool() { # TOOL ARGUMENT...
    if command -v "$1" >/dev/null; then
        "$@" || complain "$1 complains (see above)"
    elif [ "${CI:-}" = true ]; then
        complain "$1 is not installed"
    else
        echo "style: SKIPPED: $1 is not installed"
    fi
}

# Every file of the project, those not yet committed too; not what is ignored.
all_files() {
    if [ -e .git ]; then
        git ls-files -z --cached --others --exclude-standard
    else
        find . -path ./build -prune -o -type f -print0
    fi | while IFS= read -r -d '' file; do
        [ ! -f "$file" ] || printf '%s\0' "$file"
    done
}

select_files() { # REGEX: of all files, those whose path matches; inputs of tests never do
    all_files | grep -zvE '(^|/)(fixtures|corpus|golden|json)/.*\.json$|(^|/)corpus/' |
        grep -zE "$1" || true
}

mapfile -d '' -t c_files < <(select_files '(^|/)(engine|include|tests|tools)/.*\.[ch]$')
mapfile -d '' -t lua_files < <(select_files '(^|/)(policies|fixtures/packs|tests/bench/pack)/.*\.lua$')
mapfile -d '' -t text_files < <(select_files \
    '\.(c|h|lua|sh|py|cmake|md|1|yml|yaml)$|(^|/)(CMakeLists\.txt|CMakePresets\.json|Makefile|run|\.[a-z-]+|LICENSE|NOTICE)$')

[ ${#c_files[@]} -gt 0 ] || complain "there are no C files"
[ ${#c_files[@]} -eq 0 ] || with_tool clang-format --dry-run -Werror "${c_files[@]}"
[ ${#lua_files[@]} -eq 0 ] || with_tool luacheck --quiet --no-color "${lua_files[@]}"

for file in ${text_files[@]+"${text_files[@]}"}; do
    [ -s "$file" ] || continue
    [ -z "$(tail -c 1 "$file")" ] || complain "$file: no newline at its end"
    case "$file" in
    Makefile) ;;
    *) ! grep -nP '\t' "$file" /dev/null || complain "$file: a tab" ;;
    esac
    ! grep -nP '\r$|[ ]+$' "$file" /dev/null || complain "$file: space at the end of a line"
    # What says how it is run can be run as the documentation writes it.
    case "$file" in
    *.sh | *.py)
        read -r -n 2 first <"$file" || true
        [ "$first" != '#!' ] || [ -x "$file" ] || complain "$file: begins with #! and is not executable"
        ;;
    esac
    # Paths of somebody's machine.
    ! grep -nE '(^|[^[:alnum:]_}.])/(work|home/[a-z]+|Users/[A-Za-z]+)/' "$file" /dev/null ||
        complain "$file: a path of somebody's machine"
done

[ "$failed" -eq 0 ] || exit 1
echo "style: ok (${#c_files[@]} C files, ${#lua_files[@]} Lua files, ${#text_files[@]} texts)"
