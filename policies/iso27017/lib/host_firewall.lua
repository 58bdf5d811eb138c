-- host_firewall.lua: what a host's own firewall lets in
-- SPDX-License-Identifier: Apache-2.0
--
-- It becomes a filter as lib/firewall.lua knows them, in which every block comes before every allow.

local addresses = use("addresses")
local firewall = use("firewall")
local given = use("given")
local need, items = given.need, given.items

local M = {}

-- In a host's firewall a block wins over every allow; its rules are all inbound.
local PRIORITY = { block = 1, allow = 2 }

local ANYWHERE = { all = { [4] = true, [6] = true } }

local function host_sources(list)
  local set = addresses.read(list, {})
  if set.vnet then
    set.vnet = nil
    table.insert(set.tags, "@VirtualNetwork")
  end
  return set
end

local function read_host_rule(view)
  return {
    view = view,
    id = need(view.id),
    enabled = need(view.enabled),
    action = need(view.action),
    priority = need(PRIORITY[need(view.action)]),
    sources = host_sources(view.sources),
    destinations = ANYWHERE,
    protocol = need(view.protocol),
    ports = need(ports.text(need(view.ports))),
  }
end

-- A host's firewall as a filter for firewall.pass; off tells that it is switched off.
function M.read(view)
  local filter = {
    view = view,
    off = not need(view.enabled),
    families = { [4] = true, [6] = true },
    inbound = { allow = {}, deny = {}, default = need(view.default_inbound), memo = {} },
  }
  filter.inbound.by = {
    kind = "default", view = view, key = "default_inbound",
    en = "the firewall's default", ja = "ファイアウォールの既定の動作",
  }
  for _, rule_view in ipairs(items(maybe_empty(need(view.rules)))) do
    local rule = read_host_rule(rule_view)
    rule.by = {
      kind = "rule", view = rule_view, rule = rule,
      en = "rule " .. rule.id, ja = "規則 " .. rule.id,
    }
    if rule.enabled then
      table.insert(rule.action == "allow" and filter.inbound.allow or filter.inbound.deny, rule)
    end
  end
  return filter
end

-- What a host's firewall lets in, of both families: a list of { piece, family }.
function M.pieces(filter)
  local found = {}
  for _, family in ipairs({ 4, 6 }) do
    local ctx = { family = family, home = "host", scope = function() return {} end }
    local everything = addresses.EVERYTHING[family]
    local piece = firewall.piece(everything, everything)
    local parts = { piece }
    if filter.off then
      piece.by = {
        kind = "default", view = filter.view, key = "enabled",
        en = "the firewall (switched off)", ja = "ファイアウォール（無効）",
      }
    else
      parts = firewall.pass(filter, "inbound", piece, ctx)
    end
    for _, part in ipairs(parts) do
      table.insert(found, { piece = part, family = family })
    end
  end
  return found
end

return M
