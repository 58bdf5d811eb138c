-- Tests of 18.1.2. Both bases pass: at-whitepaper names the customer's data; lic-cal (IAD) has 500
-- users licensed, 412 in use and a peak of 431; CTX has lic-ctx (300, 268, 281) and lic-m365.

local ctx = "ctx/compliant.json"

local provider = "attestations[at-whitepaper]"
local cal, desktop = "licences[lic-cal]", "licences[lic-ctx]"

local function licences(status)
  return { ["licences-used"] = status, ["licences-peak"] = status, ["licences-counted"] = status }
end

-- The provider's answer about data that its white paper does not name.
local function letter(more)
  local made = {
    id = "at-letter", controls = { "18.1.2" }, statement = "メール情報はお客様に帰属する",
    issuer = "株式会社クラウド基盤サービス", issuer_party = "provider", subject_party = "provider",
    scope = { "ctx" }, issued = "2026-10-01", reviewed_at = "2026-10-02T09:00:00+09:00", reviewer = "清水 浩",
    evidence = { { uri = "docs/letter.pdf", title = "回答書" } }, ownership = { "mail_information" },
  }
  for key, value in pairs(more or {}) do
    made[key] = value
  end
  return { attestations = made }
end

local function letter_without(key, more)
  local made = letter(more)
  made.attestations[key] = nil
  return made
end

local without_mail = { [provider .. ".ownership"] = {
  "settings", "profile_data", "master_image", "account_information",
} }

