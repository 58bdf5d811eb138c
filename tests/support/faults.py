"""faults.py: runs of the program in which one call of the system fails, and what must come of them.

tests/faults/faults.c is preloaded and told which call fails. What a run may do then:

  the same    exit status, output and files as without the fault
  error       a check says FAIL with exit status 1, and every verdict that changed became an error
  a stream    of lines has an error in the place of a line, or ends early with a status of its own
  refused     exit status 2, one line on standard error; what is on standard output is the beginning
              of the good output, and no file but a whole good one is there

Anything else is wrong: a crash, a hang, a leak, another output, a temporary file left behind.
"""
# SPDX-License-Identifier: Apache-2.0
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
from collections import Counter, namedtuple
from concurrent.futures import ThreadPoolExecutor

ERRORS = ['EIO', 'ENOSPC', 'EINTR', 'EMFILE', 'ENOMEM']
# These the program has to begin anew after a signal; a file that is opened or closed need not be.
ANEW = ['read', 'write', 'poll', 'waitpid']
# How often these are called depends on how fast the worker is.
UNSTEADY = ['read', 'poll']
MEMORY_LEAST = 20  # allocations that fail in each process, whatever the step
STREAM_ENDS = [64, 74, 75, 78]  # docs/fleet.md
TIMEOUT = 60

# ---- a small pack, and snapshots for it ----

RULE = '''title = { en = "%(en)s", ja = "%(ja)s" }, fix = { en = "Change it", ja = "変更" }'''

PACK = {
    'pack.lua': '''return {
  id = "tiny", title = { en = "A tiny pack", ja = "小さなパック" }, edition = "1", version = "0.1",
  tenant = "/tenant", service = "/service", as_of = "/as_of", services = { "iad", "ctx" },
}
''',
    'model.lua': '''return record {
  { "tenant", text { min = 1, max = 20 }, required = true, en = "Who", ja = "名前" },
  { "service", enum { "iad", "ctx" }, required = true, en = "What", ja = "サービス" },
  { "as_of", format "timestamp", en = "When", ja = "時点" },
  { "accounts", list(record {
    { "id", text {}, required = true, en = "Id", ja = "ID" },
    { "enabled", boolean, en = "On", ja = "有効" },
    { "key", text {}, secret = true, en = "Key", ja = "鍵" },
    { "roles", list(text {}, { may_be_empty = "/as_of" }), en = "Roles", ja = "ロール" },
  }, { unique = "id" }), required = true, en = "Accounts", ja = "アカウント" },
}
''',
    'lib/count.lua': '''return {
  enabled = function(list)
    local n = 0
    for _, account in ipairs(list) do
      if account.enabled then n = n + 1 end
    end
    return n
  end,
}
''',
    '1.1.lua': '''local count = use("count")
return {
  title = { en = "Accounts", ja = "アカウント" }, severity = "high", owner = "customer",
  references = { "none" },
  params = {
    most = { type = "integer", default = 2, min = 0, max = 9, unit = "accounts",
             doc = { en = "Most", ja = "上限" }, source = "a test" },
  },
  rules = {
    { id = "few", ref = "R1", title = { en = "Few are on", ja = "少数" },
      fix = { en = "Switch some off", ja = "停止" },
      check = function(s, params)
        ensure(count.enabled(s.accounts) <= params.most, s.accounts,
          { en = "{n} are on", ja = "{n} 件" }, { n = count.enabled(s.accounts) })
      end },
    { id = "named", ref = "R2", title = { en = "Ids are words", ja = "ID" },
      fix = { en = "Rename", ja = "変更" },
      check = function(s)
        for _, a in ipairs(s.accounts) do
          ensure(a.id:find("^%a+$") ~= nil, a, "{id} is no word", { id = a.id })
          ensure(#a.key > 3, a, "the key is short")
        end
        note("{n} were seen", { n = #s.accounts })
      end },
  },
}
''',
    '2.1.lua': '''return {
  title = { en = "Age", ja = "経過" }, severity = "low", owner = "customer",
  references = { "none" }, when = { service = "iad" },
  rules = {
    { id = "old", title = { en = "It is not too old", ja = "新しい" },
      fix = { en = "Export anew", ja = "再出力" },
      check = function(s, _, as_of)
        ensure(time.age_days(s.as_of, as_of, "Asia/Tokyo") < 30, s, "it is old")
      end },
  },
}
''',
    'tests/1.1.lua': '''return { base = "good.json",
  { "three are on", set = { ["accounts[c].enabled"] = true }, expect = { few = "fail" } },
  { "an id of digits", set = { ["accounts[a].id"] = "12" }, expect = { named = "fail" } },
}
''',
}

