-- Tests of CLD.12.1.5. Both bases pass: at-procedures is the provider's statement with all
-- procedures; on IAD the change chg-0931 of 2026-11-12 concerns pr-dc, which is of that day.

local ctx = "ctx/compliant.json"

local statement = "attestations[at-procedures]"
local change = "changes.records[chg-0931]"
local function procedure(id)
  return statement .. ".procedures[" .. id .. "]"
end

local all_unknown = {
  ["procedures-offered"] = "unknown", ["critical-operations"] = "unknown", ["procedures-current"] = "unknown",
  ["emergency-exercised"] = "unknown",
}
local all_fail = {
  ["procedures-offered"] = "fail", ["critical-operations"] = "fail", ["procedures-current"] = "fail",
  ["emergency-exercised"] = "fail",
}
local lists_unknown = {
  ["critical-operations"] = "unknown", ["procedures-current"] = "unknown", ["emergency-exercised"] = "unknown",
}

-- The customer's own statement, with one procedure.
local function own(operation, more)
  local item = {
    id = "at-own", controls = { "CLD.12.1.5" }, statement = "お客様の手順書", issuer = "株式会社みなと精機",
    issuer_party = "customer", subject_party = "customer", scope = { "iad" }, issued = "2026-04-01",
    reviewed_at = "2026-04-10T11:00:00+09:00", reviewer = "渡辺 直子",
    evidence = { { uri = "docs/procedures.md", title = "運用手順書" } },
    procedures = { { id = "pr-own", operation = operation, version = "1.0", dated = "2026-04-01" } },
  }
  for key, value in pairs(more or {}) do
    item[key] = value
  end
  return item
end

