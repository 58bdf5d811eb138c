#!/usr/bin/env python3
"""large.test.py: a large tenant is judged, not given up: no rule runs into a limit where there is a lot
of what a tenant has, and one fault among thousands of good things is found, alone.

usage: large.test.py PROGRAM
"""
# SPDX-License-Identifier: Apache-2.0
import copy
import datetime
import json
import os
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
ROOT = os.environ.get('PE_SOURCE_DIR') or os.path.join(os.path.dirname(__file__), '../..')
failures = []


def expect(holds, what):
    if not holds:
        failures.append(what)
        print('large: FAILED:', what[:2000])


def fixture(name):
    with open(os.path.join(ROOT, 'fixtures', name), encoding='utf-8') as file:
        return json.load(file)


def judge(snapshot):
    """The rules that did not pass: 'control/rule' -> status and messages."""
    with tempfile.NamedTemporaryFile('w', suffix='.json', encoding='utf-8') as file:
        json.dump(snapshot, file, ensure_ascii=False)
        file.flush()
        run = subprocess.run([PROGRAM, '-o', 'json', file.name], capture_output=True, check=False)
    expect(run.returncode in (0, 1) and run.stderr == b'', f'it is judged: {run.stderr[:500]}')
    [result] = json.loads(run.stdout)['results']
    expect(result['problems_total'] == 0, f'the snapshot has no mistake: {result["problems"][:3]}')
    rules = {f'{control["id"]}/{rule["id"]}': rule
             for control in result['controls'] for rule in control['rules']}
    return {name: (rule['status'], [found['message']['en'] for found in rule['findings']] or
                   [rule['reason']['en']])
            for name, rule in rules.items() if rule['status'] not in ('pass', 'not_applicable')}


def expect_only(snapshot, what, wanted):
    """wanted: rule -> words that its one finding has; all other rules pass."""
    found = judge(snapshot)
    good = found.keys() == wanted.keys() and all(
        status == 'fail' and len(messages) == 1 and words in messages[0]
        for (status, messages), words in zip(found.values(), (wanted[name] for name in found)))
    expect(good, f'{what}: {json.dumps(found, ensure_ascii=False, indent=1)}')


def by_id(rows, wanted):
    return next(row for row in rows if row['id'] == wanted)


# ---- networks ----

AD_PORTS = (('tcp', ['53', '88', '389', '445', '636']), ('udp', ['53', '88', '389']))


def add_tenant(networks, number, domain):
    """Another tenant's zone, with a boundary of its own."""
    block, clients = f'100.{64 + number // 250}.{number % 250}.0/24', f'10.{128 + number // 250}.{number % 250}.0/24'
    boundary = f'fw-t{number}'
    networks['zones'].append({
        'id': f'z-t{number}', 'name': f'他テナント {number}', 'service': 'iad', 'party': 'provider', 'role': 'tenant',
        'tenant': f'tenant-{number}', 'routing_domain': domain, 'cidrs': [block], 'internet_facing': False,
        'filter': boundary})
    networks['filters'].append({**by_id(networks['filters'], 'fw-iad'), 'id': boundary, 'name': f'境界 {number}'})
    for direction, sources, destinations in (('inbound', clients, block), ('outbound', block, clients)):
        for protocol, ports in AD_PORTS:
            networks['rules'].append({
                'id': f'{boundary}-{direction}-{protocol}', 'filter': boundary, 'name': 'AD 通信', 'enabled': True,
                'priority': 100, 'action': 'allow', 'direction': direction, 'sources': [sources],
                'destinations': [destinations], 'protocol': protocol, 'ports': ports})


def tenants(count, shared):
    """An IAD tenant beside so many others, all in its routing domain or each in its own."""
    snapshot = fixture('iad/compliant.json')
    networks = snapshot['networks']
    for number in range(count):
        domain = 'rd-customer' if shared else f'rd-t{number}'
        if not shared:
            networks['routing_domains'].append({
                'id': domain, 'name': f'VRF {number}', 'kind': 'vrf', 'service': 'iad', 'party': 'provider'})
        add_tenant(networks, number, domain)
    return snapshot


