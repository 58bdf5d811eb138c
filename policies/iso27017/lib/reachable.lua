-- reachable.lua: whether the people who are named as contacts can still be reached
-- SPDX-License-Identifier: Apache-2.0
--
-- A person who left may keep an account, or have one of which personnel was never told. Accounts of
-- one person have the same owner, and what one of them says of the person holds for all. What is
-- found is shown at the contact's own account, so that is read last.

local accounts = use("accounts")
local given = use("given")
local lists = use("lists")

local M = {}

local function left(account)
  return has(account, "hr") and given.need(account.hr.status) == "left"
end

local function came_back(account, hr, as_of, zone)
  return not left(account) and has(hr, "left_on") and accounts.is_of_return(account, hr.left_on, as_of, zone)
end

local function has_left(s, account, as_of)
  for _, one in ipairs(s.identities.accounts) do
    if text.same(given.need(one.owner), account.owner) and left(one)
      and not came_back(account, one.hr, as_of, s.tenant.time_zone) then
      return true
    end
  end
  return false
end

local function is_gone(account)
  return has(account, "deleted_at") or not given.need(account.enabled)
end

-- Whether somebody is in charge today, the number of a day: who begins later is not, whatever the
-- state says.
function M.is_in_charge(contact, today)
  if not given.need(contact.active) then
    return false
  end
  return not has(contact, "since") or given.need(time.day(contact.since)) <= today
end

-- Asserts that the account of a contact, where it names one, belongs to somebody who is still there.
function M.ensure_present(s, contact, as_of)
  if not has(contact, "account") then
    return
  end
  local name = contact.name
  local account = given.need(lists.find(s.identities.accounts, function(one)
    return one.id == contact.account
  end))
  local has_gone = has_left(s, account, as_of)
  given.need(contact.account)
  ensure(not has_gone, contact, {
    en = "{name} has left the company",
    ja = "{name} は退職しています",
  }, { name = name })
  local gone = is_gone(account)
  given.need(contact.account)
  ensure(not gone, contact, {
    en = "the account of {name} is disabled or deleted",
    ja = "{name} のアカウントが無効または削除済みです",
  }, { name = name })
end

-- Asserts that a contact has a mail address.
function M.ensure_mail(contact)
  local name = contact.name
  local email = given.nullable(contact, "email")
  ensure(email ~= nil and string.find(email, "%S") ~= nil, contact, {
    en = "no mail address is registered for {name}",
    ja = "{name} のメールアドレスが登録されていません",
  }, { name = name })
end

return M
