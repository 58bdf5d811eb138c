-- Tests of 9.2.2. as-01 gives p-k.sato (owner E1024) the portal, as-03 gives g-domain-admins (k.sato, and
-- s.takahashi through g-tier0) Domain Admins; as-04, as-06, as-07 and as-08 have no end.

local ctx = "ctx/compliant.json"
local first, tools = "identities.assignments[as-01]", "identities.assignments[as-03]"
local portal, cloud = "identities.roles[r-portal-master]", "identities.roles[r-global-admin]"

local function approved_by(who)
  return { [first .. ".approved_by"] = who }
end

return {
  base = "iad/compliant.json",

  -- ---- functions offered ----
  { "the portal does not manage rights", set = { ["portals.customer_portal.functions"] = { "user_registration" } },
    expect = { ["portal-rights-offered"] = "fail" }, blame = "portals.customer_portal.functions[user_registration]" },
  { "nobody wrote down what the portal offers", remove = { "portals.customer_portal.functions" },
    expect = { ["portal-rights-offered"] = "unknown" } },
  { "the console does not manage rights", set = { ["portals.admin_console.functions"] = { "event_log" } },
    expect = { ["console-rights-offered"] = "fail" } },
  { "nobody wrote down what the console offers", remove = { "portals.admin_console.functions" },
    expect = { ["console-rights-offered"] = "unknown" } },
  { "CTX passes, and has no console", base = ctx, expect = {} },

  -- ---- R1 ----
  { "an orphaned identifier", set = { [first] = { id = "as-01", role = "r-portal-operator", principal = "unresolved",
      unresolved_id = "S-1-5-21-1-2-3-1105", kind = "active", scope = "/", starts = "2026-04-01T09:00:00+09:00",
      ends = null, granted_by = "E0007", approved_by = "E0001" } },
    expect = { ["assignments-lead-somewhere"] = "fail" }, blame = "identities.assignments[as-01].principal" },
  { "the account is deleted", set = { ["identities.accounts[p-k.sato].deleted_at"] = "2026-11-19T09:00:00+09:00" },
    expect = { ["assignments-lead-somewhere"] = "fail" } },
  { "the account is not in the snapshot", set = { [first .. ".account"] = "p-nobody" },
    expect = { ["assignments-lead-somewhere"] = "unknown", ["approved-by-another"] = "unknown",
      ["no-expired-assignments"] = "unknown" } },
  { "the role is not in the snapshot", set = { [first .. ".role"] = "r-nothing" },
    expect = { ["assignments-lead-somewhere"] = "unknown", ["approved-by-another"] = "unknown",
      ["no-expired-assignments"] = "unknown", ["service-rights-documented"] = "unknown",
      ["own-rights-documented"] = "unknown", ["access-reviewed"] = "unknown" } },
  { "nobody wrote down the assignments", remove = { "identities.assignments" },
    expect = { ["assignments-lead-somewhere"] = "unknown", ["approved-by-another"] = "unknown",
      ["no-expired-assignments"] = "unknown", ["service-rights-documented"] = "unknown",
      ["own-rights-documented"] = "unknown", ["access-reviewed"] = "unknown" } },

  -- ---- R2 ----
  { "the portal's documents do not say what the role grants",
    set = { [portal .. ".documented_permissions"] = empty_list },
    expect = { ["service-rights-documented"] = "fail" },
    blame = "identities.roles[r-portal-master].documented_permissions" },
  { "the document's name is only a blank", set = { [portal .. ".document"] = " " },
    expect = { ["service-rights-documented"] = "fail" } },
  { "nobody names the document", remove = { portal .. ".document" },
    expect = { ["service-rights-documented"] = "unknown" } },
  { "the customer's documents do not say what the role grants",
    set = { [cloud .. ".documented_permissions"] = empty_list },
    expect = { ["own-rights-documented"] = "fail" },
    blame = "identities.roles[r-global-admin].documented_permissions" },
  { "nobody knows whether the customer wrote anything", set = { [cloud .. ".documented_permissions"] = null },
    expect = { ["own-rights-documented"] = "unknown" } },
  { "a role that nobody holds need not be documented",
    set = { ["identities.roles[r-portal-operator].documented_permissions"] = empty_list }, expect = {} },
  { "rights of Active Directory are the service's on IAD",
    set = { ["identities.roles[r-domain-admins].documented_permissions"] = empty_list },
    expect = { ["service-rights-documented"] = "fail" } },
  { "rights of Active Directory are the customer's on CTX", base = ctx,
    set = { ["identities.roles[r-domain-admins].documented_permissions"] = empty_list },
    expect = { ["own-rights-documented"] = "fail" } },
  { "no role is the customer's own", set = { ["identities.roles[r-global-admin].source"] = "portal",
      ["identities.roles[r-sync].source"] = "ad" },
    expect = { ["own-rights-documented"] = "not_applicable" } },
  { "a role that was renamed is the same role", set = { [portal .. ".name"] = "契約管理者" }, expect = {} },

  -- ---- R3 ----
  { "nobody approved it", set = approved_by(null), expect = { ["approved-by-another"] = "fail" },
    blame = "identities.assignments[as-01].approved_by" },
  { "the holder approved it", set = approved_by("E1024"), expect = { ["approved-by-another"] = "fail" } },
  { "the holder approved it under another spelling", set = approved_by("ｅ1024 "),
    expect = { ["approved-by-another"] = "fail" } },
  { "the holder approved it by the sign-in name", set = approved_by("K.Sato@minato-seiki.example.jp"),
    expect = { ["approved-by-another"] = "fail" } },
  { "the holder approved it by the display name", set = approved_by("佐藤 健一"),
    expect = { ["approved-by-another"] = "fail" } },
  { "a member approved the right of the group, from a group inside it", set = { [tools .. ".approved_by"] = "E1302" },
    expect = { ["approved-by-another"] = "fail" }, blame = "identities.assignments[as-03].approved_by" },
  { "the owner of an emergency account approved its right",
    set = { ["identities.assignments[as-06].approved_by"] = "E0007" },
    expect = { ["approved-by-another"] = "fail" } },
  { "who granted it may have approved it", set = approved_by("E0007"), expect = {} },
  { "nobody knows whether it was approved", remove = { first .. ".approved_by" },
    expect = { ["approved-by-another"] = "unknown" } },
  { "nobody knows who is in the group", set = { ["identities.groups[g-tier0].accounts"] = null },
    expect = { ["approved-by-another"] = "unknown" } },

  -- ---- R4 ----
  { "180 days after the review", set = { [portal .. ".reviewed_at"] = "2026-05-23T15:00:00Z" }, expect = {} },
  { "181 days after the review", set = { [portal .. ".reviewed_at"] = "2026-05-23T14:59:59Z" },
    expect = { ["access-reviewed"] = "fail" }, blame = "identities.roles[r-portal-master].reviewed_at" },
  { "a tenant that reviews quarterly", params = { access_review_days = 65 },
    expect = { ["access-reviewed"] = "fail" } },
  { "a role that nobody holds need not be reviewed",
    set = { ["identities.roles[r-portal-operator].reviewed_at"] = "2020-01-01T00:00:00Z" }, expect = {} },
  { "a review in the future", set = { [portal .. ".reviewed_at"] = "2026-11-21T09:00:00+09:00" },
    expect = { ["access-reviewed"] = "unknown" } },
  { "nobody knows when it was reviewed", remove = { portal .. ".reviewed_at" },
    expect = { ["access-reviewed"] = "unknown" } },
  { "an assignment newer than a review that is not overdue",
    set = { [first .. ".starts"] = "2026-11-01T09:00:00+09:00" },
    expect = {} },

  -- ---- R5 ----
  { "it ends at this very moment, spelt with a Z", set = { [first .. ".ends"] = "2026-11-20T00:00:00Z" }, expect = {} },
  { "it ended a second ago", set = { [first .. ".ends"] = "2026-11-19T23:59:59Z" },
    expect = { ["no-expired-assignments"] = "fail" }, blame = "identities.assignments[as-01].ends" },
  { "a permanent assignment has not ended", set = { [first .. ".ends"] = null }, expect = {} },
  { "nobody knows when it ends", remove = { first .. ".ends" }, expect = { ["no-expired-assignments"] = "unknown" } },
  { "the year 1 of .NET is no end", set = { [first .. ".ends"] = "0001-01-01T00:00:00Z" },
    expect = { ["no-expired-assignments"] = "fail" } },
}
