#!/usr/bin/env python3
"""docs.test.py: every complete example of docs/policies.md and docs/model.md is run, every link leads
somewhere, every rule that is named is there, docs/collect.md has a section for every area that can be
collected, and names no field that is not, docs/model.md has every type, option and format, and
docs/helpers.md every name that a policy may use (PE_GOLDEN_UPDATE=1 writes that page anew).

Blocks that are fenced as ```lua file=NAME make up one pack; each ```json file=NAME is judged by the
control whose block stands last before it, and the lines `expect: RULE STATUS` that follow must hold.
"""
# SPDX-License-Identifier: Apache-2.0
import glob
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
RULE = re.compile(r'(?<![\w./-])((?:CLD\.)?\d+\.\d+(?:\.\d+)?/[a-z][a-z0-9]*-[a-z0-9-]*[a-z0-9])(?![\w/-])')
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
STRINGS = r'((?:"(?:[^"\\]|\\.)*"\s*)+)'
ROW = re.compile(r'\{"(\w+)", \w+,\s*%s,\s*%s\}' % (STRINGS, STRINGS))
HELPERS_HEAD = '''# What a policy may name

<!-- Written by tests/docs.test.py from engine/lua/lib; do not edit. -->

All names that a rule may use besides Lua's own language ([how to write a policy](policies.md)). There are no others: a
misspelt global name is refused when the pack loads, a misspelt `time.agedays` when the rule runs.

`time`, `net`, `ports`, `tls` and `text` never raise for what a snapshot holds. Given `nil`, or something they cannot
parse, they return `nil` and the rule is unknown, with the reason; so an answer needs no check. A *list* is a list of
the snapshot, a table, or a single value; with a *field*, its elements are objects and that member of each is meant. A
*timestamp* is RFC 3339, a *date* `2026-11-20`, a *zone* `UTC`, `+09:00`, or a place that does not change its clocks
(`Asia/Tokyo`).
'''
HELPERS_AREAS = [
    ('', 'Verdicts, data, Lua', ''),
    ('time', 'time: dates, durations, ages', 'No helper knows the time: `as_of` is the third argument of `check`.\n\n'),
    ('net', 'net: addresses and networks', 'IPv4 and IPv6: addresses, blocks, ranges, and tags such as `Internet`.\n\n'),
    ('ports', 'ports: sets of ports', 'A set is a list of texts: `{ "443", "49152-65535" }`, `{ "*" }`.\n\n'),
    ('tls', 'tls: versions, ciphers, names', ''),
    ('text', 'text', ''),
    ('string', 'string', 'Also as methods: `value:upper()`.\n\n'),
    ('table', 'table', ''),
    ('math', 'math', 'Also `math.huge`, `math.maxinteger`, `math.mininteger`.\n\n'),
]


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


def run_examples(page, least):
    with open(os.path.join(SOURCE, 'docs', page), encoding='utf-8') as file:
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
    print('%s: %d files, %d snapshots, %d expectations' % (page, len(files), len(cases), count))
    return wrong if count >= least else wrong + [page + ': too few examples were found']


def pages():
    return [os.path.join(SOURCE, 'README.md')] + sorted(glob.glob(os.path.join(SOURCE, 'docs', '*.md')))


def dead_links():
    wrong = []
    for page in pages():
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


def wrong_rules():
    """Rules that the pages name as CONTROL/RULE, and that the built-in pack has not."""
    schema = json.loads(subprocess.run(
        [PROGRAM, '-o', 'json', os.path.join(SOURCE, 'fixtures', 'iad', 'minimal.json')],
        stdout=subprocess.PIPE, check=False).stdout)
    known = {'%s/%s' % (control['id'], rule['id'])
             for control in schema['results'][0]['controls'] for rule in control['rules']}
    wrong, count = [], 0
    for page in pages():
        with open(page, encoding='utf-8') as file:
            for name in RULE.findall(file.read()):
                count += 1
                if name not in known:
                    wrong.append('%s: there is no rule %s' % (os.path.relpath(page, SOURCE), name))
    print('%d rules are named' % count)
    return wrong if count > 3 else wrong + ['too few rules were found']


def helper_rows(area):
    """The rows of the tables of one area in engine/lua/lib, as Markdown."""
    for path in sorted(glob.glob(os.path.join(SOURCE, 'engine', 'lua', 'lib', '*.c'))):
        with open(path, encoding='utf-8') as file:
            source = file.read()
        if re.search(r'pe_lualib_\w+ = \{"(\w*)"', source).group(1) != area:
            continue
        for name, *quoted in ROW.findall(source):
            signature, doc = [''.join(json.loads('"%s"' % part) for part in STRING.findall(text))
                              .replace('|', '\\|') for text in quoted]
            yield '| `%s%s%s` | %s |\n' % (area and area + '.', name, signature, doc)


def helpers_page():
    return HELPERS_HEAD + ''.join(
        '\n## %s\n\n%s| name | |\n| --- | --- |\n%s' % (title, remark, ''.join(helper_rows(area)))
        for area, title, remark in HELPERS_AREAS)


def stale_helpers():
    path, text = os.path.join(SOURCE, 'docs', 'helpers.md'), helpers_page()
    names = [row[2] for row in re.findall(r'^\| `((\w+\.)?(\w+))', text, re.M)]
    if os.environ.get('PE_GOLDEN_UPDATE'):
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
    with open(path, encoding='utf-8') as file:
        if file.read() != text:
            return ['docs/helpers.md is stale: write it anew with PE_GOLDEN_UPDATE=1']
    print('%d names that a policy may use' % len(names))
    return [] if len(names) > 70 else ['docs/helpers.md: too few names were found']


def undocumented_types():
    """What model.lua may say, by the tables of the engine, and docs/model.md does not name."""
    def read(*path):
        with open(os.path.join(SOURCE, *path), encoding='utf-8') as file:
            return file.read()
    loader, formats, page = read('engine', 'lua', 'model_load.c'), read('engine', 'format.c'), read('docs', 'model.md')
    names = re.findall(r'\[PE_KIND_\w+\] = "(\w+)"', loader)
    for keys in re.findall(r'keys\[\] = \{(.*?)\}', loader, re.S):
        names += re.findall(r'"(\w+)"', keys)
    names += re.findall(r'^    \{"(\w+)",', formats, re.M)
    print('%d words of a model' % len(names))
    wrong = ['docs/model.md does not name ' + name for name in names
             if not re.search(r'`[^`]*\b%s\b[^`]*`' % name, page)]
    return wrong if len(names) > 30 else wrong + ['too few words of a model were found']


def main():
    wrong = run_examples('policies.md', 20) + run_examples('model.md', 4) + undocumented_types()
    wrong += dead_links() + wrong_fields() + wrong_rules() + stale_helpers()
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
