#!/usr/bin/env python3
"""ci.test.py: what people copy into their CI does what docs/ci.md says.

Every shell command of the examples in docs/ci.md, of action.yml, of the GitLab template and of the
hooks for pre-commit is run, on a tenant that passes, one that does not and one that is not there:
the exit status is policyeval's, and the reports that are named are written. Linters by others are
in long/ci.test.sh.
"""
# SPDX-License-Identifier: Apache-2.0
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

try:
    import yaml
except ImportError:
    print('ci: SKIPPED: python3-yaml is not installed')
    sys.exit(1 if os.environ.get('CI') == 'true' else 77)

SOURCE = os.path.abspath(os.environ.get('PE_SOURCE_DIR', os.path.join(os.path.dirname(__file__), '..')))
PROGRAM = os.path.abspath(sys.argv[1])
PASSED, OPEN = ('fixtures/iad/%s.json' % case for case in ('compliant', 'realistic'))
TEMPLATE = 'ci/gitlab/policyeval.gitlab-ci.yml'

failed = 0
commands = 0


def expect(condition, what):
    global failed
    if not condition:
        failed += 1
        print('ci: FAILED: %s' % what, flush=True)


def text_of(path):
    with open(os.path.join(SOURCE, path), encoding='utf-8') as file:
        return file.read()


def read(folder, path):
    with open(os.path.join(folder, path), encoding='utf-8') as file:
        return file.read()


# ---- a folder as a job has it ----

class Workspace:
    def __init__(self, snapshot):
        self.place = tempfile.TemporaryDirectory()
        self.folder = os.path.join(self.place.name, 'workspace')
        self.bin = os.path.join(self.place.name, 'bin')
        os.mkdir(self.folder)
        os.mkdir(self.bin)
        os.symlink(PROGRAM, os.path.join(self.bin, 'policyeval'))
        shutil.copytree(os.path.join(SOURCE, 'tests', 'formats', 'pack'), os.path.join(self.folder, 'policies', 'mine'))
        self.before = set(self.files())
        if snapshot is not None:
            self.add('tenant.snapshot.json', snapshot)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.place.cleanup()

    def add(self, name, snapshot):
        shutil.copyfile(os.path.join(SOURCE, snapshot), os.path.join(self.folder, name))
        self.before.add(name)

    def files(self):
        return [os.path.relpath(os.path.join(path, name), self.folder)
                for path, _, names in os.walk(self.folder) for name in names]

    def made(self):
        return set(self.files()) - self.before

    def shell(self, command, **environment):
        """Runs it as CI systems do: bash, which ends at the first command that fails."""
        global commands
        commands += 1
        return subprocess.run(['bash', '-e', '-o', 'pipefail', '-c', command], cwd=self.folder, check=False,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120,
                              env={'PATH': self.bin + ':' + os.environ['PATH'], 'LANG': 'C.UTF-8',
                                   'HOME': self.place.name, 'GITHUB_STEP_SUMMARY': self.place.name + '/summary',
                                   'GITHUB_OUTPUT': self.place.name + '/output', **environment})


def check_report(folder, report, path):
    """That the file is what it should be, as far as a parser knows."""
    text = read(folder, path)
    expect(text, '%s is empty' % path)
    if report in ('json', 'sarif', 'gitlab', 'oscal'):
        json.loads(text)
    elif report == 'junit':
        xml.etree.ElementTree.fromstring(text)
    elif report == 'tap':
        expect(text.startswith('TAP version 13\n'), '%s is no TAP' % path)


def run_all(where, script, wanted, snapshot, **environment):
    """Runs the commands one after another, each whatever the one before did, as steps with always()."""
    with Workspace(snapshot) as work:
        done = [work.shell(command, **environment) for command in script]
        statuses = [one.returncode for one in done]
        expect(statuses[0] == wanted, '%s: %d, not %d: %s' % (where, statuses[0], wanted, done[0].stderr.decode()[:300]))
        reports = re.findall(r'-o ([a-z]+):(\S+)', ' '.join(script))
        expect(work.made() == ({path for _, path in reports} if wanted < 2 else set()),
               '%s: wrote %s' % (where, sorted(work.made())))
        for report, path in reports if wanted < 2 else ():
            if path in work.made():
                check_report(work.folder, report, path)
        return done


