#!/usr/bin/env python3
"""format_oscal.test.py: OSCAL assessment results, by NIST's schema and by what a schema cannot say.

SPDX-License-Identifier: Apache-2.0

usage: format_oscal.test.py PROGRAM. Every UUID is made again here, every reference must lead
somewhere, and every status, place and text must be that of `-o json`.
"""
import copy
import datetime
import glob
import json
import os
import re
import sys
import tempfile
import urllib.parse
import uuid

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'support'))
import formats  # noqa: E402

try:
    from jsonschema import Draft7Validator
except ImportError:
    Draft7Validator = None

CHECKS = formats.Checks('format_oscal', sys.argv[1])
expect = CHECKS.expect
SCHEMA = os.path.join(formats.SCHEMAS, 'oscal', 'oscal_assessment-results_schema-1.1.3.json')
NS = 'urn:policyeval:oscal:1'
WAIVED = ['--pack', 'tests/formats/pack', '--waivers', 'tests/formats/waivers.json', 'tests/formats/realistic.json']
ROOT = uuid.uuid5(uuid.NAMESPACE_URL, NS)


# ---- the schema ----

def without_properties_of_unicode(value):
    """Python's re knows no \\p{L} and \\p{N}; these are the same."""
    if isinstance(value, dict):
        return {key: without_properties_of_unicode(one) for key, one in value.items()}
    if isinstance(value, list):
        return [without_properties_of_unicode(one) for one in value]
    if isinstance(value, str):
        return value.replace('\\p{L}', '[^\\W\\d_]').replace('\\p{N}', '\\d')
    return value


def make_validator():
    with open(SCHEMA, encoding='utf-8') as file:
        return Draft7Validator(without_properties_of_unicode(json.load(file)))


def errors_of(validator, document):
    return ['%s: %s' % (error.json_path, error.message[:200]) for error in validator.iter_errors(document)]


def check_schema(validator, what, document):
    if validator is not None:
        errors = errors_of(validator, document)
        expect(not errors, what, len(errors), 'errors by the schema, such as', errors[:2])


def check_validator(validator, document):
    """It would see what it is there to see."""
    def broken(change):
        other = copy.deepcopy(document)
        change(other['assessment-results'])
        return errors_of(validator, other)

    first = lambda root: root['results'][0]  # noqa: E731
    for change in (lambda root: root.pop('import-ap'),
                   lambda root: root.update(uuid=str(uuid.UUID(int=0))),
                   lambda root: first(root).update(findings=[]),
                   lambda root: first(root).update(start='2026-11-20T09:00:00'),
                   lambda root: first(root)['props'][0].update(value=' x'),
                   lambda root: first(root)['findings'][0]['target'].update({'target-id': '9.4.1'}),
                   lambda root: first(root)['findings'][0]['target']['status'].update(state='unknown')):
        expect(broken(change), 'the validator accepts what is broken')


# ---- what a schema cannot say ----

