#!/usr/bin/env python3
"""doctored.test.py: of a saved result that no run wrote nothing is made, and no frame of other bytes."""
# SPDX-License-Identifier: Apache-2.0
import json
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'support'))
import formats  # noqa: E402
from converting import ASKED_WAIVERS, same_in_all  # noqa: E402

SECRET = 'nobody-may-see-this'
checks = formats.Checks('doctored', sys.argv[1])
expect = checks.expect


def test_frames(folder):
    """Frames of a snapshot in any encoding, with secrets in and beside what is shown."""
    pack = os.path.join(folder, 'pack')
    os.makedirs(pack)
    with open(os.path.join(pack, 'pack.lua'), 'w', encoding='utf-8') as file:
        file.write("return { id='p', version='1', title='p', as_of='/as_of' }")
    with open(os.path.join(pack, '1.1.lua'), 'w', encoding='utf-8') as file:
        file.write("return { title='t', severity='low', owner='customer', rules={ { id='ok', title='x', "
                   "check=function(s) for _, a in ipairs(s.list) do ensure(a.on, a, 'off') end "
                   "ensure(s.token == 'x', s.token, 'no') end } } }")
    text = '\n'.join(['{"as_of": "2026-11-20T09:00:00Z", "token": "%s", "list": [' % SECRET,
                      '  { "id": "\u8cb4\U0001f600", "on": true },', '',
                      '  { "id": "b", "password": "%s", "on": false }, {"on": false,' % SECRET,
                      '    "\u30ad\u30fc": "\U0001f600" },\r', '  {"on":\tfalse}', '] }', ''])
    path = os.path.join(folder, 'frames.json')
    for encoding in ('utf-8', 'utf-8-sig', 'utf-16', 'utf-16-le', 'utf-16-be'):
        with open(path, 'wb') as file:
            file.write(text.encode(encoding))
        same_in_all(checks, ['--pack', pack, path], folder)
        _, out, _ = checks.run(['convert', '--snapshot', path, os.path.join(folder, 'judged.json')])
        expect(b'^^^' in out and b'[secret]' in out and SECRET.encode() not in out, encoding, out)
    status, out, err = checks.run(['convert', '--snapshot', formats.TENANTS[0],
                                   os.path.join(folder, 'judged.json')])
    expect(status == 2 and not out and b'no result is of a snapshot with these bytes' in err, status, err)


def test_selected(folder):
    """What --only left out is told by the page of the saved result too, and what a parameter is for."""
    saved, page = os.path.join(folder, 'saved.json'), os.path.join(folder, 'page.html')
    checks.run(['--only', '9.2.3', '--skip', '9.2.3/portal-allow-list', '--param', '9.2.3.max_addresses=12',
                '-o', 'json:' + saved, formats.TENANTS[1]])
    checks.run(['convert', '-o', 'html:' + page, saved])
    with open(page, encoding='utf-8') as file:
        text = file.read()
    for wanted in ('Not selected (', '9.2.3/portal-allow-list', '<li>12.4.1 ', 'max_addresses'):
        expect(wanted in text, wanted, 'is not on the page')
    with open(saved, encoding='utf-8') as file:
        run = json.load(file)
    result = run['results'][0]
    doc = result['controls'][0]['parameters']['max_addresses']['doc']
    expect(all(doc[lang] in text for lang in ('en', 'ja')), 'the page does not say what', doc, 'is for')
    refuse(folder, json.dumps(run), [
        (lambda run: run['results'][0], 'unselected', [], 'unselected is empty'),
        (lambda run: run['results'][0]['unselected'][0], 'pack', 'x', 'no such pack'),
        (lambda run: run['results'][0]['unselected'][0], 'control', '9.2.3', 'does not agree'),
        (lambda run: run['results'][0]['unselected'][0], 'rule', 'x', 'does not agree'),
        (lambda run: next(one for one in run['results'][0]['unselected'] if 'rule' in one), 'rule', 'break-glass-care',
         'does not agree')])


