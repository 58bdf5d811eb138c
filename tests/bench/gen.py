#!/usr/bin/env python3
"""gen.py: makes snapshots of a cloud tenant for the bench; the same bytes for the same arguments.

    gen.py --admins 50 --hosts 20 -o FILE       one snapshot, of 25.8 KB
    gen.py --bytes 100000000 -o FILE            one of about that size: five administrators to two hosts
    gen.py --ndjson 2000 -o FILE                that many, one a line, from seeds that follow each other

Administrators and hosts are what grows; every other part has a fixed size. One to three of a hundred
items break one of the 41 checks.
"""
# SPDX-License-Identifier: Apache-2.0
import argparse
import datetime
import io
import json
import random
import sys

TAKEN = datetime.datetime(2026, 8, 1, tzinfo=datetime.timezone.utc)
COUNTRIES = ['DE', 'FR', 'NL', 'IE', 'SE']
DOMAINS = ['example.com', 'ops.example.com']
PORTS = [22, 80, 443, 8443, 9100, 5432]
ROLES = ['owner', 'security', 'network', 'billing', 'operator', 'auditor']
NETWORKS = ['10.20.0.0/16', '10.21.0.0/16', '172.16.4.0/22', '192.168.100.0/24', '203.0.113.0/25',
            '198.51.100.64/26', '100.64.0.0/20', '2001:db8:10::/48']
ENCODE = json.JSONEncoder(separators=(',', ':')).encode


def day(days):
    return (TAKEN + datetime.timedelta(days=days)).strftime('%Y-%m-%dT%H:%M:%SZ')


class Draw(random.Random):
    """Random choices. What is drawn when is part of the output: keep the order."""

    def rarely(self, share):
        return self.random() < share

    def mostly(self, share):
        return not self.rarely(share)

    def past(self, low, high):
        return day(-self.randrange(low, high))

    def listed_address(self):
        kind = self.randrange(6)
        if kind == 5:
            return '2001:db8:10:%x::%x' % (self.randrange(65536), self.randrange(1, 65536))
        if kind == 4:
            return '203.0.113.%d' % self.randrange(1, 127)
        if kind == 3:
            return '192.168.100.%d' % self.randrange(1, 255)
        third = self.randrange(4, 8) if kind == 2 else self.randrange(256)
        return '%s.%d.%d' % (('10.20', '10.21', '172.16')[kind], third, self.randrange(1, 255))

    def source_address(self):
        if self.rarely(.02):
            return '8.%d.%d.%d' % (self.randrange(256), self.randrange(256),
                                   self.randrange(1, 255))
        return self.listed_address()

    def date_or_late(self, low, high, late, latest):
        """A past day; twice in a hundred one that is too long ago."""
        return self.past(low, high) if self.mostly(.02) else self.past(late, latest)


# ---- what grows ----

def admin(draw, number):
    return {
        'id': 'a%05d' % number,
        'email': 'a%d@%s' % (number, 'evil.test' if draw.rarely(.01) else draw.choice(DOMAINS)),
        'role': 'root' if draw.rarely(.01) else draw.choice(ROLES),
        'mfa': draw.mostly(.02),
        'fido2': draw.mostly(.03),
        'source_ip': draw.source_address(),
        'rotated': draw.date_or_late(1, 85, 95, 400),
        'trained': draw.date_or_late(1, 360, 370, 900),
        'session_min': draw.choice([10, 15, 20, 30]) if draw.mostly(.01) else 120,
    }


def host(draw, number):
    network = number % 12
    return {
        'id': 'vm-%05d' % number,
        'net': 'net-%02d' % network,
        'ip': '10.%d.%d.%d' % (100 + network if draw.mostly(.02) else 90, draw.randrange(256),
                               draw.randrange(1, 255)),
        'ports': (sorted(draw.sample(PORTS, draw.randrange(1, 4)))
                  + ([3389] if draw.rarely(.02) else [])),
        'hardened': draw.mostly(.01),
        'owner': '' if draw.rarely(.01) else 'team-%d' % draw.randrange(20),
        'patch_days': draw.randrange(0, 30) if draw.mostly(.02) else draw.randrange(31, 200),
        'crit_vulns': 0 if draw.mostly(.01) else draw.randrange(1, 5),
        'clock_ms': draw.randrange(-80, 81) if draw.mostly(.01) else 900,
        'ntp': 'ntp%d.example.com' % draw.randrange(1, 4),
        'cpu': draw.randrange(5, 84) if draw.mostly(.01) else 97,
        'disk': draw.randrange(10, 88) if draw.mostly(.01) else 96,
        'sig_days': draw.randrange(0, 7) if draw.mostly(.02) else 20,
        'location': draw.choice(COUNTRIES) if draw.mostly(.01) else 'US',
        'disk_enc': draw.mostly(.01),
    }


