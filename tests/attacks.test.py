#!/usr/bin/env python3
"""attacks.test.py: every attack of attacks/lua ends as attacks/expect.tsv says, and harms nobody.

Each is one pack with a neighbour before and behind the attacked control, and one run of the
program. A run must end in time and within its memory, by exit status 0, 1 or 2; no worker dies of
it; the neighbours end as they do without the attack, to the last byte of their evidence; nothing
is written anywhere; what is printed holds no control characters.
"""
# SPDX-License-Identifier: Apache-2.0
import concurrent.futures
import os
import re
import sys
import tempfile

SOURCE = os.environ.get('PE_SOURCE_DIR', os.path.join(os.path.dirname(__file__), '..'))
sys.path.insert(0, os.path.join(SOURCE, 'tests', 'support'))
import attacks  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
ONLY = re.compile(sys.argv[2] if len(sys.argv) > 2 else '')
INSTRUMENTED = attacks.is_instrumented(PROGRAM)

# Hang detectors, in seconds of CPU: the attacks themselves are meant to end within one second, the
# worst cases within five.
SECONDS, WORST_SECONDS, INSTRUMENTED_SECONDS = 3, 5, 40
KILL_SECONDS = 50 if INSTRUMENTED else 15
MIB = 128
COMPLAINT_BYTES = 2000

LIMITS = {'fuel': r'limit of \d+ instructions', 'memory': r'memory limit of \d+ MiB',
          'string': r'string longer than \d+ bytes', 'pattern': r'pattern took more than \d+ steps',
          'size': r'longer than \d+ KiB'}
DEATHS = ('died', 'overstayed', 'impossible answer')


class Row:
    def __init__(self, line):
        cells = line.rstrip('\n').split('\t')
        self.file, self.where, status, reason, limit, note = cells
        self.status = status.split('|')
        self.reasons = [] if reason == '-' else reason.split('|')
        self.limits = [] if limit == '-' else limit.split('|')
        self.note = '' if note == '-' else note
        self.name = '%s %s' % (self.file, self.where)

    def seconds(self):
        if INSTRUMENTED:
            return INSTRUMENTED_SECONDS
        return WORST_SECONDS if 'worst case' in self.note else SECONDS

    def reason_fits(self, text):
        if self.limits:
            return any(re.search(LIMITS[limit], text) for limit in self.limits)
        return not self.reasons or any(reason in text for reason in self.reasons)


def rows():
    table = attacks.read(os.path.join(attacks.ATTACKS, 'expect.tsv')).splitlines()
    found = [Row(line) for line in table if line and not line.startswith('#')]
    listed = {row.file for row in found}
    files = set(os.listdir(os.path.join(attacks.ATTACKS, 'lua')))
    assert listed == files, 'in one only, the table or the folder: %s' % sorted(listed ^ files)
    for row in found:
        assert 'pass' not in row.status or row.note, '%s: why is a pass harmless?' % row.name
    return [row for row in found if ONLY.search(row.name)]


# ---- one attack ----

def pack_files(row):
    body = attacks.read(os.path.join(attacks.ATTACKS, 'lua', row.file))
    if row.where in ('top', 'control'):
        return {'mmm_lua': body}
    if row.where in ('check', 'large'):
        return {'mmm_lua': attacks.INSIDE_CHECK % body}
    good = attacks.INSIDE_CHECK % ''
    if row.where == 'pack':
        return {'mmm_lua': good, 'pack_lua': body}
    return {'mmm_lua': good, 'model_lua': body}


def command(row, pack, work):
    if row.where == 'schema':
        return [PROGRAM, 'schema', pack]
    snapshot = 'large.json' if row.where == 'large' else 'small.json'
    return [PROGRAM, '-o', 'json', '--pack', pack, os.path.join(work, snapshot)]


def clean(text):
    """Whether a text holds no control character but line feeds."""
    return not re.search('[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]', text)


def check_refusal(row, run):
    text = run.err.decode('utf-8', 'replace')
    if 'refused' not in row.status:
        yield 'refused: ' + text.strip()
    if run.out or text.count('\n') != 1 or not clean(text) or len(run.err) > COMPLAINT_BYTES:
        yield 'the complaint is not one clean, short line: %r' % text[:300]
    if not row.reason_fits(text):
        yield 'refused for another reason: ' + text.strip()
    if any(death in text for death in DEATHS):
        yield 'a worker died: ' + text.strip()


