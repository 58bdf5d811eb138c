-- scope.lua: what roles grant, held against what is written about them.
-- SPDX-License-Identifier: Apache-2.0
--
-- A permission is within the documented scope when it is listed there, or when an entry that ends
-- in "*" stands for it: directory.* for directory.read, but not for directory.* of another kind. An
-- entry that is only "*" documents nothing, but of a role that gives everything.

local lists = use("lists")

local M = {}

local function stands_for(entry, permission)
  entry, permission = text.normalise(entry), text.normalise(permission)
  if entry == permission then
    return true
  end
  if string.sub(entry, -1) ~= "*" then
    return false
  end
  local stem = string.sub(entry, 1, -2)
  return stem ~= "" and string.sub(permission, 1, #stem) == stem
end

local function is_everything(entry)
  return text.normalise(entry) == "*"
end

-- The permissions of a role that its documents do not name, in their order.
function M.undocumented(role)
  local found, documented = {}, maybe_empty(role.documented_permissions)
  local all = role.top_level and lists.find(documented, is_everything) ~= nil
  for _, permission in ipairs(role.permissions) do
    local named = lists.find(documented, function(entry)
      return not is_everything(entry) and stands_for(entry, permission)
    end)
    if named == nil and not all then
      table.insert(found, permission)
    end
  end
  return found
end

-- ---- whose documents ----

-- The provider writes about the rights of its portal, and on IAD about those of its tools, which
-- are rights of Active Directory. Everything else the customer writes itself.
function M.is_of_service(s, role)
  if role.source == "portal" then
    return true
  end
  return role.source == "ad" and s.contract.service ~= "ctx"
end

-- The roles that somebody holds, as a set of ids.
function M.used(s)
  local used = {}
  for _, assignment in ipairs(s.identities.assignments) do
    local role = assignment.role
    if role ~= nil then
      used[role] = true
    end
  end
  return used
end

return M
