-- accounts.lua: which accounts are still there, whose they are, and who has left.
-- SPDX-License-Identifier: Apache-2.0
--
-- A person is known by `owner`, which is the same on all of a person's accounts, and has left when
-- one of them says so: personnel often tells one directory only. An account that was made after
-- that day, and of which personnel does not say the same, belongs to somebody who came back.

local lists = use("lists")

local M = {}

local HUMAN = { person = true, guest = true }

-- Whether somebody signs in with it in daily work.
function M.is_human(account)
  return HUMAN[account.kind] == true
end

-- Whether an account is deleted, although references to it remain.
function M.is_deleted(account, as_of)
  return has(account, "deleted_at") and not time.is_before(as_of, account.deleted_at)
end

-- Whether somebody can sign in with it.
function M.is_usable(account, as_of)
  return not M.is_deleted(account, as_of) and account.enabled
end

-- The text that stands for a person; nil when the owner is not said.
function M.person(account)
  local owner = account.owner
  return owner ~= nil and text.normalise(owner) or nil
end

-- ---- leavers ----

-- Ends the rule where personnel tells nobody about leavers and the tenant says so. A feed of which
-- nothing is said makes the rule unknown. Neither covers up the leavers that are known: left, as
-- M.leavers gives them, or nil where it is not about them.
function M.needs_hr(s, left)
  local state = s.identities.hr_feed ~= nil and s.identities.hr_feed.state or nil
  local is_known = false
  for _ in pairs(left or {}) do
    is_known = true
  end
  if state == "none" and not is_known then
    not_applicable({
      en = "personnel information is not fed into the snapshot (hr_feed is none)",
      ja = "人事情報との連携がないため（hr_feed が none）",
    })
  end
  ensure(state ~= nil, s.identities)
end

-- The last day of employment of everybody who has left, by person.
function M.leavers(s)
  local left = {}
  for _, account in ipairs(s.identities.accounts) do
    local person = M.person(account)
    if person ~= nil and has(account, "hr") and account.hr.status == "left" then
      local day = account.hr.left_on
      if day ~= nil and (left[person] == nil or time.days_between(left[person], day) > 0) then
        left[person] = day
      end
    end
  end
  return left
end

-- Whether an account was made after a day, and so is of somebody who came back. Of one that is said to
-- be made in the future nothing can be said.
function M.is_of_return(account, day, as_of, zone)
  return time.day(account.created_at, zone) > time.day(day) and time.age(account.created_at, as_of) ~= nil
end

-- The day on which an account's person left, or nil while they are there. What personnel says of this
-- very account goes before what it says of others.
function M.left_on(left, account, as_of, zone)
  local day = left[M.person(account)]
  local said = has(account, "hr") and account.hr.status == "left"
  if said and has(account.hr, "left_on") then
    return account.hr.left_on
  end
  if day == nil or not said and M.is_of_return(account, day, as_of, zone) then
    return nil
  end
  return day
end

-- The days from leaving to a moment: 0 on the last day of employment, negative before it.
function M.days_since(day, moment, zone)
  return time.day(moment, zone) - time.day(day)
end

-- ---- Active Directory ----

local function is_of_ad(item)
  return item.source == "ad"
end

local function is_domain_controller(host)
  return host.role == "dc" and host.state ~= "retired"
end

-- Whether something of a directory is in the snapshot, though the directory itself was not collected.
local function has_traces_of_ad(s)
  local identities = s.identities
  return lists.find(identities.accounts, is_of_ad) ~= nil or lists.find(identities.roles, is_of_ad) ~= nil
    or (has(identities, "password_policies") and lists.find(identities.password_policies, is_of_ad) ~= nil)
    or (has(s, "hosts") and lists.find(s.hosts, is_domain_controller) ~= nil)
end

-- Active Directory is there with IAD always, and with CTX when the snapshot has anything of it. A
-- `when` cannot say that.
function M.needs_ad(s)
  if s.contract.service ~= "ctx" or has(s, "ad") or has_traces_of_ad(s) then
    return
  end
  not_applicable({
    en = "CTX without an Active Directory of the customer",
    ja = "お客様の Active Directory を使用しない CTX のため",
  })
end

return M
