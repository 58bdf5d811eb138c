"""attacks.py: packs with a hostile member, and runs of the program that are measured."""
# SPDX-License-Identifier: Apache-2.0
import hashlib
import json
import os
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ATTACKS = os.path.join(HERE, '..', 'attacks')

PACK = '''return { id = "attack", version = "1", title = "Attacks", as_of = "/as_of", tenant = "/tenant",
  service = "/contract/service", options = "/contract/options", state = "/contract/state",
  services = { "iad", "ctx" }, option_names = { "two_site" }, states = { "active" } }
'''

# What stands before and behind the attacked control: it must end as it does without the attack.
NEIGHBOUR = '''local words = use("words")
local calls = 0
local function rule(id, check)
  return { id = id, title = id, fix = "x", check = check }
end
return { title = "A neighbour", severity = "low", owner = "customer", rules = {
  rule("%(name)s-passes", function(s)
    calls = calls + 1
    words.count = words.count + 1
    ensure(s.ok and calls == 1 and words.count == 1, s)
    for _, e in ipairs(s.list) do ensure(e.ok, e, "{e}", { e = e }) end
  end),
  rule("%(name)s-fails", function(s) ensure(s.bad, s, "as it should") end),
  rule("%(name)s-knows-nothing", function(s) ensure(s.gone, s) end),
  rule("%(name)s-computes", function(s)
    local t = {}
    for i, n in ipairs(s.numbers) do t[i] = string.format("%%s:%%d", "x", n) end
    table.sort(t)
    ensure(#s.numbers == 300 and table.concat(t, ","):rep(2):find("x:7", 1, true) ~= nil, s.numbers)
  end),
} }
'''

# The attacked control: the attack runs first, then what would pass without it.
INSIDE_CHECK = '''return { title = "Attacked", severity = "high", owner = "customer",
  params = { limit = { type = "integer", default = 10, doc = "x" },
    words = { type = "list", default = { "one", "two" }, doc = "x" } },
  rules = { { id = "attacked", title = "Attacked", fix = "x", check = function(s, params, as_of)
    local function attack()
%s
    end
    attack()
    ensure(s.ok, s)
  end } } }
'''

WORDS = 'return { count = 0 }\n'


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'wb') as file:
        file.write(text if isinstance(text, bytes) else text.encode('utf-8'))


def make_pack(folder, **files):
    """A pack with two neighbours; files by name, NAME_lua as keys, replace or join them."""
    members = {'pack.lua': PACK, 'lib/words.lua': WORDS,
               'aaa.lua': NEIGHBOUR % {'name': 'aaa'}, 'zzz.lua': NEIGHBOUR % {'name': 'zzz'}}
    members.update((name.replace('_lua', '.lua'), text) for name, text in files.items())
    for name, text in members.items():
        write(os.path.join(folder, name), text)


def deep(levels):
    return {'ok': True, 'd': deep(levels - 1)} if levels > 0 else {'ok': True}


def attestation(number):
    return {'id': 'att%d' % number, 'clauses': ['9.2.3'], 'party': 'customer', 'service': 'iad',
            'statement': 'x', 'confirmed_at': '2026-11-01'}


def snapshot(large=False):
    value = {
        'as_of': '2026-11-20T09:00:00+09:00', 'tenant': 'attacked', 'id': 'root\n\u001b[31m',
        'contract': {'service': 'iad', 'options': [], 'state': 'active'},
        'ok': True, 'bad': False,
        'portal': {'enabled': True, 'text': 'abc', 'count': 3, 'nothing': None},
        'list': [{'id': 'e%d' % i, 'ok': True} for i in range(50)],
        'numbers': list(range(300)), 'names': ['a', 'b', 'c'], 'empty': [],
        'mixed': [1, None, 'x', {}, [], 1.5, True, [[]]],
        'deep': deep(100), 'cidrs': ['10.0.0.0/8', '::/0', 'nonsense'], 'ports': ['22', 80, 'x'],
        'attestations': [attestation(i) for i in range(3)],
        'labels': [{'id': text} for text in ('good', 'a\nb', '\u001b[2J', '].portal', '\u202eSSAP',
                                             '', 'x' * 300, '{id}', '~1/', '"', '\ufffe')],
        'vault': {'password': 'correct horse battery staple'},
    }
    if large:
        value['many'] = [{'id': 'm%d' % i, 'ok': True} for i in range(20000)]
        value['wide'] = {'member_%d' % i: i for i in range(20000)}
        value['longkey'] = {'K' * 100000: [{'id': 'l%d' % i, 'ok': False} for i in range(2000)]}
        value['longstrings'] = ['s' * 20000 + str(i) for i in range(64)]
    return json.dumps(value)


