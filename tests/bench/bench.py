#!/usr/bin/env python3
"""bench.py: measures policyeval beside what anybody can install, and prints one table of ratios.

usage: bench.py [--only GROUP]... [--rounds N] [--no-compare] PROGRAMS OUTPUT

PROGRAMS is the folder of policyeval, policyeval-bench and bench_read; OUTPUT gets the snapshots,
and bench.json, which holds every single time. docs/performance.md tells how to read the table.
Slowness is no failure: the exit status is 1 only if policyeval and the reference disagree.
"""
# SPDX-License-Identifier: Apache-2.0
import argparse
import json
import os
import shutil
import subprocess
import sys

import measure
import verdicts
from measure import Command

SOURCE = os.path.abspath(os.path.join(verdicts.FOLDER, '..', '..'))
TENANT = os.path.join(SOURCE, 'fixtures', 'iad', 'realistic.json')
MANY = 200     # further snapshots of a run
LINES = 2000
MIB = 1 << 20


class Bench:
    """What is measured with: programs, snapshots, and the rows that came of it."""

    def __init__(self, programs, output, rounds):
        self.bench = os.path.join(programs, 'policyeval-bench')
        self.program = os.path.join(programs, 'policyeval')
        self.reader = os.path.join(programs, 'bench_read')
        self.output = output
        self.rounds_wanted = rounds
        self.rows = []
        self.notes = []
        self.lua = verdicts.can_run_reference()
        self.jq = shutil.which('jq') is not None
        help_text = subprocess.run([self.program, 'help', 'check'], stdout=subprocess.PIPE,
                                   check=True).stdout
        self.filter = b'--ndjson' in help_text

    # ---- snapshots ----

    def snapshot(self, name, *arguments):
        """The path of a snapshot, which is made once, and again when the generator is newer."""
        path = os.path.join(self.output, name)
        if not os.path.exists(path) or os.path.getmtime(path) < os.path.getmtime(
                verdicts.GENERATOR):
            subprocess.run([sys.executable, verdicts.GENERATOR, *arguments, '-o', path + '.new'],
                           check=True)
            os.rename(path + '.new', path)
        return path

    def small(self, seed=1):
        return self.snapshot('small-%d.json' % seed, '--seed', str(seed))

    def sized(self, megabytes):
        return self.snapshot('%dmb.json' % megabytes, '--bytes', str(megabytes * 1000000))

    def lines(self, count):
        return self.snapshot('%d.ndjson' % count, '--ndjson', str(count))

    # ---- rows ----

    def rounds(self, commands, count):
        """What each command took, a round at a time; a command whose program is missing is None."""
        return measure.rounds({name: command for name, command in commands.items()
                               if self.can_run(command)}, self.rounds_wanted or count)

    def can_run(self, command):
        return {'lua5.4': self.lua, 'jq': self.jq}.get(command.arguments[0], True)

    def add(self, group, what, against, rounds, own, base, target=None, metric='CPU'):
        """A row of ratios: own and base take a round and give the two times, in seconds."""
        self.rows.append({'group': group, 'what': what, 'against': against, 'metric': metric,
                          'target': target, **measure.ratio(rounds, own, base)})

    def add_value(self, group, what, value, unit, target=None):
        self.rows.append({'group': group, 'what': what, 'against': None, 'metric': unit,
                          'target': target, 'ratio': value})

    def add_missing(self, group, what, why, target=None):
        self.rows.append({'group': group, 'what': what, 'against': None, 'metric': None,
                          'target': target, 'ratio': None, 'missing': why})


def reference(*arguments):
    return Command('lua5.4', verdicts.REFERENCE, *arguments)


def python_load(path):
    return Command(sys.executable, '-c', 'import json, sys; json.load(open(sys.argv[1]))', path)


# ---- what is measured ----

def cold(b):
    path = b.small()
    commands = {
        'lua': Command('lua5.4', '-e', ''),
        'bench': Command(b.bench, '--quiet', path),
        'sources': Command(b.program, '--pack', verdicts.PACK, '--quiet', path),
        '27017': Command(b.program, TENANT),
        'reference': reference(path),
        'jq': Command('jq', 'empty', path),
        'python': python_load(path),
    }
    rounds = b.rounds(commands, 100)
    for name, what, target in (
            ('bench', 'bench pack compiled in, 20 KB, one line', ('<=', 1.25)),
            ('sources', 'bench pack from sources, 20 KB, one line', ('<=', 3.5)),
            ('27017', '27017 pack, tenant of 85 KB, full text', ('<=', 3.0)),
            ('reference', '(reference.lua, 20 KB)', None), ('jq', '(jq empty, 20 KB)', None),
            ('python', '(python3 json.load, 20 KB)', None)):
        for metric in ('wall', 'CPU') if target else ('wall',):
            b.add('cold', what, "lua5.4 -e ''", rounds,
                  lambda r, name=name, metric=metric: r[name].of(metric),
                  lambda r, metric=metric: r['lua'].of(metric),
                  target if metric == 'wall' else None, metric)


