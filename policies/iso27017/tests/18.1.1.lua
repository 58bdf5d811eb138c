-- Tests of 18.1.1. IAD has two data centres in Japan; CTX has regions in Japan and one in the
-- United States, whose regime the customer has surveyed (at-customer). Countries and regions are
-- judged by lib/places.lua, whose edges the tests of 6.1.3 name.

local ctx = "ctx/compliant.json"

local east = "equipment.items[eq-east]"
local central = "equipment.items[eq-centralus]"
local survey = "attestations[at-customer]"
local terms = "contract.terms[terms-internet]"

local no_regime = { ["foreign-regime"] = "fail" }
local no_court = { ["court"] = "fail" }
local no_terms = { ["terms"] = "fail" }

local function machine(country, site, party)
  return { id = "eq-new", service = "ctx", party = party or "provider", kind = "data_centre", country = country,
    site = site }
end

-- All rules that read the equipment, when it cannot be read.
local no_equipment = {
  ["equipment-countries"] = "unknown", ["regions-agree"] = "unknown", ["places-agree"] = "unknown",
  ["equipment-current"] = "unknown", ["foreign-regime"] = "unknown",
}
local no_items = {
  ["equipment-countries"] = "unknown", ["regions-agree"] = "unknown", ["places-agree"] = "unknown",
  ["foreign-regime"] = "unknown",
}

