#!/usr/bin/env python3
"""measure.py: what a command costs, and how that is told.

usage: measure.py [--rounds N] COMMAND [ARGUMENT]...

Times are those that the kernel counts for the command and the processes that it waited for; nothing
of a shell is in them. Commands that are compared run in turns, so that what disturbs one disturbs
the others. A ratio is of two medians; beside it stand the middle half of the rounds' own ratios, and
the ratio of the fastest times, which other programs disturbed least.
"""
# SPDX-License-Identifier: Apache-2.0
import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass


class Command:
    def __init__(self, *arguments, stdin='/dev/null'):
        self.arguments = [str(argument) for argument in arguments]
        self.path = shutil.which(self.arguments[0]) or self.arguments[0]
        self.stdin = stdin

    def start(self):
        return os.posix_spawn(self.path, self.arguments, ENVIRONMENT, file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, self.stdin, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, '/dev/null', os.O_WRONLY, 0)])

    def check(self, status):
        code = os.waitstatus_to_exitcode(status)
        if code not in (0, 1):
            raise SystemExit('%s ended with status %d' % (' '.join(self.arguments), code))


@dataclass
class Sample:
    wall: float  # seconds
    cpu: float   # seconds, of all its processes

    def of(self, metric):
        return self.wall if metric == 'wall' else self.cpu


ENVIRONMENT = {**{name: value for name, value in os.environ.items()
                  if not name.startswith(('LC_', 'LANG', 'LUA_'))}, 'LANG': 'C.UTF-8'}


def once(command):
    start = time.perf_counter()
    pid = command.start()
    _, status, used = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    command.check(status)
    return Sample(wall, used.ru_utime + used.ru_stime)


def rounds(commands, count):
    """A dictionary of samples a round. One round before them is not counted."""
    names = list(commands)
    for name in names:
        once(commands[name])
    taken = []
    for number in range(count):
        turn = names[number % len(names):] + names[:number % len(names)]
        taken.append({name: once(commands[name]) for name in turn})
    return taken


def times(taken, of_round):
    try:
        return [of_round(r) for r in taken]
    except KeyError:
        return None


def ratio(taken, own, base):
    """Medians of two times, their ratio, and the middle half of the ratios of the rounds."""
    owns, bases = times(taken, own), times(taken, base)
    if owns is None or bases is None:
        own_median = statistics.median(owns) if owns else None
        return {'ratio': None, 'missing': 'not installed', 'own_seconds': own_median}
    each = [one / other for one, other in zip(owns, bases, strict=True) if other > 0]
    low, _, high = statistics.quantiles(each, n=4) if len(each) > 1 else each * 3
    own_median, base_median = statistics.median(owns), statistics.median(bases)
    return {'ratio': own_median / base_median, 'low': low, 'high': high,
            'fastest': min(owns) / min(bases), 'rounds': len(taken),
            'own_seconds': own_median, 'base_seconds': base_median,
            'own_all': owns, 'base_all': bases}


# ---- memory ----

def family(pid):
    """The process and what descends from it."""
    members = [pid]
    for member in members:
        try:
            with open('/proc/%d/task/%d/children' % (member, member), encoding='ascii') as file:
                members += [int(child) for child in file.read().split()]
        except OSError:
            pass
    return members


def read_field(path, field):
    try:
        with open(path, encoding='ascii') as file:
            for line in file:
                if line.startswith(field):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return None


def memory_of(pid):
    """Its share of memory (PSS); all that it has mapped (RSS) where that may not be read."""
    share = read_field('/proc/%d/smaps_rollup' % pid, 'Pss:')
    if share is None:
        share = read_field('/proc/%d/status' % pid, 'VmRSS:')
    return share or 0


def peak_memory(command):
    """The most that the command and its processes had together, looked at every two milliseconds."""
    pid, peak = command.start(), 0
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            command.check(status)
            return peak
        peak = max(peak, sum(memory_of(member) for member in family(pid)))
        time.sleep(0.002)


