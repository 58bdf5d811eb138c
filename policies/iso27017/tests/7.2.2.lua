-- Tests of 7.2.2. The provider's campaign ran from 11 May to 30 June, 412 of 412 took part. On IAD
-- the customer's administrators are three persons: E1024 (p-k.sato, ad-k.sato, en-k.sato, trained on
-- 15 June), E1187 (p-m.suzuki, trained on 16 June) and E1302 (ad-s.takahashi, en-s.takahashi, trained
-- on 22 June); the break-glass and sync accounts hold roles too.

local ctx = "ctx/compliant.json"

local statement = "attestations[at-training]"
local training = statement .. ".training"
local accounts = "identities.accounts"

local function provider_rules(status)
  return {
    ["provider-training"] = status, ["provider-training-figures"] = status, ["provider-training-recent"] = status,
  }
end

local failed, unknown = provider_rules("fail"), provider_rules("unknown")
local figures, recent = { ["provider-training-figures"] = "fail" }, { ["provider-training-recent"] = "fail" }
local untrained = { ["administrators-trained"] = "fail" }
local unclear = { ["administrators-trained"] = "unknown" }

-- A statement of another campaign.
local function campaign(from, to, completed, more)
  local made = {
    id = "at-campaign", controls = { "7.2.2" }, statement = "x", issuer = "x", issuer_party = "provider",
    subject_party = "provider", scope = { "iad" }, issued = "2026-07-15",
    reviewed_at = "2026-07-20T09:00:00+09:00", reviewer = "x",
    evidence = { { uri = "https://docs.example.jp/report/training.pdf", title = "x" } },
    training = { population = 400, completed = completed, period_from = from, period_to = to },
  }
  for i = 1, #more, 2 do
    made[more[i]] = more[i + 1]
  end
  return { attestations = made }
end

-- The same day for all accounts of a person.
local function trained(owner_accounts, day)
  local set = {}
  for i = 1, #owner_accounts do
    set[accounts .. "[" .. owner_accounts[i] .. "].trained_on"] = day
  end
  return set
end

local sato = { "p-k.sato", "ad-k.sato", "en-k.sato" }
local takahashi = { "ad-s.takahashi", "en-s.takahashi" }

