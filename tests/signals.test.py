#!/usr/bin/env python3
"""signals.test.py: the program is told to end, its output goes nowhere, its descriptors are closed.

usage: signals.test.py PROGRAM

A signal leaves no worker, no report and no temporary file behind. A report that cannot be written
is never exit status 0. A descriptor that was closed at the start is never a file of somebody else.
"""
# SPDX-License-Identifier: Apache-2.0
import contextlib
import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SOURCE = os.path.abspath(os.environ.get('PE_SOURCE_DIR',
                                        os.path.join(os.path.dirname(__file__), '..')))
sys.path.insert(0, os.path.join(SOURCE, 'tests', 'support'))
import faults  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
ENVIRONMENT = {**os.environ, 'LANG': 'C.UTF-8'}
failures = []
checks = 0


def expect(holds, what):
    global checks
    checks += 1
    if not holds:
        failures.append(what)
        print(f'signals: FAILED: {what}')


# ---- a pack that takes its time ----

SLOW_CONTROLS = ['1.2', '1.3', '1.4']
SLOW = '''return {
  title = "Slow", severity = "low", owner = "customer", references = { "none" },
  rules = {
%s  },
}
'''
SLOW_RULE = '''    { id = "r%d", title = "Slow", fix = "Wait",
      check = function(s)
        for _ = 1, 1e9 do s.tenant:find("t") end
      end },
'''


def make_folder():
    folder = tempfile.mkdtemp(prefix='pe-signals-')
    faults.write_files(folder)
    shutil.copytree(os.path.join(folder, 'pack'), os.path.join(folder, 'slow'))
    rules = ''.join(SLOW_RULE % i for i in range(100))
    for control in SLOW_CONTROLS:
        with open(os.path.join(folder, 'slow', f'{control}.lua'), 'w', encoding='utf-8') as file:
            file.write(SLOW % rules)
    return folder


def contents(folder):
    found = {}
    for base, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(base, name), 'rb') as file:
                found[os.path.relpath(os.path.join(base, name), folder)] = file.read()
    return found


# ---- ended from outside ----