def check_attacked(row, control):
    rules = {rule['id']: rule for rule in control['rules']}
    for rule in control['rules']:
        if any(death in rule['reason']['en'] for death in DEATHS):
            yield '%s: %s' % (rule['id'], rule['reason']['en'])
        if rule['status'] == 'pass' and not row.note:
            yield '%s passes' % rule['id']
    rule = rules.get('attacked', control['rules'][0])
    if rule['status'] not in row.status:
        yield 'is %s, not %s: %s' % (rule['status'], ' or '.join(row.status), rule['reason']['en'][:300])
    elif not row.reason_fits(rule['reason']['en']):
        yield 'has another reason: ' + rule['reason']['en'][:300]


def check_neighbours(row, controls, want):
    for name in ('aaa', 'zzz'):
        if row.where not in ('model', 'pack'):
            if controls[name] != want[name]:
                yield 'the verdict of its neighbour %s is another' % name
            continue
        for rule in controls[name]['rules']:  # a model may take data away from them
            if rule['status'] == 'pass' and 'passes' not in rule['id'] and 'computes' not in rule['id']:
                yield 'its neighbour %s passes' % rule['id']


def check_judged(row, run, want):
    if run.err:
        yield 'also said: %r' % run.err[:300]
    controls = {control['id']: control for control in run.result()['controls']}
    if sorted(controls) != ['aaa', 'mmm', 'zzz']:
        yield 'the controls are %s' % sorted(controls)
        return
    yield from check_attacked(row, controls['mmm'])
    yield from check_neighbours(row, controls, want)


def check_run(row, run, want):
    if run.late:
        yield 'did not end in %d s of CPU' % KILL_SECONDS
    elif run.seconds > row.seconds():
        yield 'took %.1f s of CPU' % run.seconds
    if not INSTRUMENTED and run.mib > MIB:
        yield 'held %.0f MiB' % run.mib
    if run.late:
        return
    if run.status == 2:
        yield from check_refusal(row, run)
    elif run.status not in (0, 1):
        yield 'the program ended by %d: %r' % (run.status, run.err[:300])
    elif row.where != 'schema':
        yield from check_judged(row, run, want)
    elif 'ok' not in row.status:
        yield 'was not refused'


def judge(row, work, want):
    with tempfile.TemporaryDirectory(dir=work) as folder:
        pack, cwd = os.path.join(folder, 'pack'), os.path.join(folder, 'cwd')
        attacks.make_pack(pack, **pack_files(row))
        attacks.write(os.path.join(cwd, 'victim.json'), '{}')
        before = attacks.listing(pack) + attacks.listing(cwd)
        run = attacks.run(command(row, pack, work), folder, cwd=cwd, seconds=KILL_SECONDS)
        wrong = list(check_run(row, run, want[row.where == 'large']))
        if attacks.listing(pack) + attacks.listing(cwd) != before:
            wrong.append('something was written')
        return row, run, wrong


# ---- all of them ----

def reference(work, snapshot):
    """The neighbours as they end when nobody attacks."""
    folder = os.path.join(work, 'reference')
    attacks.make_pack(folder, mmm_lua=attacks.INSIDE_CHECK % '')
    run = attacks.run([PROGRAM, '-o', 'json', '--pack', folder, os.path.join(work, snapshot)], work)
    assert run.status == 1, (run.status, run.err)
    controls = {control['id']: control for control in run.result()['controls']}
    statuses = [rule['status'] for rule in controls['aaa']['rules'] + controls['mmm']['rules']]
    assert statuses == ['pass', 'fail', 'unknown', 'pass', 'pass'], statuses
    return controls


def main():
    failed, slowest, most = 0, [], 0
    with tempfile.TemporaryDirectory() as work:
        attacks.write(os.path.join(work, 'small.json'), attacks.snapshot())
        attacks.write(os.path.join(work, 'large.json'), attacks.snapshot(large=True))
        want = [reference(work, 'small.json'), reference(work, 'large.json')]
        table = rows()
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for row, run, wrong in pool.map(lambda row: judge(row, work, want), table):
                slowest.append((run.seconds, row.name))
                most = max(most, run.mib)
                failed += bool(wrong)
                for what in wrong:
                    print('%s: %s' % (row.name, what), flush=True)
    print('%d attacks, %d not as they should be; at most %.0f MiB; slowest: %s' % (
        len(table), failed, most,
        ', '.join('%s %.1f s' % (name, seconds) for seconds, name in sorted(slowest)[:-6:-1])))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
