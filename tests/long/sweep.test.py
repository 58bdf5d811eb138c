#!/usr/bin/env python3
"""sweep.test.py: no value that a control read can be lost or spoilt without its pass being lost too.

For each fixture and each control that passes on it, every value that the control read is removed,
set to null, and set to a value of another type, one at a time. The control must not stay `pass`;
only these may leave it so: the removal of what it reads as optional (the key is then evidence, as
absent), and null where the model calls null an honest answer ("no filter") and the control asked
for it (it is then evidence, as null).
Removing an element of a list makes another honest list, and is not tried. Of most controls every
third value is tried on the compliant tenants: `policyeval mutate` loses each, inside one process;
here it is the program itself that reads what is left. The counts are pinned in
tests/golden/sweep.json (PE_GOLDEN_UPDATE=1 writes it anew).
"""
# SPDX-License-Identifier: Apache-2.0
import json
import os
import shutil
import subprocess
import sys
import tempfile

SOURCE = os.path.abspath(os.environ.get('PE_SOURCE_DIR',
                                        os.path.join(os.path.dirname(__file__), '..', '..')))
sys.path.insert(0, os.path.join(SOURCE, 'tests', 'support'))
from jsonplaces import Places, read  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
FIXTURES = ['iad/compliant', 'iad/realistic', 'ctx/compliant', 'ctx/realistic']
GOLDEN = os.path.join(SOURCE, 'tests', 'golden', 'sweep.json')
WHOLE = {'9.2.3', '10.1.1', '13.1.3', 'CLD.9.5.1', 'CLD.9.5.2'}
STRIDE = 3  # of the values of other controls
BATCH = 100
PACK = os.path.join(SOURCE, 'policies', 'iso27017')


def pack_of(folder, control):
    """A pack with this one control, which is loaded in a fraction of the time."""
    pack = os.path.join(folder, 'pack-' + control)
    if not os.path.isdir(pack):
        shutil.copytree(os.path.join(PACK, 'lib'), os.path.join(pack, 'lib'))
        for name in ('pack', 'model', 'claims', control):
            shutil.copy(os.path.join(PACK, name + '.lua'), pack)
    return pack


def judge(paths, evidence, *options):
    run = subprocess.run([PROGRAM, '-o', 'json', '--evidence', evidence, '--jobs', '2', *options,
                          *paths], stdout=subprocess.PIPE, check=False)
    assert run.returncode in (0, 1), run
    return json.loads(run.stdout)['results']


def other_type(text):
    """Any value of another type."""
    if text[0] == '"':
        return '7'
    return '"true"' if text in ('true', 'false') else '"text"' if text[0] in '-0123456789' else '"x"'


def changes(places, control):
    """(pointer, kind, text) of each value that the control read."""
    pointers = []
    for rule in control['rules']:
        for item in rule['evidence']:
            if not item.get('absent') and item['pointer'] and item['pointer'] not in pointers:
                pointers.append(item['pointer'])
    for pointer in pointers[::1 if control['id'] in WHOLE else STRIDE]:
        if places.value_text(pointer) != 'null':  # where null is an honest value, it is no change
            yield pointer, 'null', places.replaced(pointer, 'null')
        yield pointer, 'retype', places.replaced(pointer,
                                                 other_type(places.value_text(pointer)))
        if pointer not in places.in_list:
            yield pointer, 'remove', places.without(pointer)


def read_as_optional(control, pointer):
    """The key is evidence as absent, or it was inside something that was."""
    return any(item.get('absent') and (pointer + '/').startswith(item['pointer'] + '/')
               for rule in control['rules'] for item in rule['evidence'])


def read_as_null(control, pointer):
    return any(item['pointer'] == pointer and 'value' in item and item['value'] is None
               for rule in control['rules'] for item in rule['evidence'])


def status_of(result, control_id):
    return [c for c in result['controls'] if c['id'] == control_id][0]


def compare(name, control_id, tried, paths, counts, pack):
    """The evidence is asked for only where the control still passes."""
    wrong = []
    for (pointer, kind, _), path, result in zip(tried, paths,
                                                judge(paths, 'none', '--pack', pack)):
        counts['changes'] += 1
        if status_of(result, control_id)['status'] != 'pass':
            continue
        control = status_of(judge([path], 'all', '--pack', pack)[0], control_id)
        if kind == 'remove' and read_as_optional(control, pointer):
            counts['optional'] += 1
            continue
        if kind == 'null' and read_as_null(control, pointer):
            counts['nullable'] += 1
            continue
        wrong.append('%s: %s passes after %s of %s' % (name, control_id, kind, pointer))
    return wrong


def sweep_control(folder, name, places, control, counts):
    wrong, batch = [], []
    todo = list(changes(places, control))
    for start in range(0, len(todo), BATCH):
        batch = todo[start:start + BATCH]
        paths = []
        for number, (_, _, text) in enumerate(batch):
            paths.append(os.path.join(folder, '%d.json' % number))
            with open(paths[-1], 'w', encoding='utf-8') as file:
                file.write(text)
        wrong += compare(name, control['id'], batch, paths, counts,
                         pack_of(folder, control['id']))
    return wrong


def main():
    shared = '/dev/shm' if os.path.isdir('/dev/shm') else None
    folder = tempfile.mkdtemp(dir=shared)
    wrong, counted = [], {}
    try:
        for name in FIXTURES:
            path = os.path.join(SOURCE, 'fixtures', name + '.json')
            places = Places(read(path))
            for control in judge([path], 'all')[0]['controls']:
                if control['status'] != 'pass' or ('compliant' not in name
                                                   and control['id'] not in WHOLE):
                    continue
                counts = {'changes': 0, 'optional': 0, 'nullable': 0}
                wrong += sweep_control(folder, name, places, control, counts)
                counted['%s %s' % (name, control['id'])] = counts
                print('%s %s: %d changes, %d removals of what is read as optional, %d nulls where '
                      'null is an answer' % (name, control['id'], counts['changes'],
                                             counts['optional'], counts['nullable']))
    finally:
        shutil.rmtree(folder)
    for line in wrong:
        print(line)
    if os.environ.get('PE_GOLDEN_UPDATE'):
        with open(GOLDEN, 'w', encoding='utf-8') as file:
            json.dump(counted, file, indent=2, sort_keys=True)
            file.write('\n')
    with open(GOLDEN, encoding='utf-8') as file:
        pinned = json.load(file)
    if pinned != counted:
        print('the counts differ from tests/golden/sweep.json (PE_GOLDEN_UPDATE=1 writes it anew)')
        return 1
    print('%d changes, %d kept a pass, %d of them wrongly'
          % (sum(c['changes'] for c in counted.values()),
             sum(c['optional'] + c['nullable'] for c in counted.values()) + len(wrong),
             len(wrong)))
    return 1 if wrong or not counted else 0


if __name__ == '__main__':
    sys.exit(main())
