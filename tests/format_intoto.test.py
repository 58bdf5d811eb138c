#!/usr/bin/env python3
"""format_intoto.test.py: in-toto statements, by their protocol buffers and by `-o json`.

SPDX-License-Identifier: Apache-2.0

usage: format_intoto.test.py PROGRAM. Members are looked up in the .proto files of in-toto; where
protoc and python3-protobuf are installed, those parse every statement too.
"""
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'support'))
import formats  # noqa: E402

CHECKS = formats.Checks('format_intoto', sys.argv[1])
expect = CHECKS.expect
PROTOS = os.path.join(formats.SCHEMAS, 'in-toto')
OUTCOMES = {'pass': 'passedTests', 'waived': 'warnedTests', 'fail': 'failedTests', 'unknown': 'failedTests',
            'error': 'failedTests'}


# ---- the protocol buffers, read for what these files use of the language ----

def read_messages(*names):
    """{message: {JSON name: type}}; a type is "repeated T", "map" or T."""
    messages = {}
    for name in names:
        with open(os.path.join(PROTOS, name), encoding='utf-8') as file:
            text = re.sub(r'//.*', '', file.read())
        for message, body in re.findall(r'message (\w+) \{(.*?)\n\}', text, re.S):
            fields = re.findall(r'(repeated )?(map<string, string>|[\w.]+) (\w+) = \d+(?: \[json_name = "(\w+)"\])?;', body)
            messages[message] = {
                given or re.sub(r'_(\w)', lambda m: m.group(1).upper(), field): many + kind.rsplit('.', 1)[-1]
                for many, kind, field, given in fields}
    return messages


MESSAGES = read_messages('v1/statement.proto', 'v1/resource_descriptor.proto', 'predicates/test_result.proto')


def fits(value, kind):
    """Whether a value of JSON is one of a type of protobuf."""
    if kind.startswith('repeated '):
        return isinstance(value, list) and all(fits(one, kind[len('repeated '):]) for one in value)
    if kind.startswith('map<'):
        return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
    if kind == 'Struct':
        return isinstance(value, dict)
    if kind == 'string':
        return isinstance(value, str)
    return isinstance(value, dict) and all(key in MESSAGES[kind] and fits(one, MESSAGES[kind][key])
                                           for key, one in value.items())


def is_statement(value):
    return fits(value, 'Statement') and fits(value['predicate'], 'TestResult')


def check_reader():
    """The little reader of .proto files found what is in them, and refuses what is not."""
    expect(set(MESSAGES['Statement']) == {'_type', 'subject', 'predicateType', 'predicate'}, MESSAGES['Statement'])
    expect(len(MESSAGES['ResourceDescriptor']) == 7 and len(MESSAGES['TestResult']) == 6, MESSAGES)
    for bad in ({'type': 'x'}, {'subject': {}}, {'subject': [{'digest': {'sha256': 1}}]}, {'subject': [{'x': 1}]}):
        expect(not fits(bad, 'Statement'), 'accepted', bad)


class Official:
    """protoc and python3-protobuf, where they are installed."""

    def __init__(self, folder):
        self.there = shutil.which('protoc') is not None
        try:
            from google.protobuf import json_format
        except ImportError:
            self.there = False
        if not self.there:
            return
        tree = os.path.join(folder, 'protos', 'in_toto_attestation')
        shutil.copytree(os.path.join(PROTOS, 'v1'), os.path.join(tree, 'v1'))
        shutil.copytree(os.path.join(PROTOS, 'predicates'), os.path.join(tree, 'predicates'))
        files = glob.glob(os.path.join(tree, '**', '*.proto'), recursive=True)
        done = subprocess.run(['protoc', '-I', os.path.dirname(tree), '--python_out', folder, *files], check=False)
        self.there = done.returncode == 0
        if not self.there:  # without libprotobuf-dev it lacks what the files import
            return
        sys.path.insert(0, folder)
        from in_toto_attestation.predicates import test_result_pb2
        from in_toto_attestation.v1 import statement_pb2
        self.parse, self.types = json_format.ParseDict, (statement_pb2.Statement, test_result_pb2.TestResult)

    def check(self, what, statement):
        if not self.there:
            return
        try:
            parsed = self.parse(statement, self.types[0]())
            self.parse(statement['predicate'], self.types[1]())
            expect(parsed.subject[0].name == statement['subject'][0]['name'], what, 'name of the subject')
        except Exception as error:  # noqa: BLE001  (json_format's own, of several kinds)
            expect(False, what, error)


# ---- what it says ----