return {
  base = "iad/compliant.json",

  -- R1: offered
  { "the seeds' spelling of the clause counts", set = { [statement .. ".controls"] = { "CLD 12.1.5" } }, expect = {} },
  { "so does a full-width one", set = { [statement .. ".controls"] = { "ＣＬＤ．１２．１．５" } }, expect = {} },
  { "a statement for 12.1.2 says nothing about it",
    set = { [statement .. ".controls"] = { "12.1.2" } },
    expect = all_unknown, blame = "/attestations" },
  { "a statement for 2.1.5 is no statement for CLD.12.1.5",
    set = { [statement .. ".controls"] = { "2.1.5" } }, expect = all_unknown },
  { "a statement without its clauses is unknown",
    remove = { statement .. ".controls" }, expect = all_unknown, blame = statement .. ".controls" },
  { "a statement for the other service is none for this one",
    set = { [statement .. ".scope"] = { "ctx" } }, expect = all_unknown },
  { "a statement for all services counts", set = { [statement .. ".scope"] = { "*" } }, expect = {} },
  { "the provider's statement, made by the customer, does not count",
    set = { [statement .. ".issuer_party"] = "customer" }, expect = all_fail, blame = statement .. ".issuer_party" },
  { "made by a third party it does", set = { [statement .. ".issuer_party"] = "third_party" }, expect = {} },
  { "confirmed 365 days ago it still counts",
    set = { [statement .. ".reviewed_at"] = "2025-11-20T23:59:00+09:00" }, expect = {} },
  { "confirmed 366 days ago it does not",
    set = { [statement .. ".reviewed_at"] = "2025-11-19T23:59:00+09:00" },
    expect = all_fail, blame = statement .. ".reviewed_at" },
  { "the same moment in UTC is the same day in Tokyo",
    set = { [statement .. ".reviewed_at"] = "2025-11-19T15:00:00Z" }, expect = {} },
  { "a second before, it is the day before",
    set = { [statement .. ".reviewed_at"] = "2025-11-19T14:59:59Z" }, expect = all_fail },
  { "attestation_max_age_days shortens that",
    params = { attestation_max_age_days = 200 }, expect = all_fail },
  { "a statement that is good until today counts", set = { [statement .. ".expires"] = "2026-11-20" }, expect = {} },
  { "a statement that was good until yesterday does not",
    set = { [statement .. ".expires"] = "2026-11-19" }, expect = all_fail, blame = statement .. ".expires" },
  { "an end of null is none", set = { [statement .. ".expires"] = null }, expect = {} },
  { "a statement of tomorrow does not count yet",
    set = { [statement .. ".issued"] = "2026-11-21" }, expect = all_fail, blame = statement .. ".issued" },
  { "evidence is needed", set = { [statement .. ".evidence"] = empty_list }, expect = all_fail },
  { "an address without a host is no evidence",
    set = { [statement .. ".evidence[1].uri"] = "https://" }, expect = all_fail },
  { "a superseded statement is no longer one",
    append = { attestations = own("device_change", {
      id = "at-new", supersedes = "at-procedures", controls = { "5.1.1" },
    }) },
    expect = all_fail, blame = statement .. ".id" },
  { "an expired statement beside a valid one does no harm",
    append = { attestations = own("device_change", { expires = "2026-05-01" }) }, expect = {} },
  { "so does one that was not confirmed for too long",
    append = { attestations = own("device_change", { reviewed_at = "2025-04-10T11:00:00+09:00" }) }, expect = {} },
  { "without any statement it is unknown", set = { attestations = empty_list }, expect = all_unknown },
  { "statements that were not collected are unknown",
    remove = { "attestations" }, expect = all_unknown, blame = "/attestations" },

  -- R2: critical operations
  { "a missing procedure is found",
    remove = { procedure("pr-end") },
    expect = { ["critical-operations"] = "fail" }, blame = statement .. ".procedures" },
  { "the procedure of the option is wanted with the option",
    remove = { procedure("pr-sync") }, expect = { ["critical-operations"] = "fail" } },
  { "without the option it is not",
    set = { ["contract.options"] = { "two_site" } }, remove = {
      procedure("pr-sync"), "identities.sync", "portals.admin_console",
    }, expect = {} },
  { "whether the option is contracted is unknown",
    remove = { procedure("pr-sync"), "contract.options" }, expect = { ["critical-operations"] = "unknown" } },
  { "a master image is published on CTX", base = ctx,
    remove = { procedure("pr-image") }, expect = { ["critical-operations"] = "fail" } },
  { "a master image is not published on IAD", set = { [procedure("pr-dc") .. ".operation"] = "image_publishing" },
    expect = { ["critical-operations"] = "fail" } },
  { "a procedure of the customer fills the gap",
    remove = { procedure("pr-account") }, append = { attestations = own("account_recovery") }, expect = {} },
  { "of an expired statement of the customer it does not",
    remove = { procedure("pr-account") },
    append = { attestations = own("account_recovery", { expires = "2026-11-19" }) },
    expect = { ["critical-operations"] = "fail" } },
  { "the customer's own statement alone serves the customer's rules",
    set = { [statement .. ".subject_party"] = "customer", [statement .. ".issuer_party"] = "customer" },
    expect = { ["procedures-offered"] = "unknown" } },
  { "a statement without its list of procedures is unknown",
    remove = { statement .. ".procedures" }, expect = lists_unknown, blame = statement .. ".procedures" },
  { "beside a statement without a list, the other's list counts",
    append = { attestations = own("termination", { procedures = null }) }, expect = lists_unknown },
  { "a procedure for an unknown operation is unknown",
    set = { [procedure("pr-end") .. ".operation"] = "the end" },
    expect = { ["critical-operations"] = "unknown", ["emergency-exercised"] = "unknown" },
    blame = statement .. ".procedures[pr-end].operation" },
  { "the list of operations can be cut down",
    remove = { procedure("pr-end") },
    params = { critical_operations_iad = { "device_change", "backup_restore" } },
    expect = { ["critical-operations"] = "pass" } },
  { "a tenant with both services needs the procedures of both",
    set = { ["contract.service"] = "both", [statement .. ".scope"] = { "iad", "ctx" } },
    expect = { ["critical-operations"] = "fail" } },
  { "and a statement for both",
    set = { ["contract.service"] = "both" }, expect = all_unknown },

  -- R3: changes
  { "a procedure of the day before the change is not current",
    set = { [procedure("pr-dc") .. ".dated"] = "2026-11-11" },
    expect = { ["procedures-current"] = "fail" }, blame = statement .. ".procedures[pr-dc].dated" },
  { "unless it may have been written for the change",
    set = { [procedure("pr-dc") .. ".dated"] = "2026-11-11" }, params = { procedure_lead_days = 1 }, expect = {} },
  { "a revision of tomorrow is not current",
    set = { [procedure("pr-dc") .. ".dated"] = "2026-11-21" },
    expect = { ["procedures-current"] = "fail" }, blame = statement .. ".procedures[pr-dc].dated" },
  { "the day of a change is the day in Tokyo",
    set = { [change .. ".ends"] = "2026-11-12T14:59:59Z" }, expect = {} },
  { "a second later it is the next",
    set = { [change .. ".ends"] = "2026-11-12T15:00:00Z" }, expect = { ["procedures-current"] = "fail" } },
  { "a change without an end counts from its start",
    set = { [change .. ".ends"] = null }, expect = {} },
  { "a planned change has changed nothing yet",
    set = { [procedure("pr-dc") .. ".dated"] = "2026-04-01", [change .. ".state"] = "planned" }, expect = {} },
  { "a cancelled one neither",
    set = { [procedure("pr-dc") .. ".dated"] = "2026-04-01", [change .. ".state"] = "cancelled" }, expect = {} },
  { "a change of the other service does not concern this one",
    set = { [procedure("pr-dc") .. ".dated"] = "2026-04-01", [change .. ".service"] = "ctx" }, expect = {} },
  { "a change that names a procedure nobody has is unknown",
    set = { [change .. ".procedures"] = { "pr-none" } }, expect = { ["procedures-current"] = "unknown" } },
  { "a date without leading zeros is no date",
    set = { [procedure("pr-dc") .. ".dated"] = "2026.11.12" },
    expect = { ["procedures-current"] = "unknown" }, blame = statement .. ".procedures[pr-dc].dated" },
  { "a complete period without changes is fine",
    set = { ["changes.records"] = empty_list }, expect = {} },
  { "a period without changes that nobody calls complete is unknown",
    set = { ["changes.records"] = empty_list, ["changes.complete"] = false },
    expect = { ["procedures-current"] = "unknown" } },
  { "so is one with good changes only",
    set = { ["changes.complete"] = false }, expect = { ["procedures-current"] = "unknown" } },
  { "what is wrong in it is wrong",
    set = { ["changes.complete"] = false, [procedure("pr-dc") .. ".dated"] = "2026-04-01" },
    expect = { ["procedures-current"] = "fail" } },
  { "a period that ended 31 days ago is recent",
    set = { ["changes.to"] = "2026-10-20T00:00:00+09:00" }, expect = {} },
  { "a period that ended 32 days ago is not",
    set = { ["changes.to"] = "2026-10-19T23:00:00+09:00" }, expect = { ["procedures-current"] = "unknown" } },
  { "a period of 31 days is long enough",
    set = { ["changes.from"] = "2026-10-20T00:00:00+09:00" }, expect = {} },
  { "a period of 30 days is not",
    set = { ["changes.from"] = "2026-10-21T00:00:00+09:00" }, expect = { ["procedures-current"] = "unknown" } },
  { "unless the contract is not older",
    set = { ["changes.from"] = "2026-10-21T00:00:00+09:00", ["contract.started_on"] = "2026-10-21" }, expect = {} },
  { "a period that ends in the future is unknown",
    set = { ["changes.to"] = "2026-11-21T00:00:00+09:00" }, expect = { ["procedures-current"] = "unknown" } },
  { "changes that are not disclosed are not judged",
    set = { ["disclosed.changes"] = false }, expect = { ["procedures-current"] = "not_applicable" } },
  { "whether they are is unknown",
    remove = { "disclosed" }, expect = { ["procedures-current"] = "unknown" }, blame = "/disclosed" },
  { "changes that were not collected are unknown",
    remove = { "changes" }, expect = { ["procedures-current"] = "unknown" }, blame = "/changes" },

  -- R4: exercise
  { "an exercise 365 days ago counts",
    set = { [procedure("pr-bg") .. ".exercised_at"] = "2025-11-20T00:00:00+09:00" }, expect = {} },
  { "an exercise 366 days ago does not",
    set = { [procedure("pr-bg") .. ".exercised_at"] = "2025-11-19T23:59:59+09:00" },
    expect = { ["emergency-exercised"] = "fail" }, blame = statement .. ".procedures[pr-bg].exercised_at" },
  { "an exercise that lies ahead is no exercise",
    set = { [procedure("pr-bg") .. ".exercised_at"] = "2026-12-01T09:00:00+09:00" },
    expect = { ["emergency-exercised"] = "unknown" } },
  { "an exercise of which nothing is said is unknown",
    remove = { procedure("pr-bg") .. ".exercised_at" }, expect = { ["emergency-exercised"] = "unknown" } },
  { "without the procedure there was none",
    remove = { procedure("pr-bg") },
    expect = { ["emergency-exercised"] = "fail" }, blame = statement .. ".procedures" },
}
