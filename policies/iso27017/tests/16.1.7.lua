-- Tests of 16.1.7. The logs are those of 12.4.1. at-whitepaper is the provider's statement,
-- at-evidence the customer's; ct-desk is the provider's desk, ct-ops1, ct-ops2 and ct-sec the
-- customer's persons.

local ctx = "ctx/compliant.json"

local sources = "logging.sources"
local security = sources .. "[log-dc01-security]"
local export = "logging.export"
local without_security = { "log-dc02-security", "log-entra-audit", "log-sync01-security" }

return {
  base = "iad/compliant.json",

  -- ---- R1: procedure and contacts ----
  { "the customer has written down no procedure", remove = { "attestations[at-evidence]" },
    expect = { ["customer-procedure"] = "fail" }, blame = "attestations" },
  { "the customer's procedure was confirmed more than a year ago",
    set = { ["attestations[at-evidence].reviewed_at"] = "2025-11-19T23:59:59+09:00" },
    expect = { ["customer-procedure"] = "fail" } },
  { "confirmed exactly a year ago", set = { ["attestations[at-evidence].reviewed_at"] = "2025-11-19T15:00:00Z" },
    expect = {} },
  { "the days are a parameter", params = { attestation_max_age_days = 100 },
    expect = { ["customer-procedure"] = "fail", ["provider-procedure"] = "fail" } },
  { "the provider cannot state the customer's procedure",
    set = { ["attestations[at-evidence].issuer_party"] = "provider" },
    expect = { ["customer-procedure"] = "fail" } },
  { "the provider states nothing about evidence",
    set = { ["attestations[at-whitepaper].controls"] = { "12.4.1" } },
    expect = { ["provider-procedure"] = "unknown" } },
  { "the provider's statement lies in the future", set = { ["attestations[at-whitepaper].issued"] = "2026-11-21" },
    expect = { ["provider-procedure"] = "fail" } },
  { "the provider's statement without evidence", set = { ["attestations[at-whitepaper].evidence"] = empty_list },
    expect = { ["provider-procedure"] = "fail" } },
  { "no statements were collected", remove = { "attestations" },
    expect = { ["provider-procedure"] = "unknown", ["customer-procedure"] = "unknown" }, blame = "/attestations" },
  { "the provider's desk is closed", set = { ["contacts[ct-desk].active"] = false },
    expect = { ["evidence-contacts"] = "fail" }, blame = "/contacts" },
  { "the provider's desk is not known", remove = { "contacts[ct-desk]" },
    expect = { ["evidence-contacts"] = "unknown" } },
  { "nobody of the customer's is in charge",
    set = { ["contacts[ct-ops1].active"] = false, ["contacts[ct-ops2].active"] = false,
      ["contacts[ct-sec].active"] = false }, expect = { ["evidence-contacts"] = "fail" } },
  { "one of them is enough",
    set = { ["contacts[ct-ops1].active"] = false, ["contacts[ct-ops2].active"] = false }, expect = {} },
  { "the contacts were not collected", remove = { "contacts" }, expect = { ["evidence-contacts"] = "unknown" },
    blame = "/contacts" },

  -- ---- R2: kept ----
  { "the portal's 31 days are shorter than an investigation", base = ctx,
    set = { [export .. ".sources"] = { "log-signin", "log-vda-security", "log-vda-us-security", "log-fs-security",
      "log-dc-security", "log-entra-audit" } },
    expect = { ["evidence-kept"] = "fail" }, blame = "logging.sources[log-activity].retention_days" },
  { "an investigation of 31 days needs no export of the activity log", base = ctx, params = { evidence_days = 31 },
    set = { [export .. ".sources"] = { "log-signin", "log-entra-audit" } }, expect = {} },
  { "a day more does", base = ctx, params = { evidence_days = 32 },
    set = { [export .. ".sources"] = { "log-signin", "log-entra-audit" } }, expect = { ["evidence-kept"] = "fail" } },
  { "the export keeps a day less than is needed", set = { [export .. ".retention_days"] = 364 },
    expect = { ["evidence-kept"] = "fail" }, blame = "/logging/export/retention_days" },
  { "how long the export keeps is not known", remove = { export .. ".retention_days" },
    expect = { ["evidence-kept"] = "unknown" } },
  { "no log of the kinds that are needed", params = { evidence_kinds = { "flow" } },
    expect = { ["evidence-kept"] = "unknown", ["evidence-integrity"] = "unknown", ["evidence-clock"] = "unknown" } },
  { "the logs were not collected", remove = { "logging" },
    expect = { ["evidence-kept"] = "unknown", ["evidence-integrity"] = "unknown", ["evidence-clock"] = "unknown" },
    blame = "/logging" },

  -- ---- R3: unaltered ----
  { "an export that can be altered", set = { [export .. ".integrity"] = "none" },
    expect = { ["evidence-integrity"] = "fail" }, blame = "/logging/export/integrity" },
  { "a chain of hashes is protection", set = { [export .. ".integrity"] = "hash_chain" }, expect = {} },
  { "how the export is protected is not known", remove = { export .. ".integrity" },
    expect = { ["evidence-integrity"] = "unknown" }, blame = "/logging/export/integrity" },
  { "a log that is not exported, and can be altered where it arises",
    set = { [export .. ".sources"] = without_security, [security .. ".immutable"] = false },
    expect = { ["evidence-kept"] = "fail", ["evidence-integrity"] = "fail" },
    blame = "logging.sources[log-dc01-security].immutable" },
  { "a log that is not exported, and cannot", set = { [export .. ".sources"] = without_security },
    expect = { ["evidence-kept"] = "fail" } },
  { "no export, and nothing can be altered", set = { [export] = null }, expect = { ["evidence-kept"] = "fail" } },

  -- ---- R4: clocks ----
  { "the clock of a host with evidence is off", set = { ["hosts[dc01].clock.offset_ms"] = 5001 },
    expect = { ["evidence-clock"] = "fail" }, blame = "hosts[dc01].clock.offset_ms" },
  { "the clock of a host with evidence was not read", remove = { "hosts[dc01].clock" },
    expect = { ["evidence-clock"] = "unknown" } },
  { "the limit is a parameter", params = { clock_max_offset_ms = 1 }, expect = { ["evidence-clock"] = "fail" } },
  { "no log is on a host", params = { evidence_kinds = { "audit" } },
    expect = { ["evidence-clock"] = "not_applicable" } },

  -- ---- a tenant with both services ----
  { "a statement of the provider for each service: they count together", base = "both/compliant.json",
    set = { ["attestations[at-whitepaper].scope"] = { "iad" } },
    append = { attestations = {
      id = "at-of-ctx", controls = { "16.1.7" }, statement = "CTX について表明する",
      issuer = "株式会社クラウド基盤サービス", issuer_party = "provider", subject_party = "provider",
      scope = { "ctx" }, issued = "2026-04-01", reviewed_at = "2026-04-06T15:00:00+09:00",
      reviewer = "久保 明",
      evidence = { { uri = "docs/ctx.pdf", title = "CTX に関する説明書", language = "ja" } },
    } },
    expect = {} },
  { "a statement of the provider for one of the services only", base = "both/compliant.json",
    set = { ["attestations[at-whitepaper].scope"] = { "iad" } },
    expect = { ["provider-procedure"] = "unknown" }, blame = "attestations" },
  { "a statement of the customer for each service: they count together", base = "both/compliant.json",
    set = { ["attestations[at-evidence].scope"] = { "iad" } },
    append = { attestations = {
      id = "at-of-ctx", controls = { "16.1.7" }, statement = "CTX について表明する",
      issuer = "株式会社千鳥商会", issuer_party = "customer", subject_party = "customer",
      scope = { "ctx" }, issued = "2026-04-01", reviewed_at = "2026-04-06T15:00:00+09:00",
      reviewer = "久保 明",
      evidence = { { uri = "docs/ctx.pdf", title = "CTX に関する説明書", language = "ja" } },
    } },
    expect = {} },
  { "a statement of the customer for one of the services only", base = "both/compliant.json",
    set = { ["attestations[at-evidence].scope"] = { "iad" } },
    expect = { ["customer-procedure"] = "fail" }, blame = "attestations" },
}
