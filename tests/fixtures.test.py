#!/usr/bin/env python3
"""fixtures.test.py: every sample tenant gets the verdicts it was made for.

SPDX-License-Identifier: Apache-2.0

usage: fixtures.test.py PROGRAM. A new fixture needs a line in EXPECTED. What the schema says of the
fixtures is told by schema.test.py.
"""
import json
import os
import subprocess
import sys

PROGRAM = sys.argv[1]
ROOT = os.environ.get("PE_SOURCE_DIR") or os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FIXTURES = os.path.join(ROOT, "fixtures")
LIMIT = 100 * 1000  # bytes of a fixture, which people read
SECRET = "example-not-a-secret"

# Controls of the 41 that failed and that are unknown; and the problems that are meant to be there.
EXPECTED = {
    "both/compliant": (0, 0, []),
    "ctx/compliant": (0, 0, []),
    "ctx/contract-end": (1, 38, []),
    "ctx/every-option": (0, 0, []),
    # Which zone a host is in, only Azure tells.
    "ctx/first-run": (11, 28, [f"/hosts/{i}/interfaces" for i in range(4)]),
    "ctx/minimal": (0, 41, []),
    # A sign-in that could not be seen, and incidents of which nobody says that they are all.
    "ctx/realistic": (13, 5, ["/identities/accounts/9/last_sign_in", "/incidents/records"]),
    "iad/compliant": (0, 0, []),
    "iad/contract-end": (2, 39, []),
    "iad/every-option": (0, 0, []),
    # Hosts that the directory names and nobody has collected.
    "iad/first-run": (9, 29, [f"/hosts/{i}/interfaces" for i in range(2)]),
    "iad/minimal": (0, 41, []),
    # Nobody tried the tools from outside.
    "iad/realistic": (14, 5, ["/portals/admin_tools/external_probe"]),
}

failures = []


def expect(condition, what):
    if not condition:
        failures.append(what)
        print("fixtures: FAILED:", what)


def run(*arguments):
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr.decode()


def path_of(name):
    return os.path.join(FIXTURES, name + ".json")


def load(name):
    with open(path_of(name), encoding="utf-8") as file:
        return json.load(file)


def judge(name):
    status, out, err = run("-o", "json", "--evidence", "none", path_of(name))
    result = json.loads(out)["results"][0] if status in (0, 1) else None
    expect(result is not None, f"{name}: ended with status {status}: {err}")
    if result is not None:
        expect((status == 0) == (result["verdict"] == "pass"), f"{name}: status {status}, {result['verdict']}")
    return result


# ---- verdicts ----

def check_verdicts(name, result):
    failed, unknown, problems = EXPECTED[name]
    counts = result["summary"]["controls"]
    found = (counts["fail"], counts["unknown"], [p["pointer"] for p in result["problems"]])
    expect(found == (failed, unknown, problems), f"{name}: {found}, not {(failed, unknown, problems)}")
    expect(counts["total"] == 41 and counts["error"] == 0, f"{name}: {counts}")
    expect((result["verdict"] == "pass") == (failed + unknown == 0), f"{name}: verdict {result['verdict']}")


def check_realistic(name, result):
    """A tenant like others: some of each, in every severity and on both sides."""
    failing = [c for c in result["controls"] if c["status"] == "fail"]
    passed = result["summary"]["controls"]["pass"]
    expect(10 <= len(failing) <= 14 and passed >= 20, f"{name}: {len(failing)} failed, {passed} passed")
    severities = {c["severity"] for c in failing}
    expect(severities == {"critical", "high", "medium", "low"}, f"{name}: only {severities} failed")
    owners = {rule["owner"] for c in failing for rule in c["rules"] if rule["status"] == "fail"}
    expect(owners == {"provider", "customer", "shared"}, f"{name}: only rules of {owners} failed")


def check_first_run(name, result):
    """Useful in an hour: mistakes, passes, areas to collect next, and a claim to accept."""
    rules = result["summary"]["rules"]
    expect(rules["fail"] >= 10 and rules["pass"] >= 50, f"{name}: {rules}")
    collected = set(load(name)["collected"])
    areas = {area["area"] for area in result["uncollected"]}
    expect(len(areas) >= 8 and not areas & collected, f"{name}: to collect: {sorted(areas)}")
    grouped = [rule for c in result["controls"] for rule in c["rules"] if rule["status"] == "unknown"
               and any(finding.get("uncollected") for finding in rule["findings"])]
    expect(len(grouped) * 10 >= rules["unknown"] * 7,
           f"{name}: {len(grouped)} of {rules['unknown']} unknown rules are grouped by area")
    offers = [claim for claim in result["claims"] if claim["state"] == "not_accepted" and claim["rules"] > 0]
    expect(len(offers) == 1, f"{name}: {len(offers)} documents are offered")


