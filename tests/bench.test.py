#!/usr/bin/env python3
"""bench.test.py: what is measured is the same work: the bench's pack and the reference agree.

usage: bench.test.py PROGRAM

Verdicts and messages are compared for a snapshot of 25 KB and one of 1 MB, judged by the pack that
is compiled into policyeval-bench and by its sources, alone and together. Larger ones, and streams,
are compared by the bench itself (tests/bench/bench.py). Nothing is timed here.
"""
# SPDX-License-Identifier: Apache-2.0
import copy
import json
import os
import subprocess
import sys
import tempfile

SOURCE = os.path.abspath(os.environ.get('PE_SOURCE_DIR',
                                        os.path.join(os.path.dirname(__file__), '..')))
sys.path.insert(0, os.path.join(SOURCE, 'tests', 'bench'))
import verdicts  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
BENCH = os.path.join(os.path.dirname(PROGRAM), 'policyeval-bench')
SIZES = {'20k': ['--admins', '50', '--hosts', '20'], '1m': ['--bytes', '1000000'],
         'other': ['--admins', '40', '--hosts', '30', '--seed', '7']}


def make(folder):
    for name, arguments in SIZES.items():
        subprocess.run([sys.executable, verdicts.GENERATOR, *arguments,
                        '-o', os.path.join(folder, name)], check=True)
    return [os.path.join(folder, name) for name in SIZES]


def compare_all(snapshots):
    wrong = []
    report = verdicts.judge([BENCH], snapshots)
    for what, command in (('from sources', [PROGRAM, '--pack', verdicts.PACK]),
                          ('by two workers', [BENCH, '--jobs', '2'])):
        if verdicts.judge(command, snapshots) != report:
            wrong.append('%s, the report has other bytes' % what)
    results = json.loads(report)['results']
    for path, result in zip(snapshots, results, strict=True):
        answer, = verdicts.refer([path])
        wrong += ['%s: %s' % (os.path.basename(path), text)
                  for text in verdicts.compare(result, answer)]
    if verdicts.judge([BENCH], snapshots[:1]) != verdicts.judge(
            [PROGRAM, '--pack', verdicts.PACK], snapshots[:1]):
        wrong.append('the report of one snapshot has other bytes from sources')
    return wrong, results


def check_comparison(result, answer):
    """The comparison can fail: each of these is a difference."""
    failing = next(name for name, one in answer['controls'].items() if not one['pass'])
    passing = next(name for name, one in answer['controls'].items() if one['pass'])

    def altered(name, **members):
        other = copy.deepcopy(answer)
        other['controls'][name].update(members)
        return other

    messages = answer['controls'][failing]['messages']
    cases = [altered(failing, messages=messages[:-1]),
             altered(failing, messages=messages + ['more']),
             altered(failing, messages=[messages[0] + '.'] + messages[1:]),
             altered(failing, **{'pass': True}), altered(passing, **{'pass': False}),
             altered(passing, title='another'), {'controls': {}}]
    return ['the comparison does not see difference %d' % number
            for number, case in enumerate(cases) if not verdicts.compare(result, case)]


def compare_with_original(snapshots):
    """Where the measurements that the targets come from are at hand: it is the same workload."""
    folder = os.path.join(os.environ.get('PE_SHARED') or '', 'bench')
    if not os.path.exists(os.path.join(folder, 'gen.py')):
        return []
    wrong = []
    for path, arguments in zip(snapshots, SIZES.values(), strict=True):
        made = subprocess.run([sys.executable, os.path.join(folder, 'gen.py'), *arguments],
                              stdout=subprocess.PIPE, check=True).stdout
        with open(path, 'rb') as file:
            if file.read() != made:
                wrong.append('%s: the original makes another snapshot' % path)
        run = subprocess.run(['lua5.4', os.path.join(folder, 'reference.lua'), path],
                             stdout=subprocess.PIPE, check=True)
        original, ours = json.loads(run.stdout), verdicts.refer([path])[0]
        for control in original['controls'].values():
            if control['pass']:
                del control['messages']
        if original != ours:
            wrong.append('%s: the original reference says something else' % path)
    return wrong


def main():
    if not verdicts.can_run_reference():
        print('bench: SKIPPED: lua5.4 with lua-cjson is not installed')
        return 77
    with tempfile.TemporaryDirectory() as folder:
        snapshots = make(folder)
        wrong, results = compare_all(snapshots)
        wrong += check_comparison(results[0], verdicts.refer(snapshots[:1])[0])
        wrong += compare_with_original(snapshots)
    for line in wrong:
        print('bench: ' + line)
    if not wrong:
        print('bench: ok (%d snapshots, 41 controls each)' % len(snapshots))
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