def run_on_tenants(where, script, **environment):
    for snapshot, wanted in ((PASSED, 0), (OPEN, 1), (None, 2)):
        run_all(where, script, wanted, snapshot, **environment)


# ---- docs/ci.md ----

def blocks():
    """[(section, language, text)]"""
    found = []
    for section in re.split(r'^## ', text_of('docs/ci.md'), flags=re.M)[1:]:
        title = section.split('\n', 1)[0]
        found += [(title, kind, body) for kind, body in re.findall(r'^```(\w+)\n(.*?)^```$', section, re.M | re.S)]
    return found


def run_github_example(document):
    steps = [step for job in document['jobs'].values() for step in job['steps']]
    script = [step['run'] for step in steps if 'run' in step]
    ours = [step for step in steps if 'policyeval@' in step.get('uses', '')]
    expect(len(ours) + len(script) > 0, 'GitHub: nothing is run')
    if script:
        run_on_tenants('docs/ci.md, GitHub', script)
    for step in ours:
        for snapshot, wanted in ((PASSED, 0), (OPEN, 1), (None, 2)):
            with Workspace(snapshot) as work:
                done = run_action(work, {**step['with'], 'program': 'policyeval'})
                expect(done.returncode == wanted, 'the action: %d, not %d: %s' % (done.returncode, wanted, done.stderr))
                expect(work.made() == ({'policyeval.sarif', 'policyeval.json'} if wanted < 2 else set()),
                       'the action wrote %s' % work.made())


def run_gitlab_example(document):
    job = document['policyeval']
    if 'include' in document:
        expect([one['local'] for one in document['include']] == [TEMPLATE], 'the template is elsewhere')
        base = yaml.safe_load(text_of(TEMPLATE))['policyeval']
        job = {**base, **job, 'variables': {**base['variables'], **job.get('variables', {})}}
    run_on_tenants('docs/ci.md, GitLab', job['script'], **job.get('variables', {}))
    named = set(job['artifacts']['reports'].values()) | set(job['artifacts'].get('paths', []))
    expect(named <= set(re.findall(r':(\S+)', ' '.join(job['script']))), 'GitLab: an artifact that is not written')


def run_hooks(document):
    hooks = {hook['id']: hook for hook in yaml.safe_load(text_of('.pre-commit-hooks.yaml'))}
    (repo,) = document['repos']
    expect({hook['id'] for hook in repo['hooks']} == set(hooks), 'pre-commit: other hooks')
    for use in repo['hooks']:
        hook = {**hooks[use['id']], **use}
        expect(hook['language'] == 'system', 'pre-commit: a hook downloads something')
        expect(re.search(hook['files'], 'policies/mine/1.1.lua' if 'lua' in hook['files'] else 'a/b.snapshot.json'),
               'pre-commit: %s runs for other files' % hook['id'])
        command = [*shlex.split(hook['entry']), *hook.get('args', [])]
        if hook.get('pass_filenames', True):
            run_on_tenants('pre-commit, ' + hook['id'], [shlex.join([*command, 'tenant.snapshot.json'])])
        else:
            check_pack_hook(hook, command)


def check_pack_hook(hook, command):
    with Workspace(None) as work:
        os.mkdir(os.path.join(work.folder, 'policies', 'mine', 'tests'))
        shutil.copyfile(os.path.join(SOURCE, 'tests/formats/compliant.json'),
                        os.path.join(work.folder, 'policies/mine/tests/base.json'))
        with open(os.path.join(work.folder, 'policies/mine/tests/1.1.lua'), 'w', encoding='utf-8') as file:
            file.write('return { base = "base.json", { "passes", expect = {} } }\n')
        done = work.shell(shlex.join(command))
        expect(done.returncode == 0, '%s: %s' % (hook['id'], done.stderr))
        with open(os.path.join(work.folder, 'policies/mine/1.1.lua'), 'w', encoding='utf-8') as file:
            file.write('return {')
        expect(work.shell(shlex.join(command)).returncode == 2, hook['id'] + ': a broken pack goes unnoticed')


