#!/usr/bin/env python3
"""reports_hostile.test.py: hostile strings through reports, and through complaints.

Each string of unit/data/hostile_strings.json is tenant, key, value, label, message, title, name of
a policy and name of the snapshot's file. Text must hold no character that harms a terminal, begin
no line with what was put in, and keep each finding one entry; JSON must parse back to the same
string with Python's reader.
"""
# SPDX-License-Identifier: Apache-2.0
import json
import os
import re
import subprocess
import sys
import tempfile

SOURCE = os.environ.get('PE_SOURCE_DIR', os.path.join(os.path.dirname(__file__), '..'))
sys.path.insert(0, os.path.join(SOURCE, 'tests', 'support'))
import attacks  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
STRINGS = os.path.join(SOURCE, 'tests', 'unit', 'data', 'hostile_strings.json')

# C0 but the line feed, DEL, C1; what turns the reading direction; what nobody sees; no characters.
HARMFUL = re.compile('[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e'
                     '\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]')
COLOUR = re.compile(r'\x1b\[[0-9;]*m')
COMPLAINT_BYTES = 2000
MESSAGE_BYTES, VALUE_BYTES = 2000, 4096

CONTROL = '''return { title = { en = %(text)s, ja = %(text)s }, severity = "low", owner = "customer", tags = { %(text)s },
  rules = {
    { id = "values", title = %(text)s, fix = %(text)s, check = function(s)
      for key, value in pairs(s.data) do ensure(value == "good", s.data, "{k} is {v}", { k = key, v = value }) end
    end },
    { id = "messages", title = "x", check = function(s)
      ensure(s.elements[1].ok, s.elements[1], { en = %(text)s, ja = %(text)s })
      note(%(text)s)
    end },
    { id = "labels", title = "x", check = function(s) ensure(s.elements[2].ok, s.elements[2]) end },
    { id = "absent", title = "x", check = function(s) ensure(s.data[%(text)s .. "?"]) end },
    { id = "errors", title = "x", check = function() error(%(text)s, 0) end },
    { id = "unusable", title = "x", check = function(s) for _, v in pairs(s.data) do net.kind(v) end end },
    { id = "reasons", title = "x", check = function() not_applicable(%(text)s) end },
  } }
'''
PACK = 'return { id = "hostile", version = "1", title = %(text)s, tenant = "/tenant", as_of = "/as_of" }\n'
FINDINGS = 6  # of the rules above: value, message, label, error, absent key, unusable value
POLICY_CHARACTERS = 1000  # of a string in a policy: its file is 64 KiB at most

STEP = 3 if attacks.is_instrumented(PROGRAM) else 1  # there the fuzzer of reports has them all

failed = 0
runs = 0


def complain(what, why):
    global failed
    failed += 1
    print('%s: %s' % (what, why), flush=True)


def in_lua(text):
    return '"%s"' % ''.join('\\%03d' % byte for byte in text.encode('utf-8'))


def file_name(text):
    """What a file can be called: no slash, no NUL, 200 bytes."""
    name = text.replace('/', '_').replace('\0', '_').encode('utf-8')[:200].decode('utf-8', 'ignore')
    return (name or '_') + '.json'


def run(argv, **more):
    global runs
    runs += 1
    done = subprocess.run([PROGRAM, *argv], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                          stdin=subprocess.DEVNULL, timeout=60, **more)
    return done.returncode, done.stdout, done.stderr


# ---- text ----

def entries(text):
    """Lines that begin a finding."""
    return [line for line in text.split('\n') if re.match(r'    [-?] |  ! ', line) and not re.match(r'  ! [A-Z]', line)]


def starts(text):
    """How lines at the margin begin, without what is put in: words, digits become one."""
    return [re.match(r'[^ ]*', line).group() for line in text.split('\n') if line and line[0] != ' ']


