#!/usr/bin/env python3
"""verdicts.test.py: what a rule ends as, whatever its author wrote.

Each case is a sentence, the body of check(s, params, as_of), and the status it must end with; some
also say which pointer must be blamed. All cases of a pack are judged in one run.
"""
# SPDX-License-Identifier: Apache-2.0
import hashlib
import json
import os
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1]

SNAPSHOT = '''{
  "as_of": "2026-11-20T09:00:00+09:00",
  "contract": {"service": "iad", "options": ["two_site"], "state": "active"},
  "portal": {
    "enabled": true,
    "disabled": false,
    "mode": "enforce",
    "text": "false",
    "count": 3,
    "nothing": null,
    "limit": 4
  },
  "empty": [],
  "empty_object": {},
  "holes": [1, null, 3, 4],
  "accounts": [
    {"id": "adm1", "kind": "person", "mfa": true},
    {"id": "adm2", "kind": "person", "mfa": false},
    {"id": "svc1", "kind": "service"}
  ],
  "names": ["b", "a", "c"]
}
'''

PACK = '''return { id = "verdicts", version = "1", title = "Verdicts", as_of = "/as_of",
  service = "/contract/service", options = "/contract/options", state = "/contract/state",
  services = { "iad", "ctx" }, option_names = { "two_site", "admin_console" },
  states = { "active", "terminated" } }
'''

