#!/usr/bin/env python3
"""diff.test.py: what changed between two snapshots or saved results is told as what it is, and
--baseline fails on what is new or worse and on nothing else.

PAIRS is a table: each pair is judged, compared as snapshots where one pack judges both, compared as
saved results, and used as a baseline; every change must be classified as the table says, and no
other may be told.
"""
# SPDX-License-Identifier: Apache-2.0
import copy
import json
import os
import re
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'support'))
import formats  # noqa: E402

checks = formats.Checks('diff', sys.argv[1])
expect = checks.expect
PACK = os.path.join(formats.SOURCE, 'tests', 'assess', 'pack')
GOOD = {
    'tenant': 'minato-seiki', 'as_of': '2026-11-20T09:00:00+09:00',
    'contract': {'service': 'iad', 'options': []},
    'accounts': [{'id': 'adm1', 'name': 'Aoki', 'mfa': True}, {'id': 'adm2', 'name': 'Baba', 'mfa': True}],
    'backup': {'taken_at': '2026-11-18T02:00:00+09:00'},
}


def change(*changes):
    """GOOD with these pointers set, or removed where the value is ... (an ellipsis)."""
    def make():
        snapshot = copy.deepcopy(GOOD)
        for pointer, value in changes:
            *steps, last = [int(step) if step.isdigit() else step for step in pointer.split('/')[1:]]
            at = snapshot
            for step in steps:
                at = at[step]
            if value is ...:
                del at[last]
            elif isinstance(at, list) and last == len(at):
                at.append(value)
            else:
                at[last] = value
        return snapshot
    return make


def edit(file, old, new):
    """The pack with one text in a file replaced by another."""
    def make(folder):
        path = os.path.join(folder, file)
        with open(path, encoding='utf-8') as source:
            text = source.read()
        assert old in text, (file, old)
        with open(path, 'w', encoding='utf-8') as target:
            target.write(text.replace(old, new, 1))
    return make


def recount(run):
    """Statuses of controls, counts and verdicts that follow from the rules."""
    order = ['not_applicable', 'pass', 'waived', 'unknown', 'fail', 'error']
    run['verdict'] = 'pass'
    for result in run['results']:
        summary = result['summary']
        for counts in [summary['controls'], summary['rules'], summary['by_basis'],
                       *summary['by_owner'].values(), *summary['by_severity'].values()]:
            for name in counts:
                counts[name] = 0
        for control in result['controls']:
            control['status'] = max((rule['status'] for rule in control['rules']), key=order.index)
            for counts in [summary['controls'], summary['by_owner'][control['owner']],
                           summary['by_severity'][control['severity']]]:
                counts[control['status']] += 1
                counts['total'] += 1
            for rule in control['rules']:
                summary['rules'][rule['status']] += 1
                summary['rules']['total'] += 1
                if rule['status'] == 'pass':
                    summary['by_basis'][rule['basis']] += 1
        counts = summary['controls']
        passed = counts['pass'] > 0 and counts['fail'] + counts['unknown'] + counts['error'] == 0
        result['verdict'] = 'pass' if passed else 'fail'
        if not passed:
            run['verdict'] = 'fail'
    return run


def each_rule(run):
    return ((control['id'] + '/' + rule['id'], rule) for result in run['results']
            for control in result['controls'] for rule in control['rules'])


def waive(name):
    """Makes an open rule of a saved result waived."""
    def make(run):
        rule = dict(each_rule(run))[name]
        assert rule['status'] in ('fail', 'unknown'), rule['status']
        rule['original'], rule['status'] = rule['status'], 'waived'
        answer = {'id': 'W-1', 'reason': 'r', 'owner': 'o', 'approver': 'a', 'expires': '2027-01-31', 'zone': 'UTC'}
        rule['waiver'] = {'whole': True, 'findings': len(rule['findings']), 'by': [answer]}
        for finding in rule['findings']:
            finding['waiver'] = 'W-1'
        control, rule_id = name.split('/')
        broad = [{'kind': 'broad', 'message': {'en': 'b', 'ja': 'b'}}] if rule['original'] == 'unknown' else []
        entry = {**answer, 'control': control, 'rule': rule_id, 'tenant': None, 'scope': None,
                 'statuses': [rule['original']], 'line': 1, 'column': 1, 'state': 'in_effect',
                 'findings': len(rule['findings']), 'rules': 1, 'remarks': broad}
        for result in run['results']:
            result['waivers'] = {'file': 'w.json', 'sha256': '0' * 64, 'entries': [entry], 'other_tenants': 0}
        return recount(run)
    return make


