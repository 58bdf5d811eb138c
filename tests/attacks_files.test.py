#!/usr/bin/env python3
"""attacks_files.test.py: hostile files: of packs (odd names, links, FIFOs, 100,000 of them, what
is no Lua), of tests, and snapshots. Each is one run, which must end in time, by exit status 0, 1 or
2, without a worker's death, and with one clean line when it refuses.
"""
# SPDX-License-Identifier: Apache-2.0
import json
import os
import re
import socket
import sys
import tempfile

SOURCE = os.environ.get('PE_SOURCE_DIR', os.path.join(os.path.dirname(__file__), '..'))
sys.path.insert(0, os.path.join(SOURCE, 'tests', 'support'))
import attacks  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
INSTRUMENTED = attacks.is_instrumented(PROGRAM)
KILL_SECONDS = 30 if INSTRUMENTED else 10  # of CPU, four times as many of the clock
MIB = 128
GOOD = attacks.INSIDE_CHECK % ''
FAILING = attacks.INSIDE_CHECK % 'ensure(s.bad, s, "it fails")'
DEATHS = re.compile(r'died|overstayed|impossible answer|out of memory')
UNCLEAN = re.compile('[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e]')

REFUSED, JUDGED, EITHER = 'refused', 'judged', 'either'


def put(folder, name, content=b''):
    """Like attacks.write, for names of any bytes."""
    path = os.path.join(os.fsencode(folder), name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'wb') as file:
        file.write(content if isinstance(content, bytes) else content.encode())


# ---- packs ----

def link(target, name='mmm.lua'):
    return lambda pack: os.symlink(target, os.path.join(pack, name))


