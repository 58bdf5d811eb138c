#!/usr/bin/env python3
"""format_html.test.py: the HTML report, read with Python's own parser.

It is well formed, asks for nothing, runs nothing, allows itself no style but its own; it says in
both languages whatever the JSON result says of the same run; and no hostile string becomes a tag,
an attribute or a link, nor gets lost. Browsers and validators look at it in long/html.test.sh.
"""
# SPDX-License-Identifier: Apache-2.0
import base64
import hashlib
import html.parser
import json
import os
import re
import subprocess
import sys
import tempfile

SOURCE = os.path.abspath(os.environ.get('PE_SOURCE_DIR', os.path.join(os.path.dirname(__file__), '..')))
sys.path.insert(0, os.path.join(SOURCE, 'tests', 'support'))
import attacks  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
STRINGS = os.path.join(SOURCE, 'tests', 'unit', 'data', 'hostile_strings.json')
MOST_BYTES = 800 * 1000  # of a whole tenant, with the evidence that is shown by default

VOID = {'meta', 'input', 'br', 'rect'}
TAGS = VOID | {'html', 'head', 'title', 'style', 'body', 'header', 'main', 'article', 'section', 'fieldset', 'legend',
               'label', 'a', 'p', 'h1', 'h2', 'h3', 'h4', 'h5', 'small', 'span', 'bdi', 'strong', 'b', 'i', 'em', 'code',
               'pre', 'mark', 'ul', 'li', 'dl', 'dt', 'dd', 'div', 'details', 'summary', 'table', 'thead', 'tbody', 'tr',
               'th', 'td', 'svg'}
ATTRIBUTES = {'lang': r'en|ja', 'class': r'[a-z -]+', 'id': r'[a-z0-9-]+', 'href': r'#[a-z0-9-]+', 'scope': 'row|col',
              'charset': 'utf-8', 'http-equiv': 'Content-Security-Policy', 'content': r"[A-Za-z0-9 ;:,'.=+/-]+",
              'name': r'[a-z-]+', 'type': 'radio|checkbox', 'checked': '', 'viewbox': r'[0-9 ]+',
              'preserveaspectratio': 'none', 'aria-hidden': 'true', 'focusable': 'false', 'x': r'\d+', 'width': r'\d+',
              'height': r'\d+'}
HARMFUL = re.compile('[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e'
                     '\u2060-\u206f\ufeff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]')

PACK = 'return { id = "hostile", version = "1", title = %(text)s, tenant = "/tenant", as_of = "/as_of" }\n'
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
    { id = "reasons", title = "x", check = function() not_applicable(%(text)s) end },
    { id = "evidence", title = "x", check = function(s) for _, v in pairs(s.data) do ensure(v ~= 1, s.data) end end },
  } }
