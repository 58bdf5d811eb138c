"""formats.py: what the tests of formats judge, and how they ask for it."""
# SPDX-License-Identifier: Apache-2.0
import importlib.util
import json
import os
import subprocess
import sys

SOURCE = os.path.abspath(os.environ.get('PE_SOURCE_DIR', os.path.join(os.path.dirname(__file__), '..', '..')))
SCHEMAS = os.path.join(SOURCE, 'tests', 'schemas')
GOLDEN = os.path.join(SOURCE, 'tests', 'golden')
SMALL = ['--pack', os.path.join(SOURCE, 'tests', 'assess', 'pack')]
TENANTS = [os.path.join('fixtures', service, name + '.json')
           for service in ('iad', 'ctx') for name in ('compliant', 'realistic')]


def small(name):
    return [*SMALL, os.path.join(SOURCE, 'tests', 'assess', name + '.json')]


class Checks:
    """Counts what was looked at, prints what is wrong."""

    def __init__(self, name, program):
        self.name, self.program = name, os.path.abspath(program)
        self.failed = self.done = 0

    def expect(self, condition, *what):
        self.done += 1
        if not condition:
            self.failed += 1
            if self.failed < 30:
                print('%s: FAILED:' % self.name, *(str(one)[:400] for one in what), flush=True)
        return condition

    def run(self, arguments, folder=SOURCE):
        done = subprocess.run([self.program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              stdin=subprocess.DEVNULL, cwd=folder, timeout=120, check=False)
        return done.returncode, done.stdout, done.stderr

    def render(self, name, arguments, folder=SOURCE):
        """The report as text, after looking at the exit status."""
        status, out, err = self.run(['-o', name, *arguments], folder)
        self.expect(status in (0, 1) and not err, arguments, 'ended by', status, err)
        return out.decode('utf-8')

    def judge(self, arguments, folder=SOURCE):
        """The same judgement as the JSON that is the contract."""
        return json.loads(self.render('json', arguments, folder))

    def end(self, least):
        self.expect(self.done >= least, 'only', self.done, 'checks were made')
        print('%s: %d checks, %d failed' % (self.name, self.done, self.failed))
        return 1 if self.failed else 0


def hostile_strings():
    with open(os.path.join(SOURCE, 'tests', 'unit', 'data', 'hostile_strings.json'), encoding='utf-8') as file:
        return [(one['name'], one['value']) for one in json.load(file)]


def hostile_maker():
    """make(folder, text) of reports_hostile.test.py: a pack and a snapshot full of that text; returns
    their paths, and the text as the pack and as the snapshot hold it."""
    path = os.path.join(SOURCE, 'tests', 'reports_hostile.test.py')
    spec = importlib.util.spec_from_file_location('reports_hostile', path)
    module = importlib.util.module_from_spec(spec)
    sys.argv[1:2] = sys.argv[1:2] or ['policyeval']
    spec.loader.exec_module(module)
    return module.make


def missing(name, what):
    """What a test ends with when a validator is not there: skipped, but not in CI."""
    print('%s: SKIPPED in part: %s is not installed' % (name, what))
    return 1 if os.environ.get('CI') == 'true' else 77