# sentence, body, status, pointer that must be blamed (or None), `when` (or '')
CASES = [
    # data that is there
    ('a true assertion on a value passes', 'ensure(s.portal.enabled)', 'pass', None),
    ('a false assertion on a value fails, there', 'ensure(s.portal.disabled)', 'fail',
     '/portal/disabled'),
    ('a false assertion blames the last value read below its subject',
     'ensure(s.portal.count < s.portal.limit and s.portal.disabled, s.portal)', 'fail',
     '/portal/disabled'),
    ('a failed assertion does not stop the rule',
     'ensure(s.portal.disabled) ensure(s.portal.enabled) ensure(s.portal.text == "x")', 'fail',
     '/portal/text'),
    ('a value read once and asserted twice carries both',
     'local n = s.portal.count ensure(n > 0) ensure(n < 10)', 'pass', None),
    ('a value read once fails the second assertion on it',
     'local n = s.portal.count ensure(n > 0) ensure(n > 10)', 'fail', '/portal/count'),
    ('counting a list is a read', 'ensure(#s.names == 3)', 'pass', None),
    ('a wrong count fails at the list', 'ensure(#s.names == 4)', 'fail', '/names'),

    # data that is not there
    ('a typo in the policy is unknown', 'ensure(s.portal.enabeld)', 'unknown', '/portal/enabeld'),
    ('a missing part of the snapshot is unknown', 'ensure(s.console.enabled)', 'unknown',
     '/console'),
    ('null is unknown', 'ensure(s.portal.nothing)', 'unknown', '/portal/nothing'),
    ('not of something absent does not pass', 'ensure(not s.portal.absent)', 'unknown',
     '/portal/absent'),
    ('not of something below what is absent does not pass', 'ensure(not s.x.y)', 'unknown', '/x'),
    ('if absent then ensure does not pass', 'if s.vpn then ensure(s.vpn.on) end', 'unknown',
     '/vpn'),
    ('if absent then ensure, with another assertion, does not pass',
     'ensure(s.portal.enabled) if s.vpn then ensure(s.vpn.on) end', 'unknown', '/vpn'),
    ('a missing read inside pcall does not pass',
     'pcall(function() return s.x.y end) ensure(s.portal.enabled)', 'unknown', '/x'),
    ('a missing read inside pcall that failed does not pass',
     'local ok = pcall(function() ensure(s.x.y) end) ensure(s.portal.enabled)', 'unknown', '/x'),
    ('what was read before a failure and was missing is still told',
     'local x = s.vpn ensure(s.portal.enabled) ensure(s.portal.disabled)', 'fail', None),
    ('or with a default cannot hide what is absent', 'ensure((s.portal.absent or true) == true)',
     'unknown', '/portal/absent'),
    ('a comparison with something absent is unknown', 'ensure(s.portal.absent < 3)', 'unknown',
     '/portal/absent'),
    ('the length of something absent is unknown', 'ensure(#s.absent == 0)', 'unknown', '/absent'),
    ('joining something absent is unknown', 'ensure("a" .. s.absent == "a")', 'unknown',
     '/absent'),
    ('something absent as a key is unknown', 'local t = {} t[s.absent] = 1 ensure(s.portal.enabled)',
     'unknown', '/absent'),
    ('arithmetic on something absent is unknown', 'ensure(s.absent + 1 == 1)', 'unknown',
     '/absent'),
    ('a loop up to something absent is unknown', 'for i = 1, s.absent do ensure(s.portal.enabled) end',
     'unknown', '/absent'),
    ('an equal comparison of two absent values does not pass', 'ensure(s.a1 == s.a2)', 'unknown',
     '/a1'),
    ('an element beyond the end is unknown', 'ensure(s.names[4] ~= "x")', 'unknown', '/names/3'),
    ('an assertion on nil is unknown', 'local x ensure(x)', 'unknown', None),
    ('a field of a string is unknown, not nil', 'ensure(not s.portal.mode.enabled)', 'unknown',
     '/portal/mode'),
    ('a name looked up in a list is unknown', 'ensure(not s.names.first)', 'unknown', '/names'),
    ('a position looked up in an object is unknown', 'ensure(not s.portal[1])', 'unknown',
     '/portal'),

    # optional
    ('has() of something absent is honest', 'ensure(not has(s.portal, "vpn"))', 'pass', None),
    ('has() of something there is true', 'ensure(has(s.portal, "mode"))', 'pass', None),
    ('has() does not excuse null', 'ensure(not has(s.portal, "nothing"))', 'unknown',
     '/portal/nothing'),
    ('get() gives the default of something absent', 'ensure(get(s.portal, "vpn", 3) == 3)', 'pass',
     None),
    ('get() does not excuse null', 'ensure(get(s.portal, "nothing", 3) == 3)', 'unknown',
     '/portal/nothing'),
    ('get() of something absent without a default, and its field, is unknown or an error',
     'ensure(get(s.portal, "vpn").x == 1)', 'error', None),
    ('is_null() asks for null', 'ensure(is_null(s.portal, "nothing"))', 'pass', None),
    ('is_null() of a value is false', 'ensure(not is_null(s.portal, "mode"))', 'pass', None),
    ('has() on something absent is unknown', 'ensure(not has(s.absent, "x"))', 'unknown',
     '/absent'),

    # for all over nothing
    ('a loop over an empty list is unknown', 'for _, e in ipairs(s.empty) do ensure(e.ok) end',
     'unknown', '/empty'),
    ('a loop over an empty list beside a passing assertion is unknown',
     'ensure(s.portal.enabled) for _, e in ipairs(s.empty) do ensure(e.ok) end', 'unknown',
     '/empty'),
    ('a loop over an empty object is unknown',
     'ensure(s.portal.enabled) for k in pairs(s.empty_object) do ensure(k == 1) end', 'unknown',
     '/empty_object'),
    ('the length of an empty list is unknown', 'ensure(#s.empty == 0)', 'unknown', '/empty'),
    ('joining an empty list is unknown', 'ensure(table.concat(s.empty) == "")', 'unknown',
     '/empty'),
    ('handing an empty list to a helper is unknown', 'ensure(net.coverage(s.empty) == 0)',
     'unknown', '/empty'),
    ('maybe_empty() says that it may be', 'for _, e in ipairs(maybe_empty(s.empty)) do ensure(e.ok) end '
     'ensure(s.portal.enabled)', 'pass', None),
    ('is_empty() asks without complaint', 'ensure(is_empty(s.empty))', 'pass', None),
    ('has() does not allow an empty list to be walked',
     'ensure(has(s, "empty")) for _, e in ipairs(s.empty) do ensure(e.ok) end', 'unknown',
     '/empty'),
    ('a loop that never ran asserted nothing',
     'for _, a in ipairs(s.accounts) do if a.kind == "robot" then ensure(a.mfa) end end',
     'unknown', None),
    ('each() reports that it selected none',
     'ensure(s.portal.enabled) for _, a in each(s.accounts, "a robot", function(a) return a.kind == "robot" '
     'end) do ensure(a.mfa) end', 'unknown', '/accounts'),
    ('each() walks what it selected',
     'for _, a in each(s.accounts, "a person", function(a) return a.kind == "person" end) do '
     'ensure(a.mfa, a) end', 'fail', '/accounts/1/mfa'),
    ('a null in the middle of a list does not end the walk',
     'for _, n in ipairs(s.holes) do ensure(n ~= 4) end', 'fail', '/holes/3'),
    ('a null in the middle of a list does not pass',
     'for _, n in ipairs(s.holes) do ensure(n < 9) end', 'unknown', '/holes/1'),
    ('ipairs over an object is unknown', 'for _, n in ipairs(s.portal) do ensure(n) end '
     'ensure(s.portal.enabled)', 'unknown', '/portal'),

    # nothing vacuous
    ('a rule without an assertion is unknown', 'local x = s.portal.enabled', 'unknown', None),
    ('an assertion on nothing read is unknown', 'ensure(true)', 'unknown', None),
    ('an assertion on a parameter alone is unknown', 'ensure(params.limit == 5)', 'unknown', None),
    ('a false assertion on nothing read is unknown', 'ensure(1 == 2)', 'unknown', None),
    ('an assertion only about applicability is unknown', 'ensure(true)', 'unknown', None,
     'service = "iad"'),

    # booleans
    ('the string "false" is no boolean', 'ensure(s.portal.text)', 'error', None),
    ('the number 0 is no boolean', 'ensure(0)', 'error', None),
    ('a list is no boolean', 'ensure(s.names)', 'error', None),
    ('what is no boolean is an error inside pcall too',
     'pcall(ensure, "x") ensure(s.portal.enabled)', 'error', None),
    ('an assertion with a bad message is an error inside pcall too',
     'pcall(ensure, s.portal.disabled, nil, 42) ensure(s.portal.enabled)', 'error', None),
    ('an assertion with a bad subject is an error inside pcall too',
     'pcall(ensure, s.portal.disabled, "portal") ensure(s.portal.enabled)', 'error', None),
    ('strings do not turn into numbers', 'ensure(s.portal.count + "1" == 4)', 'error', None),

    # endings
    ('not_applicable() ends the rule', 'not_applicable("no console")', 'not_applicable', None),
    ('not_applicable() cannot be undone by pcall',
     'pcall(not_applicable, "no console") ensure(s.portal.disabled)', 'not_applicable', None),
    ('not_applicable() after an assertion is an error',
     'ensure(s.portal.enabled) not_applicable("no console")', 'error', None),
    ('not_applicable() after something missing is unknown',
     'if not s.vpn then not_applicable("no vpn") end', 'unknown', '/vpn'),
    ('an error of the script is an error', 'error("boom")', 'error', None),
    ('an error of the script without anything missing is no unknown',
     'local t = {} ensure(t.x.y == s.portal.enabled)', 'error', None),
    ('an unknown parameter is an error', 'ensure(params.limt == s.portal.count)', 'error', None),
    ('an unknown parameter is an error inside pcall too',
     'pcall(function() return params.limt end) ensure(s.portal.enabled)', 'error', None),
    ('a parameter without value and default is unknown',
     'ensure(s.portal.count < params.required)', 'unknown', None),
    ('a parameter without value is unknown inside pcall too',
     'pcall(function() return params.required end) ensure(s.portal.enabled)', 'unknown', None),
    ('an endless loop ends as an error', 'while true do end', 'error', None),
    ('an endless loop ends as an error inside pcall too',
     'pcall(function() while true do end end) ensure(s.portal.enabled)', 'error', None),
    ('hoarding memory ends as an error',
     'local t = {} for i = 1, 1e8 do t[i] = { i } end ensure(s.portal.enabled)', 'error', None),
    ('hoarding memory ends as an error inside pcall too',
     'pcall(function() local t = {} for i = 1, 1e8 do t[i] = { i } end end) ensure(s.portal.enabled)',
     'error', None),
    ('a huge string ends as an error', 'ensure(#string.rep("x", 1e9) > s.portal.count)', 'error',
     None),
    ('the snapshot cannot be written to', 's.portal.enabled = true', 'error', None),
    ('a writing pcall changes nothing',
     'pcall(function() s.portal.disabled = true end) ensure(s.portal.disabled)', 'fail',
     '/portal/disabled'),
    ('a library cannot be written to', 'net.coverage = 1', 'error', None),
    ('note() never changes a status', 'note("careful") ensure(s.portal.enabled)', 'pass', None),
    ('a message that cannot be shown changes nothing',
     'ensure(s.portal.disabled, nil, "{x} and {y}", { x = {}, y = print_nothing })', 'fail',
     '/portal/disabled'),

    # applicability
    ('another service is not applicable', 'ensure(s.portal.disabled)', 'not_applicable', None,
     'service = "ctx"'),
    ('this service is judged', 'ensure(s.portal.disabled)', 'fail', None, 'service = "iad"'),
    ('an option that is not contracted is not applicable', 'ensure(s.portal.disabled)',
     'not_applicable', None, 'option = "admin_console"'),
    ('a contracted option is judged', 'ensure(s.portal.enabled)', 'pass', None,
     'option = "two_site"'),
    ('another state is not applicable', 'ensure(s.portal.disabled)', 'not_applicable', None,
     'state = "terminated"'),
]