def special(name, make):
    def build(pack):
        path = os.path.join(pack, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        make(path)
    return build


def named(name, content=FAILING):
    return lambda pack: put(pack, name, content)


def make_socket(path):
    folder = os.getcwd()
    os.chdir(os.path.dirname(path))  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as unix:
        unix.bind(os.path.basename(path))
    os.chdir(folder)


def sparse(size):
    def make(path):
        with open(path, 'wb') as file:
            file.truncate(size)
    return make


def unreadable(path):
    put('/', os.fsencode(path), GOOD)
    os.chmod(path, 0)


def deep_folders(levels):
    def build(pack):
        folder = os.open(pack, os.O_RDONLY)
        for _ in range(levels):
            os.mkdir('d', dir_fd=folder)
            inner = os.open('d', os.O_RDONLY, dir_fd=folder)
            os.close(folder)
            folder = inner
        os.close(folder)
    return build


def many(count, template, content=b''):
    def build(pack):
        for i in range(count):
            with open(os.path.join(pack, template % i), 'wb') as file:
                file.write(content)
    return build


def cyclic_libs(pack):
    put(pack, b'lib/a.lua', 'return use("b")\n')
    put(pack, b'lib/b.lua', 'return use("a")\n')
    put(pack, b'mmm.lua', 'local a = use("a")\n' + GOOD)


def chained_libs(pack):
    for i in range(300):
        put(pack, b'lib/l%d.lua' % i, 'return use("l%d")\n' % (i + 1))
    put(pack, b'mmm.lua', 'local a = use("l0")\n' + GOOD)


def without_pack_lua(pack):
    os.remove(os.path.join(pack, 'pack.lua'))


SMALL = '''return { title = "x", severity = "low", owner = "customer",
  rules = { { id = "r", title = "x", check = function(s) ensure(s.ok) end } } }
'''
BYTECODE = b'\x1bLuaT\x00\x19\x93\r\n\x1a\n\x04\x08\x08xV\0\0\0\0\0\0\0\0\0\0\0(w@' + b'\x81' * 200

# sentence, what is done to the pack, how it must end, what the complaint holds
PACKS = [
    ('a name with spaces', named(b'a b.lua'), JUDGED, ''),
    ('a name like an option', named(b'--help.lua'), JUDGED, ''),
    ('a name in Japanese', named('日本語.lua'.encode()), JUDGED, ''),
    ('a name with conversions', named(b'%n%s%99999d.lua'), JUDGED, ''),
    ('a name with quotes', named(b'x\'"$(id)`id`.lua'), JUDGED, ''),
    ('a name with a line break', named(b'x\nPASS everything.lua'), EITHER, ''),
    ('a name with escapes', named(b'x\x1b[2J\x07\r.lua'), EITHER, ''),
    ('a name with marks of direction', named('x\u202eaul.\u202c.lua'.encode()), EITHER, ''),
    ('a name with workflow commands', named(b'::error::x.lua'), EITHER, ''),
    ('a name that is not UTF-8', named(b'x\xff\xfe.lua'), EITHER, 'UTF-8'),
    ('a library whose name is not UTF-8', named(b'lib/x\xff.lua', 'return 1\n'), EITHER, ''),
    ('a name of 255 bytes', named(b'n' * 251 + b'.lua'), EITHER, ''),
    ('a name of dots', named(b'...lua'), EITHER, ''),
    ('a hidden file', named(b'.hidden.lua', '@@@'), JUDGED, ''),
    ('other files', named(b'README.txt', b'\xff\xfe@@@'), JUDGED, ''),
    ('a link to a file of the pack', link('aaa.lua'), REFUSED, 'symbolic link'),
    ('a link to a file outside', link('/etc/passwd'), REFUSED, 'symbolic link'),
    ('a link to nothing', link('nowhere'), REFUSED, 'symbolic link'),
    ('a link to itself', link('mmm.lua'), REFUSED, 'symbolic link'),
    ('a link to endless zeros', link('/dev/zero'), REFUSED, 'symbolic link'),
    ('a link that is no Lua file', link('/', 'root'), REFUSED, 'symbolic link'),
    ('a FIFO as a control', special('mmm.lua', os.mkfifo), REFUSED, 'not a regular file'),
    ('a FIFO as a library', special('lib/x.lua', os.mkfifo), REFUSED, 'not a regular file'),
    ('a FIFO among the tests', special('tests/x.json', os.mkfifo), REFUSED, 'not a regular file'),
    ('a FIFO that is no Lua file', special('pipe', os.mkfifo), REFUSED, 'not a regular file'),
    ('a socket', special('mmm.lua', make_socket), REFUSED, 'not a regular file'),
    ('a folder as a control', special('mmm.lua', os.mkdir), JUDGED, ''),
    ('a file of 17 MiB', special('mmm.lua', sparse(17 << 20)), REFUSED, 'larger than 16 MiB'),
    ('a file of 10 GiB', special('mmm.lua', sparse(10 << 30)), REFUSED, 'larger than 16 MiB'),
    ('a control of 16 MiB', special('mmm.lua', sparse(16 << 20)), REFUSED, 'longer than 64 KiB'),
    ('a model of 300 KiB', named(b'model.lua', 'return record{}\n' + ' ' * 300000), REFUSED, 'KiB'),
    ('a pack.lua of 65 KiB', named(b'pack.lua', attacks.PACK + ' ' * 66000), REFUSED, '64 KiB'),
    ('a file that nobody may read', special('mmm.lua', unreadable), REFUSED, 'Permission denied'),
    ('100,000 files', many(100000, 'f%d.lua'), REFUSED, 'more than 10,000 files'),
    ('20,000 files that are no Lua', many(20000, 'f%d.txt'), REFUSED, 'more than 10,000 files'),
    ('1,001 controls', many(1001, 'c%d.lua', SMALL.encode()), REFUSED, '1 to 1000 controls'),
    ('folders seven deep', deep_folders(8), REFUSED, 'nested too deeply'),
    ('folders 300 deep', deep_folders(300), REFUSED, 'nested too deeply'),
    ('an empty control', named(b'mmm.lua', b''), REFUSED, 'must return a table'),
    ('bytecode', named(b'mmm.lua', BYTECODE), REFUSED, 'binary chunk'),
    ('bytecode as a library', named(b'lib/x.lua', BYTECODE), REFUSED, 'binary chunk'),
    ('bytecode as pack.lua', named(b'pack.lua', BYTECODE), REFUSED, 'binary chunk'),
    ('bytecode as a model', named(b'model.lua', BYTECODE), REFUSED, 'binary chunk'),
    ('bytecode behind a first line', named(b'mmm.lua', b'# x\n' + BYTECODE), REFUSED, 'binary chunk|unexpected'),
    ('NUL bytes', named(b'mmm.lua', b'return \0\0\0 { }'), REFUSED, 'mmm.lua:1'),
    ('UTF-16', named(b'mmm.lua', GOOD.encode('utf-16')), REFUSED, 'mmm.lua'),
    ('a byte order mark', named(b'mmm.lua', b'\xef\xbb\xbf' + GOOD.encode()), EITHER, ''),
    ('carriage returns', named(b'mmm.lua', GOOD.replace('\n', '\r\n').encode()), JUDGED, ''),
    ('random bytes', named(b'mmm.lua', bytes(i * 167 % 251 + 1 for i in range(4096))), REFUSED, 'mmm.lua'),
    ('a library that does not compile', named(b'lib/x.lua', '@@@'), REFUSED, 'lib/x.lua:1'),
    ('libraries that use each other', cyclic_libs, REFUSED, 'uses itself'),
    ('300 libraries in a chain', chained_libs, REFUSED, 'C stack overflow|too deep|has no lib'),
    ('no pack.lua', without_pack_lua, REFUSED, 'missing'),
]

# Files of tests/, run by `policyeval test`: sentence, the file, what the complaint or answer holds.
TESTS = [
    ('a test that never ends', 'while true do end', 'instructions'),
    ('a test that takes all memory', 'local t = {} for i = 1, 1e9 do t[i] = {} end', 'memory'),
    ('a test that returns nothing', '', ''),
    ('a test that returns a cyclic table', 'local t = { base = "b.json" } t[1] = t t.set = t return t', ''),
    ('a value that holds itself', 'local v = {} v[1] = v return { base = "b.json",'
     ' { "x", set = { ok = v }, expect = {} } }', ''),
    ('a value nested 5,000 deep', 'local v = {} for _ = 1, 5000 do v = { v } end return'
     ' { base = "b.json", { "x", set = { ok = v }, expect = {} } }', ''),
    ('odd paths', 'return { base = "b.json", { "x", set = { [""] = 1, ["."] = 1, ["a["] = 1, ["list[99999999999]"] = 1,'
     ' ["list[0]"] = 1, ["list[-1]"] = 1, ["]"] = 1, ["\\27[2J"] = 1 }, expect = {} } }', ''),
    ('a path of 200,000 bytes', 'local p = ("a."):rep(100000) return { base = "b.json",'
     ' { "x", set = { [p] = 1 }, expect = {} } }', ''),
    ('a base outside', 'return { base = "../../../../etc/passwd", { "x", expect = {} } }', ''),
    ('a base that is absolute', 'return { base = "/etc/passwd", { "x", expect = {} } }', ''),
    ('100,000 tests', 'local t = { base = "b.json" } for i = 1, 100000 do t[i] = { "x" .. i, expect = {} } end return t', ''),
    ('an invalid sentence', 'return { base = "b.json", { "\\xff\\27[2J\\0", expect = {} } }', 'passed|holds a NUL'),
    ('a secret kept between tests', 'return { base = "b.json", { "x", set = { ok = false }, expect = {} } }', ''),
    ('an append to everything', 'return { base = "b.json", { "x", append = { list = 1, ok = 1, portal = 1 }, expect = {} } }', ''),
]


class Suite:
    def __init__(self, work):
        self.work, self.failed, self.count = work, 0, 0
        self.snapshot = os.path.join(work, 'small.json')
        attacks.write(self.snapshot, attacks.snapshot())

    def complain(self, sentence, what):
        self.failed += 1
        print('%s: %s' % (sentence, what), flush=True)

    def run(self, sentence, argv):
        self.count += 1
        run = attacks.run([PROGRAM] + argv, self.work, cwd=self.work, seconds=KILL_SECONDS)
        text = run.err.decode('utf-8', 'replace')
        if run.late:
            self.complain(sentence, 'did not end in %d s of CPU' % KILL_SECONDS)
        elif run.status not in (0, 1, 2):
            self.complain(sentence, 'ended by %d: %r' % (run.status, text[:300]))
        if not INSTRUMENTED and run.mib > MIB:
            self.complain(sentence, 'held %.0f MiB' % run.mib)
        if UNCLEAN.search(text) or text.count('\n') > 1 or len(text) > 2000:
            self.complain(sentence, 'the complaint is not one clean, short line: %r' % text[:400])
        if DEATHS.search(text) or DEATHS.search(run.out.decode('utf-8', 'replace')):
            self.complain(sentence, 'a worker died: %r' % (text[:300] or run.out[:300]))
        return run, text

    def expect(self, sentence, argv, want, holds):
        run, text = self.run(sentence, argv)
        if want == REFUSED and run.status != 2 or want == JUDGED and run.status not in (0, 1):
            self.complain(sentence, 'was to be %s, and ended by %d: %s' % (want, run.status, text.strip()))
        elif run.status == 2 and not any(word in text for word in holds.split('|')):
            self.complain(sentence, 'refused for another reason: ' + text.strip())
        return run


def check_packs(suite):
    for sentence, change, want, holds in PACKS:
        if 'nobody may read' in sentence and os.geteuid() == 0:
            print('skipped, for root reads everything: ' + sentence)
            continue
        with tempfile.TemporaryDirectory(dir=suite.work) as folder:
            pack = os.path.join(folder, 'pack')
            attacks.make_pack(pack)
            change(pack)
            run = suite.expect(sentence, ['-o', 'json', '--pack', pack, suite.snapshot], want, holds)
            if run.status == 0:
                suite.complain(sentence, 'everything passes')
            if run.status == 1:
                json.loads(run.out)
                text, _ = suite.run(sentence + ', as text', ['--pack', pack, suite.snapshot])
                if UNCLEAN.search(text.out.decode('utf-8')):
                    suite.complain(sentence, 'the text holds control characters')


def check_tests(suite):
    base = attacks.snapshot()
    for sentence, body, holds in TESTS:
        with tempfile.TemporaryDirectory(dir=suite.work) as folder:
            pack = os.path.join(folder, 'pack')
            attacks.make_pack(pack, mmm_lua=GOOD, **{'tests/mmm_lua': body + '\n', 'tests/b.json': base})
            run, text = suite.run(sentence, ['test', pack])
            answer = text + run.out.decode('utf-8', 'replace')
            if run.status == 0 and 'passed' not in holds or not any(word in answer for word in holds.split('|')):
                suite.complain(sentence, 'ended by %d: %s' % (run.status, text.strip() or run.out[:200]))
            if UNCLEAN.search(run.out.decode('utf-8', 'replace')) or b'root:' in run.err + run.out:
                suite.complain(sentence, 'the answer is not clean: %r' % run.out[:300])


def check_json(suite, pack):
    """Refused inputs: exactly one line that names place and reason, and quotes nothing."""
    table = attacks.read(os.path.join(SOURCE, 'tests', 'json', 'EXPECT.tsv')).splitlines()
    for line in table:
        if line.startswith('#') or not line:
            continue
        name, verdict, row, column, reason = line.split('\t')[:5]
        path = os.path.join(SOURCE, 'tests', 'json', name)
        run, text = suite.run(name, ['-o', 'json', '--pack', pack, path])
        want = 'policyeval: %s: line %s, column %s: %s\n' % (path, row, column, reason)
        if verdict == 'refuse' and (run.status != 2 or run.out or text != want):
            suite.complain(name, 'ended by %d, %r, not %r' % (run.status, text, want))
        if verdict == 'accept':
            if run.status != 1:
                suite.complain(name, 'ended by %d: %s' % (run.status, text))
            elif any(rule['status'] == 'pass' for control in json.loads(run.out)['results'][0]['controls']
                     for rule in control['rules']):
                suite.complain(name, 'something passes')


def check_snapshots(suite, pack):
    """Snapshots that are no files."""
    fifo, big, private = (os.path.join(suite.work, name) for name in ('fifo', 'big', 'private'))
    os.mkfifo(fifo)
    sparse(10 << 30)(big)
    os.symlink('/etc/passwd', private)
    for path in (fifo, big, private, suite.work, '/dev/zero', '/dev/null', '/proc/self/environ', '/proc/self/mem',
                 '/dev/tty', '/proc/kmsg', '', 'x' * 5000, 'no\nsuch\x1b[2J', b'no\xff'):
        _, text = suite.run(repr(path)[:60], ['--pack', pack, path])
        if 'root' in text.replace('/root', ''):
            suite.complain(path, 'quotes what it was given: ' + text)


def main():
    memory = '/dev/shm' if os.access('/dev/shm', os.W_OK) else None  # 100,000 files
    with tempfile.TemporaryDirectory(dir=memory) as work:
        suite = Suite(work)
        pack = os.path.join(work, 'good')
        attacks.make_pack(pack, mmm_lua=GOOD)
        check_packs(suite)
        check_tests(suite)
        check_json(suite, pack)
        check_snapshots(suite, pack)
    print('%d hostile files, %d complaints' % (suite.count, suite.failed))
    return 1 if suite.failed else 0


if __name__ == '__main__':
    sys.exit(main())
