#!/usr/bin/env python3
"""docs.test.py: every complete example of docs/policies.md is run, every link leads somewhere, and
docs/collect.md has a section for every area that can be collected, and names no field that is not.

Blocks that are fenced as ```lua file=NAME make up one pack; each ```json file=NAME is judged by the
control whose block stands last before it, and the lines `expect: RULE STATUS` that follow must hold.
"""
# SPDX-License-Identifier: Apache-2.0
import json
import os
import re
import subprocess
import sys
import tempfile

SOURCE = os.path.abspath(os.environ.get('PE_SOURCE_DIR',
                                        os.path.join(os.path.dirname(__file__), '..')))
PROGRAM = os.path.abspath(sys.argv[1])
FENCE = re.compile(r'^```(lua|json) file=(\S+)\n(.*?)^```$|^expect: (\S+) (\S+)$', re.M | re.S)
LINK = re.compile(r'\]\(([^)#:]+)\)')


def blocks(text):
    """(json name, json text, control, [(rule, status)])"""
    files, cases, control = {}, [], None
    for kind, name, body, rule, status in FENCE.findall(text):
        if rule:
            cases[-1][3].append((rule, status))
        elif kind == 'lua':
            files[name] = body
            if '/' not in name and name not in ('pack.lua', 'model.lua'):
                control = name[:-len('.lua')]
        else:
            cases.append((name, body, control, []))
    return files, cases


def judge(folder, case):
    name, body, control, expected = case
    path = os.path.join(folder, 'json', name)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(body)
    run = subprocess.run([PROGRAM, '--pack', os.path.join(folder, 'pack'), '--only', control,
                          '-o', 'json', path], stdout=subprocess.PIPE, check=False)
    if run.returncode not in (0, 1):
        return ['%s: ended with status %d' % (name, run.returncode)]
    rules = json.loads(run.stdout)['results'][0]['controls'][0]['rules']
    got = {rule['id']: rule['status'] for rule in rules}
    return ['%s: %s is %s, the text says %s' % (name, rule, got.get(rule), status)
            for rule, status in expected if got.get(rule) != status]


def run_examples():
    with open(os.path.join(SOURCE, 'docs', 'policies.md'), encoding='utf-8') as file:
        files, cases = blocks(file.read())
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, 'json'))
        for name, body in files.items():
            path = os.path.join(folder, 'pack', name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, 'w', encoding='utf-8') as file:
                file.write(body)
        for case in cases:
            wrong += judge(folder, case)
        if any(name.startswith('tests/') for name in files):
            run = subprocess.run([PROGRAM, 'test', os.path.join(folder, 'pack'), '--fixtures',
                                  os.path.join(folder, 'json')], stdout=subprocess.PIPE,
                                 check=False)
            if run.returncode != 0:
                wrong.append('the tests of the examples: ' + run.stdout.decode())
    count = sum(len(case[3]) for case in cases)
    print('%d files, %d snapshots, %d expectations' % (len(files), len(cases), count))
    return wrong if count > 20 else wrong + ['too few examples were found']


def dead_links():
    wrong = []
    pages = [os.path.join(SOURCE, 'README.md')]
    pages += [os.path.join(SOURCE, 'docs', name)
              for name in sorted(os.listdir(os.path.join(SOURCE, 'docs'))) if name.endswith('.md')]
    for page in pages:
        with open(page, encoding='utf-8') as file:
            for target in LINK.findall(file.read()):
                if not os.path.exists(os.path.join(os.path.dirname(page), target)):
                    wrong.append('%s: nothing at %s' % (os.path.relpath(page, SOURCE), target))
    return wrong


def resolve(root, schema):
    """What a schema stands for: references followed, the null beside it left aside."""
    while True:
        if '$ref' in schema:
            schema = root['$defs'][schema['$ref'].rsplit('/', 1)[1]]
        elif 'anyOf' in schema:
            schema = next(one for one in schema['anyOf'] if one.get('type') != 'null')
        else:
            return schema


def find_field(root, schema, path):
    """The schema of accounts[].hr below another, or None."""
    for step in re.findall(r'[^.\[\]]+|\[\]', path):
        schema = resolve(root, schema)
        schema = schema.get('items') if step == '[]' else schema.get('properties', {}).get(step)
        if schema is None:
            return None
    return schema


def wrong_fields():
    with open(os.path.join(SOURCE, 'docs', 'collect.md'), encoding='utf-8') as file:
        text = file.read()
    root = json.loads(subprocess.run([PROGRAM, 'schema'], stdout=subprocess.PIPE, check=True).stdout)
    areas = resolve(root, resolve(root, root['properties']['collected'])['items'])['enum']
    wrong, seen, count = [], [], 0
    for section in re.split(r'^## ', text, flags=re.M)[1:]:
        title = section.split('\n', 1)[0]
        seen.append(title)
        where = root['properties'].get(title, root)
        for cell in re.findall(r'^\| (`.*?) \|', section, re.M):
            for path in re.findall(r'`([^`]+)`', cell):
                count += 1
                if find_field(root, where, path) is None:
                    wrong.append('docs/collect.md: %s has no field %s' % (title, path))
    wrong += ['docs/collect.md: no section for ' + area for area in areas if area not in seen]
    print('%d fields of %d sections' % (count, len(seen)))
    return wrong if count > 150 else wrong + ['too few fields were found']


def main():
    wrong = run_examples() + dead_links() + wrong_fields()
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