def check_contract_end(name, result):
    rules = {rule["id"]: rule["status"] for control in result["controls"] if control["id"] == "CLD.8.1.5"
             for rule in control["rules"]}
    wanted = {"deletion-terms": "pass", "not-deleted-early": "pass", "data-deleted": "pass",
              "export-before-end": "pass", "option-data-deleted": "fail"}
    if name.startswith("ctx/"):
        wanted = {"deletion-terms": "pass", "export-before-end": "fail", "data-deleted": "not_applicable"}
    expect({rule: rules[rule] for rule in wanted} == wanted, f"{name}: {rules}")


# ---- files ----

def fields(value, path=""):
    """Paths of all members, without positions in lists."""
    if isinstance(value, list):
        return set().union(*(fields(element, path + "[]") for element in value))
    found = set()
    if isinstance(value, dict):
        for key, member in value.items():
            found |= {path + "." + key} | fields(member, path + "." + key)
    return found


def fields_of_schema(schema, shape, path=""):
    while "$ref" in shape or ("anyOf" in shape and "type" not in shape):
        shape = schema["$defs"][shape["$ref"].rsplit("/", 1)[-1]] if "$ref" in shape else shape["anyOf"][0]
    if shape["type"] == "array":
        return fields_of_schema(schema, shape["items"], path + "[]")
    found = set()
    for key, member in shape.get("properties", {}).items():
        found |= {path + "." + key} | fields_of_schema(schema, member, path + "." + key)
    return found


def check_every_field():
    """The two fixtures with every option, and the two contracts that end, have every field of the model."""
    schema = json.loads(run("schema")[1])
    names = [name for name in EXPECTED if name.endswith(("/every-option", "/contract-end"))]
    missing = fields_of_schema(schema, schema) - set().union(*(fields(load(name)) for name in names))
    # A holder that nobody can resolve is a mistake (ctx/realistic); a contract that began anew has no end.
    missing -= {".contract.termination.recontracted_on", ".identities.assignments[].unresolved_id"}
    expect(not missing, f"every-option: nobody fills {sorted(missing)}")


def check_secrets():
    """The placeholders of secrets are in the fixtures, and in no report."""
    for name in ("iad/every-option", "ctx/every-option"):
        with open(path_of(name), encoding="utf-8") as file:
            expect(SECRET in file.read(), f"{name}: holds no secret")
        for form in ("text", "json"):
            out = run("-o", form, "--evidence", "all", path_of(name))[1]
            expect(SECRET.encode() not in out, f"{name}: -o {form} shows a secret")


def check_files(names):
    folders = sorted(set(name.split("/")[0] for name in EXPECTED))
    found = sorted(f"{folder}/{file[:-5]}" for folder in folders
                   for file in os.listdir(os.path.join(FIXTURES, folder)) if file.endswith(".json"))
    expect(found == sorted(names), f"not listed: {sorted(set(found) ^ set(names))}")
    tenants = {}
    for name in names:
        size = os.path.getsize(path_of(name))
        expect(size <= LIMIT, f"{name}: {size} bytes")
        tenant = load(name)["tenant"]
        expect(tenant["name"] != tenant["name_en"], f"{name}: a name in one language")
        for word in (tenant["id"], tenant["name"], tenant["name_en"]):
            expect(word not in tenants, f"{name}: has the name of {tenants.get(word)}")
            tenants[word] = name
    for name in names:
        with open(path_of(name), encoding="utf-8") as file:
            text = file.read()
        others = [word for word, owner in tenants.items() if owner != name and word in text]
        expect(not others, f"{name}: names the tenants {others}")


def main():
    check_files(list(EXPECTED))
    for name in EXPECTED:
        result = judge(name)
        if result is None:
            continue
        check_verdicts(name, result)
        for kind, check in (("realistic", check_realistic), ("first-run", check_first_run),
                            ("contract-end", check_contract_end)):
            if name.endswith("/" + kind):
                check(name, result)
    check_every_field()
    check_secrets()
    print(f"fixtures: {len(EXPECTED)} tenants, {len(failures)} failures")
    return 1 if failures else 0


sys.exit(main())
