#!/usr/bin/env python3
"""convert.test.py: a saved result says the same in every format."""
# SPDX-License-Identifier: Apache-2.0
import json
import os
import sys
import tempfile
from functools import partial

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'support'))
import formats  # noqa: E402
from converting import ASKED_WAIVERS, same_in_all as same  # noqa: E402

program = sys.argv[1]
checks = formats.Checks('convert', program)
expect = checks.expect
same_in_all = partial(same, checks)


def test_formats(folder):
    for lang in ('en', 'ja'):
        for name in ('compliant', 'realistic', 'hostile', 'empty'):
            if os.path.exists(os.path.join(formats.SOURCE, 'tests', 'assess', name + '.json')):
                same_in_all(formats.small(name), folder, ['--lang', lang])
        for tenant in formats.TENANTS:
            same_in_all([tenant], folder, ['--lang', lang])
    same_in_all(formats.TENANTS, folder, ['--quiet'])
    for evidence in ('all', 'none', '3'):
        same_in_all(formats.TENANTS, folder, ['--evidence', evidence])
    same_in_all([formats.TENANTS[1]], folder, ['--require-basis', 'measured'])


# ---- options with options ----

# By option, the ways to give it; each pair of ways of two options comes together in some run.
WAYS = {
    '--only': ([], ['--only', '9.2.3'], ['--only', '9.2.3/portal-allow-list,12.4.1'], ['--only', 'critical,provider']),
    '--skip': ([], ['--skip', '10.1.1'], ['--skip', 'low,shared,9.2.3/portal-allow-list']),
    '--param': ([], ['--param', '9.2.3.max_addresses=12'],
                ['--param', '9.2.3.max_addresses=12', '--param', 'other_rpo_hours=5']),
    '--lang': ([], ['--lang', 'ja']),
    '--waivers': ([], ['--waivers', '{waivers}'], ['--waivers', 'fixtures/waivers.json']),
    '--fail-on': ([], ['--fail-on', 'high'], ['--fail-on', 'critical']),
    '--owner': ([], ['--owner', 'customer'], ['--owner', 'provider,shared']),
    '--baseline': ([], ['--baseline', '{baseline}']),
    '--max-age': ([], ['--max-age', '7d', '--now', '2030-01-01T00:00:00Z'],
                  ['--max-age', '52w', '--now', '2001-01-01T00:00:00Z']),
    '--sandbox': ([], ['--sandbox=off']),
    '--strict-model': ([], ['--strict-model']),
    '--evidence': ([], ['--evidence', 'none'], ['--evidence', 'all']),
    '--require-basis': ([], ['--require-basis', 'attested']),
    '--quiet': ([], ['--quiet']),
}


def pairs_of(row):
    return {((a, row[a]), (b, row[b])) for i, a in enumerate(WAYS) for b in list(WAYS)[i + 1:]}


def covering_rows():
    """Few rows, a way of each option, in which every pair of ways occurs; greedy, always the same."""
    names = list(WAYS)
    left = set()
    for i, a in enumerate(names):
        for b in names[i + 1:]:
            left |= {((a, x), (b, y)) for x in range(len(WAYS[a])) for y in range(len(WAYS[b]))}
    while left:
        (a, x), (b, y) = min(left)
        row = {a: x, b: y}
        for name in names:
            if name not in row:
                row[name] = max(range(len(WAYS[name])), key=lambda way, name=name: sum(
                    pair in left for other, chosen in row.items()
                    for pair in (((name, way), (other, chosen)), ((other, chosen), (name, way)))))
        left -= pairs_of(row)
        yield row


def test_options(folder):
    """Each option alone, all at once, and (in the long run) every pair of their ways: no format may differ."""
    waivers, changed = os.path.join(folder, 'waivers.json'), os.path.join(folder, 'before.json')
    with open(waivers, 'w', encoding='utf-8') as file:
        json.dump(ASKED_WAIVERS[0], file)
    last = {name: len(ways) - 1 for name, ways in WAYS.items()}
    alone = [dict.fromkeys(WAYS, 0) | {name: way} for name, ways in WAYS.items() for way in range(1, len(ways))]
    together = [last]
    if 'PE_EVERY_PAIR' in os.environ:
        together += covering_rows()
        expect(len(together) > 12, 'only', len(together), 'rows')
    for tenant, rows in ((formats.TENANTS[1], alone), (formats.TENANTS[3], together)):
        baseline = os.path.join(folder, 'baseline.json')
        with open(os.path.join(formats.SOURCE, tenant), encoding='utf-8') as file:
            snapshot = json.load(file)
        del snapshot['identities']
        with open(changed, 'w', encoding='utf-8') as file:
            json.dump(snapshot, file)
        checks.run(['-o', 'json:' + baseline, changed])
        for row in rows:
            options = [word.format(waivers=waivers, baseline=baseline)
                       for name, way in row.items() for word in WAYS[name][way]]
            same_in_all([tenant], folder, options)


def test_asked(folder):
    """Waivers, the gate and a configuration file; in both languages."""
    settings = os.path.join(folder, 'settings.json')
    with open(settings, 'w', encoding='utf-8') as file:
        json.dump({'fail-on': 'medium', 'require-basis': 'attested'}, file)
    for waivers in ASKED_WAIVERS:
        path = os.path.join(folder, 'waivers.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(waivers, file)
        for lang in ('en', 'ja'):
            for tenants in ([formats.TENANTS[1]], formats.TENANTS):
                same_in_all(tenants, folder, ['--lang', lang, '--waivers', path])
    same_in_all(formats.TENANTS, folder, ['--waivers', os.path.join(formats.SOURCE, 'fixtures', 'waivers.json')])
    for gate in (['--fail-on', 'high'], ['--fail-on', 'critical', '--owner', 'provider,shared'],
                 ['--owner', 'provider,customer,shared'], ['--strict-model'],
                 ['--max-age', '1d', '--now', '2030-01-01T00:00:00Z'],
                 ['--max-age', '7d', '--now', '2001-01-01T00:00:00Z'], ['--config', settings]):
        for lang in ('en', 'ja'):
            same_in_all(formats.TENANTS, folder, ['--lang', lang, *gate])
    same_in_all(formats.TENANTS, folder, ['--config', settings, '--waivers', path, '--strict-model'])


def test_hostile(folder):
    make = formats.hostile_maker()
    for name, value in formats.hostile_strings():
        own = os.path.join(folder, 'hostile-' + ''.join(c if c.isalnum() else '-' for c in name))
        os.makedirs(own, exist_ok=True)
        try:
            pack, snapshot = make(own, value)[:2]
        except (UnicodeError, ValueError):
            continue
        same_in_all(['--pack', pack, snapshot], own)


with tempfile.TemporaryDirectory() as scratch:
    test_formats(scratch)
    test_options(scratch)
    test_asked(scratch)
    test_hostile(scratch)
sys.exit(checks.end(400))
