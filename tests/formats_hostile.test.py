#!/usr/bin/env python3
"""formats_hostile.test.py: hostile strings through the formats for other programs.

Each string of unit/data/hostile_strings.json is tenant, key, value, subject, message, titles and
name of the snapshot's file. SARIF, GitLab's JSON, JUnit's XML (but for what XML cannot hold) and
TAP's YAML must parse back to the same strings with readers of Python; in the others it must start no command, tag, link, formula or escape: GitHub's
commands are read as its runner reads them, CSV by Python's reader, Markdown by cmark-gfm.
"""
# SPDX-License-Identifier: Apache-2.0
import csv
import html.parser
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree

try:
    import yaml
except ImportError:
    print('formats_hostile: SKIPPED: python3-yaml is not installed')
    sys.exit(1 if os.environ.get('CI') == 'true' else 77)

SOURCE = os.environ.get('PE_SOURCE_DIR', os.path.join(os.path.dirname(__file__), '..'))
sys.path.insert(0, os.path.join(SOURCE, 'tests', 'support'))
import attacks  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
STRINGS = os.path.join(SOURCE, 'tests', 'unit', 'data', 'hostile_strings.json')
CMARK = shutil.which('cmark-gfm')
HARMFUL = re.compile('[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e'
                     '\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]')
MESSAGE_BYTES = 2000

CONTROL = '''return { title = { en = %(text)s, ja = %(text)s }, severity = "high", owner = "customer", tags = { %(text)s },
  references = { %(text)s },
  rules = {
    { id = "values", title = %(text)s, fix = %(text)s, check = function(s)
      for key, value in pairs(s.data) do ensure(value == "good", s.data, "{k} is {v}", { k = key, v = value }) end
    end },
    { id = "messages", title = "x", check = function(s)
      ensure(s.elements[1].ok, s.elements[1], { en = %(text)s, ja = %(text)s })
    end },
    { id = "subjects", title = "x", check = function(s) ensure(s.elements[2].ok, s.elements[2]) end },
    { id = "absent", title = "x", check = function(s) ensure(s.data[%(text)s .. "?"]) end },
    { id = "errors", title = "x", check = function() error(%(text)s, 0) end },
  } }
'''
PACK = 'return { id = "hostile", version = "1", title = %(text)s, tenant = "/tenant", as_of = "/as_of" }\n'
POLICY_CHARACTERS = 1000  # of a string in a policy: its file is 64 KiB at most

failed = 0
runs = 0


def complain(what, why):
    global failed
    failed += 1
    print('%s: %s' % (what, why), flush=True)


def in_lua(text):
    return '"%s"' % ''.join('\\%03d' % byte for byte in text.encode('utf-8'))


def make(folder, text):
    """A pack and a snapshot full of the string; the file's name, and the string as both hold it."""
    in_data = text.replace('\0', '')  # neither can hold NUL
    in_pack = in_data[:POLICY_CHARACTERS]
    attacks.write(os.path.join(folder, 'pack', 'pack.lua'), PACK % {'text': in_lua(in_pack)})
    attacks.write(os.path.join(folder, 'pack', 'control.lua'), CONTROL % {'text': in_lua(in_pack)})
    value = {'as_of': '2026-11-20T09:00:00+09:00', 'tenant': in_data, 'data': {in_data: in_data},
             'elements': [{'id': 'e', 'ok': False}, {'id': in_data, 'name': in_data, 'ok': False}]}
    name = text.replace('/', '_').replace('\0', '_').encode('utf-8')[:200].decode('utf-8', 'ignore') + '.json'
    if name.startswith('-'):
        name = './' + name
    attacks.write(os.path.join(folder, name), json.dumps(value))
    return name, in_pack, in_data