def test_examples():
    seen = []
    for title, kind, body in blocks():
        seen.append(title)
        if title == 'Jenkins':
            run_on_tenants('docs/ci.md, Jenkins', re.findall(r"\bsh '([^']*)'", body))
            expect(all(path in body.split('sh ')[1] for path in re.findall(r"(?:junit|artifacts:) '([^']*)'", body)),
                   'Jenkins: a report that is not written')
        elif title == 'Policies of your own':
            run_mine(body)
        elif kind == 'sh':
            check_plain(body)
        else:
            document = yaml.safe_load(body)
            if title == 'GitHub':
                run_github_example(document)
            elif title == 'GitLab':
                run_gitlab_example(document)
            elif title == 'Azure DevOps':
                script = [step['script'] for step in document['steps'] if 'script' in step]
                run_on_tenants('docs/ci.md, Azure DevOps', script)
                published = [step['publish'] for step in document['steps'] if 'publish' in step]
                expect(published and all(':' + path in script[0] for path in published), 'Azure: not written')
            else:
                run_hooks(document)
    expect(sorted(set(seen)) == ['Azure DevOps', 'Elsewhere', 'GitHub', 'GitLab', 'Jenkins', 'Policies of your own',
                                 'pre-commit'] and
           len(seen) >= 9, 'docs/ci.md has other sections: %s' % seen)


MINE = {
    'pack.lua': 'return { id = "mine", version = "1", title = "Mine" }',
    'model.lua': 'return record{ { "on", boolean, required = true, en = "On", ja = "On" } }',
    '1.1.lua': 'return { title = "On", severity = "low", owner = "customer", references = { "none" }, rules = {\n'
               '  { id = "on", title = "On", fix = "Do", check = function(s) ensure(s.on, s, "off") end },\n} }\n',
    'tests/base.json': '{"on": true}',
    'tests/1.1.lua': 'return { base = "base.json", { "off", set = { on = false }, expect = { on = "fail" } } }',
}
# What is wrong: a file, its text, and whether the gate of the pack, and that of the tenant, are passed.
MISTAKES = [
    ('README', 'nothing', True, True), ('1.1.lua', 'return {', False, False),
    ('1.1.lua', MINE['1.1.lua'].replace('s.on, s', 'true, s'), False, False),
    ('tests/1.1.lua', MINE['tests/1.1.lua'].replace('"fail"', '"pass"'), False, True),
    ('tests/1.1.lua', 'return { base = "base.json", { "on", expect = {} } }', False, True),
    ('../../tenant.snapshot.json', '{"on": false}', True, False),
    ('../../tenant.snapshot.json', '{"on": true, "onn": true}', True, False),
]


def run_mine(body):
    """The gate of a pack, and the one of what it judges."""
    of_tenant = '--pack' in body
    for name, text, pack_passes, tenant_passes in MISTAKES:
        with Workspace(None) as work:
            mine = os.path.join(work.folder, 'policies', 'mine')
            shutil.rmtree(mine)
            os.makedirs(os.path.join(mine, 'tests'))
            for file, content in {**MINE, '../../tenant.snapshot.json': '{"on": true}', name: text}.items():
                with open(os.path.join(mine, file), 'w', encoding='utf-8') as out:
                    out.write(content)
            done = work.shell(body)
            expect((done.returncode == 0) == (tenant_passes if of_tenant else pack_passes),
                   '%r with %s: %d: %s' % (body, text, done.returncode, done.stderr.decode()[:300]))


def check_plain(body):
    if 'prove' in body and shutil.which('prove') is None:
        print('ci: SKIPPED: prove is not installed')
        return
    for snapshot, passes in ((PASSED, True), (OPEN, False), (None, False)):
        with Workspace(snapshot) as work:
            done = work.shell(body)
            expect((done.returncode == 0) == passes, '%r ended with %d' % (body, done.returncode))


# ---- action.yml ----

ACTION = yaml.safe_load(text_of('action.yml'))
INPUT = re.compile(r'\$\{\{ inputs\.([a-z]+) \}\}')


def run_action(work, given):
    """The steps that do not build, with inputs as GitHub puts them in."""
    inputs = {name: given.get(name, one.get('default', '')) for name, one in ACTION['inputs'].items()}
    expect(inputs['program'] != '', 'the test builds')
    for step in ACTION['runs']['steps']:
        if step.get('if') == "inputs.program == ''":
            continue
        environment = {name: INPUT.sub(lambda m: inputs[m.group(1)], value) for name, value in step['env'].items()}
        return work.shell(step['run'], GITHUB_ACTION_PATH=SOURCE, **environment)