# ---- what does not ----

def settings():
    return {
        'ip_allow': NETWORKS, 'ports_allow': PORTS, 'countries': COUNTRIES,
        'email_domains': DOMAINS, 'roles': ROLES,
        'ntp': ['ntp%d.example.com' % k for k in (1, 2, 3)],
        'weak_ciphers': ['RC4-SHA', 'DES-CBC3-SHA', 'AES128-SHA'],
        'vlans': list(range(100, 112)),
    }


def governance(draw):
    return {
        'matrix_approved': True, 'matrix_reviewed': day(-120),
        'access_review': draw.past(10, 120), 'audit': day(-200),
        'incident_notify_h': draw.choice([24, 48, 72, 96]),
        'policies': [{'id': 'pol-%d' % k, 'reviewed': draw.past(10, 400)} for k in range(5)],
        'contacts': [{'authority': name, 'verified': draw.past(10, 400)}
                     for name in ('BSI', 'CNIL', 'DPC')],
        'roles': [{'name': name, 'owner': 'p%d' % k}
                  for k, name in enumerate(('CISO', 'DPO', 'NOC', 'IR'))],
    }


def networks(draw):
    fixed = [{'id': 'net-%02d' % k, 'tenant': 't%d' % (k % 4), 'cidr': '10.%d.0.0/16' % (100 + k),
              'vlan': 100 + k} for k in range(12)]
    last = '10.105.128.0/17' if draw.rarely(.3) else '10.112.0.0/16'
    return fixed + [{'id': 'net-12', 'tenant': 't9', 'cidr': last, 'vlan': 111}]


def firewall(draw):
    rules = [{'id': 'fw-0', 'source': '0.0.0.0/0', 'port': 443, 'action': 'allow'}]
    rules += [{'id': 'fw-%d' % k, 'source': '10.%d.0.0/16' % (20 + k),
               'port': draw.choice(PORTS), 'action': 'allow'} for k in range(1, 8)]
    if draw.rarely(.3):
        rules.append({'id': 'fw-bad', 'source': '0.0.0.0/0', 'port': 22, 'action': 'allow'})
    return rules


def endpoint(draw, k):
    return {
        'id': 'ep-%d' % k, 'url': 'https://svc%d.example.com' % k,
        'tls': draw.choice(['1.2', '1.3']) if draw.mostly(.05) else '1.0',
        'ciphers': (['TLS_AES_256_GCM_SHA384', 'ECDHE-RSA-AES256-GCM-SHA384']
                    + (['RC4-SHA'] if draw.rarely(.05) else [])),
        'cert_expires': day(draw.randrange(20, 300) if draw.mostly(.05) else -3),
        'hsts': draw.mostly(.05),
    }


def backup(draw):
    return {
        'enabled': draw.mostly(.05), 'interval_h': draw.choice([1, 6, 12, 24]),
        'retention_d': draw.choice([30, 60, 90]) if draw.mostly(.05) else 7, 'location': 'SE2',
    }


def datastore(draw, k):
    return {
        'id': 'ds-%d' % k,
        'location': draw.choice(COUNTRIES) if draw.mostly(.05) else 'US',
        'cipher': 'AES-256-GCM' if draw.mostly(.05) else 'none',
        'class': draw.choice(['public', 'internal', 'confidential', 'restricted']),
        'public': draw.rarely(.05),
        'backup': backup(draw),
    }


def key(draw, k):
    algorithm, bits = (('aes', 256), ('rsa', 3072), ('ecdsa', 256))[k % 3]
    return {'id': 'key-%d' % k, 'algo': algorithm, 'bits': bits if draw.mostly(.08) else 128,
            'rotated': draw.past(5, 380), 'hsm': draw.mostly(.05)}


def log(draw, k, source):
    return {'source': source,
            'retention_d': draw.choice([365, 400, 730]) if draw.mostly(.08) else 90,
            'immutable': draw.mostly(.05), 'shipped': draw.mostly(.05), 'admin': k < 4}


