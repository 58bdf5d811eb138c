-- Tests of 6.1.3. On IAD everything is in Japan, at two sites; on CTX settings and a part of the
-- profiles are in the United States, and the profiles of japaneast are copied to japanwest.

local ctx = "ctx/compliant.json"

local places = "data.locations"
local objects = places .. "[loc-obj-e]"
local profile = places .. "[lc-profile]"
local account = "azure.storage_accounts[stprofilejpe]"
local desk = "contacts[ct-desk]"
local ppc = "contacts[ct-ppc]"
local paper = "attestations[at-whitepaper]"

local function place(service, dataset, role, country, region, site)
  return { id = "loc-new", service = service, dataset = dataset, role = role, country = country, region = region,
    site = site }
end

local abroad = { ["data-countries"] = "fail" }
local stated = { ["provider-stated"] = "fail" }

-- All rules that read the places, when these cannot be read.
local no_data = {
  ["data-countries"] = "unknown", ["regions-agree"] = "unknown", ["datasets-located"] = "unknown",
  ["places-agree"] = "unknown", ["places-current"] = "unknown", ["two-sites"] = "unknown",
}
local no_places = {
  ["data-countries"] = "unknown", ["regions-agree"] = "unknown", ["datasets-located"] = "unknown",
  ["places-agree"] = "unknown", ["two-sites"] = "unknown",
}
local no_country = { ["data-countries"] = "unknown", ["places-agree"] = "unknown" }