def check_statement(official, what, statement, judged):
    snapshot, predicate = judged['snapshot'], statement['predicate']
    expect(is_statement(statement), what, 'is no statement by the protocol buffers')
    official.check(what, statement)
    expect(statement['_type'] == 'https://in-toto.io/Statement/v1', what, statement['_type'])
    expect(statement['predicateType'] == 'https://in-toto.io/attestation/test-result/v0.1', what, 'predicate type')
    subject, = statement['subject']
    expect(subject['name'] == snapshot['file'], what, 'file', subject['name'])
    expect(subject['digest'] == {'sha256': snapshot['sha256']}, what, 'digest of the snapshot')
    for name in ('tenant', 'service', 'as_of'):
        expect(subject['annotations'].get(name) == snapshot[name], what, name, subject['annotations'])
    expect(subject['annotations']['options'] == snapshot['options'], what, 'options')
    packs = predicate['configuration'][:len(judged['packs'])]
    expect([(one['name'], one['digest'], one['annotations']['kind']) for one in predicate['configuration'][len(packs):]] ==
           [(judged[kind]['file'], {'sha256': judged[kind]['sha256']}, annotation)
            for kind, annotation in (('waivers', 'waivers'), ('config', 'settings')) if kind in judged], what, 'files')
    expect([(one['name'], one['digest'], one['annotations']['version']) for one in packs] ==
           [(one['id'], {'sha256': one['sha256']}, one['version']) for one in judged['packs']], what, 'packs')
    wanted = {'passedTests': [], 'warnedTests': [], 'failedTests': []}
    for control in judged['controls']:
        for rule in control['rules']:
            if rule['status'] != 'not_applicable':
                wanted[OUTCOMES[rule['status']]].append('%s/%s/%s' % (control['pack'], control['id'], rule['id']))
    expect({key: predicate[key] for key in wanted} == wanted, what, 'tests')
    result = 'FAILED' if judged['verdict'] == 'fail' else 'WARNED' if wanted['warnedTests'] else 'PASSED'
    expect(predicate['result'] == result, what, predicate['result'], 'is not', result)


def check_run(official, what, arguments, folder=formats.SOURCE):
    text = CHECKS.render('intoto', arguments, folder)
    expect(text == CHECKS.render('intoto', ['--lang', 'ja', *arguments], folder), what, 'depends on the language')
    lines = text.split('\n')[:-1]
    judged = CHECKS.judge(arguments, folder)['results']
    if expect(len(lines) == len(judged), what, len(lines), 'lines'):
        for line, one in zip(lines, judged):
            check_statement(official, what, json.loads(line), one)
    return [json.loads(line) for line in lines]


def check_parameters(official):
    statement, = check_run(official, 'parameters', [*formats.small('compliant'), '--param', 'most=9007199254740991'])
    expect(statement['predicate']['configuration'][0]['annotations']['parameters'] == {'1.1.most': '9007199254740991'},
           'parameters', statement['predicate']['configuration'])


def check_hostile(official):
    make = formats.hostile_maker()
    for name, text in formats.hostile_strings():
        with tempfile.TemporaryDirectory() as folder:
            pack, snapshot, _, in_data = make(folder, text)
            statement, = check_run(official, name, ['--pack', pack, '--', os.path.basename(snapshot)], folder)
            expect(statement['subject'][0]['annotations'].get('tenant') == (in_data if len(in_data) < 1000 else ''),
                   name, 'tenant')


def main():
    check_reader()
    with tempfile.TemporaryDirectory() as folder:
        official = Official(folder)
        for path in sorted(glob.glob(os.path.join(formats.GOLDEN, 'intoto-*.json'))):
            with open(path, encoding='utf-8') as file:
                statement = json.load(file)
            expect(is_statement(statement), path)
            official.check(path, statement)
        for tenant in formats.TENANTS:
            check_run(official, tenant, [tenant])
        check_run(official, 'several', formats.TENANTS)
        check_run(official, 'two packs', ['--pack', 'iso27017', '--only', '9.2.3,mfa', *formats.small('realistic')])
        check_run(official, 'nothing', [*formats.small('compliant'), '--only', '1.1', '--skip', '1.1'])
        check_parameters(official)
        statement, = check_run(official, 'waivers', [
            '--pack', 'tests/formats/pack', '--waivers', 'tests/formats/waivers.json', 'tests/formats/realistic.json'])
        expect(len(statement['predicate']['warnedTests']) == 3, 'waivers', statement['predicate'])
        check_hostile(official)
    if not official.there:
        print('format_intoto: SKIPPED in part: protoc, libprotobuf-dev or python3-protobuf is not installed')
    return CHECKS.end(700)


if __name__ == '__main__':
    sys.exit(main())