NO_MFA = ('/accounts/1/mfa', False)
NO_MFA_EITHER = ('/accounts/0/mfa', False)
NO_BACKUP = ('/backup', ...)
OLD_BACKUP = ('/backup/taken_at', '2026-01-01T02:00:00+09:00')
THIRD = ('/accounts/2', {'id': 'adm3', 'name': 'Chiba', 'mfa': True})
THIRD_OPEN = ('/accounts/2', {'id': 'adm3', 'name': 'Chiba', 'mfa': False})
FIRST_AGAIN = ('/accounts', [{'id': 'adm0', 'name': 'Endo', 'mfa': True}, *GOOD['accounts'][:1],
                             {'id': 'adm2', 'name': 'Baba', 'mfa': False}])
CONSOLE = ('/contract/options', ['admin_console'])
BACKED_UP = ('/backup/console', True)
ERROR = edit('1.1.lua', 'ensure(#s.accounts', 'error("broken") ensure(#s.accounts')
MFA, FEW, RECENT, CONS = '1.1/mfa', '1.1/few', '1.2/recent', '1.2/console'
DATA, CONTROL, TIME, WAIVER = 'data', 'control', 'time', 'waiver'

# name, before, after (changes of the snapshot), what else is done to either side, expected:
# {rule: (class, worse, causes, new findings)}
PAIRS = [
    ('nothing', [], [], {}, {}),
    ('a pass that fails', [], [NO_MFA], {}, {MFA: ('regressed', True, [DATA], 1)}),
    ('a fail that passes', [NO_MFA], [], {}, {MFA: ('fixed', False, [DATA], 0)}),
    ('the same fail', [NO_MFA], [NO_MFA], {}, {MFA: ('still_failing', False, [], 0)}),
    ('a second offender', [NO_MFA], [NO_MFA, NO_MFA_EITHER], {}, {MFA: ('regressed', True, [DATA], 1)}),
    ('an offender less', [NO_MFA, NO_MFA_EITHER], [NO_MFA], {}, {MFA: ('still_failing', False, [DATA], 0)}),
    ('one offender for another', [NO_MFA], [NO_MFA_EITHER], {}, {MFA: ('regressed', True, [DATA], 1)}),
    ('the same offender, further down', [NO_MFA], [FIRST_AGAIN], {},
     {MFA: ('still_failing', False, [DATA], 0), FEW: ('data_changed', False, [DATA], 0)}),
    ('an offender that is new in the list', [NO_MFA], [NO_MFA, THIRD_OPEN], {},
     {MFA: ('regressed', True, [DATA], 1), FEW: ('data_changed', False, [DATA], 0)}),
    ('other values, same verdicts', [], [THIRD], {},
     {MFA: ('data_changed', False, [DATA], 0), FEW: ('data_changed', False, [DATA], 0)}),
    ('data that went away', [], [NO_BACKUP], {}, {RECENT: ('newly_unknown', True, [DATA], 1)}),
    ('data that came', [NO_BACKUP], [], {}, {RECENT: ('fixed', False, [DATA], 0)}),
    ('data that came, and is bad', [NO_BACKUP], [OLD_BACKUP], {}, {RECENT: ('regressed', True, [DATA], 1)}),
    ('a fail that cannot be seen any more', [OLD_BACKUP], [NO_BACKUP], {},
     {RECENT: ('newly_unknown', True, [DATA], 1)}),
    ('one fixed, one regressed', [NO_MFA], [OLD_BACKUP], {},
     {RECENT: ('regressed', True, [DATA], 1), MFA: ('fixed', False, [DATA], 0)}),
    ('an option that is contracted', [], [CONSOLE, BACKED_UP], {},
     {CONS: ('not_comparable', False, [DATA], 0)}),
    ('an option that is contracted, and missed', [], [CONSOLE], {}, {CONS: ('newly_unknown', True, [DATA], 1)}),
    ('an option that is no more', [CONSOLE], [], {}, {CONS: ('not_comparable', False, [DATA], 0)}),
    ('time that goes by', [], [('/as_of', '2026-12-24T09:00:00+09:00')], {},
     {RECENT: ('regressed', True, [DATA], 1)}),
    ('a parameter that is stricter', [], [], {'after_options': ['--param', 'most=1']},
     {MFA: ('control_changed', False, [CONTROL], 0), FEW: ('regressed', True, [CONTROL], 1)}),
    ('a pack with another version', [], [],
     {'after_pack': edit('pack.lua', '"1.0"', '"1.1"')}, {}),
    ('a severity that is another', [], [],
     {'after_pack': edit('1.2.lua', '"medium"', '"high"')},
     {RECENT: ('control_changed', False, [CONTROL], 0), CONS: ('control_changed', False, [CONTROL], 0)}),
    ('a limit in the code that is stricter', [], [],
     {'after_pack': edit('1.2.lua', '<= 7', '<= 1')}, {RECENT: ('regressed', True, [CONTROL], 1)}),
    ('a rule that is no more', [NO_MFA], [],
     {'after_pack': edit('1.1.lua', '"mfa"', '"factor"')},
     {MFA: ('control_changed', False, [CONTROL], 0), '1.1/factor': ('control_changed', False, [CONTROL], 0)}),
    ('a rule that is new, and fails', [NO_MFA], [NO_MFA],
     {'after_pack': edit('1.1.lua', '"mfa"', '"factor"')},
     {MFA: ('control_changed', False, [CONTROL], 0), '1.1/factor': ('regressed', True, [CONTROL], 1)}),
    ('a policy that breaks', [], [], {'after_pack': ERROR}, {FEW: ('regressed', True, [DATA, CONTROL], 0)}),
    ('a policy that is broken', [], [], {'before_pack': ERROR, 'after_pack': ERROR},
     {FEW: ('still_failing', True, [], 0)}),
    ('a policy that is mended, and fails', [], [('/accounts', GOOD['accounts'] * 2)], {'before_pack': ERROR},
     {FEW: ('still_failing', False, [DATA, CONTROL], 1), MFA: ('data_changed', False, [DATA, CONTROL], 0)}),
    ('less that is judged', [NO_MFA], [NO_MFA], {'after_options': ['--only', '1.2']},
     {MFA: ('not_comparable', False, [], 0), FEW: ('not_comparable', False, [], 0)}),
    ('more that is judged', [NO_MFA], [NO_MFA], {'before_options': ['--only', '1.2']},
     {MFA: ('regressed', True, [], 1), FEW: ('not_comparable', False, [], 0)}),
    ('a waiver that expired', [NO_MFA], [NO_MFA], {'before_saved': waive(MFA)},
     {MFA: ('waiver_expired', True, [WAIVER], 0)}),
    ('a waiver that came', [NO_MFA], [NO_MFA], {'after_saved': waive(MFA)},
     {MFA: ('waived', False, [WAIVER], 0)}),
    ('a waived fail that is fixed', [NO_MFA], [], {'before_saved': waive(MFA)},
     {MFA: ('fixed', False, [DATA, WAIVER], 0)}),
    ('a waived unknown that fails', [NO_BACKUP], [OLD_BACKUP], {'before_saved': waive(RECENT)},
     {RECENT: ('regressed', True, [DATA, WAIVER], 1)}),
    ('what is waived stays so', [NO_MFA], [NO_MFA], {'before_saved': waive(MFA), 'after_saved': waive(MFA)}, {}),
]
CLASSES = {'regressed', 'newly_unknown', 'waiver_expired', 'still_failing', 'fixed', 'waived',
           'control_changed', 'data_changed', 'not_comparable'}