# Escapes in keys and values: each is a buffer that can run out of memory.
GOOD = r'''{"\u0074enant": "t\u0031", "\u0073ervice": "\u0069ad", "as_of": "\u0032026-01-01T00:00:00Z",
 "odd": 1, "accounts": [{"id": "a", "enabled": true, "k\u0065y": "s3cret-1", "roles": []},
  {"id": "\u0062", "enabled": true, "key": "s3cret-2"},
  {"id": "c", "enabled": false, "key": "s3cret-3"}]}
'''
BAD = GOOD.replace('"a"', '"7\\u00e9"').replace('false', 'true')
WAIVERS = r'''{"zone": "\u0055TC", "waivers": [{"id": "W", "\u0063ontrol": "1.1", "rule": "few",
 "scope": {"pointer": "/\u0061ccounts"}, "reason": "r", "owner": "o", "approver": "p",
 "expires": "2026-12-31"}, {"id": "X", "control": "1.1", "reason": "r", "owner": "o",
 "approver": "p", "expires": "2020-12-31"}]}
'''


KNOWN = '1.1 | * | /accounts/*/enabled | true -> false | two are on already\n'


def write_files(folder):
    files = {f'pack/{name}': text.encode() for name, text in PACK.items()}
    files |= {'pack/tests/good.json': GOOD.encode(), 'good.json': GOOD.encode(),
              'bad.json': BAD.encode(), 'bad16.json': BAD.encode('utf-16'),
              'waivers.json': WAIVERS.encode(), 'known': KNOWN.encode(),
              'lines.ndjson': ''.join(line.replace('\n', '') + '\n' for line in (GOOD, BAD, '{"', GOOD)).encode()}
    for name, data in files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'wb') as file:
            file.write(data)


# ---- runs ----

Run = namedtuple('Run', 'name args output input', defaults=[None, None])
JSON = ['-o', 'json']
TO_FILE = ['-o', 'text', '-o', 'json:{out}']  # the verdicts are then known whatever is printed

# Every other format, to a file each; and what a report may have to tell besides the rules.
FORMATS = ['text', 'csv', 'github', 'gitlab', 'html', 'intoto', 'junit', 'markdown', 'oscal', 'sarif', 'tap']
EVERY = [word for name in FORMATS for word in ('-o', name + ':{out}.' + name)]
ASKED = ['--waivers', 'waivers.json', '--strict-model', '--fail-on', 'medium', '--max-age', '7d', '--now',
         '2026-02-01T00:00:00Z', '--skip', '2.1', '--param', 'most=1']

