#!/usr/bin/env python3
"""ndjson.test.py: `policyeval --ndjson` keeps the contract of docs/fleet.md.

usage: ndjson.test.py PROGRAM
"""
# SPDX-License-Identifier: Apache-2.0
import json
import os
import re
import random
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
SANITIZED = faults.is_sanitized(PROGRAM)
with open(PROGRAM, 'rb') as program:
    COUNTED = re.search(rb'__gcov_|__llvm_profile_', program.read()) is not None  # coverage has counters in memory
failures = []
checks = 0


def expect(holds, what):
    global checks
    checks += 1
    if not holds:
        failures.append(what)
        print(f'ndjson: FAILED: {what}')


# ---- a pack in which some tenants are trouble ----

TROUBLE = '''return {
  title = { en = "Trouble", ja = "難" }, severity = "low", owner = "customer",
  references = { "none" },
  rules = {
    { id = "trouble", title = { en = "No trouble", ja = "難なし" }, fix = { en = "Be kind", ja = "-" },
      check = function(s)
        local what = s.tenant
        if what == "burn" then while true do what = s.tenant end end
        if what == "eat" then
          local all = {}
          for i = 1, 1e9 do all[i] = { i } end
        end
        if what == "raise" then error("trouble") end
        if what == "many" then
          for i = 1, 20000 do ensure(s.tenant == "no", s, "finding {i}", { i = i }) end
        end
        ensure(s.tenant ~= "bad", s, "it is bad")
      end },
    { id = "after", title = { en = "After", ja = "後" }, fix = { en = "-", ja = "-" },
      check = function(s)
        if s.tenant == "slow" then
          local n = 0
          for i = 1, 9e5 do n = n + i % 7 end
        end
        ensure(#s.tenant > 0, s, "no name")
      end },
  },
}
'''


def snapshot(tenant, enabled=1):
    return json.dumps({
        'tenant': tenant, 'service': 'ctx', 'as_of': '2026-11-20T09:00:00Z',
        'accounts': [{'id': chr(97 + i), 'enabled': i < enabled, 'key': 'hidden', 'roles': []}
                     for i in range(4)]}).encode()


def make_folder():
    folder = tempfile.mkdtemp(prefix='pe-ndjson-')
    faults.write_files(folder)
    with open(os.path.join(folder, 'pack', '1.9.lua'), 'w', encoding='utf-8') as file:
        file.write(TROUBLE)
    return folder


class Filter:
    """The filter in a folder, by the small pack."""

    def __init__(self, folder):
        self.folder = folder

    def command(self, *arguments):
        return [PROGRAM, '--ndjson', '--pack', 'pack', *arguments]

    def run(self, text, *arguments, status=0, stdout=subprocess.PIPE):
        done = subprocess.run(self.command(*arguments), cwd=self.folder, env=ENVIRONMENT,
                              input=text, stdout=stdout, stderr=subprocess.PIPE, timeout=120,
                              check=False)
        expect(done.returncode == status,
               f'{arguments}: status {done.returncode}, not {status}: {done.stderr[:300]}')
        return done.stdout

    def start(self, *arguments):
        return subprocess.Popen(self.command(*arguments), cwd=self.folder, env=ENVIRONMENT,
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, start_new_session=True)


def answers_of(out):
    return [json.loads(line) for line in out.splitlines()]


def without_number(line):
    """An answer but for the number of its line."""
    answer = json.loads(line)
    del answer['line']
    return answer


GOOD = [snapshot(f't{i}', i % 4) for i in range(12)]


# ---- answers ----

def test_answers_come_in_order(f):
    lines = GOOD + [b'', b'{"tenant":', snapshot('bad'), *GOOD]
    out = f.run(b'\n'.join(lines) + b'\n')
    answers = answers_of(out)
    expect(out.endswith(b'\n') and out.count(b'\n') == len(lines), 'one line out for each line in')
    expect([a['line'] for a in answers] == list(range(1, len(lines) + 1)), 'lines are numbered')
    expect([a['verdict'] for a in answers[12:15]] == ['error', 'error', 'fail'], 'verdicts')
    expect([a['snapshot']['tenant'] for a in answers[:12]] == [f't{i}' for i in range(12)],
           'answers are in order')
    expect(len({a['policies'] for a in answers}) == 1, 'all have the same policies')
    expect(b'hidden' not in out, 'no secret is shown')
    expect(all(not rule['evidence'] for a in answers for c in a.get('controls', [])
               for rule in c['rules']), 'no evidence unless it is asked for')
    expect(b'"evidence":[{' in f.run(GOOD[0], '--evidence', '3'), 'evidence when it is asked for')
    return out


