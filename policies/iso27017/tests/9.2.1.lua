-- Tests of 9.2.1. On IAD E1024 is k.sato (portal, ad, entra), E1302 s.takahashi (ad, entra), E2045 a.tanaka (ad,
-- and synchronised to entra). It is 2026-11-20, 09:00 in Tokyo; en-sync, ad-sync and the two emergency
-- accounts belong to nobody's daily work.

local ctx = "ctx/compliant.json"
local tanaka, suzuki = "identities.accounts[ad-a.tanaka]", "identities.accounts[p-m.suzuki]"
local synced = "identities.accounts[en-a.tanaka]"

local function left(on)
  return { status = "left", left_on = on }
end

-- m.suzuki has left; p-m.suzuki and the emergency account en-bg2 are hers.
local function gone(on, changes)
  local set = { [suzuki .. ".hr"] = left(on) }
  for path, value in pairs(changes or {}) do
    set[path] = value
  end
  return set
end

local function portal_account(id, upn, owner)
  return { id = id, upn = upn, name = id, kind = "person", source = "portal", enabled = true, owner = owner,
    created_at = "2026-11-10T09:00:00+09:00", last_sign_in = "2026-11-18T09:00:00+09:00",
    hr = { status = "employed" }, methods = empty_list }
end

local function added(account)
  return { ["identities.accounts"] = account }
end

local off = { [suzuki .. ".enabled"] = false }
local function disabled(on, at)
  return gone(on, { [suzuki .. ".enabled"] = false, [suzuki .. ".disabled_at"] = at })
end

