#!/usr/bin/env python3
"""schema.test.py: what `policyeval schema` prints accepts and refuses what the program does.

SPDX-License-Identifier: Apache-2.0

usage: schema.test.py PROGRAM [FOLDER]. An outside validator (python3-jsonschema) reads the schema and judges
every fixture, and variants of those without a problem: broken ones, which both must refuse at the
same place, and changed but sound ones, which both must accept. Which variants is decided by the order
of the fixture, not by chance. A folder gets what was judged, and how, for another validator
(tests/validators/schema.cjs): NAME.schema.json, and NAME.cases.ndjson with an object a line.
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
    print("schema: SKIPPED: python3-jsonschema is not installed")
    sys.exit(1 if os.environ.get("CI") == "true" else 77)

PROGRAM = sys.argv[1]
FOLDER = sys.argv[2] if len(sys.argv) > 2 else None
ROOT = os.environ.get("PE_SOURCE_DIR") or os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FIXTURES = ["iad/compliant", "ctx/compliant", "both/compliant", "iad/every-option", "ctx/every-option",
            "iad/contract-end", "ctx/contract-end", "iad/minimal", "ctx/minimal",
            "iad/realistic", "ctx/realistic", "iad/first-run", "ctx/first-run"]
PROBLEMS = FIXTURES[9:]  # they have some, which are told by fixtures.test.py
BASES = FIXTURES[:7]     # those that variants are made of
BROKEN_OF_A_KIND = 9     # variants of each kind, of each base
SOUND_OF_A_KIND = 4
LEAST_BROKEN = 300
KINDS_BROKEN = ["retype", "nest", "null", "word", "remove"]
KINDS_SOUND = ["add", "remove optional", "set null"]
WRONG_WORD = "no-such-word"


def run(arguments, text=None):
    done = subprocess.run([PROGRAM, *arguments], input=text, capture_output=True, timeout=60,
                          check=False)
    return done.returncode, done.stdout, done.stderr.decode()


def token(key):
    return "/" + str(key).replace("~", "~0").replace("/", "~1")


# ---- what each side says ----

def program_errors(documents, *options):
    """Of each document the pointers of the problems that are errors. One control is judged, for speed."""
    with tempfile.TemporaryDirectory() as folder:
        names = [os.path.join(folder, f"{i:04}.json") for i in range(len(documents))]
        for name, document in zip(names, documents):
            with open(name, "w", encoding="utf-8") as file:
                json.dump(document, file)
        status, out, err = run(["check", *(options or ("--only", "14.2.1")), "-o", "json", "--evidence", "none",
                                *names])
    assert status in (0, 1), err
    results = json.loads(out)["results"]
    assert len(results) == len(documents), f"{len(results)} results of {len(documents)} documents"
    return [{p["pointer"] for p in result["problems"] if p["severity"] == "error"} for result in results]


def schema_errors(validator, document):
    return pointers_of(validator.iter_errors(document))


def pointers_of(errors):
    found = set()
    for error in errors:
        at = "".join(token(key) for key in error.absolute_path)
        if error.validator == "required":
            found |= {at + token(key) for key in error.validator_value if key not in error.instance}
        elif error.validator == "anyOf" and isinstance(error.instance, dict):
            # A nullable object that is there: what is wrong is inside it.
            found |= pointers_of(e for e in error.context if e.relative_schema_path[0] == 0)
        else:
            found.add(at)
    return found


# ---- variants ----

class Variants:
    """All changes that can be made to a document, by kind, as (pointer, function)."""

    def __init__(self, schema, document):
        self.schema = schema
        self.document = document
        self.by_kind = {kind: [] for kind in KINDS_BROKEN + KINDS_SOUND}
        self.witnesses = set()
        self.collect_witnesses(schema)
        self.walk(schema, document, [])

    def collect_witnesses(self, part):
        if isinstance(part, dict):
            if isinstance(part.get("x-may-be-empty"), str):
                self.witnesses.add(part["x-may-be-empty"].rsplit("/", 1)[-1])
            part = list(part.values())
        if isinstance(part, list):
            for value in part:
                self.collect_witnesses(value)

    def resolve(self, shape):
        """The shape without references, and whether null is allowed."""
        nullable = False
        while "$ref" in shape or ("anyOf" in shape and "type" not in shape):
            if "$ref" in shape:
                shape = self.schema["$defs"][shape["$ref"].rsplit("/", 1)[-1]]
            else:
                nullable = True
                shape = shape["anyOf"][0]
        return shape, nullable

    def offer(self, kind, path, change):
        self.by_kind[kind].append((path, change))

    def walk(self, shape, value, path):
        shape, nullable = self.resolve(shape)
        if path:
            self.offer_replacements(shape, nullable, value, path)
        if value is None:
            return
        if shape["type"] == "object":
            self.walk_object(shape, value, path)
        elif shape["type"] == "array":
            for i, element in enumerate(value):
                self.walk(shape["items"], element, path + [i])

    def walk_object(self, shape, value, path):
        self.offer("add", path + ["x_unheard_of"], lambda parent, key: parent.update({key: 1}))
        for key, member in value.items():
            if key not in shape.get("properties", {}):
                continue
            inner = shape["properties"][key]
            conditional = "x-option" in inner or "x-service" in inner
            if key in shape.get("required", []):
                self.offer("remove", path + [key], lambda parent, key: parent.pop(key))
            elif not conditional and not isinstance(member, (list, dict)) and key not in self.witnesses:
                self.offer("remove optional", path + [key], lambda parent, key: parent.pop(key))
            self.walk(inner, member, path + [key])

    def offer_replacements(self, shape, nullable, value, path):
        def replace(new):
            return lambda parent, key: parent.__setitem__(key, new)

        wrong = {"string": 7, "boolean": "true", "integer": "7", "number": "7.5",
                 "object": [], "array": {}}[shape["type"]]
        if shape["type"] in ("object", "array"):
            self.offer("nest", path, replace(wrong))
        else:
            self.offer("retype", path, replace(wrong))
            if nullable and value is not None and path[-1] not in self.witnesses:
                self.offer("set null", path, replace(None))
        if not nullable:
            self.offer("null", path, replace(None))
        if "enum" in shape:
            self.offer("word", path, replace(WRONG_WORD))

    def pick(self, kind):
        """So many of them, spread over the document."""
        offers = self.by_kind[kind]
        count = BROKEN_OF_A_KIND if kind in KINDS_BROKEN else SOUND_OF_A_KIND
        assert len(offers) >= count, f"only {len(offers)} places for: {kind}"
        for i in range(count):
            path, change = offers[(2 * i + 1) * len(offers) // (2 * count)]
            document = copy.deepcopy(self.document)
            parent = document
            for key in path[:-1]:
                parent = parent[key]
            change(parent, path[-1])
            yield "".join(token(key) for key in path), document


# ---- a small pack with one of everything ----

PACK = {
    "pack.lua": """return { id = "small", title = { en = "Small", ja = "小" }, edition = "1",
  version = "0.0.1", authors = { "a" }, service = "/service", services = { "x", "y" },
  options = "/options", option_names = { "extra" } }""",
    "one.lua": """return { title = { en = "One", ja = "一" }, severity = "low", owner = "customer",
  rules = { { id = "one", title = { en = "One", ja = "一" },
    check = function(s) ensure(s.flag, "off") end } } }""",
    "model.lua": """local short = text{ min = 1, max = 3 }
