#!/usr/bin/env bash
# install-packages.sh: what `make demo`, `make test` and `make test-all` need of the system.
# SPDX-License-Identifier: Apache-2.0
#
# usage: tools/install-packages.sh demo|test|all
#
# On Debian it installs what is missing: at once when run by root or by CI, after asking at a
# terminal, and otherwise it says what to run. Elsewhere it says what is needed. Quiet when
# nothing is missing.
set -euo pipefail

demo=(cmake ninja-build gcc libc6-dev pkgconf liblua5.4-dev libjansson-dev nettle-dev)
test=(libcmocka-dev libseccomp-dev strace python3 python3-jsonschema python3-yaml
    libxml2-utils clang-format lua-check mandoc jq git cmark-gfm lua5.4 lua-cjson)
all=(clang libclang-rt-dev llvm gcovr mmdebstrap debian-archive-keyring)
# What is measured or compared where it can be had, and visibly skipped elsewhere.
wanted=(clang-19 llvm-19 libclang-rt-19-dev zsh fish sqlite3 pre-commit rsync
    protobuf-compiler libprotobuf-dev python3-protobuf
    chromium fonts-noto-cjk default-jre-headless
    slurm-wlm munge parallel openssh-server openssh-client)

case "${1:-}" in
demo) packages=("${demo[@]}") ;;
test) packages=("${demo[@]}" "${test[@]}") ;;
all) packages=("${demo[@]}" "${test[@]}" "${all[@]}") ;;
*)
    echo "usage: $0 demo|test|all" >&2
    exit 2
    ;;
esac

say() { echo "install-packages: $*" >&2; }

# Not Debian: can the build work with what is there?
check_elsewhere() {
    local tool library missing=()
    for tool in cmake ninja cc pkg-config; do
        command -v "$tool" >/dev/null || missing+=("$tool")
    done
    if command -v pkg-config >/dev/null; then
        pkg-config --exists lua5.4 || pkg-config --exists lua-5.4 || pkg-config --exists lua54 ||
            missing+=("Lua 5.4 (headers)")
        for library in jansson nettle; do
            pkg-config --exists "$library" || missing+=("$library (headers)")
        done
        if [ "$1" != demo ]; then
            pkg-config --exists cmocka || missing+=("cmocka (headers)")
        fi
    fi
    if [ ${#missing[@]} -gt 0 ]; then
        say "there is no apt-get here, so please install these yourself:"
        printf '    %s\n' "${missing[@]}" >&2
        say "(CMake 3.25 or later, a C11 compiler; on Debian the packages are: ${packages[*]})"
        exit 1
    fi
}

is_installed() {
    [ "$(dpkg-query --show --showformat '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    check_elsewhere "$1"
    exit 0
fi

missing=()
for package in "${packages[@]}"; do
    is_installed "$package" || missing+=("$package")
done
extra=()
if [ "$1" = all ]; then
    for package in "${wanted[@]}"; do
        is_installed "$package" || extra+=("$package")
    done
fi
[ $((${#missing[@]} + ${#extra[@]})) -gt 0 ] || exit 0

as_root=()
say "these Debian packages are missing: ${missing[*]} ${extra[*]}"
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null || { [ "${CI:-}" != true ] && [ ! -t 0 ]; }; then
        say "run as root: apt-get install ${missing[*]}"
        exit 1
    fi
    as_root=(sudo)
    if [ "${CI:-}" != true ]; then
        read -r -p "Install them with sudo apt-get? [y/N] " answer
        case "$answer" in
        y | Y | yes | j | J) ;;
        *)
            say "nothing was installed"
            exit 1
            ;;
        esac
    fi
fi

apt_get() {
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get \
        -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 -q -y "$@"
}

say "installing them with apt-get"
apt_get update || say "apt-get update had errors; trying with the package lists that are there"
[ ${#missing[@]} -eq 0 ] || apt_get install --no-install-recommends "${missing[@]}"
# One by one where they cannot be had together: a test says what it skips.
[ ${#extra[@]} -eq 0 ] || apt_get install --no-install-recommends "${extra[@]}" ||
    for package in "${extra[@]}"; do
        apt_get install --no-install-recommends "$package" || say "$package cannot be had here"
    done
