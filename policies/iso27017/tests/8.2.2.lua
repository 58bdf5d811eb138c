-- Tests of 8.2.2. On IAD there is a code for the service and one for each of the four options; all
-- assets are labelled with the code of the service.

local ctx = "ctx/compliant.json"

local codes = "contract.service_codes"
local main = codes .. "[IAD-8213-001]"
local console = codes .. "[IAD-8213-103]"
local config = "data.assets[as-config]"
local functions = "portals.customer_portal.functions"

local function code(id, service, state, option, customer)
  return { id = id, service = service, state = state, option = option, customer_id = customer or "C0048213" }
end

local labels = { ["labels-valid"] = "fail" }
local misspelt = { ["codes-spelt"] = "fail" }
local twice = { ["codes-unique"] = "fail" }
local stale = { ["no-stale-codes"] = "fail" }
local function ended_with(stale_codes)
  return { ["services-identified"] = "not_applicable", ["codes-spelt"] = "not_applicable",
    ["codes-of-customer"] = "not_applicable", ["labels-valid"] = "not_applicable", ["no-stale-codes"] = stale_codes }
end

local ended = ended_with("pass")

local strangers = { ["codes-of-customer"] = "fail" }

local no_codes = {
  ["services-identified"] = "unknown", ["no-stale-codes"] = "unknown", ["codes-unique"] = "unknown",
  ["codes-spelt"] = "unknown", ["codes-of-customer"] = "unknown", ["labels-valid"] = "unknown",
}