return {
  base = "iad/compliant.json",

  -- ---- R1: equipment ----
  { "IAD: equipment in the United States, and nobody surveyed that country", set = { [east .. ".country"] = "US" },
    expect = { ["equipment-countries"] = "fail", ["foreign-regime"] = "fail" }, blame = east .. ".country" },
  { "CTX: equipment in the United States is as promised", base = ctx, expect = {},
    append = { ["equipment.items"] = machine("US", "Dallas") } },
  { "CTX: a site for disaster recovery in Singapore", base = ctx,
    append = { ["equipment.items"] = machine("SG", "DR サイト") },
    expect = { ["equipment-countries"] = "fail", ["foreign-regime"] = "fail" },
    blame = "equipment.items[eq-new].country" },
  { "the customer's own equipment is not the provider's", base = ctx,
    append = { ["equipment.items"] = machine("SG", "シンガポール支店", "customer") }, expect = {} },
  { "the tenant allows one more country", base = ctx, params = { allowed_countries_ctx = { "JP", "US", "SG" } },
    append = { ["equipment.items"] = machine("SG", "DR サイト") }, expect = no_regime },
  { "6.1.3 and 18.1.1 take the same list: Japan only", base = ctx, params = { allowed_countries_ctx = { "JP" } },
    expect = { ["equipment-countries"] = "fail" } },
  { "equipment without its country", remove = { east .. ".country" },
    expect = { ["equipment-countries"] = "unknown", ["places-agree"] = "unknown", ["foreign-regime"] = "unknown" },
    blame = east .. ".country" },
  { "a country in Japanese", set = { [east .. ".country"] = "日本" },
    expect = { ["equipment-countries"] = "unknown", ["places-agree"] = "unknown", ["foreign-regime"] = "unknown" },
    blame = east .. ".country" },
  { "no equipment at all", set = { ["equipment.items"] = empty_list }, expect = no_items },
  { "only the customer's equipment", set = { [east .. ".party"] = "customer",
    ["equipment.items[eq-west].party"] = "customer", ["equipment.items[eq-st2].party"] = "customer" },
    expect = no_items },
  { "the equipment was not collected", remove = { "equipment" }, expect = no_equipment, blame = "/equipment" },
  { "of both services, each has equipment in the list", base = "both/compliant.json",
    set = { ["equipment.items[eq-east].party"] = "customer", ["equipment.items[eq-west].party"] = "customer",
      ["equipment.items[eq-st2].service"] = "ctx" },
    expect = { ["equipment-countries"] = "unknown" }, blame = "/equipment/items" },
  { "one of both is one of each", base = "both/compliant.json",
    set = { ["equipment.items[eq-east].service"] = "both", ["equipment.items[eq-west].party"] = "customer",
      ["equipment.items[eq-st2].service"] = "ctx" }, expect = {} },
  { "a tenant with both services: IAD equipment abroad", base = ctx,
    set = { ["contract.service"] = "both", [central .. ".service"] = "iad" },
    expect = { ["equipment-countries"] = "fail", ["terms"] = "fail", ["foreign-regime"] = "fail" },
    blame = central .. ".country" },

  -- ---- R1: sites ----
  { "a region of another country than the one that is named", base = ctx, set = { [central .. ".country"] = "JP" },
    expect = { ["regions-agree"] = "fail", ["places-agree"] = "fail" }, blame = central .. ".country" },
  { "a global site says nothing about a country", base = ctx, set = { [central .. ".site"] = "global" },
    expect = { ["regions-agree"] = "fail" }, blame = central .. ".site" },
  { "equipment without its site", base = ctx, remove = { central .. ".site" },
    expect = { ["regions-agree"] = "unknown", ["equipment-countries"] = "unknown" },
    blame = central .. ".site" },

  -- ---- data and equipment ----
  { "data in a country without equipment is told here once too, at the list", base = ctx, remove = { central },
    expect = { ["places-agree"] = "fail" }, blame = "/equipment/items" },
  { "data in a country that is not allowed is told by 6.1.3", base = ctx,
    set = { ["data.locations[lc-profile-r].country"] = "SG" }, expect = no_regime },
  { "the places of data were not collected", base = ctx, remove = { "data" },
    expect = { ["places-agree"] = "unknown", ["foreign-regime"] = "unknown" }, blame = "/data" },

  -- ---- age of the list ----
  { "confirmed exactly 365 days ago", set = { ["equipment.confirmed_at"] = "2025-11-19T15:00:00Z" }, expect = {} },
  { "confirmed 366 days ago", set = { ["equipment.confirmed_at"] = "2025-11-19T23:59:59+09:00" },
    expect = { ["equipment-current"] = "fail" }, blame = "/equipment/confirmed_at" },
  { "the age is a parameter", params = { places_days = 17 }, expect = { ["equipment-current"] = "fail" } },
  { "nobody knows when it was confirmed", remove = { "equipment.confirmed_at" },
    expect = { ["equipment-current"] = "unknown" }, blame = "/equipment/confirmed_at" },

  -- ---- R2: court ----
  { "the court in English", set = { ["contract.court"] = "The Tokyo  District Court" }, expect = {} },
  { "the court in romaji with macrons", set = { ["contract.court"] = "Tōkyō Chihō Saibansho" }, expect = {} },
  { "the court in capitals and full width", set = { ["contract.court"] = "ＴＯＫＹＯ District Court " }, expect = {} },
  { "another court", set = { ["contract.court"] = "大阪地方裁判所" }, expect = no_court, blame = "/contract/court" },
  { "a branch of the court is another court", set = { ["contract.court"] = "東京地方裁判所立川支部" },
    expect = no_court },
  { "the high court is another court", set = { ["contract.court"] = "東京高等裁判所" }, expect = no_court },
  { "the tenant agreed on another court", params = { accepted_courts = { "大阪地方裁判所" } },
    set = { ["contract.court"] = "大阪地方裁判所" }, expect = {} },
  { "nobody knows the court", remove = { "contract.court" }, expect = { ["court"] = "unknown" },
    blame = "/contract/court" },
  { "a court that is null", set = { ["contract.court"] = null }, expect = { ["court"] = "unknown" } },
  { "a governing law is not demanded, and not refused", set = { ["contract.governing_law"] = "日本法" }, expect = {} },

  -- ---- R3: terms ----
  { "IAD is not governed by solution service terms", set = { [terms .. ".kind"] = "solution_service_terms" },
    expect = no_terms, blame = "/contract/terms" },
  { "CTX is governed by either: Internet service terms", base = ctx,
    set = { ["contract.terms[terms-solution].kind"] = "internet_service_terms" }, expect = {} },
  { "an individual agreement alone is not enough", base = ctx,
    set = { ["contract.terms[terms-solution].kind"] = "individual_agreement" }, expect = no_terms },
  { "terms in force from today", set = { [terms .. ".in_force_from"] = "2026-11-20" }, expect = {} },
  { "terms in force from tomorrow", set = { [terms .. ".in_force_from"] = "2026-11-21" }, expect = no_terms },
  { "terms that end today", set = { [terms .. ".in_force_until"] = "2026-11-20" }, expect = {} },
  { "terms that ended yesterday", set = { [terms .. ".in_force_until"] = "2026-11-19" }, expect = no_terms },
  { "terms that ended with the contract",
    set = { ["contract.state"] = "terminated", ["contract.termination"] = { date = "2026-10-31" },
      [terms .. ".in_force_until"] = "2026-10-31" }, expect = { ["terms"] = "not_applicable" } },
  { "before its last day is over they are needed",
    set = { ["contract.state"] = "terminated", ["contract.termination"] = { date = "2026-11-20" },
      [terms .. ".in_force_until"] = "2026-11-19" }, expect = no_terms },
  { "old terms beside those in force",
    append = { ["contract.terms"] = { id = "terms-old", kind = "internet_service_terms", version = "2023",
      in_force_from = "2023-04-01", in_force_until = "2026-03-31" } }, expect = {} },
  { "a tenant with both services: terms for one only", base = ctx, set = { ["contract.service"] = "both" },
    expect = { ["terms"] = "fail", ["equipment-countries"] = "unknown", ["foreign-regime"] = "pass" } },
  { "nobody knows since when the terms hold", remove = { terms .. ".in_force_from" },
    expect = { ["terms"] = "unknown" }, blame = terms .. ".in_force_from" },
  { "no terms at all", set = { ["contract.terms"] = empty_list }, expect = { ["terms"] = "unknown" },
    blame = "/contract/terms" },

  -- ---- R4: regimes ----
  { "data in the United States, and nobody surveyed that country", base = ctx,
    remove = { survey .. ".foreign_regime" }, expect = no_regime, blame = "/attestations" },
  { "another country was surveyed", base = ctx, set = { [survey .. ".foreign_regime"] = { "SG" } },
    expect = no_regime, blame = "/attestations" },
  { "the survey is for another clause", base = ctx, set = { [survey .. ".controls"] = { "14.1.1" } },
    expect = no_regime },
  { "the provider's survey is not the customer's", base = ctx, set = { [survey .. ".subject_party"] = "provider" },
    expect = no_regime },
  { "the survey was confirmed exactly 365 days ago", base = ctx,
    set = { [survey .. ".reviewed_at"] = "2025-11-20T00:00:00+09:00" }, expect = {} },
  { "the survey was confirmed 366 days ago", base = ctx,
    set = { [survey .. ".reviewed_at"] = "2025-11-19T14:59:59Z" }, expect = no_regime,
    blame = survey .. ".reviewed_at" },
  { "how long a survey holds is a parameter", base = ctx, params = { attestation_max_age_days = 100 },
    expect = no_regime },
  { "the survey has no evidence", base = ctx, set = { [survey .. ".evidence"] = empty_list }, expect = no_regime },
  { "nobody knows when the survey was confirmed", base = ctx, remove = { survey .. ".reviewed_at" },
    expect = { ["foreign-regime"] = "unknown" } },
  { "there are no statements", base = ctx, set = { attestations = empty_list }, expect = no_regime },
  { "statements were not collected", base = ctx, remove = { "attestations" },
    expect = { ["foreign-regime"] = "unknown" }, blame = "/attestations" },
  { "support from abroad concerns that country's regime too",
    set = { ["data.locations[loc-sup].country"] = "IN" }, expect = no_regime },
  { "of both services, the one that is abroad needs the survey", base = "both/compliant.json",
    set = { [survey .. ".scope"] = { "ctx" } }, expect = {} },
  { "and not the other one", base = "both/compliant.json",
    set = { [survey .. ".scope"] = { "iad" } }, expect = no_regime },
  { "what serves both concerns both", base = "both/compliant.json",
    set = { [survey .. ".scope"] = { "ctx" }, [central .. ".service"] = "both" },
    expect = { ["foreign-regime"] = "fail", ["equipment-countries"] = "fail" } },
  { "a log export has the records of both", base = "both/compliant.json",
    set = { [survey .. ".scope"] = { "ctx" }, ["logging.export.country"] = "US" }, expect = no_regime },
  { "so does a log export that is kept there", set = { ["logging.export.country"] = "US" }, expect = no_regime,
    blame = "/attestations" },
  { "and a backup", set = { ["backup.jobs[1].country"] = "SG" }, expect = no_regime },
  { "surveyed, it may be there", base = ctx, set = { ["logging.export.country"] = "US" }, expect = {} },
  { "where the export is kept is not known", remove = { "logging.export.country" },
    expect = { ["foreign-regime"] = "unknown" }, blame = "/logging/export/country" },
  { "no export and no backup are nowhere", set = { ["logging.export"] = null, ["backup.jobs"] = empty_list },
    expect = {} },
  { "nor are those of areas that were not collected", remove = { "logging", "backup" }, expect = {} },
  { "a customer in the United States: Japan is abroad", base = ctx, set = { ["tenant.country"] = "US" },
    expect = no_regime },
}
