#!/usr/bin/env python3
"""formats.test.py: what readers of the formats for other programs rely on.

SARIF as GitHub takes it, GitLab's own schema, GitHub's limits, stable fingerprints, CSV's
columns, Markdown's limit, both schemas of JUnit, TAP as Perl's prove reads it. Outside validators that need npm are in long/validators.test.sh.
"""
# SPDX-License-Identifier: Apache-2.0
import csv
import datetime
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print('formats: SKIPPED: python3-jsonschema or python3-yaml is not installed (%s)' % missing)
    sys.exit(1 if os.environ.get('CI') == 'true' else 77)

SOURCE = os.path.abspath(os.environ.get('PE_SOURCE_DIR', os.path.join(os.path.dirname(__file__), '..')))
PROGRAM = os.path.abspath(sys.argv[1])
FORMATS = os.path.join(SOURCE, 'tests', 'formats')
SCHEMAS = os.path.join(SOURCE, 'tests', 'schemas')
SMALL = ['--pack', os.path.join(FORMATS, 'pack')]
SEVERAL = ['tests/formats/realistic.json', 'tests/formats/compliant.json'] * 5  # more than have a verdict each
TENANTS = [os.path.join('fixtures', service, case + '.json') for service in ('iad', 'ctx')
           for case in ('compliant', 'realistic')]

failed = 0


def expect(condition, what):
    global failed
    if not condition:
        failed += 1
        print('formats: FAILED: %s' % what, flush=True)


def run(report, *argv, folder=SOURCE):
    done = subprocess.run([PROGRAM, '-o', report, *argv], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          stdin=subprocess.DEVNULL, check=False, timeout=300)
    expect(done.returncode in (0, 1) and not done.stderr, '%s %s: %d %r' % (report, argv[-1], done.returncode,
                                                                            done.stderr[:300]))
    return done.stdout.decode('utf-8')


def findings(*argv):
    """What -o json says is open: [(status, severity, file, control/rule, finding or None)]"""
    found = []
    for result in json.loads(run('json', *argv))['results']:
        for control in result['controls']:
            for rule in control['rules']:
                if rule['status'] in ('fail', 'unknown', 'error'):
                    for finding in rule['findings'] or [None]:
                        found.append((finding['status'] if finding else rule['status'], rule['severity'],
                                      result['snapshot']['file'], control['id'] + '/' + rule['id'], finding))
    return found


def schema(name, **more):
    with open(os.path.join(SCHEMAS, name), encoding='utf-8') as file:
        text = json.load(file)
    return more.get('kind', jsonschema.Draft4Validator)(more['wrap'](text) if 'wrap' in more else text)


# ---- SARIF ----

def check_for_github(name, log):
    """What GitHub refuses or misreads and no validator sees."""
    expect(len(log['runs']) == 1, name + ': not one run')
    (part,) = log['runs']
    rules = part['tool']['driver']['rules']
    ids = [rule['id'] for rule in rules]
    expect(len(set(ids)) == len(ids), name + ': a rule id repeats')
    for rule in rules:
        expect(isinstance(rule['properties']['security-severity'], str), name + ': security-severity is no string')
        expect(len(rule['properties']['tags']) <= 20 and rule['help']['text'], name + ': tags or help')
    prints = set()
    for result in part['results']:
        expect(ids[result['ruleIndex']] == result['ruleId'], name + ': ruleIndex is of another rule')
        expect(result.get('kind', 'fail') == 'fail' and result['message']['text'], name + ': kind or message')
        (location,) = result['locations']
        uri = location['physicalLocation']['artifactLocation']['uri']
        expect(uri and not re.match(r'[A-Za-z][A-Za-z0-9+.-]*:|/', uri), name + ': uri %r' % uri)
        expect(location['physicalLocation']['region']['startLine'] >= 1, name + ': startLine')
        prints.add(result['partialFingerprints']['primaryLocationLineHash'])
    expect(len(prints) == len(part['results']), name + ': a fingerprint repeats')