WAIVERS = {'zone': 'Asia/Tokyo', 'waivers': [
    {'id': 'W1', 'control': '1.9', 'rule': 'trouble', 'tenant': 'bad', 'reason': 'known',
     'owner': 'o', 'approver': 'a', 'expires': '2026-12-31'},
    {'id': 'W2', 'control': '1.9', 'tenant': 'other', 'reason': 'known', 'owner': 'o',
     'approver': 'a', 'expires': '2026-12-31'}]}


def result_of_check(f, line, arguments):
    """What one run of check says of the same bytes."""
    evidence = [] if '--evidence' in arguments else ['--evidence', 'none']
    done = subprocess.run([PROGRAM, '--pack', 'pack', '-o', 'json', *evidence, *arguments, '-'],
                          cwd=f.folder, env=ENVIRONMENT, input=line, capture_output=True,
                          timeout=60, check=False)
    expect(done.returncode in (0, 1), f'{arguments}: {done.returncode}: {done.stderr[:300]}')
    return json.loads(done.stdout)['results'][0]


def test_an_answer_is_the_result_of_check(f):
    for name, content in (('waivers.json', WAIVERS), ('settings.json', {'fail-on': 'critical'})):
        with open(os.path.join(f.folder, name), 'w', encoding='utf-8') as file:
            json.dump(content, file)
    lines = [snapshot('bad', 4), snapshot('good'), snapshot('bad')[:-1] + b', "more": 1}']
    now = ['--now', '2026-12-01T09:00:00Z']
    policies = set()
    for arguments, said in (
            ([], '"status": "fail"'), (['--evidence', 'all'], '"evidence": [{'),
            (['--waivers', 'waivers.json'], '"status": "waived"'),
            (['--waivers', 'waivers.json', '--as-of', '2027-01-01T00:00:00Z'], '"expired"'),
            (['--fail-on', 'critical'], '"gate"'), (['--owner', 'provider'], '"gate"'),
            (['--strict-model'], '"gate"'), (['--max-age', '7d', *now], '"too_old"'),
            (['--max-age', '70d', *now], '"gate"'),
            (['--config', 'settings.json'], '"settings.json"'), (['--only', '2.1'], '"2.1"'),
            (['--require-basis', 'measured'], '"measured"'), (['--cross-check'], '"fail"')):
        answers = answers_of(f.run(b'\n'.join(lines), *arguments))
        expect(said in json.dumps(answers[0]), f'{arguments}: {said}')
        for number, (line, answer) in enumerate(zip(lines, answers), 1):
            expect(answer.pop('schema') == 'urn:policyeval:line:1'
                   and answer.pop('line') == number, 'the head of an answer')
            policies.add(answer.pop('policies'))
            expect(json.dumps(answer) == json.dumps(result_of_check(f, line, arguments)),
                   f'{arguments}: answer {number} is the result of check')
    expect(len(policies) == 13, f'other options make other policies: {len(policies)}')
    line = lines[0]
    result = result_of_check(f, line, [])
    brief = json.loads(f.run(line, '--quiet'))
    expect([(c['id'], c['status']) for c in brief['controls']]
           == [(c['id'], c['status']) for c in result['controls']], '--quiet has the verdicts')
    expect('title' not in json.dumps(brief), '--quiet has no texts')


def test_the_same_input_gives_the_same_bytes(f, out):
    lines = GOOD + [b'', b'{"tenant":', snapshot('bad'), *GOOD]
    text = b'\n'.join(lines)
    expect(f.run(text) == out, 'the last line feed may be missing; a re-run gives the same bytes')
    for jobs in range(1, 9):
        expect(f.run(text, '--jobs', str(jobs)) == out, f'--jobs {jobs} gives the same bytes')


def test_permuted_input_gives_permuted_output(f):
    lines = GOOD + [snapshot('burn'), b'[', snapshot('raise'), snapshot('eat'), snapshot('many')]
    order = list(range(len(lines)))
    random.Random(5).shuffle(order)
    straight = [without_number(a) for a in f.run(b'\n'.join(lines)).splitlines()]
    mixed = [without_number(a)
             for a in f.run(b'\n'.join(lines[i] for i in order), '--jobs', '3').splitlines()]
    expect(mixed == [straight[i] for i in order], 'permuted input gives permuted output')


# ---- lines that are trouble ----

