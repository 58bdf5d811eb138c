#!/usr/bin/env bash
# man.test.sh: the manual page is well formed, and has every command and option.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail

program=$1
root=${PE_SOURCE_DIR:-$(cd "$(dirname "$0")/.." && pwd)}
page=$root/docs/policyeval.1
failed=0

complain() {
    echo "man: $*"
    failed=1
}

if command -v mandoc >/dev/null; then
    mandoc -Tlint -Wwarning "$page" "${page%.1}-shard.1" || complain "mandoc complains (see above)"
elif [ "${CI:-}" = true ]; then
    complain "mandoc is not installed"
else
    echo "man: SKIPPED: mandoc is not installed, so the page is not linted"
fi

# The lines of the synopsis of one command: from its name to the next .Nm.
synopsis() { # COMMAND
    sed -n '/^\.Sh SYNOPSIS/,/^\.Sh DESCRIPTION/p' "$page" |
        awk -v command="$1" '
            $1 == ".Nm" || $1 == ".Sh" { inside = 0 }
            $1 == ".Cm" && $2 == command { inside = 1 }
            command == "check" && $0 == ".Op Cm check" { inside = 1 }
            inside'
}

commands=$("$program" help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\).*/\1/p')
[ "$(wc -w <<<"$commands")" -ge 8 ] || complain "policyeval help shows too few commands: $commands"
count=0
for command in $commands; do
    grep -q "^\.It Cm $command\>" "$page" || complain "the command $command is not described"
    text=$(synopsis "$command")
    [ -n "$text" ] || complain "the command $command is not in the synopsis"
    for option in $("$program" help "$command" | sed -n '/^Options:/,$s/^  \(-[-a-z]*\).*/\1/p'); do
        count=$((count + 1))
        name=${option#-}
        grep -q -- "^\.It Fl $name\>" "$page" || complain "$option of $command is not described"
        # Every command has --help; --lang matters only where people read.
        case "$command $option" in
        *' --help' | 'schema --lang' | 'version --lang' | 'help --lang' | 'completion --lang') continue ;;
        esac
        grep -q -- "^\.Op Fl $name\>" <<<"$text" ||
            complain "$option is not in the synopsis of $command"
    done
    # And no more than there are.
    for name in $(sed -n 's/^\.Op Fl \([-a-z]*\).*/\1/p' <<<"$text"); do
        "$program" help "$command" | grep -q -- "^  -$name\>" ||
            complain "the synopsis of $command has -$name, which the program has not"
    done
done
[ "$count" -ge 20 ] || complain "only $count options were found in the help"

[ "$failed" -eq 0 ] || exit 1
echo "man: ok ($(wc -w <<<"$commands") commands, $count options)"
