#!/usr/bin/env bash
# layers.test.sh: includes point one way, and lua.h stays in engine/lua.
# SPDX-License-Identifier: Apache-2.0
#
# A file may include what is in its own layer or in one further down in the numbers. The table
# below says which layer a module (engine/MODULE.c and .h, or a folder) is in.
set -euo pipefail

root=${PE_SOURCE_DIR:-$(cd "$(dirname "$0")/.." && pwd)}

# layer, then its modules; MODULE_part.c is a part of its module
layers=(
    '0 policyeval base'
    '1 json place encoding crosscheck splice changes repeated ids words say frame lib secret edit wall'
    '2 snapshot model format unread'
    '3 trace pack param applies attest claim area verdict gate waiver_cover'
    '4 lua'
    '5 judge schema skeleton fields tally wire entries coverage test_base test_run mutant mutate saved worker'
    '6 pack_builtin api input pack_files child decode claims ask waiver settings heads assemble catalogue describe testing mutating slot job ndlines stream fleet run_load run_attach compare'
    '7 report render'
    '8 cmd'
    '9 main'
)
# These may include only what is listed, and themselves: the pure helpers know nothing of the
# engine; reports and commands are clients of the API, and commands print on a report's page.
only_lib='base policyeval'
only_report='base policyeval words say frame'
only_cmd='base policyeval words report'
only_main='base policyeval cmd'

declare -A layer_of
for line in "${layers[@]}"; do
    for module in ${line#* }; do
        layer_of[$module]=${line%% *}
    done
done

# Functions that are called for every include answer in $reply: a subshell each would take long.

module_of() { # path relative to engine/ or include/: its folder, or its name
    reply=${1%.*}
    case "$1" in
    */*) reply=${1%%/*} ;;
    *_*) [ -n "${layer_of[$reply]:-}" ] || reply=${reply%%_*} ;;
    esac
}

# The path of an include, relative to engine/ or include/; empty if no such file exists.
resolve() { # TREE FILE INCLUDE
    local tree=$1 path=$3
    [[ "$2" != */* ]] || path=${2%/*}/$3
    if [ -f "$tree/engine/$path" ]; then
        while [[ "$path" =~ ^(.*/)?[^/]+/\.\./(.*)$ ]]; do
            path=${BASH_REMATCH[1]}${BASH_REMATCH[2]}
        done
        reply=$path
    elif [ -f "$tree/include/$3" ] || [ -f "$tree/engine/$3" ]; then
        reply=$3
    else
        reply=
    fi
}

# Why FILE may not include TARGET; empty if it may.
judge() { # FILE TARGET
    local from to only
    module_of "$1" && from=$reply
    module_of "$2" && to=$reply
    reply=
    [ "$from" != "$to" ] || return 0
    case "$from" in
    lib) only=$only_lib ;;
    report) only=$only_report ;;
    cmd) only=$only_cmd ;;
    main) only=$only_main ;;
    *) only= ;;
    esac
    if [ -n "$only" ]; then
        [[ " $only " == *" $to "* ]] || reply="engine/$from may include only: $only"
    elif [ -z "${layer_of[$to]:-}" ]; then
        reply="engine/$to is in no layer: add it to tests/layers.test.sh"
    elif [ "${layer_of[$to]}" -gt "${layer_of[$from]}" ]; then
        reply="$to (layer ${layer_of[$to]}) is above $from (layer ${layer_of[$from]})"
    fi
}

check_include() { # TREE FILE NUMBER TEXT: prints what is wrong
    local include module
    [[ "$4" =~ [\"\<]([^\"\>]*)[\"\>] ]] || return 0
    include=${BASH_REMATCH[1]}
    module_of "$2" && module=$reply
    case "${include##*/}" in
    lua.h | lauxlib.h | lualib.h | luaconf.h | lua.hpp)
        if [ "$module" != lua ]; then
            echo "engine/$2:$3: Lua's $include is for engine/lua only"
            return 0
        fi
        ;;
    esac
    [[ "$4" == *\"* ]] || return 0
    resolve "$1" "$2" "$include"
    if [ -z "$reply" ]; then
        echo "engine/$2:$3: $include: no such file in engine/ or include/"
        return 0
    fi
    judge "$2" "$reply"
    [ -z "$reply" ] || echo "engine/$2:$3: includes $include: $reply"
}

check_file() { # TREE FILE: prints its problems
    local number text
    module_of "$2"
    if [ -z "${layer_of[$reply]:-}" ]; then
        echo "engine/$2: in no layer: add $reply to tests/layers.test.sh"
        return 0
    fi
    while IFS=: read -r number text; do
        check_include "$1" "$2" "$number" "$text"
    done < <(grep -nE '^[[:space:]]*#[[:space:]]*include' "$1/engine/$2" || true)
}

check_tree() { # TREE: prints all problems
    local file
    while read -r file; do
        check_file "$1" "$file"
    done < <(cd "$1/engine" && find . -name '*.[ch]' | sed 's,^\./,,' | LC_ALL=C sort)
}

# The test can fail: each of these is planted in a small tree, and must be reported.
self_check() {
    local tree file line want got
    tree=$(mktemp -d)
    while IFS='|' read -r file line want; do
        rm -rf "$tree"
        mkdir -p "$tree"/include "$tree"/engine/{base,lib,lua/lib,report,cmd}
        touch "$tree"/include/policyeval.h "$tree"/engine/{base/err,lib/net,json,trace,job}.h \
            "$tree"/engine/{lua/script,lua/lualib,report/report,cmd/command}.h
        printf '%s\n' "$line" >"$tree/engine/$file"
        got=$(check_tree "$tree")
        if [[ -z "$want" && -n "$got" ]] || [[ "$got" != *"$want"* ]]; then
            echo "layers: self-check: $file with $line: wanted '$want', got '$got'"
            rm -rf "$tree"
            exit 1
        fi
    done <<'PLANTED'
base/buf.c|#include "json.h"|json (layer 1) is above base (layer 0)
json.c|#include "base/err.h"|
json.c|#include "../job.h"|json.c:1
json.c|  #  include "trace.h"|trace (layer 3) is above json (layer 1)
trace.c|#include <lua.h>|Lua's lua.h is for engine/lua only
trace.c|#include <lua5.4/lauxlib.h>|for engine/lua only
trace.c|#include "lua/script.h"|lua (layer 4) is above trace (layer 3)
lua/view.c|#include <lua.h>|
lua/view.c|#include "script.h"|
lua/lib/net.c|#include "lua/lualib.h"|
lib/net.c|#include "base/err.h"|
base/buf.c|#include "lib/net.h"|lib (layer 1) is above base (layer 0)
lib/net.c|#include "json.h"|engine/lib may include only
report/text.c|#include "report.h"|
report/text.c|#include "trace.h"|engine/report may include only
cmd/check.c|#include "job.h"|engine/cmd may include only
cmd/check.c|#include "policyeval.h"|
main.c|#include "cmd/command.h"|
json_number.c|#include "json.h"|
json_number.c|#include "trace.h"|trace (layer 3) is above json (layer 1)
surprise.c|#include <stdio.h>|add surprise to
json.c|#include "nowhere.h"|no such file
PLANTED
    rm -rf "$tree"
}

self_check
problems=$(check_tree "$root")
if [ -n "$problems" ]; then
    echo "$problems"
    echo "layers: $(wc -l <<<"$problems") includes or modules break the order of the layers"
    exit 1
fi
echo "layers: ok"
