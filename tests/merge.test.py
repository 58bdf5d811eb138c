#!/usr/bin/env python3
"""merge.test.py: `policyeval merge` counts what the result lines say, and says what changed.

usage: merge.test.py PROGRAM
"""
# SPDX-License-Identifier: Apache-2.0
import csv
import html.parser
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
ENVIRONMENT = {**os.environ, 'LANG': 'C.UTF-8'}
failures = []
checks = 0

PACK = {
    'pack.lua': '''return { id = "small", title = "Small", edition = "1", version = "1",
  tenant = "/tenant", service = "/service", services = { "iad", "ctx" } }
''',
    '1.1.lua': '''return {
  title = { en = "First", ja = "一" }, severity = "low", references = { "none" },
  owner = { iad = "provider", ctx = "customer" },
  rules = { { id = "a", title = "A", fix = "-", check = function(s)
    ensure(s.a, s, "a is off")
  end } },
}
''',
    '1.2.lua': '''return {
  title = { en = "Second", ja = "二" }, severity = "critical", owner = "customer",
  references = { "none" },
  rules = { { id = "b", title = "B", fix = "-", check = function(s)
    ensure(s.b, s, "b is off")
  end } },
}
''',
}


def expect(holds, what):
    global checks
    checks += 1
    if not holds:
        failures.append(what)
        print(f'merge: FAILED: {what}')


def run(folder, *arguments, text=b'', status=0):
    done = subprocess.run([PROGRAM, *arguments], cwd=folder, env=ENVIRONMENT, input=text,
                          capture_output=True, timeout=120, check=False)
    expect(done.returncode == status, f'{arguments}: status {done.returncode}, not {status}: '
                                      f'{done.stderr[:300]}')
    return done.stdout.decode()


def snapshot(tenant, service='ctx', **values):
    return json.dumps({'tenant': tenant, 'service': service, **values}).encode()


def judge(folder, name, lines, *arguments):
    out = run(folder, '--ndjson', '--pack', 'pack', *arguments, text=b'\n'.join(lines) + b'\n')
    with open(os.path.join(folder, name), 'w', encoding='utf-8') as file:
        file.write(out)


def merge(folder, *arguments):
    return json.loads(run(folder, 'merge', '-o', 'json', *arguments))


HOSTILE = '=cmd|"/c calc"!A1<script>alert(1)</script>\x1b[31m\u202e##vso[task]'
NIGHT_1 = [
    snapshot('good', a=True, b=True), snapshot('bad', a=False, b=False),
    snapshot('odd', a=True), snapshot('gone', a=True, b=True), b'{', b'',
    snapshot('both', 'iad', a=False, b=True), snapshot('both', 'ctx', a=True, b=True),
]
NIGHT_2 = [
    snapshot('good', a=True, b=False), snapshot('bad', a=True, b=False),
    snapshot('odd', a=True, b=True), snapshot(HOSTILE, a=True, b=True), b'[',
    snapshot('both', 'iad', a=False, b=True), snapshot('both', 'ctx', a=True, b=True),
]


def test_counts(folder):
    fleet = merge(folder, 'night1')
    expect(fleet['schema'] == 'urn:policyeval:fleet:1', 'schema')
    summary = fleet['summary']
    expect((summary['lines'], summary['tenants'], summary['passed'], summary['unjudged'],
            summary['repeated']) == (8, 6, 3, 2, 0), f'summary: {summary}')
    expect([(c['id'], c['tenants']['fail'], c['tenants']['unknown'], c['tenants']['pass'])
            for c in fleet['controls']] == [('1.1', 2, 0, 4), ('1.2', 1, 1, 4)],
           f'controls, worst first: {fleet["controls"]}')
    expect([(c['owner'], c['severity']) for c in fleet['controls']]
           == [('shared', 'low'), ('customer', 'critical')], 'an owner that differs is shared')
    expect([t['tenant'] for t in fleet['tenants']]
           == ['bad', 'both', 'odd', 'both', 'gone', 'good'],
           f'tenants, worst first: {[t["tenant"] for t in fleet["tenants"]]}')
    expect(fleet['tenants'][1]['service'] == 'iad', 'the same tenant in two services is two')
    expect(fleet['tenants'][2]['statuses'] == ['pass', 'unknown'], 'statuses are by control')
    owners = summary['by_owner']
    expect((owners['provider']['fail'], owners['customer']['fail'], owners['customer']['unknown'],
            owners['customer']['pass'], owners['shared']['pass']) == (1, 2, 1, 8, 0),
           f'by owner: {owners}')
    expect([(u['file'], u['line']) for u in fleet['unjudged']] == [('night1', 5), ('night1', 6)],
           'lines that were not judged')