return {
  base = "iad/compliant.json",

  -- R1: ownership
  { "a provider that states nothing is unknown",
    set = { [provider .. ".controls"] = { "18.1.1" } },
    expect = { ["ownership-stated"] = "unknown" }, blame = "/attestations" },
  { "a statement that leaves out the data of the service is found",
    set = { [provider .. ".ownership"] = { "dns_zones" } },
    expect = { ["ownership-stated"] = "fail" }, blame = provider .. ".ownership" },
  { "a statement that names no data is unknown",
    remove = { provider .. ".ownership" },
    expect = { ["ownership-stated"] = "unknown" }, blame = provider .. ".ownership" },
  { "more may be wanted",
    params = { owned_iad = { "configuration_data", "directory_objects", "master_image" } },
    expect = { ["ownership-stated"] = "fail" } },
  { "each of the five of CTX is wanted", base = ctx,
    set = { [provider .. ".ownership"] = { "settings", "profile_data", "master_image", "account_information" } },
    expect = { ["ownership-stated"] = "fail" } },
  { "what the white paper leaves out, a letter may state", base = ctx,
    set = without_mail, append = letter(), expect = {} },
  { "as long as it counts", base = ctx,
    set = without_mail, append = letter({ expires = "2026-11-19" }),
    expect = { ["ownership-stated"] = "fail" }, blame = provider .. ".ownership" },
  { "a letter that replaces the white paper has to name everything", base = ctx,
    append = letter({ supersedes = "at-whitepaper" }),
    expect = { ["ownership-stated"] = "fail" }, blame = "attestations[at-letter].ownership" },
  { "what replaced the statement that replaced the white paper names no data", base = ctx,
    set = { ["attestations[at-training].supersedes"] = "at-whitepaper" },
    append = letter_without("ownership", { supersedes = "at-training" }),
    expect = { ["ownership-stated"] = "unknown" }, blame = "attestations[at-letter].ownership" },
  { "data that nobody knows is unknown", base = ctx,
    set = { [provider .. ".ownership"] = { "settings", "profile_data", "master_image", "mail_information", "users" } },
    expect = { ["ownership-stated"] = "unknown" }, blame = provider .. ".ownership[users]" },
  { "a statement that was confirmed too long ago does not count",
    set = { [provider .. ".reviewed_at"] = "2025-11-19T09:00:00+09:00" },
    expect = { ["ownership-stated"] = "fail" }, blame = provider .. ".reviewed_at" },
  { "the customer cannot state it for the provider",
    set = { [provider .. ".issuer_party"] = "customer" },
    expect = { ["ownership-stated"] = "fail" }, blame = provider .. ".issuer_party" },
  { "statements that were not collected are unknown", base = ctx,
    remove = { "attestations" }, expect = { ["ownership-stated"] = "unknown" }, blame = "/attestations" },

  -- R2: contact
  { "the enquiry desk takes complaints as well", remove = { "contacts[ct-ip]" }, expect = {} },
  { "unless a desk of its own is wanted",
    remove = { "contacts[ct-ip]" }, params = { complaint_kinds = { "complaints" } },
    expect = { ["complaint-contact"] = "unknown" }, blame = "/contacts" },
  { "a desk that is closed is none",
    set = { ["contacts[ct-ip].active"] = false, ["contacts[ct-desk].active"] = false },
    expect = { ["complaint-contact"] = "unknown" } },
  { "a desk of the customer's own is none",
    set = { ["contacts[ct-ip].party"] = "customer", ["contacts[ct-desk].party"] = "customer" },
    expect = { ["complaint-contact"] = "unknown" } },
  { "a desk that cannot be reached is found",
    set = { ["contacts[ct-ip].email"] = null, ["contacts[ct-desk].email"] = null },
    remove = { "contacts[ct-desk].telephone" },
    expect = { ["complaint-contact"] = "fail" }, blame = "/contacts" },
  { "one that can be reached is enough",
    set = { ["contacts[ct-ip].email"] = null }, expect = {} },
  { "a telephone is enough",
    set = { ["contacts[ct-ip].email"] = null, ["contacts[ct-desk].email"] = null }, expect = {} },
  { "on CTX as well", base = ctx,
    set = { ["contacts[ct-ip].email"] = null, ["contacts[ct-desk].email"] = null },
    remove = { "contacts[ct-desk].telephone" }, expect = { ["complaint-contact"] = "fail" } },
  { "a mail address of which nothing is said is unknown",
    remove = { "contacts[ct-ip].email" },
    expect = { ["complaint-contact"] = "unknown" }, blame = "contacts[ct-ip].email" },
  { "whose contact a manager is does not matter", remove = { "contacts[ct-ops1].party" }, expect = {} },
  { "contacts that were not collected are unknown",
    remove = { "contacts" }, expect = { ["complaint-contact"] = "unknown" }, blame = "/contacts" },

  -- R3: licences
  { "as many as are licensed may use it",
    set = { [cal .. ".used"] = 500, [cal .. ".peak"] = 500 }, expect = {} },
  { "one more may not",
    set = { [cal .. ".used"] = 501, [cal .. ".peak"] = 501 },
    expect = { ["licences-used"] = "fail", ["licences-peak"] = "fail" }, blame = "licences[lic-cal].used" },
  { "scaled out for an hour, one too many was used at the peak",
    set = { [cal .. ".peak"] = 501 }, expect = { ["licences-peak"] = "fail" }, blame = "licences[lic-cal].peak" },
  { "without limit, any number may", set = { [cal .. ".entitled"] = null, [cal .. ".peak"] = 100000 }, expect = {} },
  { "of nothing licensed, nothing may be used",
    set = { [cal .. ".entitled"] = 0 }, expect = { ["licences-used"] = "fail", ["licences-peak"] = "fail" } },
  { "and nothing used is fine",
    set = { [cal .. ".entitled"] = 0, [cal .. ".used"] = 0, [cal .. ".peak"] = 0 }, expect = {} },
  { "how many are licensed is unknown",
    remove = { cal .. ".entitled" },
    expect = { ["licences-used"] = "unknown", ["licences-peak"] = "unknown" }, blame = "licences[lic-cal].entitled" },
  { "a peak below what is used now is bad data",
    set = { [cal .. ".peak"] = 411 }, expect = { ["licences-peak"] = "unknown" }, blame = "licences[lic-cal]" },
  { "a number as text is unknown",
    set = { [cal .. ".used"] = "412" },
    expect = { ["licences-used"] = "unknown", ["licences-peak"] = "unknown" }, blame = "licences[lic-cal].used" },
  { "a count by devices, sessions or cores is a count", base = ctx,
    set = { [desktop .. ".metric"] = "concurrent", [desktop .. ".peak"] = 301, ["licences[lic-m365].metric"] = "core" },
    expect = { ["licences-peak"] = "fail" } },
  { "every product is judged", base = ctx,
    set = { ["licences[lic-m365].used"] = 321, ["licences[lic-m365].peak"] = 321 },
    expect = { ["licences-used"] = "fail", ["licences-peak"] = "fail" }, blame = "licences[lic-m365].used" },
  { "a count 92 days ago is recent",
    set = { [cal .. ".counted_at"] = "2026-08-20T00:00:00+09:00" }, expect = {} },
  { "a count 93 days ago is not",
    set = { [cal .. ".counted_at"] = "2026-08-19T14:59:59Z" },
    expect = { ["licences-counted"] = "fail" }, blame = "licences[lic-cal].counted_at" },
  { "a count that lies ahead is unknown",
    set = { [cal .. ".counted_at"] = "2026-11-21T00:00:00+09:00" }, expect = { ["licences-counted"] = "unknown" } },
  { "a tenant of IAD may need no licence",
    set = { licences = empty_list }, expect = licences("not_applicable") },
  { "one of CTX needs some", base = ctx,
    set = { licences = empty_list }, expect = licences("unknown") },
  { "one with both services as well",
    set = { licences = empty_list, ["contract.service"] = "both" },
    expect = {
      ["ownership-stated"] = "unknown", ["licences-used"] = "unknown", ["licences-peak"] = "unknown",
      ["licences-counted"] = "unknown",
    } },
  { "of both services, CTX needs one of its own", base = "both/compliant.json",
    remove = { "licences[lic-ctx]" }, expect = licences("unknown"), blame = "/licences" },
  { "too many used on IAD are too many, though CTX has none", base = "both/compliant.json",
    remove = { "licences[lic-ctx]" }, set = { [cal .. ".used"] = 501, [cal .. ".peak"] = 501 },
    expect = { ["licences-used"] = "fail", ["licences-peak"] = "fail", ["licences-counted"] = "unknown" },
    blame = "licences[lic-cal].used" },
  { "and IAD needs none", base = "both/compliant.json", remove = { "licences[lic-cal]" }, expect = {} },
  { "one for both is one for CTX", base = "both/compliant.json",
    remove = { "licences[lic-ctx]" }, set = { ["licences[lic-cal].service"] = "both" }, expect = {} },
  { "licences of the other service are none of this one's",
    set = { [cal .. ".service"] = "ctx" }, expect = licences("unknown"), blame = "/licences" },
  { "licences that were not collected are unknown",
    remove = { "licences" }, expect = licences("unknown"), blame = "/licences" },
}
