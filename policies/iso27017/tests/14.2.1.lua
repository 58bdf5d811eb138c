-- Tests of 14.2.1. Both bases pass: on IAD with one release, rel-26-3; on CTX the provider does not
-- disclose its releases.

local ctx = "ctx/compliant.json"

local statement = "attestations[at-whitepaper]"
local release = "releases.records[rel-26-3]"

local every_iad, every_ctx = "iad/every-option.json", "ctx/every-option.json"
local accepted = "accepted_claims[1]"
local unstated = { ["process-stated"] = "unknown" }

-- What the tenant of CTX has accepted; on IAD it says nothing.
local vds051 = {
  doc = "iij-vds051-0002", version = "1.1",
  sha256 = "829b583978db381198cc36595455627772e21bc31a2643c490437fdc060a11e8",
  accepted_by = "K0003", accepted_at = "2026-04-15T10:00:00+09:00",
}

local function records(status)
  return { ["assessed-before-release"] = status, ["approved-by-another"] = status }
end

-- A release that nobody assessed and its author approved.
local function bad(more)
  local item = {
    id = "rel-bad", service = "iad", name = "IAD 2026.4", author = "開発チーム 1", approver = "開発チーム 1",
    risk_assessed_at = null, released_at = "2026-11-20T09:00:00+09:00", emergency = false,
  }
  for key, value in pairs(more or {}) do
    item[key] = value
  end
  return item
end

