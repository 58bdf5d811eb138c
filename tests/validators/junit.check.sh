#!/usr/bin/env bash
# junit.check.sh: JUnit's XML, valid by the schemas of Jenkins and of Ant at the same time.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
schemas=$(dirname "$0")/../schemas/junit
if ! command -v xmllint >/dev/null; then
    echo "junit: SKIPPED: xmllint is not installed (Debian: libxml2-utils)"
    [ "${CI:-}" != true ]
    exit
fi
for file in "$@"; do
    for schema in jenkins-junit-10 windyroad-JUnit; do
        xmllint --nonet --noout --schema "$schemas/$schema.xsd" "$file" 2>errors ||
            { tail -n 5 errors && exit 1; }
    done
    # GitLab ignores a test whose class and name another has.
    python3 - "$file" <<'PYTHON' || exit 1
import collections
import sys
import xml.etree.ElementTree as ET

cases = [(case.get('classname'), case.get('name')) for case in ET.parse(sys.argv[1]).iter('testcase')]
twice = [case for case, count in collections.Counter(cases).items() if count > 1]
sys.exit('%s: repeated: %r' % (sys.argv[1], twice[:3]) if twice else 0)
PYTHON
done
