#!/usr/bin/env python3
"""isolation.test.py: each control's verdict is the same alone, in company, and after an attack.

To the last byte of its findings and evidence: judged alone (--only), in the full run, in a pack
with an attack before and behind it, and with other snapshots before and behind its own.
"""
# SPDX-License-Identifier: Apache-2.0
import json
import os
import shutil
import subprocess
import sys
import tempfile

SOURCE = os.environ.get('PE_SOURCE_DIR', os.path.join(os.path.dirname(__file__), '..'))
sys.path.insert(0, os.path.join(SOURCE, 'tests', 'support'))
import attacks  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
FIXTURES = os.path.join(SOURCE, 'fixtures', 'iad')
REALISTIC = os.path.join(FIXTURES, 'realistic.json')
COMPLIANT = os.path.join(FIXTURES, 'compliant.json')
BUILTIN = os.path.join(SOURCE, 'policies', 'iso27017')

# Attacks that run to the end of something: fuel, memory, strings, patterns, findings, the stack.
BEFORE_AND_BEHIND = (
    'l17_deep_recursion', 'l20_pcall_swallow', 'l58_closure_bomb', 'l73_mem_error_caught',
    'l79_insert_shift', 't01_evidence_flood', 't18_not_applicable_late', 't20_error_then_pass',
    't32_memory_in_pcall_then_pass', 't33_string_limit_in_pcall_then_pass',
    't34_pattern_limit_in_pcall_then_pass', 'h17_gsub_callback_recursion', 'x05_sealed_tables',
    'x06_string_methods', 'x30_error_objects', 'x33_rules_table_games')

# What a rule leaves in locals of its file, of lib/, of tables and closures is gone afterwards.
STATEFUL = '''local words = use("words")
local calls, kept = 0, {}
local function check(s)
  calls = calls + 1
  words.count = words.count + 1
  kept[#kept + 1] = s.id
  ensure(calls == 1 and words.count == 1 and #kept == 1 and s.ok, s,
    "call {c}, {w} of the library, {k} kept", { c = calls, w = words.count, k = #kept })
  if calls == 1 then kept.tenant = s.tenant end
  note("{t}", { t = kept.tenant })
end
return { title = "Stateful", severity = "low", owner = "customer", rules = {
  { id = "first", title = "x", check = check }, { id = "second", title = "x", check = check },
  { id = "third", title = "x", check = function(s) check(s) if s.ok then check = nil end end },
  { id = "fourth", title = "x", check = check } } }
'''

failed = 0
count = 0


def same(what, got, want):
    global failed, count
    count += 1
    if got != want:
        failed += 1
        print('differs: %s' % what, flush=True)


def judge(*argv):
    run = subprocess.run([PROGRAM, '-o', 'json', '--evidence', 'all', *argv],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, timeout=300)
    assert run.returncode in (0, 1), (argv, run.returncode, run.stderr)
    return json.loads(run.stdout)['results']


def controls(result):
    return {control['id']: control for control in result['controls']}


def check_alone():
    together = controls(judge(REALISTIC)[0])
    assert len(together) >= 4, sorted(together)
    for name, control in together.items():
        alone = controls(judge('--only', name, REALISTIC)[0])
        same('%s alone' % name, alone, {name: control})
        for rule in control['rules']:
            one = controls(judge('--only', rule['id'], REALISTIC)[0])[name]
            same('%s alone' % rule['id'], one['rules'], [rule])


def copy_pack(folder):
    shutil.copytree(BUILTIN, folder)
    shutil.rmtree(os.path.join(folder, 'tests'), ignore_errors=True)
    return folder


def check_beside_attacks(work):
    """The controls of the built-in pack, read from a folder, between two attacks. The fields that
    the attacks read are not those of this snapshot: they attack all the same."""
    want = controls(judge('--pack', copy_pack(os.path.join(work, 'reference')), REALISTIC)[0])
    for number, name in enumerate(BEFORE_AND_BEHIND):
        pack = copy_pack(os.path.join(work, 'pack%d' % number))
        body = attacks.read(os.path.join(attacks.ATTACKS, 'lua', name + '.lua'))
        for control in ('1.1.lua', 'zzz.lua'):
            attacks.write(os.path.join(pack, control), attacks.INSIDE_CHECK % body)
        result = judge('--pack', pack, REALISTIC)[0]
        found = controls(result)
        order = [control['id'] for control in result['controls']]
        same('the attacks stand before and behind', (order[0], order[-1]), ('1.1', 'zzz'))
        for attacked in (found.pop('1.1'), found.pop('zzz')):
            same('%s does not pass' % name, attacked['status'] in ('error', 'unknown', 'fail'), True)
        same('beside %s' % name, found, want)


def check_several_snapshots(work):
    """Two and more snapshots in one run, in both orders, by one and two workers."""
    pack, files = os.path.join(work, 'stateful'), []
    attacks.make_pack(pack, mmm_lua=STATEFUL)
    for tenant in ('first', 'second', 'third'):
        value = json.loads(attacks.snapshot())
        value['tenant'] = value['id'] = tenant
        files.append(os.path.join(work, tenant + '.json'))
        attacks.write(files[-1], json.dumps(value))
    for argv, paths in ((['--pack', pack], files), ([], [REALISTIC, COMPLIANT])):
        alone = {path: judge(*argv, path)[0] for path in paths}
        for jobs in ('1', '2'):
            for order in (paths, paths[::-1], paths + paths[::-1]):
                results = judge(*argv, '--jobs', jobs, *order)
                for path, result in zip(order, results):
                    same('%s among %d' % (path, len(order)), result, alone[path])
        if argv:
            for path in paths:
                rules = controls(alone[path])['mmm']['rules']
                same('the state of rules', [rule['status'] for rule in rules], ['pass'] * 4)
                same('the notes of rules', {note['en'] for rule in rules for note in rule['notes']},
                     {os.path.basename(path)[:-5]})


def main():
    check_alone()
    with tempfile.TemporaryDirectory() as work:
        check_beside_attacks(work)
        check_several_snapshots(work)
    print('%d comparisons, %d differ' % (count, failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
