#!/usr/bin/env python3
"""late.test.py: a worker of --ndjson that overstays is followed by one that shows what it was; a filter
or a check that was suspended, or a filter that had to wait for its reader, blames no worker for that.
Takes four minutes.

usage: late.test.py PROGRAM
"""
# SPDX-License-Identifier: Apache-2.0
import json
import os
import signal
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.abspath(sys.argv[1])
ROOT = os.environ.get('PE_SOURCE_DIR') or os.path.join(os.path.dirname(__file__), '../..')
LONGER = 36  # seconds, than the 30 that a control may take
failures = []


def expect(holds, what):
    if not holds:
        failures.append(what)
        print('late: FAILED:', what)


def line():
    with open(os.path.join(ROOT, 'fixtures/iad/realistic.json'), encoding='utf-8') as file:
        return json.dumps(json.load(file)).encode() + b'\n'


def worker_of(process):
    with open(f'/proc/{process.pid}/task/{process.pid}/children', encoding='ascii') as file:
        return int(file.read().split()[0])


PACK = "return { id = 'late', version = '1', title = 'Late', limits = { instructions = 100000000 } }"
CONTROL = """return { title = 't', severity = 'low', owner = 'customer', rules = {{ id = 'slow', title = 'r',
check = function(s)
  local n = 0
  for _ = 1, 20000000 do n = n + 1 end
  ensure(s.a == 1, s, 'm')
end }} }"""


def stop_next(process, before):
    """Stops the worker that comes after that one, when it has begun: its rule takes half a second."""
    deadline = time.monotonic() + 60
    while worker_of(process) == before and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(0.1)
    os.kill(worker_of(process), signal.SIGSTOP)


def test_late(twice):
    """One that overstays is followed by another one; when that does so too, it is the rule's fault."""
    with tempfile.TemporaryDirectory() as pack:
        for name, text in (('pack.lua', PACK), ('1.1.lua', CONTROL)):
            with open(os.path.join(pack, name), 'w', encoding='ascii') as file:
                file.write(text)
        process = subprocess.Popen([PROGRAM, '--ndjson', '--pack', pack], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, bufsize=0)
        process.stdin.write(b'{"a":1}\n')
        answer = b''
        while not answer.endswith(b'\n'):
            answer += process.stdout.read(65536)
        first = worker_of(process)
        os.kill(first, signal.SIGSTOP)
        process.stdin.write(b'{"a":1}\n{"a":1}\n')
        if twice:
            stop_next(process, first)
        out, _ = process.communicate(timeout=150)
    good, *late = [json.loads(text) for text in (answer + out).splitlines()]
    expect(good['verdict'] == 'pass' and len(late) == 2, 'each line is answered')
    expect(late[0]['verdict'] == ('fail' if twice else 'pass') and
           ('30 seconds' in json.dumps(late[0])) == twice, 'a worker that overstays')
    expect(late[1]['controls'] == good['controls'], 'the line after it')
    expect(process.returncode == 0, 'the filter goes on')


def start_with(text, *arguments, **options):
    """All of its input is in a file: nobody waits for it to be read."""
    with tempfile.TemporaryFile() as file:
        file.write(text)
        file.seek(0)
        return subprocess.Popen([PROGRAM, '--ndjson', *arguments], stdin=file,
                                stdout=subprocess.PIPE, bufsize=0, **options)


def test_suspended(text, wanted):
    process = start_with(text, '--jobs', '2', start_new_session=True)
    first = process.stdout.read(1)
    os.killpg(process.pid, signal.SIGSTOP)
    time.sleep(LONGER)
    os.killpg(process.pid, signal.SIGCONT)
    out, _ = process.communicate(timeout=120)
    expect(first + out == wanted, 'a filter that was suspended')


def test_suspended_check():
    command = [PROGRAM, '--jobs', '2', '-o', 'csv', '--evidence', 'none',
               *[os.path.join(ROOT, 'fixtures/iad/realistic.json')] * 200]
    wanted = subprocess.run(command, capture_output=True, check=False).stdout
    process = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
    time.sleep(0.5)
    os.killpg(process.pid, signal.SIGSTOP)
    time.sleep(LONGER)
    os.killpg(process.pid, signal.SIGCONT)
    out, _ = process.communicate(timeout=120)
    expect(out == wanted, 'a check that was suspended')


def test_slow_reader(text, wanted):
    process = start_with(text)
    time.sleep(LONGER)
    out, _ = process.communicate(timeout=120)
    expect(out == wanted, 'a reader that was slow')


def main():
    text = line()
    wanted = subprocess.run([PROGRAM, '--ndjson'], input=text * 40, capture_output=True,
                            check=True).stdout
    test_late(False)
    test_late(True)
    test_suspended(text * 40, wanted)
    test_suspended_check()
    test_slow_reader(text * 40, wanted)
    print(f'late: {len(failures)} failures')
    return 1 if failures else 0


sys.exit(main())