def run(folder, report, *argv):
    global runs
    runs += 1
    done = subprocess.run([PROGRAM, '--pack', 'pack', '-o', report, *argv], cwd=folder, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, check=False, timeout=60)
    if done.returncode != 1 or done.stderr:
        complain(report, 'ended by %d: %r' % (done.returncode, done.stderr[:300]))
    text = done.stdout.decode('utf-8')
    if HARMFUL.search(text.replace('\r\n', '\n') if report == 'csv' else text):
        complain(report, '%r holds %r as it is' % (argv[-1][:50], HARMFUL.search(text).group()))
    return text


def fits(got, text, limit=MESSAGE_BYTES):
    """The string, or what is left of it where the engine shortens it."""
    return got == text or len(text.encode()) > limit - 64 and got.endswith('…') and text.startswith(got[:-1])


# ---- SARIF ----

def of_rule(issues, rule):
    return next(issue for issue in issues if issue['rule'] == 'control/' + rule)


def sarif_issues(log):
    """Results and notifications alike."""
    run_ = log['runs'][0]
    for issue in run_['results']:
        assert run_['tool']['driver']['rules'][issue['ruleIndex']]['id'] == issue['ruleId']
        issue['rule'] = issue['ruleId']
    for issue in run_['invocations'][0]['toolExecutionNotifications']:
        issue['rule'] = issue['associatedRule']['id']
    return run_['results'] + run_['invocations'][0]['toolExecutionNotifications']


def check_sarif_place(name, issue, file):
    where = issue['locations'][0]['physicalLocation']
    uri = where['artifactLocation']['uri']
    if urllib.parse.unquote(uri) != file.removeprefix('./') or not re.fullmatch(r'[A-Za-z0-9._~/%-]+', uri):
        complain(name, 'the URI is another: %r' % uri)
    if where['region']['startLine'] < 1 or where['region']['startColumn'] < 1:
        complain(name, 'a place is nowhere: %r' % where)
    if re.search(r'(?<!\\)\]\(', issue['message']['text']) or not issue['message']['text']:
        complain(name, 'a message is empty or a link: %r' % issue['message']['text'][:200])


def check_sarif(name, text, in_data, folder, file):
    log = json.loads(run(folder, 'sarif', file))
    issues = sarif_issues(log)
    for issue in issues:
        check_sarif_place(name, issue, file)
    snapshot = log['runs'][0]['artifacts'][0]['properties']
    if snapshot['file'] != file or not fits(snapshot['tenant'], in_data) and len(in_data) < 1000:
        complain(name, 'file or tenant are others: %r' % snapshot)
    finding = of_rule(issues, 'values')['properties']
    key = finding['pointer'].rsplit('/', 1)[1].replace('~1', '/').replace('~0', '~')
    logical = of_rule(issues, 'values')['locations'][0]['logicalLocations'][0]['fullyQualifiedName']
    if not key.startswith(in_data[:500]) or logical != finding['pointer']:
        complain(name, 'the key is another: %r' % finding['pointer'][:200])
    if not fits(finding.get('value', finding.get('value_text')), '[secret]' if 'passwd' in in_data else in_data, 4096):
        complain(name, 'the value is another: %r' % finding)
    if not fits(of_rule(issues, 'messages')['properties']['message'], text):
        complain(name, 'the message is another')
    rules = {rule['id']: rule for rule in log['runs'][0]['tool']['driver']['rules']}
    if rules['control/values']['shortDescription']['text'] != text or len(rules) != 5:
        complain(name, 'a title is another, or rules are missing')
    if log['runs'][0]['invocations'][0]['executionSuccessful']:
        complain(name, 'a policy that failed is not told')
    if {issue['rule'] for issue in log['runs'][0]['results']} != {'control/' + rule for rule in
                                                                  ('values', 'messages', 'subjects')}:
        complain(name, 'other rules than those that failed are results')


# ---- GitLab ----