return {
  base = "iad/compliant.json",

  -- ---- R1: services ----
  { "the code of the service was cancelled, and everything is labelled with it",
    set = { [main .. ".state"] = "cancelled" },
    expect = { ["services-identified"] = "fail", ["labels-valid"] = "fail" },
    blame = "/contract/service_codes" },
  { "a code of an option does not identify the service", set = { [main .. ".option"] = "two_site" },
    expect = { ["services-identified"] = "fail" } },
  { "a code of the other service does not identify this one", set = { [main .. ".service"] = "ctx" },
    expect = { ["services-identified"] = "fail", ["no-stale-codes"] = "fail", ["labels-valid"] = "fail" } },
  { "a second code of the service", append = { [codes] = code("IAD-8213-002", "iad", "active") }, expect = {} },
  { "a tenant with both services needs codes of both", base = ctx, set = { ["contract.service"] = "both" },
    expect = { ["services-identified"] = "fail" } },
  { "a tenant with both services, and one code for both", base = ctx,
    set = { ["contract.service"] = "both", [codes .. "[CTX-0341-001].service"] = "both" }, expect = {} },
  { "nobody knows whether the code is in force", remove = { main .. ".state" },
    expect = { ["services-identified"] = "unknown", ["no-stale-codes"] = "unknown", ["codes-spelt"] = "unknown",
      ["codes-of-customer"] = "unknown", ["labels-valid"] = "unknown" }, blame = codes .. "[IAD-8213-001].state" },
  { "no codes at all", set = { [codes] = empty_list }, expect = no_codes, blame = "/contract/service_codes" },
  { "the codes are missing", remove = { codes }, expect = no_codes, blame = "/contract/service_codes" },

  -- ---- R1: options, where required ----
  { "every option has one code", params = { require_option_codes = true },
    expect = { ["options-identified"] = "pass" } },
  { "an option without a code", params = { require_option_codes = true }, remove = { console },
    expect = { ["options-identified"] = "fail" }, blame = "/contract/service_codes" },
  { "an option whose code was cancelled", params = { require_option_codes = true },
    set = { [console .. ".state"] = "cancelled" }, expect = { ["options-identified"] = "fail" } },
  { "an option with two codes", params = { require_option_codes = true },
    append = { [codes] = code("IAD-8213-113", "iad", "active", "admin_console") },
    expect = { ["options-identified"] = "fail" } },
  { "no option is contracted", base = ctx, params = { require_option_codes = true },
    set = { ["contract.options"] = empty_list },
    expect = { ["options-identified"] = "not_applicable", ["no-stale-codes"] = "fail" } },
  { "options that nobody read", params = { require_option_codes = true }, remove = { "contract.options" },
    expect = { ["options-identified"] = "unknown", ["no-stale-codes"] = "unknown" }, blame = "/contract/options" },

  -- ---- R1: what is no longer contracted ----
  { "a code in force for a cancelled option", set = { ["contract.options"] = { "entra_connect", "two_site",
    "admin_console" } }, expect = stale, blame = codes .. "[IAD-8213-104].option" },
  { "a cancelled code of a cancelled option is in order",
    set = { ["contract.options"] = { "entra_connect", "two_site", "admin_console" },
      [codes .. "[IAD-8213-104].state"] = "cancelled" }, expect = {} },
  { "a code in force for a service that is not contracted",
    append = { [codes] = code("CTX-8213-001", "ctx", "active") }, expect = stale,
    blame = codes .. "[CTX-8213-001].service" },

  -- ---- R2: unique ----
  { "two codes that differ in case", append = { [codes] = code("iad-8213-001", "iad", "active") }, expect = twice,
    blame = codes .. "[iad-8213-001].id" },
  { "two codes that differ in width", append = { [codes] = code("ＩＡＤ-8213-001", "iad", "active") },
    expect = { ["codes-unique"] = "fail", ["codes-spelt"] = "fail" } },
  { "two codes that differ in a blank", append = { [codes] = code("IAD-8213-001 ", "iad", "active") },
    expect = { ["codes-unique"] = "fail", ["codes-spelt"] = "fail" } },
  { "one code twice is not usable", append = { [codes] = code("IAD-8213-001", "iad", "active") },
    expect = { ["codes-unique"] = "unknown", ["codes-spelt"] = "unknown", ["no-stale-codes"] = "unknown",
      ["codes-of-customer"] = "unknown", ["labels-valid"] = "unknown" }, blame = codes .. "[6].id" },

  -- ---- R2: spelling ----
  { "a code in full width", append = { [codes] = code("ＩＡＤ-8213-009", "iad", "active") }, expect = misspelt,
    blame = codes .. "[ＩＡＤ-8213-009].id" },
  { "a code with a blank at its end", append = { [codes] = code("IAD-8213-009 ", "iad", "active") },
    expect = misspelt },
  { "a code of four letters", append = { [codes] = code("IAD1", "iad", "active") }, expect = {} },
  { "a code of three letters", append = { [codes] = code("IAD", "iad", "active") }, expect = misspelt },
  { "a cancelled code may be spelt as it was", append = { [codes] = code("旧IAD", "iad", "cancelled") }, expect = {} },
  { "the form is a parameter", params = { service_code_pattern = "^CTX%-" }, expect = misspelt },
  { "a code without its text", remove = { main .. ".id" },
    expect = { ["codes-spelt"] = "unknown", ["codes-unique"] = "unknown", ["no-stale-codes"] = "unknown",
      ["codes-of-customer"] = "unknown", ["labels-valid"] = "unknown" }, blame = codes .. "[1].id" },

  -- ---- a contract that has ended ----
  { "after the end no code is in force, which is in order",
    set = { ["contract.state"] = "terminated", [codes] = { code("IAD-8213-001", "iad", "cancelled") } },
    expect = ended },
  { "a code in force after the end",
    set = { ["contract.state"] = "terminated", [codes] = { code("IAD-8213-001", "iad", "active") } },
    expect = ended_with("fail"), blame = codes .. "[IAD-8213-001].state" },
  { "after the end a code of which nobody knows hides none in force",
    set = { ["contract.state"] = "terminated", [codes .. "[IAD-8213-001].state"] = null },
    expect = ended_with("fail") },
  { "until the last day codes are in force", set = { ["contract.state"] = "terminating" }, expect = {} },
  { "nobody knows whether the contract has ended", remove = { "contract.state" }, expect = {
    ["services-identified"] = "unknown", ["no-stale-codes"] = "unknown", ["codes-spelt"] = "unknown",
    ["codes-of-customer"] = "unknown", ["labels-valid"] = "unknown", ["options-identified"] = "unknown",
    ["assets-labelled"] = "unknown" } },

  -- ---- R2: whose code ----
  { "a code of another customer", set = { [console .. ".customer_id"] = "C0099999" }, expect = strangers,
    blame = codes .. "[IAD-8213-103].customer_id" },
  { "the first code is another customer's", set = { [codes .. "[IAD-8213-001].customer_id"] = "C0099999" },
    expect = strangers, blame = codes .. "[IAD-8213-001].customer_id" },
  { "a code of which nobody knows whose it is hides no other customer's",
    set = { [codes .. "[IAD-8213-001].customer_id"] = "C0099999" }, remove = { console .. ".customer_id" },
    expect = strangers, blame = codes .. "[IAD-8213-001].customer_id" },
  { "all codes have a dash for the number", set = { [codes] = { code("IAD-8213-001", "iad", "active", nil, "-"),
      code("IAD-8213-101", "iad", "active", "entra_connect", "-") } },
    expect = strangers, blame = codes .. "[IAD-8213-001].customer_id" },
  { "the number in another spelling", set = { [console .. ".customer_id"] = "ｃ0048213 " }, expect = {} },
  { "a group of companies with two numbers", params = { customer_ids = { "C0048213", "C0099999" } },
    set = { [console .. ".customer_id"] = "C0099999" }, expect = {} },
  { "all codes are another customer's", params = { customer_ids = { "C0099999" } }, expect = strangers },
  { "a code of which nobody knows whose it is", remove = { console .. ".customer_id" },
    expect = { ["codes-of-customer"] = "unknown" }, blame = codes .. "[IAD-8213-103].customer_id" },

  -- ---- R3: labels ----
  { "an asset is still labelled with a cancelled code", append = { [codes] = code("IAD-8213-000", "iad", "cancelled") },
    set = { [config .. ".service_code"] = "IAD-8213-000" }, expect = labels, blame = config .. ".service_code" },
  { "the label of an asset that was removed does not matter",
    append = { [codes] = code("CTX-0341-000", "ctx", "cancelled") }, base = ctx,
    set = { ["data.assets[as-image].service_code"] = "CTX-0341-000", ["data.assets[as-image].state"] = "removed" },
    expect = {} },
  { "the label of the provider's assets is the provider's",
    append = { [codes] = code("IAD-8213-000", "iad", "cancelled") },
    set = { ["data.assets[as-dc01].service_code"] = "IAD-8213-000" }, expect = {} },
  { "a label that is in no contract", set = { [config .. ".service_code"] = "IAD-9999-001" },
    expect = { ["labels-valid"] = "unknown" }, blame = config .. ".service_code" },
  { "a label in full width names no code", set = { [config .. ".service_code"] = "ＩＡＤ-8213-001" },
    expect = { ["labels-valid"] = "unknown" } },
  { "a label with a blank at its end names no code", set = { [config .. ".service_code"] = "IAD-8213-001 " },
    expect = { ["labels-valid"] = "unknown" } },
  { "a label of another service", base = ctx, set = { ["contract.service"] = "both" },
    append = { [codes] = code("IAD-0341-001", "iad", "active", nil, "C0060341"), ["data.assets"] = {
      id = "as-new", service = "ctx", name = "X", class = "customer", owner = "Y", state = "in_use", location = "Z",
      service_code = "IAD-0341-001" } }, expect = labels },
  { "labels are not required on every asset", set = { [config .. ".service_code"] = null },
    expect = { ["labels-valid"] = "not_applicable" } },
  { "an asset of which nobody knows the label", remove = { config .. ".service_code" },
    expect = { ["labels-valid"] = "unknown" }, blame = config .. ".service_code" },
  { "the inventory was not collected", remove = { "data" }, expect = { ["labels-valid"] = "unknown" },
    blame = "/data" },
  { "labels are required, and there", params = { require_labels = true }, expect = { ["assets-labelled"] = "pass" } },
  { "labels are required, and one is missing", params = { require_labels = true },
    set = { [config .. ".service_code"] = null },
    expect = { ["assets-labelled"] = "fail", ["labels-valid"] = "not_applicable" },
    blame = config .. ".service_code" },
  { "labels are required, and nobody looked", params = { require_labels = true },
    remove = { config .. ".service_code" },
    expect = { ["assets-labelled"] = "unknown", ["labels-valid"] = "unknown" } },
  { "labels are required, and one names nothing", params = { require_labels = true },
    set = { [config .. ".service_code"] = "IAD-9999-001" },
    expect = { ["assets-labelled"] = "unknown", ["labels-valid"] = "unknown" } },

  -- ---- R4: the portal ----
  { "the portal shows no service documents", set = { [functions] = { "service_list", "ip_restriction" } },
    expect = { ["listing-offered"] = "fail" } },
  { "the portal shows no contracts", set = { [functions] = { "service_documents" } },
    expect = { ["listing-offered"] = "fail" } },
  { "nobody listed the portal's functions", remove = { functions }, expect = { ["listing-offered"] = "unknown" },
    blame = "/portals/customer_portal/functions" },
  { "the portal was not looked at", remove = { "portals" }, expect = { ["listing-offered"] = "unknown" },
    blame = "/portals" },
}
