-- Tests of 15.1.3. IAD has a data centre, a maker of servers, and the customer's own Microsoft 365;
-- CTX has Citrix Cloud, Azure and a data centre.

local ctx = "ctx/compliant.json"

local list = "supply_chain.suppliers"
local centre = list .. "[sp-dc]"
local servers = list .. "[sp-hw]"
local own = list .. "[sp-m365]"
local azure = list .. "[sp-azure]"
local citrix = list .. "[sp-citrix]"

local function supplier(service, kind, name)
  return {
    id = "sp-new", service = service, name = name, kind = kind, customer_owned = false, data_access = true,
    countries = { "JP" }, assessed_at = "2026-03-02T09:00:00+09:00", equivalent = true,
    assurances = { { standard = "SOC 2 Type 2", expires = "2027-03-31", covers = { "JP" } } },
  }
end

-- The customer's own.
local function own_supplier(name)
  local made = supplier("ctx", "cloud", name)
  made.customer_owned = true
  return made
end

local clouded = { ["no-cloud-supplier"] = "fail" }
local unassured = { ["assured"] = "fail", ["assurance-countries"] = "fail" }

-- All rules of the service that read the suppliers.
local no_chain_iad = {
  ["no-cloud-supplier"] = "unknown", ["equivalent-level"] = "unknown", ["assured"] = "unknown",
  ["assurance-countries"] = "unknown", ["assessed"] = "unknown",
}
local no_chain_ctx = {
  ["holders-agree"] = "unknown",
  ["clouds-listed"] = "unknown", ["equivalent-level"] = "unknown", ["assured"] = "unknown",
  ["assurance-countries"] = "unknown", ["assessed"] = "unknown",
}

