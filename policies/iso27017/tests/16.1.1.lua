-- Tests of 16.1.1. Both bases pass. On IAD there is one incident, inc-17, detected on 2026-09-08 at
-- 14:02 and reported at 15:10 by portal and mail; on CTX a complete period has none. Contacts for
-- incidents on IAD are ct-ops1, ct-ops2 and ct-sec.

local ctx = "ctx/compliant.json"

local provider, own = "attestations[at-whitepaper]", "attestations[at-incident]"
local incident = "incidents.records[inc-17]"
local first, second = incident .. ".notices[1]", incident .. ".notices[2]"

local function records(status)
  return { ["reported-in-time"] = status, ["reported-by-channel"] = status }
end

-- An incident that nobody reported, detected an hour before the limit of 72 hours is over.
local function unreported(more)
  local item = {
    id = "inc-99", service = "iad", party = "provider", state = "confirmed", summary = "契約者情報の誤送信",
    affects_tenant = true, detected_at = "2026-11-17T10:00:00+09:00", notices = empty_list,
  }
  for key, value in pairs(more or {}) do
    item[key] = value
  end
  return item
end

return {
  base = "iad/compliant.json",

  -- R1: procedures
  { "a provider that states nothing is unknown",
    set = { [provider .. ".controls"] = { "16.1.2" } },
    expect = { ["procedure-stated"] = "unknown" }, blame = "/attestations" },
  { "the provider's statement expired yesterday",
    set = { [provider .. ".expires"] = "2026-11-19" },
    expect = { ["procedure-stated"] = "fail" }, blame = "attestations[at-whitepaper].expires" },
  { "it expires today", set = { [provider .. ".expires"] = "2026-11-20" }, expect = {} },
  { "a customer without a procedure of its own is found",
    remove = { own }, expect = { ["own-procedure"] = "fail" }, blame = "/attestations" },
  { "the provider's statement does not stand for the customer's",
    set = { [own .. ".subject_party"] = "provider" }, expect = { ["own-procedure"] = "fail" } },
  { "whose procedure it is, is unknown: it might be the provider's too",
    set = { [own .. ".subject_party"] = null },
    expect = { ["own-procedure"] = "unknown", ["procedure-stated"] = "unknown" }, blame = own .. ".subject_party" },
  { "statements that were not collected are unknown",
    remove = { "attestations" }, expect = { ["procedure-stated"] = "unknown", ["own-procedure"] = "unknown" } },

  -- R2: in time
  { "72 hours are in time",
    set = { [first .. ".at"] = "2026-09-11T14:02:00+09:00" }, remove = { second }, expect = {} },
  { "a second more is late",
    set = { [first .. ".at"] = "2026-09-11T14:02:01+09:00" }, remove = { second },
    expect = { ["reported-in-time"] = "fail" }, blame = incident .. ".notices[1].at" },
  { "the same in UTC",
    set = { [first .. ".at"] = "2026-09-11T05:02:01Z" }, remove = { second },
    expect = { ["reported-in-time"] = "fail" } },
  { "72 hours after a detection written in UTC are in time",
    set = { [first .. ".at"] = "2026-09-11T14:02:00+09:00", [incident .. ".detected_at"] = "2026-09-08T05:02:00Z" },
    remove = { second }, expect = {} },
  { "a shorter limit is kept to",
    params = { incident_report_hours = 1 }, expect = { ["reported-in-time"] = "fail" } },
  { "the first notice counts, wherever it stands in the list",
    set = { [first .. ".at"] = "2026-09-20T09:00:00+09:00" }, expect = {} },
  { "a notice from before the detection is bad data",
    set = { [first .. ".at"] = "2026-09-08T14:01:59+09:00" }, expect = { ["reported-in-time"] = "unknown" },
    blame = first .. ".at" },
  { "a notice from the future is bad data",
    set = { [first .. ".at"] = "2026-11-21T00:00:00+09:00" }, remove = { second },
    expect = { ["reported-in-time"] = "unknown" } },
  { "a detection of which nothing is known is unknown",
    set = { [incident .. ".detected_at"] = null }, expect = { ["reported-in-time"] = "unknown" } },
  { "a notice without a time is unknown",
    remove = { second .. ".at" }, expect = records("unknown") },
  { "an incident that is not reported yet has its 72 hours",
    append = { ["incidents.records"] = unreported() }, expect = {} },
  { "to the second",
    append = { ["incidents.records"] = unreported({ detected_at = "2026-11-17T09:00:00+09:00" }) }, expect = {} },
  { "then it is late",
    append = { ["incidents.records"] = unreported({ detected_at = "2026-11-16T23:59:59Z" }) },
    expect = { ["reported-in-time"] = "fail" }, blame = "incidents.records[inc-99].notices" },
  { "on CTX as well", base = ctx,
    append = { ["incidents.records"] = unreported({ service = "ctx", detected_at = "2026-11-01T09:00:00+09:00" }) },
    expect = { ["reported-in-time"] = "fail" } },
  { "an incident of the customer's own area is not the provider's to report",
    append = { ["incidents.records"] = unreported({ party = "customer", detected_at = "2026-11-01T09:00:00+09:00" }) },
    expect = {} },
  { "an incident in both areas is",
    append = { ["incidents.records"] = unreported({ party = "shared", detected_at = "2026-11-01T09:00:00+09:00" }) },
    expect = { ["reported-in-time"] = "fail" } },
  { "an incident that does not concern the tenant is not",
    append = { ["incidents.records"] = unreported({
      affects_tenant = false, detected_at = "2026-11-01T09:00:00+09:00",
    }) }, expect = {} },
  { "whether it does is unknown",
    append = { ["incidents.records"] = unreported({ affects_tenant = null }) }, expect = records("unknown") },
  { "a suspicion is not an incident",
    append = { ["incidents.records"] = unreported({ state = "suspected", detected_at = "2026-11-01T09:00:00+09:00" }) },
    expect = {} },
  { "once confirmed it counts from its detection",
    append = { ["incidents.records"] = unreported({ detected_at = "2026-11-01T09:00:00+09:00" }) },
    expect = { ["reported-in-time"] = "fail" } },
  { "an incident of the other service does not concern this one",
    append = { ["incidents.records"] = unreported({ service = "ctx", detected_at = "2026-11-01T09:00:00+09:00" }) },
    expect = {} },

  -- R3: channel
  { "a call alone is no report by portal or mail",
    set = { [first .. ".channels"] = { "telephone" } },
    expect = { ["reported-by-channel"] = "fail" }, blame = incident .. ".notices[1].channels[telephone]" },
  { "a call and mail are", set = { [first .. ".channels"] = { "telephone", "mail" } }, expect = {} },
  { "a channel that nobody knows is unknown",
    set = { [first .. ".channels"] = { "fax" } }, expect = { ["reported-by-channel"] = "unknown" } },
  { "other channels may be agreed on",
    set = { [first .. ".channels"] = { "telephone" } },
    params = { incident_channels = { "portal", "mail", "telephone" } }, expect = {} },
  { "a notice without its channel is unknown",
    remove = { first .. ".channels" }, expect = { ["reported-by-channel"] = "unknown" } },

  -- the records
  { "a complete period without incidents is fine",
    set = { ["incidents.records"] = empty_list }, expect = {} },
  { "of an incomplete one nobody knows", base = ctx,
    set = { ["incidents.complete"] = false }, expect = records("unknown") },
  { "nor of one that ended 32 days ago", base = ctx,
    set = { ["incidents.to"] = "2026-10-19T10:00:00+09:00" }, expect = records("unknown") },
  { "31 days ago is recent enough", base = ctx,
    set = { ["incidents.to"] = "2026-10-20T10:00:00+09:00" }, expect = {} },
  { "incidents that are not disclosed are not judged",
    set = { ["disclosed.incidents"] = false }, expect = records("not_applicable") },
  { "incidents that were not collected are unknown",
    remove = { "incidents" }, expect = records("unknown"), blame = "/incidents" },

  -- R4: contacts
  { "contacts who are no longer in charge receive nothing",
    set = { ["contacts[ct-ops1].active"] = false, ["contacts[ct-ops2].active"] = false,
      ["contacts[ct-sec].active"] = false },
    expect = { ["contacts-named"] = "fail", ["contacts-valid"] = "unknown" }, blame = "/contacts" },
  { "one contact is enough",
    remove = { "contacts[ct-ops2]", "contacts[ct-sec]" }, expect = {} },
  { "unless more are wanted",
    params = { min_contacts = 4 }, expect = { ["contacts-named"] = "fail" } },
  { "the desk of the provider is no contact of the customer",
    set = { ["contacts[ct-ops1].party"] = "provider", ["contacts[ct-ops2].party"] = "provider",
      ["contacts[ct-sec].party"] = "provider" },
    expect = { ["contacts-named"] = "fail", ["contacts-valid"] = "unknown" } },
  { "whether a contact is in charge is unknown",
    set = { ["contacts[ct-sec].active"] = null },
    expect = { ["contacts-named"] = "unknown", ["contacts-valid"] = "unknown" } },
  { "contacts that were not collected are unknown",
    remove = { "contacts" }, expect = { ["contacts-named"] = "unknown", ["contacts-valid"] = "unknown" },
    blame = "/contacts" },
  { "a contact with a telephone only receives no mail",
    set = { ["contacts[ct-sec].email"] = null },
    expect = { ["contacts-valid"] = "fail" }, blame = "contacts[ct-sec].email" },
  { "a contact who left is found",
    set = { ["identities.accounts[ad-k.sato].hr.status"] = "left" },
    expect = { ["contacts-valid"] = "fail" }, blame = "contacts[ct-ops1].account" },
  { "by the person, in whatever spelling",
    set = { ["identities.accounts[ad-k.sato].hr.status"] = "left",
      ["identities.accounts[ad-k.sato].owner"] = "ｅ１０２４" },
    expect = { ["contacts-valid"] = "fail" } },
  { "on leave is not left", set = { ["identities.accounts[p-k.sato].hr.status"] = "on_leave" }, expect = {} },
  { "a contact whose account is disabled is found",
    set = { ["identities.accounts[p-k.sato].enabled"] = false },
    expect = { ["contacts-valid"] = "fail" }, blame = "contacts[ct-ops1].account" },
  { "a contact whose account nobody knows is unknown",
    set = { ["contacts[ct-ops1].account"] = "p-nobody" },
    expect = { ["contacts-valid"] = "unknown" }, blame = "contacts[ct-ops1].account" },
  { "a contact without an account is one all the same",
    remove = { "contacts[ct-ops1].account", "contacts[ct-ops2].account" }, expect = {} },
  { "mail that arrived 365 days ago is proof",
    set = { ["contacts[ct-sec].email_verified_at"] = "2025-11-20T00:00:00+09:00" }, expect = {} },
  { "mail that arrived 366 days ago is not",
    set = { ["contacts[ct-sec].email_verified_at"] = "2025-11-19T14:59:59Z" },
    expect = { ["contacts-valid"] = "fail" }, blame = "contacts[ct-sec].email_verified_at" },
  { "mail that was never tried is unknown",
    remove = { "contacts[ct-sec].email_verified_at" },
    expect = { ["contacts-valid"] = "unknown" }, blame = "contacts[ct-sec].email_verified_at" },
  { "security contacts can be left out",
    remove = { "contacts[ct-sec].email_verified_at" }, params = { contact_kinds = { "operation_manager" } },
    expect = {} },
}