def write(path, content):
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
    return path


def make_side(folder, side, changes, extra):
    """The snapshot, the pack and options that judge it, and the saved result."""
    pack = os.path.join(folder, side + '-pack')
    shutil.rmtree(pack, ignore_errors=True)
    shutil.copytree(PACK, pack)
    if side + '_pack' in extra:
        extra[side + '_pack'](pack)
    snapshot = write(os.path.join(folder, side + '.json'), change(*changes)())
    how = ['--pack', pack, *extra.get(side + '_options', [])]
    run = json.loads(checks.render('json', ['--evidence', 'all', *how, snapshot]))
    if side + '_saved' in extra:
        run = extra[side + '_saved'](run)
    return snapshot, how, write(os.path.join(folder, side + '.result.json'), run)


def told(comparison):
    return {one['control'] + '/' + one['rule']:
            (one['class'], one['worse'], one['causes'], len(one['new_findings']))
            for one in comparison['changes']}


# What readers of logs take for a command: engine/base/disarm.h.
COMMAND = re.compile(r'^\s*::|##vso\[|##\[|##teamcity\[', re.M)


def check_told(name, what, comparison, expected):
    got = told(comparison)
    expect(got == expected, name, what, 'got', got, 'expected', expected)
    summary = dict(comparison['summary'])
    expect(summary.pop('worse') == sum(one['worse'] for one in comparison['changes']), name, 'worse')
    summary.pop('unchanged')
    expect(set(summary) == CLASSES, name, 'classes', summary)
    for one, count in summary.items():
        expect(count == sum(change['class'] == one for change in comparison['changes']), name, one)


