#!/usr/bin/env python3
"""two_packs.test.py: what any of several packs says of a snapshot holds for the result, whichever comes first."""
# SPDX-License-Identifier: Apache-2.0
import json
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'support'))
import formats  # noqa: E402

SECRET = 'nobody-may-see-this'
FORMATS = ['text', 'json', 'csv', 'github', 'gitlab', 'html', 'intoto', 'junit', 'markdown', 'oscal', 'sarif', 'tap']
PACK = "return { id = '%s', version = '1', title = '%s', as_of = '/as_of' }"
RULE = '''return { title = 't', severity = 'low', owner = 'customer', rules = { { id = 'on', title = 'x',
  check = function(s) ensure(s.host.on, s.host, 'it is off') end } } }'''
# Each knows what the other does not, and both know the rest; only the second knows that a note is secret.
MODELS = {
    'plain': None,
    'left': '''return record {
  { "as_of", format "timestamp", en = "When" },
  { "host", record { { "on", boolean, required = true, en = "On" }, { "note", text {}, en = "Note" } },
    required = true, en = "Host" }, { "left", record { { "known", boolean, en = "Known" } }, en = "Left" },
}''',
    'right': '''return record {
  { "as_of", format "timestamp", en = "When" },
  { "host", record { { "on", boolean, required = true, en = "On" }, { "note", text {}, secret = true, en = "Note" } },
    required = true, en = "Host" }, { "right", boolean, en = "Right" },
}''',
}
TEXT = '''{ "as_of": "2026-11-20T09:00:00Z",
  "host": { "on": false, "note": "%s" },
  "left": { "known": true, "odd": 1 },
  "right": %s
}
'''

checks = formats.Checks('two_packs', sys.argv[1])
expect = checks.expect


def make(folder):
    for name, model in MODELS.items():
        pack = os.path.join(folder, name)
        os.makedirs(pack)
        files = {'pack.lua': PACK % (name, name), '1.1.lua': RULE}
        if model is not None:
            files['model.lua'] = model
        for file, text in files.items():
            with open(os.path.join(pack, file), 'w', encoding='utf-8') as out:
                out.write(text)
    for name, right in (('good', 'true'), ('bad', '"no boolean"')):
        with open(os.path.join(folder, name + '.json'), 'w', encoding='utf-8') as out:
            out.write(TEXT % (SECRET, right))


def packs(*names):
    return [word for name in names for word in ('--pack', name)]


def judge(folder, snapshot, *names):
    _, out, err = checks.run(['-o', 'json', *packs(*names), snapshot], folder)
    expect(not err, names, err)
    return json.loads(out)['results'][0]


def told(result):
    return [(one['severity'], one['pointer']) for one in result['problems']]


def test_secrets(folder):
    """A field that one pack calls secret is shown by no frame, whichever pack's rule failed."""
    for names in (('plain', 'right'), ('right', 'plain'), ('left', 'plain', 'right')):
        for name in FORMATS:
            status, out, err = checks.run(['-o', name, *packs(*names), 'good.json'], folder)
            expect(status == 1 and not err and out, names, name, status, err)
            expect(SECRET.encode() not in out, names, name, 'shows the secret')
        _, out, _ = checks.run([*packs(*names), 'good.json'], folder)
        expect(b'[secret]' in out, names, 'the line with the secret is not shown at all')
    one = judge(folder, 'good.json', 'right')['snapshot']['secrets']
    both = judge(folder, 'good.json', 'left', 'right')['snapshot']['secrets']
    expect(len(one) == 1 and one == both, one, both)


def test_problems(folder):
    """An error of any model is told once; a field is unknown if no model knows it."""
    for names in (('left', 'right'), ('right', 'left'), ('plain', 'left', 'right')):
        expect(told(judge(folder, 'good.json', *names)) == [('warning', '/left/odd')],
               names, told(judge(folder, 'good.json', *names)))
        expect(sorted(told(judge(folder, 'bad.json', *names))) == [('error', '/right'), ('warning', '/left/odd')],
               names, told(judge(folder, 'bad.json', *names)))
    expect(told(judge(folder, 'good.json', 'left', 'plain')) == [('warning', '/left/odd'), ('warning', '/right')],
           told(judge(folder, 'good.json', 'left', 'plain')))
    result = judge(folder, 'bad.json', 'left', 'right')
    expect(result['problems_total'] == 2, result['problems_total'])


def test_strict(folder):
    """--strict-model looks at what no model knows, of the second pack too."""
    for names in (('plain', 'right'), ('right', 'plain'), ('left', 'right')):
        _, out, _ = checks.run(['-o', 'json', '--strict-model', *packs(*names), 'good.json'], folder)
        result = json.loads(out)['results'][0]
        expect([one['kind'] for one in result['gate']['remarks']] == ['unknown_field'], names, result['gate'])


def test_ids(folder):
    """Waivers, baselines and saved results know a pack by its id."""
    status, out, error = checks.run(['-o', 'json', *packs('left', 'plain', 'left'), 'good.json'], folder)
    expect(status == 2 and not out and b'two packs have the id left' in error, status, error)


def test_selectors(folder):
    """A selector that no pack takes is told alike for every number of workers, in the words of the last pack."""
    said = set()
    for jobs in ('1', '2', '3'):
        status, out, error = checks.run(['--jobs', jobs, *packs('left', 'plain'), '--only', 'nothing',
                                         'good.json', 'good.json'], folder)
        expect(status == 2 and not out, status, out)
        said.add(error)
    expect(len(said) == 1 and b'nothing' in said.pop(), said)
    status, _, error = checks.run([*packs('left', 'plain'), '--only', '1.1', 'good.json'], folder)
    expect(status == 1, status, error)


with tempfile.TemporaryDirectory() as scratch:
    make(scratch)
    test_ids(scratch)
    test_selectors(scratch)
    test_secrets(scratch)
    test_problems(scratch)
    test_strict(scratch)
sys.exit(checks.end(80))
