#!/usr/bin/env python3
"""claims.test.py: what accepting the provider's claims changes in a first run, and what it does not.

SPDX-License-Identifier: Apache-2.0

usage: claims.test.py PROGRAM. The acceptances are made of what `list --claims` prints, as a customer
would; when one counts (dates, digests, versions) is told by the pack's own tests.
"""
import copy
import json
import os
import subprocess
import sys

PROGRAM = sys.argv[1]
ROOT = os.environ.get("PE_SOURCE_DIR") or os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FIELDS = ("doc", "version", "sha256")

failures = []


def expect(condition, what):
    if not condition:
        failures.append(what)
        print("claims: FAILED:", what)


def run(arguments, text=None):
    done = subprocess.run([PROGRAM, *arguments], input=text, capture_output=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr.decode()


def load(name):
    with open(os.path.join(ROOT, "fixtures", name + ".json"), encoding="utf-8") as file:
        return json.load(file)


def judge(document, *options):
    status, out, err = run(["check", *options, "-o", "json", "-"], json.dumps(document).encode())
    assert status in (0, 1), err
    return json.loads(out)["results"][0]


def rules(result):
    return {(control["id"], rule["id"]): rule for control in result["controls"] for rule in control["rules"]}


def accept(document, sets, **other):
    """The document with these sets accepted."""
    document = copy.deepcopy(document)
    document["accepted_claims"] = [
        {**{field: claims[field] for field in FIELDS}, "accepted_by": "情報システム部長",
         "accepted_at": document["as_of"], **other} for claims in sets]
    return document


# ---- what changes ----

def check_acceptance(name, before, after, claims):
    """Only rules that were unknown changed, to passes on the claim, of clauses that it states."""
    clauses = {statement["clause"] for statement in claims["statements"]}
    closed, old = 0, rules(before)
    for key, rule in rules(after).items():
        what = f"{name}: {key[0]} {key[1]}"
        if rule["basis"] == "accepted_claim":
            closed += 1
            expect(old[key]["status"] == "unknown" and rule["status"] == "pass", f"{what}: passes on a claim")
            expect(key[0] in clauses, f"{what}: the document does not state this clause")
            expect(claims["doc"] in rule["reason"]["en"], f"{what}: the reason names no document")
            expect(any(e["pointer"].startswith("/accepted_claims/0") for e in rule["evidence"]),
                   f"{what}: the acceptance is no evidence")
        else:
            expect(rule["status"] == old[key]["status"], f"{what}: {old[key]['status']} became {rule['status']}")
    expect(closed >= 10, f"{name}: only {closed} rules rest on the claim")
    expect(after["summary"]["by_basis"]["accepted_claim"] == closed, f"{name}: counted apart")
    states = [(claim["state"], claim["doc"], claim["rules"]) for claim in after["claims"]]
    expect(states == [("accepted", claims["doc"], closed)], f"{name}: told of as {states}")
    offered = [(claim["state"], claim["doc"], claim["rules"]) for claim in before["claims"]]
    expect(offered == [("not_accepted", claims["doc"], closed)], f"{name}: offered as {offered}")
    return closed


def check_required_basis(name, document, before, closed):
    """An auditor asks for more: the same rules are unknown again, and still say what they rest on."""
    for basis in ("attested", "measured"):
        result = judge(document, "--require-basis", basis)
        refused = [key for key, rule in rules(result).items() if rule["basis"] == "accepted_claim"]
        expect(len(refused) == closed, f"{name}: --require-basis {basis} refuses {len(refused)} of {closed}")
        expect(all(rules(result)[key]["status"] == "unknown" for key in refused),
               f"{name}: a claim passes though {basis} is required")
        expect(result["summary"]["controls"] == before["summary"]["controls"],
               f"{name}: --require-basis {basis} leaves other counts than before the acceptance")
    status = run(["check", "--require-basis", "claimed", "-"], json.dumps(document).encode())[0]
    expect(status == 2, f"{name}: an unheard-of basis is refused")


def check_refused(name, document, before, claims):
    """What does not count changes nothing, and is told."""
    bad = {
        "digest": {"sha256": "0" * 64}, "version": {"version": "0.9"}, "document": {"doc": "no-such-document"},
        "future": {"accepted_at": "2099-01-01T00:00:00Z"}, "expired": {"accepted_at": "2025-06-01T00:00:00Z"},
        "before it was issued": {"accepted_at": "2020-01-01T00:00:00Z"},
    }
    for why, other in bad.items():
        result = judge(accept(document, [claims], **other))
        statuses = {key: rule["status"] for key, rule in rules(result).items()}
        expect(statuses == {key: rule["status"] for key, rule in rules(before).items()},
               f"{name}: a wrong {why} changes verdicts")
        void = [claim for claim in result["claims"] if claim["state"] == "void"]
        expect(len(void) == 1 and void[0]["rules"] == 0 and void[0]["reason"] and void[0]["pointer"],
               f"{name}: a wrong {why} is not told of")


def check_contradiction(documents):
    """A measured failure wins over an accepted claim, wherever the rule is claimable."""
    iad = accept(load("iad/realistic"), [documents["iad"]])
    supplier = {"id": "sp-cloud", "service": "iad", "name": "クラウドC", "kind": "cloud", "customer_owned": False,
                "data_access": True, "countries": ["JP"], "assessed_at": "2026-03-02T09:00:00+09:00",
                "equivalent": True, "assurances": [
                    {"standard": "SOC 2 Type 2", "expires": "2027-03-31", "covers": ["JP"]}]}
    key = ("15.1.3", "no-cloud-supplier")
    expect(rules(judge(iad))[key]["basis"] == "accepted_claim", "no supplier is known: the claim stands in")
    iad["supply_chain"] = {"confirmed_at": "2026-04-10T09:00:00+09:00", "suppliers": [supplier]}
    found = rules(judge(iad))[key]
    expect(found["status"] == "fail" and found["basis"] != "accepted_claim", "a cloud that was found wins")
    ctx = accept(load("ctx/realistic"), [documents["ctx"]])
    ctx["supply_chain"]["suppliers"][0]["equivalent"] = False
    expect(rules(judge(ctx))[("15.1.3", "equivalent-level")]["status"] == "fail", "so does it on CTX")


def check_lists(documents):
    """What one element of a list lacks does not let a claim hide what is wrong with the next."""
    key = ("15.1.3", "equivalent-level")
    ctx = accept(load("ctx/realistic"), [documents["ctx"]])
    suppliers = ctx["supply_chain"]["suppliers"]
    suppliers[1:] = [{**suppliers[0], "id": "sp-next"}]
    for supplier in suppliers:
        supplier.pop("equivalent")
    lacking = rules(judge(ctx))[key]
    expect(lacking["status"] in ("pass", "unknown"), f"lists: nothing is known: {lacking['status']}")
    suppliers[1]["equivalent"] = False
    found = rules(judge(ctx))[key]
    expect(found["status"] in ("fail", "unknown") and found["basis"] != "accepted_claim",
           f"lists: the second supplier is hidden by what the first lacks: {found['status']}, {found['basis']}")


def check_both_services(documents):
    """A rule about both services needs both documents."""
    both = load("both/compliant")
    both["attestations"] = [a for a in both["attestations"] if a["id"] != "at-whitepaper"]
    key, sets = ("14.2.1", "process-stated"), [documents["iad"], documents["ctx"]]
    expect(rules(judge(both))[key]["status"] == "unknown", "both: nothing is accepted")
    for one in sets:
        expect(rules(judge(accept(both, [one])))[key]["status"] == "unknown",
               f"both: {one['doc']} alone closes a rule about both")
    expect(rules(judge(accept(both, sets)))[key]["basis"] == "accepted_claim", "both: both are accepted")


def check_fixtures(documents):
    """The acceptances that fixtures hold are of what the pack states today."""
    for service in ("iad", "ctx"):
        for held in load(service + "/every-option")["accepted_claims"]:
            for field in FIELDS:
                expect(held[field] == documents[service][field],
                       f"fixtures/{service}/every-option.json: {field} of the claims is {documents[service][field]}")


def main():
    status, out, err = run(["list", "--claims", "-o", "json"])
    assert status == 0, err
    documents = {claims["services"][0]: claims for claims in json.loads(out)["claims"]}
    total = 0
    for service in ("iad", "ctx"):
        name, claims = service + "/first-run", documents[service]
        document = load(name)
        before, accepted = judge(document), accept(document, [claims])
        closed = check_acceptance(name, before, judge(accepted), claims)
        check_required_basis(name, accepted, before, closed)
        check_refused(name, document, before, claims)
        total += closed
    check_contradiction(documents)
    check_lists(documents)
    check_both_services(documents)
    check_fixtures(documents)
    print(f"claims: {total} rules rest on accepted claims in two first runs, {len(failures)} failures")
    return 1 if failures else 0


sys.exit(main())
