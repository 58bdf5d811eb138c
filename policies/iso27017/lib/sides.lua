-- sides.lua: what is the provider's, and what the customer's
-- SPDX-License-Identifier: Apache-2.0
--
-- Each side answers for its own part, and only the provider's may rest on a claim: so what concerns
-- both is a pair of rules. What is shared is both sides' to mend.

local given = use("given")
local lists = use("lists")

local M = {}

M.NAMES = { provider = { en = "provider", ja = "事業者" }, customer = { en = "customer", ja = "お客様" } }

-- Whether a side answers for what a party is written at.
function M.is_of(party, side)
  return party == side or party == "shared"
end

-- ---- rules in pairs ----

-- Adds a rule for each side. rule is one whose id lacks the side, whose titles have %s for its name,
-- and whose check has it as a second argument.
function M.add_pair(rules, rule)
  for _, side in ipairs({ "provider", "customer" }) do
    local name = M.NAMES[side]
    table.insert(rules, {
      id = side .. "-" .. rule.id, ref = rule.ref, severity = rule.severity, owner = side,
      claimable = side == "provider",
      title = { en = string.format(rule.title.en, name.en), ja = string.format(rule.title.ja, name.ja) },
      fix = rule.fix,
      check = function(s, params, as_of)
        rule.check(s, side, params, as_of)
      end,
    })
  end
end

-- ---- hosts ----

local HOSTS = {
  provider = { en = "a running host of the provider", ja = "事業者の稼働中のホスト" },
  customer = { en = "a running host of the customer", ja = "お客様の稼働中のホスト" },
}

local function is_wanted(side)
  return function(host)
    return host.state == "running" and M.is_of(given.need(host.party), side)
  end
end

-- Whether a side has no running host, and need have none: on IAD all servers may be the provider's.
function M.has_no_host(s, side)
  return side == "customer" and s.contract.service == "iad" and lists.find(given.need(s.hosts), is_wanted(side)) == nil
end

-- Walks the running hosts of a side; the rule is unknown when there is none, or not applicable where
-- there need be none.
function M.hosts(s, side)
  if M.has_no_host(s, side) then
    not_applicable({
      en = "no running host of the snapshot is the customer's",
      ja = "スナップショットに稼働中のお客様ホストがないため",
    })
  end
  return each(s.hosts, HOSTS[side], is_wanted(side))
end

return M