# The same rule on another profile: sentence, what to replace, by what, when, status.
PROFILES = [
    ('an unknown service is unknown', '"service": "iad"', '"service": "iadd"', 'service = "iad"',
     'unknown'),
    ('an absent service is unknown', '"service": "iad", ', '', 'service = "iad"', 'unknown'),
    ('a null service is unknown', '"service": "iad"', '"service": null', 'service = "ctx"',
     'unknown'),
    ('a service of the wrong type is unknown', '"service": "iad"', '"service": 1',
     'service = "ctx"', 'unknown'),
    ('both services are either', '"service": "iad"', '"service": "both"', 'service = "ctx"',
     'pass'),
    ('an unknown option is unknown', '"two_site"', '"two_sites"', 'option = "admin_console"',
     'unknown'),
    ('options that are absent are unknown', '"options": ["two_site"], ', '',
     'option = "admin_console"', 'unknown'),
    ('options of the wrong type are unknown', '["two_site"]', '"two_site"',
     'option = "admin_console"', 'unknown'),
    ('no options at all are an answer', '["two_site"]', '[]', 'option = "admin_console"',
     'not_applicable'),
    ('an unknown state is unknown', '"active"', '"activ"', 'state = "terminated"', 'unknown'),
]

MODEL = '''return record{
  { "as_of", format"timestamp" },
  { "contract", record{ { "service", enum{ "iad", "ctx", "both" }, required = true },
    { "options", list(enum{ "two_site", "admin_console" }) }, { "state", text{} } } },
  { "portal", record{ { "enabled", boolean, required = true }, { "disabled", boolean },
    { "mode", enum{ "enforce", "audit" } }, { "text", text{} }, { "count", integer{ max = 5 } },
    { "nothing", nullable(text{}) }, { "limit", integer{} }, { "vpn", boolean },
    { "needed", text{}, required = true } } },
  { "console", record{ { "url", text{} } }, option = "admin_console" },
  { "empty", list(text{}) }, { "empty_object", map(text{}) }, { "holes", list(integer{}) },
  { "accounts", list(record{ { "id", format"id", required = true }, { "kind", text{} },
    { "mfa", boolean } }, { unique = "id" }) }, { "names", list(text{}) } }
'''

# With the model: sentence, what to replace, by what, body, status, pointer, when
MODELLED = [
    ('a boolean written as a string reads as absent', '"enabled": true', '"enabled": "true"',
     'ensure(s.portal.enabled)', 'unknown', '/portal/enabled', ''),
    ('a value of the wrong type is not excused by get()', '"enabled": true', '"enabled": "true"',
     'ensure(get(s.portal, "enabled", true))', 'unknown', '/portal/enabled', ''),
    ('a value of the wrong type is not excused by has()', '"mode": "enforce"', '"mode": 1',
     'ensure(has(s.portal, "mode") == false)', 'unknown', '/portal/mode', ''),
    ('a word outside of its enumeration reads as absent', '"enforce"', '"enforced"',
     'ensure(s.portal.mode ~= "audit")', 'unknown', '/portal/mode', ''),
    ('a number out of range reads as absent', '"count": 3', '"count": 6',
     'ensure(s.portal.count > 0)', 'unknown', '/portal/count', ''),
    ('a fraction is no whole number', '"count": 3', '"count": 3.0', 'ensure(s.portal.count > 0)',
     'unknown', '/portal/count', ''),
    ('a wrong value elsewhere does not stop the other rules', '"count": 3', '"count": "3"',
     'ensure(s.portal.enabled)', 'pass', None, ''),
    ('a required field is not excused by get()', '', '', 'ensure(get(s.portal, "needed", "x") == "x")',
     'unknown', '/portal/needed', ''),
    ('a required field is not excused by has()', '', '', 'ensure(not has(s.portal, "needed"))',
     'unknown', '/portal/needed', ''),
    ('an optional field is excused by has()', '', '', 'ensure(not has(s.portal, "vpn"))', 'pass',
     None, ''),
    ('a field that the model does not know is an error inside pcall too', '', '',
     'pcall(has, s.portal, "vpnn") ensure(s.portal.enabled)', 'error', None, ''),
    ('a field that the model does not know is an error of the policy', '', '',
     'ensure(not has(s.portal, "vpnn"))', 'error', None, ''),
    ('a nullable null is still unknown to a plain read', '', '', 'ensure(not s.portal.nothing)',
     'unknown', '/portal/nothing', ''),
    ('a nullable null may be asked for', '', '', 'ensure(is_null(s.portal, "nothing"))', 'pass', None,
     ''),
    ('the second element of the same id reads as absent', '"adm2"', '"adm1"',
     'for _, a in ipairs(s.accounts) do ensure(a.id ~= "") end', 'unknown', '/accounts/1/id', ''),
    ('what the contract denies and is there is unknown', '"names"',
     '"console": {"url": "https://x.example"}, "names"', 'ensure(s.portal.enabled)', 'unknown',
     '/console', 'option = "admin_console"'),
]