def diff(arguments, worse, name):
    status, out, err = checks.run(['diff', '-o', 'json', *arguments])
    expect(status == (1 if worse else 0) and not err, name, 'ended by', status, err)
    result = json.loads(out)
    expect(result['verdict'] == ('fail' if worse else 'pass'), name, 'verdict')
    expect(len(result['comparisons']) == 1 and not result['only_before'] and not result['only_after'], name)
    return result['comparisons'][0]


def check_pair(folder, name, before, after, extra, expected):
    worse = any(one[1] for one in expected.values())
    old, _, old_saved = make_side(folder, 'before', before, extra)
    new, how, new_saved = make_side(folder, 'after', after, extra)
    saved = diff([old_saved, new_saved], worse, name)
    check_told(name, 'saved', saved, expected)
    if not extra:
        judged = diff([*how, old, new], worse, name)
        expect(judged == saved, name, 'snapshots and their saved results differ')
        check_told(name, 'mixed', diff([*how, old_saved, new], worse, name), expected)
    if 'after_saved' not in extra:
        status, out, err = checks.run(['--baseline', old_saved, '-o', 'json', '--evidence', 'all', *how, new])
        expect(status == (1 if worse else 0) and not err, name, 'baseline ended by', status, err)
        baseline = json.loads(out)['baseline']
        expect(baseline['verdict'] == ('fail' if worse else 'pass'), name, 'verdict of the baseline')
        expect(baseline['comparisons'] == [saved], name, 'the baseline tells something else')
    for lang in ('en', 'ja'):
        for form in ('text', 'markdown'):
            status, out, err = checks.run(['diff', '--lang', lang, '-o', form, old_saved, new_saved])
            expect(status == (1 if worse else 0) and not err, name, form, status, err)
            text = out.decode()
            for rule in expected:
                expect(rule.split('/')[1] in text, name, form, lang, rule, 'is not told')


def test_pairs(folder):
    expect(len(PAIRS) >= 20, 'the table is short')
    seen = set()
    for name, before, after, extra, expected in PAIRS:
        check_pair(folder, name, before, after, extra, expected)
        seen |= {one[0] for one in expected.values()}
    expect(seen == CLASSES, 'no pair has', CLASSES - seen)


