#!/usr/bin/env python3
"""result_schema.test.py: what `-o json` writes is what docs/result.schema.json says.

SPDX-License-Identifier: Apache-2.0

usage: result_schema.test.py PROGRAM. Judged are all fixtures, one by one and together, by the
built-in pack and by the custom one, with more and with less evidence.
"""
import copy
import json
import os
import subprocess
import sys
import tempfile

try:
    from jsonschema import Draft202012Validator
except ImportError:
    print("result_schema: SKIPPED: python3-jsonschema is not installed")
    sys.exit(1 if os.environ.get("CI") == "true" else 77)

PROGRAM = sys.argv[1]
ROOT = os.environ.get("PE_SOURCE_DIR") or os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FIXTURES = [os.path.join(ROOT, "fixtures", name + ".json")
            for name in ("iad/compliant", "iad/realistic", "ctx/compliant", "ctx/realistic")]
ENTRA = ["--pack", os.path.join(ROOT, "fixtures/packs/entra"),
         os.path.join(ROOT, "fixtures/entra/ProviderSettingsExport.json")]
RUNS = [
    *([fixture] for fixture in FIXTURES),
    FIXTURES,
    ENTRA,
    ["--evidence", "all", FIXTURES[1]],
    ["--evidence", "none", FIXTURES[1]],
    ["--as-of", "2030-01-01T00:00:00Z", "--lang", "ja", FIXTURES[3]],
    ["--pack", "iso27017", *ENTRA],  # the wrong pack for it: many problems
    ["--waivers", os.path.join(ROOT, "fixtures/waivers.json"), *FIXTURES],
    ["--waivers", os.path.join(ROOT, "fixtures/waivers.json"), "--require-basis", "measured", FIXTURES[1]],
    ["--fail-on", "high", "--owner", "customer,shared", "--strict-model", FIXTURES[1]],
    ["--max-age", "7d", "--now", "2027-01-01T00:00:00Z", FIXTURES[0]],
]

failures = 0


def expect(condition, what):
    global failures
    if not condition:
        failures += 1
        print("result_schema: FAILED:", what)


def judge(arguments):
    done = subprocess.run([PROGRAM, "check", "-o", "json", *arguments], capture_output=True,
                          timeout=120, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    result = json.loads(done.stdout)
    expect((result["verdict"] == "pass") == (done.returncode == 0), f"exit status: {arguments}")
    return result


def check_run(validator, arguments):
    errors = [f"{error.json_path}: {error.message[:200]}"
              for error in validator.iter_errors(judge(arguments))]
    expect(not errors, f"{arguments}: {len(errors)} errors, such as {errors[:3]}")


def check_baseline(validator, folder):
    """A run that was compared, with changes of several classes; and what diff writes alike."""
    old, new = os.path.join(folder, "old.json"), os.path.join(folder, "new.json")
    with open(FIXTURES[0], encoding="utf-8") as file:
        snapshot = json.load(file)
    with open(old, "w", encoding="utf-8") as file:
        json.dump(judge([FIXTURES[0]]), file)
    snapshot["portals"]["customer_portal"]["ip_allowlist"]["enabled"] = False
    del snapshot["backup"]
    with open(new, "w", encoding="utf-8") as file:
        json.dump(snapshot, file)
    result = judge(["--baseline", old, new])
    expect(len(result["baseline"]["comparisons"][0]["changes"]) > 5, "there are changes")
    expect(validator.is_valid(result), "a result with a baseline")
    done = subprocess.run([PROGRAM, "diff", "-o", "json", old, new], capture_output=True, timeout=120,
                          check=False)
    diff = json.loads(done.stdout)
    result["baseline"]["comparisons"] = diff["comparisons"]
    expect(diff["comparisons"] and validator.is_valid(result), "comparisons of diff")
    result["baseline"]["comparisons"][0]["changes"][0]["class"] = "worse"
    expect(not validator.is_valid(result), "the schema accepts a class that there is not")


def check_that_it_refuses(validator, result):
    """A schema that accepts everything would prove nothing."""
    def spoil(change):
        spoilt = copy.deepcopy(result)
        change(spoilt)
        expect(not validator.is_valid(spoilt), "the schema accepts what it should refuse")

    spoil(lambda r: r.pop("verdict"))
    spoil(lambda r: r.update(unheard_of=1))
    spoil(lambda r: r["results"][0].update(verdict="perhaps"))
    spoil(lambda r: r["results"][0]["snapshot"].update(sha256="0"))
    spoil(lambda r: r["results"][0]["controls"][0].update(status="ok"))
    spoil(lambda r: r["results"][0]["controls"][0]["rules"][0].pop("evidence"))


def main():
    with open(os.path.join(ROOT, "docs/result.schema.json"), encoding="utf-8") as file:
        schema = json.load(file)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for arguments in RUNS:
        check_run(validator, arguments)
    check_that_it_refuses(validator, judge([FIXTURES[0]]))
    with tempfile.TemporaryDirectory() as folder:
        check_baseline(validator, folder)
    print(f"result_schema: {len(RUNS)} results, {failures} failures")
    return 1 if failures else 0


sys.exit(main())