def check_sarif(validator, *argv):
    name = 'sarif ' + ' '.join(argv)
    log = json.loads(run('sarif', *argv))
    # Whole tenants are validated by long/validators.test.sh: this validator takes seconds for one.
    for error in [] if argv[-1] in TENANTS else list(validator.iter_errors(log))[:3]:
        expect(False, '%s: %s %s' % (name, list(error.path), error.message[:200]))
    check_for_github(name, log)
    wanted = findings(*argv)
    part = log['runs'][0]
    expect(len(part['results']) == sum(status == 'fail' for status, *_ in wanted), name + ': not all failures')
    notices = [notice['descriptor']['id'] for notice in part['invocations'][0]['toolExecutionNotifications']]
    for status, notice in (('unknown', 'data-missing'), ('error', 'policy-error')):
        expect(notices.count(notice) == sum(other == status for other, *_ in wanted), name + ': ' + notice)
    got = sorted((result['ruleId'], region['startLine'], region['startColumn']) for result in part['results']
                 for region in [result['locations'][0]['physicalLocation']['region']])
    expect(got == sorted((rule, finding['line'] or 1, finding['column'] or 1)
                         for status, _, _, rule, finding in wanted if status == 'fail'), name + ': places')
    expect(part['invocations'][0]['executionSuccessful'] == ('policy-error' not in notices), name + ': successful')


def test_sarif():
    validator = schema('sarif/sarif-schema-2.1.0.json')
    for argv in ([*SMALL, 'tests/formats/realistic.json'], [*SMALL, '--lang', 'ja', 'tests/formats/realistic.json'],
                 [*SMALL, 'tests/formats/hostile.json'], ['--only', '9.2.3', '--skip', '9.2.3', TENANTS[0]],
                 *([tenant] for tenant in TENANTS), TENANTS, [TENANTS[1], TENANTS[1]]):
        if len(argv) == 2 and argv[-1] == argv[0]:  # the same snapshot twice: its findings are the same, but both are told
            log = json.loads(run('sarif', *argv))
            expect(len({json.dumps(artifact) for artifact in log['runs'][0]['artifacts']}) == 2, 'an artifact repeats')
            expect(len(log['runs'][0]['results']) == 2 * sum(status == 'fail' for status, *_ in findings(argv[0])),
                   'results of the same snapshot twice')
        else:
            check_sarif(validator, *argv)
    broken = json.loads(run('sarif', *SMALL, 'tests/formats/realistic.json'))
    broken['runs'][0]['results'][0]['level'] = 'bad'
    expect(not validator.is_valid(broken), 'the schema takes a level that is none')


def test_fingerprints():
    """They do not move with lines, differ by place, and tell two findings of one place apart."""
    with tempfile.TemporaryDirectory() as folder:
        value = json.loads(open(os.path.join(FORMATS, 'realistic.json'), encoding='utf-8').read())
        prints = []
        for indent in (None, 4):
            with open(os.path.join(folder, 'a.json'), 'w', encoding='utf-8') as file:
                json.dump(value, file, indent=indent)
            for path in ('a.json', './a.json'):
                prints.append([issue['fingerprint'] for issue in json.loads(run('gitlab', *SMALL, path,
                                                                                folder=folder))])
                log = json.loads(run('sarif', *SMALL, path, folder=folder))
                results = [r['partialFingerprints']['policyeval/v1'] for r in log['runs'][0]['results']]
                expect(set(results) < set(prints[-1]), 'SARIF and GitLab have other fingerprints')
        expect(all(other == prints[0] for other in prints), 'fingerprints move with the lines')
        expect(len(set(prints[0])) == len(prints[0]) >= 6, 'fingerprints repeat: %s' % prints[0])


# ---- GitLab ----