return record{
  { "flag", boolean, required = true, en = "Flag", ja = "旗" },
  { "short", short, en = "Short" },
  { "shorts", list(short, { min = 1, max = 4 }) },
  { "level", integer{ min = 0, max = 10 }, unit = "steps" },
  { "share", number{ max = 0.5 } },
  { "free", map(boolean) },
  { "word", enum{ "a", "b" }, required = true, option = "extra" },
  { "parts", list(record{ { "id", text{}, required = true } }, { unique = "id", may_be_empty = "flag" }) },
  { "part", nullable(ref"parts"), service = "x" },
  { "key", text{}, secret = true },
  { "times", list(format"timestamp") }, { "dates", list(format"date") },
  { "cidrs", list(format"cidr") }, { "ips", list(format"ip") },
  { "addresses", list(format"address") }, { "portlists", list(format"ports") },
  { "durations", list(format"duration") }, { "urls", list(format"url") },
  { "emails", list(format"email") }, { "hostnames", list(format"hostname") },
  { "countries", list(format"country") }, { "digests", list(format"sha256") },
  { "ids", list(format"id") },
}""",
}

# What the program accepts and a narrower pattern might not.
ODD_BUT_GOOD = {
    "flag": True, "free": {"é": False}, "short": "😀あx", "level": 10, "share": -1,
    "part": None, "parts": [],
    "times": ["2026-11-20T09:00:00+09:00", "2026-11-20t09:00:00.123456789z"],
    "dates": ["2024-02-29"],
    "cidrs": ["192.0.2.0/255.255.255.0", "::ffff:192.0.2.0/120", "192.0.2.1", "2001:DB8::/32"],
    "ips": ["192.0.2.1", "::", "::ffff:192.0.2.1"],
    "addresses": ["*", "Any", "internet", "AzureCloud.japaneast", "192.0.2.1-192.0.2.9",
                  "::1-::2", "10.0.0.0/8", "AZURE_LOADBALANCER"],
    "portlists": ["443", "*", "any", "80, 8000-8010 ,22", "0-65535"],
    "durations": ["P90D", "P1DT12H", "PT0.5S", "P2W", "00:15:00", "1.02:03:04.5000000", "90"],
    "urls": ["https://portal.example.com/a?b=c#d", "urn+x://h[1]"],
    "emails": ["o'brien+tag@mail.example.com"],
    "hostnames": ["a", "srv_1.example.com", "xn--abc.example"],
    "countries": ["JP"], "digests": ["0" * 64], "ids": ["東京 1", "x" * 200, "a b"],
}

# What both refuse, one field at a time.
WRONG = [
    {"flag": "true"}, {"short": ""}, {"short": "long"}, {"level": 11}, {"level": 0.5}, {"share": 0.6},
    {"word": "c"}, {"part": 7}, {"parts": [{}]}, {"times": ["2026-11-20 09:00"]}, {"dates": ["20.11.2026"]},
    {"digests": ["0" * 63]}, {"countries": ["JPN"]}, {"emails": ["nobody"]}, {"free": {"a": 1}},
]

# Members of the schema, each as it must be printed.
EXPECTED = {
    "flag": {"description": "Flag", "x-ja": "旗", "type": "boolean"},
    "short": {"description": "Short", "$ref": "#/$defs/s3"},
    "shorts": {"type": "array", "items": {"$ref": "#/$defs/s3"}, "minItems": 1, "maxItems": 4},
    "level": {"x-unit": "steps", "type": "integer", "minimum": 0, "maximum": 10},
    "share": {"type": "number", "maximum": 0.5},
    "free": {"type": "object", "additionalProperties": {"type": "boolean"}},
    "word": {"x-option": "extra", "type": "string", "enum": ["a", "b"]},
    "parts": {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}},
                                         "required": ["id"]},
              "x-unique": "id", "x-may-be-empty": "flag"},
    "part": {"x-service": "x", "anyOf": [{"type": "string", "x-ref": "parts"}, {"type": "null"}]},
    "key": {"writeOnly": True, "type": "string"},
}


def check_small_pack(folder):
    for name, text in PACK.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    status, out, err = run(["schema", folder])
    assert status == 0, err
    schema = json.loads(out)
    Draft202012Validator.check_schema(schema)
    for name, member in EXPECTED.items():
        found = schema["properties"][name]
        expect(json.dumps(found) == json.dumps(member), f"{name}: {json.dumps(found)}")
    expect(schema["$defs"] == {"s3": {"type": "string", "minLength": 1, "maxLength": 3}}, "$defs")
    expect(schema["required"] == ["flag"], "required")
    expect(schema["$id"] == "urn:policyeval:model:small:0.0.1", "$id")
    expect(out.endswith(b"}\n"), "the schema ends with one line break")
    by_schema = schema_errors(Draft202012Validator(schema), ODD_BUT_GOOD)
    expect(not by_schema, f"odd but good values: the schema refuses {by_schema}")
    by_program = program_errors([ODD_BUT_GOOD], "--pack", folder)[0]
    expect(not by_program, f"odd but good values: the program refuses {by_program}")
    note_case("odd but good values", ODD_BUT_GOOD, by_program)
    for wrong in WRONG:
        document = {"flag": True, **wrong}
        by_program = program_errors([document], "--pack", folder)[0]
        expect(by_program, f"the program accepts {wrong}")
        expect(schema_errors(Draft202012Validator(schema), document), f"the schema accepts {wrong}")
        note_case(f"{wrong}", document, by_program)
    write_cases("small", schema)


def check_without_model(folder):
    os.remove(os.path.join(folder, "model.lua"))
    status, out, err = run(["schema", folder])
    expect(status == 2 and out == b"" and "the pack small has no model.lua" in err, "no model.lua")


# ---- the test ----

failures = []
judged_cases = []


def note_case(what, document, refused):
    judged_cases.append({"what": what, "accepted": not refused, "document": document})


def write_cases(name, schema):
    if FOLDER is not None:
        with open(os.path.join(FOLDER, name + ".schema.json"), "w", encoding="utf-8") as file:
            json.dump(schema, file)
        with open(os.path.join(FOLDER, name + ".cases.ndjson"), "w", encoding="utf-8") as file:
            file.writelines(json.dumps(case) + "\n" for case in judged_cases)
    judged_cases.clear()


def expect(condition, what):
    if not condition:
        failures.append(what)
        print("schema: FAILED:", what)


def check_fixture(validator, name, document, by_program):
    by_schema = schema_errors(validator, document)
    # The schema is the wider of the two.
    expect(by_schema <= by_program, f"{name}: only the schema refuses {by_schema - by_program}")
    expect(bool(by_program) == (name in PROBLEMS), f"{name}: the program refuses {by_program}")
    expect(bool(by_schema) == bool(by_program), f"{name}: only the program refuses it")
    note_case(name, document, by_program)


def check_variant(validator, what, kind, pointer, document, by_program):
    by_schema = schema_errors(validator, document)
    note_case(what, document, by_program)
    if kind in KINDS_BROKEN:
        expect(pointer in by_schema, f"{what}: the schema accepts it")
        expect(pointer in by_program, f"{what}: the program accepts it")
        expect(by_schema <= by_program, f"{what}: only the schema refuses {by_schema - by_program}")
    else:
        expect(not by_schema, f"{what}: the schema refuses {by_schema}")
        expect(not by_program, f"{what}: the program refuses {by_program}")


def check_variants(validator, schema, name, document):
    """How many were made, broken and sound."""
    variants = Variants(schema, document)
    made = [(kind, pointer, variant) for kind in KINDS_BROKEN + KINDS_SOUND
            for pointer, variant in variants.pick(kind)]
    judged = program_errors([variant for _, _, variant in made])
    for (kind, pointer, variant), by_program in zip(made, judged):
        check_variant(validator, f"{name}: {kind} {pointer}", kind, pointer, variant, by_program)
    broken = sum(kind in KINDS_BROKEN for kind, _, _ in made)
    return broken, len(made) - broken


def main():
    status, out, err = run(["schema"])
    assert status == 0, err
    schema = json.loads(out)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    expect(out == run(["schema"])[1], "the same schema twice")
    documents = {}
    for name in FIXTURES:
        with open(os.path.join(ROOT, "fixtures", name + ".json"), encoding="utf-8") as file:
            documents[name] = json.load(file)
    for name, by_program in zip(FIXTURES, program_errors(list(documents.values()))):
        check_fixture(validator, name, documents[name], by_program)
    counts = [check_variants(validator, schema, name, documents[name]) for name in BASES]
    broken, sound = (sum(count) for count in zip(*counts))
    expect(broken >= LEAST_BROKEN, f"only {broken} broken variants")
    write_cases("iso27017", schema)
    with tempfile.TemporaryDirectory() as folder:
        check_small_pack(folder)
        check_without_model(folder)
    print(f"schema: {len(FIXTURES)} fixtures, {broken} broken and {sound} sound "
          f"variants, {len(failures)} failures")
    return 1 if failures else 0


sys.exit(main())