'''

failed = 0


def complain(what, why):
    global failed
    failed += 1
    print('%s: %s' % (what, why), flush=True)


def run(*argv):
    done = subprocess.run([PROGRAM, *argv], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, cwd=SOURCE,
                          stdin=subprocess.DEVNULL, timeout=60)
    if done.returncode not in (0, 1) or done.stderr:
        raise SystemExit('%s ended by %d: %r' % (argv, done.returncode, done.stderr[:300]))
    return done.stdout.decode('utf-8')


class Page(html.parser.HTMLParser):
    """Tags, attributes, ids and links of a page; and its text by language."""

    def __init__(self, what, text):
        super().__init__(convert_charrefs=True)
        self.what, self.open, self.shape, self.ids, self.links = what, [], [], [], []
        self.style, self.policy, self.texts = '', '', {'en': [], 'ja': []}
        self.feed(text)
        self.close()
        if self.open:
            complain(what, 'is not closed: %s' % self.open)
        if len(set(self.ids)) != len(self.ids):
            complain(what, 'ids occur twice: %s' % [i for i in self.ids if self.ids.count(i) > 1][:5])
        if set(self.links) - set(self.ids):
            complain(what, 'links lead nowhere: %s' % sorted(set(self.links) - set(self.ids))[:5])
        self.said = {lang: ' '.join(''.join(parts).split()) for lang, parts in self.texts.items()}
        self.check_policy()

    def check_policy(self):
        digest = base64.b64encode(hashlib.sha256(self.style.encode()).digest()).decode()
        if self.policy != "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'" % digest:
            complain(self.what, 'the policy is %s' % self.policy)
        if re.search(r'url\(|@import|@font-face|expression|src\s*:', self.style):
            complain(self.what, 'the style sheet loads something')

    def handle_decl(self, decl):
        if decl != 'DOCTYPE html':
            complain(self.what, 'declares %r' % decl)

    def handle_comment(self, data):
        complain(self.what, 'has a comment %r' % data[:80])

    def handle_pi(self, data):
        complain(self.what, 'has an instruction %r' % data[:80])

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            complain(self.what, 'has a tag %r' % tag[:80])
        for name, value in attrs:
            if name not in ATTRIBUTES or not re.fullmatch(ATTRIBUTES[name], value or ''):
                complain(self.what, '%s has %s=%r' % (tag, name, value))
        self.shape.append((tag, tuple(attrs)))
        found = dict(attrs)
        self.ids += [found['id']] if 'id' in found else []
        self.links += [found['href'][1:]] if 'href' in found else []
        self.policy += found['content'] if 'http-equiv' in found else ''
        if tag == 'li' and self.open and self.open[-1][0] == 'li':
            self.open.pop()
        if tag not in VOID:
            self.open.append((tag, found.get('lang') if tag == 'span' else None))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if tag == 'ul' and self.open and self.open[-1][0] == 'li':
            self.open.pop()
        if not self.open or self.open.pop()[0] != tag:
            complain(self.what, '</%s> closes another' % tag)

    def handle_data(self, data):
        if self.open and self.open[-1][0] == 'style':
            self.style += data
        if self.open and self.open[-1][0] in ('style', 'title'):
            return
        if HARMFUL.search(data):
            complain(self.what, 'holds %r' % HARMFUL.search(data).group())
        spoken = [lang for _, lang in self.open if lang]
        if len(spoken) > 1:
            complain(self.what, 'a language in a language: %r' % data)
        for lang in spoken or ('en', 'ja'):
            self.texts[lang].append(data)


# ---- it says what the JSON result says ----

def expected_of_rule(rule, lang):
    yield rule['title'][lang]
    if rule['status'] == 'fail' and 'fix' in rule:
        yield rule['fix'][lang]
    yield from (note[lang] for note in rule['notes'])
    for finding in rule['findings']:
        yield finding['message'][lang]
        yield finding['pointer'] or ''
        yield finding.get('hint', {'en': '', 'ja': ''})[lang]
    if not rule['findings']:
        yield rule['reason'][lang]


def check_waiver_table():
    """A row a waiver, of whatever state; who reads one column of it finds the same thing in each row."""
    argv = ['--pack', 'tests/formats/pack', '--waivers', 'tests/formats/waivers.json', 'tests/formats/realistic.json']
    entries = json.loads(run('-o', 'json', *argv))['results'][0]['waivers']['entries']
    table = run('-o', 'html', *argv).split('<table class="waivers">')[1].split('</table>')[0]
    rows = table.split('<tbody>')[1].split('<tr>')[1:]
    if table.count('<th scope="col">') != 8 or len(rows) != len(entries) or len(entries) < 3:
        complain('waivers', 'the table has %d rows for %d waivers' % (len(rows), len(entries)))
    states = {'in_effect': 'in effect', 'unused': 'not needed', 'expired': 'expired', 'no_target': 'no such rule'}
    for row, entry in zip(rows, entries):
        cells = row.split('<td>')
        wanted = [entry['id'], entry['rule'] or 'every rule', '', entry['reason'], entry['owner'], entry['approver'],
                  entry['expires'], states[entry['state']]]
        if len(cells) != 8 or not all(html.escape(text, False) in cell for text, cell in zip(wanted, cells)):
            complain('waivers', 'the row of %s does not tell %s' % (entry['id'], wanted))
        scope = ' '.join(str(text) for text in (entry['scope'] or {'': 'whatever is found'}).values())
        if not all(html.escape(word, False) in cells[2] for word in scope.split()):
            complain('waivers', 'the row of %s does not tell the scope %s' % (entry['id'], scope))


def expected(result, lang):
    yield from (result['snapshot'][name] for name in ('file', 'sha256', 'tenant', 'service', 'as_of'))
    yield from (pack['sha256'] for pack in result['packs'])
    yield from (problem['message'][lang] for problem in result['problems'])
    yield from (remark['message'][lang] for remark in result.get('gate', {'remarks': []})['remarks'])
    for waiver in result.get('waivers', {'entries': []})['entries']:
        yield from (remark['message'][lang] for remark in waiver['remarks'])
        yield from (waiver[key] for key in ('id', 'control', 'reason', 'owner', 'approver', 'expires', 'zone'))
        yield from (str(text) for text in (waiver['scope'] or {}).values())
    for control in result['controls']:
        yield control['id'] + ' ' + control['title'][lang]
        for rule in control['rules']:
            yield from expected_of_rule(rule, lang)


def evidence_of(control):
    for rule in control['rules']:
        for entry in rule['evidence']:
            place = '%d:%d %s ' % (entry['line'], entry['column'], entry['pointer'])
            if 'value' in entry:
                place += json.dumps(entry['value'], ensure_ascii=False)
            yield place if entry['pointer'] else ''


def check_against_json(name, *options):
    first = run('--lang', 'en', '-o', 'html', *options)
    page = Page(name, first)
    result = json.loads(run('-o', 'json', *options))
    for one in result['results']:
        for lang in ('en', 'ja'):
            for text in expected(one, lang):
                if ' '.join((text or '').split()) not in page.said[lang]:
                    complain(name, 'does not say in %s: %r' % (lang, text))
        for control in one['controls']:
            for text in evidence_of(control):
                if '\\' not in text and text not in page.said['en']:
                    complain(name, 'has no evidence %r' % text)
    if len(first.encode()) > MOST_BYTES * len(result['results']):
        complain(name, 'takes %d bytes' % len(first.encode()))
    check_languages(name, page, Page(name, run('--lang', 'ja', '-o', 'html', *options)))
    return page


def check_languages(name, english, japanese):
    """Both hold both; they differ only in what is said to be on first."""
    if english.said != japanese.said:
        complain(name, 'what is said depends on --lang')
    differ = [(a, b) for a, b in zip(english.shape, japanese.shape) if a != b]
    if [a[0] for a, _ in differ] != ['html', 'input', 'input'] or len(english.shape) != len(japanese.shape):
        complain(name, 'tags differ by --lang: %s' % differ[:5])


# ---- hostile strings ----

def in_lua(text):
    return '"%s"' % ''.join('\\%03d' % byte for byte in text.encode('utf-8'))


def make(folder, text):
    """A pack and a snapshot full of the string; returns options."""
    pack = os.path.join(folder, 'pack')
    attacks.write(os.path.join(pack, 'pack.lua'), PACK % {'text': in_lua(text)})
    attacks.write(os.path.join(pack, 'control.lua'), CONTROL % {'text': in_lua(text)})
    value = {'as_of': '2026-11-20T09:00:00+09:00', 'tenant': text, 'data': {text: text},
             'elements': [{'id': 'e', 'ok': False}, {'id': text, 'name': text, 'ok': False}]}
    name = text.replace('/', '_').encode('utf-8')[:200].decode('utf-8', 'ignore') or '_'
    snapshot = os.path.join(folder, name + '.json')
    attacks.write(snapshot, json.dumps(value))
    word = ('w ' + text).encode('utf-8')[:300].decode('utf-8', 'ignore')
    waiver = {'id': word, 'control': 'control', 'rule': 'messages', 'reason': 'w ' + text, 'owner': word, 'approver': word,
              'expires': '2026-12-31', 'zone': 'UTC', 'scope': {'subject': 'elements[e]'}}
    waivers = os.path.join(folder, 'waivers')
    attacks.write(waivers, json.dumps({'waivers': [waiver, dict(waiver, id='unused', scope={'subject': word})]}))
    return '--waivers', waivers, '--pack', pack, '-o', 'html', '--evidence', 'all', snapshot


def is_shape_of(shape, harmless):
    """The same tags but for what depends on lengths: frames, and <span> where languages are the same."""
    loose = {'code', 'i', 'mark', 'pre', 'span', 'p', 'strong'}
    return [tag for tag in shape if tag[0] not in loose] == [tag for tag in harmless if tag[0] not in loose]


def check_hostile(work):
    strings = json.loads(attacks.read(STRINGS))
    assert len(strings) >= 44, len(strings)
    harmless = Page('harmless', run(*make(os.path.join(work, 'harmless'), 'harmless')))
    assert len(harmless.shape) > 200, len(harmless.shape)
    for number, string in enumerate(strings):
        text = string['value'].replace('\0', '')[:900]
        page = Page(string['name'], run(*make(os.path.join(work, str(number)), text)))
        if not is_shape_of(page.shape, harmless.shape):
            complain(string['name'], 'changes the tags of the page')
        plain = ' '.join(text.split())
        if plain and '\\' not in plain and not HARMFUL.search(text) and page.said['en'].count(plain) < 8:
            complain(string['name'], 'got lost: %r stands there %d times' % (plain, page.said['en'].count(plain)))
    return len(strings)


def check_secret(work):
    """A secret is shown nowhere, also not in the frame of its neighbour."""
    pack = os.path.join(work, 'secret')
    attacks.write(os.path.join(pack, 'pack.lua'), PACK % {'text': '"x"'})
    attacks.write(os.path.join(pack, 'control.lua'), '''return { title = "x", severity = "low", owner = "shared", rules = {
      { id = "r", title = "x", check = function(s) ensure(s.password == 1, s); ensure(s.near == 1, s) end } } }\n''')
    snapshot = os.path.join(work, 'secret.json')
    attacks.write(snapshot, '{"near": 2, "password": "hunter2-hunter2"}')
    text = run('--pack', pack, '-o', 'html', '--evidence', 'all', snapshot)
    if 'hunter2' in text or '[secret]' not in text or '<mark>' not in text:
        complain('secret', 'it is shown, or nothing is')


def main():
    if sys.argv[2:]:  # only makes a page full of a string, for long/html.test.sh
        with tempfile.TemporaryDirectory() as work:
            print(run(*make(work, sys.argv[2])), end='')
        return 0
    for service in ('iad', 'ctx'):
        check_against_json(service + ' compliant', 'fixtures/%s/compliant.json' % service)
        check_against_json(service + ' realistic', 'fixtures/%s/realistic.json' % service)
    check_against_json('several', '--only', '9.2.3', 'fixtures/iad/realistic.json', 'fixtures/ctx/compliant.json')
    check_against_json('nothing applies', '--only', '9.4.1/session-channels', 'fixtures/iad/compliant.json')
    one = check_against_json('waivers', '--pack', 'tests/formats/pack', '--waivers', 'tests/formats/waivers.json',
                             '--max-age', '7d', '--now', '2026-12-01T00:00:00+09:00', 'tests/formats/realistic.json')
    if 'another owner' in one.said['en'] or 'Waived in part' not in one.said['en']:
        complain('waivers', 'another tenant is told of, or what is waived in part is not')
    check_waiver_table()
    one = check_against_json('changed', '--only', '9.2.3', '--param', 'max_addresses=8192', 'fixtures/iad/compliant.json')
    if 'max_addresses' not in one.said['ja'] or '5.1.1 ' not in one.said['ja']:
        complain('changed', 'a changed parameter, or a control that was not selected, is not told')
    with tempfile.TemporaryDirectory() as work:
        count = check_hostile(work)
        check_secret(work)
    print('%d hostile strings, %d complaints' % (count, failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
