#!/usr/bin/env python3
"""skeleton.test.py: an empty snapshot has every field of a service, and nothing of it passes."""
# SPDX-License-Identifier: Apache-2.0
import json
import os
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
failed = 0


def expect(condition, what):
    global failed
    if not condition:
        failed += 1
        print('skeleton: FAILED: %s' % what)


def run(*argv):
    done = subprocess.run([PROGRAM, *argv], capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def leaves(value, path=''):
    if isinstance(value, dict):
        for key, member in value.items():
            yield from leaves(member, path + '/' + key)
    elif isinstance(value, list):
        for position, element in enumerate(value):
            yield from leaves(element, '%s/%d' % (path, position))
    else:
        yield path, value


def check_service(service, folder):
    status, text, said = run('schema', '--skeleton', service)
    expect(status == 0 and not said, '%s: status %d, %s' % (service, status, said))
    snapshot = json.loads(text)
    filled = [(path, value) for path, value in leaves(snapshot) if value is not None]
    expect(filled == [('/contract/service', service)], '%s: filled in: %s' % (service, filled[:5]))
    expect(('citrix' in snapshot) == (service != 'iad'), '%s: the parts of the other service' % service)
    expect(isinstance(snapshot['hosts'], list) and 'id' in snapshot['hosts'][0], 'a list shows its members')
    path = os.path.join(folder, service + '.json')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    result = json.loads(run('-o', 'json', path)[1])['results'][0]
    statuses = {rule['status'] for control in result['controls'] for rule in control['rules']}
    expect(statuses == {'unknown', 'not_applicable'}, '%s: a rule is %s' % (service, statuses))
    return len(list(leaves(snapshot)))


def check_partly_filled(folder):
    """A mistake is seen, however much is not filled in yet: in reports, and behind the last problem that is kept."""
    snapshot = json.loads(run('schema', '--skeleton', 'iad')[1])
    nulls = len([value for _, value in leaves(snapshot) if value is None]) - 1
    allow_list = snapshot['portals']['customer_portal']['ip_allowlist']
    allow_list['enabled'], allow_list['enabeld'] = 'yes', True
    path = os.path.join(folder, 'partly.json')

    def judge(form):
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(snapshot, file, indent=1)
        return run('-o', form, path)[1]

    result = json.loads(judge('json'))['results'][0]
    told = [problem for problem in result['problems'] if 'null' not in problem]
    expect([problem['pointer'].split('/')[-1] for problem in told] == ['enabled', 'enabeld'], 'mistakes: %s' % told)
    expect(all(problem['null'] is True and problem['message']['en'].endswith('found null')
               for problem in result['problems'] if problem not in told), 'what is null')
    summed = '%d values are null' % (result['problems_total'] - 2)
    expect(500 < result['problems_total'] - 2 <= nulls, 'nulls: %d of %d' % (result['problems_total'], nulls))
    for form in ('text', 'markdown', 'html'):
        page = judge(form)
        page = page[page.index('Problems of the snapshot (' if form != 'html' else 'id="s1-problems"'):]
        places = [page.find(words) for words in ('expected a boolean, found a string', 'enabeld is not in the model',
                                                 summed if form != 'html' else 'expected a string, found null',
                                                 'Data is missing')]
        expect(-1 not in places and places == sorted(places), '%s: the order is %s' % (form, places))
        if form != 'html':
            expect(page[:places[3]].count('null') == 1, '%s: nulls are told more than once' % form)
    with open(os.path.join(folder, 'saved'), 'w', encoding='utf-8') as file:
        file.write(judge('json'))
    expect(run('convert', os.path.join(folder, 'saved'))[1] == judge('text'), 'a saved result says the same')
    snapshot['tenant'] = {'id': 't', 'name': 3}
    snapshot['contract']['options'] = [None] * 2000
    result = json.loads(judge('json'))['results'][0]
    told = {problem['pointer'].split('/')[-1] for problem in result['problems'] if 'null' not in problem}
    expect({'name', 'enabled', 'enabeld'} <= told, 'behind many nulls: %s' % told)
    expect(len(result['problems']) == 1000 and result['problems_total'] > 2500, 'how many are kept')


with tempfile.TemporaryDirectory() as folder:
    check_partly_filled(folder)
    counts = {service: check_service(service, folder) for service in ('iad', 'ctx', 'both')}
    expect(counts['both'] >= counts['ctx'] > counts['iad'] > 500, 'how many fields there are: %s' % counts)
    for argv, words in ((('iaf',), 'has no service iaf (did you mean iad?)'),
                        (('azure',), 'has no service azure; it has both, iad, ctx'), (('',), 'needs a value'),
                        (('iad', os.path.join(folder, 'nowhere')), 'nowhere')):
        status, text, said = run('schema', '--skeleton', *argv)
        expect(status == 2 and not text and words in said and said.count('\n') == 1,
               '%s: %d, %s' % (argv, status, said))
    pack = os.path.join(folder, 'pack')
    os.mkdir(pack)
    for name, text in (('pack.lua', 'return { id = "p", version = "1", title = "x" }'),
                       ('1.1.lua', 'return { title = "x", severity = "low", owner = "customer", rules = { '
                                   '{ id = "r", title = "x", check = function(s) ensure(s.a, s) end } } }')):
        with open(os.path.join(pack, name), 'w', encoding='utf-8') as file:
            file.write(text)
    status, text, said = run('schema', '--skeleton', 'iad', pack)
    expect(status == 2 and not text and 'has no model.lua' in said, 'a pack without a model: %s' % said)
print('skeleton: %s' % ('ok: %s fields' % counts if not failed else '%d failed' % failed))
sys.exit(1 if failed else 0)