def test_tenants(shared):
    snapshot = tenants(1000, shared)
    expect_only(snapshot, f'a tenant beside 1,000 others passes (one routing domain: {shared})', {})
    zones, rules = snapshot['networks']['zones'], snapshot['networks']['rules']
    if shared:
        open_door = by_id(rules, 'fw-t500-inbound-tcp')
        open_door.update(sources=['10.200.1.0/24'], ports=['445'])
        by_id(rules, 'fi-100')['direction'] = 'both'
        by_id(rules, 'fi-100')['destinations'].append('100.66.0.0/24')
        by_id(rules, 'fi-100')['sources'].append('10.200.1.0/24')
        expect_only(snapshot, 'one way to one of 1,000 tenants is found',
                    {'CLD.9.5.1/tenant-separation': 'can reach 他テナント 500'})
    else:
        by_id(zones, 'z-t700').update(cidrs=['100.65.50.128/25'], routing_domain='rd-t300')
        by_id(rules, 'fw-t700-inbound-tcp')['destinations'] = ['100.65.50.128/25']
        expect_only(snapshot, 'one address that two of 1,000 tenants share is found',
                    {'CLD.9.5.1/tenant-separation': '100.65.50.128/25 of 他テナント 700 overlaps'})


def add_spoke(networks, number):
    """A virtual network beside the hub: two zones, each with a filter like that of the hosts."""
    domain, base, subnets = f'rd-s{number}', f'10.{100 + number // 100}.{number % 100}', []
    rules = [rule for rule in networks['rules'] if rule['filter'] == 'nsg-vda']
    for part, cidr in enumerate((f'{base}.0/25', f'{base}.128/25')):
        zone, nsg = f'z-s{number}-{part}', f'nsg-s{number}-{part}'
        networks['zones'].append({
            'id': zone, 'name': f'サブネット {number}-{part}', 'service': 'ctx', 'party': 'customer', 'role': 'service',
            'routing_domain': domain, 'cidrs': [cidr], 'internet_facing': False, 'filter': nsg})
        networks['filters'].append({**by_id(networks['filters'], 'nsg-vda'), 'id': nsg, 'name': nsg})
        subnets.append({'id': f'snet-{part}', 'zone': zone, 'cidrs': [cidr], 'filter': nsg})
        for rule in rules:
            own = {'10.60.10.0/24': [cidr], '10.70.10.0/24': [], '2001:db8:60:10::/64': []}
            ends = {end: sum((own.get(block, [block]) for block in rule[end]), []) for end in
                    ('sources', 'destinations')}
            networks['rules'].append({**rule, **ends, 'id': f'{rule["id"]}-{nsg}', 'filter': nsg})
    networks['routing_domains'].append({
        'id': domain, 'name': f'vnet-s{number}', 'kind': 'virtual_network', 'service': 'ctx', 'party': 'customer'})
    networks['virtual_networks'].append({
        **by_id(networks['virtual_networks'], 'vnet-ctx-usc'), 'id': f'vnet-s{number}', 'name': f'vnet-s{number}',
        'routing_domain': domain, 'cidrs': [f'{base}.0/24'], 'subnets': subnets})
    for start, end in ((domain, 'rd-jpe'), ('rd-jpe', domain)):
        networks['peerings'].append({**by_id(networks['peerings'], 'pe-jpe-usc'), 'id': f'pe-{start}-{end}',
                                     'from': start, 'to': end})


def test_spokes():
    snapshot = fixture('ctx/compliant.json')
    networks = snapshot['networks']
    for number in range(150):
        add_spoke(networks, number)
    expect_only(snapshot, 'a hub with 150 virtual networks passes', {})

    rule = by_id(networks['rules'], 'nv-110-nsg-s77-1')
    rule['sources'].append('10.40.0.0/17')
    expect_only(snapshot, 'one rule too wide among thousands is found',
                {'13.1.3/customer-management-ports': 'nv-110-nsg-s77-1'})


# ---- hosts and their logs ----