def test_pointers(folder):
    """The pointers that differ are named, and no others."""
    old, _, _ = make_side(folder, 'before', [], {})
    new, how, _ = make_side(folder, 'after', [NO_MFA], {})
    only = diff([*how, old, new], True, 'pointers')['changes'][0]
    expect(only['pointers'] == ['/accounts/1/mfa'] and only['pointers_total'] == 1, only['pointers'])
    finding = only['new_findings'][0]
    expect(finding['pointer'].startswith('/accounts/1') and finding['line'] > 0, finding)
    many = [('/accounts', [{'id': 'a%d' % i, 'name': 'n', 'mfa': True} for i in range(40)])]
    new, how, _ = make_side(folder, 'after', many, {})
    changes = diff([*how, old, new], True, 'many')['changes']
    mfa = next(one for one in changes if one['rule'] == 'mfa')
    expect(len(mfa['pointers']) == 20 and mfa['pointers_total'] > 38, mfa['pointers_total'])


def test_cut_evidence(folder):
    """What was cut away is no difference."""
    many = [('/accounts', [{'id': 'a%d' % i, 'name': 'n', 'mfa': True} for i in range(40)])]
    snapshot = write(os.path.join(folder, 'many.json'), change(*many)())
    few = write(os.path.join(folder, 'few.result.json'),
                json.loads(checks.render('json', ['--evidence', '3', '--pack', PACK, snapshot])))
    all_ = write(os.path.join(folder, 'all.result.json'),
                 json.loads(checks.render('json', ['--evidence', 'all', '--pack', PACK, snapshot])))
    for pair in ([few, all_], [all_, few]):
        _, out, _ = checks.run(['diff', '-o', 'json', *pair])
        causes = {one['rule']: one['causes'] for one in json.loads(out)['comparisons'][0]['changes']}
        expect(causes == {'few': []}, causes)  # it fails in both


def test_several(folder):
    """Results find their partner by tenant and service; what has none is told."""
    paths = []
    for i, changes in enumerate([[], [('/tenant', 'hokuto')], [('/tenant', 'nanpu')], [('/tenant', 'hokuto'), NO_MFA]]):
        paths.append(write(os.path.join(folder, '%d.json' % i), change(*changes)()))

    def save(name, chosen):
        run = json.loads(checks.render('json', ['--pack', PACK, *(paths[i] for i in chosen)]))
        return write(os.path.join(folder, name), run)
    status, out, _ = checks.run(['diff', '-o', 'json', save('old', [0, 1]), save('new', [3, 0, 2])])
    result = json.loads(out)
    expect(status == 1 and [one['tenant'] for one in result['comparisons']] == ['hokuto', 'minato-seiki'], result)
    expect([one['tenant'] for one in result['only_after']] == ['nanpu'] and not result['only_before'], 'alone')
    status, out, _ = checks.run(['diff', '--lang', 'en', save('new', [0, 2]), save('old', [0, 1])])
    expect(status == 0 and b'nanpu' in out and b'hokuto' in out, status, out)
    status, _, err = checks.run(['--baseline', save('old', [0, 1]), '--pack', PACK, paths[2]])
    expect(status == 2 and b'no result of the tenant' in err, status, err)
    status, _, err = checks.run(['--baseline', save('old', [0, 1]), '--pack', PACK, paths[0]])
    expect(status == 0 and not err, status, err)