return {
  base = "iad/compliant.json",

  -- ---- functions offered ----
  { "the portal registers users and does not remove them",
    set = { ["portals.customer_portal.functions"] = { "user_registration" } },
    expect = { ["portal-registration-offered"] = "fail" },
    blame = "portals.customer_portal.functions" },
  { "nobody wrote down what the portal offers", remove = { "portals.customer_portal.functions" },
    expect = { ["portal-registration-offered"] = "unknown" } },
  { "the console offers neither", set = { ["portals.admin_console.functions"] = { "event_log" } },
    expect = { ["console-registration-offered"] = "fail" } },
  { "nobody wrote down what the console offers", remove = { "portals.admin_console.functions" },
    expect = { ["console-registration-offered"] = "unknown" } },
  { "CTX passes, and has no console", base = ctx, expect = {} },

  -- ---- R1 ----
  { "the same name in another case", append = added(portal_account("p-x", "M.Suzuki@MINATO-SEIKI.example.jp", "E9")),
    expect = { ["unique-sign-in-names"] = "fail" }, blame = "identities.accounts[p-x].upn" },
  { "the same name but for full-width letters",
    append = added(portal_account("p-x", "ｍ.suzuki@minato-seiki.example.jp", "E9")),
    expect = { ["unique-sign-in-names"] = "fail" } },
  { "the same name in another directory is another account",
    set = { ["identities.accounts[en-k.sato].upn"] = "k.sato@minato-seiki.example.jp" }, expect = {} },
  { "the same name as an account that is deleted",
    set = { [suzuki .. ".deleted_at"] = "2026-11-09T09:00:00+09:00", [suzuki .. ".enabled"] = false },
    append = added(portal_account("p-x", "m.suzuki@minato-seiki.example.jp", "E9")), expect = {} },
  { "an account without a name", set = { [tanaka .. ".upn"] = null },
    expect = { ["unique-sign-in-names"] = "unknown", ["no-shared-accounts"] = "unknown",
      ["one-account-each"] = "unknown", ["leavers-disabled"] = "unknown", ["leavers-disabled-in-time"] = "unknown",
      ["leavers-deleted"] = "unknown", ["no-inactive-accounts"] = "unknown", ["no-unused-accounts"] = "unknown",
      ["owners-known"] = "unknown" } },
  { "an account whose name says that it is shared", set = { [tanaka .. ".name"] = "営業部 共用" },
    expect = { ["no-shared-accounts"] = "fail" }, blame = "identities.accounts[ad-a.tanaka].owner" },
  { "an account whose name says so in full-width letters", set = { [tanaka .. ".name"] = "ＳＨＡＲＥＤ" },
    expect = { ["no-shared-accounts"] = "fail" } },
  { "an account with two owners", set = { [tanaka .. ".owner"] = "E2045, E2046" },
    expect = { ["no-shared-accounts"] = "fail", ["synchronised-accounts-matched"] = "fail" } },
  { "a shared account that is disabled", set = { [tanaka .. ".name"] = "共用", [tanaka .. ".enabled"] = false },
    expect = { ["synchronised-accounts-matched"] = "fail" } },
  { "another word for shared", params = { shared_words = { "彩" } }, expect = { ["no-shared-accounts"] = "fail" } },
  { "nobody knows whose account it is", set = { [tanaka .. ".owner"] = null },
    expect = { ["no-shared-accounts"] = "unknown", ["one-account-each"] = "unknown", ["leavers-disabled"] = "unknown",
      ["leavers-disabled-in-time"] = "unknown", ["leavers-deleted"] = "unknown", ["owners-known"] = "unknown",
      ["synchronised-accounts-matched"] = "unknown" } },
  { "one person has two accounts of the portal, and one is privileged",
    append = added(portal_account("p-x", "x@minato-seiki.example.jp", "E1187")), expect = {} },
  { "one person has two ordinary accounts of the portal",
    append = { ["identities.accounts"] = portal_account("p-x", "x@minato-seiki.example.jp", "E2045") },
    set = { ["identities.assignments[as-02].account"] = "p-k.sato", [suzuki .. ".owner"] = "ｅ2045" },
    expect = { ["one-account-each"] = "fail" }, blame = "identities.accounts[p-x].owner" },
  { "one person has two privileged accounts of the portal", set = { [suzuki .. ".owner"] = "E1024" },
    expect = { ["one-account-each"] = "fail" } },
  { "nobody knows who holds which role", remove = { "identities.assignments" },
    expect = { ["one-account-each"] = "unknown" } },

  -- ---- R2 ----
  { "a leaver, one day later", set = gone("2026-11-19"), expect = { ["owners-known"] = "fail" } },
  { "a leaver, two days later", set = gone("2026-11-18"),
    expect = { ["leavers-disabled"] = "fail", ["owners-known"] = "fail" },
    blame = "identities.accounts[p-m.suzuki].enabled" },
  { "a leaver, the evaluation time spelt with a Z",
    set = gone("2026-11-18", { as_of = "2026-11-20T00:00:00Z" }),
    expect = { ["leavers-disabled"] = "fail", ["owners-known"] = "fail" } },
  { "a leaver whose last day lies ahead", set = gone("2026-12-31"),
    expect = { ["owners-known"] = "fail" } },
  { "a tenant that allows a week", set = gone("2026-11-13"), params = { leaver_disable_days = 7 },
    expect = { ["owners-known"] = "fail" } },
  { "a tenant that allows a week, eight days later", set = gone("2026-11-12"), params = { leaver_disable_days = 7 },
    expect = { ["leavers-disabled"] = "fail", ["owners-known"] = "fail" } },
  { "personnel told one directory only", set = { [tanaka .. ".hr"] = left("2026-11-01"), [tanaka .. ".enabled"] = false,
    [tanaka .. ".disabled_at"] = "2026-11-01T18:00:00+09:00" },
    expect = { ["leavers-disabled"] = "fail", ["synchronised-accounts-matched"] = "fail" },
    blame = synced .. ".enabled" },
  { "an account that was enabled again after the person left",
    set = gone("2026-10-31", { [suzuki .. ".disabled_at"] = "2026-10-31T18:00:00+09:00" }),
    expect = { ["leavers-disabled"] = "fail", ["owners-known"] = "fail" } },
  { "somebody who left and came back to a new account",
    set = disabled("2026-10-31", "2026-10-31T18:00:00+09:00"),
    append = added(portal_account("p-x", "x@minato-seiki.example.jp", "E1187")), expect = {} },
  { "an account that was made after its person left, as personnel says of this very account",
    set = gone("2026-10-31", { [suzuki .. ".created_at"] = "2026-11-10T09:00:00+09:00" }),
    expect = { ["leavers-disabled"] = "fail", ["owners-known"] = "fail" } },
  { "a leaver of whom nobody knows the day", set = { [suzuki .. ".hr"] = { status = "left" } },
    expect = { ["leavers-disabled"] = "unknown", ["leavers-disabled-in-time"] = "unknown",
      ["leavers-deleted"] = "unknown", ["owners-known"] = "unknown" } },
  { "a person of whom personnel says nothing", remove = { suzuki .. ".hr" },
    expect = { ["leavers-disabled"] = "unknown", ["leavers-disabled-in-time"] = "unknown",
      ["leavers-deleted"] = "unknown" } },
  { "nobody says whether leavers become known", remove = { "identities.hr_feed" },
    expect = { ["hr-import-current"] = "unknown", ["leavers-disabled"] = "unknown",
      ["leavers-disabled-in-time"] = "unknown", ["leavers-deleted"] = "unknown" } },
  { "nobody says whether leavers become known, and one is known all the same", remove = { "identities.hr_feed" },
    set = gone("2026-10-31"),
    expect = { ["hr-import-current"] = "unknown", ["leavers-disabled"] = "fail",
      ["leavers-disabled-in-time"] = "unknown", ["leavers-deleted"] = "unknown", ["owners-known"] = "fail" } },
  { "a tenant without information from personnel", set = { ["identities.hr_feed"] = { state = "none" } },
    expect = { ["hr-import-current"] = "not_applicable", ["leavers-disabled"] = "not_applicable",
      ["leavers-disabled-in-time"] = "not_applicable", ["leavers-deleted"] = "not_applicable" } },
  { "one who left is known, though there is no information from personnel",
    set = gone("2026-10-31", { ["identities.hr_feed"] = { state = "none" } }),
    expect = { ["hr-import-current"] = "not_applicable", ["leavers-disabled"] = "fail", ["owners-known"] = "fail" } },
  { "whether an account is enabled is null", set = { [suzuki .. ".enabled"] = null },
    expect = { ["no-shared-accounts"] = "unknown", ["one-account-each"] = "unknown",
      ["no-inactive-accounts"] = "unknown", ["no-unused-accounts"] = "unknown", ["owners-known"] = "unknown" } },
  { "the last import is seven days old", set = { ["identities.hr_feed.last_import_at"] = "2026-11-13T00:00:00+09:00" },
    expect = {} },
  { "the last import is eight days old", set = { ["identities.hr_feed.last_import_at"] = "2026-11-12T23:59:59+09:00" },
    expect = { ["hr-import-current"] = "fail" }, blame = "/identities/hr_feed/last_import_at" },
  { "there was no import yet", remove = { "identities.hr_feed.last_import_at" },
    expect = { ["hr-import-current"] = "unknown" } },

  { "disabled on the day after the last one", set = disabled("2026-11-01", "2026-11-02T23:59:59+09:00"),
    expect = { ["owners-known"] = "fail" } },
  { "disabled two days after, in Tokyo", set = disabled("2026-11-01", "2026-11-02T15:00:00Z"),
    expect = { ["leavers-disabled-in-time"] = "fail", ["owners-known"] = "fail" },
    blame = "identities.accounts[p-m.suzuki].disabled_at" },
  { "nobody knows when it was disabled", set = gone("2026-11-01", off),
    expect = { ["leavers-disabled-in-time"] = "unknown", ["owners-known"] = "fail" } },
  { "the 90th day after leaving", set = disabled("2026-08-22", "2026-08-22T18:00:00+09:00"),
    expect = { ["owners-known"] = "fail" } },
  { "the 91st day after leaving", set = disabled("2026-08-21", "2026-08-21T18:00:00+09:00"),
    expect = { ["leavers-deleted"] = "fail", ["owners-known"] = "fail" } },
  { "a leaver whose account is deleted, softly",
    set = gone("2026-06-30", { [suzuki .. ".enabled"] = false, [suzuki .. ".deleted_at"] = "2026-11-19T23:00:00Z" }),
    expect = { ["owners-known"] = "fail" } },
  { "a leaver whose account will be deleted tomorrow",
    set = gone("2026-06-30", { [suzuki .. ".enabled"] = false, [suzuki .. ".disabled_at"] = "2026-06-30T18:00:00+09:00",
      [suzuki .. ".deleted_at"] = "2026-11-21T09:00:00+09:00" }),
    expect = { ["leavers-deleted"] = "fail", ["owners-known"] = "fail" } },

  -- ---- R3 and R4 ----
  { "90 days without a sign-in", set = { [tanaka .. ".last_sign_in"] = "2026-08-21T15:00:00Z" }, expect = {} },
  { "91 days without a sign-in", set = { [tanaka .. ".last_sign_in"] = "2026-08-21T14:59:59Z" },
    expect = { ["no-inactive-accounts"] = "fail" }, blame = "identities.accounts[ad-a.tanaka].last_sign_in" },
  { "somebody on leave for a year whose account stays enabled",
    set = { [tanaka .. ".last_sign_in"] = "2025-11-20T09:00:00+09:00", [tanaka .. ".hr.status"] = "on_leave" },
    expect = { ["no-inactive-accounts"] = "fail" } },
  { "a disabled account without a sign-in",
    set = { [synced .. ".last_sign_in"] = "2025-11-20T09:00:00+09:00", [synced .. ".enabled"] = false }, expect = {} },
  { "emergency, service and built-in accounts may be idle",
    set = { ["identities.accounts[en-bg1].last_sign_in"] = "2024-11-20T09:00:00+09:00",
      ["identities.accounts[ad-sync].last_sign_in"] = "2024-11-20T09:00:00+09:00",
      ["identities.accounts[en-sync].kind"] = "builtin", ["identities.accounts[en-sync].last_sign_in"] = null },
    expect = {} },
  { "nobody may see the last sign-in", remove = { tanaka .. ".last_sign_in" },
    expect = { ["no-inactive-accounts"] = "unknown", ["no-unused-accounts"] = "unknown" } },
  { "a sign-in in the future", set = { [tanaka .. ".last_sign_in"] = "2026-11-21T09:00:00+09:00" },
    expect = { ["no-inactive-accounts"] = "unknown" } },
  { "never used, 30 days old",
    set = { [tanaka .. ".last_sign_in"] = null, [tanaka .. ".created_at"] = "2026-10-20T15:00:00Z" }, expect = {} },
  { "never used, 31 days old",
    set = { [tanaka .. ".last_sign_in"] = null, [tanaka .. ".created_at"] = "2026-10-20T14:59:59Z" },
    expect = { ["no-unused-accounts"] = "fail" }, blame = "identities.accounts[ad-a.tanaka].last_sign_in" },
  { "a guest who never signed in",
    set = { [tanaka .. ".kind"] = "guest", [tanaka .. ".last_sign_in"] = null },
    expect = { ["no-unused-accounts"] = "fail" } },
  { "nobody knows when the account was made", set = { [tanaka .. ".created_at"] = null },
    expect = { ["no-unused-accounts"] = "unknown" } },
  { "a tenant that allows half a year", set = { [tanaka .. ".last_sign_in"] = "2026-06-01T09:00:00+09:00" },
    params = { inactive_days = 180 }, expect = {} },

  -- ---- R5 ----
  { "an owner that is a dash", set = { ["identities.accounts[ad-sync].owner"] = "-" },
    expect = { ["owners-known"] = "fail" }, blame = "identities.accounts[ad-sync].owner" },
  { "an owner who is not known, in words", base = ctx, set = { ["identities.accounts[en-avd].owner"] = "不明" },
    expect = { ["owners-known"] = "fail" }, blame = "identities.accounts[en-avd].owner" },
  { "an owner that is only a blank", set = { ["identities.accounts[ad-sync].owner"] = "　" },
    expect = { ["owners-known"] = "fail" }, blame = "identities.accounts[ad-sync].owner" },
  { "a service account whose owner has left",
    set = { ["identities.accounts[ad-sync].owner"] = "E1187", ["identities.accounts[en-bg2].owner"] = "E0007",
      [suzuki .. ".hr"] = left("2026-11-19") },
    expect = { ["owners-known"] = "fail" }, blame = "identities.accounts[ad-sync].owner" },
  { "an account of which nobody knows the kind", set = { ["identities.accounts[ad-sync].kind"] = null },
    expect = { ["owners-known"] = "unknown", ["no-shared-accounts"] = "unknown", ["one-account-each"] = "unknown",
      ["leavers-disabled"] = "unknown", ["leavers-disabled-in-time"] = "unknown", ["leavers-deleted"] = "unknown",
      ["no-inactive-accounts"] = "unknown", ["no-unused-accounts"] = "unknown" } },

  -- ---- R6 ----
  { "an invitation 14 days old",
    set = { [tanaka .. ".invitation"] = { state = "pending", sent_at = "2026-11-05T15:00:00Z" } },
    expect = { ["no-open-invitations"] = "pass" } },
  { "an invitation 15 days old",
    set = { [tanaka .. ".invitation"] = { state = "pending", sent_at = "2026-11-05T23:59:59+09:00" } },
    expect = { ["no-open-invitations"] = "fail" }, blame = "identities.accounts[ad-a.tanaka].invitation.state" },
  { "an invitation that has expired",
    set = { [tanaka .. ".invitation"] = { state = "expired", sent_at = "2026-11-19T09:00:00+09:00" } },
    expect = { ["no-open-invitations"] = "fail" } },
  { "an old invitation that was accepted",
    set = { [tanaka .. ".invitation"] = { state = "accepted", sent_at = "2024-11-19T09:00:00+09:00" } },
    expect = { ["no-open-invitations"] = "pass" } },
  { "an invitation without a state", set = { [tanaka .. ".invitation"] = { sent_at = "2026-11-19T09:00:00+09:00" } },
    expect = { ["no-open-invitations"] = "unknown" } },

  -- ---- synchronised accounts ----
  { "a synchronised account whose account in Active Directory is deleted",
    set = { [tanaka .. ".deleted_at"] = "2026-11-10T09:00:00+09:00" },
    expect = { ["synchronised-accounts-matched"] = "fail" }, blame = synced .. ".enabled" },
  { "both of them are disabled", set = { [tanaka .. ".enabled"] = false, [synced .. ".enabled"] = false },
    expect = {} },
  { "nothing is synchronised", set = { [synced .. ".synced_from_ad"] = false },
    expect = { ["synchronised-accounts-matched"] = "not_applicable" } },
  { "nobody says whether it is synchronised", remove = { synced .. ".synced_from_ad" },
    expect = { ["synchronised-accounts-matched"] = "unknown" } },

  -- ---- the synchronisation ----
  { "the synchronisation does not run", set = { ["identities.sync.state"] = "failing" },
    expect = { ["synchronisation-runs"] = "fail" }, blame = "/identities/sync/state" },
  { "it is stopped", set = { ["identities.sync.state"] = "stopped" },
    expect = { ["synchronisation-runs"] = "fail" }, blame = "/identities/sync/state" },
  { "the last synchronisation was exactly a day ago",
    set = { ["identities.sync.last_sync_at"] = "2026-11-19T00:00:00Z" }, expect = {} },
  { "it was a second more than a day ago",
    set = { ["identities.sync.last_sync_at"] = "2026-11-19T08:59:59+09:00" },
    expect = { ["synchronisation-runs"] = "fail" }, blame = "/identities/sync/last_sync_at" },
  { "it lies in the future", set = { ["identities.sync.last_sync_at"] = "2026-11-20T09:00:01+09:00" },
    expect = { ["synchronisation-runs"] = "unknown" }, blame = "/identities/sync/last_sync_at" },
  { "how old it may be is a parameter", params = { sync_hours = 1 },
    expect = { ["synchronisation-runs"] = "fail" } },
  { "the synchronisation was not collected", remove = { "identities.sync" },
    expect = { ["synchronisation-runs"] = "unknown" }, blame = "/identities/sync" },
  { "without Entra Connect nothing is synchronised", set = { ["contract.options"] = { "two_site", "admin_console" } },
    remove = { "identities.sync" },
    expect = { ["synchronisation-runs"] = "not_applicable", ["synchronised-accounts-matched"] = "not_applicable" } },
}