def add_host(snapshot, original, number):
    host = copy.deepcopy(original)
    host.update(id=f'{original["id"]}-{number}', name=f'{original["name"]}-{number}')
    snapshot['hosts'].append(host)
    logging = snapshot['logging']
    for source in [one for one in logging['sources'] if one.get('host') == original['id']]:
        own = f'{source["id"]}-{number}'
        logging['sources'].append({**source, 'id': own, 'host': host['id']})
        if source['id'] in logging['export']['sources']:
            logging['export']['sources'].append(own)


def test_hosts():
    snapshot = fixture('iad/compliant.json')
    originals = [by_id(snapshot['hosts'], name) for name in ('dc02', 'sync01', 'jump01')]
    for number in range(2000):
        add_host(snapshot, originals[number % len(originals)], number)
    expect_only(snapshot, 'a tenant with 2,000 hosts passes', {})

    by_id(snapshot['logging']['sources'], 'log-dc02-system-1500')['enabled'] = False
    wanted = 'the system log is switched off'
    expect_only(snapshot, 'one log of 4,000 that is off is found',
                {'12.4.1/service-logs-on': wanted, '18.1.3/service-logs-kept': wanted})


# ---- people ----

def test_accounts():
    snapshot = fixture('iad/compliant.json')
    identities = snapshot['identities']
    person = by_id(identities['accounts'], 'ad-a.tanaka')
    everybody = {**by_id(identities['groups'], 'g-tier0'), 'id': 'g-all', 'name': 'All', 'accounts': []}
    for number in range(20000):
        identities['accounts'].append({
            **person, 'id': f'ad-{number}', 'name': f'社員 {number}', 'owner': f'F{number}',
            'upn': f'u{number}@corp.minato-seiki.example.jp'})
        everybody['accounts'].append(f'ad-{number}')
    identities['groups'].append(everybody)
    expect_only(snapshot, 'a tenant with 20,000 accounts passes', {})

    by_id(identities['accounts'], 'ad-12345')['owner'] = 'F12344'
    expect_only(snapshot, 'one person of 20,000 who has two accounts is found',
                {'9.2.1/one-account-each': 'F12344 has two ordinary accounts in ad'})


# ---- records ----

RECORDS = (('changes', 'records'), ('incidents', 'records'), ('events', 'records'), ('disposals', 'records'),
           ('vulnerabilities', 'findings'), ('data', 'assets'), ('equipment', 'items'), ('backup', 'jobs'))


def moment(when):
    return when.strftime('%Y-%m-%dT%H:%M:%S+09:00')


def add_work(snapshot, count):
    """So many changes in a month, each with the session in which it was made."""
    changes, sessions = snapshot['changes']['records'], snapshot['logging']['operator_sessions']['records']
    change = next(row for row in changes if row['party'] == 'provider')
    for number in range(count):
        start = datetime.datetime(2026, 10, 21) + datetime.timedelta(minutes=number * 29 * 1440 // count)
        end = start + datetime.timedelta(minutes=9)
        announced = moment(start - datetime.timedelta(days=16))
        changes.append({
            **change, 'id': f'chg-x{number}', 'starts': moment(start), 'ends': moment(end), 'announced_at': announced,
            'mailed_at': announced, 'completion_notice_at': moment(end + datetime.timedelta(hours=1))})
        sessions.append({**sessions[0], 'id': f'os-x{number}', 'starts': moment(start), 'ends': moment(end)})


def test_records():
    snapshot = fixture('ctx/compliant.json')
    for area, name in RECORDS:
        rows = snapshot[area][name]
        for number, row in enumerate((rows * 5000)[:5000] if rows else []):
            rows.append({**row, 'id': f'{row["id"]}-r{number}'})
    add_work(snapshot, 2000)
    expect_only(snapshot, 'a tenant with 5,000 records of each kind passes', {})

    sessions = snapshot['logging']['operator_sessions']['records']
    sessions.remove(by_id(sessions, 'os-x1234'))
    expect_only(snapshot, 'one of 2,000 changes that nobody was recorded at is found',
                {'12.4.3/changes-have-sessions': 'chg-x1234'})


test_tenants(shared=False)
test_tenants(shared=True)
test_spokes()
test_hosts()
test_accounts()
test_records()
print(f'large: {len(failures)} failures' if failures else 'large: passed')
sys.exit(1 if failures else 0)