def warm(b):
    paths = [b.small(seed) for seed in range(1, MANY + 2)]
    lines, line = b.lines(MANY + 1), b.lines(1)
    rounds = b.rounds({
        'one': Command(b.bench, '--quiet', paths[0]),
        'many': Command(b.bench, '--quiet', *paths),
        'tenant': Command(b.program, '--quiet', TENANT),
        'tenants': Command(b.program, '--quiet', *[TENANT] * 21),
        'reference': reference('-l', line),
        'references': reference('-l', lines),
    }, 7)

    def base(r):
        return (r['references'].cpu - r['reference'].cpu) / MANY

    b.add('warm', 'each further snapshot of 20 KB, bench pack', 'reference.lua -l', rounds,
          lambda r: (r['many'].cpu - r['one'].cpu) / MANY, base)
    b.add('warm', '(each further tenant of 85 KB, 27017 pack)', 'reference.lua -l', rounds,
          lambda r: (r['tenants'].cpu - r['tenant'].cpu) / 20, base)


STREAM = ((('<=', 0.40), 'whole results', ()), (None, 'verdicts only', ('--quiet',)))


def stream(b):
    what = '%d lines, one worker, %s'
    if not b.filter:
        for target, kind, _ in STREAM:
            b.add_missing('stream', what % (LINES, kind), 'policyeval has no --ndjson', target)
        return
    path = b.lines(LINES)
    commands = {kind: Command(b.bench, '--ndjson', *options, stdin=path)
                for _, kind, options in STREAM}
    commands['reference'] = reference('-l', path)
    commands['two'] = Command(b.bench, '--ndjson', '--jobs', '2', stdin=path)
    commands['jq'] = Command('jq', 'empty', path)
    rounds = b.rounds(commands, 5)
    for target, kind, _ in STREAM:
        b.add('stream', what % (LINES, kind), 'reference.lua -l', rounds,
              lambda r, kind=kind: r[kind].cpu, lambda r: r['reference'].cpu, target)
    b.add('stream', '(jq empty)', 'reference.lua -l', rounds, lambda r: r['jq'].cpu,
          lambda r: r['reference'].cpu)
    b.add('workers', '%d lines, one worker to two' % LINES, '--jobs 2', rounds,
          lambda r: r['whole results'].wall, lambda r: r['two'].wall, ('>=', 1.7), 'wall')


SIZES = (1, 10, 100)  # MB
LARGE = (('json', '%d MB, all findings as JSON', ('<=', 0.35)),
         ('quiet', '%d MB, one line', None),
         ('jq', '(jq empty, %d MB)', None),
         ('python', '(python3 json.load, %d MB)', None))


def large_commands(b):
    commands = {}
    for size in SIZES:
        path = b.sized(size)
        commands['json', size] = Command(b.bench, '-o', 'json', path)
        commands['quiet', size] = Command(b.bench, '--quiet', path)
        commands['reference', size] = reference(path)
        commands['jq', size] = Command('jq', 'empty', path)
        commands['python', size] = python_load(path)
        commands['read', size] = Command(b.reader, path)
    return commands


def large(b):
    """The groups large, read and growth."""
    rounds = b.rounds(large_commands(b), 5)
    for size in SIZES[1:]:
        for name, what, target in LARGE:
            b.add('large', what % size, 'reference.lua', rounds,
                  lambda r, key=(name, size): r[key].cpu,
                  lambda r, size=size: r['reference', size].cpu, target if size == 100 else None)
        b.add('read', 'the reader alone, %d MB' % size, 'jq empty', rounds,
              lambda r, size=size: r['read', size].cpu, lambda r, size=size: r['jq', size].cpu,
              ('<=', 0.10) if size == 100 else None)
    for name, what, target in LARGE[:2]:

        def cost(r, size, name=name):
            return r[name, size].cpu / os.path.getsize(b.sized(size))

        b.add('growth', 'dearest byte to cheapest, ' + what.split(', ')[1],
              'itself', rounds, lambda r, cost=cost: max(cost(r, size) for size in SIZES),
              lambda r, cost=cost: min(cost(r, size) for size in SIZES),
              ('<=', 1.3) if target else None)


def memory(b):
    path = b.sized(100)
    size = os.path.getsize(path)
    for what, command, target in (
            ('100 MB, --evidence none',
             Command(b.bench, '--quiet', '--evidence', 'none', path), ('<=', 2.6)),
            ('100 MB', Command(b.bench, '--quiet', path), None),
            ('(reference.lua, 100 MB)', reference(path), None)):
        if b.can_run(command):
            peak = measure.peak_memory(command)
            b.add_value('memory', '%s: %.0f MiB' % (what, peak / MIB), peak / size, 'of the file',
                        target)
    what, target = 'a stream of %d lines, one worker' % LINES, ('<=', 12)
    if b.filter:
        peak = measure.peak_memory(Command(b.bench, '--ndjson', stdin=b.lines(LINES)))
        b.add_value('memory', what, peak / MIB, 'MiB', target)
    else:
        b.add_missing('memory', what, 'policyeval has no --ndjson', target)