def check_gitlab(name, text, in_data, folder, file):
    issues = json.loads(run(folder, 'gitlab', file))
    if len({issue['fingerprint'] for issue in issues}) != len(issues) or len(issues) != 5:
        complain(name, 'GitLab: %d issues, or fingerprints repeat' % len(issues))
    message = next(issue for issue in issues if issue['check_name'] == 'control/messages')['description']
    if not fits(message.split('elements[e].ok: ', 1)[-1].split('elements[e]: ', 1)[-1], text):
        complain(name, 'GitLab: the message is another: %r' % message[:200])
    for issue in issues:
        if issue['location']['path'] != file.removeprefix('./') or issue['location']['lines']['begin'] < 1:
            complain(name, 'GitLab: a place is another: %r' % issue['location'])


# ---- GitHub ----

COMMAND = re.compile(r'::(error|warning|notice)((?: )[^:]*)?::(.*)')


def runner_reads(line):
    """As actions/runner does (ActionCommand.TryParseV2): properties up to the first '::' after the begin."""
    end = line.index('::', 2)
    word, _, rest = line[2:end].partition(' ')
    properties = {}
    for part in rest.strip().split(','):
        key, _, value = part.partition('=')
        for code, char in (('%0D', '\r'), ('%0A', '\n'), ('%3A', ':'), ('%2C', ','), ('%25', '%')):
            value = value.replace(code, char)
        properties[key] = value
    data = line[end + 2:]
    for code, char in (('%0D', '\r'), ('%0A', '\n'), ('%25', '%')):
        data = data.replace(code, char)
    return word, properties, data


def check_github(name, text, folder, file, harmless):
    lines = run(folder, 'github', '--lang', 'en', file).split('\n')
    if lines.pop() != '' or len(lines) != 6:
        complain(name, 'GitHub: %d lines' % len(lines))
    for line, other in zip(lines, harmless):
        if not COMMAND.fullmatch(line):
            complain(name, 'GitHub: no command: %r' % line[:200])
            continue
        word, properties, data = runner_reads(line)
        if word != runner_reads(other)[0] or set(properties) != set(runner_reads(other)[1]):
            complain(name, 'GitHub: another command: %r' % line[:200])
        if not HARMFUL.search(file) and '\n' not in file and properties['file'] != file:
            complain(name, 'GitHub: the file is another: %r' % properties)
        if 'messages' in properties.get('title', '') and len(text) < 1000 and not HARMFUL.search(text) and \
                '\n' not in text and text not in data:
            complain(name, 'GitHub: the message is another: %r' % data[:200])


# ---- text ----

LOG_COMMAND = re.compile(r'^\s*::|##[a-zA-Z]*\[', re.M)  # of GitHub; of Azure DevOps and TeamCity


def check_logs(name, folder, file):
    """What goes to logs is no command there."""
    for report in ('text', 'tap'):
        for lang in ('en', 'ja'):
            found = LOG_COMMAND.search(run(folder, report, '--lang', lang, file))
            if found:
                complain(name, '%s: a command for a log: %r' % (report, found.group()))


# ---- CSV ----

def check_csv(name, text, in_data, folder, file):
    for lang in ('en', 'ja'):
        raw = run(folder, 'csv', '--lang', lang, file) if lang == 'en' else None
        if lang == 'ja':
            done = subprocess.run([PROGRAM, '--pack', 'pack', '-o', 'csv', '--lang', 'ja', file], cwd=folder,
                                  stdout=subprocess.PIPE, check=False)
            if not done.stdout.startswith(b'\xef\xbb\xbf"file"'):
                complain(name, 'CSV: Japanese has no byte order mark')
            raw = done.stdout.decode('utf-8-sig')
        rows = list(csv.reader(io.StringIO(raw, newline=''), strict=True))
        if {len(row) for row in rows} != {len(rows[0])} or len(rows) != 6:
            complain(name, 'CSV: rows are %s' % [len(row) for row in rows])
        if raw.count('\n') != len(rows) or raw.count('\r\n') != len(rows):
            complain(name, 'CSV: line ends within cells')
        for cell in (cell for row in rows for cell in row):
            if re.match('[ \u3000]*[=+@＝＋－＠\t\r-]', cell):
                complain(name, 'CSV: a formula: %r' % cell[:100])
        row = dict(zip(rows[0], rows[2]))
        if not HARMFUL.search(text) and '\n' not in text and len(text) < 1000 and \
                row['message'] not in (text, "'" + text):
            complain(name, 'CSV: the message is another: %r' % row['message'])
        if not HARMFUL.search(in_data) and '\n' not in in_data and len(in_data) < 1000 and \
                row['tenant'] not in (in_data, "'" + in_data):
            complain(name, 'CSV: the tenant is another: %r' % row['tenant'])