# ---- telling ----

def first_line(*arguments):
    try:
        run = subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             check=False)
    except OSError:
        return None
    return (run.stdout.decode(errors='replace').splitlines() or [''])[0]


def processor():
    try:
        with open('/proc/cpuinfo', encoding='utf-8') as file:
            for line in file:
                if line.startswith('model name'):
                    return line.split(':', 1)[1].strip()
    except OSError:
        pass
    return platform.machine()


def machine():
    return {'processor': processor(), 'cores': len(os.sched_getaffinity(0)),
            'kernel': platform.release(), 'python': platform.python_version(),
            'lua': first_line('lua5.4', '-v'), 'jq': first_line('jq', '--version'),
            'load_before': os.getloadavg()[0]}


def duration(seconds):
    for unit, size in (('s', 1), ('ms', 1e-3)):
        if seconds >= size:
            return '%.3g %s' % (seconds / size, unit)
    return '%.3g us' % (seconds * 1e6)


def is_met(row):
    relation, limit = row['target']
    return row['ratio'] <= limit if relation == '<=' else row['ratio'] >= limit


def cells(row):
    target = '%s %g' % row['target'] if row['target'] else ''
    if row['ratio'] is None:
        own = duration(row['own_seconds']) if row.get('own_seconds') else ''
        return [row['what'], row['missing'], own, '', '', '', '', target, '']
    verdict = '' if not target else 'met' if is_met(row) else 'missed'
    if 'own_seconds' not in row:
        return [row['what'], row['metric'], '', '', '%.2f' % row['ratio'], '', '', target, verdict]
    if row['group'] == 'growth':
        own, base = ('%.2f ns' % (row[name] * 1e9) for name in ('own_seconds', 'base_seconds'))
    else:
        own, base = duration(row['own_seconds']), duration(row['base_seconds'])
    return [row['what'], '%s, %s' % (row['against'], row['metric']), own, base,
            '%.2f' % row['ratio'], '%.2f-%.2f' % (row['low'], row['high']),
            '%.2f' % row['fastest'], target, verdict]


HEAD = ['', 'against', 'ours', 'theirs', 'ratio', 'half', 'fastest', 'target', '']


def table(rows, about, notes):
    lines, before = [HEAD], {'group': None}
    for row in rows:
        if row['group'] != before['group']:
            lines.append([row['group']])
        what, *rest = cells(row)
        lines.append(['  the same' if what == before.get('what') else '  ' + what] + rest)
        before = row
    widths = [max(len(line[i]) for line in lines if len(line) > 1) for i in range(len(HEAD))]
    text = ['  '.join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip()
            for line in lines]
    text += ['', '%(processor)s, %(cores)d cores, Linux %(kernel)s; load %(load_before).1f before, '
             '%(load_after).1f after' % about] + notes
    return '\n'.join(text)


# ---- one command ----

def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--rounds', type=int, default=50)
    parser.add_argument('command', nargs=argparse.REMAINDER, help='what is measured')
    args = parser.parse_args()
    if not args.command:
        parser.error('no command')
    commands = {'it': Command(*args.command)}
    if shutil.which('lua5.4'):
        commands['lua'] = Command('lua5.4', '-e', '')
    taken = rounds(commands, args.rounds)
    for metric in ('wall', 'CPU'):
        line = '%-5s%s' % (metric, duration(statistics.median(r['it'].of(metric) for r in taken)))
        if 'lua' in commands:
            found = ratio(taken, lambda r: r['it'].of(metric), lambda r: r['lua'].of(metric))
            line += ", %(ratio).2f times lua5.4 -e '' (%(low).2f-%(high).2f)" % found
        print(line)
    print('peak %.1f MiB' % (max(peak_memory(commands['it']) for _ in range(5)) / (1 << 20)))


if __name__ == '__main__':
    sys.exit(main())