def workers(b):
    paths = [b.sized(1)] * 24
    path = b.sized(100)
    rounds = b.rounds({
        'one': Command(b.bench, '--quiet', *paths),
        'two': Command(b.bench, '--quiet', '--jobs', '2', *paths),
        'large': Command(b.bench, '--quiet', path),
        'large two': Command(b.bench, '--quiet', '--jobs', '2', path),
    }, 5)
    b.add('workers', '24 snapshots of 1 MB, one worker to two', '--jobs 2', rounds,
          lambda r: r['one'].wall, lambda r: r['two'].wall, ('>=', 1.7), 'wall')
    b.add('workers', 'one snapshot of 100 MB, one worker to two', '--jobs 2', rounds,
          lambda r: r['large'].wall, lambda r: r['large two'].wall, None, 'wall')


GROUPS = {'cold': (cold,), 'warm': (warm,), 'stream': (stream,), 'large': (large,),
          'read': (large,), 'memory': (memory,), 'workers': (workers, stream), 'growth': (large,)}


# ---- the same verdicts ----

def compare_snapshots(b):
    """What differs, for every size, compiled in and from sources."""
    wrong = []
    for path in (b.small(), b.sized(1), b.sized(10), b.sized(100)):
        answer, = verdicts.refer([path])
        report = verdicts.judge([b.bench], [path])
        if verdicts.judge([b.program, '--pack', verdicts.PACK], [path]) != report:
            wrong.append('%s: from sources, the report has other bytes' % path)
        wrong += ['%s: %s' % (path, text)
                  for text in verdicts.compare(json.loads(report)['results'][0], answer)]
    return wrong


def compare_lines(b):
    path = b.lines(LINES)
    with open(path, 'rb') as file:
        run = subprocess.run([b.bench, '--ndjson', '--jobs', '2'], stdin=file,
                             stdout=subprocess.PIPE, check=False)
    lines, answers = run.stdout.splitlines(), verdicts.refer(['-l', path])
    if run.returncode != 0 or len(lines) != len(answers):
        return ['the stream: status %d, %d lines' % (run.returncode, len(lines))]
    return ['line %d: %s' % (number, text)
            for number, (line, answer) in enumerate(zip(lines, answers, strict=True), 1)
            for text in verdicts.compare(json.loads(line), answer)]


def compare(b):
    if not b.lua:
        b.notes.append('verdicts were not compared: lua5.4 with lua-cjson is not installed')
        return []
    wrong = compare_snapshots(b)
    done = 'four snapshots of 20 KB to 100 MB'
    if b.filter:
        wrong += compare_lines(b)
        done += ' and %d lines' % LINES
    b.notes.append('verdicts and messages are those of the reference: ' + done if not wrong else
                   '%d differences to the reference, the first: %s' % (len(wrong), wrong[0]))
    return wrong


# ---- the program ----

def run_groups(b, wanted):
    functions = []
    for group in wanted:
        functions += [one for one in GROUPS[group] if one not in functions]
    for function in functions:
        print('measuring: ' + function.__name__, file=sys.stderr, flush=True)
        function(b)
    order = list(GROUPS)
    b.rows = sorted((row for row in b.rows if row['group'] in wanted),
                    key=lambda row: order.index(row['group']))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('programs', help='folder of the programs')
    parser.add_argument('output', help='folder for snapshots and bench.json')
    parser.add_argument('--only', action='append', choices=list(GROUPS), help='measure this group')
    parser.add_argument('--rounds', type=int, default=0, help='rounds of each measurement')
    parser.add_argument('--no-compare', action='store_true', help='do not compare verdicts first')
    args = parser.parse_args()
    os.makedirs(args.output, exist_ok=True)
    b = Bench(os.path.abspath(args.programs), os.path.abspath(args.output), args.rounds)
    machine = measure.machine()
    wrong = [] if args.no_compare else compare(b)
    run_groups(b, args.only or list(GROUPS))
    machine['load_after'] = os.getloadavg()[0]
    for name, there in (('lua5.4 with lua-cjson', b.lua), ('jq', b.jq)):
        if not there:
            b.notes.append(name + ' is not installed: rows against it are empty')
    with open(os.path.join(b.output, 'bench.json'), 'w', encoding='utf-8') as file:
        json.dump({'machine': machine, 'notes': b.notes, 'rows': b.rows}, file, indent=1)
        file.write('\n')
    print(measure.table(b.rows, machine, b.notes))
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
