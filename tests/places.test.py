#!/usr/bin/env python3
"""places.test.py: every place that is reported is where an independent search finds the value."""
# SPDX-License-Identifier: Apache-2.0
import glob
import json
import os
import subprocess
import sys

SOURCE = os.environ.get('PE_SOURCE_DIR', os.path.join(os.path.dirname(__file__), '..'))
sys.path.insert(0, os.path.join(SOURCE, 'tests', 'support'))
from jsonplaces import Places, read  # noqa: E402

PROGRAM = sys.argv[1]


def judge(path, *options):
    run = subprocess.run([PROGRAM, '-o', 'json', '--evidence', 'all', *options, path],
                         stdout=subprocess.PIPE, check=False)
    assert run.returncode in (0, 1), (path, run.returncode)
    return json.loads(run.stdout)['results'][0]


def parent(pointer):
    return pointer.rsplit('/', 1)[0]


def expected(places, pointer):
    """The value's place; of what is missing, its parent's (or the nearest that is there)."""
    while pointer not in places.spans:
        pointer = parent(pointer)
    return places.place(pointer)


def check(path, *options):
    places = Places(read(path))
    result = judge(path, *options)
    findings = evidence = 0
    wrong = []
    for control in result['controls']:
        for rule in control['rules']:
            for item in rule['findings']:
                if item['pointer'] is None:
                    continue
                findings += 1
                if (item['line'], item['column']) != expected(places, item['pointer']):
                    wrong.append((rule['id'], item))
            for item in rule['evidence']:
                evidence += 1
                pointer = item['pointer']
                there = pointer in places.spans
                if item.get('absent', False) == there or \
                        (item['line'], item['column']) != expected(places, pointer):
                    wrong.append((rule['id'], item))
                elif 'value' in item and \
                        json.loads(places.value_text(pointer)) != item['value'] and \
                        item['value'] != '[secret]':
                    wrong.append((rule['id'], item))
    for rule, item in wrong[:10]:
        print('%s: %s: wrong place or value: %s' % (path, rule, item))
    print('%s: %d findings, %d pieces of evidence' % (os.path.relpath(path, SOURCE), findings,
                                                      evidence))
    return len(wrong), findings + evidence


def main():
    wrong = looked = 0
    for path in sorted(glob.glob(os.path.join(SOURCE, 'fixtures', '*', '*.json'))):
        options = []
        if os.path.basename(os.path.dirname(path)) == 'entra':
            options = ['--pack', os.path.join(SOURCE, 'fixtures', 'packs', 'entra')]
        counts = check(path, *options)
        wrong += counts[0]
        looked += counts[1]
    print('%d places compared, %d wrong' % (looked, wrong))
    return 1 if wrong or looked < 1000 else 0


if __name__ == '__main__':
    sys.exit(main())