return {
  base = "iad/compliant.json",

  -- R1: the statement
  { "a provider that states nothing is unknown",
    set = { [statement .. ".controls"] = { "5.1.1" } },
    expect = { ["process-stated"] = "unknown" }, blame = "/attestations" },
  { "the same on CTX", base = ctx,
    set = { [statement .. ".controls"] = { "5.1.1" } }, expect = { ["process-stated"] = "unknown" } },
  { "the customer cannot state it",
    set = { [statement .. ".subject_party"] = "customer" }, expect = { ["process-stated"] = "unknown" } },
  { "A.14.2.1 is the same clause", set = { [statement .. ".controls"] = { "A.14.2.1" } }, expect = {} },
  { "A.8.25 is a clause of another standard",
    set = { [statement .. ".controls"] = { "A.8.25" } }, expect = { ["process-stated"] = "unknown" } },
  { "words that are no clause do no harm", append = { [statement .. ".controls"] = "(その他)" }, expect = {} },
  { "a white paper that was confirmed 366 days ago does not count",
    set = { [statement .. ".reviewed_at"] = "2025-11-19T09:00:00+09:00" },
    expect = { ["process-stated"] = "fail" }, blame = statement .. ".reviewed_at" },
  { "one that was confirmed 365 days ago does",
    set = { [statement .. ".reviewed_at"] = "2025-11-20T09:00:00+09:00" }, expect = {} },
  { "statements that were not collected are unknown",
    remove = { "attestations" }, expect = { ["process-stated"] = "unknown" }, blame = "/attestations" },
  { "for a contract of both services, one paper is not enough",
    set = { ["contract.service"] = "both" }, expect = { ["process-stated"] = "unknown" } },

  -- R2, R3: assessment
  { "an assessment at the moment of the release came before it",
    set = { [release .. ".risk_assessed_at"] = "2026-11-11T16:00:00Z" }, expect = {} },
  { "a second later it came after",
    set = { [release .. ".risk_assessed_at"] = "2026-11-11T16:00:01Z" },
    expect = { ["assessed-before-release"] = "fail" }, blame = release .. ".risk_assessed_at" },
  { "times are compared, not their texts",
    set = { [release .. ".risk_assessed_at"] = "2026-11-11T20:00:00-05:00" },
    expect = { ["assessed-before-release"] = "fail" } },
  { "a release without an assessment is found",
    set = { [release .. ".risk_assessed_at"] = null },
    expect = { ["assessed-before-release"] = "fail" }, blame = release .. ".risk_assessed_at" },
  { "an emergency release is assessed before as well, or has a waiver",
    set = { [release .. ".risk_assessed_at"] = "2026-11-12T18:00:00+09:00", [release .. ".emergency"] = true },
    expect = { ["assessed-before-release"] = "fail" } },
  { "an assessment of which nothing is said is unknown",
    remove = { release .. ".risk_assessed_at" }, expect = { ["assessed-before-release"] = "unknown" } },
  { "a time without a zone is unknown",
    set = { [release .. ".released_at"] = "2026-11-12 01:00" }, expect = records("unknown"),
    blame = release .. ".released_at" },

  -- R2: approval
  { "an author who approves is found",
    set = { [release .. ".approver"] = "開発チーム 1" },
    expect = { ["approved-by-another"] = "fail" }, blame = release .. ".approver" },
  { "in full width it is the same author",
    set = { [release .. ".author"] = "Dev Team 1", [release .. ".approver"] = "ｄｅｖ　ｔｅａｍ　１" },
    expect = { ["approved-by-another"] = "fail" } },
  { "with or without a space it is the same author",
    set = { [release .. ".author"] = "山田　太郎", [release .. ".approver"] = "山田太郎" },
    expect = { ["approved-by-another"] = "fail" }, blame = release .. ".approver" },
  { "blanks approve nothing",
    set = { [release .. ".approver"] = " " }, expect = { ["approved-by-another"] = "fail" } },
  { "an approver who is null is unknown",
    set = { [release .. ".approver"] = null }, expect = { ["approved-by-another"] = "unknown" } },

  -- the records
  { "what went out at the moment of the evaluation is judged",
    append = { ["releases.records"] = bad() }, expect = records("fail") },
  { "what goes out a second later is not yet",
    append = { ["releases.records"] = bad({ released_at = "2026-11-20T00:00:01Z" }) }, expect = {} },
  { "a release of the other service does not concern this one",
    append = { ["releases.records"] = bad({ service = "ctx" }) }, expect = {} },
  { "a release of both does",
    append = { ["releases.records"] = bad({ service = "both" }) }, expect = records("fail") },
  { "a complete period without releases is fine",
    set = { ["releases.records"] = empty_list }, expect = {} },
  { "of an incomplete one nobody knows",
    set = { ["releases.records"] = empty_list, ["releases.complete"] = false }, expect = records("unknown") },
  { "so of one with a good release only",
    set = { ["releases.complete"] = false }, expect = records("unknown") },
  { "a period that ended 32 days ago is not recent",
    set = { ["releases.to"] = "2026-10-19T12:00:00+09:00" }, expect = records("unknown"), blame = "/releases" },
  { "31 days ago it is", set = { ["releases.to"] = "2026-10-20T12:00:00+09:00" }, expect = {} },
  { "releases that were not collected are unknown although they are disclosed",
    remove = { "releases" }, expect = records("unknown"), blame = "/releases" },
  { "releases that are not disclosed are not judged",
    set = { ["disclosed.releases"] = false, ["releases.records"] = empty_list }, expect = records("not_applicable") },
  { "one that is there is, whatever is said about showing it",
    set = { ["disclosed.releases"] = false, [release .. ".risk_assessed_at"] = null },
    expect = { ["assessed-before-release"] = "fail" }, blame = release .. ".risk_assessed_at" },
  { "but for one of the other service",
    set = { ["disclosed.releases"] = false, [release .. ".service"] = "ctx" }, expect = records("not_applicable") },
  { "nor where there is no list of them", base = ctx, remove = { "releases" }, expect = {} },
  { "an empty list that nobody calls complete is none, here as in 12.1.2", base = ctx,
    set = { ["releases.complete"] = false }, expect = records("unknown"), blame = "/releases/records" },
  { "on CTX, too, they are judged where they are disclosed", base = ctx,
    set = { ["disclosed.releases"] = true }, append = { ["releases.records"] = bad({ service = "ctx" }) },
    expect = records("fail") },
  { "whether they are disclosed is unknown",
    remove = { "disclosed.releases" }, expect = records("unknown"), blame = "/disclosed/releases" },

  -- Accepted claims: the bases with every option have accepted the white paper of their service.
  { "an accepted claim stands in for a statement that is missing", base = every_iad, remove = { statement },
    expect = {} },
  { "the same on CTX", base = every_ctx, remove = { statement }, expect = {} },
  { "and for statements that were not collected", base = every_iad, remove = { "attestations" }, expect = {} },
  { "without the acceptance it is unknown", base = every_iad,
    remove = { statement }, set = { accepted_claims = empty_list }, expect = unstated },
  { "an acceptance of 365 days ago counts to the end of the day", base = every_iad,
    remove = { statement }, set = { [accepted .. ".accepted_at"] = "2025-11-20T00:00:00+09:00" }, expect = {} },
  { "that day begins at 15:00 in UTC, for a tenant in Tokyo", base = every_iad,
    remove = { statement }, set = { [accepted .. ".accepted_at"] = "2025-11-19T15:00:00Z" }, expect = {} },
  { "one of 366 days ago does not", base = every_iad,
    remove = { statement }, set = { [accepted .. ".accepted_at"] = "2025-11-19T23:59:59+09:00" }, expect = unstated },
  { "nor when it is written in UTC", base = every_iad,
    remove = { statement }, set = { [accepted .. ".accepted_at"] = "2025-11-19T14:59:59Z" }, expect = unstated },
  { "days are those of the tenant: ten hours behind UTC both days begin later", base = every_iad,
    remove = { statement }, expect = {},
    set = { [accepted .. ".accepted_at"] = "2025-11-19T14:59:59Z", ["tenant.time_zone"] = "-10:00" } },
  { "an acceptance at the evaluation time counts", base = every_iad,
    remove = { statement }, set = { [accepted .. ".accepted_at"] = "2026-11-20T00:00:00Z" }, expect = {} },
  { "one of a second later does not", base = every_iad,
    remove = { statement }, set = { [accepted .. ".accepted_at"] = "2026-11-20T09:00:01+09:00" }, expect = unstated },
  { "a digest of other words does not count", base = every_iad,
    remove = { statement }, set = { [accepted .. ".sha256"] = string.rep("0", 64) }, expect = unstated },
  { "nor does an older version", base = every_iad,
    remove = { statement }, set = { [accepted .. ".version"] = "1.0" }, expect = unstated },
  { "nor the paper of the other service", base = every_iad, remove = { statement },
    set = { accepted_claims = { vds051 } }, expect = unstated },
  { "nor one that nobody accepted by name", base = every_iad,
    remove = { statement, accepted .. ".accepted_by" }, expect = unstated },
  { "a statement that is too old is a fact, which no claim covers", base = every_iad,
    set = { [statement .. ".reviewed_at"] = "2025-11-19T09:00:00+09:00" }, expect = { ["process-stated"] = "fail" } },
}
