-- Tests of 9.2.4. Active Directory has one policy, pp-default, and the accounts k.sato, s.takahashi (both Domain
-- Admins), a.tanaka and ad-sync; app-siem has a certificate from 2026-07-01 to 2027-06-30.

local ctx = "ctx/compliant.json"
local policy = "identities.password_policies[pp-default]"
local tanaka, sato = "identities.accounts[ad-a.tanaka]", "identities.accounts[ad-k.sato]"
local key = "identities.applications[app-siem].keys[app-siem-1]"

local function with(field, value)
  return { [policy .. "." .. field] = value }
end

local function fine_grained(changes)
  local one = { id = "pp-fine", source = "ad", kind = "fine_grained", groups = { "g-tier0" }, precedence = 1,
    min_length = 20, complexity = true, banned_list = true, reversible_encryption = false, history = 24,
    max_age_days = null, lockout_threshold = 5, lockout_minutes = 0 }
  for field, value in pairs(changes) do
    one[field] = value
  end
  return { ["identities.password_policies"] = one }
end

local function state(changed_at, at_next, replaced)
  return { [tanaka .. ".sign_in_state"] = { changed_at = changed_at, change_at_next_sign_in = at_next,
    initial_replaced = replaced } }
end

local function secret(created, expires)
  return { [key] = { id = "app-siem-1", kind = "secret", created_at = created, expires = expires } }
end

-- CTX without an Active Directory.
local function without_ad(changes)
  local set = { ["identities.accounts[ad-o.yamaguchi].source"] = "azure",
    ["identities.accounts[ad-k.mori].source"] = "azure", ["identities.roles[r-domain-admins].source"] = "azure",
    ["hosts[dc-cust].state"] = "retired" }
  for path, value in pairs(changes or {}) do
    set[path] = value
  end
  return set
end

-- The rules about an Active Directory do not apply; expect: what else changes.
local function no_ad(expect)
  for _, rule in ipairs({ "password-length", "no-guessable-passwords", "no-reversible-encryption", "lockout",
      "password-history", "password-rotation", "password-needed", "passwords-not-exposed", "krbtgt-changed" }) do
    expect[rule] = "not_applicable"
  end
  return expect
end

local every = {
  ["password-length"] = "unknown", ["no-guessable-passwords"] = "unknown", ["no-reversible-encryption"] = "unknown",
  ["lockout"] = "unknown", ["password-history"] = "unknown", ["password-rotation"] = "unknown",
}

local flags = { ["no-reversible-encryption"] = "unknown", ["password-needed"] = "unknown",
  ["passwords-not-exposed"] = "unknown" }

-- Something of an Active Directory is there, and nothing else of it.
local nobody_read_ad = { ["password-needed"] = "unknown", ["passwords-not-exposed"] = "unknown",
  ["krbtgt-changed"] = "unknown" }
for rule, status in pairs(every) do
  nobody_read_ad[rule] = status
end