def test_bad_lines_are_answered(f):
    bad = {
        b'': 'blank', b' \t\r': 'blank', b'{': 'column', b'{} {}': 'column', b'\xff': 'column',
        b'{"a":1,"a":2}': 'column', b'\x00': 'column', b'[' * 500: 'more than 128', b'nul': 'column',
        GOOD[0] + b' ' * 3000: 'longer than 2000 bytes', b'x' * 300000: 'longer than 2000 bytes',
    }
    lines = [line for one in bad for line in (one, GOOD[1])]
    answers = answers_of(f.run(b'\n'.join(lines) + b'\n', '--max-line', '2000'))
    expect(len(answers) == len(lines), 'bad lines are answered')
    for line, answer, good, word in zip(bad, answers[::2], answers[1::2], bad.values()):
        expect(answer['verdict'] == 'error' and word in answer['reason']['en']
               and 'controls' not in answer, f'{line[:20]}: {str(answer)[:300]}')
        expect(good['snapshot']['tenant'] == 't1', f'the line after {line[:20]}')
    expect(f.run(b'') == b'', 'no input, no output')
    expect(len(f.run(b'\n\n').splitlines()) == 2, 'blank lines are answered')


def test_a_line_of_the_limit_is_judged(f):
    line = GOOD[0] + b' ' * (3000 - len(GOOD[0]))
    expect(json.loads(f.run(line, '--max-line', '3000'))['verdict'] != 'error', 'at the limit')
    expect(json.loads(f.run(line, '--max-line', '2999'))['verdict'] == 'error', 'above it')
    long = GOOD[0][:-1] + b',"more":"' + b'x' * 3000000 + b'"}'
    answers = answers_of(f.run(b'\n'.join([GOOD[0], long, GOOD[0]])))
    expect(answers[1]['snapshot']['tenant'] == 't0', 'a long line is judged')


def test_a_hostile_line_costs_only_itself(f):
    hostile = [snapshot(name) for name in ('burn', 'eat', 'raise', 'many')]
    clean = [without_number(a) for a in f.run(b'\n'.join(GOOD)).splitlines()]
    for name, line in zip(('burn', 'eat', 'raise', 'many'), hostile):
        out = f.run(b'\n'.join([*GOOD[:6], line, *GOOD[6:]])).splitlines()
        expect([without_number(a) for a in out[:6] + out[7:]] == clean, f'lines around {name}')
        answer = json.loads(out[6])
        rules = {(c['id'], r['id']): r for c in answer['controls'] for r in c['rules']}
        expect(rules[('1.9', 'trouble')]['status'] == ('fail' if name == 'many' else 'error'),
               f'{name} is an error')
        expect(rules[('1.9', 'after')]['status'] == 'pass', f'the rule after {name} is judged')


def test_expectations_are_of_a_line(f):
    other = GOOD[0].replace(b'"ctx"', b'"iad"')
    answers = answers_of(f.run(b'\n'.join([GOOD[0], other]), '--expect', 'service=ctx'))
    expect(answers[0]['verdict'] != 'error' and answers[1]['verdict'] == 'error'
           and 'expected the service ctx' in answers[1]['reason']['en'], 'a line of another service')


# ---- workers that die ----