return {
  base = "iad/compliant.json",

  -- ---- R1: no cloud behind IAD ----
  { "IAD: a cloud among the suppliers contradicts the claim", append = { [list] = supplier("iad", "cloud", "クラウドC") },
    expect = clouded, blame = list .. "[sp-new].kind" },
  { "IAD: a backup to a public cloud makes that one a supplier",
    append = { [list] = supplier("both", "cloud", "バックアップ用オブジェクトストレージ") }, expect = clouded },
  { "IAD: the customer's Microsoft 365 is the customer's, also with Entra Connect",
    set = { [own .. ".name"] = "Microsoft Entra ID" }, expect = {} },
  { "IAD: Microsoft 365 as a supplier of the provider is a contradiction", set = { [own .. ".customer_owned"] = false },
    expect = clouded, blame = list .. "[sp-m365].kind" },
  { "IAD: whose contract it is must be known", remove = { own .. ".customer_owned" },
    expect = no_chain_iad, blame = list .. "[sp-m365].customer_owned" },
  { "IAD: a cloud that supplies CTX only",
    append = { [list] = supplier("ctx", "cloud", "Citrix Cloud") }, expect = {} },
  { "IAD: software is no cloud", append = { [list] = supplier("iad", "software", "監視ソフトウェア") }, expect = {} },
  { "IAD: a list that is empty names no cloud, and shows no supplier either", set = { [list] = empty_list },
    expect = { ["equivalent-level"] = "unknown", ["assured"] = "unknown", ["assurance-countries"] = "unknown",
      ["assessed"] = "unknown" }, blame = "/supply_chain/suppliers" },
  { "IAD: the list is null", set = { [list] = null }, expect = no_chain_iad, blame = "/supply_chain/suppliers" },
  { "IAD: the suppliers were not collected", remove = { "supply_chain" }, expect = no_chain_iad,
    blame = "/supply_chain" },
  { "IAD: equipment in a cloud region", set = { ["equipment.items[eq-west].kind"] = "cloud_region" },
    expect = { ["no-cloud-region"] = "fail" }, blame = "equipment.items[eq-west].kind" },
  { "IAD: the customer's own cloud region is none of the provider's",
    set = { ["equipment.items[eq-west].kind"] = "cloud_region", ["equipment.items[eq-west].party"] = "customer" },
    expect = {} },
  { "IAD: no equipment of the provider's for IAD is in the list: nobody knows where it is",
    set = { ["equipment.items[eq-east].party"] = "customer", ["equipment.items[eq-west].party"] = "customer",
      ["equipment.items[eq-st2].service"] = "ctx" },
    expect = { ["no-cloud-region"] = "unknown" }, blame = "/equipment/items" },
  { "IAD: the equipment was not collected", remove = { "equipment" }, expect = { ["no-cloud-region"] = "unknown" },
    blame = "/equipment" },
  { "a tenant with both services: CTX's clouds do not contradict IAD's claim", base = ctx,
    set = { ["contract.service"] = "both" },
    append = { ["equipment.items"] = { id = "eq-new", service = "iad", party = "provider", kind = "data_centre",
      country = "JP", site = "東日本" }, [list] = supplier("iad", "data_centre", "データセンター事業者A") },
    expect = { ["no-cloud-supplier"] = "pass", ["no-cloud-region"] = "pass" } },
  { "but say nothing about where IAD's equipment is, nor who supplies it", base = ctx,
    set = { ["contract.service"] = "both" },
    expect = { ["no-cloud-supplier"] = "pass", ["no-cloud-region"] = "unknown", ["equivalent-level"] = "unknown",
      ["assured"] = "unknown", ["assurance-countries"] = "unknown", ["assessed"] = "unknown" },
    blame = "/equipment/items" },
  { "one that supplies both is one of each", base = "both/compliant.json",
    set = { [centre .. ".service"] = "both" }, remove = { list .. "[sp-dc-iad]" }, expect = {} },
  { "what is wrong with the other's is wrong, though IAD has none", base = "both/compliant.json",
    set = { [citrix .. ".equivalent"] = false }, remove = { list .. "[sp-dc-iad]" },
    expect = { ["equivalent-level"] = "fail", ["assured"] = "unknown", ["assurance-countries"] = "unknown",
      ["assessed"] = "unknown" }, blame = list .. "[sp-citrix].equivalent" },
  { "without it nobody knows who supplies IAD", base = "both/compliant.json", remove = { list .. "[sp-dc-iad]" },
    expect = { ["equivalent-level"] = "unknown", ["assured"] = "unknown", ["assurance-countries"] = "unknown",
      ["assessed"] = "unknown" }, blame = "/supply_chain/suppliers" },

  -- ---- R2: the clouds behind CTX ----
  { "CTX: Azure is not listed", base = ctx, remove = { azure }, expect = { ["clouds-listed"] = "fail" },
    blame = "/supply_chain/suppliers" },
  { "CTX: the customer's Microsoft 365 is not Azure", base = ctx,
    set = { [azure .. ".name"] = "Microsoft 365（お客様契約）", [azure .. ".customer_owned"] = true },
    expect = { ["clouds-listed"] = "fail" }, blame = "/supply_chain/suppliers" },
  { "CTX: the company that runs Azure stands for it", base = ctx,
    set = { [azure .. ".name"] = "Microsoft Corporation" }, expect = {} },
  { "CTX: so it does by its bare name", base = ctx, set = { [azure .. ".name"] = "Ｍicrosoft" }, expect = {} },
  { "CTX: and in Japanese", base = ctx, set = { [azure .. ".name"] = "日本マイクロソフト株式会社" }, expect = {} },
  { "CTX: an empty list must fail", base = ctx, set = { [list] = empty_list },
    expect = { ["clouds-listed"] = "fail", ["equivalent-level"] = "unknown", ["assured"] = "unknown",
      ["assurance-countries"] = "unknown", ["assessed"] = "unknown" } },
  { "CTX: the name of the holding company", base = ctx, set = { [citrix .. ".name"] = "Cloud Software Group, Inc." },
    expect = {} },
  { "CTX: names in Japanese and in full width", base = ctx,
    set = { [citrix .. ".name"] = "シトリックス・システムズ", [azure .. ".name"] = "ＭＩＣＲＯＳＯＦＴ ＡＺＵＲＥ" }, expect = {} },
  { "CTX: software of that name is no cloud", base = ctx, set = { [citrix .. ".kind"] = "software" },
    expect = { ["clouds-listed"] = "fail" } },
  { "CTX: a cloud that supplies IAD only", base = ctx, set = { [citrix .. ".service"] = "iad" },
    expect = { ["clouds-listed"] = "fail" } },
  { "CTX: the customer holds the Azure contract: listed all the same", base = ctx,
    set = { [azure .. ".customer_owned"] = true, ["azure.subscriptions[1].holder"] = "customer" }, expect = {} },
  { "CTX: the customer's own Azure, which the provider is said to hold", base = ctx,
    set = { [azure .. ".customer_owned"] = true }, expect = { ["holders-agree"] = "fail" },
    blame = azure .. ".customer_owned" },
  { "CTX: the customer holds Citrix Cloud, which is listed as the provider's", base = ctx,
    set = { ["citrix.tenant_holder"] = "customer" }, expect = { ["holders-agree"] = "fail" },
    blame = citrix .. ".customer_owned" },
  { "CTX: the same of a list that names the company", base = ctx,
    set = { [azure .. ".name"] = "Microsoft Corporation", [azure .. ".customer_owned"] = true },
    expect = { ["holders-agree"] = "fail" }, blame = azure .. ".customer_owned" },
  { "CTX: the customer's contract with the company beside the provider's Azure", base = ctx,
    append = { [list] = own_supplier("日本マイクロソフト株式会社") }, expect = {} },
  { "CTX: both sides hold subscriptions: either is right", base = ctx,
    set = { [azure .. ".customer_owned"] = true },
    append = { ["azure.subscriptions"] = { id = "sub-2", name = "自社検証", holder = "customer" } }, expect = {} },
  { "CTX: a subscription of both sides: either is right", base = ctx,
    set = { [azure .. ".customer_owned"] = true, ["azure.subscriptions[1].holder"] = "shared",
      ["citrix.tenant_holder"] = "shared" }, expect = {} },
  { "CTX: nobody said who holds the subscription", base = ctx, remove = { "azure.subscriptions[1].holder" },
    expect = { ["holders-agree"] = "unknown" }, blame = "azure.subscriptions[1].holder" },
  { "CTX: nobody said who holds Citrix Cloud", base = ctx, remove = { "citrix.tenant_holder" },
    expect = { ["holders-agree"] = "unknown" }, blame = "/citrix/tenant_holder" },
  { "CTX: which clouds there have to be is a parameter", base = ctx,
    params = { required_suppliers_ctx = { "Citrix", "Microsoft", "Okta" } }, expect = { ["clouds-listed"] = "fail" } },
  { "CTX: a supplier without a name", base = ctx, remove = { citrix .. ".name" },
    expect = { ["clouds-listed"] = "unknown", ["equivalent-level"] = "unknown", ["assured"] = "unknown",
      ["assurance-countries"] = "unknown", ["assessed"] = "unknown", ["holders-agree"] = "unknown" },
    blame = list .. "[sp-citrix].name" },
  { "CTX: the suppliers were not collected", base = ctx, remove = { "supply_chain" }, expect = no_chain_ctx },

  -- ---- R3: equivalent level ----
  { "a supplier that is not equivalent", set = { [servers .. ".equivalent"] = false },
    expect = { ["equivalent-level"] = "fail" }, blame = list .. "[sp-hw].equivalent" },
  { "nobody confirmed it", remove = { servers .. ".equivalent" }, expect = { ["equivalent-level"] = "unknown" },
    blame = list .. "[sp-hw].equivalent" },
  { "the customer's own cloud is the customer's to judge", set = { [own .. ".equivalent"] = false }, expect = {} },

  -- ---- R3: assurance ----
  { "a certificate that expires today", set = { [centre .. ".assurances[1].expires"] = "2026-11-20" }, expect = {} },
  { "a certificate that expired between audits", set = { [centre .. ".assurances[1].expires"] = "2026-11-19" },
    expect = unassured, blame = list .. "[sp-dc].assurances[1].expires" },
  { "the day is the tenant's: in UTC it is still the 19th",
    set = { as_of = "2026-11-19T15:00:00Z", [centre .. ".assurances[1].expires"] = "2026-11-19" }, expect = unassured },
  { "an expired certificate beside a valid one",
    append = { [centre .. ".assurances"] = { standard = "SOC 2 Type 2", expires = "2026-01-31", covers = { "JP" } } },
    expect = {} },
  { "certificates for ISO/IEC 27001:2013 ended in October 2025",
    set = { [centre .. ".assurances[1].standard"] = "ISO/IEC 27001:2013" }, expect = unassured },
  { "and those for its translation, JIS Q 27001:2014, with it",
    set = { [centre .. ".assurances[1].standard"] = "JIS Q 27001:2014" }, expect = unassured },
  { "however the year is parted from the number",
    set = { [centre .. ".assurances[1].standard"] = "ISO/IEC 27001 ： 2013 (ISMS)" }, expect = unassured },
  { "a certificate of the translation in force",
    set = { [centre .. ".assurances[1].standard"] = "JIS Q 27001:2023（ISO/IEC 27001:2022）" }, expect = {} },
  { "a certificate that says nothing about security", set = { [centre .. ".assurances[1].standard"] = "ISO 9001:2015" },
    expect = { ["assured"] = "fail", ["assurance-countries"] = "fail" } },
  { "which certificates count is a parameter", params = { accepted_assurances = { "ISO 9001" } },
    expect = { ["assured"] = "fail", ["assurance-countries"] = "fail" } },
  { "a maker of equipment needs no certificate", set = { [servers .. ".assurances"] = empty_list }, expect = {} },
  { "a data centre without any", set = { [centre .. ".assurances"] = empty_list },
    expect = { ["assured"] = "fail", ["assurance-countries"] = "fail" },
    blame = list .. "[sp-dc].assurances" },
  { "a certificate without its end", remove = { centre .. ".assurances[1].expires" },
    expect = { ["assured"] = "unknown", ["assurance-countries"] = "unknown" },
    blame = list .. "[sp-dc].assurances[1].expires" },
  { "the certificates were not collected", remove = { centre .. ".assurances" },
    expect = { ["assured"] = "unknown", ["assurance-countries"] = "unknown" },
    blame = list .. "[sp-dc].assurances" },
  { "no cloud and no data centre among the suppliers", remove = { centre },
    expect = { ["assured"] = "unknown", ["assurance-countries"] = "unknown" }, blame = "/supply_chain/suppliers" },
  { "the scope of the certificate leaves the region out", base = ctx,
    set = { [azure .. ".assurances[1].covers"] = { "JP" } }, expect = { ["assurance-countries"] = "fail" },
    blame = list .. "[sp-azure].countries[US]" },
  { "two certificates cover the regions together", base = ctx, set = { [azure .. ".assurances[1].covers"] = { "JP" } },
    append = { [azure .. ".assurances"] = { standard = "SOC 2 Type 2", expires = "2027-06-30", covers = { "US" } } },
    expect = {} },
  { "one that expired covers none, beside a valid one for another region", base = ctx,
    set = { [azure .. ".assurances[1].covers"] = { "JP" } },
    append = { [azure .. ".assurances"] = { standard = "SOC 2 Type 2", expires = "2026-11-19", covers = { "US" } } },
    expect = { ["assurance-countries"] = "fail" }, blame = list .. "[sp-azure].countries[US]" },
  { "nobody knows which countries it supplies from", remove = { centre .. ".countries" },
    expect = { ["assurance-countries"] = "unknown" }, blame = list .. "[sp-dc].countries" },

  -- ---- R4: assessment ----
  { "assessed exactly 365 days ago", set = { [servers .. ".assessed_at"] = "2025-11-20T00:00:00+09:00" }, expect = {} },
  { "assessed 366 days ago, in UTC", set = { [servers .. ".assessed_at"] = "2025-11-19T14:59:59Z" },
    expect = { ["assessed"] = "fail" }, blame = list .. "[sp-hw].assessed_at" },
  { "the list was confirmed 366 days ago", set = { ["supply_chain.confirmed_at"] = "2025-11-19T12:00:00+09:00" },
    expect = { ["assessed"] = "fail" }, blame = "/supply_chain/confirmed_at" },
  { "the interval is a parameter", params = { supplier_days = 100 }, expect = { ["assessed"] = "fail" } },
  { "assessed in the future", set = { [servers .. ".assessed_at"] = "2027-01-01T00:00:00Z" },
    expect = { ["assessed"] = "unknown" } },
  { "nobody knows when it was assessed", remove = { servers .. ".assessed_at" }, expect = { ["assessed"] = "unknown" },
    blame = list .. "[sp-hw].assessed_at" },
  { "the customer's own cloud was assessed long ago", set = { [own .. ".assessed_at"] = "2020-01-01T00:00:00Z" },
    expect = {} },

  -- Accepted claims, from the bases with every option.
  { "claims: suppliers that nobody collected rest on the accepted claim", base = "iad/every-option.json",
    remove = { "supply_chain" }, expect = {} },
  { "claims: the same on CTX", base = "ctx/every-option.json", remove = { "supply_chain" },
    expect = { ["holders-agree"] = "unknown" } },
  { "claims: and so does one thing that is not known", base = "iad/every-option.json",
    remove = { own .. ".customer_owned" }, expect = {} },
  { "claims: a cloud that was found wins over the accepted claim", base = "iad/every-option.json",
    append = { [list] = supplier("iad", "cloud", "クラウドC") }, expect = clouded },
  { "claims: and so does a supplier that nobody found to be equivalent", base = "ctx/every-option.json",
    set = { [azure .. ".equivalent"] = false }, expect = { ["equivalent-level"] = "fail" } },
  { "claims: a contradiction beside something that is not known", base = "iad/every-option.json",
    append = { [list] = supplier("iad", "cloud", "クラウドC") }, remove = { "equipment" }, expect = clouded },
  { "claims: a value of the wrong type is not closed", base = "iad/every-option.json",
    set = { [own .. ".customer_owned"] = "no" }, expect = no_chain_iad },
  { "claims: nor a list that is empty without saying since when", base = "iad/every-option.json",
    set = { [list] = empty_list }, remove = { "supply_chain.confirmed_at" }, expect = no_chain_iad },
}