# ---- JUnit ----

NO_XML = re.compile('[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]')


def visible(text, also=''):
    """What XML cannot hold, and of one line what breaks it, is written so that it can be seen."""
    return re.sub(NO_XML.pattern + ('|[%s]' % also if also else ''), lambda m: '\\u{%04X}' % ord(m.group()), text)


def in_line(text):
    return visible(text, '\n\r\x85\u2028\u2029')


def check_junit(name, text, in_data, folder, file, harmless):
    suites = xml.etree.ElementTree.fromstring(run(folder, 'junit', '--lang', 'en', file))
    if [element.tag for element in suites.iter()] != [element.tag for element in harmless.iter()]:
        complain(name, 'JUnit: other elements')
    values = {prop.get('name'): prop.get('value') for prop in suites.iter('property')}
    cases = {case.get('name'): case for case in suites.iter('testcase')}
    if values['file'] != visible(file) or {case.get('classname') for case in cases.values()} != {visible(file)}:
        complain(name, 'JUnit: the file is another: %r' % values)
    if not fits(values['tenant'], visible(in_data)) and len(in_data) < 1000:
        complain(name, 'JUnit: the tenant is another: %r' % values['tenant'])
    message = cases['control/messages'][0].get('message').split('elements[e].ok: ', 1)[-1].split('elements[e]: ', 1)[-1]
    if not fits(message, visible(text)):
        complain(name, 'JUnit: the message is another: %r' % message[:200])
    lines = cases['control/values'][0].text.split('\n')
    place = lines[3].strip(' ').split('  /data/', 1)[-1]
    if lines[0] != in_line(text) or not lines[2].startswith('- ') or len(lines) != 6:
        complain(name, 'JUnit: other lines: %r' % lines)
    if not place.startswith(in_line(in_data.replace('~', '~0').replace('/', '~1')[:500])):
        complain(name, 'JUnit: the key is another: %r' % place[:200])
    if len(in_data) < 500 and ' = ' not in in_data and \
            json.loads(place.rsplit(' = ', 1)[-1]) != ('[secret]' if 'passwd' in in_data else in_data):
        complain(name, 'JUnit: the value is another: %r' % place[:200])


# ---- TAP ----

def check_tap(name, text, in_data, folder, file, streams):
    stream = run(folder, 'tap', '--lang', 'en', file)
    blocks = re.findall(r'^  ---\n(.*?)^  \.\.\.\n', stream, re.M | re.S)
    others = re.sub(r'^  ---\n(.*?)^  \.\.\.\n', '', stream, flags=re.M | re.S).split('\n')
    if len(blocks) != 5 or others[:2] != ['TAP version 13', '1..5'] or not others[2].startswith('# ') or \
            [line.split(' ', 4)[:4] for line in others[3:]] != [['not', 'ok', str(i), '-'] for i in range(1, 6)] + [['']]:
        complain(name, 'TAP: other lines: %r' % others)
        return
    told = [yaml.safe_load(block) for block in blocks]
    finding = told[0]['findings'][0]
    key = finding['pointer'].rsplit('/', 1)[1].replace('~1', '/').replace('~0', '~')
    if not key.startswith(in_data[:500]) or finding['file'] != file:
        complain(name, 'TAP: key or file are others: %r' % finding)
    if len(in_data) < 500 and json.loads(finding['value']) != ('[secret]' if 'passwd' in in_data else in_data):
        complain(name, 'TAP: the value is another: %r' % finding)
    message = told[1]['message'].split('elements[e].ok: ', 1)[-1].split('elements[e]: ', 1)[-1]
    if not fits(message, text) or told[0]['fix'] != text:
        complain(name, 'TAP: message or fix are others: %r' % message[:200])
    attacks.write(os.path.join(streams, re.sub('[^a-z0-9_]', '_', name) + '.tap'), stream)