def waived(run):
    return next(rule for result in run['results'] for control in result['controls']
                for rule in control['rules'] if rule['waiver'])


def first_rule(status):
    return lambda run: next(rule for result in run['results'] for control in result['controls']
                            for rule in control['rules'] if rule['status'] == status)


def at(*steps):
    def find(run):
        for step in steps:
            run = run[step]
        return run
    return find


RESULT = at('results', 0)
CONTROL = at('results', 0, 'controls', 0)
PASSED, FAILED, UNKNOWN = first_rule('pass'), first_rule('fail'), first_rule('unknown')

REFUSED = [
    # what is changed, its member, its new value (None: removed), what the complaint has
    (at(), 'version', 2, 'version is not 1'),
    (at(), 'version', '1', 'not a whole number'),
    (at(), 'version', 1.0, 'not a whole number'),
    (at(), 'schema', 'urn:policyeval:result:2', 'another version'),
    (at(), 'schema', 'urn:other', 'no saved result'),
    (at(), 'schema', None, 'no saved result'),
    (at(), 'verdict', 'pass', 'does not follow'),
    (at(), 'verdict', 'passed', 'none of the words'),
    (at(), 'results', [], 'no results'),
    (at(), 'results', {}, 'not a list'),
    (at(), 'results', [3], 'not an object'),
    (RESULT, 'verdict', 'pass', 'does not follow'),
    (RESULT, 'packs', [], 'no pack'),
    (RESULT, 'controls', None, 'controls is missing'),
    (RESULT, 'problems_total', -1, 'out of range'),
    (RESULT, 'unread_total', 0, 'less than'),
    (RESULT, 'required_basis', 'accepted_claim', 'none of the words'),
    (at('results', 0, 'snapshot'), 'sha256', 'A' * 64, '64 digits'),
    (at('results', 0, 'snapshot'), 'sha256', 'a' * 63, '64 digits'),
    (at('results', 0, 'snapshot'), 'as_of', None, 'as_of is missing'),
    (at('results', 0, 'snapshot'), 'as_of_from', None, 'as_of_from is missing'),
    (at('results', 0, 'snapshot'), 'options', 'vpn', 'not a list'),
    (at('results', 0, 'summary', 'controls'), 'fail', 0, 'does not agree'),
    (at('results', 0, 'summary', 'rules'), 'total', 1, 'does not agree'),
    (at('results', 0, 'summary', 'by_basis'), 'measured', 0, 'does not agree'),
    (at('results', 0, 'summary', 'by_owner', 'shared'), 'pass', 99, 'does not agree'),
    (at('results', 0, 'snapshot'), 'secrets', [{'offset': 5, 'length': 1}, {'offset': 4, 'length': 1}],
     'not in order'),
    (CONTROL, 'status', 'not_applicable', 'worst of its rules'),
    (CONTROL, 'pack', 'another', 'no such pack'),
    (CONTROL, 'rules', [], 'no rule'),
    (CONTROL, 'owner', 'nobody', 'none of the words'),
    (CONTROL, 'parameters', [], 'not an object'),
    (CONTROL, 'id', 'CLD.6.3.1', 'same id'),
    (PASSED, 'evidence_total', 0, 'less than'),
    (PASSED, 'findings_total', 1, 'a pass has evidence, and no finding'),
    (PASSED, 'status', 'waived', 'its original status'),
    (PASSED, 'original', 'fail', 'only a rule that is waived'),
    (PASSED, 'waiver', None, 'waiver is missing'),
    (PASSED, 'title', 'x', 'not an object'),
    (PASSED, 'reason', {'en': 'x'}, 'ja is missing'),
    (PASSED, 'severity', 'fatal', 'none of the words'),
    (FAILED, 'status', 'unknown', 'no finding that is fail'),
    (FAILED, 'status', 'pass', 'a pass has evidence, and no finding'),
    (FAILED, 'findings', [], 'a finding that is fail'),
    (FAILED, 'findings_total', 0, 'less than'),
    (UNKNOWN, 'status', 'fail', 'a finding that is fail'),
    (UNKNOWN, 'status', 'pass', 'a pass has evidence, and no finding'),
    (lambda run: PASSED(run)['evidence'][0], 'pointer', 'x', 'not a JSON Pointer'),
    (lambda run: PASSED(run)['evidence'][0], 'absent', True, 'exactly one'),
    (lambda run: PASSED(run)['evidence'][0], 'line', 0, 'out of range'),
    (lambda run: PASSED(run)['evidence'][0], 'line', None, 'line is missing'),
    (lambda run: PASSED(run)['evidence'][0], 'column', 1 << 40, 'out of range'),
    (lambda run: FAILED(run)['findings'][0], 'status', 'pass', 'fail, unknown or error'),
    (lambda run: FAILED(run)['findings'][0], 'uncollected', 'moon', 'no such area'),
    (lambda run: FAILED(run)['findings'][0], 'value_text', 'x', 'both value and value_text'),
    (PASSED, 'waiver', {'whole': False, 'findings': 0, 'by': []}, 'only what is fail or unknown'),
    (FAILED, 'waiver', {'whole': True, 'findings': 0, 'by': []}, 'waivers cover all of it'),
]
WAIVERS = at('results', 0, 'waivers')
ENTRY = at('results', 0, 'waivers', 'entries', 0)
GATE = at('results', 0, 'gate')
REFUSED_ASKED = [
    (waived, 'status', 'fail', 'waivers cover all of it'),
    (waived, 'original', 'pass', 'original status'),
    (waived, 'waiver', {'whole': True, 'findings': 0, 'by': []}, 'one of the rule'),
    (lambda run: waived(run)['waiver'], 'whole', 1, 'neither true nor false'),
    (lambda run: waived(run)['waiver'], 'whole', False, 'waivers cover all of it'),
    (lambda run: waived(run)['waiver'], 'findings', 99, 'as many findings'),
    (lambda run: waived(run)['waiver'], 'by', None, 'by is missing'),
    (lambda run: waived(run)['waiver']['by'][0], 'id', 'W-0', 'no such waiver'),
    (lambda run: waived(run)['waiver']['by'][0], 'reason', 'x', 'otherwise'),
    (lambda run: waived(run)['findings'][0], 'waiver', 'W-0', 'no such waiver'),
    (lambda run: waived(run)['findings'][0], 'waiver', None, 'as many findings'),
    (WAIVERS, 'entries', [], 'no such waiver'),
    (WAIVERS, 'sha256', 'x', '64 digits'),
    (WAIVERS, 'other_tenants', -1, 'out of range'),
    (ENTRY, 'control', '10.1.1', 'about another'),
    (ENTRY, 'rules', 99, 'good for'),
    (ENTRY, 'findings', 0, 'good for'),
    (ENTRY, 'state', 'unused', 'good for'),
    (ENTRY, 'state', 'gone', 'none of the words'),
    (ENTRY, 'statuses', [], 'statuses is empty'),
    (ENTRY, 'statuses', ['error'], 'fail, unknown or both'),
    (ENTRY, 'scope', {}, 'a scope has'),
    (ENTRY, 'expires', '2027-02-30', 'no day of a zone'),
    (ENTRY, 'line', 0, 'out of range'),
    (lambda run: WAIVERS(run)['entries'][3]['remarks'][0], 'kind', 'other', 'none of the words'),
    (GATE, 'fail_on', 'none', 'none of the words'),
    (GATE, 'owners', [], 'owners is empty'),
    (GATE, 'owners', ['shared', 'provider'], 'not in their order'),
    (GATE, 'now', '2026-01-01T00:00:00Z', 'not both there'),
    (GATE, 'ignored', 1000, 'what the gate ignored'),
    (GATE, 'strict_model', None, 'strict_model is missing'),
    (at('results', 0, 'config'), 'sha256', '', '64 digits'),
    # the gate, doctored
    (at(), 'verdict', 'pass', 'does not follow'),
    (RESULT, 'verdict', 'pass', 'does not follow'),
    (GATE, 'fail_on', 'critical', 'what the gate ignored'),
    (GATE, 'owners', ['shared'], 'what the gate ignored'),
    (GATE, 'remarks', [{'kind': 'too_old', 'message': {'en': 'x', 'ja': 'x'}}], 'do not follow from the snapshot'),
    # waivers, doctored: another scope, status, tenant, day or rule than what they cover
    (ENTRY, 'scope', {'pointer': '/elsewhere'}, 'does not follow from the scopes'),
    (ENTRY, 'scope', {'value': 'another'}, 'does not follow from the scopes'),
    (ENTRY, 'statuses', ['unknown'], 'does not follow from the scopes'),
    (ENTRY, 'tenant', 'another', 'does not follow from its days, tenant'),
    (ENTRY, 'rule', 'portal-allow-list', 'is about another'),
    (ENTRY, 'state', 'expired', 'does not follow from its days'),
    (ENTRY, 'remarks', [], 'the remarks on a waiver'),
    (at('results', 0, 'snapshot'), 'as_of', '2031-01-01T00:00:00Z', 'does not follow from its days'),
    (lambda run: WAIVERS(run)['entries'][3], 'state', 'unused', 'does not follow from its days'),
    (lambda run: WAIVERS(run)['entries'][3], 'expires', '2099-12-31', 'does not follow from its days'),
    (lambda run: WAIVERS(run)['entries'][3], 'remarks', [], 'the remarks on a waiver'),
    (lambda run: WAIVERS(run)['entries'][4], 'state', 'unused', 'does not follow from its days'),
    (lambda run: WAIVERS(run)['entries'][4], 'control', '9.2.3', 'does not follow from its days'),
]
REFUSED_AGE = [
    (GATE, 'remarks', [], 'do not follow from the snapshot'),
    (GATE, 'now', '2026-11-20T09:00:00Z', 'do not follow from the snapshot'),
    (GATE, 'max_age', '5000w', 'do not follow from the snapshot'),
    (GATE, 'max_age', 'soon', 'not as the gate takes it'),
    (GATE, 'now', 'soon', 'not as the gate takes it'),
    (GATE, 'strict_model', False, 'strict only under strict_model'),
    (at('results', 0, 'problems', 0), 'strict', None, 'do not follow from the snapshot'),
    (at('results', 0, 'problems', 0), 'strict', False, 'strict is not true'),
    (at('results', 0, 'problems', 0), 'severity', 'warning', 'and then no warning'),
    (at('results', 0, 'snapshot'), 'as_of_from', 'option', 'do not follow from the snapshot'),
]