def test_gitlab():
    validator = schema('gitlab/codeclimate.json', wrap=lambda item: {'type': 'array', 'items': item})
    for argv in ([*SMALL, 'tests/formats/realistic.json'], [*SMALL, '--lang', 'ja', 'tests/formats/hostile.json'],
                 [*SMALL, 'tests/formats/compliant.json'], ['--only', '9.2.3', '--skip', '9.2.3', TENANTS[0]], TENANTS):
        name = 'gitlab ' + argv[-1]
        issues = json.loads(run('gitlab', *argv))
        expect(validator.is_valid(issues), name + ': not by the schema')
        expect(len({issue['fingerprint'] for issue in issues}) == len(issues), name + ': a fingerprint repeats')
        wanted = findings(*argv)
        expect(sorted((i['location']['path'], i['check_name'], i['location']['lines']['begin']) for i in issues) ==
               sorted((file, rule, finding and finding['line'] or 1) for _, _, file, rule, finding in wanted),
               name + ': other issues')
        words = {'low': 'minor', 'medium': 'major', 'high': 'critical', 'critical': 'blocker'}
        expect(sorted(issue['severity'] for issue in issues) == sorted(words[w[1]] for w in wanted), name + ': severity')


# ---- GitHub ----

def test_github():
    for argv in ([*SMALL, 'tests/formats/realistic.json'], [TENANTS[1]], [TENANTS[0]], TENANTS, [*SMALL, *SEVERAL]):
        lines = run('github', '--lang', 'en', *argv).splitlines()
        kinds = [re.match('::(error|warning|notice) ', line).group(1) for line in lines]
        for kind in set(kinds):
            expect(kinds.count(kind) <= 10, '%d of %s for %s' % (kinds.count(kind), kind, argv[-1]))
        many = argv[-1] == SEVERAL[-1]
        left = re.search(r'::(\d+) more', lines[-2 if many else -1])
        own = len(argv) if argv[0] in TENANTS else 1 + many
        shown = len(lines) - own - (left is not None)
        total = len(findings(*argv))
        expect(shown + (int(left.group(1)) if left else 0) == total, '%d shown of %d: %s' % (shown, total, lines[-1]))
    worst = run('github', TENANTS[1]).splitlines()[1]
    expect('critical' in worst and worst.startswith('::error file=%s,line=' % TENANTS[1]), 'the worst is not first')


def make_many(folder, count):
    """Snapshots of the small pack that differ in what closes the gate, by their number."""
    with open(os.path.join(SOURCE, 'tests', 'formats', 'compliant.json'), encoding='utf-8') as file:
        good = json.load(file)
    with open(os.path.join(SOURCE, 'tests', 'formats', 'realistic.json'), encoding='utf-8') as file:
        bad = json.load(file)
    names = []
    for i in range(count):
        snapshot = json.loads(json.dumps(bad if i < 5 else good))
        if i == 6:
            snapshot['as_of'] = '2020-01-01T00:00:00Z'
        if i == 7:
            snapshot['as_of'] = '2029-01-01T00:00:00Z'
        names.append(os.path.join(folder, 'many%%%d.json' % i))
        with open(names[-1], 'w', encoding='utf-8') as file:
            json.dump(snapshot, file)
    return names


def test_github_of_many():
    """With more snapshots than GitHub shows notices, the last line says why the gate is closed."""
    aged = ['--only', '1.1', '--max-age', '52w', '--now', '2026-12-01T00:00:00Z']
    with tempfile.TemporaryDirectory() as folder:
        names = make_many(folder, 12)
        for lang, wanted in (('en', ('The gate is closed: rules close it in 5 snapshots (', '1 is too old (',
                                     '1 is from after --now (', 'many%250.json', 'many%252.json, …)', 'many%257.json)')),
                             ('ja', ('総合判定が不適合となった理由：', '5 件（', '古すぎるスナップショット 1 件（'))):
            lines = run('github', '--lang', lang, *SMALL, *aged, *names).splitlines()
            for text in wanted:
                expect(text in lines[-1], 'github: the last line does not say %s: %s' % (text, lines[-1]))
            for kind in ('error', 'warning', 'notice'):
                expect(sum(line.startswith('::' + kind) for line in lines) <= 10, 'github: too many of ' + kind)
        lines = run('github', '--lang', 'en', '--quiet', *SMALL, *aged, *names[5:], *names[8:]).splitlines()
        expect('The gate is closed: 1 is too old (' in lines[-1] and 'rules' not in lines[-1], lines[-1])
        lines = run('github', '--lang', 'en', *SMALL, *[names[8]] * 9).splitlines()
        expect('9 snapshots: 9 passed' in lines[0] and 'closed' not in lines[-1], lines[-1])


