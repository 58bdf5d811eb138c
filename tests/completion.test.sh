#!/usr/bin/env bash
# completion.test.sh: shells offer commands, options and the words that options take.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail

program=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
touch snapshot.json
mkdir mypack

failed=0
for shell in bash zsh fish; do "$program" completion "$shell" >"$work/policyeval.$shell"; done

# bash, as its readline would ask
# shellcheck disable=SC1091
source "$work/policyeval.bash"
offers() { # SENTENCE WANTED WORD...: the last word is being typed
    local sentence=$1 wanted=$2
    shift 2
    COMP_WORDS=(policyeval "$@")
    COMP_CWORD=$#
    COMPREPLY=()
    _policyeval 2>/dev/null || true # compopt works in a completion only
    if [ "$(printf '%s ' "${COMPREPLY[@]}")" != "$wanted " ]; then
        echo "bash: $sentence: got '${COMPREPLY[*]}', wanted '$wanted'"
        failed=1
    fi
}
offers 'a command is completed' 'explain' ex
offers 'a snapshot is completed without a command' 'snapshot.json' snap
offers 'an option of a command is completed' '--fixtures' test --fix
offers 'an option of another command is not' '' list --fix
offers 'options work without a command' '--cross-check' snapshot.json --cro
offers 'a short form is completed' '-q' check -q
offers 'a folder is offered for a pack' 'mypack' check --pack ''
offers 'a format is offered' 'json' check -o js
offers 'a word is offered' 'best-effort' check --sandbox best
offers 'a number is not' '' check --evidence N

# Another shell is asked when it is there.
if command -v zsh >/dev/null; then
    zsh -f -n "$work/policyeval.zsh" || { echo 'zsh does not parse its completion'; failed=1; }
else
    echo 'completion: skipped: zsh is not installed'
fi
if command -v fish >/dev/null; then
    fish_offers() { # SENTENCE LINE WANTED
        local got
        got=$(HOME=$work fish --no-config -c "source '$work/policyeval.fish'; complete -C '$2'" |
            cut -f1 | tr '\n' ' ')
        if [[ " $got" != *" $3 "* ]]; then
            echo "fish: $1: got '$got', wanted '$3'"
            failed=1
        fi
    }
    fish_offers 'a command is completed' 'policyeval exp' explain
    fish_offers 'an option of a command is completed' 'policyeval test --fix' --fixtures
    fish_offers 'a format is offered' 'policyeval check -o ' json
else
    echo 'completion: skipped: fish is not installed'
fi

"$program" completion tcsh >out 2>err && { echo 'a shell that is not known succeeds'; failed=1; }
grep -q '^policyeval: completion takes one of bash, zsh and fish$' err ||
    { echo "the complaint is: $(cat err)"; failed=1; }
[ ! -s out ] || { echo 'a shell that is not known prints something'; failed=1; }
exit $failed