def check_proved(streams):
    """Perl's reader finds five failed tests in each, and nothing that it cannot read."""
    if shutil.which('prove') is None:
        print('formats_hostile: SKIPPED: prove is not installed')
        return
    files = sorted(os.listdir(streams))
    done = subprocess.run(['prove', '-Q', '--exec', 'cat', *files], cwd=streams, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)
    said = done.stdout.decode('utf-8', 'replace')
    if said.count('Tests: 5 Failed: 5)') != len(files) or 'Parse errors' in said or len(files) < 40:
        complain('prove', said[-2000:])


# ---- Markdown ----

TAGS = {'h1', 'h2', 'h3', 'h4', 'p', 'ul', 'li', 'strong', 'code', 'table', 'thead', 'tbody', 'tr', 'th', 'td'}


class Page(html.parser.HTMLParser):
    """The elements in their order without code, and the text of all."""

    def __init__(self):
        super().__init__()
        self.tags, self.text, self.bad, self.prose, self.in_code = [], '', [], '', 0

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS or [key for key, _ in attrs if key != 'align']:
            self.bad.append((tag, attrs))
        self.in_code += tag == 'code'
        if tag != 'code':
            self.tags.append(tag)

    def handle_endtag(self, tag):
        self.in_code -= tag == 'code'

    def handle_data(self, data):
        self.text += data
        if not self.in_code:
            self.prose += data

    def handle_comment(self, data):
        self.bad.append(('comment', data))


def rendered(text):
    done = subprocess.run([CMARK, '--unsafe', '-e', 'table', '-e', 'autolink', '-e', 'strikethrough', '-e', 'tasklist'],
                          input=text.encode(), stdout=subprocess.PIPE, check=True)
    page = Page()
    page.feed(done.stdout.decode())
    page.close()
    return page


def check_markdown(name, text, folder, file, harmless):
    page = rendered(run(folder, 'markdown', '--lang', 'en', file))
    if page.bad:
        complain(name, 'Markdown: tags %r' % page.bad[:3])
    if page.tags != harmless.tags:
        complain(name, 'Markdown: another structure: %r' % page.tags)
    # What GitHub and GitLab make links, mentions and formulas of outside code.
    if re.search(r'[@#$]\w|://|www\.|(?<!\w)[!~%&]\w|:\w+:', page.prose):
        complain(name, 'Markdown: prose holds %r' % re.findall(r'.{0,9}(?:[@#$]\w|://|www\.).{0,9}', page.prose)[:5])
    if len(text) < 500 and not HARMFUL.search(text) and '\n' not in text and \
            ' '.join(text.split()) not in page.text.replace('\\u{007C}', '|'):
        complain(name, 'Markdown: the text is another: %r' % text)


# ---- waivers ----

def make_waivers(folder, text):
    """One for what failed, of which every text is the string; it as they hold it, or None where it is only blanks."""
    def cut(most):  # a word of a waiver has 300 bytes, its reason 4,000
        return text.replace('\0', '').encode('utf-8')[:most].decode('utf-8', 'ignore')
    if not cut(300).strip():
        return None
    waiver = {'id': cut(300), 'control': 'control', 'reason': cut(4000), 'owner': cut(300), 'approver': cut(300),
              'expires': '2026-12-31', 'zone': 'UTC', 'status': ['fail', 'unknown']}
    unused = dict(waiver, id='w', scope={'subject': cut(300)})
    attacks.write(os.path.join(folder, 'waivers.json'), json.dumps({'waivers': [waiver, unused]}))
    return waiver


