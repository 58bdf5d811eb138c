#!/usr/bin/env python3
"""fleet.test.py: the manifest for Kubernetes is one that its API takes, and agrees with policyeval-shard.

usage: fleet.test.py PROGRAM
"""
# SPDX-License-Identifier: Apache-2.0
import os
import re
import sys

try:
    import yaml
except ImportError:
    print('fleet: SKIPPED: python3-yaml is not installed')
    sys.exit(1 if os.environ.get('CI') == 'true' else 77)

ROOT = os.environ.get('PE_SOURCE_DIR') or os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
failures = []

# The fields of batch/v1 Job that the manifest may use, by the API reference of Kubernetes 1.33; the
# API server would drop others with a warning at most.
FIELDS = {
    '': 'apiVersion kind metadata spec',
    'spec': 'completionMode completions parallelism backoffLimitPerIndex maxFailedIndexes '
            'podFailurePolicy template',
    'spec.podFailurePolicy': 'rules',
    'spec.podFailurePolicy.rules[]': 'action onExitCodes onPodConditions',
    'spec.podFailurePolicy.rules[].onExitCodes': 'containerName operator values',
    'spec.podFailurePolicy.rules[].onPodConditions[]': 'type status',
    'spec.template': 'metadata spec',
    'spec.template.spec': 'restartPolicy automountServiceAccountToken enableServiceLinks '
                          'terminationGracePeriodSeconds securityContext containers volumes',
    'spec.template.spec.securityContext': 'runAsNonRoot runAsUser runAsGroup fsGroup seccompProfile',
    'spec.template.spec.containers[]': 'name image command resources securityContext volumeMounts',
    'spec.template.spec.containers[].securityContext':
        'allowPrivilegeEscalation readOnlyRootFilesystem capabilities',
    'spec.template.spec.containers[].volumeMounts[]': 'name mountPath readOnly',
}


def expect(holds, what):
    if not holds:
        failures.append(what)
        print('fleet: FAILED:', what)


def check_fields(value, path=''):
    if isinstance(value, list):
        for element in value:
            check_fields(element, path + '[]')
    elif isinstance(value, dict):
        if path in FIELDS:
            unknown = set(value) - set(FIELDS[path].split())
            expect(not unknown, f'{path or "the manifest"} has {unknown}')
        for key, member in value.items():
            check_fields(member, f'{path}.{key}'.lstrip('.'))


def main():
    with open(os.path.join(ROOT, 'fleet/kubernetes/nightly.yaml'), encoding='utf-8') as file:
        job = yaml.safe_load(file)
    with open(os.path.join(ROOT, 'fleet/policyeval-shard'), encoding='utf-8') as file:
        script = file.read()
    check_fields(job)
    expect((job['apiVersion'], job['kind']) == ('batch/v1', 'Job'), 'it is a Job')
    spec = job['spec']
    pod = spec['template']['spec']
    container = pod['containers'][0]
    expect(spec['completionMode'] == 'Indexed' and 'JOB_COMPLETION_INDEX' in script,
           'the index of a Job is understood')
    # required with a policy of failures, and with limits by index
    expect(pod['restartPolicy'] == 'Never', 'restartPolicy is Never')
    expect(spec['parallelism'] <= spec['completions'] <= 10**5, 'so many indexes there may be')
    rules = spec['podFailurePolicy']['rules']
    final = sorted(map(int, re.findall(r'\b(64|66|78) [a-z]',
                                       re.search(r'Exit status:.*?does not help', script, re.S).group())))
    expect(rules[0]['onExitCodes'] == {'containerName': container['name'], 'operator': 'In',
                                       'values': final} and final == [64, 66, 78],
           f'what policyeval-shard says does not help is not tried again: {final}')
    expect(rules[1]['onPodConditions'] == [{'type': 'DisruptionTarget', 'status': 'True'}],
           'a drained node is no failure')
    expect(container['command'][0] == 'policyeval-shard', 'it runs policyeval-shard')
    mounts = {mount['name']: mount['mountPath'] for mount in container['volumeMounts']}
    expect(set(mounts) == {volume['name'] for volume in pod['volumes']}, 'volumes are mounted')
    expect(container['command'][1:3] == [mounts['shards'], mounts['results']], 'folders are mounted')
    expect(pod['terminationGracePeriodSeconds'] > 30, 'a line may take 30 seconds')
    print(f'fleet: {len(failures)} failures')
    return 1 if failures else 0


sys.exit(main())