RUNS = [
    Run('check', ['--pack', 'pack', 'good.json']),
    Run('check, to a file', ['--pack', 'pack', 'bad.json', *TO_FILE], 'json'),
    Run('check, UTF-16 from a pipe', ['--pack', 'pack', *JSON, '-'], 'stdout', 'bad16.json'),
    Run('check --cross-check', ['--pack', 'pack', '--cross-check', 'good.json', *JSON], 'stdout'),
    Run('check two', ['--pack', 'pack', 'good.json', 'bad.json', *TO_FILE], 'json'),
    Run('check with waivers',
        ['--pack', 'pack', '--waivers', 'waivers.json', 'bad.json', *TO_FILE], 'json'),
    Run('check, in every format', ['--pack', 'pack', *ASKED, 'bad.json', *JSON, *EVERY], 'stdout'),
    Run('check, in every format, in Japanese', ['--pack', 'pack', '--lang', 'ja', 'bad.json', *JSON, *EVERY], 'stdout'),
    Run('check --baseline',
        ['--pack', 'pack', '--baseline', 'good.saved', 'bad.json', *TO_FILE], 'json'),
    Run('convert', ['convert', 'bad.saved', '--snapshot', 'bad.json', *TO_FILE, '-o', 'sarif:{out}s']),
    Run('convert, in every format', ['convert', 'asked.saved', '--snapshot', 'bad.json', *JSON, *EVERY]),
    Run('diff of saved results',
        ['diff', 'good.saved', 'bad.saved', *TO_FILE, '-o', 'markdown:{out}m']),
    Run('list', ['list', '--pack', 'pack']),
    Run('explain', ['explain', '--pack', 'pack', '1.1']),
    Run('lint', ['lint', 'pack']),
    Run('test', ['test', 'pack']),
    Run('schema', ['schema', 'pack']),
    Run('test --coverage', ['test', 'pack', '--coverage', '-o', 'text', '-o', 'junit:{out}', '-o', 'tap:{out}.tap']),
    Run('mutate', ['mutate', 'pack', '--known', 'known', '--jobs', '2', '-o', 'text', '-o', 'json:{out}']),
    Run('ndjson', ['--pack', 'pack', '--ndjson'], None, 'lines.ndjson'),
    Run('merge', ['merge', '--before', 'night.saved', 'lines.saved', '-o', 'text', '-o', 'json:{out}',
                  '-o', 'csv:{out}.csv', '-o', 'html:{out}.html']),
    Run('list --matrix', ['list', '--matrix', '--pack', 'pack']),
    Run('doc', ['doc', '--reads', 'good.json', '--reads', 'bad.json', 'pack']),
]

# Too many to fail each: of these so many are tried, from the first to the last.
SAMPLED = Run('check, the built-in pack, sampled', [*JSON, '{fixture}'], 'stdout')
SAMPLE = 150
FIXTURE = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'fixtures', 'iad',
                       'compliant.json')

# What a run came to.
Result = namedtuple('Result', 'status out err files')
# One thing that fails: call, number, how; ever: and all later ones of that call.
Fault = namedtuple('Fault', 'call number how ever where')


def statuses(text):
    """{(snapshot, control, rule): status} of a JSON report."""
    return {(i, control['id'], rule['id']): rule['status']
            for i, result in enumerate(json.loads(text)['results'])
            for control in result['controls'] for rule in control['rules']}


class Bench:
    """Where runs happen: a folder a thread, so that none finds what another left."""

    def __init__(self, program, library, sanitizers=False):
        self.program = os.path.abspath(program)
        self.library = os.path.abspath(library)
        self.sanitizers = sanitizers
        self.root = tempfile.mkdtemp(prefix='pe-faults-')
        write_files(self.root)
        for name, options in (('good', []), ('bad', []), ('asked', ASKED)):
            with open(os.path.join(self.root, name + '.saved'), 'wb') as file:
                snapshot = 'bad.json' if name == 'asked' else name + '.json'
                subprocess.run([self.program, '--pack', 'pack', *JSON, *options, snapshot],
                               cwd=self.root, stdout=file, check=False)
        for name, snapshots in (('lines', (GOOD, BAD, '{"')), ('night', (BAD, GOOD, GOOD))):
            lines = ''.join(one.replace('\n', '') + '\n' for one in snapshots).encode()
            with open(os.path.join(self.root, name + '.saved'), 'wb') as file:
                subprocess.run([self.program, '--pack', 'pack', '--ndjson'], cwd=self.root, input=lines, stdout=file,
                               check=False)
        self.mine = threading.local()

    def close(self):
        shutil.rmtree(self.root)

    def _folder(self):
        if not hasattr(self.mine, 'folder'):
            self.mine.folder = tempfile.mkdtemp(dir=self.root)
        return self.mine.folder

    def _environment(self, fault):
        environment = {'PATH': '/usr/bin:/bin', 'LANG': 'C.UTF-8', 'LD_PRELOAD': self.library,
                       'PE_FAULT_COUNTS': os.path.join(self._folder(), 'counts'),
                       'GCOV_ERROR_FILE': '/dev/null'}
        if self.sanitizers:
            environment['ASAN_OPTIONS'] = ('detect_leaks=1:verify_asan_link_order=0:exitcode=98:'
                                           'allocator_may_return_null=1')
        if fault is not None:
            environment['PE_FAULT'] = (f'{fault.call}:{fault.number}:{fault.how}'
                                       + (':ever' if fault.ever else ''))
            environment['PE_FAULT_IN'] = fault.where
        return environment

    def run(self, run, fault=None):
        """(Result, counts)"""
        folder = self._folder()
        out = os.path.join(folder, 'out')
        os.makedirs(out)
        report = os.path.join(out, 'report.json')
        data = None
        if run.input is not None:
            with open(os.path.join(self.root, run.input), 'rb') as file:
                data = file.read()
        try:
            done = subprocess.run(
                [self.program, *(a.format(out=report, fixture=FIXTURE) for a in run.args)],
                cwd=self.root, env=self._environment(fault), input=data, capture_output=True,
                timeout=TIMEOUT, check=False)
            result = Result(done.returncode, done.stdout, done.stderr, self._files(out))
        except subprocess.TimeoutExpired:
            result = Result('hangs', b'', b'', {})
        shutil.rmtree(out)
        return result, self._counts(folder)

    @staticmethod
    def _files(folder):
        files = {}
        for name in os.listdir(folder):
            with open(os.path.join(folder, name), 'rb') as file:
                files[name] = file.read()
        return files

    @staticmethod
    def _counts(folder):
        """{call: (in the parent, in a worker)}"""
        with open(os.path.join(folder, 'counts'), 'rb') as file:
            return {name.rstrip(b'\0').decode(): (parent, worker)
                    for name, parent, worker in struct.iter_unpack('16sII', file.read())}