def refuse(folder, out, cases):
    path = os.path.join(folder, 'changed.json')
    for find, member, value, complaint in cases:
        run = json.loads(out)
        run['results'][0]['snapshot']['tenant'] = SECRET
        changed = find(run)
        if member == 'value_text' and 'value' not in changed:
            changed['value'] = 1
        changed[member] = value
        if value is None:
            del changed[member]
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(run, file, indent=1)
        status, printed, err = checks.run(['convert', '-o', 'json', path])
        err = err.decode()
        expect(status == 2 and not printed, member, value, 'ended by', status)
        expect(complaint in err and 'line ' in err and 'column ' in err, member, value, err)
        expect(SECRET not in err and err.count('\n') == 1, 'quotes', err)


def test_refused(folder):
    _, out, _ = checks.run(['-o', 'json', formats.TENANTS[1]])
    refuse(folder, out, REFUSED)
    waivers, settings = os.path.join(folder, 'waivers.json'), os.path.join(folder, 'settings.json')
    with open(waivers, 'w', encoding='utf-8') as file:
        json.dump(ASKED_WAIVERS[0], file)
    with open(settings, 'w', encoding='utf-8') as file:
        json.dump({'fail-on': 'medium'}, file)
    _, out, _ = checks.run(['-o', 'json', '--waivers', waivers, '--config', settings, formats.TENANTS[1]])
    refuse(folder, out, REFUSED_ASKED)
    with open(os.path.join(formats.SOURCE, formats.TENANTS[0]), encoding='utf-8') as file:
        snapshot = json.load(file)
    snapshot['no_such_field'] = 1
    unknown = os.path.join(folder, 'unknown.json')
    with open(unknown, 'w', encoding='utf-8') as file:
        json.dump(snapshot, file)
    _, out, _ = checks.run(['-o', 'json', '--strict-model', '--max-age', '7d', '--now', '2030-01-01T00:00:00Z', unknown])
    kinds = [one['kind'] for one in json.loads(out)['results'][0]['gate']['remarks']]
    expect(kinds == ['unknown_field', 'too_old'], kinds)
    refuse(folder, out, REFUSED_AGE)