def test_refused(folder):
    old, _, saved = make_side(folder, 'before', [], {})
    ctx = write(os.path.join(folder, 'ctx.json'), change(('/contract/service', 'ctx'))())
    other = write(os.path.join(folder, 'other.json'), change(('/tenant', 'other'))())
    renamed = os.path.join(folder, 'renamed')
    shutil.copytree(PACK, renamed, dirs_exist_ok=True)
    edit('pack.lua', '"assess"', '"another"')(renamed)
    broken = write(os.path.join(folder, 'broken.json'), {'schema': 'urn:policyeval:result:1'})
    for arguments, complaint in [
            (['diff'], b'two snapshots'), (['diff', saved], b'two snapshots'),
            (['diff', saved, saved, saved], b'two snapshots'),
            (['diff', '--pack', PACK, old, ctx], b'of the service ctx, not iad'),
            (['diff', '--pack', PACK, old, other], b'of the tenant other, not minato-seiki'),
            (['diff', '--only', '1.1', saved, saved], b'options that say how to judge have no use'),
            (['diff', '--pack', PACK, saved, broken], b'is missing'),
            (['diff', '-o', 'csv', saved, saved], b'there is no format'),
            (['--baseline', saved, '--pack', PACK, ctx], b'of the service ctx, not iad'),
            (['--baseline', saved, '--pack', PACK, other], b'of the tenant other'),
            (['--baseline', saved, '--pack', renamed, old], b'of the pack another, not assess'),
            (['--baseline', saved, old], b'cannot be compared'),
            (['--baseline', saved, '--pack', PACK, '--pack', renamed, old], b'of the pack another, not (none)'),
            (['--baseline', old, '--pack', PACK, old], b'no saved result'),
            (['--baseline', broken, '--pack', PACK, old], b'is missing'),
            (['--baseline', '-', '--pack', PACK, old], b'--baseline takes a file'),
            (['--baseline', folder, '--pack', PACK, old], b'')]:
        status, out, err = checks.run(arguments)
        expect(status == 2 and not out and complaint in err, arguments, status, out, err)
    first = json.loads(checks.render('json', ['--pack', PACK, '--only', '1.1', old]))
    path = write(os.path.join(folder, 'first.json'), first)
    status, _, err = checks.run(['--baseline', path, '--pack', PACK, '--only', '1.2', old])
    expect(status == 2 and b'no rule in it' in err, status, err)


def test_convert(folder):
    """A result that was compared is converted beside its baseline, to the same bytes."""
    old, how, saved = make_side(folder, 'before', [NO_MFA], {})
    status, out, _ = checks.run(['--baseline', saved, '-o', 'json', *how, old])
    path = os.path.join(folder, 'compared.json')
    with open(path, 'wb') as file:
        file.write(out)
    expect(status == 0 and json.loads(out)['verdict'] == 'fail', 'the verdict stays', status)
    expect(checks.run(['convert', '-o', 'json', '--baseline', saved, path])[:2] == (0, out), 'convert')
    for arguments, complaint in [(['convert', path], b'name it with'),
                                 (['convert', '--baseline', path, path], b'another baseline'),
                                 (['convert', '--baseline', saved, saved], b'was not compared')]:
        status, out, err = checks.run(arguments)
        expect(status == 2 and not out and complaint in err, arguments, status, err)
    status, text, _ = checks.run(['--baseline', saved, '--lang', 'en', *how, old])
    expect(status == 0 and b'nothing is worse' in text, text)
    status, text, _ = checks.run(['--baseline', saved, '--lang', 'en', '--quiet', *how, old])
    expect(status == 0 and text.count(b'\n') == 2, text)


def test_hostile(folder):
    """Nothing that a snapshot or a saved result holds reaches a terminal as it is."""
    for i, (_, value) in enumerate(formats.hostile_strings()):
        run = json.loads(checks.render('json', ['--pack', PACK, write(os.path.join(folder, 'h.json'),
                                                                      change(NO_MFA)())]))
        try:
            value.encode('utf-8')
        except UnicodeError:
            continue
        if '\0' in value:
            continue
        old = write(os.path.join(folder, 'h%d.old' % i), run)
        for name, rule in each_rule(run):
            if name == MFA:
                rule['findings'][0]['subject'] = rule['findings'][0]['message'] = {'en': value, 'ja': value}
                rule['title'] = {'en': value, 'ja': value}
        run['results'][0]['snapshot']['file'] = value
        new = write(os.path.join(folder, 'h%d.new' % i), run)
        for form in ('text', 'markdown', 'json'):
            _, out, err = checks.run(['diff', '-o', form, old, new])
            text = out.decode()
            bad = [c for c in text if (ord(c) < 32 and c != '\n') or ord(c) in (0x7f, 0x202e, 0x200b, 0x2028)]
            expect(not err and not bad, form, repr(value), bad, err)
            expect(form != 'text' or not COMMAND.search(text), 'a command for a log', repr(value))


with tempfile.TemporaryDirectory() as scratch:
    test_pairs(scratch)
    test_pointers(scratch)
    test_cut_evidence(scratch)
    test_several(scratch)
    test_refused(scratch)
    test_convert(scratch)
    test_hostile(scratch)
sys.exit(checks.end(700))