# ---- claims of the provider ----

CLAIM_PACK = PACK.replace('title = "Verdicts"', 'title = "Verdicts", claims = "/claims", zone = "/zone"')

CLAIMS = '''return {
  { doc = "paper", version = "1.0", issued = "2023-10-04", services = { "iad" },
    title = { en = "Paper", ja = "文書" },
    statements = { { clause = "1.1", en = "It was so.", ja = "そうだった。" } } },
  { doc = "paper", version = "1.1", issued = "2024-08-31", services = { "iad" },
    title = { en = "Paper", ja = "文書" },
    statements = { { clause = "1.1", en = "It is so.", ja = "そうである。" } } },
  { doc = "other", version = "1.0", issued = "2024-08-31", services = { "ctx" },
    title = { en = "Other", ja = "別の文書" },
    statements = { { clause = "1.1", en = "It is so.", ja = "そうである。" } } },
}
'''


def digest(doc, version, issued, service, title, title_ja, en, ja):
    """Of a set, by its definition in docs/claims.md, and not by the program."""
    text = json.dumps({'doc': doc, 'version': version, 'issued': issued, 'services': [service],
                       'title': {'en': title, 'ja': title_ja},
                       'statements': [{'clause': '1.1', 'en': en, 'ja': ja}]},
                      sort_keys=True, separators=(',', ':'), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


DIGESTS = {
    'paper 1.0': digest('paper', '1.0', '2023-10-04', 'iad', 'Paper', '文書', 'It was so.', 'そうだった。'),
    'paper 1.1': digest('paper', '1.1', '2024-08-31', 'iad', 'Paper', '文書', 'It is so.', 'そうである。'),
    'other 1.0': digest('other', '1.0', '2024-08-31', 'ctx', 'Other', '別の文書', 'It is so.',
                        'そうである。'),
}


def entry(name='paper 1.1', **changes):
    doc, version = name.split()
    made = {'doc': doc, 'version': version, 'sha256': DIGESTS[name], 'accepted_by': 'CISO',
            'accepted_at': '2026-10-01T09:00:00+09:00'}
    made.update(changes)
    return {key: value for key, value in made.items() if value is not None}


GOOD = [entry()]

# What a claimable rule does, with a claim that is accepted: sentence, body, status
CLAIMABLE = [
    ('an absent value is closed by a claim', 'ensure(s.vpn.on)', 'pass'),
    ('null is closed by a claim', 'ensure(s.portal.nothing == "x")', 'pass'),
    ('an absent value beside one that holds is closed by a claim',
     'ensure(s.portal.enabled) ensure(s.portal.absent == 1)', 'pass'),
    ('what a helper could not do with an absent value is closed by a claim',
     'ensure(net.coverage(s.absent) < 5)', 'pass'),
    ('a contradiction wins over a claim', 'ensure(s.vpn == 1) ensure(s.portal.disabled)', 'fail'),
    ('a measured pass needs no claim', 'ensure(s.portal.enabled)', 'pass'),
    ('an empty list is not closed by a claim', 'for _, e in ipairs(s.empty) do ensure(e.ok) end',
     'unknown'),
    ('a statement that nobody made is closed by a claim',
     'attested(s.accounts, { clause = "9.9.9", party = "provider", service = "iad", as_of = as_of, '
     'zone = "UTC" })', 'pass'),
    ('a statement in an empty list is closed by a claim',
     'attested(s.empty, { clause = "9.9.9", party = "provider", service = "iad", as_of = as_of, '
     'zone = "UTC" })', 'pass'),
    ('no assertion at all is not closed by a claim', 'local x = s.portal.enabled', 'unknown'),
    ('an assertion on nothing read is not closed by a claim', 'ensure(true)', 'unknown'),
    ('a value of the wrong kind is not closed by a claim', 'ensure(s.portal.mode.on)', 'unknown'),
    ('a wrong value beside an absent one is not closed by a claim',
     'local x = s.vpn ensure(s.portal.mode.on)', 'unknown'),
    ('a text that a helper cannot parse is not closed by a claim',
     'local x = s.vpn ensure(net.coverage({ s.portal.mode }) == 1)', 'unknown'),
    ('a list that selects nothing is closed by a claim: what was looked for is absent',
     'local x = s.vpn for _, a in each(s.accounts, "a robot", function(a) return a.kind == "robot" end) '
     'do ensure(a.mfa) end', 'pass'),
    ('a missing parameter is not closed by a claim', 'local x = s.vpn ensure(params.required == 1)',
     'unknown'),
    ('an unknown time zone is not closed by a claim',
     'ensure(time.age_days(s.as_of, as_of, s.portal.text) == 0)', 'unknown'),
    ('an error is not closed by a claim', 'local x = s.vpn error("boom")', 'error'),
    ('not_applicable() is not changed by a claim', 'not_applicable("no")', 'not_applicable'),
]

# The rule ensure(s.vpn.on): sentence, entries, what to replace in the snapshot, by what, status,
# words of the reason of the first entry that does not count (or None)
AS_OF = '"2026-11-20T09:00:00+09:00"'
ACCEPTED = [
    ('a claim that nobody accepted closes nothing', [], '', '', 'unknown', None),
    ('an accepted claim passes', GOOD, '', '', 'pass', None),
    ('a digest may be in upper case', [entry(sha256=DIGESTS['paper 1.1'].upper())], '', '', 'pass', None),
    ('another digest was not accepted', [entry(sha256='0' * 64)], '', '', 'unknown', 'sha256'),
    ('no digest accepts nothing', [entry(sha256=None)], '', '', 'unknown', 'sha256'),
    ('nobody accepts nothing', [entry(accepted_by=None)], '', '', 'unknown', 'accepted_by'),
    ('an empty name is nobody', [entry(accepted_by='')], '', '', 'unknown', 'accepted_by'),
    ('a document that nobody knows closes nothing', [entry(doc='papre')], '', '', 'unknown', 'document'),
    ('a version that nobody knows closes nothing', [entry(version='9')], '', '', 'unknown', 'version 9'),
    ('a newer version voids an acceptance', [entry('paper 1.0')], '', '', 'unknown', '1.1 has replaced'),
    ('an old acceptance beside a good one does no harm', [entry('paper 1.0'), entry()], '', '', 'pass',
     None),
    ('a claim about another service closes nothing', [entry('other 1.0')], '', '', 'unknown', 'speaks of'),
    ('both services need both sets', GOOD, '"service": "iad"', '"service": "both"', 'unknown', None),
    ('both services pass on both sets', [entry(), entry('other 1.0')], '"service": "iad"',
     '"service": "both"', 'pass', None),
    ('an unknown service rests on nothing', GOOD, '"service": "iad"', '"service": "aid"', 'unknown',
     'speaks of'),
    ('accepted 365 days ago counts', [entry(accepted_at='2025-11-20T00:00:00+09:00')], '', '', 'pass',
     None),
    ('accepted 366 days ago does not', [entry(accepted_at='2025-11-19T23:59:59+09:00')], '', '',
     'unknown', '365 days'),
    ('days are of the zone of the tenant', [entry(accepted_at='2025-11-19T23:59:59+09:00')],
     '"Asia/Tokyo"', '"UTC"', 'unknown', '365 days'),
    ('in another zone it is still the day before', [entry(accepted_at='2025-11-19T15:00:00Z')], '', '',
     'pass', None),
    ('accepted at the evaluation time counts', [entry(accepted_at='2026-11-20T00:00:00Z')], '', '',
     'pass', None),
    ('accepted a second later does not', [entry(accepted_at='2026-11-20T00:00:01Z')], '', '', 'unknown',
     'after the evaluation time'),
    ('accepted on the day of issue counts', [entry(accepted_at='2024-08-31T00:00:00+09:00')], AS_OF,
     '"2024-09-01T00:00:00+09:00"', 'pass', None),
    ('nobody accepts what is not issued yet', [entry(accepted_at='2024-08-30T23:59:59+09:00')], AS_OF,
     '"2024-09-01T00:00:00+09:00"', 'unknown', 'issued'),
    ('a date that cannot be read accepts nothing', [entry(accepted_at='yesterday')], '', '', 'unknown',
     'accepted_at'),
    ('without an evaluation time nothing is accepted', GOOD, '"as_of": ' + AS_OF, '"as_off": 1',
     'unknown', 'evaluation time'),
    ('without a time zone nothing is accepted', GOOD, '"zone"', '"zoen"', 'unknown', 'time zone'),
    ('an entry that is no object accepts nothing', ['paper'], '', '', 'unknown', 'object'),
    ('no list accepts nothing', {'doc': 'paper'}, '', '', 'unknown', 'list'),
    ('null accepts nothing', None, '', '', 'unknown', None),
]


def claiming(entries, old='', new=''):
    """The snapshot with a zone and these entries."""
    text = SNAPSHOT.replace('{\n', '{\n  "zone": "Asia/Tokyo", "claims": %s,\n' % json.dumps(entries), 1)
    assert old in text, old
    return text.replace(old, new, 1) if old else text


def claimable(bodies, owner='provider'):
    rules = ['{ id = "r%d", title = "x", claimable = true, check = function(s, params, as_of) %s end }'
             % (number, body) for number, body in enumerate(bodies)]
    return '''return { title = "Claimable", severity = "low", owner = "%s",
  params = { required = { type = "integer", doc = "x" } }, rules = { %s } }''' % (owner, ', '.join(rules))


CLAIM_MODEL = '''return record { { "portal", record {
  { "spare", boolean, required = true, en = "x", ja = "x" } }, required = true, en = "x", ja = "x" } }'''

# With a model: sentence, body, status
MISSPELT = [
    ('a field of the model that is absent is closed by a claim', 'ensure(s.portal.spare)', 'pass'),
    ('a name that the model does not have, a typo of the policy, is not closed by a claim',
     'ensure(s.portal.spaer)', 'unknown'),
    ('nor when a field that is absent was read too', 'local x = s.portal.spare ensure(s.portal.spaer)', 'unknown'),
]


def check_claims(folder):
    files = {'pack.lua': CLAIM_PACK, 'claims.lua': CLAIMS,
             '1.1.lua': claimable([case[1] for case in CLAIMABLE]),
             '1.2.lua': claimable(['ensure(s.vpn.on)'])}
    result = run_result(folder, files, claiming(GOOD))
    for (sentence, _, status), rule in zip(CLAIMABLE, result['controls'][0]['rules']):
        compare(sentence, rule, status, None)
        claimed = status == 'pass' and sentence != 'a measured pass needs no claim'
        if (rule['basis'] == 'accepted_claim') != claimed:
            FAILED.append('%s: its basis is %s' % (sentence, rule['basis']))
        pointers = [e['pointer'] for e in rule['evidence']]
        if claimed and pointers[:2] != ['/claims/0/doc', '/claims/0/version']:
            FAILED.append('%s: its evidence is %s' % (sentence, pointers))
        if claimed and not all(e['line'] and e['column'] for e in rule['evidence']):
            FAILED.append('%s: evidence without its place' % sentence)
        if claimed and 'paper 1.1' not in rule['reason']['en']:
            FAILED.append('%s: its reason is %s' % (sentence, rule['reason']['en']))
    compare('a clause of which no set says anything is closed by none',
            result['controls'][1]['rules'][0], 'unknown', '/vpn')
    passed = sum(rule['basis'] == 'accepted_claim' for rule in result['controls'][0]['rules'])
    if result['summary']['by_basis']['accepted_claim'] != passed or passed == 0:
        FAILED.append('passes on claims are not counted apart: %s' % result['summary']['by_basis'])
    if [(c['state'], c['rules']) for c in result['claims']] != [('accepted', passed)]:
        FAILED.append('the accepted claim does not count what rests on it: %s' % result['claims'])
    files = {'1.1.lua': claimable(['ensure(s.vpn.on)']), '1.2.lua': control([('x', 'ensure(s.portal.enabled)')])}
    for sentence, entries, old, new, status, words in ACCEPTED:
        result = run_result(folder, files, claiming(entries, old, new))
        compare(sentence, result['controls'][0]['rules'][0], status, None)
        reasons = [c['reason']['en'] for c in result['claims'] if c['state'] == 'void' and c['hint']]
        if words is not None and (not reasons or words not in reasons[0]):
            FAILED.append('%s: %s is not said, but %s' % (sentence, words, reasons))
    result = run_result(folder, files, claiming([]))
    if [(c['state'], c['doc'], c['rules']) for c in result['claims']] != [('not_accepted', 'paper', 1)]:
        FAILED.append('a claim that would close a rule is not listed: %s' % result['claims'])
    for basis, status in (('attested', 'unknown'), ('measured', 'unknown')):
        result = run_result(folder, files, claiming(GOOD), '--require-basis', basis)
        compare('--require-basis %s takes no claim' % basis, result['controls'][0]['rules'][0], status, None)
        compare('--require-basis %s takes what was measured' % basis, result['controls'][1]['rules'][0],
                'pass', None)
    files['model.lua'] = CLAIM_MODEL
    files['1.1.lua'] = claimable([case[1] for case in MISSPELT])
    result = run_result(folder, files, claiming(GOOD))
    for (sentence, _, status), rule in zip(MISSPELT, result['controls'][0]['rules']):
        compare(sentence, rule, status, None)
    os.unlink(os.path.join(folder, 'model.lua'))
    os.unlink(os.path.join(folder, '1.1.lua'))
    os.unlink(os.path.join(folder, '1.2.lua'))
    os.unlink(os.path.join(folder, 'claims.lua'))
    return len(CLAIMABLE) + len(ACCEPTED) + len(MISSPELT) + 8


# ---- areas that nobody collected ----

AREA_PACK = PACK.replace('title = "Verdicts"', '''title = "Verdicts", collected = "/collected",
  guide = "guide.md", areas = {
    { word = "vpn", title = { en = "VPN", ja = "VPN" }, known_to = "customer", collect = "run it" },
    { word = "accounts", title = "Accounts", known_to = "customer", collect = "list them" },
    { word = "backup", at = { "/tapes", "/disks" }, title = "Backup", known_to = "provider",
      collect = "ask" } }''')

# sentence, what the snapshot lists, body, the areas that are told with the number of their rules
AREAS = [
    ('what is missing of an area that was not collected is told as that area', ['accounts'],
     'ensure(s.vpn.on) ensure(s.vpn2.on)', {'vpn': 1}),
    ('an area may lie at several places', ['accounts'], 'local d = s.disks ensure(s.tapes.kept)',
     {'backup': 1}),
    ('a part of an area is in it', [], 'ensure(s.accounts[1].phone == 1)', {'accounts': 1}),
    ('a name that only begins like an area is not in it', [], 'ensure(s.vpn2.on)', {}),
    ('what is missing of an area that was collected is told by itself', ['vpn'], 'ensure(s.vpn.on)', {}),
    ('what is there needs no area', [], 'ensure(s.portal.enabled)', {}),
    ('a failure in an area that was not collected is told by itself', [],
     'ensure(s.accounts[2].mfa)', {}),
    ('without the list an area of which nothing is there was not collected', None,
     'local x = s.accounts[1].phone ensure(s.vpn.on)', {'vpn': 1}),
    ('a list of the wrong type is none', 'vpn', 'ensure(s.vpn.on)', {'vpn': 1}),
]


def check_areas(folder):
    files = {'pack.lua': AREA_PACK}
    for sentence, listed, body, areas in AREAS:
        files['1.1.lua'] = control([('x', body)])
        text = SNAPSHOT.replace('{\n', '{\n  "collected": %s,\n' % json.dumps(listed), 1)
        result = run_result(folder, files, text)
        told = {area['area']: area['rules'] for area in result['uncollected']}
        if told != areas:
            FAILED.append('%s: %s' % (sentence, told))
        marked = {f['uncollected'] for rule in result['controls'][0]['rules']
                  for f in rule['findings'] if 'uncollected' in f}
        if marked != set(areas):
            FAILED.append('%s: the findings are marked %s' % (sentence, marked))
        for area in result['uncollected']:
            if area['link'] != 'guide.md#' + area['area']:
                FAILED.append('%s: it links to %s' % (sentence, area['link']))
    os.unlink(os.path.join(folder, '1.1.lua'))
    return len(AREAS)


# ---- what no rule looked at: sentence, body, options, pointers that are told, and that are not ----

UNREAD = [
    ('what no rule looked at is told', 'ensure(s.portal.enabled)', [],
     ['/portal/disabled', '/accounts', '/names'], ['/portal', '/portal/enabled', '/as_of', '/contract/service']),
    ('an element that no rule looked at is told once', 'for _, a in ipairs(s.accounts) do ensure(a.id ~= "") end',
     [], ['/accounts/0/kind', '/accounts/0/mfa', '/portal'], ['/accounts', '/accounts/1/kind']),
    ('what is null was looked at', 'ensure(s.portal.nothing == 1)', [], ['/portal/text'], ['/portal/nothing']),
    ('what a rule only asked for was looked at', 'ensure(has(s.portal, "mode"))', [], ['/portal/text'],
     ['/portal/mode']),
    ('where not all rules ran nothing is told', 'ensure(s.portal.enabled)', ['--only', 'r0'], None, None),
    ('where all rules are named it is told', 'ensure(s.portal.enabled)', ['--only', 'r0', '--only', 'r1'],
     ['/portal/disabled'], []),
]


def check_unread(folder):
    files = {'pack.lua': PACK}
    for sentence, body, options, told, untold in UNREAD:
        files['1.1.lua'] = control([('x', body), ('y', 'ensure(s.as_of ~= "")')])
        result = run_result(folder, files, SNAPSHOT, *options)
        pointers = [part['pointer'] for part in result['unread']]
        if told is None:
            if pointers or result['unread_total'] is not None:
                FAILED.append('%s: %s' % (sentence, result['unread']))
            continue
        if not set(told) <= set(pointers) or set(untold) & set(pointers):
            FAILED.append('%s: %s' % (sentence, pointers))
        if result['unread_total'] != len(pointers) or not all(p['line'] for p in result['unread']):
            FAILED.append('%s: without a place or a count' % sentence)
    os.unlink(os.path.join(folder, '1.1.lua'))
    return len(UNREAD)


# ---- whose fault it is: sentence, body, whether the policy's, and how the message begins ----

FAULTS = [
    ('a rule that came to no ensure()', 'local x = s.portal.enabled', True, '1.1.lua:5: nothing was asserted'),
    ('an assertion that stands on no read', 'ensure(true)', True, '1.1.lua:6: no assertion stood'),
    ('a false assertion that stands on no read', 'ensure(false)', True, '1.1.lua:7: an assertion was false'),
    ('a condition that is nil', 'local x = s.portal.count local t = {} ensure(t[x])', True,
     '1.1.lua:8: a condition had no value'),
    ('a helper that is misused', 'ensure(net.coverage(3) < s.portal.count)', True,
     '1.1.lua:9: net.coverage cannot use'),
    ('an error of Lua', 'local x = s.portal.count error("boom")', True, 'the policy raised an error: 1.1.lua:10: boom'),
    ('a nil that is no as_of, which the rule does not take', 'local y local x = s.portal.count + y', True,
     'the policy raised an error: 1.1.lua:11: attempt'),
    ('an error behind what failed', 'ensure(s.portal.disabled, s.portal, "is off") error("late")', True,
     'the policy raised an error: 1.1.lua:12: late'),
    ('a list without ipairs', 'for _, a in s.accounts do ensure(a.mfa) end', True,
     'the policy raised an error: 1.1.lua:13: a list or object of the snapshot is walked with ipairs()'),
    ('a list that is joined', 'ensure(s.portal.text .. s.names == "")', True,
     'the policy raised an error: 1.1.lua:14: attempt to concatenate a list or object of the snapshot'),
    ('a list that is compared', 'ensure(s.names > 3)', True,
     'the policy raised an error: 1.1.lua:15: attempt to compare number with a list or object of the snapshot'),
    ('a field that is missing', 'ensure(s.portal.gone)', False, '/portal/gone is missing'),
    ('a helper that cannot use a value', 'ensure(net.coverage({s.portal.mode}) < 3)', False,
     '/portal/mode cannot be used'),
    ('a parameter that was not given', 'ensure(s.portal.count < params.required)', False, 'the parameter required'),
    ('what failed', 'ensure(s.portal.disabled, s.portal, "is off too")', False, 'is off too'),
]
HEADS = {'text': ['The policy is at fault (11 rules)', 'Data is missing (3 rules)'],
         'markdown': ['### The policy is at fault (11 rules)', '### Data is missing (3 rules)'],
         'html': ['id="s1-fault"><span lang=en>The policy is at fault (11 rules)',
                  'id="s1-unknown"><span lang=en>Data is missing (3 rules)']}


def check_faults(folder):
    """Each is told where it belongs, and nowhere else; a saved result says the same."""
    text = control([(case[0], case[1]) for case in FAULTS]).replace('function(s, params, as_of)',
                                                                   'function(s, params)')
    result = run_result(folder, {'pack.lua': PACK, '1.1.lua': text}, SNAPSHOT.replace('"as_of"', '"as_at"'))
    for case, rule in zip(FAULTS, result['controls'][0]['rules']):
        of_policy = rule['status'] == 'error' or any(f.get('fault') == 'policy' for f in rule['findings'])
        if of_policy != case[2] or not rule['reason']['en'].startswith(case[3]):
            FAILED.append('%s: %s %s' % (case[0], rule['reason']['en'], rule['findings']))
    saved = os.path.join(folder, 'saved')
    check = [PROGRAM, '--pack', folder, os.path.join(folder, 'snapshot.json'), '-o']
    with open(saved, 'wb') as file:
        subprocess.run([*check, 'json'], stdout=file, check=False)
    for report, heads in HEADS.items():
        page = subprocess.run([*check, report], stdout=subprocess.PIPE, check=False).stdout.decode()
        page = ' '.join(page.split())  # lines are wrapped
        again = subprocess.run([PROGRAM, 'convert', '-o', report, saved],
                               stdout=subprocess.PIPE, check=False).stdout.decode()
        fault, missing = (page.find(head) for head in heads)
        end = page.find('id="s1-waived"' if report == 'html' else 'Controls', missing)
        if not 0 < fault < missing < end or again.count(heads[0]) != 1:
            FAILED.append('%s: the headings are not there in their order' % report)
        for sentence, _, of_policy, words in FAULTS:
            words = words.replace('_', r'\_') if report == 'markdown' else words
            words = words.split(': ')[-1]
            if (words in page[fault:missing]) != of_policy or (of_policy and words in page[missing:end]):
                FAILED.append('%s: %s is told in the wrong place' % (report, sentence))
        if report == 'text' and ("open, customer's side: 1.1 open, policy's author: 1.1" not in page):
            FAILED.append('text: who has to act')
    only = control([(case[0], case[1]) for case in FAULTS if case[2] and 'disabled' not in case[1]])
    run_result(folder, {'1.1.lua': only}, SNAPSHOT)
    page = subprocess.run([*check, 'text'], stdout=subprocess.PIPE, check=False).stdout.decode()
    if "customer's side" in page or "  open, policy's author: 1.1\n" not in page or 'next: collect' in page:
        FAILED.append('text: it is nothing for the customer')
    os.unlink(os.path.join(folder, '1.1.lua'))
    return len(FAULTS) + len(HEADS) + 1


# ---- a name that is wrong: in the snapshot, or in the policy; the two are never mixed up ----

NAMES_MODEL = '''return record{ { "mfa", record{
  { "required", boolean, en = "R", ja = "R" }, { "requested", boolean, en = "Q", ja = "Q" },
}, en = "M", ja = "M" } }
'''
# sentence, what the snapshot calls it, what the policy asks for, is there a model, fault, message, hint
NAMES = [
    ('the snapshot is misspelt', 'requird', 'required', True, None, '/mfa/required is missing',
     'requird is there, which the model does not know: is it misspelt?'),
    ('the policy is misspelt', 'required', 'requierd', True, 'policy',
     '1.1.lua:5: /mfa/requierd is no field of the model', 'did you mean required?'),
    ('both are misspelt', 'requird', 'requierd', True, 'policy',
     '1.1.lua:5: /mfa/requierd is no field of the model', 'did you mean required?'),
    ('the misspelt key is meant for another field', 'requestd', 'required', True, None, '/mfa/required is missing',
     None),
    ('nothing is like it', 'x', 'required', True, None, '/mfa/required is missing', None),
    ('without a model nobody knows which', 'required', 'requierd', False, None, '/mfa/requierd is missing',
     'did you mean required?'),
]


def check_names(folder):
    for sentence, key, asked, modelled, fault, message, hint in NAMES:
        own = os.path.join(folder, 'modelled' if modelled else 'plain')
        os.makedirs(own, exist_ok=True)
        files = {'pack.lua': 'return { id = "names", version = "1", title = "Names" }',
                 '1.1.lua': control([('x', 'ensure(s.mfa.%s)' % asked)])}
        if modelled:
            files['model.lua'] = NAMES_MODEL
        result = run_result(own, files, '{"mfa": {"%s": true}}' % key)
        finding = result['controls'][0]['rules'][0]['findings'][0]
        got = finding.get('fault'), finding['message']['en'], finding.get('hint', {}).get('en')
        if got != (fault, message, hint):
            FAILED.append('%s: %s' % (sentence, got))
        for problem in result['problems']:
            if 'hint' in problem and problem['hint']['en'] != 'did you mean %s?' % (
                    'requested' if key == 'requestd' else 'required'):
                FAILED.append('%s: the problem says %s' % (sentence, problem['hint']))
    return len(NAMES)


def control(cases):
    rules = []
    for number, case in enumerate(cases):
        when = ', when = { %s }' % case[4] if len(case) > 4 and case[4] else ''
        body = case[1].replace('print_nothing', 'function() end')
        rules.append('    { id = "r%d", title = "x"%s, check = function(s, params, as_of) %s end },'
                     % (number, when, body))
    return '''return { title = "Cases", severity = "low", owner = "customer",
  params = { limit = { type = "integer", default = 5, doc = "x" },
             required = { type = "integer", doc = "x" } },
  rules = {
%s
  } }
''' % '\n'.join(rules)


def run_result(folder, files, snapshot, *options):
    for name, text in files.items():
        with open(os.path.join(folder, name), 'w', encoding='utf-8') as file:
            file.write(text)
    path = os.path.join(folder, 'snapshot.json')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(snapshot)
    ended = subprocess.run([PROGRAM, '--pack', folder, '-o', 'json', '--evidence', 'all', *options, path],
                           stdout=subprocess.PIPE, check=False)
    assert ended.returncode in (0, 1), ended
    return json.loads(ended.stdout)['results'][0]


def run(folder, files, snapshot):
    return run_result(folder, files, snapshot)['controls'][0]['rules']


FAILED = []


def compare(sentence, rule, status, pointer):
    """The status, the blame, and what must always hold."""
    pointers = [f['pointer'] for f in rule['findings']]
    if rule['status'] != status:
        FAILED.append('%s: expected %s, got %s: %s' % (sentence, status, rule['status'],
                                                      rule['reason']['en']))
    elif pointer is not None and pointer not in pointers:
        FAILED.append('%s: %s is not blamed, but %s' % (sentence, pointer, pointers))
    if rule['status'] == 'pass' and (rule['findings'] or not rule['evidence']):
        FAILED.append('%s: passed with findings or without evidence' % sentence)
    for finding in rule['findings']:
        if finding['pointer'] is not None and not (finding['line'] and finding['column']):
            FAILED.append('%s: a finding without its place' % sentence)


def main():
    with tempfile.TemporaryDirectory() as folder:
        more_cases = check_claims(folder) + check_areas(folder) + check_unread(folder)
        more_cases += check_faults(folder) + check_names(folder)
        rules = run(folder, {'pack.lua': PACK, 'cases.lua': control(CASES)}, SNAPSHOT)
        assert len(rules) == len(CASES), (len(rules), len(CASES))
        for case, rule in zip(CASES, rules):
            compare(case[0], rule, case[2], case[3])
        for sentence, old, new, when, status in PROFILES:
            assert old in SNAPSHOT, old
            one = [(sentence, 'ensure(s.portal.enabled)', status, None, when)]
            rules = run(folder, {'cases.lua': control(one)}, SNAPSHOT.replace(old, new, 1))
            compare(sentence, rules[0], status, None)
        for sentence, old, new, body, status, pointer, when in MODELLED:
            assert old in SNAPSHOT, old
            one = [(sentence, body, status, pointer, when)]
            text = SNAPSHOT.replace(old, new, 1) if old else SNAPSHOT
            rules = run(folder, {'model.lua': MODEL, 'cases.lua': control(one)}, text)
            compare(sentence, rules[0], status, pointer)
    for line in FAILED:
        print(line)
    total = len(CASES) + len(PROFILES) + len(MODELLED) + more_cases
    print('%d passed, %d failed' % (total - len(FAILED), len(FAILED)))
    return 1 if FAILED else 0


if __name__ == '__main__':
    sys.exit(main())