# ---- CSV ----

def test_csv():
    for argv in ([*SMALL, 'tests/formats/realistic.json'], [*SMALL, 'tests/formats/hostile.json'], TENANTS,
                 ['--only', '9.2.3', '--skip', '9.2.3', TENANTS[0]]):
        rows = list(csv.DictReader(io.StringIO(run('csv', *argv), newline=''), strict=True))
        wanted = [(control['id'] + '/' + rule['id'], rule['status'], str(finding and finding['line'] or ''))
                  for result in json.loads(run('json', *argv))['results'] for control in result['controls']
                  for rule in control['rules'] for finding in rule['findings'] or [None]]
        expect([(row['rule'], row['status'], row['line']) for row in rows] == wanted, 'csv: other rows: %s' % argv[-1])
        expect(not any(None in row or None in row.values() for row in rows), 'csv: other columns: %s' % argv[-1])
        if shutil.which('sqlite3'):
            got = subprocess.run(['sqlite3', ':memory:', '-cmd', '.import --csv /dev/stdin t', 'select count(*) from t'],
                                 input=run('csv', *argv), stdout=subprocess.PIPE, encoding='utf-8', check=False).stdout
            expect(not wanted or got.strip() == str(len(wanted)), 'csv: sqlite3 reads %s rows' % got)


# ---- Markdown ----

def test_markdown():
    text = run('markdown', '--lang', 'en', TENANTS[1])
    expect(text.startswith('# policyeval: FAIL\n'), 'markdown: the verdict is not first')
    for _, _, file, rule, finding in findings(TENANTS[1]):
        place = finding and finding['line'] and '`%s:%d:%d`' % (file, finding['line'], finding['column'])
        expect(not place or place in text, 'markdown: %s %s is not told' % (rule, place))
    value = {'tenant': 't', 'as_of': '2026-11-20T09:00:00+09:00',
             'contract': {'service': 'iad', 'options': [], 'confirmed': True},
             'accounts': [{'id': 'a%d' % n, 'name': 'x' * 1800, 'mfa': False, 'mail': ''} for n in range(60)]}
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, 'long.json'), 'w', encoding='utf-8') as file:
            json.dump(value, file)
        for lang, words in (('en', 'was cut here'), ('ja', '打ち切りました')):
            argv = [*SMALL, '--lang', lang, 'long.json']
            long = run('markdown', *argv, *['long.json'] * 30, folder=folder)
            last = long.splitlines()[-2:]
            expect(800 * 1024 < len(long.encode()) <= 900 * 1024, 'markdown: %d bytes' % len(long.encode()))
            expect(last[0] == '' and last[1].startswith('> ') and words in last[1], 'markdown: nothing says cut')
            expect(words not in run('markdown', *argv, folder=folder), 'markdown: cut too early')
    expect(len(run('markdown', '--quiet', TENANTS[1])) < 1000, 'markdown: --quiet is long')


# ---- JUnit and TAP: a test a rule ----

RUNS = ([*SMALL, 'tests/formats/realistic.json'], [*SMALL, 'tests/formats/hostile.json'],
        [*SMALL, '--lang', 'ja', 'tests/formats/compliant.json'], [*SMALL, '--param', 'most=9', 'tests/formats/realistic.json'],
        [*SMALL, *SEVERAL[:2]], [*SMALL, '--only', '1.1', '--skip', '1.1', *SEVERAL[:2]], *([tenant] for tenant in TENANTS))
OUTCOMES = {'pass': 'ok', 'not_applicable': 'skipped', 'waived': 'skipped', 'fail': 'failure', 'unknown': 'failure',
            'error': 'error'}


