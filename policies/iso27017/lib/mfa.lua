-- mfa.lua: on whom multi-factor authentication is enforced, and with what a person can answer it.
-- SPDX-License-Identifier: Apache-2.0
--
-- Offered, allowed, registered and enforced are four things. Enforced means: for every privileged
-- role that an account holds there are policies in force (not report-only) that cover the account,
-- with no exclusion, what the role is for, all places and all kinds of client, and that let nobody
-- in without a second factor. A policy with a gap does not count, and the report says why, because
-- it may be the one that the administrator relies on.

local lists = use("lists")
local privilege = use("privilege")

local M = {}

-- What must be covered for a role: the application of the system that grants it. Roles of Entra
-- itself work in every application.
local APPLICATION = { portal = "customer_portal", azure = "azure_management", citrix = "citrix_cloud" }

-- Protocols of these clients cannot ask for a second factor; only Entra knows them.
local MODERN = { "browser", "mobile_and_desktop" }
local ALL_CLIENTS = { "browser", "mobile_and_desktop", "exchange_active_sync", "other" }

local GAP = {
  none = {
    en = "no policy covers it",
    ja = "対象とするポリシーがありません",
  },
  report_only = {
    en = "is report-only, so nothing is enforced",
    ja = "はレポート専用のため強制適用されません",
  },
  disabled = {
    en = "is switched off",
    ja = "は無効です",
  },
  excluded = {
    en = "excludes it",
    ja = "の対象外に指定されています",
  },
  application = {
    en = "does not cover the application",
    ja = "は対象アプリを含んでいません",
  },
  condition = {
    en = "holds on some conditions only (platform, risk, device)",
    ja = "は特定の条件（プラットフォーム・リスク・デバイスなど）でのみ適用されます",
  },
  location = {
    en = "does not hold from every place (sign-in from a listed or trusted place goes without)",
    ja = "は一部の場所からのサインインに適用されません",
  },
  session = {
    en = "only sets the session and demands nothing",
    ja = "はセッション制御のみで何も要求しません",
  },
  choice = {
    en = "accepts something else instead of a second factor",
    ja = "は多要素認証以外の条件でも許可します",
  },
  no_factor = {
    en = "does not demand a second factor",
    ja = "は多要素認証を要求していません",
  },
  clients = {
    en = "leaves other kinds of client uncovered",
    ja = "は一部の種類のクライアントに適用されません",
  },
}

-- ---- whom a policy reaches ----

local function holds_any(index, account, roles, counts)
  for _, grant in ipairs(privilege.grants(index, account)) do
    if counts(grant) and lists.contains(roles, grant.role_id) then
      return true
    end
  end
  return false
end

local function names(index, who, account, counts)
  return (who.guests and account.kind == "guest")
    or lists.contains(who.accounts, account.id)
    or privilege.is_member_of_any(index, account.id, who.groups)
    or holds_any(index, account, who.roles, counts)
end

-- Through a role a policy reaches who uses it now: it is always on, or is the one in question.
-- counts(grant) tells which ones are. Without a question every role counts.
local function includes(index, policy, account, counts)
  local who = policy.users.include
  return who.all or names(index, who, account, counts)
end

local function any() return true end

local function excludes(index, policy, account)
  return names(index, policy.users.exclude, account, any)
end

-- ---- what a policy demands ----

local function covers_application(policy, wanted)
  local applications = policy.applications
  if wanted == nil then
    return applications.all and is_empty(applications.exclude)
  end
  return (applications.all or lists.contains(applications.include, wanted))
    and not lists.contains(applications.exclude, wanted)
end

local function holds_everywhere(policy)
  local where = policy.locations
  return where.all and is_empty(where.exclude) and not where.exclude_trusted
end

local SECOND_FACTOR = { mfa = true, authentication_strength = true, block = true }

-- What is demanded: "block", "strength" or "mfa"; nil and the gap when a second factor is not.
local function demand_of(policy)
  if is_null(policy, "grant") then
    return nil, GAP.session
  end
  local grant = policy.grant
  local controls, others, demanded = {}, 0, 0
  for _, control in ipairs(grant.controls) do
    controls[control] = true
    if SECOND_FACTOR[control] then
      demanded = demanded + 1
    else
      others = others + 1
    end
  end
  if controls.block then
    return "block"
  elseif demanded == 0 then
    return nil, GAP.no_factor
  elseif grant.operator == "or" and others > 0 then
    return nil, GAP.choice
  elseif controls.authentication_strength and (demanded == 1 or grant.operator == "and") then
    return "strength"
  end
  return "mfa"
end

local function covered_clients(policy)
  local covered = {}
  for _, client in ipairs(policy.clients) do
    covered[client] = true
  end
  return covered
end

