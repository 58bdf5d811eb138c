#!/usr/bin/env bash
# dist.sh: builds the static release and packs it: the same bytes from every folder.
# SPDX-License-Identifier: Apache-2.0
#
# usage: tools/dist.sh [JOBS]
#
# Writes dist/policyeval-VERSION-SYSTEM-MACHINE.tar.gz and .sha256 beside it. Times in the archive
# are SOURCE_DATE_EPOCH, else that of the last commit, else the start of 2026.
set -euo pipefail
cd "$(dirname "$0")/.."

jobs=${1:-$(nproc)}
export LC_ALL=C TZ=UTC
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1767225600)}
version=$(sed -n 's/^#define PE_VERSION "\(.*\)"$/\1/p' include/policyeval.h)
name=policyeval-$version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

cmake --preset release -DBUILD_TESTING=OFF
cmake --build --preset release -j "$jobs"
DESTDIR=$stage cmake --install build/release --prefix "/$name" --strip >/dev/null
chmod -R u=rwX,go=rX "$stage"

mkdir -p dist
tar --sort=name --format=ustar --mtime="@$epoch" --owner=0 --group=0 --numeric-owner \
    -C "$stage" -cf - "$name" | gzip -9n >"dist/$name.tar.gz.part"
mv "dist/$name.tar.gz.part" "dist/$name.tar.gz"
(cd dist && sha256sum "$name.tar.gz" | tee "$name.tar.gz.sha256")
