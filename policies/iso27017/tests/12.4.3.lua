-- Tests of 12.4.3. On CTX all rules are judged: OP-118 (the provider's) and KT-0112 (the customer's)
-- worked once each, and the change chg-2231 was carried out by the former. On IAD the provider's
-- rules do not apply, and E1024 worked once.

local iad = "iad/compliant.json"

local sources = "logging.sources"
local operator = sources .. "[log-operator]"
local dc_log = sources .. "[log-dc-security]"
local journal = "logging.operator_sessions"
local first = journal .. ".records[os-1]"
local second = journal .. ".records[os-2]"

local no_log = {
  ["operator-log-on"] = "unknown", ["operator-sessions-logged"] = "unknown", ["operator-log-protected"] = "unknown",
  ["operator-log-kept"] = "unknown", ["operator-log-reviewed"] = "unknown",
}
local no_sessions = {
  ["operator-sessions-logged"] = "unknown", ["changes-have-sessions"] = "unknown",
  ["operator-accounts-personal"] = "unknown", ["admin-sessions-logged"] = "unknown",
  ["admin-accounts-personal"] = "unknown",
}
local stale = {
  ["operator-sessions-logged"] = "fail", ["changes-have-sessions"] = "fail", ["operator-accounts-personal"] = "fail",
  ["admin-sessions-logged"] = "fail", ["admin-accounts-personal"] = "fail",
}

local function session(party, actor, account)
  return { [journal .. ".records"] = { id = "os-9", party = party, actor = actor, account = account,
    starts = "2026-11-13T01:00:00+09:00", ends = "2026-11-13T02:00:00+09:00", ticket = "WO-9", recorded = true } }
end

local function operator_log(newest)
  return {
    id = "log-operator-2", service = "ctx", party = "provider", kind = "operator", enabled = true, retention_days = 400,
    max_size_mb = null, overwrite = "oldest_first", oldest_event_at = null, newest_event_at = newest,
    time_zone = "Asia/Tokyo", tenant_scope = { "kitahama-trading" }, readers = { "r-log-reader" },
    writers = empty_list, exposed_via = empty_list, immutable = true, reviewed_at = "2026-10-05T09:00:00+09:00",
  }
end

local short_log = operator_log("2026-11-20T00:00:00+09:00")
short_log.retention_days = 30

-- The log of dc-cust without protection, which one role may alter.
local function alterable(role)
  return { [dc_log .. ".immutable"] = false, [dc_log .. ".writers"] = { role },
    ["logging.export.integrity"] = "none" }
end

