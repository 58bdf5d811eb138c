-- privilege.lua: who holds privileged roles, directly or through groups inside groups.
-- SPDX-License-Identifier: Apache-2.0
--
-- Nothing is inferred from names: a role is privileged because the snapshot says so (or a parameter
-- adds it), and an account because it holds one, be it always or to be activated. A grant is one
-- such pair. Groups may nest, and may even loop. A reference that leads nowhere is recorded as
-- missing by the read, and passed over, so that the rest is still judged.

local accounts = use("accounts")
local lists = use("lists")
local words = use("words")

local M = {}

-- The directories of the plane (c): administration of the cloud.
M.CLOUD = { entra = true, azure = true, citrix = true }
M.PORTAL = { portal = true }

local AUTOMATIC = { service = true, sync = true }

-- The parameter of every control that asks who is privileged.
M.ROLES_PARAM = {
  type = "list", default = {},
  doc = {
    en = "Ids of roles to treat as privileged besides those the snapshot marks so",
    ja = "スナップショットの指定に加えて特権とみなすロールの ID",
  },
  source = {
    en = "The tenant's own decision; none by default",
    ja = "テナントが決める事項（既定では指定なし）",
  },
}

-- Whether a role is privileged: one that gives everything is, whatever else is said of it, and
-- params.privileged_roles may add to what the snapshot says.
function M.is_privileged_role(role, params)
  return role.privileged or role.top_level or lists.contains(params.privileged_roles, role.id)
end

-- ---- groups ----

local function add_members(group, groups, seen, add)
  if group == nil or seen[group.id] then
    return
  end
  seen[group.id] = true
  for _, id in ipairs(maybe_empty(group.accounts)) do
    add(id)
  end
  for _, id in ipairs(maybe_empty(group.groups)) do
    add_members(groups[id], groups, seen, add)
  end
end

-- The ids of the accounts in a group and the groups inside it, as a set.
local function members_of(group, groups)
  local found = {}
  add_members(group, groups, {}, function(id) found[id] = true end)
  return found
end

-- ---- the index ----

local function accounts_of(assignment, groups)
  if assignment.principal == "account" then
    local id = assignment.account
    return id ~= nil and { [id] = true } or {}
  elseif assignment.principal == "group" then
    return members_of(groups[assignment.group], groups)
  end
  return {}
end

local function add_grant(index, assignment, role)
  local grant = { assignment = assignment, role = role, role_id = role.id, source = role.source,
    active = assignment.kind == "active" }
  for id in pairs(accounts_of(assignment, index.groups)) do
    index.grants[id] = index.grants[id] or {}
    table.insert(index.grants[id], grant)
  end
end

-- What the other functions ask: the grants of every account (all roles, privileged or not), the
-- privileged assignments in their order, and everything by its id. Who asks who can use an account
-- gives as_of too.
function M.index(s, params, as_of)
  local identities = s.identities
  local index = { all = identities.accounts, accounts = lists.by_id(identities.accounts),
    groups = lists.by_id(identities.groups), roles = lists.by_id(identities.roles), grants = {}, assignments = {},
    members = {}, params = params, as_of = as_of }
  for _, assignment in ipairs(identities.assignments) do
    local role = index.roles[assignment.role]
    if role ~= nil then
      add_grant(index, assignment, role)
    end
    if role ~= nil and M.is_privileged_role(role, params) then
      table.insert(index.assignments, assignment)
    end
  end
  return index
end

-- Whether an account is in a group, however deep.
function M.is_member(index, account_id, group_id)
  index.members[group_id] = index.members[group_id] or members_of(index.groups[group_id], index.groups)
  return index.members[group_id][account_id] == true
end

-- Whether an account is in one of the groups of a list.
function M.is_member_of_any(index, account_id, groups)
  return lists.find(groups, function(group_id) return M.is_member(index, account_id, group_id) end) ~= nil
end

-- All grants of an account; those of its privileged roles.
function M.grants(index, account)
  return index.grants[account.id] or {}
end

function M.privileged_grants(index, account)
  local found = {}
  for _, grant in ipairs(M.grants(index, account)) do
    if M.is_privileged_role(grant.role, index.params) then
      table.insert(found, grant)
    end
  end
  return found
end

-- "Global Administrator, Domain Admins": for messages.
function M.role_names(grants)
  local names, seen = {}, {}
  for _, grant in ipairs(grants) do
    local name = grant.role.name
    if not seen[name] then
      seen[name] = true
      table.insert(names, name)
    end
  end
  return words.list(names)
end

-- ---- kinds of account ----

-- A break-glass account is of that kind, and named by params.break_glass_accounts when that names
-- any: nobody hides by calling an account so.
function M.is_break_glass(account, params)
  if account.kind ~= "break_glass" then
    return false
  end
  return #params.break_glass_accounts == 0 or lists.contains(params.break_glass_accounts, account.id)
end

-- Service and synchronisation accounts cannot answer a second factor.
function M.is_automatic(account)
  return AUTOMATIC[account.kind] == true
end

-- Whether somebody can use it. What a directory keeps of a deleted account may still say enabled.
M.is_usable = accounts.is_usable

-- Whether an account of those directories, of the same person, holds the same assignment.
local function has_counterpart(index, account, grant, sources)
  local person = accounts.person(account)
  return lists.find(index.all, function(other)
    return sources[other.source] == true and accounts.person(other) == person
      and lists.find(M.grants(index, other), function(held) return held == grant end) ~= nil
  end) ~= nil
end

-- Whether an account of Active Directory was given rights of those directories, as in a group that is
-- synchronised, and nobody there stands for it.
local function reaches_over(index, account, sources)
  return account.source == "ad" and lists.find(M.privileged_grants(index, account), function(grant)
    return sources[grant.source] == true and not has_counterpart(index, account, grant, sources)
  end) ~= nil
end

local function holds_privilege(index, account, sources)
  return #M.privileged_grants(index, account) > 0
    and (sources[account.source] == true or reaches_over(index, account, sources))
end

-- An enabled account with a privileged role, of one of those directories, that a person signs in
-- with. Automatic accounts have rules of their own; so have break-glass accounts, but for the portal,
-- where the word would only hide an administrator.
function M.is_administrator(index, account, sources)
  return holds_privilege(index, account, sources) and not M.is_automatic(account)
    and (account.source == "portal" or not M.is_break_glass(account, index.params))
    and M.is_usable(account, index.as_of)
end

-- The same of an account that signs in without a person.
function M.is_privileged_automatic(index, account, sources)
  return holds_privilege(index, account, sources) and M.is_automatic(account) and M.is_usable(account, index.as_of)
end

-- ---- Entra ----

-- Entra is there with CTX, and with IAD when the option is contracted; also when the snapshot has
-- accounts of it although neither is so. A `when` cannot say that.
function M.needs_entra(s)
  local contract = s.contract
  if contract.service ~= "iad" or lists.contains(contract.options, "entra_connect") then
    return
  end
  if lists.find(s.identities.accounts, function(account) return M.CLOUD[account.source] == true end) then
    return
  end
  not_applicable({
    en = "IAD without the option Entra Connect, and no account of a cloud directory",
    ja = "Entra Connect オプションの契約もクラウドのアカウントもない IAD のため",
  })
end

return M
