-- traffic.lua: what gets from zone to zone through the filters on the way
-- SPDX-License-Identifier: Apache-2.0
--
-- A zone reaches another directly when their routing domains are joined and all filters on the way
-- let something through: those of the one zone outbound, those on peerings and routes, those of the
-- other inbound. A host with interfaces in both zones joins them without any filter. From zone to
-- zone this goes on: who holds a host in between can use it. It does not go on through a jump zone,
-- because there people sign in and are recorded.

local addresses = use("addresses")
local firewall = use("firewall")
local topology = use("topology")

local M = {}

local FAMILIES = { 4, 6 }
local NOTHING = {}

-- Of one passage, at one domain, more pieces than these are taken as everything.
local MAX_PIECES = 64

-- ---- where a filter is ----

local function by_gateway(self, home, zone, family)
  for _, route in ipairs(self.routes) do
    if route.hop == "gateway" and route.from == home and #zone.blocks[family] > 0
      and net.family(route.destination) == family
      and net.overlap(zone.blocks[family], route.destination) then
      return true
    end
  end
  return false
end

-- What the tag VirtualNetwork stands for: the domain itself, what it is peered with, and what lies
-- behind its gateway.
local function scope(self, home, family)
  local blocks = {}
  for _, zone in ipairs(self.list) do
    if topology.is_joined(self, home, zone.domain) or by_gateway(self, home, zone, family) then
      for _, block in ipairs(zone.blocks[family]) do
        table.insert(blocks, block)
      end
    end
  end
  return blocks
end

-- The context in which a filter in a domain sees traffic of a family. concerns: of own_pieces.
local function context(self, home, family, concerns)
  local key = family .. " " .. home
  if self.contexts[key] == nil or self.contexts[key].concerns ~= concerns then
    local blocks
    self.contexts[key] = {
      family = family, home = home, concerns = concerns, concerned = {},
      scope = function()
        blocks = blocks or scope(self, home, family)
        return blocks
      end,
    }
  end
  return self.contexts[key]
end

-- ---- traffic through filters ----

local function pass_all(pieces, filter, directions, ctx)
  local found = {}
  for _, piece in ipairs(pieces) do
    for _, direction in ipairs(directions) do
      for _, part in ipairs(firewall.pass(filter, direction, piece, ctx)) do
        table.insert(found, part)
      end
    end
  end
  return found
end

local INBOUND, OUTBOUND, EITHER = { "inbound" }, { "outbound" }, { "inbound", "outbound" }

local function through(pieces, filters, directions, ctx)
  for _, filter in ipairs(filters) do
    if #pieces == 0 then
      break
    end
    pieces = pass_all(pieces, filter, directions, ctx)
  end
  return pieces
end

local function key_of(piece)
  return piece.protocol .. " " .. piece.ports .. " " .. table.concat(piece.sources, ",") .. " "
    .. table.concat(piece.destinations, ",")
end

-- A dropped destination wins over a route to the same or a wider one.
local function is_dropped(self, link, blocks)
  for _, drop in ipairs(self.dropped) do
    if drop.from == link.from and net.subset(drop.destination, link.destination)
      and net.subset(blocks, drop.destination) then
      return true
    end
  end
  return false
end

local function leads_to(self, link, blocks)
  if link.destination == nil then
    return true
  end
  return net.overlap(link.destination, blocks) ~= false and not is_dropped(self, link, blocks)
end

local function contains(list, wanted)
  for _, element in ipairs(list) do
    if element == wanted then
      return true
    end
  end
  return false
end

-- What of some pieces comes over a link. The filters at both ends are applied there.
local function over(self, link, arrived, ends, family)
  local pieces = {}
  for _, piece in ipairs(arrived) do
    if link.destination == nil or net.overlap(piece.destinations, link.destination) then
      table.insert(pieces, piece)
    end
  end
  if link.filter == nil or contains(ends, link.filter) then
    return pieces
  end
  -- Which way it is passed is not known: what either direction lets through.
  return pass_all(pieces, link.filter, EITHER, context(self, link.home, family))
end

-- Adds what arrives at a domain; true when some of it is new there.
local function arrive(arrived, domain, pieces, whole)
  local at = arrived[domain]
  if at == nil then
    at = { pieces = {}, known = {} }
    arrived[domain] = at
  end
  local news = false
  for _, piece in ipairs(pieces) do
    if #at.pieces == MAX_PIECES then
      piece = whole
    end
    local key = key_of(piece)
    if not at.known[key] and #at.pieces <= MAX_PIECES then
      at.known[key] = true
      table.insert(at.pieces, piece)
      news = true
    end
  end
  return news
end