local function state_gap(policy)
  local state = policy.state
  if state == "enabled" then
    return nil
  end
  return state == "report_only" and GAP.report_only or GAP.disabled
end

-- ---- a policy against one privileged role of one account ----

-- nil when the policy does not concern it; { policy, gap } or { policy, demand, clients }.
local function judge(index, policy, account, grant)
  local function in_use(other) return other.active or other.role_id == grant.role_id end
  if policy.source ~= account.source or not includes(index, policy, account, in_use) then
    return nil
  end
  local demand, gap = demand_of(policy)
  gap = state_gap(policy) or gap
  if gap == nil and excludes(index, policy, account) then
    gap = GAP.excluded
  elseif gap == nil and not covers_application(policy, APPLICATION[grant.source]) then
    gap = GAP.application
  elseif gap == nil and not holds_everywhere(policy) then
    gap = GAP.location
  elseif gap == nil and not is_empty(policy.conditions) then
    gap = GAP.condition
  end
  return { policy = policy, gap = gap, demand = demand, clients = gap == nil and covered_clients(policy) }
end

local function judged(s, index, account, grant)
  local found = {}
  for _, policy in ipairs(maybe_empty(s.conditional_access.policies)) do
    local one = judge(index, policy, account, grant)
    if one ~= nil then
      table.insert(found, one)
    end
  end
  return found
end

-- Whether the policies that count together cover every kind of client.
local function cover_clients(found, source, counts)
  for _, client in ipairs(source == "entra" and ALL_CLIENTS or MODERN) do
    local covered = false
    for _, one in ipairs(found) do
      covered = covered or (one.gap == nil and counts(one) and (one.clients.all or one.clients[client]) == true)
    end
    if not covered then
      return false
    end
  end
  return true
end

local DEMAND = { strength = 2, mfa = 2, block = 1 }
local STATE = { enabled = 2, report_only = 1, disabled = 0 }

-- How near a policy comes to enforcing it: first by what it demands, then by whether it is on.
local function weight_of(one)
  return 3 * (DEMAND[one.demand] or 0) + (STATE[one.policy.state] or 0)
end

-- The gap to report: that of the policy that comes nearest, the first of several.
local function nearest_gap(found)
  local chosen, most = { policy = "", why = GAP.none }, -1
  for _, one in ipairs(found) do
    local weight = weight_of(one)
    if weight > most then
      local name = tostring(one.policy.name)
      chosen = { policy = { en = "the policy " .. name .. " ", ja = "「" .. name .. "」" },
        why = one.gap or GAP.clients }
      most = weight
    end
  end
  return chosen
end

local OF_DEFAULTS = { entra = true, azure = true }

-- Entra's security defaults ask administrators of Entra and Azure for a second factor at every
-- sign-in; for roles of other systems they do not, and accounts of a synchronisation they leave out.
local function is_of_defaults(s, account, grant)
  return account.source == "entra" and account.kind ~= "sync" and OF_DEFAULTS[grant.source] == true
    and get(s.conditional_access, "security_defaults", false)
end

-- nil when multi-factor authentication is enforced on an administrator in all privileged roles;
-- else { role, policy, why } of the first one where it is not.
function M.gap(s, index, account)
  for _, grant in ipairs(privilege.privileged_grants(index, account)) do
    local found = judged(s, index, account, grant)
    if not is_of_defaults(s, account, grant) and not cover_clients(found, account.source, any) then
      local gap = nearest_gap(found)
      gap.role = grant.role.name
      return gap
    end
  end
  return nil
end

local function accepts(one, kind)
  if one.demand == "strength" then
    return lists.contains(one.policy.grant.strength_methods, kind)
  end
  return one.demand ~= "block"
end

-- Whether the policies keep an administrator from answering with that kind of method.
function M.refuses(s, index, account, kind)
  for _, grant in ipairs(privilege.privileged_grants(index, account)) do
    local found = judged(s, index, account, grant)
    if not cover_clients(found, "portal", function(one) return not accepts(one, kind) end) then
      return false
    end
  end
  return true
end

-- The first policy in force that could lock an account out: it covers it and demands anything of a
-- client of today. nil when there is none.
function M.binding_policy(s, index, account)
  return lists.find(s.conditional_access.policies, function(policy)
    if policy.source ~= account.source or state_gap(policy) ~= nil or is_null(policy, "grant") then
      return false
    end
    local clients = covered_clients(policy)
    return (clients.all or clients.browser or clients.mobile_and_desktop) == true
      and includes(index, policy, account, any) and not excludes(index, policy, account)
  end)
end

-- ---- accounts that sign in without a person ----

local function only_inside(list, allowed)
  return lists.find(list, function(id) return not lists.contains(allowed, id) end) == nil
end

