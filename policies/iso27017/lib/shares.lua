-- shares.lua: who may do what on a share, once denials are taken off.
-- SPDX-License-Identifier: Apache-2.0
--
-- Principals come as names with or without a domain, in any case, or as well-known SIDs. A denial
-- takes off only what it covers wholly, of the very same principal: denials of a group that only
-- some belong to leave the others in.

local lists = use("lists")

local M = {}

-- Microsoft, Well-known SIDs.
local SIDS = {
  ["s-1-1-0"] = "everyone", ["s-1-3-0"] = "creator owner", ["s-1-3-4"] = "owner rights",
  ["s-1-5-2"] = "network", ["s-1-5-4"] = "interactive", ["s-1-5-7"] = "anonymous logon",
  ["s-1-5-11"] = "authenticated users", ["s-1-5-18"] = "system", ["s-1-5-32-544"] = "administrators",
  ["s-1-5-32-545"] = "users", ["s-1-5-32-546"] = "guests",
}

-- The last number of a SID of a domain.
local DOMAIN_SIDS = {
  ["512"] = "domain admins", ["513"] = "domain users", ["514"] = "domain guests", ["515"] = "domain computers",
  ["519"] = "enterprise admins",
}

-- The name of a principal, in lower case and without its domain. Explorer shows "Users (FS01\Users)",
-- and the backslash of a Japanese keyboard may be a yen sign.
function M.principal(name)
  local plain = string.gsub(string.gsub(text.normalise(name), "\194\165", "\\"), "\239\191\165", "\\")
  plain = string.match(plain, "%(([^()]*\\[^()]*)%)$") or plain
  local relative = string.match(plain, "^s%-1%-5%-21%-.*%-(%d+)$")
  plain = SIDS[plain] or (relative ~= nil and DOMAIN_SIDS[relative]) or plain
  return string.match(plain, "([^\\]*)$")
end

-- Whether a principal is among some names.
function M.is_one_of(principal, names)
  return lists.find(names, function(name) return M.principal(name) == principal end) ~= nil
end

local INSIDE = {
  read = { read = true },
  create = { create = true },
  modify = { read = true, create = true, modify = true },
  full = { read = true, create = true, modify = true, full = true },
}

local function takes_off(denial, entry)
  return denial.action == "deny" and M.principal(denial.principal) == M.principal(entry.principal)
    and INSIDE[denial.rights][entry.rights] == true
    and (denial.applies_to == "everything" or denial.applies_to == entry.applies_to)
end

-- Walks what is allowed and not denied again: entry, principal.
function M.allowed(share)
  local found = {}
  for _, entry in ipairs(share.entries) do
    if entry.action == "allow" and entry.principal ~= nil
      and lists.find(share.entries, function(denial) return takes_off(denial, entry) end) == nil then
      table.insert(found, { entry = entry, principal = M.principal(entry.principal) })
    end
  end
  return ipairs(found)
end

return M
