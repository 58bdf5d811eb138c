#!/usr/bin/env python3
"""list.test.py: what `list --claims` and `list --matrix` tell of a pack.

SPDX-License-Identifier: Apache-2.0

usage: list.test.py PROGRAM
"""
import hashlib
import json
import os
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1]

PACK = '''return { id = "p", version = "1", title = "P", service = "/s", services = { "iad", "ctx" },
  claims = "/claims", zone = "/zone", as_of = "/as_of" }
'''

CLAIMS = '''return {
  { doc = "paper", version = "1.1", issued = "2024-08-31", services = { "iad" },
    title = { en = "A \\"paper\\"", ja = "文書\\\\" },
    statements = { { clause = "9.2.3", en = "Later.", ja = "後" }, { clause = "5.1.1", en = "First.", ja = "先" } } },
}
'''

RULE = '{ id = "%s", title = "%s", %s check = function(s) ensure(s.a == 1) end }'


def control(owner, rules, when=''):
    return ('return { title = "T", severity = "low", owner = %s, %s rules = { %s } }'
            % (owner, when, ', '.join(RULE % (name, name, more) for name, more in rules)))


CONTROLS = {
    '5.1.1.lua': control('"provider"', [('same', ''), ('other', 'owner = "customer",')]),
    '9.2.3.lua': control('{ iad = "customer", ctx = "shared" }',
                         [('both', ''), ('one', 'when = { service = "ctx" }, owner = "provider",')]),
    '10.1.1.lua': control('"shared"', [('x', 'when = { service = "iad" },')]),
    '12.1.1.lua': control('"customer"', [('y', 'owner = "customer",')], 'when = { service = "ctx" },'),
}

FAILED = []


def expect(sentence, got, want):
    if got != want:
        FAILED.append('%s: expected %s, got %s' % (sentence, want, got))


def listed(folder, *options):
    done = subprocess.run([PROGRAM, 'list', '--pack', folder, *options], capture_output=True, timeout=60,
                          check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def check_matrix(folder):
    status, text, _ = listed(folder, '--matrix', '-o', 'json')
    expect('the matrix is printed', status, 0)
    controls = {c['id']: c for c in json.loads(text)['matrix'][0]['controls']}
    owners = {name: c['owner'] for name, c in controls.items()}
    expect('an owner stands for each service', owners, {
        '5.1.1': {'iad': 'provider', 'ctx': 'provider'},
        '9.2.3': {'iad': 'customer', 'ctx': 'shared'},
        '10.1.1': {'iad': 'shared', 'ctx': None},  # none of its rules is for ctx
        '12.1.1': {'iad': None, 'ctx': 'customer'},
    })
    expect('controls are in the order of their clauses', list(controls), ['5.1.1', '9.2.3', '10.1.1', '12.1.1'])
    rules = {(name, r['id']): r['owner'] for name, c in controls.items() for r in c['rules']}
    expect('rules are told where their owner differs', rules, {
        ('5.1.1', 'other'): {'iad': 'customer', 'ctx': 'customer'},
        ('9.2.3', 'one'): {'iad': None, 'ctx': 'provider'},
    })
    _, text, _ = listed(folder, '--matrix', '-o', 'json', '--only', 'customer')
    expect('--only leaves out the others', [c['id'] for c in json.loads(text)['matrix'][0]['controls']],
           ['5.1.1', '9.2.3', '12.1.1'])
    status, text, _ = listed(folder, '--matrix', '--lang', 'en')
    rows = [line.split() for line in text.splitlines()]
    expect('a row a control', [row for row in rows if row[:1] == ['10.1.1']], [['10.1.1', 'shared', '-', 'T']])
    expect('controls are counted', 'ctx: provider 1, customer 1, shared 1' in text, True)
    _, text, _ = listed(folder, '--matrix', '--lang', 'ja')
    expect('in Japanese too', 'ctx：事業者 1、お客様 1、責任共有 1' in text, True)


def check_claims(folder):
    status, text, _ = listed(folder, '--claims', '-o', 'json')
    expect('the claims are printed', status, 0)
    sets = json.loads(text)['claims']
    expect('a set a document', [(s['doc'], s['version'], s['pack']) for s in sets], [('paper', '1.1', 'p')])
    made = {key: value for key, value in sets[0].items() if key not in ('pack', 'sha256')}
    canonical = json.dumps(made, sort_keys=True, separators=(',', ':'), ensure_ascii=False)
    expect('the digest is of the rest', sets[0]['sha256'], hashlib.sha256(canonical.encode()).hexdigest())
    expect('statements are in the order of their clauses', [c['clause'] for c in sets[0]['statements']],
           ['5.1.1', '9.2.3'])
    _, text, _ = listed(folder, '--claims', '--lang', 'en')
    expect('the digest is shown', sets[0]['sha256'] in text, True)
    expect('where to accept is shown', '/claims' in text, True)


def check_refusals(folder):
    for options in (['--claims', '--matrix'], ['-o', 'json'], ['--claims', '-o', 'xml'],
                    ['--claims', '-o', 'json', '-o', 'text']):
        status, text, error = listed(folder, *options)
        expect('refused: %s' % options, (status, text, error != ''), (2, '', True))


def lint(folder):
    done = subprocess.run([PROGRAM, 'lint', '--lang', 'en', folder], capture_output=True, timeout=60, check=False)
    return done.stdout.decode()


def check_lint(folder):
    said = lint(folder)
    expect('claims about controls of the pack are fine', 'claim' in said, False)
    path = os.path.join(folder, '10.1.1.lua')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(control('"provider"', [('x', 'claimable = true,')]))
    done = subprocess.run([PROGRAM, 'explain', '10.1.1', '--lang', 'en', '--pack', folder],
                          capture_output=True, timeout=60, check=False)
    expect('explain says that a rule is claimable', 'may rest on a claim' in done.stdout.decode(), True)
    expect('a claimable rule needs a claim', '10.1.1/x: warning: is claimable' in lint(folder), True)
    os.unlink(os.path.join(folder, '5.1.1.lua'))
    expect('a claim needs a control', 'claims.lua/paper/5.1.1: warning: is a claim' in lint(folder), True)


def main():
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {'pack.lua': PACK, 'claims.lua': CLAIMS, **CONTROLS}.items():
            with open(os.path.join(folder, name), 'w', encoding='utf-8') as file:
                file.write(text)
        check_matrix(folder)
        check_claims(folder)
        check_refusals(folder)
        check_lint(folder)
    for line in FAILED:
        print(line)
    print('%d failed' % len(FAILED))
    return 1 if FAILED else 0


if __name__ == '__main__':
    sys.exit(main())