def points(*argv):
    """What -o json says of each rule, and of snapshots that are not passed without a rule that says so:
    [(file, name, status, findings)]"""
    found = []
    for result in json.loads(run('json', *argv))['results']:
        file, rules = result['snapshot']['file'], [(control['id'] + '/' + rule['id'], rule['status'], rule['findings'])
                                                   for control in result['controls'] for rule in control['rules']]
        if result['verdict'] == 'fail' and not any(OUTCOMES[rule[1]] in ('failure', 'error') for rule in rules):
            rules.append(('verdict', 'fail', []))
        found += [(file, *rule) for rule in rules]
    return found


def outcome_of(case):
    return case[0].tag if len(case) else 'ok'


def check_junit_counts(name, suite):
    cases = suite.findall('testcase')
    for count, outcome in (('failures', 'failure'), ('errors', 'error'), ('skipped', 'skipped')):
        expect(int(suite.get(count)) == sum(outcome_of(case) == outcome for case in cases), name + ': ' + count)
    expect(int(suite.get('tests')) == len(cases), name + ': tests')
    as_of = suite.find('properties/property[@name="as_of"]')
    expect((suite.get('hostname'), suite.get('time')) == ('localhost', '0'), name + ': host or time')
    when = datetime.datetime.fromisoformat(as_of.get('value').replace('Z', '+00:00')).astimezone(datetime.timezone.utc)
    expect(when.strftime('%Y-%m-%dT%H:%M:%S') == suite.get('timestamp'), name + ': ' + suite.get('timestamp'))


def check_junit_body(name, case, point):
    file, _, status, findings = point
    expect(case[0].get('type') == status and case[0].get('message'), '%s: %s' % (name, case[0].attrib))
    for finding in findings:
        place = finding['line'] and '%s:%d:%d' % (file, finding['line'], finding['column'])
        expect(not place or place in case[0].text, '%s: %s is not told' % (name, place))


def test_junit():
    xmllint = shutil.which('xmllint')
    if xmllint is None:
        print('formats: SKIPPED: xmllint is not installed, so the schemas of JUnit are not asked')
        expect(os.environ.get('CI') != 'true', 'xmllint is not installed')
    with tempfile.TemporaryDirectory() as folder:
        for number, argv in enumerate(RUNS):
            name, text = 'junit ' + ' '.join(argv), run('junit', *argv)
            suites = xml.etree.ElementTree.fromstring(text)
            expect([suite.get('id') for suite in suites] == [str(i) for i in range(len(suites))], name + ': ids')
            for suite in suites:
                check_junit_counts(name, suite)
            wanted, cases = points(*argv), list(suites.iter('testcase'))
            expect([(case.get('classname'), case.get('name'), outcome_of(case)) for case in cases] ==
                   [(file, rule, OUTCOMES[status]) for file, rule, status, _ in wanted], name + ': other tests')
            for case, point in zip(cases, wanted):
                if outcome_of(case) in ('failure', 'error'):
                    check_junit_body(name, case, point)
            with open(os.path.join(folder, '%d.xml' % number), 'w', encoding='utf-8') as file:
                file.write(text)
        for schema_name in ('jenkins-junit-10.xsd', 'windyroad-JUnit.xsd') if xmllint else ():
            command = [xmllint, '--nonet', '--noout', '--schema', os.path.join(SCHEMAS, 'junit', schema_name)]
            files = [os.path.join(folder, file) for file in sorted(os.listdir(folder))]
            done = subprocess.run([*command, *files], stderr=subprocess.PIPE, check=False)
            expect(done.returncode == 0 and len(files) == len(RUNS), '%s: %s' % (schema_name, done.stderr.decode()[:500]))
            with open(files[0], encoding='utf-8') as file:
                broken = file.read().replace('<property ', '<thing ', 1)
            done = subprocess.run([*command, '-'], input=broken.encode(), stderr=subprocess.DEVNULL, check=False)
            expect(done.returncode != 0, schema_name + ' takes an element that it does not know')
    values = {prop.get('name'): prop.get('value') for prop in
              xml.etree.ElementTree.fromstring(run('junit', *RUNS[3])).iter('property')}
    expect(values.get('parameter.1.1.most') == '9', 'junit: a parameter is not told: %s' % values)