-- Whether a policy in force keeps an account from signing in anywhere but from those places.
function M.is_kept_to(s, index, account, places)
  return lists.find(s.conditional_access.policies, function(policy)
    if policy.source ~= account.source or state_gap(policy) ~= nil or demand_of(policy) ~= "block" then
      return false
    end
    local where, clients = policy.locations, covered_clients(policy)
    return includes(index, policy, account, any) and not excludes(index, policy, account)
      and covers_application(policy, nil) and clients.all == true and is_empty(policy.conditions)
      and where.all and not where.exclude_trusted and only_inside(where.exclude, places)
  end) ~= nil
end

-- ---- what a person has registered ----

local UNUSABLE = {
  nothing = { en = "nothing of the kind is registered", ja = "該当する認証方法が登録されていません" },
  state = { en = "the registration is suspended, revoked or lost", ja = "登録が停止・失効・紛失の状態です" },
  expired = { en = "it has expired", ja = "有効期限が切れています" },
  disabled = { en = "the method is not allowed in the tenant for this account",
    ja = "このアカウントにはテナントで許可されていない方法です" },
  authority = { en = "the certificate's authority is no longer trusted or has expired",
    ja = "証明書の認証局が信頼されていないか、期限切れです" },
  one_factor = { en = "certificates count as a single factor", ja = "証明書は単一要素として扱われます" },
  no_crl = { en = "revocation of certificates is not checked", ja = "証明書の失効確認が無効です" },
  device = { en = "a certificate proves the device only (cert_counts_as_mfa is false)",
    ja = "証明書はデバイスの証明に限られます（cert_counts_as_mfa が false）" },
}

-- Why, and what shows it: a member of a view, which is the account's, or a setting of the tenant.
local function problem(why, view, key)
  return { why = why, view = view, key = key }
end

local function of_tenant(why, view, key)
  return { why = why, view = view, key = key, about = view }
end

-- The entry of the tenant's methods that lets an account use a kind; nil when none does.
local function allowed_as(s, index, account, kind)
  return lists.find(s.authentication.methods, function(method)
    return method.source == account.source and method.kind == kind and method.state == "enabled"
      and (not has(method, "groups") or privilege.is_member_of_any(index, account.id, method.groups))
  end)
end

-- What keeps an account from using a kind that nothing allows it; of several entries the first.
local function not_allowed(s, account, method)
  local entry = lists.find(s.authentication.methods, function(one)
    return one.source == account.source and one.kind == method.kind
  end)
  if entry == nil then
    return problem(UNUSABLE.disabled, method, "kind")
  end
  return of_tenant(UNUSABLE.disabled, entry, entry.state == "enabled" and "groups" or "state")
end

local function certificate_problem(s, method, allowed, params, as_of)
  local authority = lists.by_id(s.authentication.certificate_authorities)[method.certificate_authority]
  if not params.cert_counts_as_mfa then
    return problem(UNUSABLE.device, method, "kind")
  elseif authority.state ~= "trusted" then
    return of_tenant(UNUSABLE.authority, authority, "state")
  elseif not time.is_before(as_of, authority.not_after) then
    return of_tenant(UNUSABLE.authority, authority, "not_after")
  elseif allowed.binding ~= "multi_factor" then
    return of_tenant(UNUSABLE.one_factor, allowed, "binding")
  elseif not allowed.crl_checked then
    return of_tenant(UNUSABLE.no_crl, allowed, "crl_checked")
  end
  return nil
end

local function problem_of(s, index, account, method, as_of)
  local kind = method.kind
  local allowed = allowed_as(s, index, account, kind)
  local ends = kind == "client_certificate" or has(method, "expires")
  if method.state ~= "active" then
    return problem(UNUSABLE.state, method, "state")
  elseif ends and not time.is_before(as_of, method.expires) then
    return problem(UNUSABLE.expired, method, "expires")
  elseif allowed == nil then
    return not_allowed(s, account, method)
  elseif kind == "client_certificate" then
    return certificate_problem(s, method, allowed, index.params, as_of)
  end
  return nil
end

-- How many registered methods of those kinds an account can use now, and what is wrong with the
-- last that it cannot use, or that there is none.
function M.usable(s, index, account, kinds, as_of)
  local count, wrong = 0, problem(UNUSABLE.nothing, account, "methods")
  maybe_empty(account.methods)
  for _, method in ipairs(account.methods) do
    if lists.contains(kinds, method.kind) then
      local found = problem_of(s, index, account, method, as_of)
      wrong = found or wrong
      count = count + (found == nil and 1 or 0)
    end
  end
  return count, wrong
end

-- Reads once more what shows a problem, so that the finding points at it; gives what the finding is
-- about.
function M.point_at(wrong, account)
  if wrong.key == "methods" or wrong.key == "groups" then
    is_empty(wrong.view[wrong.key])
  else
    local _ = wrong.view[wrong.key]
  end
  return wrong.about or account
end

return M
