#!/usr/bin/env bash
# bare-debian.test.sh: on a minimal Debian 12, where only git and make were installed, a fresh
# clone runs `make demo` and `make test`.
# SPDX-License-Identifier: Apache-2.0
#
# PE_BARE_STEPS: what to run in the chroot, "demo test" by default; also: "packages-demo",
# "packages-test", "packages-all" (only tools/install-packages.sh). Needs network to a mirror:
# the one that this system's apt uses.
set -euo pipefail

suite=bookworm
steps=${PE_BARE_STEPS:-demo test}
source=${PE_SOURCE_DIR:-$(cd "$(dirname "$0")/../.." && pwd)}

if ! command -v mmdebstrap >/dev/null; then
    echo "bare-debian: mmdebstrap is not installed"
    [ "${CI:-}" = true ] && exit 1
    echo "bare-debian: skipped"
    exit 77
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/bare-debian.XXXXXX")
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"

# The mirrors of this system that carry the suite, as sources.list lines; none: mmdebstrap's own
# choice. The keys are Debian's.
write_sources() {
    apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT) $(TRUSTED)' \
        'Created-By: Packages' 2>/dev/null | sort -u |
        while read -r uri release component trusted; do
            case "$release $component" in
            "$suite main" | "$suite-updates main" | "$suite-security main" | "$suite/updates main")
                options=""
                [ "$trusted" != yes ] || options="[trusted=yes] "
                echo "deb $options$uri $release $component"
                ;;
            esac
        done
}

# Proxies and checks of this system's apt.
write_apt_options() {
    apt-config dump --format '%F "%v";%n' Acquire 2>/dev/null |
        grep -E '^Acquire::((https?|ftp)::.*Proxy|Check-|Retries|AllowInsecure)[^ ]* ".+";$' || true
}

write_sources >"$work/sources.list"
write_apt_options >"$work/apt.conf"
sources=()
if [ -s "$work/sources.list" ]; then
    sources=("$work/sources.list")
fi

git -C "$source" bundle create -q "$work/policyeval.bundle" HEAD
commit=$(git -C "$source" rev-parse HEAD)
if [ -n "$(git -C "$source" status --porcelain)" ]; then
    echo "bare-debian: note: changes that are not committed are not tested"
fi

cat >"$work/inside.sh" <<'INSIDE'
set -eu
export CI=true DEBIAN_FRONTEND=noninteractive HOME=/srv LC_ALL=C.UTF-8
unset PE_SHARED PE_SOURCE_DIR PE_BUILD_DIR CC CFLAGS CMAKE_C_COMPILER_LAUNCHER
cd /srv
for tool in cc cmake python3 pkg-config; do
    if command -v "$tool" >/dev/null; then
        echo "bare-debian: $tool is there already: this is not a bare system" >&2
        exit 1
    fi
done
git clone -q --no-checkout policyeval.bundle policyeval
cd policyeval
git -c advice.detachedHead=false checkout -q "$COMMIT"
for step in $STEPS; do
    echo "== bare Debian: $step =="
    case "$step" in
    packages-*) tools/install-packages.sh "${step#packages-}" ;;
    *) make "$step" ;;
    esac
done
echo "== bare Debian: all done: $STEPS =="
INSIDE

# The format null keeps nothing. Hooks run while /proc, /sys and /dev are mounted in the chroot. What
# runs there gets none of mmdebstrap's descriptors, which waits until nobody has them.
mmdebstrap --quiet --variant=apt --include=git,make --format=null \
    --aptopt="$work/apt.conf" --aptopt='Acquire::Retries "3"' \
    --customize-hook="upload '$work/policyeval.bundle' /srv/policyeval.bundle" \
    --customize-hook="upload '$work/inside.sh' /srv/inside.sh" \
    --customize-hook="chroot \"\$1\" env COMMIT=$commit STEPS='$steps' sh /srv/inside.sh 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-" \
    "$suite" - ${sources[@]+"${sources[@]}"}