POINT = re.compile(r'(not )?ok (\d+) - ((?:[^#\\\n]|\\.)*?)(?: # SKIP (.*))?$')


def read_tap(name, text):
    """[(ok, skipped, description, diagnostics)]"""
    lines, found = text.split('\n'), []
    expect(lines[0] == 'TAP version 13' and lines.pop() == '', name + ': first or last line')
    plan = int(re.fullmatch(r'1\.\.(\d+)', lines[1]).group(1))
    blocks = re.split(r'^  ---\n(.*?)^  \.\.\.\n', '\n'.join(lines[2:]) + '\n', flags=re.M | re.S)
    for points_, block in zip(blocks[::2], blocks[1::2] + [None]):
        for line in points_.splitlines():
            if line.startswith('# '):
                continue
            point = POINT.match(line)
            expect(point and int(point.group(2)) == len(found) + 1, '%s: %r' % (name, line))
            found.append([point.group(1) is None, point.group(4), point.group(3), None])
        if block is not None:
            found[-1][3] = yaml.safe_load(block)
    expect(plan == len(found) > 0, '%s: %d planned, %d came' % (name, plan, len(found)))
    return found


def check_tap_point(name, got, point, several):
    ok, skipped, description, diagnostics = got
    file, rule, status, findings = point
    expect((ok, skipped is not None) == (OUTCOMES[status] in ('ok', 'skipped'), OUTCOMES[status] == 'skipped'),
           '%s: %s is %s' % (name, rule, got))
    expect((description + ' ').startswith((file + ' ' if several else '') + rule + ' '), '%s: %s' % (name, description))
    expect((diagnostics is None) == ok, '%s: diagnostics of %s' % (name, rule))
    if ok or rule == 'verdict':
        return
    expect(diagnostics['status'] == status and diagnostics['message'], '%s: %s' % (name, diagnostics))
    told = [(one['status'], one.get('pointer'), one.get('line'), one.get('column'), one['file'])
            for one in diagnostics.get('findings', [])]
    expect(told == [(f['status'], f['pointer'], f['line'] or None, f['column'] or None, file) for f in findings],
           '%s: %s: other findings' % (name, rule))


def test_tap():
    prove = shutil.which('prove')
    with tempfile.TemporaryDirectory() as folder:
        for argv in RUNS:
            name, text = 'tap ' + ' '.join(argv), run('tap', *argv)
            found, wanted = read_tap(name, text), points(*argv)
            expect(len(found) == len(wanted), '%s: %d tests of %d' % (name, len(found), len(wanted)))
            for got, point in zip(found, wanted):
                check_tap_point(name, got, point, len({point[0] for point in wanted}) > 1)
            if prove:
                file = os.path.join(folder, 'report.tap')
                with open(file, 'w', encoding='utf-8') as stream:
                    stream.write(text)
                done = subprocess.run([prove, '--exec', 'cat', file], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                      check=False)
                passed = all(OUTCOMES[point[2]] in ('ok', 'skipped') for point in wanted)
                said = done.stdout.decode()
                expect((done.returncode == 0) == passed and 'Parse errors' not in said, '%s: prove: %s' % (name, said[-500:]))


# ---- waivers ----

WAIVED = [*SMALL, '--waivers', 'tests/formats/waivers.json', 'tests/formats/realistic.json']


def covered():
    """What waivers cover by -o json: {(control/rule, line of the finding): waiver}, and all findings."""
    result, = json.loads(run('json', *WAIVED))['results']
    waivers = {one['id']: one for one in result['waivers']['entries']}
    found = [(control['id'] + '/' + rule['id'], finding and finding['line'] or 1,
              finding['status'] if finding else rule['status'], finding and waivers.get(finding.get('waiver')))
             for control in result['controls'] for rule in control['rules'] if rule['status'] != 'pass'
             for finding in rule['findings'] or [None]]
    return result, found