def workers_of(pid):
    try:
        with open(f'/proc/{pid}/task/{pid}/children', encoding='ascii') as file:
            return [int(word) for word in file.read().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def lives(pid):
    try:
        with open(f'/proc/{pid}/stat', encoding='ascii', errors='replace') as file:
            return file.read().rsplit(')', 1)[1].split()[0] not in 'ZX'
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until(condition, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return False


def start_slow(folder, stdout=subprocess.PIPE):
    """The program while its two workers judge."""
    process = subprocess.Popen(
        [PROGRAM, '--pack', 'slow', '--jobs', '2', '-o', 'text', '-o', 'json:report.json',
         'good.json', 'bad.json'], cwd=folder, env=ENVIRONMENT, stdout=stdout,
        stderr=subprocess.PIPE)
    wait_until(lambda: len(workers_of(process.pid)) == 2 or process.poll() is not None)
    workers = workers_of(process.pid)
    time.sleep(0.1)
    return process, workers


def test_signal(folder, before, number):
    name = signal.Signals(number).name
    process, workers = start_slow(folder)
    expect(len(workers) == 2, f'{name}: there are two workers')
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    expect(process.returncode == -number, f'{name}: ended by it, not with {process.returncode}')
    expect(out == b'' and err == b'', f'{name}: says nothing: {out[:100]} {err[:100]}')
    expect(wait_until(lambda: not any(lives(pid) for pid in workers)), f'{name}: a worker lives on')
    expect(contents(folder) == before, f'{name}: files are left behind')


def test_killed_worker(folder):
    """It costs the control that ran, and no other."""
    process, _ = start_slow(folder, subprocess.DEVNULL)
    while process.poll() is None:
        for pid in workers_of(process.pid):
            time.sleep(0.05)
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    process.communicate(timeout=60)
    expect(process.returncode == 1, f'killed workers: status 1, not {process.returncode}')
    with open(os.path.join(folder, 'report.json'), encoding='utf-8') as file:
        found = faults.statuses(file.read())
    slow = {status for (_, control, _), status in found.items() if control in SLOW_CONTROLS}
    expect(slow == {'error'}, 'killed workers: the controls that ran are errors')
    expect(found[(0, '1.1', 'few')] in ('pass', 'error')
           and found[(1, '1.1', 'few')] in ('fail', 'error'),
           'killed workers: the other controls stand')
    os.unlink(os.path.join(folder, 'report.json'))


# ---- ended in the middle of a call ----

def test_signal_in_calls():
    """At every call that the parent makes of the system."""
    build = os.path.join(os.environ.get('PE_BUILD_DIR', 'build/debug'), 'tests', 'faults')
    program, library = os.path.join(build, 'policyeval'), os.path.join(build, 'faults.so')
    if not os.path.exists(library):
        print('signals: SKIPPED: signals in the middle of calls: there is no library of faults')
        return
    bench = faults.Bench(program, library, faults.is_sanitized(program))
    run = [run for run in faults.RUNS if run.name == 'check, to a file'][0]
    good, counts = bench.run(run)
    for call, (made, _) in counts.items():
        for number in range(1, made + 1) if call not in ('malloc', 'read', 'poll', 'fired') else []:
            result, _ = bench.run(run, faults.Fault(call, number, 'SIGTERM', False, 'parent'))
            what = f'SIGTERM at {call} {number}'
            expect(result.status == -signal.SIGTERM, f'{what}: status {result.status}')
            expect(result.files in ({}, good.files), f'{what}: left {list(result.files)}')
            expect(good.out.startswith(result.out), f'{what}: another output')
            if call == 'fsync':
                expect(not result.files, f'{what}: the report was written all the same')
    bench.close()


# ---- output that goes nowhere ----

def test_closed_pipe(folder):
    fixture = os.path.join(SOURCE, 'fixtures', 'iad', 'realistic.json')
    for name, arguments in (('text', ['good.json', '--pack', 'pack']),
                            ('json', ['-o', 'json', fixture]), ('list', ['list']),
                            ('schema', ['schema']), ('help', ['help'])):
        reader, writer = os.pipe()
        os.close(reader)
        process = subprocess.run([PROGRAM, *arguments], cwd=folder, env=ENVIRONMENT, stdout=writer,
                                 stderr=subprocess.PIPE, timeout=60, check=False)
        os.close(writer)
        expect(process.returncode == 2, f'{name} into a closed pipe: {process.returncode}')
        expect(process.stderr.count(b'\n') == 1, f'{name} into a closed pipe: {process.stderr}')
    process = subprocess.Popen([PROGRAM, '-o', 'json', '--evidence', 'all', fixture],
                               env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.read(1)
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    expect(process.wait(60) == 2 and err.count(b'\n') == 1, f'into head -c1: {process.returncode}')


def test_full_disk(folder):
    if not os.path.exists('/dev/full'):
        return
    for arguments in (['good.json', '--pack', 'pack'], ['version'], ['list', '--pack', 'pack']):
        with open('/dev/full', 'wb') as full:
            process = subprocess.run([PROGRAM, *arguments], cwd=folder, env=ENVIRONMENT,
                                     stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
        expect(process.returncode == 2, f'{arguments} to /dev/full: {process.returncode}')


# ---- descriptors that are closed at the start ----

def run_closed(folder, arguments, closed):
    """(status, what came out); of what is closed nothing can come."""
    redirections = ' '.join(f'{fd}{"<" if fd == 0 else ">"}&-' for fd in closed)
    process = subprocess.run(['/bin/sh', '-c', f'exec "$@" {redirections}', 'sh', PROGRAM,
                              *arguments], cwd=folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60,
                             check=False)
    return process.returncode, process.stdout, process.stderr


def test_closed_descriptors(folder, before):
    to_file = ['--pack', 'pack', '-o', 'json:report.json', 'good.json']
    to_both = ['--pack', 'pack', '-o', 'text', *to_file[2:]]
    run_closed(folder, to_both, ())
    with_report = contents(folder)
    report = {'report.json': with_report['report.json']}
    combinations = [c for n in range(4) for c in itertools.combinations((0, 1, 2), n)]
    for closed in combinations:
        os.unlink(os.path.join(folder, 'report.json'))
        status, out, err = run_closed(folder, to_file, closed)
        expect((status, out, err) == (0, b'', b''), f'{closed} closed, to a file: {status} {err}')
        expect(contents(folder) == {**before, **report}, f'{closed} closed: other files')
        status, _, err = run_closed(folder, to_both, closed)
        expect(status == (2 if 1 in closed else 0), f'{closed} closed, to both: {status}')
        expect(contents(folder) == {**before, **report}, f'{closed} closed, to both: other files')
        status, out, err = run_closed(folder, ['--pack', 'pack', '-'], closed)
        expect(status == 2 and out == b'', f'{closed} closed, from standard input: {status}')
        expect((err == b'') == (2 in closed), f'{closed} closed: {err}')
        expect(contents(folder) == {**before, **report}, f'{closed} closed, stdin: other files')
    os.unlink(os.path.join(folder, 'report.json'))


def test_inherited(folder):
    """Signals that the caller ignores or blocks change nothing."""
    wanted = subprocess.run([PROGRAM, '--pack', 'pack', 'bad.json'], cwd=folder, env=ENVIRONMENT,
                            capture_output=True, check=False)
    for setting in ('signal.signal(signal.SIGCHLD, signal.SIG_IGN)',
                    'signal.signal(signal.SIGPIPE, signal.SIG_DFL)',
                    'signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())'):
        script = f'import os, signal, sys; {setting}; os.execv(sys.argv[1], sys.argv[1:])'
        got = subprocess.run([sys.executable, '-c', script, PROGRAM, '--pack', 'pack', 'bad.json'],
                             cwd=folder, env=ENVIRONMENT, capture_output=True, timeout=60,
                             check=False)
        expect((got.returncode, got.stdout, got.stderr) == (1, wanted.stdout, b''),
               f'{setting}: {got.returncode} {got.stderr}')


def main():
    folder = make_folder()
    before = contents(folder)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL):
        test_signal(folder, before, number)
    test_killed_worker(folder)
    test_signal_in_calls()
    test_closed_pipe(folder)
    test_full_disk(folder)
    test_closed_descriptors(folder, before)
    test_inherited(folder)
    shutil.rmtree(folder)
    if failures:
        print(f'signals: {len(failures)} of {checks} checks failed')
        return 1
    print(f'signals: ok ({checks} checks)')
    return 0


sys.exit(main())