def test_strange(folder):
    """What this version does not know would be lost, so it is not converted."""
    _, out, _ = checks.run(['-o', 'json', formats.TENANTS[1]])
    path = os.path.join(folder, 'strange.json')
    for find, member, value in [(at(), 'later', 1), (RESULT, 'later', []), (PASSED, 'later', None),
                                (CONTROL, 'later', 'x')]:
        run = json.loads(out)
        find(run)[member] = value
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(run, file, indent=1)
        status, printed, err = checks.run(['convert', '-o', 'json', path])
        expect(status == 2 and not printed and b'does not know this member' in err, member, err)


def test_doctored_elsewhere(folder):
    """What convert refuses, a comparison refuses too."""
    path, good = os.path.join(folder, 'doctored.json'), os.path.join(folder, 'good.json')
    waivers = os.path.join(folder, 'waivers.json')
    with open(waivers, 'w', encoding='utf-8') as file:
        json.dump(ASKED_WAIVERS[0], file)
    _, out, _ = checks.run(['-o', 'json', '--fail-on', 'medium', '--waivers', waivers, formats.TENANTS[1]])
    with open(good, 'wb') as file:
        file.write(out)
    for find, member, value, complaint in [(GATE, 'fail_on', 'critical', b'what the gate ignored'),
                                           (ENTRY, 'scope', {'pointer': '/elsewhere'}, b'from the scopes')]:
        run = json.loads(out)
        find(run)[member] = value
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(run, file)
        for arguments in (['diff', path, good], ['diff', good, path], ['--baseline', path, formats.TENANTS[1]]):
            status, printed, err = checks.run(arguments)
            expect(status == 2 and not printed and complaint in err and err.count(b'\n') == 1, arguments, status, err)