def test_waivers_in_sarif(found, validator):
    log = json.loads(run('sarif', *WAIVED))
    expect(validator.is_valid(log), 'waivers: not by the schema of SARIF')
    check_for_github('waivers', log)
    part, = log['runs']
    seen = [(one['ruleId'], one['locations'][0]['physicalLocation']['region']['startLine'], one['suppressions'])
            for one in part['results']]
    expect(sorted((rule, line, len(how)) for rule, line, how in seen) ==
           sorted((rule, line, int(by is not None)) for rule, line, status, by in found if status == 'fail'),
           'waivers: other results are suppressed: %s' % seen)
    for rule, line, how in seen:
        for one in how:
            by, = [by for other, at, status, by in found if (other, at, status) == (rule, line, 'fail')]
            expect((one['kind'], one['status']) == ('external', 'accepted'), 'waivers: %s' % one)
            expect(one['properties'] == {key: by[key] for key in one['properties']} and len(one['properties']) == 6,
                   'waivers: %s' % one)
            expect(all(by[key] in one['justification'] for key in ('id', 'reason', 'owner', 'approver', 'expires')),
                   'waivers: %s' % one['justification'])
    notices = part['invocations'][0]['toolExecutionNotifications']
    expect([(one['level'], one['properties']['waiver']['id']) for one in notices
            if one['descriptor']['id'] == 'data-missing'] == [('note', 'EX-3'), ('note', 'EX-4')],
           'waivers: what is unknown and waived is not told so')
    expect(not any('suppressions' in one for one in
                   json.loads(run('sarif', *SMALL, WAIVED[-1]))['runs'][0]['results']), 'suppressions without waivers')


def test_waivers():
    """What is waived is told apart from what is open, with who answers for it; nothing else changes."""
    result, found = covered()
    by = [one for *_, one in found if one]
    expect(len(by) == 5 and len(found) == 8, 'waivers: the snapshot has other findings: %s' % found)
    test_waivers_in_sarif(found, schema('sarif/sarif-schema-2.1.0.json'))
    open_, told = [json.loads(run('gitlab', *argv)) for argv in ([*SMALL, WAIVED[-1]], WAIVED)]
    expect({one['fingerprint'] for one in open_} == {one['fingerprint'] for one in told}, 'a waiver moves fingerprints')
    expect(sorted((one['check_name'], one['location']['lines']['begin'], one['severity'] == 'info') for one in told) ==
           sorted((rule, line, waiver is not None) for rule, line, _, waiver in found), 'waivers: GitLab: %s' % told)
    lines = run('github', '--lang', 'en', *WAIVED).splitlines()[1:]
    expect(sum(line.startswith('::notice ') and ' WAIVED ' in line for line in lines) == len(by) and
           not any(' WAIVED ' in line for line in lines if not line.startswith('::notice ')), 'waivers: GitHub: %s' % lines)
    for one in by:
        expect(any('%%0Awaiver %s: ' % one['id'] in line and one['owner'] in line for line in lines),
               'waivers: GitHub does not tell %s' % one['id'])
    rows = list(csv.DictReader(io.StringIO(run('csv', *WAIVED), newline=''), strict=True))
    keys = ('id', 'reason', 'owner', 'approver', 'expires', 'zone')
    names = ('waiver', 'waiver_reason', 'waiver_owner', 'waiver_approver', 'waiver_expires', 'waiver_zone')
    for row, (rule, _, _, waiver) in zip(rows, found):
        expect(row['rule'] == rule and [row[name].removeprefix("'") for name in names] ==
               [waiver[key] if waiver else '' for key in keys], 'waivers: csv: %s' % row)
    expect([row['original'] for row in rows if row['status'] == 'waived'] == ['fail', 'fail', 'fail', 'unknown'] and
           not any(row['original'] for row in rows if row['status'] != 'waived'), 'waivers: csv: other statuses')
    page = run('markdown', '--lang', 'en', *WAIVED)
    waived = page.split('### Waived (3 rules)')[1].split('### Controls')[0]
    for one in by:
        expect('waiver `%s`' % one['id'] in waived and one['owner'] in waived and one['expires'] in waived,
               'waivers: Markdown does not tell %s' % one['id'])
    for one in result['waivers']['entries']:
        for remark in one['remarks']:
            expect(remark['message']['en'] in waived, 'waivers: Markdown does not tell %s' % remark)
    for report in (*NAMES, 'json', 'text'):
        expect('another' not in run(report, '--lang', 'en', *WAIVED).replace('Another example', ''),
               'waivers: %s tells of another tenant' % report)