def workers_of(pid):
    try:
        with open(f'/proc/{pid}/task/{pid}/children', encoding='ascii') as file:
            return [int(word) for word in file.read().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def test_a_killed_worker_changes_nothing(f):
    slow = snapshot('slow')
    wanted = f.run(b'\n'.join([slow, GOOD[0]] * 6) + b'\n')
    process = f.start('--jobs', '2')
    got = b''
    for _ in range(6):
        process.stdin.write(slow + b'\n' + GOOD[0] + b'\n')
        process.stdin.flush()
        time.sleep(0.03)
        for pid in workers_of(process.pid)[:1]:
            os.kill(pid, signal.SIGKILL)
        got += process.stdout.readline() + process.stdout.readline()  # a line is tried twice
    status, rest, error = finish(process)
    expect((status, rest, error) == (0, b'', b'') and got == wanted, 'killed workers change nothing')


# ---- a partner that waits for each answer, and signals ----

def ask(process, line):
    process.stdin.write(line + b'\n')
    process.stdin.flush()
    return process.stdout.readline()


def finish(process):
    process.stdin.close()
    rest = process.stdout.read()
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()
    return process.wait(60), rest, error


def test_answers_do_not_wait_for_the_next_line(f):
    process = f.start('--jobs', '3')
    answers = [json.loads(ask(process, line)) for line in GOOD]
    expect([a['line'] for a in answers] == list(range(1, 13)), 'each is answered at once')
    expect(finish(process) == (0, b'', b''), 'the end of input is the end')


def test_an_idle_filter_ends_at_a_signal(f):
    for number, status in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
        process = f.start()
        ask(process, GOOD[0])
        workers = workers_of(process.pid)
        before = time.monotonic()
        process.send_signal(number)
        expect(process.wait(20) == status, f'{number}: status {process.returncode}')
        expect(time.monotonic() - before < 5, f'{number}: at once')
        expect(finish(process)[1:] == (b'', b''), f'{number}: says nothing more')
        expect(len(workers) == 1 and not os.path.exists(f'/proc/{workers[0]}'), 'no worker is left')


def test_a_busy_filter_finishes_its_line(f):
    lines = [snapshot('slow')] * 60
    wanted = f.run(b'\n'.join(lines) + b'\n')
    for jobs in ('1', '3'):
        process = f.start('--jobs', jobs)
        process.stdin.write(b'\n'.join(lines) + b'\n')
        process.stdin.flush()
        first = process.stdout.readline()
        os.killpg(process.pid, signal.SIGTERM)  # as schedulers do: workers get it too
        status, rest, error = finish(process)
        got = first + rest
        expect(status == 143 and error == b'', f'--jobs {jobs}, busy: {status} {error}')
        expect(got.endswith(b'\n') and wanted.startswith(got), f'--jobs {jobs}: lines are whole')
        expect(1 <= got.count(b'\n') < 60, f'--jobs {jobs}: it stops ({got.count(b"%c" % 10)})')


# ---- exit statuses ----

def test_laid_out(f):
    """A file that is laid out for people is many lines: all are answered, and why is said once."""
    for text, said in ((json.dumps(json.loads(GOOD[0]), indent=1).encode(), True), (b'{', False), (b'{\n}}\n', True),
                       (b'{\n' + GOOD[0], False), (GOOD[0], False), (b'', False)):
        done = subprocess.run(f.command(), cwd=f.folder, env=ENVIRONMENT, input=text, capture_output=True,
                              timeout=60, check=False)
        lines = len(text.splitlines())
        expect(done.returncode == 0 and len(done.stdout.splitlines()) == lines, f'{text[:20]}: not all are answered')
        expect((b'none of %d lines is JSON' % lines in done.stderr) == said and
               done.stderr.count(b'\n') == said, f'{text[:20]}: {done.stderr}')


def test_exit_statuses(f):
    line = GOOD[0]
    for arguments in (['--unheard-of'], ['-o', 'text'], ['one.json'], ['--only', '9.9.9'],
                      ['--max-line', '0'], ['--max-bytes', '0'], ['--evidence', 'x'],
                      ['--baseline', 'one.json'], ['--fail-on', 'worst'], ['--owner', 'me'],
                      ['--max-age', '1d'],
                      ['--jobs', '0'], ['--as-of', 'now'], ['--expect', 'x=y'],
                      ['--require-basis', 'hope']):
        expect(f.run(line, *arguments, status=64) == b'', f'{arguments}: says nothing')
    f.run(line, '--param', 'most=99', status=64)
    expect(f.run(line, '--expect-policies', '0' * 64, status=78) == b'', 'other policies')
    digest = json.loads(f.run(b'\n'))['policies']
    expect(f.run(line, '--expect-policies', digest) == f.run(line), 'the same policies')
    expect(json.loads(f.run(b'\n', '--param', 'most=3'))['policies'] != digest,
           'a parameter makes other policies')
    for arguments in (['--pack', 'nowhere'], ['--waivers', '-'], ['--waivers', 'nowhere'],
                      ['--config', 'nowhere']):
        expect(f.run(line, *arguments, status=78) == b'', f'{arguments}: says nothing')
    shutil.copytree(os.path.join(f.folder, 'pack'), os.path.join(f.folder, 'broken'))
    with open(os.path.join(f.folder, 'broken', '2.1.lua'), 'a', encoding='utf-8') as file:
        file.write('!')
    f.run(line, '--pack', 'broken', status=78)
    with open('/dev/full', 'wb') as full:
        f.run(line, status=74, stdout=full)
    reader, writer = os.pipe()
    os.close(reader)
    f.run(line, status=141, stdout=writer)
    os.close(writer)
    folder = os.open(f.folder, os.O_RDONLY)
    done = subprocess.run(f.command(), cwd=f.folder, env=ENVIRONMENT, stdin=folder,
                          capture_output=True, timeout=60, check=False)
    os.close(folder)
    expect(done.returncode == 74, f'a folder as input: {done.returncode}')


def test_two_packs(f):
    lines = [GOOD[0], b'{', GOOD[1]]
    out = f.run(b'\n'.join(lines), '--pack', 'iso27017')
    answers = answers_of(out)
    expect([p['id'] for p in answers[0]['packs']] == ['tiny', 'iso27017'], 'both packs judge')
    expect({c['pack'] for c in answers[2]['controls']} == {'tiny', 'iso27017'}, 'all lines')
    expect(out == f.run(b'\n'.join(lines), '--pack', 'iso27017', '--jobs', '2'), 'the same bytes')


# ---- memory ----

def peak(pid):
    with open(f'/proc/{pid}/status', encoding='ascii', errors='replace') as file:
        return next(int(line.split()[1]) for line in file if line.startswith('VmHWM'))


def test_memory_does_not_grow(f):
    """But for the garbage that a worker keeps until there are 4 MiB of it."""
    if SANITIZED:
        return
    process = f.start()
    lines = [*GOOD, snapshot('raise'), snapshot('bad', 4), b'{', b'', snapshot('burn')]
    peaks = []
    for number in range(2000):
        ask(process, lines[number % (len(lines) - (number % 100 != 16))])
        if number in (300, 1999):
            peaks.append([peak(pid) for pid in (process.pid, *workers_of(process.pid))])
    finish(process)
    expect(len(peaks[1]) == 2, 'there is one worker')
    expect(peaks[1][0] <= peaks[0][0] + 256 and peaks[1][1] <= peaks[0][1] + 4608,
           f'memory does not grow: {peaks} KiB')
    expect(sum(peaks[1]) < (16 if COUNTED else 12) * 1024, f'memory is small: {peaks[1]} KiB')


# ---- the schema ----

def test_the_schema(f):
    try:
        from jsonschema import Draft202012Validator
    except ImportError:
        print('ndjson: SKIPPED: python3-jsonschema is not installed')
        return
    schemas = {}
    for name in ('line', 'result'):
        with open(os.path.join(SOURCE, 'docs', f'{name}.schema.json'), encoding='utf-8') as file:
            schemas[name] = json.loads(file.read().replace('urn:policyeval:result:1#', '#'))
    schemas['line']['$defs'].update(schemas['result']['$defs'])  # how to find others differs by version
    expect(set(schemas['line']['$defs']['judged']['properties'])
           == {'schema', 'line', 'policies', *schemas['result']['$defs']['result']['properties']},
           'line.schema.json has all members of result.schema.json')
    validator = Draft202012Validator(schemas['line'])
    text = b'\n'.join([GOOD[0], b'', b'{', snapshot('bad'), snapshot('burn')])
    for arguments in ([], ['--quiet'], ['--evidence', 'all'], ['--strict-model'],
                      ['--waivers', 'waivers.json'], ['--config', 'settings.json']):
        for answer in answers_of(f.run(text, *arguments)):
            errors = [f'{e.json_path}: {e.message[:200]}' for e in validator.iter_errors(answer)]
            expect(not errors, f'{arguments}: {errors[:3]}')
            for change in (lambda a: a.update(unheard=1), lambda a: a.pop('policies'),
                           lambda a: a['snapshot'].update(sha256='0')):
                spoilt = json.loads(json.dumps(answer))
                change(spoilt)
                expect(not validator.is_valid(spoilt), 'the schema refuses what is wrong')


def main():
    folder = make_folder()
    f = Filter(folder)
    out = test_answers_come_in_order(f)
    test_an_answer_is_the_result_of_check(f)
    test_the_same_input_gives_the_same_bytes(f, out)
    test_permuted_input_gives_permuted_output(f)
    test_bad_lines_are_answered(f)
    test_a_line_of_the_limit_is_judged(f)
    test_a_hostile_line_costs_only_itself(f)
    test_expectations_are_of_a_line(f)
    test_a_killed_worker_changes_nothing(f)
    test_answers_do_not_wait_for_the_next_line(f)
    test_an_idle_filter_ends_at_a_signal(f)
    test_a_busy_filter_finishes_its_line(f)
    test_laid_out(f)
    test_exit_statuses(f)
    test_two_packs(f)
    test_memory_does_not_grow(f)
    test_the_schema(f)
    shutil.rmtree(folder)
    if failures:
        print(f'ndjson: {len(failures)} of {checks} checks failed')
        return 1
    print(f'ndjson: ok ({checks} checks)')
    return 0


sys.exit(main())