return {
  base = "iad/compliant.json",

  -- ---- R1: countries ----
  { "IAD: data in the United States", append = { [places] = place("iad", "dns_zones", "primary", "US", "データセンター") },
    expect = { ["data-countries"] = "fail", ["two-sites"] = "unknown" }, blame = "data.locations[loc-new].country" },
  { "IAD: the same with its service labelled otherwise", set = { [objects .. ".service"] = "ctx",
    [objects .. ".country"] = "US" }, expect = abroad, blame = "data.locations[loc-obj-e].country" },
  { "CTX: data in the United States is as promised", base = ctx, expect = {},
    set = { [profile .. ".country"] = "US", [profile .. ".region"] = "eastus2" } },
  { "CTX: a replica in Singapore while the primary is in Japan", base = ctx,
    set = { [places .. "[lc-profile-r].country"] = "SG", [places .. "[lc-profile-r].region"] = "southeastasia" },
    expect = abroad, blame = "data.locations[lc-profile-r].country" },
  { "a backup abroad while the primary is domestic",
    append = { [places] = place("iad", "directory_objects", "backup", "SG", "Singapore DC", "other") },
    expect = { ["data-countries"] = "fail", ["two-sites"] = "fail" } },
  { "logs abroad while the primary is domestic", base = ctx,
    set = { [places .. "[lc-activity].country"] = "IE", [places .. "[lc-activity].region"] = "dublin" },
    expect = abroad, blame = "data.locations[lc-activity].country" },
  { "support that looks in from abroad", set = { [places .. "[loc-sup].country"] = "IN" }, expect = abroad,
    blame = "data.locations[loc-sup].country" },
  { "metadata of Entra ID in another country than the virtual machines", base = ctx,
    append = { [places] = place("ctx", "account_information", "metadata", "AU", "australiaeast") },
    expect = abroad, blame = "data.locations[loc-new].country" },
  { "the tenant allows one more country", base = ctx, params = { allowed_countries_ctx = { "jp", "us", "au" } },
    append = { [places] = place("ctx", "account_information", "metadata", "AU", "australiaeast") }, expect = {} },
  { "the tenant allows Japan only", base = ctx, params = { allowed_countries_ctx = { "JP" } },
    expect = { ["data-countries"] = "fail", ["cloud-regions"] = "fail" } },
  { "the region is known, and the country is missing", base = ctx, remove = { profile .. ".country" },
    expect = { ["data-countries"] = "unknown", ["regions-agree"] = "unknown", ["places-agree"] = "unknown" },
    blame = "data.locations[lc-profile].country" },
  { "a country in small letters", set = { [objects .. ".country"] = "jp" }, expect = no_country,
    blame = "data.locations[loc-obj-e].country" },
  { "a country in three letters", set = { [objects .. ".country"] = "JPN" }, expect = no_country,
    blame = "data.locations[loc-obj-e].country" },
  { "a country in Japanese", set = { [objects .. ".country"] = "日本" }, expect = no_country,
    blame = "data.locations[loc-obj-e].country" },
  { "a country that is null", set = { [objects .. ".country"] = null }, expect = no_country },
  { "no places at all", set = { [places] = empty_list }, expect = no_places, blame = "/data/locations" },
  { "the places were not collected", remove = { "data" }, expect = no_data, blame = "/data" },
  { "a tenant with both services: an IAD place abroad", base = ctx, set = { ["contract.service"] = "both" },
    append = { [places] = place("iad", "dns_zones", "primary", "US", "centralus", "east_japan") },
    expect = { ["data-countries"] = "fail", ["datasets-located"] = "fail", ["provider-stated"] = "unknown" },
    blame = "data.locations[loc-new].country" },
  { "a tenant with both services: what serves both keeps to both lists", base = ctx,
    set = { ["contract.service"] = "both" },
    append = { [places] = place("both", "contract_information", "primary", "US", "centralus") },
    expect = { ["data-countries"] = "fail", ["datasets-located"] = "fail", ["provider-stated"] = "unknown" },
    blame = "data.locations[loc-new].country" },

  -- ---- R1: regions ----
  { "a region of another country than the one that is named", base = ctx,
    set = { [profile .. ".region"] = "Central US" }, expect = { ["regions-agree"] = "fail" },
    blame = "data.locations[lc-profile].country" },
  { "a global region says nothing about a country", base = ctx, set = { [profile .. ".region"] = "Global" },
    expect = { ["regions-agree"] = "fail" }, blame = "data.locations[lc-profile].region" },
  { "neither does a geography", base = ctx, set = { [profile .. ".region"] = "geo" },
    expect = { ["regions-agree"] = "fail" } },
  { "a content delivery network without a fixed region", base = ctx, params = { boundless_regions = { "CDN" } },
    set = { [profile .. ".region"] = "cdn" }, expect = { ["regions-agree"] = "fail" } },
  { "regions as the portal writes them", base = ctx, set = { [profile .. ".region"] = "Japan East" }, expect = {} },
  { "a region that the tenant adds", base = ctx, params = { region_countries = { "Tokyo=JP", "japaneast=US" } },
    expect = { ["regions-agree"] = "fail", ["cloud-regions"] = "unknown" } },
  { "a name that tells nothing is no contradiction", set = { [objects .. ".region"] = "第2データセンター" },
    expect = {} },
  { "a region that is missing", remove = { objects .. ".region" }, expect = { ["regions-agree"] = "unknown" },
    blame = "data.locations[loc-obj-e].region" },

  -- ---- R1: what Azure says ----
  { "Azure copies from japaneast to japanwest, inside Japan", base = ctx,
    set = { [account .. ".paired_region"] = "Japan West" }, expect = {} },
  { "Azure copies to a region abroad", base = ctx, set = { [account .. ".paired_region"] = "southeastasia" },
    expect = { ["cloud-regions"] = "fail" }, blame = account .. ".paired_region" },
  { "a storage account abroad", base = ctx, set = { [account .. ".region"] = "koreacentral" },
    expect = { ["cloud-regions"] = "fail" }, blame = account .. ".region" },
  { "a storage account in a global region", base = ctx, set = { [account .. ".region"] = "global" },
    expect = { ["cloud-regions"] = "fail" } },
  { "session hosts abroad", base = ctx, set = { ["azure.host_pools[hp-usc].region"] = "brazilsouth" },
    expect = { ["cloud-regions"] = "fail" }, blame = "azure.host_pools[hp-usc].region" },
  { "a region that nobody knows", base = ctx, set = { [account .. ".region"] = "mars1" },
    expect = { ["cloud-regions"] = "unknown" }, blame = "/azure/storage_accounts" },
  { "Azure copies to another region, and nobody says to which", base = ctx,
    set = { [account .. ".paired_region"] = null }, expect = { ["cloud-regions"] = "fail" },
    blame = account .. ".replication" },
  { "Azure copies within the region", base = ctx,
    set = { [account .. ".paired_region"] = null, [account .. ".replication"] = "zrs" }, expect = {} },
  { "nobody knows whether Azure copies", base = ctx, remove = { account .. ".replication" },
    expect = { ["cloud-regions"] = "unknown" }, blame = account .. ".replication" },
  { "nobody knows where Azure copies to", base = ctx, remove = { account .. ".paired_region" },
    expect = { ["cloud-regions"] = "unknown" }, blame = account .. ".paired_region" },
  { "no storage accounts leave the session hosts", base = ctx, set = { ["azure.storage_accounts"] = empty_list },
    expect = {} },
  { "Azure was not collected", base = ctx, remove = { "azure" }, expect = { ["cloud-regions"] = "unknown" } },

  -- ---- R1: the customer's own copies ----
  { "the customer's backup abroad", set = { ["backup.jobs[bk-gpo].country"] = "SG" },
    expect = { ["customer-copies"] = "fail" }, blame = "backup.jobs[bk-gpo].country" },
  { "the customer's export of logs abroad", set = { ["logging.export.country"] = "US" },
    expect = { ["customer-copies"] = "fail" }, blame = "/logging/export/country" },
  { "on CTX it may be in the United States", base = ctx, set = { ["logging.export.country"] = "US" }, expect = {} },
  { "backups and no export", set = { ["logging.export"] = null }, expect = {} },
  { "an export and no backups", set = { ["backup.jobs"] = empty_list }, expect = {} },
  { "no copies", set = { ["backup.jobs"] = empty_list, ["logging.export"] = null },
    expect = { ["customer-copies"] = "not_applicable" } },
  { "nobody knows whether logs are exported", remove = { "logging.export" },
    expect = { ["customer-copies"] = "unknown" }, blame = "/logging/export" },
  { "the backups were not collected", remove = { "backup" }, expect = { ["customer-copies"] = "unknown" } },

  -- ---- R2: datasets ----
  { "a dataset without a place", remove = { places .. "[loc-dns-e]" }, expect = { ["datasets-located"] = "fail" },
    blame = "/data/locations" },
  { "a dataset of which only the replica is known", set = { [places .. "[loc-dns-e].role"] = "replica" },
    expect = { ["datasets-located"] = "fail" } },
  { "with Entra Connect its configuration is a dataset", remove = { places .. "[loc-sync-e]" },
    expect = { ["datasets-located"] = "fail" } },
  { "without Entra Connect it is none", remove = { places .. "[loc-sync-e]", "identities.sync" },
    set = { ["contract.options"] = { "two_site", "admin_console" } }, expect = {} },
  { "CTX: nobody says where mail information is", base = ctx, remove = { places .. "[lc-mail]" },
    expect = { ["datasets-located"] = "fail" } },
  { "CTX: the tenant uses no mail", base = ctx, remove = { places .. "[lc-mail]" },
    params = { datasets_ctx = { "settings", "profile_data", "master_image" } }, expect = {} },
  { "a place of which nobody knows what is there", remove = { places .. "[loc-dns-e].dataset" },
    expect = { ["datasets-located"] = "unknown", ["data-countries"] = "unknown", ["two-sites"] = "unknown" },
    blame = "data.locations[loc-dns-e].dataset" },

  -- ---- data and equipment ----
  { "data in a country without equipment is told once, not for each place", base = ctx,
    set = { ["equipment.items[eq-centralus].country"] = "JP" }, expect = { ["places-agree"] = "fail" },
    blame = "data.locations[lc-settings].country" },
  { "the customer's own equipment does not count", base = ctx,
    set = { ["equipment.items[eq-centralus].party"] = "customer" }, expect = { ["places-agree"] = "fail" } },
  { "support from an allowed country needs no equipment there", base = ctx,
    params = { allowed_countries_ctx = { "JP", "US", "IN" } },
    append = { [places] = place("ctx", "support_records", "support", "IN", "Pune") }, expect = {} },
  { "equipment without data in its country is no contradiction",
    append = { ["equipment.items"] = { id = "eq-us", service = "iad", party = "provider", kind = "data_centre",
      country = "US", site = "Dallas" } }, expect = {} },
  { "the equipment was not collected", remove = { "equipment" }, expect = { ["places-agree"] = "unknown" },
    blame = "/equipment" },

  -- ---- age of the list ----
  { "confirmed exactly 365 days ago", set = { ["data.collected_at"] = "2025-11-20T00:00:00+09:00" }, expect = {} },
  { "confirmed 366 days ago, written in UTC", set = { ["data.collected_at"] = "2025-11-19T14:59:59Z" },
    expect = { ["places-current"] = "fail" }, blame = "/data/collected_at" },
  { "the age is a parameter", params = { places_days = 3 }, expect = { ["places-current"] = "fail" } },
  { "confirmed in the future", set = { ["data.collected_at"] = "2027-01-01T00:00:00Z" },
    expect = { ["places-current"] = "unknown" } },

  -- ---- R3: statement and desk ----
  { "nobody recorded what the provider states", set = { attestations = empty_list },
    expect = { ["provider-stated"] = "unknown" }, blame = "attestations" },
  { "statements were not collected", remove = { "attestations" }, expect = { ["provider-stated"] = "unknown" } },
  { "the customer cannot state it for the provider", set = { [paper .. ".issuer_party"] = "customer" },
    expect = stated, blame = paper .. ".issuer_party" },
  { "the statement expired", set = { [paper .. ".expires"] = "2026-11-19" }, expect = stated },
  { "a statement without its date", remove = { paper .. ".issued" }, expect = { ["provider-stated"] = "unknown" },
    blame = paper .. ".issued" },
  { "how long a statement holds is a parameter", params = { attestation_max_age_days = 100 }, expect = stated },
  { "there is no enquiry desk", remove = { desk }, expect = { ["enquiry-desk"] = "fail" }, blame = "/contacts" },
  { "a desk of the customer's own is not the provider's", set = { [desk .. ".party"] = "customer" },
    expect = { ["enquiry-desk"] = "fail" } },
  { "a desk that is both sides' is the provider's as well", set = { [desk .. ".party"] = "shared" }, expect = {} },
  { "the desk has been closed", set = { [desk .. ".active"] = false }, expect = { ["enquiry-desk"] = "fail" },
    blame = desk .. ".active" },
  { "the desk has a telephone and no mail", set = { [desk .. ".email"] = null }, expect = {} },
  { "the desk has mail and no telephone", remove = { desk .. ".telephone" }, expect = {} },
  { "the desk cannot be reached", set = { [desk .. ".email"] = null }, remove = { desk .. ".telephone" },
    expect = { ["enquiry-desk"] = "fail" }, blame = desk .. ".email" },
  { "a second desk is in charge", set = { [desk .. ".active"] = false },
    append = { contacts = { id = "ct-desk2", name = "新窓口", kind = "enquiry_desk", party = "provider", active = true,
      email = "desk2@example.jp" } }, expect = {} },
  { "nobody knows whether the desk is in charge", remove = { desk .. ".active" },
    expect = { ["enquiry-desk"] = "unknown" }, blame = desk .. ".active" },

  -- ---- regions that are not in Japan ----
  { "CTX: a home region of Citrix Cloud that is many countries", base = ctx,
    set = { [places .. "[lc-profile].region"] = "European Union" }, expect = { ["regions-agree"] = "fail" },
    blame = "data.locations[lc-profile].region" },
  { "CTX: another, in short", base = ctx, set = { [places .. "[lc-profile].region"] = "AP-S" },
    expect = { ["regions-agree"] = "fail" } },
  { "CTX: the second region of a pair of Azure", base = ctx,
    set = { [places .. "[lc-profile].region"] = "Germany North" }, expect = { ["regions-agree"] = "fail" } },

  -- ---- R4: two sites ----
  { "everything at one site", set = { [places .. "[loc-obj-w].site"] = "east_japan" },
    expect = { ["two-sites"] = "fail" }, blame = "/data/locations" },
  { "logs at the second site are not the directory",
    set = { [places .. "[loc-obj-w].site"] = "east_japan", [places .. "[loc-log-e].site"] = "west_japan" },
    expect = { ["two-sites"] = "fail" }, blame = "/data/locations" },
  { "a site that is none of the two", set = { [places .. "[loc-dns-e].site"] = "other" },
    expect = { ["two-sites"] = "fail" }, blame = "data.locations[loc-dns-e].site" },
  { "a place without its site", remove = { places .. "[loc-dns-e].site" }, expect = { ["two-sites"] = "unknown" },
    blame = "data.locations[loc-dns-e].site" },
  { "without the option one site is enough", set = { ["contract.options"] = { "entra_connect", "admin_console" },
    [places .. "[loc-obj-w].site"] = "east_japan" }, expect = { ["two-sites"] = "not_applicable" } },

  -- ---- the customer's authorities ----
  { "no authority among the contacts", remove = { ppc }, expect = { ["own-authorities"] = "fail" },
    blame = "/contacts" },
  { "an authority that the provider names is not the customer's", set = { [ppc .. ".party"] = "provider" },
    expect = { ["own-authorities"] = "fail" } },
  { "an authority that both sides have to tell is the customer's as well", set = { [ppc .. ".party"] = "shared" },
    expect = {} },
  { "an authority without telephone and mail", remove = { ppc .. ".telephone" },
    expect = { ["own-authorities"] = "fail" }, blame = ppc .. ".email" },
  { "the contacts were not collected", remove = { "contacts" },
    expect = { ["own-authorities"] = "unknown", ["enquiry-desk"] = "unknown" }, blame = "/contacts" },

  -- ---- a tenant with both services ----
  { "a statement for each service: they count together", base = "both/compliant.json",
    set = { ["attestations[at-whitepaper].scope"] = { "iad" } },
    append = { attestations = {
      id = "at-of-ctx", controls = { "6.1.3" }, statement = "CTX について表明する",
      issuer = "株式会社クラウド基盤サービス", issuer_party = "provider", subject_party = "provider",
      scope = { "ctx" }, issued = "2026-04-01", reviewed_at = "2026-04-06T15:00:00+09:00",
      reviewer = "久保 明",
      evidence = { { uri = "docs/ctx.pdf", title = "CTX に関する説明書", language = "ja" } },
    } },
    expect = {} },
  { "a statement for one of the services only", base = "both/compliant.json",
    set = { ["attestations[at-whitepaper].scope"] = { "iad" } },
    expect = { ["provider-stated"] = "unknown" }, blame = "attestations" },
}
