#!/usr/bin/env bash
# fixed-lua.sh: builds a Lua without the faults of 5.4.4 and prints where it is.
# SPDX-License-Identifier: Apache-2.0
#
# The source is the original archive of a newer source package, from the pool of the mirror that
# apt is set up with, by name and SHA-256. It is for comparing with and is never shipped.
# PE_FIXED_LUA names a lua program (5.4.8 or later) to use instead. Exit status 1: cannot be had.
set -euo pipefail

name=lua5.4_5.4.9.orig.tar.gz
sha256=2335b6c582a52654f94612bf10d2f4672805d05329aa6568b1d8cd9e5c6fb8e6
folder=${PE_BUILD_DIR:-build}/tests/fixed-lua

refuse() {
    echo "fixed-lua: $*" >&2
    exit 1
}

if [ -n "${PE_FIXED_LUA:-}" ]; then
    echo "$PE_FIXED_LUA"
    exit 0
fi
mkdir -p "$folder"
if [ ! -x "$folder/lua" ]; then
    helper=/usr/lib/apt/apt-helper
    [ -x "$helper" ] || refuse "there is no apt here"
    # Where apt would get this release's package from, up to the pool.
    pool=$(apt-get download --print-uris liblua5.4-0 2>/dev/null | sed -n "s/^'\(.*\)\/pool\/.*/\1/p")
    [ -n "$pool" ] || refuse "apt knows no package of Lua 5.4"
    "$helper" download-file "$pool/pool/main/l/lua5.4/$name" "$folder/$name" "SHA256:$sha256" \
        >"$folder/download.log" 2>&1 || refuse "$name: $(tail -n 1 "$folder/download.log")"
    echo "$sha256  $folder/$name" | sha256sum --check --quiet >&2 || refuse "$name: another archive"
    tar -xzf "$folder/$name" -C "$folder" --strip-components=2 --wildcards '*/src/*.[ch]'
    # shellcheck disable=SC2046
    ${CC:-cc} -O2 -w -DLUA_USE_POSIX -o "$folder/lua" \
        $(find "$folder" -name '*.c' ! -name luac.c) -lm >&2 || refuse "it does not compile"
fi
echo "$folder/lua"