# ---- what may come of a fault ----

def is_error_report(run, good, result):
    """Whether a check said FAIL, with nothing changed but to an error."""
    if not run.name.startswith('check'):
        return run.name.startswith('test') and b'failed' in result.out
    if run.output is None:
        return result.out.startswith(b'FAIL') and b'ERROR' in result.out
    if run.output == 'stdout':
        before, after = good.out, result.out
    else:
        before, after = good.files['report.json'], result.files.get('report.json', b'{}')
    before, after = statuses(before), statuses(after)
    changed = [after[key] for key in before if after.get(key) != before[key]]
    return before.keys() == after.keys() and set(changed) == {'error'}


def is_error_line(line):
    return line['verdict'] == 'error' or (line['verdict'] == 'fail' and line['summary']['controls']['error'] > 0)


def are_lines(good, result):
    """Whether each line of a stream is the good one or an error, and none is lost but by ending early."""
    before, after = good.out.splitlines(), result.out.splitlines()
    if len(after) > len(before) or (result.status == 0 and len(after) < len(before)):
        return False
    for i, (was, line) in enumerate(zip(before, after)):
        cut = result.status != 0 and i == len(after) - 1 and was.startswith(line)
        if line != was and not cut and not is_error_line(json.loads(line)):
            return False
    return (result.status, result.err.count(b'\n')) in ((0, 0), *((code, 1) for code in STREAM_ENDS))


def judge(run, good, result, fault):
    """'same', 'error' or 'refused'; else what is wrong."""
    if result == good:
        return 'same'
    if fault.call in ANEW and fault.how in ('EINTR', 'short'):
        return f'WRONG: status {result.status}, not the good output'
    if run.name == 'ndjson':
        what = 'error' if result.status == 0 else 'refused'
        return what if are_lines(good, result) else f'WRONG: lines, with status {result.status}'
    if result.status == 1 and not result.err and is_error_report(run, good, result):
        return 'error'
    if result.status != 2:
        return f'WRONG: status {result.status}'
    if result.err.count(b'\n') != 1 or not result.err.startswith(b'policyeval: '):
        return 'WRONG: not one line on standard error'
    if not good.out.startswith(result.out):
        return 'WRONG: another output'
    for name, data in result.files.items():
        if data != good.files.get(name) and fault.call != 'unlink':
            return f'WRONG: left {name}'
    return 'refused'


# ---- sweeps ----

