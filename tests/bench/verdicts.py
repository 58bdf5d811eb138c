"""verdicts.py: whether policyeval and the reference say the same about the same snapshot.

What policyeval says of a control is one message a finding, beside the subject that it is about; the
reference writes the subject's name in front of its messages itself.
"""
# SPDX-License-Identifier: Apache-2.0
import json
import os
import re
import subprocess

FOLDER = os.path.dirname(os.path.abspath(__file__))
PACK = os.path.join(FOLDER, 'pack')
GENERATOR = os.path.join(FOLDER, 'gen.py')
REFERENCE = os.path.join(FOLDER, 'reference.lua')
KEPT = 10000  # findings of a rule that a result keeps; the rest is counted
NAME = re.compile(r'\[([^\[\]]*)\]$')


def can_run_reference():
    try:
        return subprocess.run(['lua5.4', '-e', 'require("cjson")'], stderr=subprocess.DEVNULL,
                              check=False).returncode == 0
    except OSError:
        return False


def refer(arguments):
    """What the reference says, an answer a snapshot."""
    run = subprocess.run(['lua5.4', REFERENCE, *arguments], stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def said(finding, expected):
    """The message as the reference writes it: with the name of the subject, or as it is."""
    message = finding['message']['en']
    name = NAME.search((finding.get('subject') or {'en': ''})['en'])
    named = '%s: %s' % (name.group(1), message) if name else message
    return message if message in expected else named


def compare_control(control, answer):
    """What differs for one control, as texts."""
    where = control['id']
    expected = set(answer.get('messages', ()))
    findings = [finding for rule in control['rules'] for finding in rule['findings']]
    total = sum(rule['findings_total'] for rule in control['rules'])
    whole = all(rule['findings_total'] <= KEPT for rule in control['rules'])
    found = {said(finding, expected) for finding in findings}
    wrong = []
    if control['title']['en'] != answer['title']:
        wrong.append('%s has another title' % where)
    if control['status'] != ('pass' if answer['pass'] else 'fail'):
        wrong.append('%s is %s: %s' % (where, control['status'], control['reason']))
    if not whole and len(findings) < KEPT:
        wrong.append('%s: only %d findings are there' % (where, len(findings)))
    if total < len(expected) or (whole and total != len(findings)):
        wrong.append('%s: %d findings are counted, %d expected' % (where, total, len(expected)))
    wrong += ['%s: nobody else says "%s"' % (where, text) for text in sorted(found - expected)]
    if whole:
        wrong += ['%s: nothing says "%s"' % (where, text) for text in sorted(expected - found)]
    return wrong


def compare(result, answer):
    """What differs for one snapshot: a result of policyeval beside an answer of the reference."""
    if 'controls' not in result:
        return ['not judged: %s' % result.get('reason')]
    controls = {control['id']: control for control in result['controls']}
    wrong = ['%s is in one of the two only' % name
             for name in sorted(controls.keys() ^ answer['controls'].keys())]
    if result['problems']:
        wrong.append('the model complains: %s' % result['problems'][0])
    for name in controls.keys() & answer['controls'].keys():
        wrong += compare_control(controls[name], answer['controls'][name])
    return wrong


def judge(command, snapshots):
    """The report of a run, as bytes."""
    run = subprocess.run([*command, '--no-config', '--evidence', 'none', '-o', 'json', *snapshots],
                         stdout=subprocess.PIPE, check=False)
    if run.returncode not in (0, 1):
        raise SystemExit('%s ended with status %d' % (command, run.returncode))
    return run.stdout