return {
  base = "iad/compliant.json",

  -- R1: the statement
  { "the provider's silence is missing data and no breach",
    remove = { statement }, expect = unknown, blame = "attestations" },
  { "a statement without figures says too little",
    remove = { training }, expect = unknown },
  { "a statement for the other service does not count", base = ctx,
    set = { [statement .. ".scope"] = { "iad" } }, expect = unknown },
  { "the customer cannot vouch for the provider's staff",
    set = { [statement .. ".issuer_party"] = "customer" }, expect = failed, blame = statement .. ".issuer_party" },
  { "a third party can",
    set = { [statement .. ".issuer_party"] = "third_party" }, expect = {} },
  { "a statement that expires today",
    set = { [statement .. ".expires"] = "2026-11-20", as_of = "2026-11-20T14:59:59Z" }, expect = {} },
  { "a statement that expired yesterday",
    set = { [statement .. ".expires"] = "2026-11-20", as_of = "2026-11-20T15:00:00Z" },
    expect = failed, blame = statement .. ".expires" },
  { "confirmed 365 days ago",
    set = { [statement .. ".reviewed_at"] = "2025-11-20T00:00:00+09:00" }, expect = {} },
  { "confirmed 366 days ago",
    set = { [statement .. ".reviewed_at"] = "2025-11-19T23:59:59+09:00" },
    expect = failed, blame = statement .. ".reviewed_at" },
  { "the clause in another spelling",
    set = { [statement .. ".controls"] = { "A.7.2.2" } }, expect = {} },
  { "CLD.7.2.2 is not 7.2.2",
    set = { [statement .. ".controls"] = { "CLD.7.2.2" } }, expect = unknown },
  { "two statements of which one expired",
    set = { [statement .. ".expires"] = "2026-09-30" },
    append = campaign("2026-07-01", "2026-07-10", 390, {}), expect = {} },
  { "a statement that was replaced does not count",
    append = campaign("2026-07-01", "2026-07-10", 390, { "supersedes", "at-training", "expires", "2026-11-19" }),
    expect = failed, blame = "attestations[at-campaign].expires" },
  { "statements that were not collected are unknown",
    remove = { "attestations" }, expect = unknown, blame = "/attestations" },

  -- R2: figures
  { "no share is promised: one is enough",
    set = { [training .. ".completed"] = 1 }, expect = {} },
  { "none is not",
    set = { [training .. ".completed"] = 0 }, expect = figures, blame = statement .. ".training.completed" },
  { "a population of 0 tells nothing",
    set = { [training .. ".population"] = 0, [training .. ".completed"] = 0 },
    expect = { ["provider-training-figures"] = "unknown" } },
  { "more than all completed it",
    set = { [training .. ".completed"] = 413 }, expect = figures, blame = statement .. ".training.completed" },
  { "a share may be demanded: 95 of 100 %",
    set = { [training .. ".population"] = 400, [training .. ".completed"] = 380 },
    params = { provider_training_min_percent = 95 }, expect = {} },
  { "a share may be demanded: one person too few", base = ctx,
    set = { [training .. ".population"] = 400, [training .. ".completed"] = 379 },
    params = { provider_training_min_percent = 95 }, expect = figures },
  { "a share as text is unknown",
    set = { [training .. ".completed"] = "98%" }, expect = { ["provider-training-figures"] = "unknown" },
    blame = statement .. ".training.completed" },
  { "how many had to is not known",
    remove = { training .. ".population" }, expect = { ["provider-training-figures"] = "unknown" },
    blame = statement .. ".training.population" },

  -- R3: campaigns
  { "a campaign that ended 365 days ago",
    set = { [training .. ".period_from"] = "2025-11-01", [training .. ".period_to"] = "2025-11-20" }, expect = {} },
  { "a campaign that ended 366 days ago",
    set = { [training .. ".period_from"] = "2025-11-01", [training .. ".period_to"] = "2025-11-19" },
    expect = recent, blame = statement .. ".training.period_to" },
  { "the day is that in Tokyo: 365 days",
    set = { [training .. ".period_from"] = "2025-11-01", [training .. ".period_to"] = "2025-11-20",
      as_of = "2026-11-20T14:59:59Z" }, expect = {} },
  { "the day is that in Tokyo: 366 days",
    set = { [training .. ".period_from"] = "2025-11-01", [training .. ".period_to"] = "2025-11-20",
      as_of = "2026-11-20T15:00:00Z" }, expect = recent },
  { "a campaign that runs across the end of the fiscal year is one campaign",
    set = { [training .. ".period_from"] = "2026-03-15", [training .. ".period_to"] = "2026-04-15" }, expect = {} },
  { "a campaign that runs now is current",
    set = { [training .. ".period_from"] = "2026-11-20", [training .. ".period_to"] = "2026-12-20" }, expect = {} },
  { "a campaign that began 365 days ago and still runs",
    set = { [training .. ".period_from"] = "2025-11-20", [training .. ".period_to"] = "2026-12-20" }, expect = {} },
  { "a campaign that runs on and on",
    set = { [training .. ".period_from"] = "2025-11-19", [training .. ".period_to"] = "2099-12-31" },
    expect = recent, blame = statement .. ".training.period_from" },
  { "a campaign that is planned does not speak before one that is over",
    append = campaign("2026-12-01", "2027-01-31", 0, {}), expect = {} },
  { "a campaign that begins tomorrow is not",
    set = { [training .. ".period_from"] = "2026-11-21", [training .. ".period_to"] = "2026-12-20" },
    expect = recent, blame = statement .. ".training.period_from" },
  { "a campaign that ends before it begins", base = ctx,
    set = { [training .. ".period_from"] = "2026-07-01" }, expect = recent },
  { "of two campaigns the last one speaks",
    append = campaign("2026-07-01", "2026-07-10", 0, {}), expect = figures,
    blame = "attestations[at-campaign].training.completed" },
  { "of two campaigns the earlier one does not",
    append = campaign("2025-05-01", "2025-06-10", 0, {}), expect = {} },
  { "when it ended is not known",
    remove = { training .. ".period_to" }, expect = { ["provider-training-recent"] = "unknown" },
    blame = statement .. ".training.period_to" },
  { "the interval is a parameter",
    params = { training_max_age_days = 142 },
    expect = { ["provider-training-recent"] = "fail", ["administrators-trained"] = "fail" } },

  -- R4: the customer's administrators
  { "an administrator who was trained 365 days ago",
    set = trained(takahashi, "2025-11-20"), expect = {} },
  { "an administrator who was trained 366 days ago",
    set = trained(takahashi, "2025-11-19"), expect = untrained,
    blame = "identities.accounts[ad-s.takahashi].trained_on" },
  { "an administrator who was trained 366 days ago", base = ctx,
    set = trained({ "en-e.carter" }, "2025-11-19"), expect = untrained },
  { "the day is that in Tokyo",
    set = { [accounts .. "[p-m.suzuki].trained_on"] = "2025-11-20", as_of = "2026-11-20T15:00:00Z" },
    expect = untrained, blame = "identities.accounts[p-m.suzuki].trained_on" },
  { "the training of one account counts for the person",
    set = trained({ "p-k.sato", "ad-k.sato" }, "2024-06-15"), expect = {} },
  { "also when the other accounts do not tell",
    remove = { accounts .. "[p-k.sato].trained_on", accounts .. "[ad-k.sato].trained_on" }, expect = {} },
  { "a person is the same in another case of letters",
    set = { [accounts .. "[ad-s.takahashi].trained_on"] = "2024-06-15",
      [accounts .. "[ad-s.takahashi].owner"] = "ｅ1302" },
    expect = {} },
  { "a training that lies ahead has trained nobody",
    set = trained(takahashi, "2026-11-21"), expect = untrained,
    blame = "identities.accounts[ad-s.takahashi].trained_on" },
  { "a training that lies ahead does not hide one that is over",
    set = { [accounts .. "[ad-s.takahashi].trained_on"] = "2026-12-10" }, expect = {} },
  { "whether an administrator was trained is not known",
    remove = { accounts .. "[p-m.suzuki].trained_on" }, expect = unclear,
    blame = "identities.accounts[p-m.suzuki].trained_on" },
  { "one who is not known hides none who was not trained",
    remove = { accounts .. "[p-m.suzuki].trained_on" }, set = trained(takahashi, "2024-06-15"),
    expect = untrained, blame = "identities.accounts[ad-s.takahashi].trained_on" },
  { "people on leave are not counted",
    set = { [accounts .. "[p-m.suzuki].trained_on"] = "2024-06-15",
      [accounts .. "[p-m.suzuki].hr.status"] = "on_leave" },
    expect = {} },
  { "leavers are not counted here",
    set = { [accounts .. "[p-m.suzuki].trained_on"] = "2024-06-15",
      [accounts .. "[p-m.suzuki].hr.status"] = "left" },
    expect = {} },
  { "an administrator whom personnel does not know, like a contractor's, is counted",
    set = { [accounts .. "[p-m.suzuki].trained_on"] = "2024-06-15" }, remove = { accounts .. "[p-m.suzuki].hr" },
    expect = untrained },
  { "accounts without a privileged role are not counted",
    set = { [accounts .. "[ad-a.tanaka].trained_on"] = "2024-06-15" }, expect = {} },
  { "a disabled administrator is not counted",
    set = { [accounts .. "[p-m.suzuki].trained_on"] = "2024-06-15", [accounts .. "[p-m.suzuki].enabled"] = false },
    expect = {} },
  { "whether an account is enabled is not known",
    set = { [accounts .. "[p-m.suzuki].enabled"] = null }, expect = unclear,
    blame = "identities.accounts[p-m.suzuki].enabled" },
  { "a smaller share may be demanded: 2 of 3",
    set = trained(takahashi, "2024-06-15"), params = { admin_training_min_percent = 66 }, expect = {} },
  { "a smaller share may be demanded: 2 of 3 are less than 67 %",
    set = trained(takahashi, "2024-06-15"), params = { admin_training_min_percent = 67 }, expect = untrained },
  { "a role may be treated as privileged by a parameter",
    append = { ["identities.assignments"] = {
      id = "as-1", role = "r-portal-operator", principal = "account", account = "ad-a.tanaka", kind = "active",
      scope = "/", starts = "2026-04-01T09:00:00+09:00", ends = null, granted_by = "E1024", approved_by = "E0007",
    } },
    set = trained({ "ad-a.tanaka" }, "2024-06-15"), params = { privileged_roles = { "r-portal-operator" } },
    expect = untrained, blame = "identities.accounts[ad-a.tanaka].trained_on" },
  { "a person of whom no account was trained in time",
    set = trained(sato, "2025-11-19"), expect = untrained, blame = "identities.accounts[p-k.sato].trained_on" },
  { "a break-glass account that is not named as one is an administrator's",
    params = { break_glass_accounts = { "en-bg2" } }, expect = unclear,
    blame = "identities.accounts[en-bg1].trained_on" },
  { "a break-glass account of the portal is no person's either",
    set = { [accounts .. "[p-m.suzuki].kind"] = "break_glass", [accounts .. "[p-m.suzuki].trained_on"] = "2024-06-15" },
    expect = {} },
  { "where nobody is an administrator, nothing is known",
    set = { ["identities.assignments"] = { {
      id = "as-1", role = "r-sync", principal = "account", account = "en-sync", kind = "active", scope = "/",
      starts = "2026-04-01T09:00:00+09:00", ends = null, granted_by = "E1024", approved_by = "E0007",
    } } },
    expect = unclear },
  { "accounts that were not collected are unknown",
    remove = { "identities" }, expect = unclear, blame = "/identities" },
}