def test_usage(folder):
    for arguments, complaint in [(['convert'], b'one saved result'),
                                 (['convert', 'a', 'b'], b'one saved result'),
                                 (['convert', os.path.join(folder, 'none.json')], b'none.json'),
                                 (['convert', '-o', 'xml', 'a'], b'there is no format'),
                                 (['convert', formats.TENANTS[0]], b'no saved result')]:
        status, out, err = checks.run(arguments)
        expect(status == 2 and not out and complaint in err, arguments, status, err)
    path = os.path.join(folder, 'short.json')
    _, out, _ = checks.run(['-o', 'json', formats.TENANTS[0]])
    for cut in (0, 1, 100, len(out) // 2, len(out) - 3):
        with open(path, 'wb') as file:
            file.write(out[:cut])
        status, printed, err = checks.run(['convert', path])
        expect(status == 2 and not printed and b'line ' in err, cut, status, err)
    with open(path, 'wb') as file:
        file.write(out.decode().encode('utf-16'))
    status, printed, err = checks.run(['convert', '-o', 'json', path])
    expect(status == 0 and printed == out, 'UTF-16', status, err)


with tempfile.TemporaryDirectory() as scratch:
    test_frames(scratch)
    test_selected(scratch)
    test_refused(scratch)
    test_strange(scratch)
    test_doctored_elsewhere(scratch)
    test_usage(scratch)
sys.exit(checks.end(400))