def test_changes(folder):
    fleet = merge(folder, '--before', 'night1', 'night2')
    summary = fleet['summary']
    expect((summary['worse'], summary['better'], summary['new'], fleet['gone'])
           == (1, 2, 1, ['gone']), f'changes: {summary} {fleet["gone"]}')
    changes = {t['tenant']: t['changes'] for t in fleet['tenants'] if t['service'] != 'iad'}
    expect([(c['id'], c['before'], c['now']) for c in changes['bad']] == [('1.1', 'fail', 'pass')],
           'better')
    expect([(c['id'], c['before'], c['now']) for c in changes['good']] == [('1.2', 'pass', 'fail')],
           'worse')
    expect([(c['before'], c['now']) for c in changes['odd']] == [('unknown', 'pass')],
           'what was unknown')
    expect(changes['both'] == [] and changes[HOSTILE] is None, 'unchanged, and new')
    same = merge(folder, '--before', 'night1', 'night1')['summary']
    expect((same['worse'], same['better'], same['new']) == (0, 0, 0), 'nothing changed')
    text = run(folder, 'merge', '--before', 'night1', 'night2')
    expect('1 worse, 2 better; 1 new tenant, 1 gone' in text, text[:600])


def test_a_tenant_of_a_line_that_was_not_judged_may_not_be_gone(folder):
    with open(os.path.join(folder, 'night2'), encoding='utf-8') as file:
        judged = [line for line in file if '"verdict":"error"' not in line]
    with open(os.path.join(folder, 'judged2'), 'w', encoding='utf-8') as file:
        file.writelines(judged)
    for night, said, named in [('judged2', '1 gone', 'gone: gone'),
                               ('night2', '1 gone or among what could not be judged',
                                'gone or not judged: gone')]:
        text = run(folder, 'merge', '--before', 'night1', night)
        expect(said + '\n' in text and f'  {named}\n' in text, text[:600])
        text = run(folder, 'merge', '-o', 'html', '--before', 'night1', night)
        expect(said + '</p>' in text, f'{night}: {said}')
    text = run(folder, 'merge', '--before', 'night1', 'night1')
    expect('0 gone\n' in text, 'where nobody is missing, nobody is in doubt')


def test_what_is_the_same(folder):
    whole = merge(folder, 'night1', 'night2')
    quiet = merge(folder, 'quiet1', 'quiet2')
    for control in whole['controls']:
        expect(control.pop('title')['ja'] in '一二', 'titles come from whole results')
    for control in quiet['controls']:
        expect(control.pop('title') is None, 'verdicts only have none')
    for fleet in (whole, quiet):
        for unjudged in fleet['unjudged']:
            del unjudged['file']
    expect(whole == quiet, 'verdicts only are enough')
    expect(whole['summary']['repeated'] == 5 and whole['summary']['tenants'] == 7,
           'of several lines about a tenant the last counts')
    with open(os.path.join(folder, 'night1'), 'rb') as file:
        lines = file.read().splitlines()
    text = b'\n'.join(reversed(lines))
    one, other = merge(folder, 'night1'), json.loads(run(folder, 'merge', '-o', 'json', '-',
                                                         text=text))
    expect({**one, 'unjudged': 0} == {**other, 'unjudged': 0}, 'the order of lines does not matter')


def test_mixed_policies(folder):
    judge(folder, 'other', NIGHT_1, '--only', '1.1')
    expect(len(merge(folder, 'night1', 'other')['policies']) == 2, 'two sets of policies')
    expect('2 different' in run(folder, 'merge', 'night1', 'other'), 'which is told')
    fleet = merge(folder, '--before', 'night1', 'other')
    expect(all(c['now'] is None for t in fleet['tenants'] for c in t['changes'] or []
               if c['id'] == '1.2') and fleet['summary']['worse'] == 0, 'what was not judged')