def check_text(name, pack, snapshot, harmless):
    for options in (['--lang', 'en'], ['--lang', 'ja'], ['--lang', 'en', '--color', 'always']):
        what = '%s %s' % (name, ' '.join(options))
        status, out, err = run(['--pack', pack, *options, '--evidence', 'all', snapshot])
        text = COLOUR.sub('', out.decode('utf-8')) if 'always' in options else out.decode('utf-8')
        if status != 1 or err:
            complain(what, 'ended by %d: %r' % (status, err[:300]))
            continue
        if HARMFUL.search(text):
            complain(what, 'holds %r' % HARMFUL.search(text).group())
        if 'always' in options:
            continue
        if len(entries(text)) != len(entries(harmless[options[1]])):
            complain(what, '%d entries: %r' % (len(entries(text)), entries(text)[:9]))
        if starts(text) != starts(harmless[options[1]]):
            complain(what, 'lines begin with %s' % starts(text))


# ---- JSON ----

def shortened(text, limit):
    """A string, or what is left of it where the program shortens it."""
    data = text.encode('utf-8')
    if len(data) <= limit:
        return [text]
    return [data[:size].decode('utf-8', 'ignore') + '…' for size in range(limit - 64, limit + 64)]


def fits(got, text, limit):
    return got == text or any(got == short for short in shortened(text, limit))


def pointer_key(pointer):
    return pointer.rsplit('/', 1)[1].replace('~1', '/').replace('~0', '~')


def check_json_rules(name, text, in_data, result):
    control = next(c for c in result['controls'] if c['id'] == 'control')
    rules = {rule['id']: rule for rule in control['rules']}
    if control['title'] != {'en': text, 'ja': text} or control['tags'] != [text] or \
            rules['values']['fix'] != {'en': text, 'ja': text}:
        complain(name, 'a title, tag or fix is another: %r' % control['title'])
    finding = rules['values']['findings'][0]
    if not pointer_key(finding['pointer']).startswith(in_data[:500]):
        complain(name, 'the key is another: %r' % finding['pointer'][:200])
    value = finding.get('value', finding.get('value_text'))
    if not fits(value, '[secret]' if 'passwd' in in_data else in_data, VALUE_BYTES):  # by its key
        complain(name, 'the value is another: %r' % value[:200])
    message = rules['messages']['findings'][0]['message']['en']
    if not fits(message, text, MESSAGE_BYTES) and message != text.encode()[:MESSAGE_BYTES].decode('utf-8', 'ignore'):
        complain(name, 'the message is another: %r' % message[:200])


def check_json(name, text, in_data, pack, snapshot):
    status, out, err = run(['--pack', pack, '-o', 'json', snapshot])
    if status != 1 or err:
        complain(name, 'ended by %d: %r' % (status, err[:300]))
        return
    raw = out.decode('utf-8')
    if HARMFUL.search(raw):
        complain(name, 'the JSON holds %r as it is' % HARMFUL.search(raw).group())
    result = json.loads(raw)['results'][0]
    if result['snapshot']['tenant'] != (in_data if len(in_data) < 1000 else ''):
        complain(name, 'the tenant is another: %r' % result['snapshot']['tenant'][:200])
    if result['snapshot']['file'] != snapshot:
        complain(name, 'the file is another: %r' % result['snapshot']['file'])
    check_json_rules(name, text, in_data, result)


# ---- complaints ----

def check_complaints(name, text, work, pack, snapshot):
    if '\0' in text:
        text = text.replace('\0', '_')
    text = text[:5000]
    for argv in ([text], ['check', text], ['--' + text], ['--pack', text, snapshot], ['--only', text, snapshot],
                 ['--pack', pack, '--param', text + '=1', snapshot], ['--as-of', text, snapshot], ['-o', text, snapshot],
                 ['--lang', text, snapshot], ['--expect', text, snapshot], ['--jobs', text, snapshot],
                 ['explain', text], ['lint', text], ['test', text], ['schema', text], ['help', text],
                 ['-o', 'json:/nowhere/' + text, snapshot], ['--pack', pack, os.path.join(work, 'x', text)]):
        status, out, err = run(argv)
        said = err.decode('utf-8', 'replace')
        if status not in (0, 1, 2, 3, 4) or out and status == 2:
            complain(name, '%s ended by %d' % (argv[:2], status))
        if HARMFUL.search(said) or HARMFUL.search(out.decode('utf-8', 'replace')):
            complain(name, '%s says %r' % (argv[:2], said[:200]))
        if len(said) > COMPLAINT_BYTES or any(not line.startswith('policyeval') for line in said.splitlines()):
            complain(name, '%s says more than one line, or much: %r' % (argv[:2], said[:400]))