return {
  base = "iad/compliant.json",

  -- ---- functions offered ----
  { "the portal does not re-issue passwords", set = { ["portals.customer_portal.functions"] = { "user_registration" } },
    expect = { ["portal-reissue-offered"] = "fail" }, blame = "portals.customer_portal.functions" },
  { "nobody wrote down what the portal offers", remove = { "portals.customer_portal.functions" },
    expect = { ["portal-reissue-offered"] = "unknown" } },
  { "CTX passes with a lockout that lasts until an administrator unlocks", base = ctx, expect = {} },

  -- ---- which policies ----
  { "nobody read the policies", remove = { "identities.password_policies" }, expect = every },
  { "only a fine-grained policy was read", set = with("kind", "fine_grained"), expect = every },
  { "only the policy of a federated domain, which cannot be read", set = with("source", "entra"), expect = every },
  { "a policy of Entra is not held to these numbers", append = fine_grained({ source = "entra", min_length = 8,
      complexity = false, banned_list = false, history = 1, lockout_minutes = 1 }), expect = {} },
  { "CTX without an Active Directory", base = ctx,
    set = without_ad(), remove = { "ad", "identities.password_policies" },
    expect = no_ad({}) },

  { "CTX with a domain controller, whose directory nobody read", base = ctx,
    set = without_ad({ ["hosts[dc-cust].state"] = "stopped" }), remove = { "ad", "identities.password_policies" },
    expect = nobody_read_ad },
  { "CTX with a role of a directory that nobody read", base = ctx,
    set = without_ad({ ["identities.roles[r-domain-admins].source"] = "ad" }),
    remove = { "ad", "identities.password_policies" }, expect = nobody_read_ad },
  { "CTX with a policy of a directory whose accounts nobody read", base = ctx, set = without_ad(), remove = { "ad" },
    expect = { ["no-reversible-encryption"] = "unknown", ["password-needed"] = "unknown",
      ["passwords-not-exposed"] = "unknown", ["krbtgt-changed"] = "unknown" } },

  -- ---- R1 ----
  { "13 characters", set = with("min_length", 13), expect = { ["password-length"] = "fail" },
    blame = policy .. ".min_length" },
  { "a tenant that allows 13", set = with("min_length", 13), params = { min_length = 13 }, expect = {} },
  { "a fine-grained policy that is laxer than the default", append = fine_grained({ min_length = 8 }),
    expect = { ["password-length"] = "fail" }, blame = "identities.password_policies[pp-fine].min_length" },
  { "a strict fine-grained policy does not make up for the default", append = fine_grained({}),
    set = with("min_length", 8), expect = { ["password-length"] = "fail" } },
  { "the length is null", set = with("min_length", null), expect = { ["password-length"] = "unknown" } },
  { "the length is a text", set = with("min_length", "14"), expect = { ["password-length"] = "unknown" } },

  -- ---- R2 ----
  { "a banned list without complexity", set = with("complexity", false), expect = {} },
  { "complexity without a banned list", set = with("banned_list", false), expect = {} },
  { "neither", set = { [policy .. ".complexity"] = false, [policy .. ".banned_list"] = false },
    expect = { ["no-guessable-passwords"] = "fail" } },
  { "nobody knows whether a list is used", remove = { policy .. ".banned_list" },
    expect = { ["no-guessable-passwords"] = "unknown" } },

  -- ---- R3 ----
  { "the policy stores passwords reversibly", set = with("reversible_encryption", true),
    expect = { ["no-reversible-encryption"] = "fail" },
    blame = policy .. ".reversible_encryption" },
  { "an account does", set = { [tanaka .. ".ad_flags"] = { "reversible_encryption" } },
    expect = { ["no-reversible-encryption"] = "fail" },
    blame = "identities.accounts[ad-a.tanaka].ad_flags[reversible_encryption]" },
  { "nobody read the flags of an account", remove = { tanaka .. ".ad_flags" }, expect = flags },
  { "the flags of an account are null", set = { [tanaka .. ".ad_flags"] = null }, expect = flags },

  -- ---- R4 ----
  { "accounts never lock", set = with("lockout_threshold", 0), expect = { ["lockout"] = "fail" },
    blame = policy .. ".lockout_threshold" },
  { "one attempt", set = with("lockout_threshold", 1), expect = {} },
  { "eleven attempts", set = with("lockout_threshold", 11), expect = { ["lockout"] = "fail" } },
  { "a tenant that asks for five", params = { lockout_max = 5 }, expect = { ["lockout"] = "fail" } },
  { "15 minutes", set = with("lockout_minutes", 15), expect = {} },
  { "14 minutes", set = with("lockout_minutes", 14), expect = { ["lockout"] = "fail" },
    blame = policy .. ".lockout_minutes" },
  { "until an administrator unlocks", set = with("lockout_minutes", 0), expect = {} },
  { "a negative duration, as 100-nanosecond intervals are", set = with("lockout_minutes", -18000000000),
    expect = { ["lockout"] = "unknown" } },
  { "nobody knows the threshold", remove = { policy .. ".lockout_threshold" }, expect = { ["lockout"] = "unknown" } },

  -- ---- R5 ----
  { "23 passwords", set = with("history", 23), expect = { ["password-history"] = "fail" },
    blame = policy .. ".history" },
  { "a tenant that remembers fewer", set = with("history", 12), params = { history = 12 }, expect = {} },
  { "nobody knows how many", set = with("history", null), expect = { ["password-history"] = "unknown" } },

  -- ---- R6 ----
  { "passwords expire, and should not", set = with("max_age_days", 90), expect = { ["password-rotation"] = "fail" },
    blame = policy .. ".max_age_days" },
  { "passwords should expire, and do not", params = { rotation = "periodic" },
    expect = { ["password-rotation"] = "fail" } },
  { "passwords expire on day 90, as they should", set = with("max_age_days", 90), params = { rotation = "periodic" },
    expect = {} },
  { "passwords expire a day late", set = with("max_age_days", 91), params = { rotation = "periodic" },
    expect = { ["password-rotation"] = "fail" } },
  { "the largest number is never, though not a null", set = with("max_age_days", 2147483647),
    params = { rotation = "periodic" }, expect = { ["password-rotation"] = "fail" } },
  { "0 for never is not what the snapshot says", set = with("max_age_days", 0),
    expect = { ["password-rotation"] = "unknown" } },
  { "an account whose password never expires although all have to",
    set = { [policy .. ".max_age_days"] = 60, [tanaka .. ".ad_flags"] = { "password_never_expires" } },
    params = { rotation = "periodic" }, expect = { ["password-rotation"] = "fail" } },
  { "the same where passwords do not expire", set = { [tanaka .. ".ad_flags"] = { "password_never_expires" } },
    expect = {} },
  { "a tenant that leaves it open", set = with("max_age_days", 30), params = { rotation = "any" },
    expect = { ["password-rotation"] = "not_applicable" } },
  { "nobody knows whether they expire", remove = { policy .. ".max_age_days" },
    expect = { ["password-rotation"] = "unknown" } },

  -- ---- R7 ----
  { "an account that needs no password", set = { [tanaka .. ".ad_flags"] = { "password_not_required" } },
    expect = { ["password-needed"] = "fail" },
    blame = "identities.accounts[ad-a.tanaka].ad_flags[password_not_required]" },
  { "a disabled account that needs no password is only remarked on",
    set = { [tanaka .. ".ad_flags"] = { "password_not_required" }, [tanaka .. ".enabled"] = false }, expect = {} },
  { "of a disabled account nobody need know the flags", set = { [tanaka .. ".enabled"] = false },
    remove = { tanaka .. ".ad_flags" }, expect = {} },
  { "nor of a deleted one", set = { [tanaka .. ".deleted_at"] = "2026-11-01T09:00:00+09:00" },
    remove = { tanaka .. ".ad_flags" }, expect = {} },
  { "whether it is enabled is null", set = { [tanaka .. ".ad_flags"] = { "password_not_required" },
      [tanaka .. ".enabled"] = null },
    expect = { ["password-needed"] = "unknown", ["no-reversible-encryption"] = "unknown",
      ["passwords-not-exposed"] = "unknown", ["initial-passwords-replaced"] = "unknown" } },

  -- ---- passwords that can be guessed offline ----
  { "an account without pre-authentication", set = { [tanaka .. ".ad_flags"] = { "preauth_not_required" } },
    expect = { ["passwords-not-exposed"] = "fail" },
    blame = "identities.accounts[ad-a.tanaka].ad_flags[preauth_not_required]" },
  { "an administrator with a service principal name, through a group inside the group",
    set = { ["identities.accounts[ad-s.takahashi].ad_flags"] = { "has_spn" } },
    expect = { ["passwords-not-exposed"] = "fail" }, blame = "identities.accounts[ad-s.takahashi].ad_flags[has_spn]" },
  { "an ordinary account with one", set = { [tanaka .. ".ad_flags"] = { "has_spn" } }, expect = {} },
  { "delegation is judged elsewhere", set = { [sato .. ".ad_flags"] = { "unconstrained_delegation" } }, expect = {} },

  -- ---- R8 ----
  { "180 days", set = { ["ad.krbtgt_changed_at"] = "2026-05-23T15:00:00Z" }, expect = {} },
  { "181 days", set = { ["ad.krbtgt_changed_at"] = "2026-05-23T14:59:59Z" },
    expect = { ["krbtgt-changed"] = "fail" }, blame = "/ad/krbtgt_changed_at" },
  { "nobody read Active Directory", remove = { "ad" }, expect = { ["krbtgt-changed"] = "unknown" } },
  { "nobody knows when it was changed", set = { ["ad.krbtgt_changed_at"] = null },
    expect = { ["krbtgt-changed"] = "unknown" } },

  -- ---- R9 ----
  { "the first password, for ever", set = state(null, false, false),
    expect = { ["initial-passwords-replaced"] = "fail" },
    blame = "identities.accounts[ad-a.tanaka].sign_in_state.changed_at" },
  { "the first password, until the next sign-in", set = state(null, true, false), expect = {} },
  { "changed by the administrator, not by its owner", set = state("2026-05-11T09:00:00+09:00", false, false),
    expect = { ["initial-passwords-replaced"] = "fail" } },
  { "changed, it is said, and never changed", set = state(null, false, true),
    expect = { ["initial-passwords-replaced"] = "fail" } },
  { "only the day of the change is known, and it lies after the creation",
    set = state("2023-04-04T09:00:00+09:00", false, nil), expect = {} },
  { "the password that was set a moment after the account was made is the first one",
    set = state("2023-04-03T00:00:00.2517Z", false, nil), expect = { ["initial-passwords-replaced"] = "fail" },
    blame = tanaka .. ".sign_in_state.changed_at" },
  { "ten minutes later it may still be", set = state("2023-04-03T09:10:00+09:00", false, nil),
    expect = { ["initial-passwords-replaced"] = "fail" } },
  { "and after that its owner's", set = state("2023-04-03T09:10:01+09:00", false, nil), expect = {} },
  { "nobody knows when the account was made", set = state("2023-04-04T09:00:00+09:00", false, nil),
    remove = { tanaka .. ".created_at" }, expect = { ["initial-passwords-replaced"] = "unknown" } },
  { "Windows asks nobody to change a password that never expires",
    set = { [tanaka .. ".sign_in_state"] = { changed_at = null, change_at_next_sign_in = true },
      [tanaka .. ".ad_flags"] = { "password_never_expires" } },
    expect = { ["initial-passwords-replaced"] = "fail" }, blame = tanaka .. ".ad_flags[password_never_expires]" },
  { "the portal does, whatever Windows calls never",
    set = { ["identities.accounts[p-k.sato].sign_in_state"] = { changed_at = null, change_at_next_sign_in = true } },
    expect = {} },
  { "to be changed at the next sign-in, and nobody knows whether it expires",
    set = { [tanaka .. ".sign_in_state"] = { changed_at = null, change_at_next_sign_in = true } },
    remove = { tanaka .. ".ad_flags" },
    expect = { ["initial-passwords-replaced"] = "unknown", ["no-reversible-encryption"] = "unknown",
      ["password-needed"] = "unknown", ["passwords-not-exposed"] = "unknown" } },
  { "only the day of the change is known, and it is that of the creation",
    set = state("2023-04-03T00:00:00Z", false, nil), expect = { ["initial-passwords-replaced"] = "fail" } },
  { "it was changed tomorrow", set = state("2026-11-21T09:00:00+09:00", false),
    expect = { ["initial-passwords-replaced"] = "unknown" },
    blame = tanaka .. ".sign_in_state.changed_at" },
  { "a secret that was made tomorrow", set = secret("2026-11-21T09:00:00+09:00", "2026-12-21T09:00:00+09:00"),
    expect = { ["application-keys-expire"] = "unknown" }, blame = key .. ".created_at" },
  { "nobody knows when it was changed", remove = { tanaka .. ".sign_in_state.changed_at" },
    expect = { ["initial-passwords-replaced"] = "unknown" } },
  { "nobody read the state of the password", remove = { tanaka .. ".sign_in_state" },
    expect = { ["initial-passwords-replaced"] = "unknown" } },
  { "an account of the portal is judged where its state is known",
    set = { ["identities.accounts[p-k.sato].sign_in_state"] = { changed_at = null, change_at_next_sign_in = false } },
    expect = { ["initial-passwords-replaced"] = "fail" } },
  { "a built-in account has no first password", set = { [tanaka .. ".kind"] = "builtin",
      [tanaka .. ".sign_in_state"] = { changed_at = null, change_at_next_sign_in = false } }, expect = {} },

  { "CTX without an Active Directory, and no first password is known", base = ctx, set = without_ad(),
    remove = { "ad", "identities.accounts[ad-o.yamaguchi].sign_in_state",
      "identities.accounts[ad-k.mori].sign_in_state", "identities.password_policies" },
    expect = no_ad({ ["initial-passwords-replaced"] = "not_applicable" }) },
  { "CTX with an Active Directory all of whose accounts are disabled", base = ctx, set = {
      ["identities.accounts[ad-o.yamaguchi].enabled"] = false, ["identities.accounts[ad-k.mori].enabled"] = false },
    remove = { "ad" },
    expect = { ["no-reversible-encryption"] = "unknown", ["password-needed"] = "unknown",
      ["passwords-not-exposed"] = "unknown", ["initial-passwords-replaced"] = "unknown",
      ["krbtgt-changed"] = "unknown" } },

  -- ---- R10 ----
  { "a certificate for 365 days", set = { [key .. ".expires"] = "2027-07-01T09:00:00+09:00" }, expect = {} },
  { "a certificate for 366 days", set = { [key .. ".expires"] = "2027-07-02T00:00:00+09:00" },
    expect = { ["application-keys-expire"] = "fail" }, blame = key .. ".expires" },
  { "a secret for 180 days", set = secret("2026-07-01T00:00:00+09:00", "2026-12-28T14:59:59Z"), expect = {} },
  { "a secret for 181 days, by the calendar of Tokyo",
    set = secret("2026-07-01T00:00:00+09:00", "2026-12-28T15:00:00Z"),
    expect = { ["application-keys-expire"] = "fail" } },
  { "a secret for two years that has run out this second", set = secret("2024-11-20T09:00:00+09:00",
    "2026-11-20T00:00:00Z"), expect = {} },
  { "one that runs out in a second", set = secret("2024-11-20T09:00:00+09:00", "2026-11-20T00:00:01Z"),
    expect = { ["application-keys-expire"] = "fail" }, blame = key .. ".expires" },
  { "a secret that never expires", set = secret("2026-07-01T00:00:00+09:00", null),
    expect = { ["application-keys-expire"] = "fail" } },
  { "a federated credential has nothing to expire",
    set = { [key .. ".kind"] = "federated", [key .. ".expires"] = null },
    expect = {} },
  { "nobody knows when it expires", remove = { key .. ".expires" },
    expect = { ["application-keys-expire"] = "unknown" } },
  { "an application without keys", set = { ["identities.applications[app-siem].keys"] = empty_list },
    expect = { ["application-keys-expire"] = "not_applicable" } },
  { "no application", set = { ["identities.applications"] = empty_list },
    expect = { ["application-keys-expire"] = "not_applicable" } },
  { "nobody read the applications", remove = { "identities.applications" },
    expect = { ["application-keys-expire"] = "unknown" } },
}