def walk(value, key=''):
    yield key, value
    if isinstance(value, dict):
        for name, one in value.items():
            yield from walk(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from walk(one, key)


def check_references(what, document):
    defined = [value for key, value in walk(document) if key == 'uuid']
    expect(len(defined) == len(set(defined)), what, 'has a UUID twice')
    expect(all(uuid.UUID(one).version == 5 for one in defined), what, 'a UUID is of another version')
    for key, value in walk(document):
        if key.endswith('-uuid'):
            expect(value in defined, what, key, value, 'leads nowhere')
        if key == 'href' and value.startswith('#'):
            expect(value[1:] in defined, what, value, 'leads nowhere')
        if key == 'href' and not value.startswith(('#', 'urn:policyeval:pack:sha256:')):
            parts = urllib.parse.urlsplit(value)
            expect(not parts.scheme and not parts.netloc and not parts.query, what, value, 'is not relative')
            expect(re.fullmatch(r'(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})*(?:#(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})*)?', value),
                   what, value, 'is not encoded')


def props(thing):
    """Our own properties, as they were before they became strings of OSCAL."""
    found = {}
    for prop in thing.get('props', []):
        if prop.get('ns') == NS:
            value = prop['value']
            if prop['name'] != 'value' and value.startswith('"'):
                value = json.loads(value)
            found.setdefault(prop['name'], []).append(value)
    return found


def prop(thing, name):
    return props(thing).get(name, [None])[0]


def shown(text):
    """What a reader of Markdown sees of an escaped text."""
    return re.sub(r'\\([!-/:-@\[-`{-~])', r'\1', text)


def name_of(*parts):
    return '\n'.join(parts)


def check_names(what, result, judged, again):
    """The UUIDs, made from what they are said to be made of."""
    packs = [part for pack in judged['packs'] for part in (pack['id'], pack['sha256'])]
    space = uuid.uuid5(ROOT, name_of('snapshot', judged['snapshot']['sha256'], *packs, *again))
    rules = ['%s %s %s %s' % (control['pack'], control['id'], rule['id'], rule['status'])
             for control in judged['controls'] for rule in control['rules']]
    waivers = ['waivers ' + judged['waivers']['sha256']] if 'waivers' in judged else []
    expect(result['uuid'] == str(uuid.uuid5(space, name_of('result', result['start'], *rules, *waivers))),
           what, 'the UUID of the result is another')
    wanted = {str(uuid.uuid5(space, name_of('rule', control['pack'], control['id'], rule['id'])))
              for control in judged['controls'] for rule in control['rules']}
    if judged['problems_total']:
        wanted.add(str(uuid.uuid5(space, 'problems')))
    expect(wanted == {one['uuid'] for one in result.get('observations', [])}, what, 'UUIDs of rules are others')


def check_piece(what, piece, wanted, file):
    pointer = wanted['pointer']
    place = prop(piece, 'place')
    expect(place == ('%d:%d' % (wanted['line'], wanted['column']) if wanted['line'] else None), what, 'place', place)
    if pointer is not None:
        path, _, fragment = piece['href'].partition('#')
        expect(urllib.parse.unquote(fragment) == pointer, what, 'pointer', piece['href'], pointer)
        expect(urllib.parse.unquote(path) == file, what, 'file', piece['href'], file)
    if 'value' in wanted:
        expect(json.loads(prop(piece, 'value')) == wanted['value'], what, 'value', prop(piece, 'value'))
    elif 'value_text' in wanted:
        expect(prop(piece, 'value-text') == (wanted['value_text'] or None), what, 'text', prop(piece, 'value-text'))
    elif 'count' in wanted:
        expect(prop(piece, 'count') == str(wanted['count']), what, 'count', prop(piece, 'count'))
    elif 'absent' in wanted:
        expect(prop(piece, 'absent') == 'true', what, 'absent')


def check_rule(what, seen, rule, lang, file):
    for name in ('status', 'basis', 'severity', 'owner'):
        expect(prop(seen, name) == rule[name], what, name, prop(seen, name))
    expect(prop(seen, 'findings-total') == str(rule['findings_total']), what, 'total of findings')
    expect(prop(seen, 'evidence-total') == str(rule['evidence_total']), what, 'total of evidence')
    pieces = seen.get('relevant-evidence', [])
    wanted = rule['findings'] + rule['evidence'] + rule['notes']
    if not expect(len(pieces) == len(wanted), what, len(pieces), 'pieces of evidence, not', len(wanted)):
        return
    for piece, one in zip(pieces[:len(pieces) - len(rule['notes'])], wanted):
        check_piece(what, piece, one, file)
        if 'message' in one:
            expect(prop(piece, 'kind') == 'finding' and prop(piece, 'pointer') == one['pointer'], what, 'pointer')
            expect(prop(piece, 'status') == one['status'], what, 'status', prop(piece, 'status'))
            expect(prop(piece, 'message') == (one['message'][lang] or None), what, 'message', prop(piece, 'message'))
            expect(prop(piece, 'waiver') == one.get('waiver'), what, 'waiver', prop(piece, 'waiver'))
    for piece, note in zip(pieces[len(pieces) - len(rule['notes']):], rule['notes']):
        expect(prop(piece, 'message') == (note[lang] or None), what, 'note', prop(piece, 'message'))


def check_controls(what, result, judged, lang):
    seen = {(prop(one, 'control-id'), prop(one, 'rule-id')): one for one in result.get('observations', [])}
    for control in judged['controls']:
        for rule in control['rules']:
            check_rule('%s %s/%s' % (what, control['id'], rule['id']), seen[control['id'], rule['id']], rule, lang,
                       judged['snapshot']['file'])
    found = {prop(one, 'control-id'): one for one in result.get('findings', [])}
    expect(set(found) == {one['id'] for one in judged['controls'] if one['status'] != 'not_applicable'}, what,
           'has findings of other controls')
    for control in judged['controls']:
        finding = found.get(control['id'])
        if finding is None:
            continue
        status, state = control['status'], finding['target']['status']
        expect((state['state'] == 'satisfied') == (status == 'pass'), what, control['id'], state)
        expect(state['reason'] == (status if status in ('pass', 'fail') else 'other'), what, control['id'], state)
        expect(prop(finding, 'status') == status, what, control['id'], prop(finding, 'status'))
        expect(len(finding['related-observations']) == len(control['rules']), what, control['id'], 'observations')
        expect(prop(finding, 'reference') == (control['references'] or [None])[0], what, control['id'], 'references')


def end_of(waiver):
    """The last second on which it holds, in UTC; of the zones that the tests use."""
    hours = {'UTC': 0, 'Asia/Tokyo': 9}[waiver['zone']]
    last = datetime.datetime.fromisoformat(waiver['expires'] + 'T23:59:59') - datetime.timedelta(hours=hours)
    return last.isoformat() + 'Z'


def check_risks(what, result, judged):
    """A risk for each waiver in effect, which leads to what it covers."""
    wanted = {one['id']: one for one in judged.get('waivers', {'entries': []})['entries'] if one['state'] == 'in_effect'}
    risks = {prop(one, 'waiver'): one for one in result.get('risks', [])}
    expect(set(risks) == set(wanted) and len(risks) == len(result.get('risks', [])), what, 'risks', list(risks))
    covered = {}
    for control in judged['controls']:
        by = {one['id'] for rule in control['rules'] if rule['waiver'] for one in rule['waiver']['by']}
        finding, = [one for one in result['findings'] if prop(one, 'control-id') == control['id']] or [{}]
        expect({one['risk-uuid'] for one in finding.get('related-risks', [])} == {risks[one]['uuid'] for one in by},
               what, control['id'], 'has other risks')
        for rule in control['rules']:
            for one in rule['waiver']['by'] if rule['waiver'] else []:
                covered.setdefault(one['id'], set()).add((control['id'], rule['id']))
    seen = {one['uuid']: (prop(one, 'control-id'), prop(one, 'rule-id')) for one in result.get('observations', [])}
    for name, risk in risks.items():
        for key in ('reason', 'owner', 'approver', 'expires', 'zone'):
            expect(prop(risk, 'waiver-' + key) == wanted[name][key], what, name, key, prop(risk, 'waiver-' + key))
        expect(risk['status'] == 'deviation-approved', what, name, risk['status'])
        expect(risk['deadline'] == end_of(wanted[name]), what, name, risk['deadline'])
        expect({seen[one['observation-uuid']] for one in risk['related-observations']} == covered[name], what, name)


def check_result(what, document, result, judged, lang, again):
    snapshot = judged['snapshot']
    tenant = result['local-definitions']['components'][0]
    expect(prop(tenant, 'tenant') == (snapshot['tenant'] or None), what, 'tenant', prop(tenant, 'tenant'))
    expect(prop(tenant, 'service') == snapshot['service'], what, 'service')
    expect(props(tenant).get('option', []) == snapshot['options'], what, 'options')
    expect(prop(result, 'verdict') == judged['verdict'], what, 'verdict')
    expect(prop(result, 'as-of') == snapshot['as_of'], what, 'as of')
    resources = {one['uuid']: one for one in document['back-matter']['resources']}
    resource = resources[result['links'][0]['href'][1:]]
    expect(prop(resource, 'file') == snapshot['file'], what, 'file', prop(resource, 'file'))
    expect(resource['rlinks'][0]['hashes'] == [{'algorithm': 'SHA-256', 'value': snapshot['sha256']}], what, 'digest')
    for pack in judged['packs']:
        expect(any(prop(one, 'pack-id') == pack['id'] and one['rlinks'][0]['hashes'][0]['value'] == pack['sha256']
                   for one in resources.values()), what, 'pack', pack)
    check_names(what, result, judged, again)
    check_controls(what, result, judged, lang)
    check_risks(what, result, judged)


def check_run(validator, what, arguments, lang, folder=formats.SOURCE):
    text = CHECKS.render('oscal', ['--lang', lang, *arguments], folder)
    document = json.loads(text)
    judged = CHECKS.judge(arguments, folder)
    check_schema(validator, what, document)
    root = document['assessment-results']
    check_references(what, root)
    expect(len(root['results']) == len(judged['results']), what, len(root['results']), 'results')
    digests = []
    for result, one in zip(root['results'], judged['results']):
        before = digests.count(one['snapshot']['sha256'])
        digests.append(one['snapshot']['sha256'])
        check_result(what, root, result, one, lang, [str(before)] if before else [])
    wanted = name_of('document', lang, *(one['uuid'] for one in root['results']))
    expect(root['uuid'] == str(uuid.uuid5(ROOT, wanted)), what, 'the UUID of the document is another')
    expect(root['metadata']['last-modified'] == max(one['end'] for one in root['results']), what, 'last modified')
    return document


# ---- all that is judged ----

def check_tenants(validator):
    for lang in ('en', 'ja'):
        for tenant in formats.TENANTS:
            check_run(validator, '%s %s' % (tenant, lang), ['--only', '9.2.3,10.1.1,13.1.3', tenant], lang)
    check_run(validator, 'a whole tenant', [formats.TENANTS[1]], 'ja')
    check_run(validator, 'several', ['--only', '10.1.1', *formats.TENANTS[:2], formats.TENANTS[0]], 'en')
    check_run(validator, 'parameters', [*formats.SMALL, '--param', 'most=1', *formats.small('realistic')[2:]], 'en')
    check_run(validator, 'waivers', WAIVED, 'ja')
    check_run(validator, 'two packs', ['--pack', 'iso27017', '--only', '9.2.3,mfa', *formats.small('realistic')], 'en')


def check_golden(validator):
    paths = sorted(glob.glob(os.path.join(formats.GOLDEN, 'oscal-*.json')))
    expect(len(paths) == 10, len(paths), 'golden files')
    for path in paths:
        with open(path, encoding='utf-8') as file:
            check_schema(validator, path, json.load(file))


def check_hostile(validator):
    make = formats.hostile_maker()
    for name, text in formats.hostile_strings():
        with tempfile.TemporaryDirectory() as folder:
            pack, snapshot, in_pack, in_data = make(folder, text)
            document = check_run(validator, name, ['--pack', pack, '--evidence', 'all', '--', os.path.basename(snapshot)],
                                 'en', folder)
        result = document['assessment-results']['results'][0]
        rules = {prop(one, 'rule-id'): one for one in result['observations']}
        expect(prop(rules['messages']['relevant-evidence'][0], 'message').startswith(in_pack[:500]), name, 'message')
        expect(prop(result['local-definitions']['components'][0], 'tenant') ==
               (in_data if len(in_data) < 1000 else None), name, 'tenant')
        pointer = prop(rules['values']['relevant-evidence'][0], 'pointer')
        key = pointer.rsplit('/', 1)[1].replace('~1', '/').replace('~0', '~')
        expect(key.startswith(in_data[:500]), name, 'pointer', pointer)
        check_markup(name, document)


# What begins something in Markdown where it stands without a backslash before it.
MARKUP = re.compile(r'(?:^|[^\\])(?:\\\\)*[<>\[\]`*~^|{$]')
# What no reader sees, or what moves others, and line breaks.
HARMFUL = re.compile('[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e0fff]')


def check_markup(name, document):
    for key, value in walk(document):
        if key in ('title', 'description', 'remarks') and isinstance(value, str):
            expect(not MARKUP.search(value), name, key, 'can begin markup', value)
            expect(not HARMFUL.search(value), name, key, 'holds', value)


def check_times():
    """Whatever zone a time is in, it is said in UTC; where there is none, nothing is written."""
    for given, wanted in (('2026-11-20T09:00:00+09:00', '2026-11-20T00:00:00Z'),
                          ('2026-03-01T00:30:00.250+05:45', '2026-02-28T18:45:00.250Z'),
                          ('2026-12-31T23:30:00-01:00', '2027-01-01T00:30:00Z'),
                          ('2016-12-31t23:59:60z', '2016-12-31T23:59:59Z')):
        document = json.loads(CHECKS.render('oscal', ['--as-of', given, *formats.small('compliant')]))
        expect(document['assessment-results']['results'][0]['start'] == wanted, given, 'is not', wanted)
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, 'timeless.json'), 'w', encoding='utf-8') as file:
            file.write('{"tenant": "t", "contract": {"service": "iad", "options": []}}')
        for more in ([], ['--as-of', '3000-01-01T00:00:00Z'], ['--as-of', '1850-01-01T00:00:00Z']):
            for outputs in (['-o', 'oscal:out.json'], ['-o', 'json:first.json', '-o', 'oscal:out.json'],
                            ['-o', 'oscal:out.json', '-o', 'text'], ['-o', 'oscal']):
                status, out, err = CHECKS.run([*formats.SMALL, *more, *outputs, 'timeless.json'], folder)
                expect(status == 2 and not out, more, outputs, 'ended by', status)
                expect(err.startswith(b'policyeval: oscal: ') and err.count(b'\n') == 1 and b'--as-of' in err, err)
                expect(os.listdir(folder) == ['timeless.json'], more, outputs, 'left', os.listdir(folder))


def main():
    validator = make_validator() if Draft7Validator else None
    if validator is not None:
        check_validator(validator, json.loads(CHECKS.render('oscal', formats.small('realistic'))))
    check_golden(validator)
    check_tenants(validator)
    check_hostile(validator)
    check_times()
    status = CHECKS.end(10000)
    return status or (0 if validator else formats.missing(CHECKS.name, 'python3-jsonschema'))


if __name__ == '__main__':
    sys.exit(main())