def check_commands(name, pack):
    """What describes a pack, whose titles are hostile."""
    for argv in (['list', '--pack', pack], ['explain', 'control', '--pack', pack], ['lint', pack], ['test', pack],
                 ['doc', pack]):
        status, out, err = run(argv)
        if status < 0 or HARMFUL.search((out + err).decode('utf-8', 'replace')):
            complain(name, '%s ended by %d, or holds what harms: %r' % (argv, status, (out + err)[:300]))


# ---- the reference page ----

LINK = re.compile(r'(?:^|[^\\])(?:\\\\)*(?:\]\(|<[A-Za-z/!?])')


def shapes(page):
    """What each line is in Markdown: a heading, a row of so many cells, or words."""
    found = []
    for line in page.split('\n'):
        cells = len(re.findall(r'(?<!\\)(?:\\\\)*\|', line)) if line.startswith('| ') else 0
        found.append((re.match(r'#*', line).group(), cells, line == '', line[:2] == '- '))
    return found


def check_page(name, pack, harmless):
    status, out, err = run(['doc', '--lang', 'en', pack])
    page = out.decode('utf-8')
    if status != 0 or err:
        complain(name, 'doc ended by %d: %r' % (status, err[:300]))
        return
    if shapes(page) != shapes(harmless['doc']):
        different = [line for line, shape in zip(page.split('\n'), shapes(harmless['doc']))
                     if shapes(line) != [shape]]
        complain(name, 'the page has other lines: %r' % different[:3])
    if LINK.search(re.sub(r'(`+).*?\1', '', page)):
        complain(name, 'the page has a link or tag: %r' % LINK.search(page).group())


# ---- all of them ----

def make(folder, text):
    """A pack and a snapshot full of the string; returns their paths, and the string as the two hold it."""
    in_data = text.replace('\0', '')  # a snapshot cannot hold NUL, and what a pack declares neither
    pack = os.path.join(folder, 'pack')
    in_pack = in_data[:POLICY_CHARACTERS]
    attacks.write(os.path.join(pack, 'pack.lua'), PACK % {'text': in_lua(in_pack)})
    attacks.write(os.path.join(pack, 'control.lua'), CONTROL % {'text': in_lua(in_pack)})
    value = {'as_of': '2026-11-20T09:00:00+09:00', 'tenant': in_data, 'data': {in_data: in_data},
             'elements': [{'id': 'e', 'ok': False}, {'id': in_data, 'name': in_data, 'ok': False}]}
    snapshot = os.path.join(folder, file_name(text))
    attacks.write(snapshot, json.dumps(value))
    return pack, snapshot, in_pack, in_data


def main():
    strings = json.loads(attacks.read(STRINGS))
    assert len(strings) >= 44, len(strings)
    with tempfile.TemporaryDirectory() as work:
        harmless = {}
        pack, snapshot, *_ = make(os.path.join(work, 'harmless'), 'harmless')
        for lang in ('en', 'ja'):
            harmless[lang] = run(['--pack', pack, '--lang', lang, '--evidence', 'all', snapshot])[1].decode('utf-8')
        assert len(entries(harmless['en'])) == FINDINGS, harmless['en']
        harmless['doc'] = run(['doc', '--lang', 'en', pack])[1].decode('utf-8')
        assert len(shapes(harmless['doc'])) > 20, harmless['doc']
        for number, string in enumerate(strings[::STEP]):
            name, text = string['name'], string['value']
            pack, snapshot, in_pack, in_data = make(os.path.join(work, str(number)), text)
            check_text(name, pack, snapshot, harmless)
            check_json(name, in_pack, in_data, pack, snapshot)
            check_commands(name, pack)
            check_page(name, pack, harmless)
            check_complaints(name, text, work, pack, snapshot)
    print('%d strings, %d runs, %d complaints' % (len(strings), runs, failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