return {
  base = "ctx/compliant.json",

  -- ---- where it applies ----
  { "on IAD the provider's rules do not apply, and the customer's do", base = iad,
    set = { [journal .. ".records[os-1].recorded"] = false },
    expect = { ["admin-sessions-logged"] = "fail" }, blame = journal .. ".records[os-1].recorded" },
  { "with both services the provider's rules look at CTX only", set = { ["contract.service"] = "both" }, expect = {} },
  { "with both services an operator log of IAD is none of CTX",
    set = { ["contract.service"] = "both", [operator .. ".service"] = "iad" }, expect = no_log },

  -- ---- R1: the provider's log ----
  { "the operator log is off", set = { [operator .. ".enabled"] = false },
    expect = { ["operator-log-on"] = "fail" }, blame = "logging.sources[log-operator].enabled" },
  { "whether it is on is not known", remove = { operator .. ".enabled" },
    expect = { ["operator-log-on"] = "unknown" }, blame = "logging.sources[log-operator].enabled" },
  { "the provider's log was not collected", remove = { operator }, expect = no_log },
  { "an operator log of the customer's is not the provider's", set = { [operator .. ".party"] = "customer" },
    expect = no_log },

  -- ---- R2: sessions ----
  { "a session that left no record", set = { [first .. ".recorded"] = false },
    expect = { ["operator-sessions-logged"] = "fail" }, blame = journal .. ".records[os-1].recorded" },
  { "whether it left one is not known", remove = { first .. ".recorded" },
    expect = { ["operator-sessions-logged"] = "unknown" } },
  { "a gap: the log ends before the session did",
    set = { [operator .. ".newest_event_at"] = "2026-11-12T17:30:59Z" },
    expect = { ["operator-sessions-logged"] = "fail" }, blame = "logging.sources[log-operator].newest_event_at" },
  { "no gap: it ends with the session", set = { [operator .. ".newest_event_at"] = "2026-11-12T17:31:00Z" },
    expect = {} },
  { "a log whose newest record is of the future shows nothing",
    set = { [operator .. ".newest_event_at"] = "2026-11-21T00:00:00+09:00" },
    expect = { ["operator-sessions-logged"] = "unknown" }, blame = sources .. "[log-operator].newest_event_at" },
  { "a session that ended before it began is bad data", set = { [first .. ".ends"] = "2026-11-12T13:59:59Z" },
    expect = { ["operator-sessions-logged"] = "unknown", ["changes-have-sessions"] = "fail" } },
  { "of two operator logs the one for other systems may end before",
    append = { [sources] = operator_log("2026-11-01T00:00:00+09:00") }, expect = {} },
  { "of two operator logs one has no records yet",
    append = { [sources] = operator_log(null) }, expect = {} },
  { "two operator logs that both end before",
    set = { [operator .. ".newest_event_at"] = "2026-11-12T17:30:59Z" },
    append = { [sources] = operator_log("2026-11-01T00:00:00+09:00") },
    expect = { ["operator-sessions-logged"] = "fail" }, blame = sources .. "[log-operator-2].newest_event_at" },
  { "an operator log without any record, and a session", set = { [operator .. ".newest_event_at"] = null },
    expect = { ["operator-sessions-logged"] = "unknown" }, blame = sources .. "[log-operator].newest_event_at" },
  { "the provider does not disclose its operators' sessions", set = { ["disclosed.operator_sessions"] = false },
    remove = { first },
    expect = { ["operator-sessions-logged"] = "not_applicable", ["changes-have-sessions"] = "not_applicable",
      ["operator-accounts-personal"] = "not_applicable" } },
  { "the same where the customer recorded none either", set = { ["disclosed.operator_sessions"] = false },
    remove = { journal },
    expect = { ["operator-sessions-logged"] = "not_applicable", ["changes-have-sessions"] = "not_applicable",
      ["operator-accounts-personal"] = "not_applicable", ["admin-sessions-logged"] = "unknown",
      ["admin-accounts-personal"] = "unknown" } },
  { "a session of its operators that is known all the same is judged",
    set = { ["disclosed.operator_sessions"] = false, [first .. ".recorded"] = false },
    expect = { ["operator-sessions-logged"] = "fail" }, blame = journal .. ".records[os-1].recorded" },
  { "whether it discloses them is not known", remove = { "disclosed" },
    expect = { ["operator-sessions-logged"] = "unknown", ["changes-have-sessions"] = "unknown",
      ["operator-accounts-personal"] = "unknown" } },
  { "no sessions in a complete month",
    set = { [journal .. ".records"] = empty_list, ["changes.records"] = empty_list }, expect = {} },
  { "no sessions, and records that are not complete",
    set = { [journal .. ".records"] = empty_list, [journal .. ".complete"] = false }, expect = no_sessions },
  { "a fault is a fault in records that are not complete",
    set = { [first .. ".recorded"] = false, [journal .. ".complete"] = false },
    expect = { ["operator-sessions-logged"] = "fail", ["changes-have-sessions"] = "unknown",
      ["operator-accounts-personal"] = "unknown", ["admin-sessions-logged"] = "unknown",
      ["admin-accounts-personal"] = "unknown" } },
  { "the records were not collected", remove = { journal }, expect = no_sessions,
    blame = "/logging/operator_sessions" },
  { "records that ended 31 days ago", set = { [journal .. ".to"] = "2026-10-20T00:00:00+09:00",
    [journal .. ".from"] = "2026-09-01T00:00:00+09:00" }, expect = {} },
  { "records that ended a day earlier", set = { [journal .. ".to"] = "2026-10-19T14:59:59Z",
    [journal .. ".from"] = "2026-09-01T00:00:00+09:00" }, expect = stale, blame = "/logging/operator_sessions/to" },
  { "records that reach back 30 days", set = { [journal .. ".from"] = "2026-10-21T00:00:00+09:00" },
    expect = stale, blame = "/logging/operator_sessions/from" },
  { "records that reach back to the first day of a young contract",
    set = { [journal .. ".from"] = "2026-11-10T00:00:00+09:00", ["contract.started_on"] = "2026-11-10" }, expect = {} },
  { "the days are a parameter", params = { session_days = 32 }, expect = stale },

  -- R2: changes
  { "a change that nobody is recorded for", remove = { first },
    expect = { ["changes-have-sessions"] = "fail" }, blame = "changes.records[chg-2231].ends" },
  { "a session of the customer's does not stand for it", set = { [first .. ".party"] = "customer" },
    expect = { ["changes-have-sessions"] = "fail" } },
  { "a session that ended before the change", set = { [first .. ".starts"] = "2026-11-12T13:00:00Z",
    [first .. ".ends"] = "2026-11-12T13:59:59Z" }, expect = { ["changes-have-sessions"] = "fail" } },
  { "a session that ended when the change began", set = { [first .. ".starts"] = "2026-11-12T13:00:00Z",
    [first .. ".ends"] = "2026-11-12T14:00:00Z" }, expect = {} },
  { "a session that began after the change", set = { [first .. ".starts"] = "2026-11-13T02:31:01+09:00",
    [first .. ".ends"] = "2026-11-13T03:00:00+09:00" }, expect = { ["changes-have-sessions"] = "fail" } },
  { "a change from before the records is not asked for", remove = { first },
    set = { ["changes.records[chg-2231].starts"] = "2026-10-19T23:00:00+09:00" }, expect = {} },
  { "a change that is only planned is not asked for", remove = { first },
    set = { ["changes.records[chg-2231].state"] = "planned" }, expect = {} },
  { "a change without an end", remove = { "changes.records[chg-2231].ends" },
    expect = { ["changes-have-sessions"] = "unknown" }, blame = "changes.records[chg-2231].ends" },
  { "the provider does not disclose its changes", set = { ["disclosed.changes"] = false },
    expect = { ["changes-have-sessions"] = "not_applicable" } },
  { "changes that are not complete", set = { ["changes.complete"] = false },
    expect = { ["changes-have-sessions"] = "unknown" } },
  { "changes that were not collected", remove = { "changes" }, expect = { ["changes-have-sessions"] = "unknown" },
    blame = "/changes" },

  -- R2: shared accounts
  { "two operators share an account", append = session("provider", "OP-204", "OP118@example.jp "),
    expect = { ["operator-accounts-personal"] = "fail" }, blame = journal .. ".records[os-9].account" },
  { "one operator twice, in another case of letters", append = session("provider", "op-118", "op118@example.jp"),
    expect = {} },
  { "an account of automatic work has one owner", append = session("provider", "OP-204", "svc-patch@example.jp"),
    expect = {} },
  { "who used the account is not known", remove = { first .. ".actor" },
    expect = { ["operator-accounts-personal"] = "unknown", ["operator-sessions-logged"] = "unknown" },
    blame = journal .. ".records[os-1].actor" },
  { "two administrators of the customer's share an account", append = session("customer", "KT-0258", "en-o.yamaguchi"),
    expect = { ["admin-accounts-personal"] = "fail" }, blame = journal .. ".records[os-9].account" },

  { "an operator of the provider works with an account of the customer's administrators",
    append = session("provider", "OP-118", "EN-O.Yamaguchi"),
    expect = { ["operator-accounts-personal"] = "fail", ["admin-accounts-personal"] = "fail" },
    blame = journal .. ".records[os-2].account" },
  { "who of the other side used the account is not known",
    append = session("provider", null, "en-o.yamaguchi"),
    expect = { ["operator-accounts-personal"] = "unknown", ["admin-accounts-personal"] = "unknown",
      ["operator-sessions-logged"] = "unknown" }, blame = journal .. ".records[os-9].actor" },

  -- ---- R3: the provider's log cannot be altered ----
  { "a role can alter the log, and it is not immutable",
    set = { [operator .. ".immutable"] = false, [operator .. ".writers"] = { "r-log-reader" } },
    expect = { ["operator-log-protected"] = "fail" }, blame = "logging.sources[log-operator].immutable" },
  { "a role can alter the log, which is immutable until it expires",
    set = { [operator .. ".writers"] = { "r-log-reader" } }, expect = {} },
  { "nobody can alter a log that is not immutable", set = { [operator .. ".immutable"] = false }, expect = {} },
  { "who can alter it is not known", remove = { operator .. ".writers" },
    expect = { ["operator-log-protected"] = "unknown" }, blame = "logging.sources[log-operator].writers" },

  -- ---- R4, R5: kept, reviewed ----
  { "365 days are enough", set = { [operator .. ".retention_days"] = 365 }, expect = {} },
  { "364 are not", set = { [operator .. ".retention_days"] = 364 }, expect = { ["operator-log-kept"] = "fail" },
    blame = "logging.sources[log-operator].retention_days" },
  { "days without limit", set = { [operator .. ".retention_days"] = 0 }, expect = {} },
  { "only its size limits it", set = { [operator .. ".retention_days"] = null },
    expect = { ["operator-log-kept"] = "fail" } },
  { "how long it is kept is not known", remove = { operator .. ".retention_days" },
    expect = { ["operator-log-kept"] = "unknown" } },
  { "a log of which the size leaves the days open does not hide one that is kept too short",
    set = { [operator .. ".max_size_mb"] = 512, [operator .. ".oldest_event_at"] = "2026-11-01T00:00:00+09:00" },
    append = { [sources] = short_log },
    expect = { ["operator-log-kept"] = "fail" }, blame = sources .. "[log-operator-2].retention_days" },
  { "reviewed 90 days ago", set = { [operator .. ".reviewed_at"] = "2026-08-21T15:00:00Z" }, expect = {} },
  { "reviewed 91 days ago", set = { [operator .. ".reviewed_at"] = "2026-08-21T14:59:59Z" },
    expect = { ["operator-log-reviewed"] = "fail" }, blame = "logging.sources[log-operator].reviewed_at" },
  { "when it was reviewed is not known", remove = { operator .. ".reviewed_at" },
    expect = { ["operator-log-reviewed"] = "unknown" }, blame = "logging.sources[log-operator].reviewed_at" },

  -- ---- the customer's logs ----
  { "the cloud's audit log is off", set = { [sources .. "[log-entra-audit].enabled"] = false },
    expect = { ["cloud-admin-log-on"] = "fail" }, blame = "logging.sources[log-entra-audit].enabled" },
  { "the cloud's audit log was not collected", remove = { sources .. "[log-entra-audit]" },
    expect = { ["cloud-admin-log-on"] = "unknown" } },
  { "IAD without a cloud directory needs no audit log of it", base = iad,
    set = { ["contract.options"] = { "two_site", "admin_console" },
      ["identities.accounts"] = { { id = "ad-k.sato", upn = "k.sato@corp.minato-seiki.example.jp", name = "k.sato",
        kind = "person", source = "ad", enabled = true, owner = "E1024", created_at = "2024-06-03T09:00:00+09:00",
        last_sign_in = null, methods = empty_list } },
      ["identities.groups"] = empty_list,
      ["identities.assignments"] = { { id = "as-1", role = "r-domain-admins", principal = "account",
        account = "ad-k.sato", kind = "active", scope = "/", starts = "2026-04-01T09:00:00+09:00", ends = null,
        granted_by = "E1024", approved_by = "E0007" } } },
    expect = { ["cloud-admin-log-on"] = "not_applicable" } },
  { "the security log of a domain controller is off", set = { [dc_log .. ".enabled"] = false },
    expect = { ["directory-admin-log-on"] = "fail" }, blame = "logging.sources[log-dc-security].enabled" },
  { "the security log of a domain controller was not collected", base = iad,
    remove = { sources .. "[log-dc02-security]" },
    expect = { ["directory-admin-log-on"] = "unknown", ["admin-log-protected"] = "unknown",
      ["admin-log-kept"] = "unknown" } },
  { "CTX without a domain controller", set = { ["hosts[dc-cust].role"] = "other" },
    expect = { ["directory-admin-log-on"] = "not_applicable" } },
  { "IAD cannot be without one", base = iad, set = { ["hosts[dc01].role"] = "other", ["hosts[dc02].role"] = "other" },
    expect = { ["directory-admin-log-on"] = "unknown" } },
  { "a session of the customer's that left no record", set = { [second .. ".recorded"] = false },
    expect = { ["admin-sessions-logged"] = "fail" }, blame = journal .. ".records[os-2].recorded" },

  { "an administrator can alter the log of its own operations", set = alterable("r-domain-admins"),
    expect = { ["admin-log-protected"] = "fail" }, blame = "logging.sources[log-dc-security].writers" },
  { "somebody who administers nothing may",
    set = alterable("r-log-reader"), expect = {} },
  { "unless that role is a privileged one, by parameter", params = { privileged_roles = { "r-log-reader" } },
    set = alterable("r-log-reader"), expect = { ["admin-log-protected"] = "fail" } },
  { "an export with a chain of hashes shows what was altered",
    set = { [dc_log .. ".immutable"] = false, [dc_log .. ".writers"] = { "r-domain-admins" },
      ["logging.export.integrity"] = "hash_chain" }, expect = {} },
  { "an export that is off does not",
    set = { [dc_log .. ".immutable"] = false, [dc_log .. ".writers"] = { "r-domain-admins" },
      ["logging.export.enabled"] = false },
    expect = { ["admin-log-protected"] = "fail", ["admin-log-kept"] = "fail" } },
  { "an export that leaves the log out does not",
    set = { [dc_log .. ".immutable"] = false, [dc_log .. ".writers"] = { "r-domain-admins" },
      ["logging.export.sources"] = { "log-activity", "log-vda-security" } },
    expect = { ["admin-log-protected"] = "fail", ["admin-log-kept"] = "fail" } },
  { "a role that can alter it and that only disabled accounts hold",
    set = { [dc_log .. ".immutable"] = false, [dc_log .. ".writers"] = { "r-domain-admins" },
      ["logging.export.integrity"] = "none", ["identities.accounts[ad-o.yamaguchi].enabled"] = false,
      ["identities.accounts[ad-k.mori].enabled"] = false }, expect = {} },
  { "whether it can be altered is not known",
    set = { [dc_log .. ".immutable"] = null, ["logging.export.integrity"] = "none" },
    expect = { ["admin-log-protected"] = "unknown" }, blame = "logging.sources[log-dc-security].immutable" },
  { "without the accounts nobody knows who can", remove = { "identities" },
    expect = { ["admin-log-protected"] = "unknown" } },

  { "the export keeps a day less than a year", set = { ["logging.export.retention_days"] = 364 },
    expect = { ["admin-log-kept"] = "fail" }, blame = "/logging/export/retention_days" },
  { "no export", set = { ["logging.export"] = null }, expect = { ["admin-log-kept"] = "fail" } },
  { "the export was not looked at", remove = { "logging.export" },
    expect = { ["admin-log-kept"] = "unknown", ["admin-log-protected"] = "unknown" } },
  { "a log that was not reviewed for 91 days", set = { [dc_log .. ".reviewed_at"] = "2026-08-21T23:59:59+09:00" },
    expect = { ["admin-log-reviewed"] = "fail" }, blame = "logging.sources[log-dc-security].reviewed_at" },
  { "a log of which nobody knows whether it was reviewed", remove = { dc_log .. ".reviewed_at" },
    expect = { ["admin-log-reviewed"] = "unknown" }, blame = "logging.sources[log-dc-security].reviewed_at" },
  { "nor whether another one was, which is too long ago",
    set = { [sources .. "[log-entra-audit].reviewed_at"] = "2026-08-01T09:00:00+09:00" },
    remove = { sources .. "[log-vda-security].reviewed_at" },
    expect = { ["admin-log-reviewed"] = "fail" }, blame = sources .. "[log-entra-audit].reviewed_at" },
  { "the kinds are a parameter", params = { admin_log_kinds = { "sign_in" } }, remove = { dc_log .. ".reviewed_at" },
    expect = {} },
  { "the logs were not collected", remove = { "logging" }, expect = {
    ["operator-log-on"] = "unknown", ["operator-sessions-logged"] = "unknown", ["operator-log-protected"] = "unknown",
    ["operator-log-kept"] = "unknown", ["operator-log-reviewed"] = "unknown", ["changes-have-sessions"] = "unknown",
    ["operator-accounts-personal"] = "unknown", ["admin-sessions-logged"] = "unknown",
    ["admin-accounts-personal"] = "unknown", ["cloud-admin-log-on"] = "unknown", ["admin-log-protected"] = "unknown",
    ["directory-admin-log-on"] = "unknown", ["admin-log-kept"] = "unknown", ["admin-log-reviewed"] = "unknown" },
    blame = "/logging" },
}