# ---- measured runs ----

class Run:
    """How a run ended: status (negative: a signal), texts, seconds of CPU, MiB at most."""

    def __init__(self, status, usage, out, err, most_bytes, late):
        self.status, self.out, self.err, self.late = status, out, err, late
        self.seconds = usage.ru_utime + usage.ru_stime
        self.mib = most_bytes / 1048576  # of the program and its workers together

    def result(self):
        return json.loads(self.out)['results'][0]


def is_instrumented(program):
    """Whether it runs with sanitizers or counters, which take time and memory of their own."""
    with open(program, 'rb') as file:
        text = file.read()
    return any(name in text for name in (b'__asan_init', b'__gcov_', b'__llvm_prf'))


def usage_of(pid):
    """Seconds of CPU that a process and its children have used so far, and the most bytes that each
    has held, together. (ru_maxrss would count what the caller held before it became the program.)"""
    try:
        with open('/proc/%d/stat' % pid, encoding='utf-8', errors='replace') as file:
            numbers = file.read().rsplit(')', 1)[1].split()
        with open('/proc/%d/status' % pid, encoding='utf-8', errors='replace') as file:
            peaks = [line.split() for line in file if line.startswith('VmHWM:')]
        with open('/proc/%d/task/%d/children' % (pid, pid), encoding='ascii') as file:
            children = [usage_of(int(child)) for child in file.read().split()]
    except OSError:
        return 0, 0
    ticks = sum(int(number) for number in numbers[11:15])  # its own, and of those it waited for
    return (ticks / os.sysconf('SC_CLK_TCK') + sum(seconds for seconds, _ in children),
            (int(peaks[0][1]) * 1024 if peaks else 0) + sum(most for _, most in children))


def start(argv, cwd, out, err):
    actions = [(os.POSIX_SPAWN_OPEN, 0, '/dev/null', os.O_RDONLY, 0),
               (os.POSIX_SPAWN_OPEN, 1, out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
               (os.POSIX_SPAWN_OPEN, 2, err, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)]
    if cwd is not None:
        argv = ['/usr/bin/env', '--chdir', cwd] + argv
    return os.posix_spawn(argv[0], argv, os.environ, file_actions=actions)


def run(argv, scratch, cwd=None, seconds=60):
    """Runs and measures; scratch is a folder for its output. It is killed when it has used so many
    seconds of CPU, or four times as many of the clock (the machine may have other work)."""
    out, err = os.path.join(scratch, 'out'), os.path.join(scratch, 'err')
    pid = start(argv, cwd, out, err)
    begun, most, late, usage = time.monotonic(), 0, False, None
    while usage is None:
        done, status, usage = os.wait4(pid, os.WNOHANG)
        if done == pid:
            break
        usage = None
        used, held = usage_of(pid)
        most = max(most, held)
        if not late and (used > seconds or time.monotonic() - begun > 4 * seconds):
            late = True
            os.kill(pid, 9)
        time.sleep(0.004)
    with open(out, 'rb') as file:
        text = file.read()
    with open(err, 'rb') as file:
        complaint = file.read()
    return Run(os.waitstatus_to_exitcode(status), usage, text, complaint, most, late)


def listing(folder):
    """Everything in a folder: names, kinds, sizes, times, digests of what files hold."""
    found = []
    for base, folders, files in os.walk(folder):
        for name in sorted(folders + files):
            path = os.path.join(base, name)
            stat = os.lstat(path)
            digest = ''
            if os.path.isfile(path) and not os.path.islink(path) and os.access(path, os.R_OK):
                with open(path, 'rb') as file:
                    digest = hashlib.sha256(file.read()).hexdigest()
            found.append((os.path.relpath(path, folder), stat.st_mode, stat.st_size,
                          stat.st_mtime_ns, digest))
    return sorted(found)