def check_waivers(name, text, folder, file, harmless):
    waiver = make_waivers(folder, text)
    if waiver is None:
        return
    argv = ['--lang', 'en', '--waivers', 'waivers.json', file]
    log = json.loads(run(folder, 'sarif', *argv))
    for issue in log['runs'][0]['results']:
        how, = issue['suppressions']
        if how['properties'] != {key: waiver[key] for key in how['properties']} or waiver['reason'] not in \
                how['justification']:
            complain(name, 'a waiver is another: %r' % how)
    if [issue['severity'] for issue in json.loads(run(folder, 'gitlab', *argv))].count('info') != 4:
        complain(name, 'GitLab: not all is waived')
    lines = run(folder, 'github', *argv).split('\n')
    if len(lines) != 7 or not all(COMMAND.fullmatch(line) for line in lines[:-1]) or \
            [runner_reads(line)[0] for line in lines[:-1]] != ['notice', 'error'] + ['notice'] * 4:
        complain(name, 'GitHub: other commands: %r' % [line[:100] for line in lines])
    rows = list(csv.reader(io.StringIO(run(folder, 'csv', *argv), newline=''), strict=True))
    for cell in (cell for row in rows for cell in row):
        if re.match('[ \u3000]*[=+@＝＋－＠\t\r-]', cell):
            complain(name, 'CSV: a formula: %r' % cell[:100])
    if len(rows) != 6 or {len(row) for row in rows} != {len(rows[0])}:
        complain(name, 'CSV: other rows with waivers')
    run(folder, 'text', *argv)
    if CMARK:
        page = rendered(run(folder, 'markdown', *argv))
        if page.bad or page.tags != harmless.tags:
            complain(name, 'Markdown: waivers have another structure: %r %r' % (page.bad[:3], page.tags))
        if re.search(r'[@#$]\w|://|www\.|(?<!\w)[!~%&]\w|:\w+:', page.prose):
            complain(name, 'Markdown: prose of waivers holds a link, mention or formula')


def main():
    strings = json.loads(attacks.read(STRINGS))
    assert len(strings) >= 44, len(strings)
    if CMARK is None:
        print('formats_hostile: SKIPPED: cmark-gfm is not installed, so Markdown is not read')
        if os.environ.get('CI') == 'true':
            return 1
    with tempfile.TemporaryDirectory() as work:
        file, *_ = make(os.path.join(work, 'harmless'), 'harmless')
        commands = run(os.path.join(work, 'harmless'), 'github', '--lang', 'en', file).split('\n')
        page = rendered(run(os.path.join(work, 'harmless'), 'markdown', '--lang', 'en', file)) if CMARK else None
        assert len(commands) == 7 and (page is None or len(page.tags) > 40), (commands, page and page.tags)
        suites = xml.etree.ElementTree.fromstring(run(os.path.join(work, 'harmless'), 'junit', '--lang', 'en', file))
        streams = os.path.join(work, 'streams')
        os.mkdir(streams)
        make_waivers(os.path.join(work, 'harmless'), 'harmless')
        waived = rendered(run(os.path.join(work, 'harmless'), 'markdown', '--lang', 'en', '--waivers', 'waivers.json',
                              file)) if CMARK else None
        for number, string in enumerate(strings):
            name, folder = string['name'], os.path.join(work, str(number))
            file, in_pack, in_data = make(folder, string['value'])
            check_sarif(name, in_pack, in_data, folder, file)
            check_gitlab(name, in_pack, in_data, folder, file)
            check_github(name, in_pack, folder, file, commands)
            check_logs(name, folder, file)
            check_csv(name, in_pack, in_data, folder, file)
            check_junit(name, in_pack, in_data, folder, file, suites)
            check_tap(name, in_pack, in_data, folder, file, streams)
            check_waivers(name, string['value'], folder, file, waived)
            if CMARK:
                check_markdown(name, in_pack, folder, file, page)
        check_proved(streams)
    print('%d strings, %d runs, %d complaints' % (len(strings), runs, failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