def supplier(draw, k):
    return {'id': 'sup-%d' % k, 'agreement': True, 'attestations': [
        {'standard': name, 'expires': day(draw.randrange(10, 500) if draw.mostly(.05) else -20)}
        for name in ('ISO27001', 'ISO27017')]}


def former_customer(draw, k):
    return {'customer': 'c%d' % k,
            'deletion_days': draw.randrange(5, 30) if draw.mostly(.08) else 45,
            'certificate': draw.mostly(.05)}


def service_account(draw, k):
    return {'id': 'sa-%d' % k, 'key_days': draw.randrange(1, 88) if draw.mostly(.05) else 300,
            'roles': draw.sample(ROLES, 2), 'last_used': draw.past(1, 80)}


def infrastructure(draw):
    sources = ('audit', 'iam', 'admin-shell', 'kms', 'flow', 'dns', 'app', 'db')
    return {
        'networks': networks(draw),
        'firewall': firewall(draw),
        'endpoints': [endpoint(draw, k) for k in range(8)],
        'datastores': [datastore(draw, k) for k in range(8)],
        'keys': [key(draw, k) for k in range(8)],
        'logs': [log(draw, k, source) for k, source in enumerate(sources)],
        'monitors': [{'id': 'mon-%d' % k, 'enabled': draw.mostly(.05),
                      'interval_s': draw.choice([30, 60, 300])} for k in range(8)],
    }


def organisation(draw):
    return {
        'operations': [{'id': 'op-%d' % k, 'critical': k % 2 == 0, 'documented': draw.mostly(.05),
                        'approvers': draw.randrange(2, 4)} for k in range(6)],
        'changes': [{'id': 'chg-%d' % k, 'author': 'u%d' % k,
                     'approver': 'u%d' % (k + 1 if draw.mostly(.05) else k),
                     'tested': draw.mostly(.05)} for k in range(8)],
        'suppliers': [supplier(draw, k) for k in range(6)],
        'offboarding': [former_customer(draw, k) for k in range(5)],
        'media': [{'id': 'disk-%d' % k, 'state': 'disposed',
                   'certificate': 'crt-%d' % k if draw.mostly(.05) else ''} for k in range(5)],
        'utilities': [{'name': name, 'restricted': draw.mostly(.05), 'logged': True}
                      for name in ('psexec', 'gdb', 'tcpdump', 'kexec')],
        'repos': [{'id': 'repo-%d' % k, 'protected': draw.mostly(.05),
                   'reviews': draw.randrange(1, 3), 'sast': draw.mostly(.05)} for k in range(6)],
        'records': [{'type': kind, 'retention_y': years}
                    for kind, years in (('tax', 10), ('contract', 6), ('log', 2))],
        'service_accounts': [service_account(draw, k) for k in range(8)],
    }


def fixed(draw):
    return {'snapshot_time': day(0),
            'tenant': {'id': 'tenant-4711', 'name': 'Example Health GmbH'},
            'settings': settings(), 'governance': governance(draw),
            **infrastructure(draw), **organisation(draw)}


# ---- writing ----

def write(out, admins, hosts, seed):
    draw = Draw(seed)
    out.write(ENCODE(fixed(draw))[:-1])
    for name, make, count in (('admins', admin, admins), ('hosts', host, hosts)):
        out.write(',"%s":[' % name)
        for number in range(count):
            out.write(',' * (number > 0) + ENCODE(make(draw, number)))
        out.write(']')
    out.write('}\n')


def size(admins, hosts, seed):
    text = io.StringIO()
    write(text, admins, hosts, seed)
    return text.tell()


def write_sized(out, wanted, seed):
    base = size(0, 0, seed)
    step = (size(500, 200, seed) - base) / 100.0
    steps = int((wanted - base) / step)
    write(out, 5 * steps, 2 * steps, seed)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--admins', type=int, default=50)
    parser.add_argument('--hosts', type=int, default=20)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--ndjson', type=int, default=0, metavar='LINES')
    parser.add_argument('--bytes', type=int, default=0)
    parser.add_argument('-o', default='-', metavar='FILE')
    args = parser.parse_args()
    with (sys.stdout if args.o == '-' else open(args.o, 'w', encoding='ascii')) as out:
        if args.bytes:
            write_sized(out, args.bytes, args.seed)
        else:
            for line in range(args.ndjson or 1):
                write(out, args.admins, args.hosts, args.seed + line)


if __name__ == '__main__':
    main()