def memory_faults(counts, step=1):
    for where, made in zip(('parent', 'worker'), counts['malloc']):
        for number in range(1, made + 1, max(1, min(step, made // MEMORY_LEAST))):
            yield Fault('malloc', number, 'ENOMEM', False, where)
            yield Fault('malloc', number, 'ENOMEM', True, where)


def call_faults(counts, step=1):
    for call, both in counts.items():
        if call in ('malloc', 'fired'):
            continue
        hows = ERRORS + (['short'] if call in ('read', 'write') else [])
        for where, made in zip(('parent', 'worker'), both):
            for number in range(1, made + 1, step):
                for how in hows:
                    yield Fault(call, number, how, False, where)
            for how in hows:
                if made and (how != 'EINTR' or call not in ANEW):
                    yield Fault(call, 1, how, True, where)


class Sweep:
    def __init__(self, bench, threads=None):
        self.bench = bench
        self.threads = threads or os.cpu_count() or 2
        self.wrong = 0
        self.total = Counter()

    def _try(self, run, good, fault):
        result, counts = self.bench.run(run, fault)
        if counts['fired'][0] == 0:
            return fault, result, ('not reached' if fault.call in UNSTEADY else
                                   'WRONG: the fault did not happen')
        return fault, result, judge(run, good, result, fault)

    def _complain(self, run, fault, result, what):
        self.wrong += 1
        if self.wrong <= 30:
            print(f'{run.name}: {fault.where} {fault.call} {fault.number} {fault.how}'
                  f'{" for ever" if fault.ever else ""}: {what}')
            print('    ' + result.err[-600:].decode(errors='replace').replace('\n', '\n    '))
            sys.stdout.flush()

    def sweep(self, run, memory_step=1, call_step=1):
        good, counts = self.bench.run(run)
        assert good.status in (0, 1) and not good.err, (run.name, good)
        faults = [*memory_faults(counts, memory_step), *call_faults(counts, call_step)]
        tally = {'memory': Counter(), 'calls': Counter()}
        with ThreadPoolExecutor(self.threads) as pool:
            for fault, result, what in pool.map(lambda f: self._try(run, good, f), faults):
                kind = 'memory' if fault.call == 'malloc' else 'calls'
                tally[kind][what.split(':')[0]] += 1
                if what.startswith('WRONG'):
                    self._complain(run, fault, result, what)
        self._report(run, counts, tally)

    def _report(self, run, counts, tally):
        print(f'{run.name}: allocations {counts["malloc"][0]} + {counts["malloc"][1]} in a worker')
        for kind, what in tally.items():
            self.total.update({f'{kind} {k}': v for k, v in what.items()})
            print(f'    {kind}: {sum(what.values())} faults: '
                  + ', '.join(f'{v} {k}' for k, v in sorted(what.items())))
        sys.stdout.flush()


def is_sanitized(program):
    """Whether it is linked with the address sanitizer."""
    with open(program, 'rb') as file:
        return b'__asan_init' in file.read()


def run_sweeps(memory_step, call_step, with_sample=False):
    """Sweeps all runs, and samples one more; an exit status."""
    folder = os.path.join(os.environ.get('PE_BUILD_DIR', 'build/debug'), 'tests', 'faults')
    program, library = os.path.join(folder, 'policyeval'), os.path.join(folder, 'faults.so')
    if not (os.path.exists(program) and os.path.exists(library)):
        print('faults: SKIPPED: this build has no program that is linked dynamically')
        return 77
    bench = Bench(program, library, is_sanitized(program))
    known = subprocess.run([program, '-o', 'docx', 'x'], stderr=subprocess.PIPE, encoding='utf-8', check=False).stderr
    assert sorted(known.strip().split('there are ')[1].split(', ')) == sorted([*FORMATS, 'json']), known
    sweep = Sweep(bench)
    for run in RUNS:
        sweep.sweep(run, memory_step, call_step)
    if with_sample:
        _, counts = bench.run(SAMPLED)
        sweep.sweep(SAMPLED, sum(counts['malloc']) // SAMPLE, 10)
    bench.close()
    print(f'faults: {sum(sweep.total.values())} faults in {len(RUNS) + with_sample} runs: '
          + ', '.join(f'{count} {what}' for what, count in sorted(sweep.total.items())))
    if sweep.wrong:
        print(f'faults: {sweep.wrong} WRONG')
        return 1
    print('faults: ok')
    return 0