def test_tables(folder):
    text = run(folder, 'merge', '-o', 'csv', 'night2')
    rows = list(csv.reader(io.StringIO(text, newline='')))
    expect(rows[0][:4] == ['tenant', 'service', 'verdict', 'sha256']
           and rows[0][-2:] == ['1.2', '1.1'], f'columns: {rows[0]}')
    expect([row[2] for row in rows[1:]].count('error') == 1 and len(rows) == 8, 'a row a tenant')
    hostile = [row[0] for row in rows if 'calc' in row[0]][0]
    expect(hostile.startswith("'=") and '\x1b' not in text, 'no formula, no escapes')
    page = run(folder, 'merge', '-o', 'html', '--before', 'night1', 'night2')
    expect('<script' not in page and '&lt;script&gt;' in page and '\x1b' not in page, 'no script')

    class Cells(html.parser.HTMLParser):
        stack, cells = [], 0

        def handle_starttag(self, tag, attrs):
            if tag not in ('meta', 'br'):
                self.stack.append(tag)
            self.cells += tag == 'td' and ('class', 's fail') in attrs

        def handle_endtag(self, tag):
            expect(self.stack.pop() == tag, f'{tag} is closed')

    cells = Cells()
    cells.feed(page)
    expect(cells.stack == [] and cells.cells == 3, f'{cells.cells} cells that failed')
    text = run(folder, 'merge', 'night2', '--color', 'always')
    expect('##vso' not in text and 'vso[task]' in text, 'no command of a log')
    expect('\x1b[31m\u202e' not in text and '\u202e' not in text, 'nothing hostile in text')
    expect('テナント 7 件' not in text and '責任区分別' in run(folder, 'merge', '--lang', 'ja', 'night2'),
           'in Japanese')


def test_what_is_no_result(folder):
    with open(os.path.join(folder, 'night1'), encoding='utf-8') as file:
        good = file.readline()
    bad = {
        '{}': 'member', 'nonsense': 'column', '': 'blank', '[]': 'member',
        good.replace('line:1', 'line:2').strip(): 'schema',
        good.replace('"status":"pass"', '"status":"fine"').strip(): 'status',
        good.replace('"verdict":"pass"', '"verdict":"perhaps"').strip(): 'verdict',
        good.strip() + '}': 'column',
    }
    for line, word in bad.items():
        done = subprocess.run([PROGRAM, 'merge', 'night1', '-'], cwd=folder, env=ENVIRONMENT,
                              input=(good + line + '\n').encode(), capture_output=True, timeout=60,
                              check=False)
        expect(done.returncode == 2 and done.stdout == b''
               and b'(standard input), line 2: ' in done.stderr and word in done.stderr.decode(),
               f'{line[:40]}: {done.returncode} {done.stderr}')
    run(folder, 'merge', status=2)
    run(folder, 'merge', 'nowhere', status=2)
    run(folder, 'merge', '.', status=2)
    run(folder, 'merge', '-o', 'xml', 'night1', status=2)
    empty = json.loads(run(folder, 'merge', '-o', 'json', '-'))
    expect(empty['tenants'] == [] and empty['summary']['lines'] == 0, 'nothing is nothing')


def main():
    folder = tempfile.mkdtemp(prefix='pe-merge-')
    os.mkdir(os.path.join(folder, 'pack'))
    for name, text in PACK.items():
        with open(os.path.join(folder, 'pack', name), 'w', encoding='utf-8') as file:
            file.write(text)
    judge(folder, 'night1', NIGHT_1)
    judge(folder, 'night2', NIGHT_2)
    judge(folder, 'quiet1', NIGHT_1, '--quiet')
    judge(folder, 'quiet2', NIGHT_2, '--quiet')
    test_counts(folder)
    test_changes(folder)
    test_a_tenant_of_a_line_that_was_not_judged_may_not_be_gone(folder)
    test_what_is_the_same(folder)
    test_mixed_policies(folder)
    test_tables(folder)
    test_what_is_no_result(folder)
    shutil.rmtree(folder)
    if failures:
        print(f'merge: {len(failures)} of {checks} checks failed')
        return 1
    print(f'merge: ok ({checks} checks)')
    return 0


sys.exit(main())