def test_action_is_whole():
    text = text_of('action.yml')
    used = set(INPUT.findall(text)) | set(re.findall(r'inputs\.([a-z]+)', text))
    expect(used == set(ACTION['inputs']), 'inputs that are declared or used only: %s' % (used ^ set(ACTION['inputs'])))
    for step in ACTION['runs']['steps']:
        expect('${{' not in step['run'] and step['shell'] == 'bash', 'an input is part of a script: %s' % step['run'])
    for script in re.findall(r'GITHUB_ACTION_PATH/([^"]*)', text):
        expect(os.access(os.path.join(SOURCE, script), os.X_OK), '%s cannot be run' % script)


def test_action():
    with Workspace(OPEN) as work:
        done = run_action(work, {'snapshot': '\n  tenant.snapshot.json  \n\n', 'program': 'policyeval'})
        lines = done.stdout.decode().splitlines()
        expect(done.returncode == 1 and len(lines) > 5 and all(re.match('::(error|warning|notice) ', line)
                                                              for line in lines), 'the log: %s' % lines[:3])
        expect(read(work.place.name, 'output') == 'status=1\n', 'the output is another')
        expect(read(work.place.name, 'summary').startswith('# policyeval: FAIL\n'), 'the summary is another')
        expect(not work.made(), 'files that nobody asked for: %s' % work.made())
    with Workspace(PASSED) as work:
        work.add('a b.snapshot.json', PASSED)
        work.add('b.json', OPEN)
        done = run_action(work, {'snapshot': '*.snapshot.json', 'language': 'ja', 'program': 'policyeval',
                                 'output': 'json:all.json', 'options': '--only=9.2.3\n--expect=service=iad'})
        result = json.loads(read(work.folder, 'all.json'))
        expect(done.returncode == 0 and [one['snapshot']['file'] for one in result['results']] ==
               ['a b.snapshot.json', 'tenant.snapshot.json'], 'a pattern finds others: %s' % done.stderr)
        expect([control['id'] for control in result['results'][0]['controls']] == ['9.2.3'], 'options are not given on')
        expect('総合判定' in done.stdout.decode(), 'the language is another')
        done = run_action(work, {'snapshot': 'b.json', 'pack': './policies/mine', 'program': 'policyeval',
                                 'output': 'json:all.json'})
        expect(json.loads(read(work.folder, 'all.json'))['results'][0]['packs'][0]['id'] == 'formats', 'another pack')


def test_action_runs_no_input():
    for hostile in ('$(touch owned)', '`touch owned`', '; touch owned', '"; touch owned; "', "' && touch owned '",
                    '-o json:owned', '--\n-o\njson:owned', '*.none'):
        for name in ('snapshot', 'pack', 'output', 'options', 'language', 'program'):
            if name == 'options' and 'json' in hostile:
                continue  # that is what options are for
            with Workspace(PASSED) as work:
                given = {'snapshot': 'tenant.snapshot.json', 'program': 'policyeval', name: hostile}
                done = run_action(work, given)
                expect(done.returncode > 1 and not work.made(), '%s %r: %d, %s' % (name, hostile, done.returncode,
                                                                                 work.made()))


# ---- the GitLab template ----

def test_gitlab_template():
    job = yaml.safe_load(text_of(TEMPLATE))['policyeval']
    run_on_tenants('the GitLab template', job['script'], **job['variables'])
    done = run_all('the GitLab template', job['script'], 1, OPEN, **{**job['variables'],
                                                                    'GATE_OPTIONS': '--lang ja --only 9.2.3'})
    expect('総合判定' in done[0].stdout.decode(), 'the GitLab template: options are not given on')
    with Workspace(OPEN) as work:
        done = work.shell(job['script'][0], **{**job['variables'], 'POLICYEVAL': 'not-installed'})
        expect(done.returncode == 127, 'the GitLab template passes without policyeval')


def main():
    for test in (test_examples, test_action_is_whole, test_action, test_action_runs_no_input, test_gitlab_template):
        test()
    print('ci: %d commands, %s' % (commands, '%d failures' % failed if failed else 'ok'))
    return 1 if failed or commands < 40 else 0


if __name__ == '__main__':
    sys.exit(main())