def test_closed_gate():
    """A gate that nothing but its own options closes says why."""
    argv = [*SMALL, '--lang', 'en', '--max-age', '7d', '--now', '2026-12-31T00:00:00Z', 'tests/formats/compliant.json']
    for report in ('markdown', 'github', 'sarif', 'text'):
        expect('too old' in run(report, *argv), 'the gate is closed, and %s does not say why' % report)
    log = json.loads(run('sarif', *argv))
    expect([one['descriptor']['id'] for one in log['runs'][0]['invocations'][0]['toolExecutionNotifications']] ==
           ['gate-closed'], 'sarif: the gate is closed')


# ---- all of them ----

NAMES = ('csv', 'github', 'gitlab', 'junit', 'markdown', 'sarif', 'tap')


def test_why_it_is_closed():
    """Where no rule is open, the formats that give a reason give the one that holds."""
    tenant, nothing, old = 'fixtures/iad/compliant.json', 'No control that counts for the verdict passed', 'is too old'
    for name in ('text', 'html', 'tap', 'junit'):
        none = run(name, '--lang', 'en', '--only', '15.1.3', '--fail-on', 'critical', tenant)
        expect(nothing in none and old not in none, name + ': no control counts')
        late = run(name, '--lang', 'en', '--max-age', '1d', '--now', '2026-12-25T14:00:00Z', tenant)
        expect(old in late and nothing not in late, name + ': the snapshot is old')


def status_of(*argv, **more):
    return subprocess.run([PROGRAM, *SMALL, *argv, 'tests/formats/realistic.json'], cwd=SOURCE, check=False,
                          stderr=subprocess.DEVNULL, **more).returncode


def test_outputs():
    """Several at once are what each is alone, whatever the surroundings; what cannot be written is status 2."""
    with tempfile.TemporaryDirectory() as folder:
        files = {name: os.path.join(folder, name) for name in NAMES}
        options = [option for name in NAMES for option in ('-o', '%s:%s' % (name, files[name]))]
        status_of('--lang', 'en', '--jobs', '3', *options, env={'TZ': 'Asia/Tokyo', 'LC_ALL': 'ja_JP.UTF-8'})
        for name in NAMES:
            with open(files[name], encoding='utf-8', newline='') as file:
                expect(file.read() == run(name, *SMALL, '--lang', 'en', 'tests/formats/realistic.json'),
                       name + ': other bytes in a file')
            nowhere = os.path.join(folder, 'nowhere', name)
            expect(status_of('-o', name + ':' + nowhere) == 2 and not os.path.exists(nowhere), name + ': nowhere')
            with open('/dev/full', 'wb') as full:
                expect(status_of('-o', name, stdout=full) == 2, name + ': a full disk is no error')
        expect(sorted(os.listdir(folder)) == sorted(NAMES), 'something was left behind: %s' % os.listdir(folder))


def main():
    for test in (test_outputs, test_sarif, test_fingerprints, test_gitlab, test_github, test_github_of_many, test_csv, test_markdown,
                 test_junit, test_tap, test_waivers, test_closed_gate, test_why_it_is_closed):
        test()
    print('formats: %s' % ('%d failures' % failed if failed else 'ok'))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