-- Carries pieces from domain to domain; whole is what was sent before any filter.
local function carry(self, pieces, whole, from, to, ends, family)
  if from == to then
    return pieces
  end
  local arrived, queue, head = {}, { from }, 1
  arrive(arrived, from, pieces, whole)
  while queue[head] ~= nil do
    local here = queue[head]
    head = head + 1
    for _, link in ipairs(self.links[here] or {}) do
      if (here == from or link.passing) and leads_to(self, link, whole.destinations) then
        local next_domain = link.to or to
        local parts = over(self, link, arrived[here].pieces, ends, family)
        if arrive(arrived, next_domain, parts, whole) and next_domain ~= to then
          table.insert(queue, next_domain)
        end
      end
    end
  end
  return arrived[to] ~= nil and arrived[to].pieces or {}
end

-- ---- one step: from zone to zone ----

local function ends_of(a, b)
  local ends = {}
  for _, segment in ipairs({ a, b }) do
    for _, filter in ipairs(segment.filters) do
      table.insert(ends, filter)
    end
  end
  return ends
end

local function between(self, a, b, family)
  if #a.blocks[family] == 0 or #b.blocks[family] == 0 then
    return {}
  end
  local from, to = a.zone.domain, b.zone.domain
  local inside = context(self, to, family)
  for _, filter in ipairs(b.filters) do
    if not firewall.may_enter(filter, a.blocks[family], b.blocks[family], inside) then
      return {}
    end
  end
  local whole = firewall.piece(a.blocks[family], b.blocks[family])
  local pieces = through({ whole }, a.filters, OUTBOUND, context(self, from, family))
  if #pieces > 0 then
    pieces = carry(self, pieces, whole, from, to, ends_of(a, b), family)
  end
  return through(pieces, b.filters, INBOUND, inside)
end

local function unfiltered(zone)
  return {
    kind = "open", view = zone.view, key = "filter",
    en = zone.name .. " (no filter)",
    ja = zone.name .. "（フィルターなし）",
  }
end

local function all_between(self, a, b)
  local pieces = {}
  local by = self.bridges[a] and self.bridges[a][b]
  if by then
    local piece = firewall.piece(a.blocks, b.blocks)
    piece.by = by
    table.insert(pieces, piece)
  end
  for _, from in ipairs(a.segments) do
    for _, to in ipairs(b.segments) do
      for _, family in ipairs(FAMILIES) do
        for _, piece in ipairs(between(self, from, to, family)) do
          piece.by = piece.by or unfiltered(b)
          table.insert(pieces, piece)
        end
      end
    end
  end
  return pieces
end

local function without_exceptions(pieces, exceptions)
  if exceptions == nil then
    return pieces
  end
  local found = {}
  for _, piece in ipairs(pieces) do
    for _, part in ipairs(firewall.except(piece, exceptions)) do
      table.insert(found, part)
    end
  end
  return found
end

-- What one zone can send straight to another, approved passages aside: a list of pieces.
function M.step(self, a, b)
  if not topology.may_come(self, a, b) then
    return NOTHING
  end
  local memo = self.step_memo[a] or {}
  self.step_memo[a] = memo
  if memo[b] == nil then
    memo[b] = without_exceptions(all_between(self, a, b), self.exceptions[a.id .. " " .. b.id])
  end
  return memo[b]
end

-- ---- from zone to zone ----

-- Goes on from all origins until nothing new is reached: zone id -> { zone, from (the record of
-- the zone before it, nil for an origin), piece (what got there) }. Targets and jump zones are
-- reached but not passed. among: the zones to look at, where not all are asked for.
function M.spread(self, origins, is_target, among)
  local reached, queue, head = {}, {}, 1
  for _, zone in ipairs(origins) do
    reached[zone.id] = { zone = zone }
    table.insert(queue, reached[zone.id])
  end
  while queue[head] ~= nil do
    local here = queue[head]
    head = head + 1
    for _, zone in ipairs(among or self.list) do
      local pieces = reached[zone.id] == nil and M.step(self, here.zone, zone) or NOTHING
      if #pieces > 0 then
        local record = { zone = zone, from = here, piece = pieces[1] }
        reached[zone.id] = record
        if zone.role ~= "jump" and not is_target(zone) then
          table.insert(queue, record)
        end
      end
    end
  end
  return reached
end

-- ---- what a zone's own filters let in and out ----

-- The pieces that a zone's filters let in ("inbound") or out ("outbound"), whoever sends and
-- whatever other filters say. Pieces of a zone without a filter have no `by`. concerns: a question,
-- so that only some of the allowing rules are looked at (the same function for all zones).
function M.own_pieces(self, zone, direction, concerns)
  local found = {}
  for _, segment in ipairs(zone.segments) do
    for _, family in ipairs(FAMILIES) do
      local blocks, everything = segment.blocks[family], addresses.EVERYTHING[family]
      if #blocks > 0 then
        local inbound = direction == "inbound"
        local piece = firewall.piece(inbound and everything or blocks, inbound and blocks or everything)
        local directions = inbound and INBOUND or OUTBOUND
        local ctx = context(self, zone.domain, family, concerns)
        for _, part in ipairs(through({ piece }, segment.filters, directions, ctx)) do
          table.insert(found, { piece = part, family = family, blocks = blocks })
        end
      end
    end
  end
  return found
end

return M
